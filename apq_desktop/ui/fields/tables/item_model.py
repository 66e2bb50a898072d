"""The items of an evaluation as a model: what stands in each cell, for the eye, the editor and the screen reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from apq_desktop.evaluation.edits.changes import Change, ListPlace, SetField, Target, items, single_steps
from apq_desktop.evaluation.field_values import FieldReader
from apq_desktop.evaluation.fields import Column as Width
from apq_desktop.evaluation.fields import Field, columns_of
from apq_desktop.ui.session.editing_session import EditingSession
from apq_desktop.ui.session.listeners import Topic
from apq_desktop.ui.widgets.painted.line_marks import Mark

Kind = Literal["actions", "evidence"]
Index = QModelIndex | QPersistentModelIndex
Ink = Literal["text", "quiet", "warning", "soon"]


@dataclass(frozen=True)
class Face:
    """What is painted in a cell: words and a smaller line below them, each with its mark and colour."""

    words: str
    mark: Mark = ""
    ink: Ink = "text"
    below: str = ""
    below_mark: Mark = ""
    below_ink: Ink = "quiet"


@dataclass(frozen=True)
class ItemColumn:
    """One column: its title, how an item is told in it, and its field (None: worked out from elsewhere).

    ``face`` is what is painted; without it, what is told. The ``main`` column takes the width that those ``fitted``
    to their words leave. A ``hidden`` one is told in the main one: it is copied and sorted by, but stands nowhere.
    """

    title: str
    told: Callable[[Any], str]
    field: Field | None = None
    face: Callable[[Any], Face] | None = None
    width: Width = "fitted"

    @property
    def name(self) -> str:
        """The name of its field, or nothing."""
        return self.field.name if self.field else ""

    def face_of(self, item: Any) -> Face:
        """What is painted of an item."""
        return self.face(item) if self.face else Face(self.told(item))


def table_columns(
    kind: Kind,
    session: EditingSession,
    told: Mapping[str, Callable[[Any], str]],
    faces: Mapping[str, Callable[[Any], Face]],
) -> list[ItemColumn]:
    """The columns of the table of fields; ``told`` and ``faces`` say otherwise what is told and painted of a field."""
    reader = FieldReader.of(session.evaluation, session.catalogue)
    return [
        ItemColumn(
            field.label,
            told.get(field.name, partial(reader.shown, field)),
            field,
            faces.get(field.name),
            field.column,
        )
        for field in columns_of(kind)
    ]


class ItemModel(QAbstractTableModel):
    """All items of one kind, a row each, in the order of the evaluation.

    ``also`` are topics besides the items that the columns tell of.
    """

    def __init__(self, session: EditingSession, kind: Kind, columns: Sequence[ItemColumn], *also: Topic) -> None:
        super().__init__()
        self.session, self._kind, self.columns = session, kind, columns
        self.items: list[Any] = []
        self._rows: dict[str, int] = {}
        session.listeners.add(self._follow, kind, *also)
        self.renew()

    def renew(self) -> None:
        """Take the items from the evaluation again."""
        self.beginResetModel()
        self.items = list(items(self.session.evaluation, ListPlace(self._kind)))
        self._rows = {item.id: row for row, item in enumerate(self.items)}
        self.endResetModel()

    def row_of(self, key: str) -> int:
        """The row of the item with this id, or -1."""
        return self._rows.get(key, -1)

    def target(self, key: str) -> Target:
        """What the fields of an item belong to."""
        return Target(self._kind, key)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many items there are."""
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
        """What stands in a cell."""
        column, item = self.columns[index.column()], self.items[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.told(item)
            case Qt.ItemDataRole.EditRole if column.field:
                return getattr(item, column.field.name)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.title}: {column.told(item) or 'nothing written'}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Which cells can be edited."""
        flags = super().flags(index)
        column = self.columns[index.column()]
        if column.field and column.width != "hidden" and not self.session.read_only:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def _follow(self, change: Change) -> None:
        steps = single_steps(change)
        if any(not isinstance(step, SetField) and step.place.name == self._kind for step in steps):
            self.renew()
            return
        keys = {step.target.key for step in steps if isinstance(step, SetField) and step.target.kind == self._kind}
        if len(keys) == len(steps) == 1:
            self._tell(self.row_of(*keys), self.row_of(*keys))
        else:
            self._tell(0, len(self.items) - 1)

    def _tell(self, first: int, last: int) -> None:
        if 0 <= first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
