"""Every table looks like the rest of the window: roomy cells, a pale choice, and a cell that is seen to be gone to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QTableView, QWidget

from apq_desktop.ui.fields.tables.item_page import ItemPage
from apq_desktop.ui.widgets.theme import colours
from tests.ui import screen_checks
from tests.ui.every_page import library_pages, tabs
from tests.ui.screens import settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import OpenWindow

LEFT, ABOVE = 8, 4
"""Pixels between the edges of a cell and its words, at the least."""


def ground(picture: QImage, cell: QRect) -> int:
    """The colour that most of a cell has."""
    points = ((x, y) for y in range(cell.top(), cell.bottom(), 3) for x in range(cell.left(), cell.right(), 3))
    return Counter(picture.pixel(x, y) & 0xFFFFFF for x, y in points).most_common(1)[0][0]


def rows_of(table: QTableView) -> Iterator[int]:
    """The rows that stand whole in view and hold items."""
    for row in range(table.model().rowCount()):
        columns = [n for n in range(table.model().columnCount()) if not table.isColumnHidden(n)]
        cell = table.visualRect(table.model().index(row, columns[0]))
        if table.viewport().rect().contains(cell) and all(table.columnSpan(row, n) == 1 for n in columns):
            yield row


def cramped(table: QTableView) -> Iterator[str]:
    """Cells whose words touch their edges."""
    table.clearSelection()
    table.setCurrentIndex(table.rootIndex())
    settle()
    picture = table.viewport().grab().toImage()
    for row in rows_of(table):
        for column in range(table.model().columnCount()):
            cell = table.visualRect(table.model().index(row, column))
            if cell.isEmpty():
                continue
            empty = ground(picture, cell)
            # without the lines between cells
            inside = [
                (x, y) for y in range(cell.top() + 1, cell.bottom()) for x in range(cell.left() + 1, cell.right())
            ]
            ink = [(x - cell.left(), y - cell.top()) for x, y in inside if picture.pixel(x, y) & 0xFFFFFF != empty]
            if ink and (min(x for x, _ in ink) < LEFT or min(y for _, y in ink) < ABOVE):
                yield f"row {row}, column {column}: words at {min(x for x, _ in ink)}, {min(y for _, y in ink)}"


def poorly_chosen(table: QTableView) -> Iterator[str]:
    """A chosen row that is dark, or whose cell with the focus is hardly told from the others."""
    row = next(rows_of(table), None)
    columns = [n for n in range(table.model().columnCount()) if not table.isColumnHidden(n)]
    if row is None:
        return
    choose = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    table.setFocus()
    seen = []
    for column in (columns[0], columns[-1]):
        table.selectionModel().setCurrentIndex(table.model().index(row, column), choose)
        settle()
        seen.append(table.viewport().grab().toImage())
    cell = table.visualRect(table.model().index(row, columns[-1]))
    pale = ground(seen[0], cell)
    if f"#{pale:06x}" not in (colours(table).selected, colours(table).card, colours(table).page):
        yield f"the chosen row is #{pale:06x}"
    points = [(x, y) for y in range(cell.top(), cell.bottom()) for x in range(cell.left(), cell.right())]
    ringed = [
        (x, y)
        for x, y in points
        if screen_checks.contrast(seen[0].pixel(x, y) & 0xFFFFFF, seen[1].pixel(x, y) & 0xFFFFFF) >= 3
    ]
    if len(columns) > 1 and len(ringed) < 2 * (cell.width() + cell.height()):
        yield f"the cell with the focus differs in {len(ringed)} pixels"


def askew(window: QWidget) -> Iterator[str]:
    """Filters of one row whose middles do not stand on one line."""
    for page in (page for page in window.findChildren(ItemPage) if page.isVisible()):
        shown = [field for field in (page.words, *page._filters(), page.grouping) if field.isVisible()]
        places = [screen_checks.rect_in(field, page) for field in shown]
        for one in places:
            beside = [other for other in places if abs(other.center().y() - one.center().y()) < one.height() // 2]
            if len({other.center().y() for other in beside}) > 1:
                yield f"the filters stand at {[other.center().y() for other in beside]}"


def faults(window: QWidget) -> Iterator[str]:
    settle()
    yield from askew(window)
    for table in (table for table in window.findChildren(QTableView) if table.isVisible()):
        found = [*cramped(table), *poorly_chosen(table)]
        yield from (f"{screen_checks.describe(table)}: {fault}" for fault in found)


def test_every_table_is_roomy_with_a_pale_choice_and_a_cell_that_is_seen(open_window: OpenWindow) -> None:
    window = open_window("example")
    found, seen = [], 0
    for tab in tabs(window):
        found += [f"{tab}: {fault}" for fault in faults(window)]
        seen += sum(table.isVisible() for table in window.findChildren(QTableView))
    assert seen > 1
    assert not found, f"{len(found)} faults\n" + "\n".join(found)


@pytest.mark.long
def test_every_table_of_a_library_is_so_too(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("start")
    found, seen = [], 0
    for page in library_pages(window, qtbot.waitUntil):
        found += [f"{page}: {fault}" for fault in faults(window)]
        seen += sum(table.isVisible() for table in window.findChildren(QTableView))
    assert seen > 0
    assert not found, f"{len(found)} faults\n" + "\n".join(found)
