"""What stands around a table of items: the choice of its order, and the details of the chosen row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from apq_desktop.evaluation.edits.changes import AddItem, SetField, Step, item_id
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.tables.item_table import ItemTable
from apq_desktop.ui.session.field_binding import FieldBinding, put_cursor

ORDERS = {"up": Qt.SortOrder.AscendingOrder, "down": Qt.SortOrder.DescendingOrder}
WAYS = {order: way for way, order in ORDERS.items()}
WIDEST_TABLE = 140
"""Average characters: a table is no wider, and stands in the middle of what the details leave."""
DETAILS_CHARACTERS = 46
"""The width that the details need, in average characters of the chosen text size."""
TABLE_LINES, ABOVE_LINES, BELOW_LINES = 16, 20, 16
"""The height that a table needs beside its details, above them, and they below it, in lines of text; in a lower window
the page scrolls."""


class FilterChoice(ChoiceField):
    """A choice in the row above a table: no wider than a few words, for the whole row stands on one line."""

    CHARACTERS = 10

    def __init__(self, choices: list[tuple[str, str]]) -> None:
        super().__init__(choices)
        self.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(self.CHARACTERS)

    def offer(self, choices: list[tuple[str, str]]) -> None:
        """Offer other choices; what was chosen stays so."""
        chosen = self.value()
        self.clear()
        for key, words in choices:
            self.addItem(words, key)
        self.load(chosen)


class SortChoice(FilterChoice):
    """The order of a table, for the keyboard: the same as a click on a column's head."""

    def __init__(self, table: ItemTable) -> None:
        titles = [column.title for column in table.rows.columns]
        ways = [(f"{n} up", title) for n, title in enumerate(titles)]
        ways += [(f"{n} down", f"{title}, backwards") for n, title in enumerate(titles)]
        super().__init__(ways)
        header = table.horizontalHeader()
        self.changed.connect(lambda way: header.setSortIndicator(int(way.split()[0]), ORDERS[way.split()[1]]))
        header.sortIndicatorChanged.connect(lambda n, order: self.load(f"{n} {WAYS[order]}"))
        self.load(f"{header.sortIndicatorSection()} up")


class TableBesideDetails(QSplitter):
    """``left``, with the table in it, and what is chosen there: side by side where there is room, else stacked."""

    def __init__(self, left: QWidget, table: ItemTable, details: QWidget, binding: FieldBinding) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._table, self._left, self._details, self._binding = table, left, details, binding
        self.setChildrenCollapsible(False)
        self._middle = QWidget()
        middle = QHBoxLayout(self._middle)
        middle.setContentsMargins(0, 0, 12, 0)
        middle.addStretch(0)
        middle.addWidget(left, 1)
        middle.addStretch(0)
        self.addWidget(self._middle)
        self.addWidget(details)
        self._middle.lower()  # a screen reader reads the parts as they cover one another, the lowest first
        self.setStretchFactor(0, 1)
        table.rows.modelReset.connect(self.arrange)

    def show_step(self, step: Step, choose: Callable[[str], object]) -> None:
        """Show a step that undo made, with the cursor at it. ``choose`` shows an item by its id."""
        if isinstance(step, AddItem):
            choose(item_id(step.item))
        if not isinstance(step, SetField):
            return
        if self._table.is_among_several(step.target.key):  # they were set together, and stay chosen together
            self._table.setFocus()
            return
        if not self._table.is_chosen(step.target.key):
            choose(step.target.key)
        field = self._table.field_of(step.field) or self._binding.field(step.target, step.field)
        if field is not None:
            field.setFocus()
            put_cursor(field, step)

    def in_reading_order(self) -> list[QWidget]:
        """The table, then the details. Qt keeps the parts in the order in which they cover one another."""
        return [self._middle, self._details]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose how they stand, before they are measured."""
        self.arrange()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Choose how they stand at the first sight."""
        super().showEvent(event)
        self.arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Choose again when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.arrange()

    def arrange(self) -> None:
        """Put the details beside the table where all its columns have room there, else below it."""
        if not self.isVisible():
            return
        metrics: Any = self.fontMetrics()
        line, character = metrics.height(), metrics.averageCharWidth()
        self._left.setMaximumWidth(character * WIDEST_TABLE)
        details = character * DETAILS_CHARACTERS
        beside = self.width() > details + self._table.least_width() + self.handleWidth() + 12
        self.setMinimumHeight(line * (TABLE_LINES if beside else ABOVE_LINES + BELOW_LINES))
        self._details.setMinimumWidth(details if beside else 0)
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self.orientation() != wanted:
            self.setOrientation(wanted)
        if beside:
            self.setSizes([self.width() - details, details])
        else:
            self.setSizes([self.height() - line * BELOW_LINES, line * BELOW_LINES])
