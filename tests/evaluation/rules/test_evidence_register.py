"""The register finds what no area cites and what is to be looked at again."""

from __future__ import annotations

from datetime import date

import pytest

from apq_desktop.evaluation.model import AreaRecord, Evaluation, Evidence
from apq_desktop.evaluation.rules.evidence_register import (
    ReviewState,
    cited_nowhere,
    citing,
    review_state,
)

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("2026-11-21", "past"),
        ("2026-11-22", "soon"),
        ("2026-12-22", "soon"),
        ("2026-12-23", ""),
        ("22 December 2026", "soon"),
        ("next summer", ""),
        ("", ""),
    ],
)
def test_a_review_is_due_from_a_month_before_its_date(written: str, state: ReviewState) -> None:
    assert review_state(Evidence(review_date=written), TODAY) == state


def test_what_is_cited_nowhere_is_found_and_what_is_cited_knows_where() -> None:
    used, spare = Evidence("used"), Evidence("spare")
    areas = [AreaRecord(n, str(n), str(n), evidence=["used"] if n != 2 else []) for n in (1, 2, 3)]
    evaluation = Evaluation(evidence=[spare, used], areas=areas)
    assert cited_nowhere(evaluation) == [spare]
    assert [area.number for area in citing(evaluation, used)] == [1, 3]
    assert citing(evaluation, spare) == []
