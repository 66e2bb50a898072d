"""What stands around a table of items: the choice of its order, and the details of the chosen row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from apq_desktop.evaluation.edits.changes import AddItem, SetField, Step, item_id
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.tables.item_model import ItemModel
from apq_desktop.ui.fields.tables.item_table import ItemTable
from apq_desktop.ui.session.field_binding import FieldBinding, put_cursor

ORDERS = {"up": Qt.SortOrder.AscendingOrder, "down": Qt.SortOrder.DescendingOrder}
WAYS = {order: way for way, order in ORDERS.items()}
DETAILS_CHARACTERS = 46
"""The width that the details need, in average characters of the chosen text size."""
TABLE_CHARACTERS = 75
LEAST_LINES = 20
"""The height that table and details need together, in lines of text; below it the page scrolls."""


class SortChoice(ChoiceField):
    """The order of a table, for the keyboard: the same as a click on a column's head."""

    def __init__(self, table: ItemTable, model: ItemModel) -> None:
        titles = [column.title for column in model.columns]
        ways = [(f"{n} up", title) for n, title in enumerate(titles)]
        ways += [(f"{n} down", f"{title}, backwards") for n, title in enumerate(titles)]
        super().__init__(ways)
        header = table.horizontalHeader()
        self.changed.connect(lambda way: header.setSortIndicator(int(way.split()[0]), ORDERS[way.split()[1]]))
        header.sortIndicatorChanged.connect(lambda n, order: self.load(f"{n} {WAYS[order]}"))
        self.load(f"{header.sortIndicatorSection()} up")


class TableBesideDetails(QSplitter):
    """A table and what is chosen in it: side by side where there is room, else one above the other."""

    def __init__(self, table: ItemTable, details: QWidget, binding: FieldBinding) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._table, self._details, self._binding = table, details, binding
        self.setChildrenCollapsible(False)
        self.addWidget(table)
        self.addWidget(details)
        self.setStretchFactor(0, 1)

    def show_step(self, step: Step, choose: Callable[[str], object]) -> None:
        """Show a step that undo made, with the cursor at it. ``choose`` shows an item by its id."""
        if isinstance(step, AddItem):
            choose(item_id(step.item))
        if not isinstance(step, SetField):
            return
        if not self._table.is_chosen(step.target.key):
            choose(step.target.key)
        field = self._table.field_of(step.field) or self._binding.field(step.target, step.field)
        if field is not None:
            field.setFocus()
            put_cursor(field, step)

    def in_reading_order(self) -> list[QWidget]:
        """The table, then the details. Qt keeps the parts in the order in which they cover one another."""
        return [self._table, self._details]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose how they stand, before they are measured."""
        character = self.fontMetrics().averageCharWidth()
        beside = self.width() > character * (TABLE_CHARACTERS + DETAILS_CHARACTERS)
        self.setMinimumHeight(self.fontMetrics().height() * LEAST_LINES)
        self._details.setMinimumWidth(character * DETAILS_CHARACTERS if beside else 0)
        super().resizeEvent(event)
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self.orientation() != wanted:
            self.setOrientation(wanted)
            self.setSizes([self.height() // 2, self.height() // 2])
