"""Dates as people write and read them: ``22 November 2026``. Kept as ``2026-11-22`` where understood."""

from __future__ import annotations

import re
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years outside are slips of the finger, and stay the person's own words."""
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4}|\d{2})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s./-]*([a-z]{3,9})[\s.,/-]*(\d{4}|\d{2})")


def parse(text: str) -> date | None:
    """The day that ``text`` names (day before month, as in Britain), or None where it names none."""
    text = text.strip().lower()
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _NUMBERS.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    elif (match := _WORDS.fullmatch(text)) and (found := _month(match[2])):
        day, month, year = int(match[1]), found, int(match[3])
    else:
        return None
    year = year + 2000 if year < 100 else year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(word: str) -> int:
    return next((n for n, name in enumerate(MONTHS, 1) if name.lower().startswith(word)), 0)


def kept(text: str) -> str:
    """How a typed date is kept: ``YYYY-MM-DD`` where it is understood, else the person's own words."""
    day = parse(text)
    return day.isoformat() if day else text


def shown(text: str) -> str:
    """How a kept date is shown: ``22 November 2026``, or the person's own words."""
    day = parse(text)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else text


def short(text: str) -> str:
    """How a kept date is shown in a narrow column: ``22 Nov 2026``, or the person's own words."""
    day = parse(text)
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}" if day else text
