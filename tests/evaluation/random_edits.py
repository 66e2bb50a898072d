"""Draws any edit that the window could make on an evaluation as it stands."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import fields
from typing import TYPE_CHECKING, get_args

from hypothesis import strategies as st

from apq_desktop.evaluation.edits.changes import (
    AddItem,
    Change,
    CompoundChange,
    Item,
    ListName,
    ListPlace,
    MoveItem,
    RemoveItem,
    SetField,
    Target,
    Value,
    apply,
    item_id,
    items,
    resolve,
)
from apq_desktop.evaluation.model import Action, Entry, Evaluation, Evidence, new_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hypothesis.strategies import DataObject, SearchStrategy

AREAS = ("workforce", "needs")
TEXTS = st.text(max_size=12)
LISTS: dict[str, SearchStrategy[tuple[str, ...]]] = {
    "purposes": st.lists(st.sampled_from(["self-evaluation", "locality", "peer-review"]), unique=True).map(tuple),
    "key_stages": st.lists(st.sampled_from(["1", "2", "3", "4"]), unique=True).map(tuple),
}


def targets(evaluation: Evaluation) -> Iterator[Target]:
    """Everything in two areas and in the whole evaluation that has fields to type into."""
    yield Target("evaluation")
    yield Target("setting")
    for item in evaluation.evidence:
        yield Target("evidence", item.id)
    for action in evaluation.actions:
        yield Target("actions", action.id)
    for key in AREAS:
        area = evaluation.area(key)
        yield Target("area", key)
        for note in area.questions:
            yield Target("note", note.key, key)
        for entry in area.strengths:
            yield Target("strengths", entry.id, key)
        for entry in area.development_areas:
            yield Target("development_areas", entry.id, key)


def places() -> list[ListPlace]:
    """The lists of the same two areas, the register and the actions."""
    both = ("evidence", "actions")
    return [ListPlace(name, area) for name in get_args(ListName) for area in ([""] if name in both else AREAS)]


def _set_field(data: DataObject, evaluation: Evaluation) -> Change:
    target = data.draw(st.sampled_from(list(targets(evaluation))))
    found = resolve(evaluation, target)
    kinds = {field.name: field.type for field in fields(found)}
    can_be_typed = [name for name, kind in kinds.items() if kind in ("Line", "Text", "bool") or name in LISTS]
    name = data.draw(st.sampled_from(can_be_typed))
    before = getattr(found, name)
    value: Value
    if name in LISTS:
        value, before = data.draw(LISTS[name]), tuple(before)
    elif kinds[name] == "bool":
        value = data.draw(st.booleans())
    else:
        value = data.draw(TEXTS)
    return SetField(target, name, value, before)


def _add(data: DataObject, evaluation: Evaluation) -> Change:
    place = data.draw(st.sampled_from(places()))
    made: Item
    match place.name:
        case "evidence":
            made = Evidence(title=data.draw(TEXTS))
        case "actions":
            made = Action(area=data.draw(st.sampled_from(AREAS)), what=data.draw(TEXTS))
        case "citations":
            made = new_id()
        case _:
            made = Entry(text=data.draw(TEXTS))
    return AddItem(place, made, data.draw(st.integers(0, len(items(evaluation, place)))))


def _remove(data: DataObject, evaluation: Evaluation) -> Change:
    place = data.draw(st.sampled_from([place for place in places() if items(evaluation, place)]))
    there = items(evaluation, place)
    position = data.draw(st.integers(0, len(there) - 1))
    return RemoveItem(place, deepcopy(there[position]), position)


def _move(data: DataObject, evaluation: Evaluation) -> Change:
    place = data.draw(st.sampled_from([place for place in places() if items(evaluation, place)]))
    there = items(evaluation, place)
    position, before = (data.draw(st.integers(0, len(there) - 1)) for _ in range(2))
    return MoveItem(place, item_id(there[before]), position, before)


def draw_change(data: DataObject, evaluation: Evaluation, *, together: bool = True) -> Change:
    """One edit that can be made now; also several made as one, unless ``together`` is False."""
    single: list[Callable[[DataObject, Evaluation], Change]] = [_set_field, _add]
    if any(items(evaluation, place) for place in places()):
        single += [_remove, _move]
    if together and data.draw(st.integers(0, 4)) == 0:
        trial = deepcopy(evaluation)
        steps = []
        for _ in range(data.draw(st.integers(0, 3))):
            steps.append(draw_change(data, trial))
            apply(trial, steps[-1])
        return CompoundChange(tuple(steps))
    return data.draw(st.sampled_from(single))(data, evaluation)
