"""What opens over the window can be read in every colour scheme, shows where the keys are, and is not cut."""

from __future__ import annotations

import ast
from itertools import product
from typing import TYPE_CHECKING

import picture_popups
import picture_tour
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QComboBox,
    QListView,
    QMenu,
    QMessageBox,
    QTableView,
    QWidget,
)

from apq_desktop import paths
from tests.ui import screen_checks
from tests.ui.every_page import long_but
from tests.ui.focus_ring import lacks_ring, unseen
from tests.ui.screens import SMALL, settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apq_desktop.ui.widgets.theme import Scheme, Theme
    from apq_desktop.ui.window.main_window import MainWindow
    from tests.ui.conftest import OpenWindow

UI = paths.resources().parent / "apq_desktop" / "ui"
OPENED_BY = {
    "menu_bar.py": {"menu-file", "menu-of-all"},
    "tabs.py": {"menu-of-tabs"},
    "item_row.py": {"menu-of-an-entry"},
    "list_editor.py": {"menu-of-pasted-entries"},
    "standards_field.py": {"menu-of-standards"},
    "area_lists.py": {"menu-of-the-register"},
    "action_plan_page.py": {"menu-of-areas"},
    "item_page.py": {"menu-to-print"},
    "line_fields.py": {"calendar"},
    "term_end_link.py": {"calendar-of-the-term"},
    "dialogs.py": {"question", "print-preview"},
}
"""The modules that open something over the window, and what is opened here of each."""
MAKERS = {"QMenu", "CalendarPopup", "QMessageBox", "PrintPreview"}


def opened(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Everything that can stand in front of the window, one after another: itself, by name."""
    picture_popups.close_all(window)  # what other tests have left open
    for name, show in picture_popups.popups(window).items():
        show()
        settle()
        yield from ((name, front) for front in picture_popups.in_front(window))
        picture_popups.close_all(window)
    panel = picture_tour.show_search(window)
    settle()
    yield "find", panel
    picture_popups.close_all(window)


def items(menu: QMenu) -> Iterator[tuple[str, QRect]]:
    """The words of a menu, with their places."""
    for action in menu.actions():
        if action.text() and action.isVisible():
            yield action.text(), menu.actionGeometry(action)


def faint(front: QWidget) -> list[str]:
    """Words with less than 4.5 to 1, and an edge with less than 3 to 1."""
    picture = front.grab().toImage()
    found = [
        *screen_checks.low_contrast_anywhere(front),
    ]
    for words, place in items(front) if isinstance(front, QMenu) else days(front):
        if not front.rect().contains(place):
            continue  # scrolled out of view
        seen = screen_checks.painted_contrast(picture, place.adjusted(8, 5, -8, -5))
        if seen < 4.5:
            found.append(f"{words!r} has a contrast of {seen:.2f}")
    if isinstance(front, QMenu | QCalendarWidget):
        edge, ground = (picture.pixel(x, front.height() // 2) & 0xFFFFFF for x in (0, 2))
        if screen_checks.contrast(edge, ground) < 3:
            found.append(f"the edge has a contrast of {screen_checks.contrast(edge, ground):.2f}")
    return found


def texts(choices: QListView) -> list[str]:
    """The words that can be chosen from."""
    model = choices.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def days(front: QWidget) -> Iterator[tuple[str, QRect]]:
    """What stands in the cells of a calendar, with their places."""
    for table in front.findChildren(QTableView):
        model, corner = table.model(), table.viewport().mapTo(front, QPoint())
        for row, column in product(range(model.rowCount()), range(model.columnCount())):
            index = model.index(row, column)
            yield str(index.data()), table.visualRect(index).translated(corner)


def seem_enabled(menu: QMenu) -> list[str]:
    """Items that cannot be chosen now, but are as strong as those that can, or nearly."""
    picture, inks = menu.grab().toImage(), {True: [0.0], False: [0.0]}
    for action in menu.actions():
        if action.text() and action.isVisible():
            inks[action.isEnabled()].append(strongest_ink(picture, menu.actionGeometry(action).adjusted(8, 5, -8, -5)))
    usual, off = max(inks[True]), max(inks[False])
    return [f"what cannot be chosen has {off:.1f}, what can {usual:.1f}"] if off * 1.4 > usual else []


def strongest_ink(picture: QImage, place: QRect) -> float:
    """The highest contrast in a part of a picture with the colour of its corner."""
    part = picture.copy(place).convertToFormat(QImage.Format.Format_RGB32)
    ground = part.pixel(0, 0) & 0xFFFFFF
    return max(
        screen_checks.contrast(colour & 0xFFFFFF, ground) for colour in set(memoryview(part.constBits()).cast("I"))
    )


def without_ring(menu: QMenu) -> list[str]:
    """Items that look much the same with the keys on them as without."""
    menu.setActiveAction(None)  # type: ignore[arg-type]
    before, found = menu.grab().toImage(), []
    for action in menu.actions():
        if action.text() and action.isEnabled() and action.menu() is None:
            menu.setActiveAction(action)
            if fault := lacks_ring(before, menu.grab().toImage()):
                found.append(f"{action.text()!r} {fault}")
    return found


def cut(front: QWidget) -> list[str]:
    """Words without room, and what does not fit on the screen."""
    found = screen_checks.clipped(front)
    for choices in front.findChildren(QListView) if isinstance(front.parentWidget(), QComboBox) else ():
        wide = max(choices.fontMetrics().horizontalAdvance(words) for words in texts(choices))
        if wide > choices.viewport().width():
            found.append(f"{screen_checks.describe(choices)} is {choices.viewport().width()} wide, its words {wide}")
    if isinstance(front, QMenu):
        metrics = front.fontMetrics()
        for words, place in items(front):
            told, _, keys = words.partition("\t")
            needed = metrics.size(Qt.TextFlag.TextShowMnemonic, told).width() + metrics.horizontalAdvance(keys)
            beside = place.left() < 0 or place.right() > front.width()
            if needed > place.width() or metrics.height() > place.height() or beside:
                found.append(f"{words!r} needs {needed}, has {place.getRect()} in {front.size().toTuple()}")
    screen = QApplication.primaryScreen().availableGeometry()
    room = front.size().boundedTo(screen.size())
    if isinstance(front, QMessageBox) and front.height() > SMALL[1]:
        found.append(f"it is {front.height()} high, a small screen {SMALL[1]}")
    if front.isWindow() and (front.size() != room or not screen.intersects(front.geometry())):
        found.append(f"it lies at {front.geometry().getRect()} on a screen of {screen.getRect()}")
    return found


@pytest.mark.parametrize("scheme", long_but("dark"))
def test_words_stand_out_and_the_keys_are_seen_in_all_that_opens(open_window: OpenWindow, scheme: Scheme) -> None:
    window = open_window("example", scheme=scheme)
    found = []
    for name, front in opened(window):
        faults = faint(front)
        if isinstance(front, QMenu):
            faults += [*seem_enabled(front), *without_ring(front)]
        elif front.isWindow():  # the panel to find in has one field, which never leaves the focus
            faults += unseen(front)
        found += [f"{name}: {fault}" for fault in faults]
    assert not found, f"{len(found)} faults\n" + "\n".join(found)


@pytest.mark.parametrize("percent", [80, 200])
def test_nothing_that_opens_is_cut_or_faint_in_a_small_window(
    open_window: OpenWindow, theme: Theme, percent: int
) -> None:
    window = open_window("example", size=SMALL)
    theme.set_text_size(percent)
    settle()
    found = [f"{name}: {fault}" for name, front in opened(window) for fault in (*cut(front), *faint(front))]
    assert not found, f"{len(found)} faults\n" + "\n".join(found)


def test_everything_that_opens_is_looked_at(open_window: OpenWindow) -> None:
    making = {
        path.name
        for path in UI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS
    }
    assert making == set(OPENED_BY)
    assert set().union(*OPENED_BY.values()) <= {name for name, _ in opened(open_window("example"))}
