"""The passages of a list, read a page at a time while one goes through them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt

from apq_desktop.evaluation.fields import label
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.titles import PARTS
from apq_desktop.ui.fields.tables.item_model import Index

if TYPE_CHECKING:
    from apq_desktop.library.collection import Passage
    from apq_desktop.services.locality.reading_across import ReadPassage

PAGE = 200
"""Passages that are read at one time."""
NO_NAME = "No name"
ROW = Qt.ItemDataRole.UserRole + 1
Told = Callable[["list[ReadPassage]"], None]
Ask = Callable[[Sequence[int], Told], None]
"""Reads passages by their keys, and tells them later."""


@dataclass(frozen=True, slots=True)
class PassageRow:
    """One row. ``begins`` tells that the row before is of another setting."""

    read: ReadPassage
    begins: bool


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a passage, from and to; all of it where nothing is selected."""

    passage: Passage
    start: int
    end: int


def place_words(passage: Passage, areas: dict[str, str]) -> str:
    """Where a passage stands: the part, and the area where ``areas`` has its title."""
    part = PARTS.get(passage.part, passage.part)  # type: ignore[call-overload] # the index holds what targets name
    words = label(passage.part, passage.field) if passage.part in ("area", "setting", "evaluation") else part  # type: ignore[arg-type]
    area = areas.get(passage.area, "")
    return f"{area}, {words[:1].lower()}{words[1:]}" if area else words


class PassageModel(QAbstractListModel):
    """Know the keys of all passages, and the texts of those that were come to."""

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self._ask = ask
        self.areas: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.keys: list[int] = []
        self.rows: list[PassageRow] = []
        self._asked = 0
        self._time = 0

    def show(self, keys: list[int]) -> None:
        """Show other passages, from the first."""
        self.beginResetModel()
        self.keys, self.rows, self._asked = keys, [], 0
        self._time += 1
        self.endResetModel()
        self.fetchMore()

    def read_again(self) -> None:
        """Read what is shown anew: themes may have been put on it."""
        time, here = self._time, [row.read.passage.pk for row in self.rows]
        for start in range(0, len(here), PAGE):
            self._ask(here[start : start + PAGE], partial(self._renew, time, start))

    def _renew(self, time: int, start: int, found: list[ReadPassage]) -> None:
        if time != self._time:
            return
        for n, read in enumerate(found, start):
            if n < len(self.rows) and self.rows[n].read.passage.pk == read.passage.pk and self.rows[n].read != read:
                self.rows[n] = PassageRow(read, self.rows[n].begins)
                self.dataChanged.emit(self.index(n), self.index(n))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many were read."""
        return 0 if parent.isValid() else len(self.rows)

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008 - Qt's own signature
        """Whether there are more that nobody asked for yet."""
        return not parent.isValid() and self._asked == len(self.rows) < len(self.keys)

    def fetchMore(self, parent: Index = QModelIndex()) -> None:  # noqa: B008 - Qt's own signature
        """Read the next page."""
        if self.canFetchMore(parent):
            time, start = self._time, self._asked
            self._asked = min(start + PAGE, len(self.keys))
            self._ask(self.keys[start : self._asked], partial(self._add, time))

    def _add(self, time: int, found: list[ReadPassage]) -> None:
        if time != self._time or not found:
            return
        first = len(self.rows)
        before = self.rows[-1].read.passage.evaluation if self.rows else ""
        self.beginInsertRows(QModelIndex(), first, first + len(found) - 1)
        for read in found:
            self.rows.append(PassageRow(read, read.passage.evaluation != before))
            before = read.passage.evaluation
        self._asked = len(self.rows)
        self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text, the whole of it with its place for a screen reader, and the row itself."""
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.read.passage.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.spoken(row)
            case _ if role == ROW:
                return row
        return None

    def setting_name(self, passage: Passage) -> str:
        """What the setting of a passage is called."""
        return self.names.get(passage.evaluation) or visible_text(passage.name) or NO_NAME

    def spoken(self, row: PassageRow) -> str:
        """A row in words."""
        passage = row.read.passage
        themes = f" Themes: {', '.join(row.read.themes)}." if row.read.themes else ""
        return f"{self.setting_name(passage)}, {place_words(passage, self.areas)}: {passage.text}{themes}"
