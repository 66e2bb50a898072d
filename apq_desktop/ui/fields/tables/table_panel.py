"""What stands around a table of items: the choice of its order, and the details of the chosen row."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QWidget

from apq_desktop.evaluation.edits.changes import AddItem, SetField, Step, item_id
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.tables.item_table import ItemTable
from apq_desktop.ui.session.field_binding import put_cursor

if TYPE_CHECKING:
    from apq_desktop.ui.fields.tables.item_details import ItemDetails
    from apq_desktop.ui.fields.tables.table_head import TableHead

ORDERS = {"up": Qt.SortOrder.AscendingOrder, "down": Qt.SortOrder.DescendingOrder}
WAYS = {order: way for way, order in ORDERS.items()}
WIDEST_TABLE = 140
"""Average characters: a table is no wider, and stands in the middle of what the details leave."""
DETAILS_CHARACTERS = 46
"""The width that the details need, in average characters of the chosen text size."""
TABLE_CHARACTERS = 58
"""The least width of a table with details beside it, in the same; its columns may have no room there."""
LEAST_LINES, LOW_LINES = 8, 26
"""The height of a table below which the page scrolls, and of a window that has no room for all above it, in lines."""


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
        self.setMinimumContentsLength(max(map(len, titles)))
        header = table.horizontalHeader()
        self.changed.connect(lambda way: header.setSortIndicator(int(way.split()[0]), ORDERS[way.split()[1]]))
        header.sortIndicatorChanged.connect(lambda n, order: self.load(f"{n} {WAYS[order]}"))
        self.load(f"{header.sortIndicatorSection()} up")


class TableBesideDetails(QSplitter):
    """A table under its head, and what is chosen there: side by side where there is room, else one at a time."""

    def __init__(self, head: TableHead, left: QWidget, table: ItemTable, details: ItemDetails) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._head, self._table, self._left, self._details = head, table, left, details
        self._alone, self._details_wanted, self._height = False, False, 0
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
        table.chosen.connect(lambda items: head.details.setEnabled(bool(items)))
        head.filters.clicked.connect(self.arrange)
        head.details.clicked.connect(details.focus_first)
        details.wanted.connect(partial(self._show, details=True))
        details.closed.connect(self.show_table)

    def show_table(self) -> None:
        """Show the table, with the focus in it."""
        self._show(details=False)
        self._table.setFocus()

    def fit(self, height: int) -> None:
        """Stand in a window that has so many pixels for the page."""
        self._height = height
        self.arrange()

    def _show(self, *, details: bool) -> None:
        self._details_wanted = details
        self.arrange()

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
        field = self._table.field_of(step.field)
        if field is None and (field := self._details.binding.field(step.target, step.field)) is not None:
            self._details.come()
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
        """Put the details beside the table where both have room there, else show one of them."""
        if not self.isVisible():
            return
        metrics: Any = self.fontMetrics()
        line, character = metrics.height(), metrics.averageCharWidth()
        self._left.setMaximumWidth(character * WIDEST_TABLE)
        details, low = character * DETAILS_CHARACTERS, self._height < line * LOW_LINES
        table = min(character * TABLE_CHARACTERS, self._table.least_width())
        alone = self.width() < details + table + self.handleWidth() + 12
        focus = QApplication.focusWidget()
        if alone and not self._alone and focus is not None and self._details.isAncestorOf(focus):
            self._details_wanted = True  # who writes there goes on
        self._alone = alone
        self._head.fit(low=low, alone=self._alone)
        self._details.stand_alone(self._alone)
        self._middle.setHidden(self._alone and self._details_wanted)
        self._details.setHidden(self._alone and not self._details_wanted)
        self._details.setMinimumWidth(0 if self._alone else details)
        left = self.width() - (0 if self._alone else details)
        self.setMinimumHeight(line * LEAST_LINES + (0 if self._middle.isHidden() else self._head.heightForWidth(left)))
        self.setSizes([left, details])
