"""Earlier texts and removed items, as the window shows them and brings them back with an ordinary change.

The history is not checked when a file is opened. What is not as it was written is shown all the same where it
can be read, and says so: it may be all that is left of somebody's words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from sqlalchemy import Connection, Select, select

from apq_desktop.evaluation.edits.changes import Item, ListName, ListPlace, Target, TargetKind, Value
from apq_desktop.evaluation.model import Action, Entry, Evaluation, Evidence
from apq_desktop.evaluation.text.cleaning import clean
from apq_desktop.storage.database.tables import EARLIER_TEXTS, REMOVED_ITEMS
from apq_desktop.storage.rows.coercion import from_json
from apq_desktop.storage.rows.row_mapping import Row, field_value, is_whole

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


def earlier_texts(connection: Connection, evaluation_id: str, target: Target, field: str) -> list[EarlierText]:
    """What stood in one field before, newest first."""
    c = EARLIER_TEXTS.c
    # What is asked here is in an index as well, so that damage in it is noticed when the file is opened.
    wanted = select(EARLIER_TEXTS).where(c.evaluation_id == evaluation_id, c.target_key == target.key, c.field == field)
    found = _texts(connection, wanted.order_by(c.row_id.desc()))
    return [text for _, text in found if text.target == target or not text.whole]


def removed_items(connection: Connection, evaluation_id: str) -> list[RemovedItem]:
    """What was taken out of an evaluation's lists, newest first."""
    c = REMOVED_ITEMS.c
    wanted = select(REMOVED_ITEMS).where(c.evaluation_id == evaluation_id, c.list_name != SNAPSHOTS)
    wanted = wanted.order_by(c.row_id.desc())
    return [item for _, item in _items(connection, wanted)]


def recent_changes(connection: Connection, evaluation_id: str, limit: int) -> list[PastChange]:
    """The last ``limit`` earlier texts and removed items of one evaluation, newest first."""
    texts, items = EARLIER_TEXTS.c, REMOVED_ITEMS.c
    earlier = select(EARLIER_TEXTS).where(texts.evaluation_id == evaluation_id).order_by(texts.row_id.desc())
    removed = select(REMOVED_ITEMS).where(items.evaluation_id == evaluation_id, items.list_name != SNAPSHOTS)
    removed = removed.order_by(items.row_id.desc())
    found: list[tuple[int, PastChange]] = [
        *_texts(connection, earlier.limit(limit)),
        *_items(connection, removed.limit(limit)),
    ]
    # Row ids are given out in the order of saving.
    return [change for _, change in sorted(found, key=lambda numbered: numbered[0], reverse=True)[:limit]]


def removed_evaluations(connection: Connection) -> list[RemovedEvaluation]:
    """The whole evaluations that were taken out of the file, newest first."""
    c = REMOVED_ITEMS.c
    wanted = select(REMOVED_ITEMS).where(c.evaluation_id == "", c.list_name == "evaluations")
    found = []
    for row in connection.execute(wanted.order_by(c.row_id.desc())).mappings():
        evaluation = from_json(Evaluation, row["item"])
        if evaluation is not None:
            found.append(RemovedEvaluation(row["removed"], evaluation, is_whole(REMOVED_ITEMS, row)))
    return found


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
