"""Anchors find their place again in a later revision, and never name a wrong one for certain."""

from __future__ import annotations

import pytest

from apq_desktop.review.anchors import NOT_FOUND, Location, Place, locate
from apq_desktop.review.lines import Anchor, Quote
from tests.review import anchor_trial

PLACE: Place = ("strengths", "1", "text")
BEFORE = {PLACE: "We visit weekly. Five pupils, all in year 10, came to fewer than half of their sessions."}


def _anchor(exact: str) -> Anchor:
    return Anchor(1, "attendance", "strengths", *PLACE[1:], Quote(exact, start=BEFORE[PLACE].index(exact)))


def test_unchanged_words_are_found_where_they_stood() -> None:
    found = locate(_anchor("fewer than half"), BEFORE, BEFORE)
    assert (found.certainty, BEFORE[PLACE][found.start : found.end]) == ("here", "fewer than half")


def test_reworded_words_are_found_in_their_sentence() -> None:
    after = {PLACE: "We visit weekly now. Six pupils, all in year 10, came to fewer than half of all their sessions."}
    found = locate(_anchor("came to fewer than half of their sessions"), BEFORE, after)
    assert (found.certainty, after[PLACE][found.start : found.end]) == (
        "here",
        "came to fewer than half of all their sessions",
    )


def test_a_sentence_that_was_moved_to_another_entry_is_found_there() -> None:
    other = ("development_areas", "2", "text")
    after = {
        PLACE: "We visit weekly.",
        other: "Five pupils, all in year 10, came to fewer than half of their sessions.",
    }
    found = locate(_anchor("all in year 10, came to fewer than half of their sessions"), BEFORE, after)
    assert (found.certainty, found.place) == ("here", other)


def test_what_is_gone_is_said_to_be_gone() -> None:
    after = {PLACE: "We visit weekly. Attendance has risen since then."}
    assert locate(_anchor("came to fewer than half of their sessions"), BEFORE, after) == NOT_FOUND
    assert locate(_anchor("came to fewer than half of their sessions"), BEFORE, {}) == NOT_FOUND


def test_a_note_on_a_whole_item_stays_with_the_item_wherever_it_goes() -> None:
    anchor = Anchor(1, "attendance", "strengths", *PLACE[1:])
    assert locate(anchor, BEFORE, {PLACE: "Other words."}) == Location("here", PLACE)
    assert locate(anchor, BEFORE, {}) == NOT_FOUND


@pytest.mark.long
@pytest.mark.parametrize(("kind", "least"), [("edit 10", 90), ("edit 30", 70), ("moved", 70), ("split", 90)])
def test_most_anchors_find_their_place_for_certain(kind: str, least: int) -> None:
    assert anchor_trial.trial(100, 70_000)[kind]["here"] >= least


@pytest.mark.long
def test_no_anchor_is_certain_of_a_wrong_place() -> None:
    found = anchor_trial.trial(100, 80_000)
    assert {kind: counts["wrong here"] for kind, counts in found.items()} == dict.fromkeys(anchor_trial.KINDS, 0)
