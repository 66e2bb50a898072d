"""Earlier texts and removed items, as the window shows them and brings them back with an ordinary change.

The history is not checked when a file is opened. What is not as it was written is shown all the same where it
can be read, and says so: it may be all that is left of somebody's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from sqlalchemy import Connection, RowMapping, Select, select

from apq_desktop.evaluation.edits.changes import Item, ListName, ListPlace, Target, TargetKind, Value
from apq_desktop.evaluation.model import Action, Entry, Evaluation, Evidence
from apq_desktop.evaluation.text.cleaning import clean
from apq_desktop.storage.database.tables import EARLIER_TEXTS, REMOVED_ITEMS
from apq_desktop.storage.history import retention
from apq_desktop.storage.rows.coercion import from_json
from apq_desktop.storage.rows.row_mapping import Row, field_value, is_whole

if TYPE_CHECKING:
    from apq_desktop.storage.reviews import Looker, Saver

SNAPSHOTS = "snapshots"
"""What stands in the place of a list's name where a whole evaluation was kept under a name of the user's."""
Known = TypeVar("Known", bound=str)
_KIND_OF_LIST: dict[ListName, type[Item]] = {
    "strengths": Entry,
    "development_areas": Entry,
    "evidence": Evidence,
    "actions": Action,
    "citations": str,
}


@dataclass(frozen=True, slots=True)
class EarlierText:
    """What stood in a field until ``at``, a UTC stamp; ``text`` is as in a change (tuples for lists).

    Not ``whole`` means: the text itself was changed by damage to the file.
    """

    at: str
    text: Value
    target: Target
    field: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class RemovedItem:
    """An item taken out of ``position`` of a list at ``at``, a UTC stamp: ``AddItem`` brings it back."""

    at: str
    place: ListPlace
    item: Item
    position: int
    whole: bool = True


@dataclass(frozen=True, slots=True)
class RemovedEvaluation:
    """A whole evaluation taken out of the file at ``at``, a UTC stamp: ``Workspace.add`` brings it back."""

    at: str
    evaluation: Evaluation
    whole: bool = True


PastChange = EarlierText | RemovedItem


class History:
    """The history of all evaluations in one open file."""

    def __init__(self, look: Looker, save: Saver) -> None:
        self._look, self._save = look, save

    def recent_changes(self, evaluation_id: str, limit: int = 200) -> list[PastChange]:
        """The last earlier texts and removed items of one evaluation, newest first.

        An ordinary change brings them back: a ``SetField`` the one, an ``AddItem`` the other.
        """
        texts, items = EARLIER_TEXTS.c, REMOVED_ITEMS.c
        earlier = select(EARLIER_TEXTS).where(texts.evaluation_id == evaluation_id).order_by(texts.row_id.desc())
        removed = select(REMOVED_ITEMS).where(items.evaluation_id == evaluation_id, items.list_name != SNAPSHOTS)
        removed = removed.order_by(items.row_id.desc())

        def find(connection: Connection) -> list[tuple[int, PastChange]]:
            return [*_texts(connection, earlier.limit(limit)), *_items(connection, removed.limit(limit))]

        # Row ids are given out in the order of saving.
        found = sorted(self._look(find), key=lambda numbered: numbered[0], reverse=True)
        return [change for _, change in found[:limit]]

    def removed_evaluations(self) -> list[RemovedEvaluation]:
        """The whole evaluations that were removed, newest first; ``Workspace.add`` brings one back."""
        return self._look(
            lambda connection: [
                RemovedEvaluation(row["removed"], evaluation, is_whole(REMOVED_ITEMS, row))
                for row, evaluation in whole_evaluations(connection, "", "evaluations")
            ]
        )

    def thin(self, now: datetime) -> int:
        """Drop old earlier texts that need not be kept at ``now``; returns how many rows were dropped.

        One short transaction: there may be more to drop where ``retention.AT_ONCE`` were. Raises NotSavedError.
        """
        rows = self._look(lambda connection: retention.surplus(connection, now))[: retention.AT_ONCE]
        if rows:
            self._save(lambda transaction: retention.thin(transaction, rows))
        return len(rows)


def whole_evaluations(connection: Connection, of: str, list_name: str) -> Iterator[tuple[RowMapping, Evaluation]]:
    """The evaluations that the history keeps whole under these names, newest first, each with its row."""
    c = REMOVED_ITEMS.c
    wanted = select(REMOVED_ITEMS).where(c.evaluation_id == of, c.list_name == list_name)
    for row in connection.execute(wanted.order_by(c.row_id.desc())).mappings():
        if (evaluation := from_json(Evaluation, row["item"])) is not None:
            yield row, evaluation


def _texts(connection: Connection, wanted: Select[Any]) -> list[tuple[int, EarlierText]]:
    found = []
    for row in connection.execute(wanted).mappings():
        whole = is_whole(EARLIER_TEXTS, row)
        kind = _known(row["target_kind"], get_args(TargetKind), whole=whole)
        if kind is not None:
            target = Target(kind, row["target_key"], row["area"])
            found.append((row["row_id"], EarlierText(row["replaced"], _value(row), target, row["field"], whole)))
    return found


def _known(name: str, names: Iterable[Known], *, whole: bool) -> Known | None:
    """One of the names there are; for one that damage has changed, the nearest."""
    nearest = {str(one): one for one in names}
    if name in nearest or whole:
        return nearest.get(name)
    return next((nearest[one] for one in get_close_matches(name, nearest, 1, 0.5)), None)


def _value(row: Row) -> Value:
    try:
        value = field_value(row["field"], row["value"])
    except ValueError:
        return clean(str(row["value"]))
    return tuple(value) if isinstance(value, list) else clean(str(value))


def _items(connection: Connection, wanted: Select[Any]) -> list[tuple[int, RemovedItem]]:
    found = []
    for row in connection.execute(wanted).mappings():
        whole = is_whole(REMOVED_ITEMS, row)
        name = _known(row["list_name"], _KIND_OF_LIST, whole=whole)
        if name is None:
            continue
        item = from_json(_KIND_OF_LIST[name], row["item"])
        if item is None and not whole:
            item = _as_words(name, clean(str(row["item"])))
        if item is not None:
            place = ListPlace(name, row["area"])
            found.append((row["row_id"], RemovedItem(row["removed"], place, item, row["position"], whole)))
    return found


def _as_words(name: ListName, words: str) -> Item:
    """An item that damage has changed so that only its words can be shown."""
    match name:
        case "evidence":
            return Evidence(title=words)
        case "actions":
            return Action(what=words)
        case "citations":
            return words
        case _:
            return Entry(text=words)
