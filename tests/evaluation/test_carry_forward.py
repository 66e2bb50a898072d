"""Next year starts from this year: the same ids, another evaluation, and what came along is marked."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, get_args

import pytest

from apq_desktop.evaluation.diff.compare import compare
from apq_desktop.evaluation.model import Action, Entry, Evaluation, Evidence
from apq_desktop.evaluation.rules.carry_forward import CHOICE_WORDS, Choice, carry_forward
from apq_desktop.evaluation.rules.progress import is_open
from apq_desktop.exchange.json import evaluation_json

if TYPE_CHECKING:
    from apq_desktop.toolkit.catalogue import Catalogue

CREATED = "2027-09-06T08:00:00+00:00"
CHOICES: tuple[Choice, ...] = get_args(Choice)


def carried(evaluation: Evaluation) -> list[Entry | Evidence | Action]:
    entries = [entry for area in evaluation.areas for entry in (*area.strengths, *area.development_areas)]
    return [*entries, *evaluation.evidence, *evaluation.actions]


@pytest.mark.parametrize("choice", CHOICES)
def test_next_year_is_an_evaluation_of_its_own_that_follows_this_one(example: Evaluation, choice: Choice) -> None:
    example.revision, example.reviewed_by = 3, "Headteacher of another setting"
    following = carry_forward(example, created=CREATED, choice=choice)
    assert following.id != example.id
    assert (following.supersedes, following.revision) == (example.id, 0)
    assert following.created == following.changed == CREATED
    assert (following.title, following.period) == ("Self-evaluation 2027/28", "September 2026 to July 2027")
    assert (following.completed_on, following.reviewed_by) == ("", "")
    assert following.setting == example.setting
    assert (following.commissioner, following.purposes) == (example.commissioner, example.purposes)
    assert not any(area.ready for area in following.areas)


@pytest.mark.parametrize("choice", CHOICES)
def test_this_year_is_left_as_it_was(example: Evaluation, choice: Choice) -> None:
    before = deepcopy(example)
    following = carry_forward(example, created=CREATED, choice=choice)
    following.areas[0].title = following.setting.name = following.evidence[0].title = "Changed"
    following.actions[0].what = following.purposes[0] = "Changed"
    assert example == before


@pytest.mark.parametrize("choice", CHOICES)
def test_what_came_along_is_marked_and_what_is_written_now_is_not(example: Evaluation, choice: Choice) -> None:
    following = carry_forward(example, created=CREATED, choice=choice)
    assert {item.carried_from for item in carried(following)} == {example.id}
    assert not any(item.carried_from for item in carried(example))
    assert Entry().carried_from == Evidence().carried_from == Action().carried_from == ""
    assert {item.carried_from for item in carried(carry_forward(following, created=CREATED))} == {following.id}


def test_everything_comes_along_with_its_ids(example: Evaluation, catalogue: Catalogue) -> None:
    following = carry_forward(example, created=CREATED)
    assert [item.id for item in carried(following)] == [item.id for item in carried(example)]
    about = [section.title for section in compare(example, following, catalogue).sections]
    assert about == ["About this evaluation"], "compared with last year, only title, period and date differ"


def test_only_unfinished_actions_and_the_evidence_come_along(example: Evaluation) -> None:
    example.actions[1].progress, example.actions[2].progress = "finished", "stopped"
    following = carry_forward(example, created=CREATED, choice="unfinished")
    assert [action.id for action in following.actions] == [action.id for action in example.actions if is_open(action)]
    assert 0 < len(following.actions) < len(example.actions)
    assert [item.id for item in following.evidence] == [item.id for item in example.evidence]
    assert [area.evidence for area in following.areas] == [area.evidence for area in example.areas]
    assert following.summary == following.took_part == ""
    for area in following.areas:
        assert (area.strengths, area.support) == ([], "")
        assert not any(note.note for note in area.questions)


def test_the_development_area_that_an_open_action_answers_comes_with_it(example: Evaluation) -> None:
    following = carry_forward(example, created=CREATED, choice="unfinished")
    there = {entry.id for area in following.areas for entry in area.development_areas}
    assert there == {action.development_area for action in following.actions} - {""}
    assert there


def test_what_does_not_apply_still_does_not_and_the_reason_is_kept(example: Evaluation) -> None:
    for choice in CHOICES:
        area = carry_forward(example, created=CREATED, choice=choice).area("post-16")
        assert (area.applies, area.reason) == (False, example.area("post-16").reason)
        assert area.reason


@pytest.mark.parametrize("choice", CHOICES)
def test_next_year_can_be_sent_and_the_mark_travels(example: Evaluation, catalogue: Catalogue, choice: Choice) -> None:
    following = carry_forward(example, created=CREATED, choice=choice)
    received = evaluation_json.read_bytes(evaluation_json.write(following, catalogue), "pack.json", catalogue)
    assert received.evaluation == following


def test_every_choice_has_its_words() -> None:
    assert tuple(CHOICE_WORDS) == CHOICES
