"""An item goes to another area with its id, and back again as it was."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import pytest

from apq_desktop.evaluation.edits.changes import ListPlace, apply, item_id, items, reverse, telling_step
from apq_desktop.evaluation.edits.move_to_area import areas_for, move_to_area
from apq_desktop.evaluation.model import MAX_ITEMS, Action, Entry, Evidence, new_evaluation

if TYPE_CHECKING:
    from apq_desktop.evaluation.edits.changes import ListName
    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.toolkit.catalogue import Catalogue


@pytest.fixture
def evaluation(catalogue: Catalogue) -> Evaluation:
    """One item of each kind in area 7, about a part of it where it can be."""
    made = new_evaluation(catalogue, created="2026-01-01T00:00:00+00:00")
    needs = made.area("needs")
    needs.strengths = [Entry("s", "Reading every day", sub_area="literacy")]
    needs.development_areas = [Entry("d", "Plans", sub_area="send")]
    made.evidence = [Evidence("e", "Log")]
    needs.evidence = ["e"]
    made.actions = [Action("a", "needs", "Read", sub_area="literacy", development_area="d"), Action("b", "needs")]
    return made


PLACES: list[tuple[ListName, str]] = [
    ("strengths", "needs"),
    ("development_areas", "needs"),
    ("citations", "needs"),
    ("actions", ""),
]


@pytest.mark.parametrize(("name", "area"), PLACES)
def test_it_keeps_its_id_and_comes_back_as_it_was(evaluation: Evaluation, name: ListName, area: str) -> None:
    before, place = deepcopy(evaluation), ListPlace(name, area)
    key = item_id(items(evaluation, place)[0])
    change = move_to_area(evaluation, place, key, "attendance")
    apply(evaluation, change)
    goal = ListPlace(name, "attendance" if area else "")
    moved = items(evaluation, goal)[-1]
    assert item_id(moved) == key
    assert getattr(moved, "sub_area", "") == "", "area 6 has no such part"
    assert evaluation.actions_of("needs" if name != "actions" else "attendance")[0].development_area == "d"
    assert telling_step(change).place == goal  # type: ignore[union-attr]
    apply(evaluation, reverse(change))
    assert evaluation == before


def test_only_areas_that_can_take_it_are_offered(evaluation: Evaluation) -> None:
    evaluation.area("home-family").applies = False
    evaluation.area("attendance").strengths = [Entry(text=str(n)) for n in range(MAX_ITEMS)]
    evaluation.area("induction").evidence = ["e"]
    keys = {
        name: [one.key for one in areas_for(evaluation, ListPlace(name, area), key)]
        for (name, area), key in zip(PLACES, "sdea", strict=True)
    }
    assert all("needs" not in there and "home-family" not in there for there in keys.values())
    assert "attendance" not in keys["strengths"]
    assert "attendance" in keys["development_areas"]
    assert "induction" not in keys["citations"], "it cites the same source already"
    assert {"attendance", "induction"} <= set(keys["actions"])


def test_what_is_not_there_is_not_moved(evaluation: Evaluation) -> None:
    with pytest.raises(KeyError):
        move_to_area(evaluation, ListPlace("strengths", "needs"), "x", "attendance")
