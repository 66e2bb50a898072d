"""A date is understood however people in Britain write it, and what is not a date is left as it was typed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apq_desktop.evaluation.text.dates import FIRST_YEAR, LAST_YEAR, kept, local_stamp, moment, parse, shown, utc_stamp

DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22",
        "22 November 2026",
        "22 november 2026",
        "22 NOVEMBER 2026",
        "22nd November 2026",
        "22nd of November 2026",
        "22 of November 2026",
        "22 November, 2026",
        "22 Nov 2026",
        "22 Nov. 2026",
        "22 nov 26",
        "22-Nov-2026",
        "22-Nov-26",
        "22/Nov/2026",
        "22Nov2026",
        "22.11.2026",
        "22/11/2026",
        "22/11/26",
        "22-11-2026",
        "22 11 2026",
        "  22 November 2026 ",
        "22\u00a0November\u00a02026",
        "Sunday 22 November 2026",
        "Sun 22 Nov 2026",
        "Sunday, 22nd of November 2026",
        "Sunday the 22nd of November 2026",
        "the 22nd of November 2026",
        "November 22, 2026",
        "Nov. 22nd, 2026",
        "Sun, Nov 22 2026",
        "22 Nov '26",
        "22. 11. 2026",
        "22 / 11 / 26",
        "2026/11/22",
        "\u200e22/11/2026",
    ],
)
def test_every_common_spelling_is_understood(text: str) -> None:
    assert parse(text) == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1/2/2027", date(2027, 2, 1)),
        ("03/04/27", date(2027, 4, 3)),
        ("1st May 2027", date(2027, 5, 1)),
        ("3rd Sept 2027", date(2027, 9, 3)),
        ("29 February 2028", date(2028, 2, 29)),
        ("Friday 15 January 2027", date(2027, 1, 15)),
        ("January 15, 2027", date(2027, 1, 15)),
        ("12/05/98", date(1998, 5, 12)),
        ("1.9.69", date(1969, 9, 1)),
        ("1.9.68", date(2068, 9, 1)),
    ],
)
def test_the_day_comes_before_the_month(text: str, day: date) -> None:
    assert parse(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "by Easter",
        "Easter 2027",
        "November 2026",
        "spring term",
        "31/02/2026",
        "29 February 2027",
        "32 May 2027",
        "11/22/2026",
        "0/1/2027",
        "22 Novembre 2026",
        "Monday 22 November 2026",
        "November 22",
        "22 November 198",
        "22 No 2026",
        "22 November 226",
        "1 January 999",
        "0999-01-01",
        "9999-01-01",
        "22 November 2026 or later",
        "around 22 November 2026",
        "22",
        "2026",
        "2026-13-01",
    ],
)
def test_what_is_no_date_is_left_as_it_was_typed(text: str) -> None:
    assert parse(text) is None
    assert kept(text) == text
    assert shown(text) == text


@given(DAYS)
def test_a_date_survives_being_shown_and_kept_again(day: date) -> None:
    stored = kept(day.isoformat())
    assert stored == day.isoformat()
    assert parse(shown(stored)) == day
    assert kept(shown(stored)) == stored
    assert shown(shown(stored)) == shown(stored)


@given(st.text() | st.from_regex(r"\d{1,4}[-/. ](\d{1,2}|[a-z]{3,9})[-/. ]\d{1,4}", fullmatch=True))
def test_keeping_and_showing_settle_at_once_for_any_text(text: str) -> None:
    assert kept(kept(text)) == kept(text)
    assert kept(shown(kept(text))) == kept(text)


def test_a_date_is_shown_in_words() -> None:
    assert shown("2026-11-22") == "22 November 2026"
    assert shown("2027-05-01") == "1 May 2027"


@pytest.mark.parametrize("stamp", ["", "yesterday", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"])
def test_a_stamp_that_arithmetic_cannot_hold_is_no_moment_and_stays_as_it_is(stamp: str) -> None:
    assert moment(stamp) is None
    assert local_stamp(stamp) == utc_stamp(stamp) == stamp


def test_a_stamp_is_the_same_moment_by_any_clock() -> None:
    night = "2026-07-15T00:30:00+01:00"
    assert moment(night) == moment("2026-07-14T23:30:00Z") == moment(local_stamp(night))
    assert utc_stamp(night) == "2026-07-14T23:30:00+00:00"
