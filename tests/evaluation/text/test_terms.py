"""A term ends on the Friday before Easter, on 31 August or on 31 December; plan and register are grouped by it."""

from __future__ import annotations

from datetime import date

import pytest

from apq_desktop.evaluation.model import Action, Evidence
from apq_desktop.evaluation.rules.action_plan import when
from apq_desktop.evaluation.rules.evidence_register import look_again
from apq_desktop.evaluation.text.terms import term_end

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 11, 27), date(2026, 12, 31)),
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 3, 26)),  # Easter is on 28 March
        (date(2027, 3, 26), date(2027, 3, 26)),
        (date(2027, 3, 27), date(2027, 8, 31)),
        (date(2026, 4, 3), date(2026, 4, 3)),  # Easter is on 5 April
        (date(2027, 9, 1), date(2027, 12, 31)),
    ],
)
def test_a_term_ends_with_the_year_before_easter_or_in_august(day: date, end: date) -> None:
    assert term_end(day) == end


@pytest.mark.parametrize(
    ("by_when", "progress", "group"),
    [
        ("2026-11-26", "not-started", "overdue"),
        ("2026-11-27", "under-way", "this-term"),
        ("2026-12-31", "not-started", "this-term"),
        ("2027-01-01", "not-started", "later"),
        ("by Easter", "not-started", "no-date"),
        ("", "under-way", "no-date"),
        ("2026-11-26", "finished", "closed"),
        ("", "stopped", "closed"),
    ],
)
def test_an_action_stands_where_it_waits(by_when: str, progress: str, group: str) -> None:
    assert when(Action(by_when=by_when, progress=progress), TODAY) == group  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "group"),
    [("2026-11-26", "now"), ("2026-11-27", "this-term"), ("2027-01-01", "later"), ("next year", "no-date")],
)
def test_a_source_stands_where_it_is_to_be_looked_at_again(written: str, group: str) -> None:
    assert look_again(Evidence(review_date=written), TODAY) == group


def test_a_day_that_was_chosen_ends_the_term_until_it_has_passed() -> None:
    chosen = date(2026, 12, 18)
    assert term_end(TODAY, chosen) == chosen
    assert term_end(date(2026, 12, 19), chosen) == date(2026, 12, 31)
    action = Action(by_when="2026-12-21")
    assert (when(action, TODAY), when(action, TODAY, chosen)) == ("this-term", "later")
    source = Evidence(review_date="2026-12-21")
    assert (look_again(source, TODAY), look_again(source, TODAY, chosen)) == ("this-term", "later")
