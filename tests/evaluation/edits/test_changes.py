"""Every edit is a value that can be made, taken back and joined with the next, and nothing else is touched."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apq_desktop.evaluation.edits.changes import (
    AddItem,
    Change,
    CompoundChange,
    ListPlace,
    MoveItem,
    RemoveItem,
    SetField,
    Target,
    apply,
    coalesce,
    items,
    reverse,
    single_steps,
)
from apq_desktop.evaluation.model import Entry, new_id
from tests.evaluation.random_edits import TEXTS, draw_change

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject

    from apq_desktop.evaluation.model import Evaluation

# The fixture is copied before it is changed.
any_edits = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
NOTE = Target("note", "1.1", "workforce")
STRENGTHS = ListPlace("strengths", "workforce")


@any_edits
@given(data=st.data())
def test_edits_taken_back_in_reverse_order_give_the_start(evaluation: Evaluation, data: DataObject) -> None:
    edited = deepcopy(evaluation)
    before: list[dict[str, object]] = []
    made: list[Change] = []
    for _ in range(data.draw(st.integers(1, 12))):
        before.append(asdict(edited))
        made.append(draw_change(data, edited))
        apply(edited, made[-1])
    while made:
        apply(edited, reverse(made.pop()))
        assert asdict(edited) == before.pop()
    assert edited == evaluation


@any_edits
@given(data=st.data())
def test_the_reverse_of_the_reverse_is_the_edit(evaluation: Evaluation, data: DataObject) -> None:
    change = draw_change(data, evaluation)
    assert reverse(reverse(change)) == change


@any_edits
@given(data=st.data())
def test_the_single_steps_in_order_do_the_same(evaluation: Evaluation, data: DataObject) -> None:
    change = CompoundChange((draw_change(data, evaluation),))
    at_once, step_by_step = deepcopy(evaluation), deepcopy(evaluation)
    apply(at_once, change)
    for step in single_steps(change):
        assert not isinstance(step, CompoundChange)
        apply(step_by_step, step)
    assert at_once == step_by_step


@any_edits
@given(first=TEXTS, second=TEXTS, typed=st.booleans())
def test_two_settings_of_a_field_as_one_do_what_both_do(
    evaluation: Evaluation, first: str, second: str, typed: bool
) -> None:
    start = evaluation.area("workforce").note("1.1").note
    earlier, later = SetField(NOTE, "note", first, start, typed), SetField(NOTE, "note", second, first, typed)
    one_by_one, joined = deepcopy(evaluation), deepcopy(evaluation)
    apply(one_by_one, earlier)
    apply(one_by_one, later)
    both = coalesce(earlier, later)
    assert typed or both is None
    for step in (both,) if both else (earlier, later):
        apply(joined, step)
    assert joined == one_by_one
    for step in (both,) if both else (later, earlier):
        apply(joined, reverse(step))
    assert joined == evaluation


def test_what_is_not_the_same_field_is_never_joined() -> None:
    typed = SetField(NOTE, "note", "a", "")
    others: list[Change] = [
        SetField(Target("note", "1.2", "workforce"), "note", "b", "a"),
        SetField(Target("area", "workforce"), "support", "b", "a"),
        AddItem(STRENGTHS, Entry(), 0),
        CompoundChange((typed,)),
    ]
    for other in others:
        assert coalesce(typed, other) is None
        assert coalesce(other, typed) is None


@any_edits
@given(data=st.data())
def test_an_edit_leaves_every_other_area_alone(evaluation: Evaluation, data: DataObject) -> None:
    edited = deepcopy(evaluation)
    change = draw_change(data, edited)
    apply(edited, change)
    untouched = {"home-family", "research", "post-16"}
    for was, now in zip(evaluation.areas, edited.areas, strict=True):
        if was.key in untouched:
            assert was == now


def test_what_is_typed_later_does_not_change_the_edit_that_added_it(evaluation: Evaluation) -> None:
    added = AddItem(STRENGTHS, Entry(text="First"), 0)
    apply(evaluation, added)
    target = Target("strengths", added.item.id, "workforce")  # type: ignore[union-attr]
    apply(evaluation, SetField(target, "text", "Second", "First"))
    assert added.item.text == "First"  # type: ignore[union-attr]


def test_a_list_is_set_from_a_tuple_and_becomes_a_list_of_its_own(evaluation: Evaluation) -> None:
    value = ("1", "2")
    apply(evaluation, SetField(Target("setting"), "key_stages", value, ("3", "4")))
    assert evaluation.setting.key_stages == ["1", "2"]


def test_items_stand_where_they_were_put(evaluation: Evaluation) -> None:
    first, second = (entry.id for entry in evaluation.area("workforce").strengths)
    third = Entry(text="Third")
    apply(evaluation, AddItem(STRENGTHS, third, 1))
    assert [entry.id for entry in items(evaluation, STRENGTHS)] == [first, third.id, second]
    apply(evaluation, MoveItem(STRENGTHS, first, 2, 0))
    assert [entry.id for entry in items(evaluation, STRENGTHS)] == [third.id, second, first]
    apply(evaluation, RemoveItem(STRENGTHS, third, 0))
    assert [entry.id for entry in items(evaluation, STRENGTHS)] == [second, first]


def test_citations_are_ids_and_the_register_is_left_alone(evaluation: Evaluation) -> None:
    place = ListPlace("citations", "workforce")
    first, second = evaluation.area("workforce").evidence
    apply(evaluation, RemoveItem(place, first, 0))
    assert evaluation.area("workforce").evidence == [second]
    assert [item.id for item in evaluation.evidence] == [first, second]


@pytest.mark.parametrize(
    "change",
    [
        SetField(Target("area", "nowhere"), "support", "a", ""),
        SetField(Target("note", "1.99", "workforce"), "note", "a", ""),
        SetField(Target("strengths", new_id(), "workforce"), "text", "a", ""),
        SetField(Target("evidence", new_id()), "title", "a", ""),
        RemoveItem(STRENGTHS, Entry(), 0),
        MoveItem(STRENGTHS, new_id(), 0, 1),
        AddItem(ListPlace("strengths", "nowhere"), Entry(), 0),
    ],
)
def test_an_edit_of_what_is_not_there_changes_nothing(evaluation: Evaluation, change: Change) -> None:
    before = deepcopy(evaluation)
    with pytest.raises(KeyError):
        apply(evaluation, change)
    assert evaluation == before
