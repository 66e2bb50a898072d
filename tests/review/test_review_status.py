"""The list says how an evaluation stands, whose turn it is, and since when."""

from __future__ import annotations

from typing import Any

from apq_desktop.review.exchange_state import fold_lines
from apq_desktop.review.lines import Anchor, ReviewLine
from apq_desktop.review.review_status import ReviewStatus, review_status

FIRST, LATER = "2026-11-01T10:00:00+00:00", "2026-11-20T10:00:00+00:00"


def line(number: int, what: Any, **fields: Any) -> ReviewLine:
    given = {"audience": "provider", "side": "reviewer", "who": "officer", **fields}
    return ReviewLine(f"l{number}", what, f"2026-11-1{number}T10:00:00+00:00", number, evaluation="e", **given)


def of(*lines: ReviewLine, revision: int = 1, received: str = FIRST, is_first: bool = True) -> ReviewStatus:
    return review_status(fold_lines(lines), revision, received, is_first=is_first)


CHANGES = line(1, "state", state="changes-requested", text="One request.", anchor=Anchor(1))
AGREED = line(2, "state", state="agreed", anchor=Anchor(1))
ASKED = line(3, "note", kind="question", text="Which?", anchor=Anchor(1, "needs"))
ANSWERED = line(4, "answer", to="l3", text="Two.", side="setting", who="setting")


def test_what_was_received_waits_for_us_until_somebody_gives_it_a_state() -> None:
    assert of() == ReviewStatus("received", "reviewer", FIRST)
    assert of(revision=2, received=LATER, is_first=False) == ReviewStatus("new-version", "reviewer", LATER)
    assert of(AGREED) == ReviewStatus("agreed")
    assert of(CHANGES) == ReviewStatus("changes-requested", "setting", CHANGES.at)
    assert of(CHANGES, line(5, "withdraw", to="l1")) == ReviewStatus("received", "reviewer", FIRST)


def test_a_newer_revision_is_a_new_version_whatever_was_said_of_the_earlier_one() -> None:
    assert of(AGREED, revision=2, received=LATER, is_first=False) == ReviewStatus("new-version", "reviewer", LATER)
    of_the_new = line(5, "state", state="agreed", anchor=Anchor(2))
    assert of(AGREED, of_the_new, revision=2, received=LATER, is_first=False) == ReviewStatus("agreed")


def test_a_request_waits_for_them_and_their_answer_for_us() -> None:
    assert of(CHANGES, ASKED) == ReviewStatus("changes-requested", "setting", ASKED.at)
    assert of(CHANGES, ASKED, ANSWERED) == ReviewStatus("changes-requested", "reviewer", ANSWERED.at)


def test_what_the_setting_does_not_see_waits_for_nobody() -> None:
    private = line(3, "note", kind="question", text="Which?", anchor=Anchor(1, "needs"), audience="us")
    assert of(AGREED, private) == ReviewStatus("agreed")
