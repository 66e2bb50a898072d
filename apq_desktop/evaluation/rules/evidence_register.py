"""The evidence register: what is cited nowhere, and what is to be looked at again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from apq_desktop.evaluation.model import AreaRecord, Evaluation, Evidence
from apq_desktop.evaluation.text.dates import parse
from apq_desktop.evaluation.text.terms import term_end

SOON = 30
"""Days ahead that count as soon."""

ReviewState = Literal["", "soon", "past"]
REVIEW_WORDS: dict[ReviewState, str] = {"": "", "soon": "Due for review soon", "past": "Review date has passed"}

LookAgain = Literal["now", "this-term", "later", "no-date"]
LOOK_AGAIN_WORDS: dict[LookAgain, str] = {
    "now": "Look again now",
    "this-term": "Look again this term",
    "later": "Look again later",
    "no-date": "No day to look again",
}
"""The groups of the register, in its order."""


def citing(evaluation: Evaluation, item: Evidence) -> list[AreaRecord]:
    """The areas that cite an item, by number. An area that does not apply cites it none the less."""
    return list(evaluation.areas_citing(item.id))


def cited_nowhere(evaluation: Evaluation) -> list[Evidence]:
    """The items that no area cites, in their order."""
    cited = {key for area in evaluation.areas for key in area.evidence}
    return [item for item in evaluation.evidence if item.id not in cited]


def review_state(item: Evidence, today: date) -> ReviewState:
    """Whether the review date has passed or lies at most ``SOON`` days ahead; today is not past."""
    day = parse(item.review_date)
    if day is None:
        return ""
    if day < today:
        return "past"
    return "soon" if day <= today + timedelta(days=SOON) else ""


def look_again(item: Evidence, today: date, term: date | None = None) -> LookAgain:
    """The group of the register in which an item stands. ``term`` is the last day of this one, where it was chosen."""
    day = parse(item.review_date)
    if day is None:
        return "no-date"
    if day < today:
        return "now"
    return "this-term" if day <= term_end(today, term) else "later"
