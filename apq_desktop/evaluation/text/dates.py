"""Dates as people write and read them: ``22 November 2026``, kept as ``2026-11-22`` where understood; and stamps.

The only place that reads either, so that what one part of the program takes no other stumbles over.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

from apq_desktop.evaluation.text.cleaning import visible_text, without_invisible

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years outside are slips of the finger, and stay the user's own words."""
FIRST_MOMENT_YEAR = 1980
"""Before 1970 Windows cannot tell the local time, and no program wrote an evaluation."""
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = rf"(?P<weekday>{'|'.join(_WEEKDAYS)})[a-z]{{0,6}}"
_DAY, _YEAR = r"(?P<day>\d{1,2})", r"(?P<year>\d{4}|['’]?\d{2})"
_NTH, _MONTH_NAME = rf"{_DAY}(?:st|nd|rd|th)?", r"(?P<name>[a-z]{3,9})"
_SPACE, _BETWEEN = r"[\s.,/-]*", r"(?:\s*[./-]\s*|\s+)"
_FORMS = tuple(
    re.compile(rf"(?:{_WEEKDAY}\.?,?\s+)?{form}")
    for form in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        rf"{_DAY}{_BETWEEN}(?P<month>\d{{1,2}}){_BETWEEN}{_YEAR}",
        rf"(?:the\s+)?{_NTH}(?:\s+of)?{_SPACE}{_MONTH_NAME}{_SPACE}{_YEAR}",
        rf"{_MONTH_NAME}\.?\s*(?:the\s+)?{_NTH}(?:\s*,\s*|\s+){_YEAR}",
    )
)


@lru_cache(maxsize=2_000)
def parse(text: str) -> date | None:
    """The day that ``text`` names (day before month, as in Britain), or None where it names none.

    Two digits are a year from 1969 to 2068, as POSIX reads them. A weekday must be that of the day.
    """
    text = visible_text(without_invisible(text)).lower()
    match = next((found for form in _FORMS if (found := form.fullmatch(text))), None)
    if match is None:
        return None
    named = match.groupdict()
    month = _month(named["name"]) if named.get("name") else int(named["month"])
    year = _year(named["year"].lstrip("'’"))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        day = date(year, month, int(named["day"]))
    except ValueError:
        return None
    return day if named["weekday"] in (None, _WEEKDAYS[day.weekday()]) else None


def _month(word: str) -> int:
    return next((n for n, name in enumerate(MONTHS, 1) if name.lower().startswith(word)), 0)


def _year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 69 else 1900)


def kept(text: str) -> str:
    """How a typed date is kept: ``YYYY-MM-DD`` where it is understood, else the user's own words."""
    day = parse(text)
    return day.isoformat() if day else text


def is_kept(text: str) -> bool:
    """Whether a text is a date as it is kept."""
    return len(text) == len("2027-01-15") and text[4] == "-" and kept(text) == text and parse(text) is not None


def shown(text: str) -> str:
    """How a kept date is shown: ``22 November 2026``, or the user's own words."""
    day = parse(text)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else text


def short(text: str) -> str:
    """How a kept date is shown in a narrow column: ``22 Nov 2026``, or the user's own words."""
    day = parse(text)
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}" if day else text


def moment(stamp: str) -> datetime | None:
    """The moment that a stamp such as ``2026-11-22T10:42:00+00:00`` names, in UTC.

    None where it names none, or one so far off that clocks and calendars cannot hold it.
    """
    try:
        read = datetime.fromisoformat(stamp)
        found = read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return found if FIRST_MOMENT_YEAR <= found.year <= LAST_YEAR else None


def utc_stamp(stamp: str) -> str:
    """The same moment as the store keeps it."""
    found = moment(stamp)
    return found.isoformat(timespec="seconds") if found else stamp


def local_stamp(stamp: str) -> str:
    """The same moment as this computer's clock shows it: its first ten characters are the user's own day."""
    found = moment(stamp)
    return found.astimezone().isoformat(timespec="seconds") if found else stamp


def local_day(stamp: str) -> str:
    """The user's own day of a moment, as people read it."""
    return shown(local_stamp(stamp)[:10])
