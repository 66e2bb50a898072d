"""Progress says how far the form is, in the person's own judgement first, and nothing about quality."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from apq_desktop.evaluation.fields import ACTION_WORDS
from apq_desktop.evaluation.model import Action, Entry, Evaluation, Evidence, Progress
from apq_desktop.evaluation.rules.progress import STATE_WORDS, State, anything_written, is_open, state

if TYPE_CHECKING:
    from collections.abc import Callable

    from apq_desktop.evaluation.model import AreaRecord

AREA = "workforce"


def cite(evaluation: Evaluation, item: Evidence) -> None:
    evaluation.evidence.append(item)
    evaluation.area(AREA).evidence.append(item.id)


WRITTEN: dict[str, Callable[[Evaluation], None]] = {
    "note": lambda made: setattr(made.area(AREA).questions[2], "note", "Yes"),
    "strength": lambda made: made.area(AREA).strengths.append(Entry(text="Team")),
    "development area": lambda made: made.area(AREA).development_areas.append(Entry(text="Team")),
    "evidence": lambda made: cite(made, Evidence(title="Survey")),
    "evidence, place only": lambda made: cite(made, Evidence(location="Office")),
    "support": lambda made: setattr(made.area(AREA), "support", "A hub"),
    "action": lambda made: made.actions.append(Action(area=AREA, what="Plan")),
    "action, date only": lambda made: made.actions.append(Action(area=AREA, by_when="Easter")),
}
EMPTY: dict[str, Callable[[Evaluation], None]] = {
    "blank strength": lambda made: made.area(AREA).strengths.append(Entry(text=" \n")),
    "blank action": lambda made: made.actions.append(Action(area=AREA)),
    "blank evidence": lambda made: cite(made, Evidence()),
    "blank note": lambda made: setattr(made.area(AREA).questions[2], "note", "  "),
    "another area's action": lambda made: made.actions.append(Action(area="needs", what="Plan")),
    "evidence nobody cites": lambda made: made.evidence.append(Evidence(title="Survey")),
    "a reason for not applying": lambda made: setattr(made.area(AREA), "reason", "Because"),
}


def area(evaluation: Evaluation) -> AreaRecord:
    return evaluation.area(AREA)


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
def test_an_area_is_in_progress_once_anything_is_written(
    empty: Evaluation, write: Callable[[Evaluation], None]
) -> None:
    assert state(empty, area(empty)) == "not-started"
    write(empty)
    assert anything_written(empty, area(empty))
    assert state(empty, area(empty)) == "in-progress"
    assert state(empty, empty.area("home-family")) == "not-started"


@pytest.mark.parametrize("write", EMPTY.values(), ids=EMPTY)
def test_a_line_left_empty_is_not_writing(empty: Evaluation, write: Callable[[Evaluation], None]) -> None:
    write(empty)
    assert not anything_written(empty, area(empty))
    assert state(empty, area(empty)) == "not-started"


def test_what_the_person_declares_counts_more_than_what_is_written(evaluation: Evaluation) -> None:
    found = area(evaluation)
    assert state(evaluation, found) == "in-progress"
    found.ready = True
    assert state(evaluation, found) == "ready"
    found.applies = False
    assert state(evaluation, found) == "does-not-apply"


def test_an_empty_area_may_be_declared_ready(empty: Evaluation) -> None:
    area(empty).ready = True
    assert state(empty, area(empty)) == "ready"


@pytest.mark.parametrize(
    ("progress", "waits"), [("not-started", True), ("under-way", True), ("finished", False), ("stopped", False)]
)
def test_an_action_waits_until_it_is_finished_or_stopped(progress: Progress, waits: bool) -> None:
    assert is_open(Action(progress=progress)) is waits


def test_every_state_has_its_words() -> None:
    assert tuple(STATE_WORDS) == get_args(State)
    assert tuple(ACTION_WORDS) == get_args(Progress)
