"""Next year starts from this year: the same ids, another evaluation, and what came along is marked."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, get_args

import pytest

from apq_desktop.evaluation.diff.compare import compare
from apq_desktop.evaluation.edits.changes import Owner
from apq_desktop.evaluation.model import Action, Entry, Evaluation, Evidence
from apq_desktop.evaluation.rules.carry_forward import Choice, carry_forward
from apq_desktop.evaluation.rules.outgoing_copy import EVERYTHING, Include, copy_to_send
from apq_desktop.evaluation.rules.progress import is_open
from apq_desktop.evaluation.unknown_fields import as_text
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


def _with_unknown_fields(evaluation: Evaluation) -> Evaluation:
    notes = [note for area in evaluation.areas for note in area.questions]
    things: list[Owner] = [evaluation, evaluation.setting, *evaluation.areas, *notes, *carried(evaluation)]
    for thing in things:
        thing.unknown_fields = as_text({"from": "a newer version"})
    return evaluation


def test_what_a_newer_version_wrote_goes_with_items_and_stays_behind_with_the_year(example: Evaluation) -> None:
    following = carry_forward(_with_unknown_fields(example), created=CREATED)
    notes = [note for area in following.areas for note in area.questions]
    kept: list[Owner] = [following.setting, *notes, *carried(following)]
    left: list[Owner] = [following, *following.areas]
    assert all(thing.unknown_fields for thing in kept)
    assert not any(thing.unknown_fields for thing in left)
    unfinished = carry_forward(example, created=CREATED, choice="unfinished")
    assert not any(note.unknown_fields for area in unfinished.areas for note in area.questions)
    assert unfinished.setting.unknown_fields
    assert all(item.unknown_fields for item in carried(unfinished))


def test_what_a_newer_version_wrote_goes_into_a_copy_unless_the_same_thing_is_left_out_of_it(
    example: Evaluation,
) -> None:
    _with_unknown_fields(example)
    everything = copy_to_send(example, EVERYTHING, "Another council")
    assert (everything.areas, everything.setting) == (example.areas, example.setting)
    assert everything.unknown_fields == example.unknown_fields
    for include in (Include(contact=False), Include(context=False)):
        sent = copy_to_send(example, include)
        assert sent.setting.unknown_fields == ""
        assert (sent.areas, sent.unknown_fields) == (example.areas, example.unknown_fields)
    without_notes = copy_to_send(example, Include(notes=False))
    assert not any(note.unknown_fields for area in without_notes.areas for note in area.questions)
    assert all(area.unknown_fields for area in without_notes.areas)
    without_support = copy_to_send(example, Include(support=False))
    assert not any(area.unknown_fields for area in without_support.areas)
    assert all(note.unknown_fields for area in without_support.areas for note in area.questions)
    assert all(item.unknown_fields for item in carried(without_support))
