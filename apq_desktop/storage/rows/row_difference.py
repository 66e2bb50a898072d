"""Saves an evaluation as the difference between its rows in the file and the rows that it should have.

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
            if section in in_order:
                self._write_list(transaction, section, names)
            else:
                self._write_fields(transaction, section, names)

    def write_all(self, transaction: WriteTransaction, evaluation: Evaluation) -> None:
        """Make every row as ``evaluation`` has it."""
        wanted = sections(evaluation)
        for section in self._rows.keys() - set(wanted):
            for row in self._rows.pop(section).values():
                transaction.delete(section.table, row)
        self._evaluation = evaluation
        for section in wanted:
            self._write_list(transaction, section, None)

    def lacks(self, evaluation: Evaluation) -> bool:
        """Whether ``evaluation`` has areas or questions that the file has no rows for."""
        return any(
            (area.key, 0) not in self._rows[ALL_AREAS]
            or any((note.key, 0) not in self._rows.get(Section("notes", area.key), {}) for note in area.questions)
            for area in evaluation.areas
        )

    def add_missing(self, transaction: WriteTransaction, evaluation: Evaluation) -> None:
        """Make rows for what ``evaluation`` has and the file lacks, after what is there."""
        areas = {area.key: area for area in self._evaluation.areas}
        for area in evaluation.areas:
            if area.key not in areas:
                areas[area.key] = AreaRecord(area.number, area.key, area.title)
                self._evaluation.areas.append(areas[area.key])
            there = areas[area.key].questions
            known = {note.key for note in there}
            there += [copy(note) for note in area.questions if note.key not in known]
        self.write_all(transaction, self._evaluation)

    def remove(self, transaction: WriteTransaction) -> None:
        """Take all rows away."""
        for section in reversed(sections(self._evaluation)):
            for row in self._rows.get(section, {}).values():
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

    def _write_fields(self, transaction: WriteTransaction, section: Section, names: set[str]) -> None:
        there = self._rows[section]
        wanted = content(self._evaluation, section)
        for name in names:
            row = there[name, 0]
            there[name, 0] = transaction.update(section.table, row, _fields(wanted[name, 0]))

    def _write_list(self, transaction: WriteTransaction, section: Section, names: set[str] | None) -> None:
        """Write a list whose items or order changed; ``names`` are the ids that were named, None for all."""
        table, there = section.table, self._rows.get(section, {})
        wanted = content(self._evaluation, section)
        for key in there.keys() - wanted.keys():
            transaction.delete(table, there[key])
        positions = _positions(there, list(wanted), names or set()) if "position" in table.c else {}
        rows: dict[Key, Row] = {}
        new: list[Row] = []
        for key, thing in wanted.items():
            position = {"position": positions[key]} if positions else {}
            if key not in there:
                rows[key] = {"row_id": transaction.next_row(), **self._parent(section), **_fields(thing), **position}
                new.append(rows[key])
            elif names is None or key[0] in names:
                rows[key] = transaction.update(table, there[key], {**_fields(thing), **position})
            else:
                rows[key] = transaction.update(table, there[key], position)
        whole = iter(transaction.insert(table, new))
        self._rows[section] = {key: row if key in there else next(whole) for key, row in rows.items()}

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
    if staying != sorted(set(staying)):
        return {key: n * STEP for n, key in enumerate(order)}
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
                return {one: m * STEP for m, one in enumerate(order)}
        found[key] = before = position
    return found
