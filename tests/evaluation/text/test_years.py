"""Years that a title or a period names move on by one, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apq_desktop.evaluation.text.school_years import a_year_later, school_year


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Self-evaluation 2026/27", "Self-evaluation 2027/28"),
        ("September 2025 to July 2026", "September 2026 to July 2027"),
        ("2026–2027", "2027–2028"),
        ("2026 - 27", "2027 - 28"),
        ("25/26 review", "26/27 review"),
        ("1999/00", "2000/01"),
        ("2098/99", "2099/00"),
        ("2026-09-01 to 2027-07-31", "2027-09-01 to 2028-07-31"),
        ("01/09/2025-31/08/2026", "01/09/2026-31/08/2027"),
        ("1.9.2025", "1.9.2026"),
        ("2024-02-29", "2025-02-28"),
        ("29 February 2024", "28 February 2025"),
        ("29th Feb 2024", "28th Feb 2025"),
        ("2026-09", "2027-09"),
        ("AP Quality Toolkit (2022), 2026/27", "AP Quality Toolkit (2022), 2027/28"),
    ],
)
def test_years_move_on_by_one(text: str, expected: str) -> None:
    assert a_year_later(text) == expected


@pytest.mark.parametrize(
    "text", ["", "Self-evaluation", "Years 10/11", "£2,026", "20261", "12/18 places", "99/100", "room 2300", "1 to 4"]
)
def test_what_is_no_year_stays(text: str) -> None:
    assert a_year_later(text) == text


@given(st.text(st.characters(exclude_categories=["Nd"])))
def test_a_text_without_digits_stays(text: str) -> None:
    assert a_year_later(text) == text


@given(st.text("0123456789/-– ,.", max_size=30))
def test_any_figures_can_be_given(text: str) -> None:
    assert isinstance(a_year_later(text), str)


@pytest.mark.parametrize(
    ("day", "year"),
    [("2026-08-31", "2025/26"), ("2026-09-01T08:00:00+00:00", "2026/27"), ("2099-12-24", "2099/00")],
)
def test_a_school_year_begins_in_september(day: str, year: str) -> None:
    assert school_year(day) == year
