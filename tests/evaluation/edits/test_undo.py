"""Undo and redo go through the steps that a person would recognise, and always lead back."""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apq_desktop.evaluation.edits.changes import AddItem, Change, ListPlace, SetField, Target, apply
from apq_desktop.evaluation.edits.undo import MOST_STEPS, PAUSE, UndoSteps
from apq_desktop.evaluation.model import Entry
from apq_desktop.evaluation.text.splice import is_typed
from tests.evaluation.random_edits import draw_change

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject

    from apq_desktop.evaluation.model import Evaluation

NOTE = Target("note", "1.1", "workforce")
SOON, LATE = PAUSE / 2, PAUSE * 2


def typed(words: str, before: str, target: Target = NOTE) -> SetField:
    return SetField(target, "note", words, before, typed=is_typed(before, words))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_undoing_everything_gives_the_start_and_redoing_it_the_end(evaluation: Evaluation, data: DataObject) -> None:
    edited, steps, now = deepcopy(evaluation), UndoSteps(), 0.0
    for _ in range(data.draw(st.integers(1, 10))):
        change = draw_change(data, edited)
        apply(edited, change)
        now += data.draw(st.sampled_from([0.0, SOON, LATE]))
        steps.add(change, now)
    end = deepcopy(edited)
    undone = 0
    while back := steps.undo():
        apply(edited, back)
        undone += 1
    assert edited == evaluation
    redone = 0
    while again := steps.redo():
        apply(edited, again)
        redone += 1
    assert edited == end
    assert redone == undone


def test_typing_without_a_pause_is_one_step() -> None:
    steps = UndoSteps()
    for n, (words, before) in enumerate((("a", ""), ("ab", "a"), ("abc", "ab"))):
        steps.add(typed(words, before), n * SOON)
    assert taken_back(steps) == [""]


def test_after_a_pause_a_new_step_begins() -> None:
    steps = UndoSteps()
    steps.add(typed("a", ""), 0)
    steps.add(typed("ab", "a"), PAUSE)
    assert steps.undo() == typed("a", "ab")
    assert steps.undo() == typed("", "a")


def test_another_field_is_another_step() -> None:
    steps, other = UndoSteps(), Target("note", "1.2", "workforce")
    steps.add(typed("a", ""), 0)
    steps.add(typed("b", "", other), 0)
    assert steps.undo() == typed("", "b", other)
    assert steps.undo() == typed("", "a")


def written(steps: UndoSteps, *texts: str) -> None:
    """One text after the other, each before the pause is over."""
    for n, (before, words) in enumerate(pairwise(texts)):
        steps.add(typed(words, before), n * SOON)


def taken_back(steps: UndoSteps) -> list[object]:
    """The texts that undo gives, one after the other."""
    found: list[object] = []
    while isinstance(back := steps.undo(), SetField):
        found.append(back.value)
    return found


@pytest.mark.parametrize(
    ("texts", "back"),
    [
        pytest.param(("", "a", "ab", ""), ["ab", ""], id="a deletion of a selection"),
        pytest.param(("", "a", "ab pasted", "ab pasted!"), ["ab pasted", "a", ""], id="a paste"),
        pytest.param(("", "a", "ab", "a", ""), ["ab", ""], id="rubbing out joins rubbing out"),
        pytest.param(("old", "n", "ne", "new"), ["old"], id="typing over a selection"),
        pytest.param(("old", "n", "ne", "new", "", "x"), ["", "new", "old"], id="and after it"),
        pytest.param(("ac", "abc", "abcd", "xabcd"), ["abcd", "abc", "ac"], id="in another place"),
        pytest.param(("bk", "bok", "book"), ["bk"], id="the same letter twice"),
        pytest.param(("Hi", "Hi.", "Hi. ", "Hi. W", "Hi. We"), ["Hi. ", "Hi"], id="a sentence"),
        pytest.param(("a", "ab", "ab\n", "ab\nc"), ["ab\n", "a"], id="a paragraph"),
    ],
)
def test_only_typing_joins_typing_and_no_further_than_a_sentence(texts: tuple[str, ...], back: list[str]) -> None:
    steps = UndoSteps()
    written(steps, *texts)
    assert taken_back(steps) == back


def test_a_field_that_is_left_ends_its_step() -> None:
    steps = UndoSteps()
    steps.add(typed("a", ""), 0)
    steps.end_step()
    steps.add(typed("ab", "a"), 0)
    assert taken_back(steps) == ["a", ""]


def test_typing_after_undo_is_a_step_of_its_own_and_ends_redo() -> None:
    steps = UndoSteps()
    steps.add(typed("a", ""), 0)
    steps.add(typed("ab", "a"), LATE)
    assert steps.undo()
    steps.add(typed("ac", "a"), LATE)
    assert steps.redo() is None
    assert steps.undo() == typed("a", "ac")
    assert steps.undo() == typed("", "a")


def test_redo_makes_the_same_change_again_once() -> None:
    steps = UndoSteps()
    added: Change = AddItem(ListPlace("strengths", "workforce"), Entry(text="Team"), 0)
    steps.add(added, 0)
    assert steps.undo()
    assert steps.redo() == added
    assert steps.redo() is None


def test_the_oldest_steps_are_forgotten_at_last() -> None:
    steps, words = UndoSteps(), [str(n) for n in range(MOST_STEPS + 6)]
    for n in range(1, len(words)):
        steps.add(typed(words[n], words[n - 1]), n * LATE)
    last: Change | None = None
    undone = 0
    while back := steps.undo():
        last, undone = back, undone + 1
    assert undone == MOST_STEPS
    assert last == typed(words[5], words[6])
