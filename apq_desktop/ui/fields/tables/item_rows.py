"""Which items a table shows, in which order and under which headings: the proxy between the items and the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractProxyModel, QModelIndex, QObject, Qt, QTimer, Signal

from apq_desktop.ui.fields.tables.item_model import Index, ItemModel

PAUSE_MS = 700
"""How long nothing is written before rows go to where they belong now: not at each letter of a date."""


@dataclass(frozen=True)
class RowGroup:
    """Some items under one heading. Without a title they stand under none."""

    key: str
    title: str
    items: Sequence[Any]


@dataclass(frozen=True)
class Heading:
    """The row above the items of a group."""

    key: str
    title: str
    count: int
    folded: bool

    def told(self) -> str:
        """The heading in one sentence, for a screen reader."""
        return f"{self.title}: {self.count}, {'folded' if self.folded else 'shown below'}"


class ItemRows(QAbstractProxyModel):
    """The rows of a table: headings, and below each the items of its group unless it is folded.

    ``arranged`` filters, sorts and groups. Rows that were written in move after a pause; ``held_back`` says whether
    they must wait longer, and ``held`` are the ids of the chosen items: the group that they move to is unfolded.
    """

    items_changed = Signal(list)
    """What was written in, shown or folded; before any row is told to be another."""

    def __init__(self, model: ItemModel, arranged: Callable[[], list[RowGroup]], folded: set[str]) -> None:
        super().__init__()
        self.model, self._arranged, self._folded = model, arranged, folded
        self.columns = model.columns
        self.rows: list[Any] = []
        self.items: list[Any] = []
        """All that fit, in order, with those that are folded."""
        self._row_of: dict[str, int] = {}
        self.held: set[str] = set()
        self.held_back: Callable[[], bool] = lambda: False
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._soon.timeout.connect(self.settle)
        model.setParent(self)
        self.setSourceModel(model)
        model.modelReset.connect(self.arrange)
        model.dataChanged.connect(self._changed)

    def arrange(self) -> None:
        """Choose, order and group the rows again."""
        self._soon.stop()
        groups = [group for group in self._arranged() if group.items]
        moved_with = self.held & self._row_of.keys()
        for group in groups:
            if group.key in self._folded and moved_with and any(item.id in moved_with for item in group.items):
                self._folded.discard(group.key)
        if groups and all(group.title and group.key in self._folded for group in groups):
            self._folded.discard(groups[0].key)
        rows: list[Any] = []
        for group in groups:
            folded = bool(group.title) and group.key in self._folded
            if group.title:
                rows.append(Heading(group.key, group.title, len(group.items), folded))
            if not folded:
                rows += group.items
        self.items = [item for group in groups for item in group.items]
        if list(map(_sameness, rows)) == list(map(_sameness, self.rows)):
            self._set_rows(rows)
            return
        self.beginResetModel()
        self._set_rows(rows)
        self.endResetModel()

    def _set_rows(self, rows: list[Any]) -> None:
        self.rows = rows
        self._row_of = {row.id: n for n, row in enumerate(rows) if not isinstance(row, Heading)}

    def settle(self) -> None:
        """Let the rows that were written in go to where they belong now."""
        if self.held_back():
            self._soon.start()
        else:
            self.arrange()

    def fold(self, key: str, *, folded: bool) -> None:
        """Fold a group or show it."""
        if folded:
            self._folded.add(key)
        else:
            self._folded.discard(key)
        self.arrange()

    def bring_out(self, key: str) -> int:
        """Unfold the group of the item with this id. Returns its row, or -1 where it is not among the rows."""
        if key not in self._row_of:
            for group in self._arranged():
                if any(item.id == key for item in group.items):
                    self.fold(group.key, folded=False)
        return self.row_of(key)

    def row_of(self, key: str) -> int:
        """The row of the item with this id, or -1."""
        return self._row_of.get(key, -1)

    def item(self, row: int) -> Any:
        """The item of a row, or None where there is a heading or nothing."""
        there = self.rows[row] if 0 <= row < len(self.rows) else None
        return None if isinstance(there, Heading) else there

    def heading(self, row: int) -> Heading | None:
        """The heading of a row, or None where there is an item or nothing."""
        there = self.rows[row] if 0 <= row < len(self.rows) else None
        return there if isinstance(there, Heading) else None

    # What Qt asks of a proxy

    def mapToSource(self, index: Index) -> QModelIndex:
        """The same cell among the items; none for a heading."""
        item = self.item(index.row())
        return self.model.index(self.model.row_of(item.id), index.column()) if item else QModelIndex()

    def mapFromSource(self, index: Index) -> QModelIndex:
        """The same cell in the table; none where the item is not shown."""
        row = self.row_of(self.model.items[index.row()].id) if index.isValid() else -1
        return self.index(row, index.column()) if row >= 0 else QModelIndex()

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's own signature
        """A cell."""
        inside = not parent.isValid() and 0 <= row < len(self.rows) and 0 <= column < len(self.columns)
        return self.createIndex(row, column) if inside else QModelIndex()

    def parent(self, _child: Index | None = None) -> Any:
        """No cell is within another; without a cell, the object that owns this one."""
        return QObject.parent(self) if _child is None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' titles."""
        return self.model.headerData(section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell, or the heading."""
        heading = self.heading(index.row())
        if heading is None:
            return self.model.data(self.mapToSource(index), role)
        if role == Qt.ItemDataRole.DisplayRole:
            return heading.title
        return heading.told() if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading can be gone to, but not chosen."""
        if self.heading(index.row()) is not None:
            return Qt.ItemFlag.ItemIsEnabled
        return self.model.flags(self.mapToSource(index))

    def _changed(self, first: Index, last: Index) -> None:
        items = self.model.items[first.row() : last.row() + 1]
        self.items_changed.emit(items)
        shown = [row for item in items if (row := self.row_of(item.id)) >= 0]
        if shown:
            self.dataChanged.emit(self.index(min(shown), 0), self.index(max(shown), len(self.columns) - 1))
        self._soon.start()


def _sameness(row: Any) -> object:
    return row if isinstance(row, Heading) else row.id
