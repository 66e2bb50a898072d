"""Each note of a review is shown where it belongs now, and its words are never claimed where they are not."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.evaluation.model import AreaRecord, Entry, Evaluation, QuestionNote
from apq_desktop.review.exchange_state import fold_lines
from apq_desktop.review.lines import Anchor, Quote, ReviewLine
from apq_desktop.review.placed_notes import PlacedNote, place_notes

WORDS = "Five pupils came to fewer than half of their sessions, and we visited each of them weekly."
EXACT = "came to fewer than half of their sessions"


def _evaluation() -> Evaluation:
    area = AreaRecord(6, "attendance", "Attendance", questions=[QuestionNote("6.3", WORDS)])
    area.strengths = [Entry("s1", "The register is open at nine every morning.")]
    return Evaluation(id="e", revision=1, areas=[area, AreaRecord(7, "needs", "Needs")])


def _placed(anchor: Anchor | None, now: Evaluation, before: Evaluation | None = None) -> PlacedNote:
    fields: dict[str, Any] = {"kind": "question", "text": "Which?", "anchor": anchor}
    at = "2026-12-03T14:00:00+00:00"
    note = ReviewLine("n", "note", at, 1, "council", "reviewer", "e", "provider", **fields)
    (placed,) = place_notes(fold_lines([note]), now, lambda revision: before if revision == 1 else None)
    return placed


def _on_words() -> Anchor:
    return Anchor(1, "attendance", "note", "6.3", "note", Quote(EXACT, start=WORDS.index(EXACT)))


def test_a_note_on_an_area_stands_beside_that_area() -> None:
    placed = _placed(Anchor(1, "needs"), _evaluation())
    assert (placed.area, placed.target, placed.certainty) == ("needs", None, "here")


def test_a_note_on_the_whole_or_on_an_area_that_is_not_there_stands_beside_none() -> None:
    assert _placed(Anchor(1, "", "evaluation"), _evaluation()).area == ""
    assert _placed(Anchor(1, "gone"), _evaluation()).area == ""


def test_a_note_on_an_item_leads_to_it_until_it_is_gone() -> None:
    now = _evaluation()
    placed = _placed(Anchor(1, "attendance", "strengths", "s1"), now)
    assert (placed.area, placed.target) == ("attendance", Target("strengths", "s1", "attendance"))
    now.areas[0].strengths.clear()
    placed = _placed(Anchor(1, "attendance", "strengths", "s1"), now)
    assert (placed.area, placed.target, placed.certainty) == ("attendance", None, "not found")


def test_quoted_words_are_found_again_as_they_stand_now() -> None:
    before, now = _evaluation(), _evaluation()
    note = now.areas[0].questions[0]
    note.note = f"Since March it is better. {WORDS.replace('half of their', 'a third of their')}"
    placed = _placed(_on_words(), now, before)
    assert (placed.target, placed.field) == (Target("note", "6.3", "attendance"), "note")
    assert placed.certainty in ("here", "perhaps here")
    assert placed.quoted == EXACT
    assert placed.words_now in note.note
    assert "fewer than" in placed.words_now


def test_quoted_words_that_are_gone_are_not_found_and_are_still_told() -> None:
    now = deepcopy(_evaluation())
    now.areas[0].questions[0].note = "All is well."
    placed = _placed(_on_words(), now, _evaluation())
    assert (placed.area, placed.target, placed.certainty) == ("attendance", None, "not found")
    assert (placed.quoted, placed.words_now) == (EXACT, "")


def test_without_the_revision_that_was_read_only_the_same_words_are_found() -> None:
    now = _evaluation()
    assert _placed(_on_words(), now).words_now == EXACT
    now.areas[0].questions[0].note = WORDS.replace("half", "a third")
    assert _placed(_on_words(), now).certainty == "not found"
