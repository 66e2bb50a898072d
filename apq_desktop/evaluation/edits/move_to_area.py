"""An entry, an action or a citation goes to another area as one step: with its id, so that what names it still does."""

from __future__ import annotations

from dataclasses import replace

from apq_desktop.evaluation.edits.changes import (
    AddItem,
    Change,
    CompoundChange,
    ListPlace,
    RemoveItem,
    item_id,
    items,
)
from apq_desktop.evaluation.edits.step_names import THINGS
from apq_desktop.evaluation.model import MAX_ITEMS, Action, AreaRecord, Entry, Evaluation


def areas_for(evaluation: Evaluation, place: ListPlace, key: str) -> list[AreaRecord]:
    """The areas that an item can go to: all that apply but its own, with room, and not citing it already."""
    here = _area_of(evaluation, place, key)
    return [
        area for area in evaluation.areas if area.applies and area.key != here and _takes(evaluation, place, key, area)
    ]


def move_to_area(evaluation: Evaluation, place: ListPlace, key: str, area: str) -> Change:
    """Take the item ``key`` out of its area and put it at the end of the same list of another one.

    What is about a part of the old area is about the whole of the new one. Raises KeyError where there is no such
    item or area.
    """
    there = items(evaluation, place)
    position = next((n for n, one in enumerate(there) if item_id(one) == key), None)
    if position is None:
        raise KeyError(key)
    item = there[position]
    numbers = [evaluation.area(one).number for one in (_area_of(evaluation, place, key), area)]
    if isinstance(item, Action):
        added = AddItem(place, replace(item, area=area, sub_area=""), len(there) - 1)
    else:
        goal = ListPlace(place.name, area)
        moved = replace(item, sub_area="") if isinstance(item, Entry) else item
        added = AddItem(goal, moved, len(items(evaluation, goal)))
    name = f"moving {THINGS[place.name][0]} from {numbers[0]} to {numbers[1]}"
    return CompoundChange((RemoveItem(place, item, position), added), name)


def _area_of(evaluation: Evaluation, place: ListPlace, key: str) -> str:
    return place.area or next((action.area for action in evaluation.actions if action.id == key), "")


def _takes(evaluation: Evaluation, place: ListPlace, key: str, area: AreaRecord) -> bool:
    if place.name == "actions":
        return True
    there = items(evaluation, ListPlace(place.name, area.key))
    return len(there) < MAX_ITEMS and key not in [item_id(one) for one in there]
