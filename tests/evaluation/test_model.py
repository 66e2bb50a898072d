"""An evaluation always has every area and question of the instrument, and never loses what was written."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import asdict, replace
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from apq_desktop.evaluation.model import (
    AreaRecord,
    Evaluation,
    Evidence,
    QuestionNote,
    align,
    new_evaluation,
    new_id,
    other_notes,
)
from apq_desktop.toolkit.catalogue import Question

if TYPE_CHECKING:
    from apq_desktop.toolkit.catalogue import Area, Catalogue


def with_questions(catalogue: Catalogue, key: str, *questions: Question) -> Catalogue:
    """The same instrument, but for the questions of one area."""

    def changed(area: Area) -> Area:
        return replace(area, questions=questions) if area.key == key else area

    return replace(
        catalogue,
        categories=tuple(
            replace(category, areas=tuple(changed(area) for area in category.areas))
            for category in catalogue.categories
        ),
    )


def test_a_new_evaluation_has_every_area_and_question_in_order(catalogue: Catalogue, empty: Evaluation) -> None:
    assert [(area.number, area.key, area.title) for area in empty.areas] == [
        (area.number, area.key, area.title) for area in catalogue.areas
    ]
    asked = [question.key for area in catalogue.areas for question in area.questions]
    assert [note.key for area in empty.areas for note in area.questions] == asked
    assert not any(note.note for area in empty.areas for note in area.questions)
    assert empty.created == empty.changed == "2026-09-07T15:20:00+00:00"


def test_aligning_adds_the_areas_and_questions_that_are_missing(catalogue: Catalogue) -> None:
    sparse = Evaluation(
        areas=[
            AreaRecord(6, "attendance", "Attendance", questions=[QuestionNote("6.3", "Calls home")]),
            AreaRecord(2, "home-family", "Home", support="A hub"),
        ]
    )
    align(sparse, catalogue)
    assert [area.number for area in sparse.areas] == list(range(1, 14))
    for area in catalogue.areas:
        assert [note.key for note in sparse.area(area.key).questions] == [question.key for question in area.questions]
    assert sparse.area("attendance").note("6.3").note == "Calls home"
    assert sparse.area("home-family").support == "A hub"


def test_aligning_what_is_whole_changes_nothing(catalogue: Catalogue, example: Evaluation) -> None:
    before = deepcopy(example)
    align(example, catalogue)
    assert example == before


def test_a_note_on_a_question_that_is_no_longer_asked_is_kept_after_the_others(
    catalogue: Catalogue, evaluation: Evaluation
) -> None:
    workforce = evaluation.area("workforce")
    workforce.questions.insert(0, QuestionNote("1.9", "A local question"))
    fewer = with_questions(catalogue, "workforce", Question("1.2", "Second?"), Question("1.6", "New?"))
    align(evaluation, fewer)
    assert [note.key for note in workforce.questions] == ["1.2", "1.6", "1.9", "1.1", "1.3", "1.4", "1.5"]
    assert [note.key for note in other_notes(workforce, fewer.area("workforce"))] == ["1.9", "1.1"]
    assert workforce.note("1.1").note == "Everyone is trained."
    align(evaluation, catalogue)
    assert [note.key for note in workforce.questions[:5]] == ["1.1", "1.2", "1.3", "1.4", "1.5"]
    assert workforce.note("1.1").note == "Everyone is trained."


def test_an_empty_note_on_a_question_that_is_no_longer_asked_is_not_shown(
    catalogue: Catalogue, evaluation: Evaluation
) -> None:
    evaluation.area("workforce").questions.append(QuestionNote("1.9", " \n"))
    assert other_notes(evaluation.area("workforce"), catalogue.area("workforce")) == []


def test_what_is_not_there_is_a_key_error(evaluation: Evaluation) -> None:
    with pytest.raises(KeyError):
        evaluation.area("nowhere")
    with pytest.raises(KeyError):
        evaluation.area("workforce").note("9.9")


def test_actions_and_evidence_come_to_their_areas_in_order(evaluation: Evaluation) -> None:
    first, second = evaluation.evidence
    area = evaluation.area("workforce")
    area.evidence = [second.id, new_id(), first.id]
    assert evaluation.evidence_of("workforce") == [second, first]
    assert [found.key for found in evaluation.areas_citing(first.id)] == ["workforce"]
    assert list(evaluation.areas_citing(Evidence().id)) == []
    assert [action.what for action in evaluation.actions_of("needs")] == ["Review support plans"]
    assert evaluation.actions_of("research") == []


def test_two_evaluations_share_nothing_that_can_be_changed(catalogue: Catalogue) -> None:
    first, second = (new_evaluation(catalogue, created="") for _ in range(2))
    untouched = asdict(second)
    first.areas[0].strengths.append(None)  # type: ignore[arg-type]
    first.setting.key_stages.append("1")
    first.areas[0].questions[0].note = "Changed"
    assert asdict(second) == untouched
    assert first.id != second.id
    assert first.setting.id != second.setting.id


def test_an_id_is_a_random_uuid() -> None:
    assert UUID(new_id()).version == 4
    assert len({new_id() for _ in range(100)}) == 100
