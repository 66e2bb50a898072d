"""Every edit as one small value, with its reverse: the one door through which an evaluation changes.

The window applies a change to the evaluation in memory (``apply``) and hands the same value to the store.
Undo is ``reverse`` of a change, sent through the same door.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from typing import Any, Literal

from apq_desktop.evaluation.model import Action, AreaRecord, Entry, Evaluation, Evidence, QuestionNote, Setting
from apq_desktop.evaluation.text.dates import is_kept
from apq_desktop.evaluation.text.readings import latest, with_latest
from apq_desktop.evaluation.text.splice import goes_on

TargetKind = Literal["evaluation", "setting", "area", "note", "strengths", "development_areas", "evidence", "actions"]
ListName = Literal["strengths", "development_areas", "citations", "evidence", "actions"]
Value = str | bool | int | tuple[str, ...]
Item = Entry | Evidence | Action | str
Owner = Evaluation | Setting | AreaRecord | QuestionNote | Entry | Evidence | Action


@dataclass(frozen=True, slots=True)
class Target:
    """What a field belongs to.

    ``key`` is empty for the evaluation and its setting, the area's key for an area, the question's for a note,
    else an item's id. ``area`` is the key of the area for notes, strengths and development areas.
    """

    kind: TargetKind
    key: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class SetField:
    """A field got a new value. Lists (key stages, purposes) are given as tuples.

    ``typed``: one key did it, or several that joined; every other edit (a paste, a cut, a table edit) stands alone.
    """

    target: Target
    field: str
    value: Value
    before: Value
    typed: bool = False


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Which list: of one area, or (evidence register, actions) of the whole evaluation, then ``area`` is empty.

    ``citations`` is the list of an area's evidence, whose items are ids of the register.
    """

    name: ListName
    area: str = ""


@dataclass(frozen=True, slots=True)
class AddItem:
    """An item was put into a list, at ``position`` counted from 0."""

    place: ListPlace
    item: Item
    position: int


@dataclass(frozen=True, slots=True)
class RemoveItem:
    """An item was taken from ``position`` of a list. ``item`` is as it was at that moment."""

    place: ListPlace
    item: Item
    position: int


@dataclass(frozen=True, slots=True)
class MoveItem:
    """The item at ``before`` of a list now stands at ``position``."""

    place: ListPlace
    item_id: str
    position: int
    before: int


@dataclass(frozen=True, slots=True)
class CompoundChange:
    """Changes that are done and undone as one. ``name`` is what Undo calls them, where their first does not say it."""

    changes: tuple[Change, ...]
    name: str = ""


Step = SetField | AddItem | RemoveItem | MoveItem
Change = Step | CompoundChange


def apply(evaluation: Evaluation, change: Change) -> None:
    """Carry out ``change`` on the evaluation in memory. Raises KeyError where it names something that is not there."""
    match change:
        case SetField():
            value = list(change.value) if isinstance(change.value, tuple) else change.value
            owner = resolve(evaluation, change.target)
            setattr(owner, change.field, value)
            if isinstance(owner, Action):
                _keep_agreeing(owner, change.field)
        case AddItem():
            items(evaluation, change.place).insert(change.position, copy(change.item))
        case RemoveItem():
            _take(items(evaluation, change.place), item_id(change.item))
        case MoveItem():
            there = items(evaluation, change.place)
            there.insert(change.position, _take(there, change.item_id))
        case CompoundChange():
            for part in change.changes:
                apply(evaluation, part)


def _keep_agreeing(action: Action, changed: str) -> None:
    """Where an action stands now is its latest reading, whichever of the two was changed."""
    if changed == "readings":
        action.current_point = latest(action.readings)
    elif changed == "current_point":
        action.readings = with_latest(action.readings, action.current_point)


def reverse(change: Change) -> Change:
    """The change that takes ``change`` back."""
    match change:
        case SetField():
            return replace(change, value=change.before, before=change.value)
        case AddItem():
            return RemoveItem(change.place, change.item, change.position)
        case RemoveItem():
            return AddItem(change.place, change.item, change.position)
        case MoveItem():
            return replace(change, position=change.before, before=change.position)
        case CompoundChange():
            return CompoundChange(tuple(reverse(part) for part in reversed(change.changes)), change.name)


def coalesce(earlier: Change, later: Change) -> SetField | None:
    """Two steps of typing in the same field as one, or None where each is to be kept apart."""
    if not (isinstance(earlier, SetField) and isinstance(later, SetField) and earlier.typed and later.typed):
        return None
    if (earlier.target, earlier.field, earlier.value) != (later.target, later.field, later.before):
        return None
    before, value = str(later.before), str(later.value)
    # With its last letter a date is understood, and kept as another text than the one that was typed.
    if not goes_on(str(earlier.before), before, value) and not (value and (is_kept(before) or is_kept(value))):
        return None
    return replace(later, before=earlier.before)


def single_steps(change: Change) -> list[Step]:
    """The single steps of a change, in order."""
    if isinstance(change, CompoundChange):
        return [step for part in change.changes for step in single_steps(part)]
    return [change]


def telling_step(change: Change) -> Step:
    """The step that tells best where a change was made: what came into an area or moved, else what left one."""
    steps = single_steps(change)
    of_lists = [step for step in steps if not isinstance(step, SetField) and step.place.name != "evidence"]
    came = [step for step in of_lists if not isinstance(step, RemoveItem)]
    return next(iter(came or of_lists or steps))


def item_id(item: Item) -> str:
    """The id of a list's item; a citation is the id itself."""
    return item if isinstance(item, str) else item.id


def words_of(place: ListPlace, key: str) -> tuple[Target, str]:
    """The field that holds the words of a list's item."""
    match place.name:
        case "citations" | "evidence":
            return Target("evidence", key), "title"
        case "actions":
            return Target("actions", key), "what"
        case name:
            return Target(name, key, place.area), "text"


def resolve(evaluation: Evaluation, target: Target) -> Owner:
    """The object that a target names. Raises KeyError."""
    match target.kind:
        case "evaluation":
            return evaluation
        case "setting":
            return evaluation.setting
        case "area":
            return evaluation.area(target.key)
        case "note":
            return evaluation.area(target.area).note(target.key)
        case kind:
            area = "" if kind in ("evidence", "actions") else target.area
            for item in items(evaluation, ListPlace(kind, area)):
                if item.id == target.key:
                    return item  # type: ignore[no-any-return]
            raise KeyError(target.key)


def area_of(evaluation: Evaluation, target: Target) -> str:
    """The key of the area in whose form a thing is edited; for evidence, the first that cites it. Empty where none."""
    match target.kind:
        case "area":
            return target.key
        case "actions":
            return next((action.area for action in evaluation.actions if action.id == target.key), "")
        case "evidence":
            return next((record.key for record in evaluation.areas_citing(target.key)), "")
        case _:
            return target.area


def area_of_list(evaluation: Evaluation, step: AddItem | RemoveItem | MoveItem) -> str:
    """The area in whose form a list stands; the actions are one list of all areas."""
    if step.place.name != "actions":
        return step.place.area
    item = getattr(step, "item", None)
    return item.area if item is not None else area_of(evaluation, Target("actions", getattr(step, "item_id", "")))


def items(evaluation: Evaluation, place: ListPlace) -> list[Any]:
    """The list that a place names. Raises KeyError where there is no such area."""
    match place.name:
        case "evidence":
            return evaluation.evidence
        case "actions":
            return evaluation.actions
        case "citations":
            return evaluation.area(place.area).evidence
        case "strengths":
            return evaluation.area(place.area).strengths
        case "development_areas":
            return evaluation.area(place.area).development_areas


def _take(there: list[Any], wanted: str) -> Any:
    for position, item in enumerate(there):
        if item_id(item) == wanted:
            return there.pop(position)
    raise KeyError(wanted)
