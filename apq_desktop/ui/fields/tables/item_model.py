"""The items of an evaluation as the rows of a table: which are shown, in which order, and what stands in each cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from apq_desktop.evaluation.edits.changes import Change, SetField, Target, single_steps
from apq_desktop.ui.session.editing_session import EditingSession
from apq_desktop.ui.session.listeners import Topic

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Column:
    """One column: its title, how an item is shown in it, and the field that is edited there (none: not here)."""

    title: str
    shown: Callable[[Any], str]
    field: str = ""
    editor: Literal["line", "text", "date", "choice"] = "line"
    choices: Sequence[tuple[str, str]] = ()
    stretch: int = 2


class ItemModel(QAbstractTableModel):
    """The items that ``chosen`` gives, a row each. While a cell is edited the rows stay where they are.

    ``also`` are topics besides the items that the columns tell of.
    """

    def __init__(
        self,
        session: EditingSession,
        kind: Literal["actions", "evidence"],
        columns: Sequence[Column],
        chosen: Callable[[], list[Any]],
        *also: Topic,
    ) -> None:
        super().__init__()
        self.session, self._kind, self.columns, self._chosen = session, kind, columns, chosen
        self.items: list[Any] = []
        session.listeners.add(self._follow, kind, *also)
        self.renew()

    def renew(self) -> None:
        """Choose and order the rows anew. What stands in them is said when it changes."""
        chosen = self._chosen()
        if [item.id for item in chosen] != [item.id for item in self.items]:
            self.beginResetModel()
            self.items = chosen
            self.endResetModel()
        else:
            self.items = chosen

    def row_of(self, key: str) -> int:
        """The row of the item with this id, or -1."""
        return next((row for row, item in enumerate(self.items) if item.id == key), -1)

    def target(self, row: int) -> Target:
        """What the fields of a row belong to."""
        return Target(self._kind, self.items[row].id)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many items are shown."""
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' titles."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell, for the eye, the editor and the screen reader."""
        column, item = self.columns[index.column()], self.items[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.shown(item)
            case Qt.ItemDataRole.EditRole if column.field:
                return getattr(item, column.field)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.title}: {column.shown(item) or 'nothing written'}"
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Which cells can be edited."""
        flags = super().flags(index)
        if self.columns[index.column()].field and not self.session.read_only:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def _follow(self, change: Change) -> None:
        if not all(isinstance(step, SetField) for step in single_steps(change)):
            self.renew()
        self._all_changed()

    def _all_changed(self) -> None:
        if self.items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.items) - 1, len(self.columns) - 1))
