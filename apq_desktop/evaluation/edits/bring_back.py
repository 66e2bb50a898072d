"""The change that makes an evaluation again what it was: of all its texts and lists, done and undone as one."""

from __future__ import annotations

from copy import copy, deepcopy
from dataclasses import fields
from typing import Any

from apq_desktop.evaluation.edits.changes import (
    AddItem,
    CompoundChange,
    ListName,
    ListPlace,
    MoveItem,
    Owner,
    RemoveItem,
    SetField,
    Step,
    Target,
    TargetKind,
    apply,
    item_id,
    items,
)
from apq_desktop.evaluation.model import Evaluation

NOT_ITS_WORDS = frozenset(
    {"id", "key", "number", "revision", "supersedes", "created", "changed", "carried_from", "unknown_fields"}
    | {"setting", "areas", "evidence", "actions", "questions", "strengths", "development_areas"}
)
"""What says which evaluation it is and how it came about, and the lists, which have steps of their own."""
OF_AREA: tuple[TargetKind, ...] = ("strengths", "development_areas")
OF_EVALUATION: tuple[TargetKind, ...] = ("evidence", "actions")


def bring_back(now: Evaluation, then: Evaluation) -> CompoundChange | None:
    """What to change of ``now`` so that it says what ``then`` said; None where it does already.

    Both are states of one evaluation. Areas and questions that only one of them has are left as they are.
    """
    steps = _Steps(now)
    steps.set_fields(Target("evaluation"), steps.work, then)
    steps.set_fields(Target("setting"), steps.work.setting, then.setting)
    for kind in OF_EVALUATION:
        steps.set_list(kind, "", items(then, ListPlace(kind)))  # type: ignore[arg-type]
    there = {area.key: area for area in then.areas}
    for area in steps.work.areas:
        if (before := there.get(area.key)) is None:
            continue
        steps.set_fields(Target("area", area.key), area, before, leave_out=("title",))
        notes = {note.key: note for note in before.questions}
        for note in area.questions:
            if note.key in notes:
                steps.set_fields(Target("note", note.key, area.key), note, notes[note.key])
        for kind in OF_AREA:
            steps.set_list(kind, area.key, items(then, ListPlace(kind, area.key)))  # type: ignore[arg-type]
        steps.set_list("citations", area.key, before.evidence)
    return CompoundChange(tuple(steps.done)) if steps.done else None


class _Steps:
    """The steps so far, each carried out on a copy, so that the next one finds its place."""

    def __init__(self, now: Evaluation) -> None:
        self.work = deepcopy(now)
        self.done: list[Step] = []

    def _do(self, step: Step) -> None:
        apply(self.work, step)
        self.done.append(step)

    def set_fields(self, target: Target, now: Owner, then: Owner, leave_out: tuple[str, ...] = ()) -> None:
        """Give every field the value that it had."""
        for field in fields(now):
            if field.name in NOT_ITS_WORDS or field.name in leave_out:
                continue
            before, value = _as_value(getattr(now, field.name)), _as_value(getattr(then, field.name))
            if before != value:
                self._do(SetField(target, field.name, value, before))

    def set_list(self, name: Any, area: str, wanted: list[Any]) -> None:
        """Make a list again what it was: the same items in the same order, each with its texts."""
        list_name: ListName = name
        place = ListPlace(list_name, area)
        there, ids = items(self.work, place), [item_id(item) for item in wanted]
        for position in reversed(range(len(there))):
            if item_id(there[position]) not in ids:
                self._do(RemoveItem(place, copy(there[position]), position))
        for position, item in enumerate(wanted):
            places = [item_id(one) for one in there]
            if item_id(item) not in places:
                self._do(AddItem(place, copy(item), position))
            elif (before := places.index(item_id(item))) != position:
                self._do(MoveItem(place, item_id(item), position, before))
            if not isinstance(item, str):
                self.set_fields(Target(name, item.id, area), there[position], item)


def _as_value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
