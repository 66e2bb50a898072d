"""Save an evaluation as the difference between its rows in the file and the rows that it should have.

The changes are applied to a copy in memory by ``edits.changes.apply``, as the window applies them to its own, and only
the rows that a change names are compared. So what an edit does is written down once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from dataclasses import asdict
from datetime import datetime
from functools import cached_property
from typing import Any

from apq_desktop.evaluation.edits.changes import (
    Change,
    MoveItem,
    RemoveItem,
    SetField,
    apply,
    item_id,
    items,
    resolve,
    single_steps,
)
from apq_desktop.evaluation.model import AreaRecord, Evaluation
from apq_desktop.storage.database.tables import ENTRIES, STEP
from apq_desktop.storage.history.recorder import EditBursts, keep_item, keep_text, stamp
from apq_desktop.storage.rows.coercion import hints
from apq_desktop.storage.rows.evaluation_reader import evaluation_of
from apq_desktop.storage.rows.row_mapping import Row, kept_fields, kept_value
from apq_desktop.storage.rows.sections import (
    ALL_AREAS,
    HEAD,
    ONLY,
    Key,
    Rows,
    Section,
    content,
    section_of,
    section_of_list,
    sections,
)
from apq_desktop.storage.rows.transaction import WriteTransaction

_OUTERMOST = 1 << 62
"""Beyond this, a list's positions are given out again."""
_IDENTITY = frozenset({"id", "key"})


class StoredEvaluation:
    """One evaluation with its rows, as the file holds them. Of no use after a save that failed."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    @cached_property
    def _evaluation(self) -> Evaluation:
        return evaluation_of(self._rows)

    def change(
        self, transaction: WriteTransaction, bursts: EditBursts, changes: Sequence[Change], at: datetime
    ) -> None:
        """Carry out changes in memory and in the file. Raises KeyError, TypeError for what does not fit."""
        named: defaultdict[Section, set[str]] = defaultdict(set)
        in_order: set[Section] = set()
        for step in (step for change in changes for step in single_steps(change)):
            self._remember(transaction, bursts, step, at)
            if isinstance(step, SetField):
                section, name = section_of(step.target)
            else:
                section = section_of_list(step.place)
                name = step.item_id if isinstance(step, MoveItem) else item_id(step.item)
                in_order.add(section)
            named[section].add(name)
            apply(self._evaluation, step)
        self._evaluation.changed = stamp(at)
        named[HEAD].add("")
        for section, names in named.items():
            self._write(transaction, section, names, in_order=section in in_order)

    def write_all(self, transaction: WriteTransaction, evaluation: Evaluation) -> None:
        """Make every row as ``evaluation`` has it."""
        wanted = sections(evaluation)
        self.remove(transaction, but=wanted)
        self._evaluation = evaluation
        for section in wanted:
            self._write(transaction, section, None)

    def lacks(self, evaluation: Evaluation) -> bool:
        """Whether ``evaluation`` has areas or questions that the file has no rows for."""
        asked = [section for section in sections(evaluation) if section.name in ("areas", "notes")]
        return any(content(evaluation, one).keys() - self._rows.get(one, {}).keys() for one in asked)

    def add_missing(self, transaction: WriteTransaction, evaluation: Evaluation) -> None:
        """Make rows for what ``evaluation`` has and the file lacks, after what is there."""
        for area in evaluation.areas:
            if (area.key, 0) not in self._rows[ALL_AREAS]:
                self._evaluation.areas.append(AreaRecord(area.number, area.key, area.title))
            there = self._evaluation.area(area.key).questions
            known = {note.key for note in there}
            there += [copy(note) for note in area.questions if note.key not in known]
        self.write_all(transaction, self._evaluation)

    def remove(self, transaction: WriteTransaction, but: Sequence[Section] = ()) -> None:
        """Take all rows away, those first that point to others, ``but`` those of some sections."""
        for section in [one for one in reversed(self._rows) if one not in but]:
            for row in self._rows.pop(section).values():
                transaction.delete(section.table, row)

    def _remember(self, transaction: WriteTransaction, bursts: EditBursts, step: Any, at: datetime) -> None:
        """Keep in the history what a step is about to replace or take away."""
        if isinstance(step, SetField):
            thing: Any = resolve(self._evaluation, step.target)
            if step.field in _IDENTITY or step.field not in hints(thing.__class__):
                raise KeyError(step.field)
            before = kept_value(step.field, getattr(thing, step.field))
            now = kept_value(step.field, step.value)
            if before != now:
                field = (self._evaluation.id, step.target, step.field)
                keep_text(transaction, bursts, field, before, now, at, typed=step.typed)
        elif isinstance(step, RemoveItem):
            name = item_id(step.item)
            item = next((one for one in items(self._evaluation, step.place) if item_id(one) == name), None)
            if item is None:
                raise KeyError(name)
            kept = item if isinstance(item, str) else asdict(item)
            place = (step.place.name, step.place.area, step.position)
            keep_item(transaction, self._evaluation.id, place, kept, at)

    def _write(
        self, transaction: WriteTransaction, section: Section, names: set[str] | None, *, in_order: bool = True
    ) -> None:
        """Write the things of a section with these ids, None for all; with ``in_order`` its order and length too."""
        table, there = section.table, self._rows.setdefault(section, {})
        wanted = content(self._evaluation, section)
        positions = _positions(there, list(wanted), names or set()) if in_order and "position" in table.c else {}
        new: dict[Key, Row] = {}
        for key in there.keys() - wanted.keys():
            transaction.delete(table, there.pop(key))
        for key in wanted if in_order else [(name, 0) for name in names or ()]:
            position = {"position": positions[key]} if positions else {}
            if key not in there:
                of = self._parent(section)
                new[key] = {"row_id": transaction.next_row(), **of, **_fields(wanted[key]), **position}
            else:
                fields = _fields(wanted[key]) if names is None or key[0] in names else {}
                there[key] = transaction.update(table, there[key], fields | position)
        there.update(zip(new, transaction.insert(table, list(new.values())), strict=True))

    def _parent(self, section: Section) -> dict[str, Any]:
        """The columns that say to what the rows of a section belong."""
        if section == HEAD:
            return {}
        if not section.area:
            return {"evaluation_row": self._rows[HEAD][ONLY]["row_id"]}
        of: dict[str, Any] = {"area_row": self._rows[ALL_AREAS][section.area, 0]["row_id"]}
        return of | {"list_name": section.name} if section.table is ENTRIES else of


def _fields(thing: Any) -> dict[str, Any]:
    return {"evidence_id": kept_value("", thing)} if isinstance(thing, str) else kept_fields(thing)


def _positions(there: dict[Key, Row], order: Sequence[Key], moved: set[str]) -> dict[Key, int]:
    """A position for each key, growing. What was not moved keeps its own, unless there is no room between."""
    kept = [there[key]["position"] if key in there and key[0] not in moved else None for key in order]
    staying = [position for position in kept if position is not None]
    even = {key: n * STEP for n, key in enumerate(order)}
    if staying != sorted(set(staying)):
        return even
    found: dict[Key, int] = {}
    before: int | None = None
    for n, key in enumerate(order):
        position = kept[n]
        if position is None:
            after = next((later for later in kept[n:] if later is not None), None)
            if before is None:
                position = 0 if after is None else after - STEP
            else:
                position = before + STEP if after is None else (before + after) // 2
            if position in (before, after) or abs(position) >= _OUTERMOST:
                return even
        found[key] = before = position
    return found
