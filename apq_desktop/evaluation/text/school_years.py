"""School years, and years in a title or a period moved on by one: ``2026/27`` becomes ``2027/28``."""

from __future__ import annotations

import re
from calendar import isleap

from apq_desktop.evaluation.text.dates import FIRST_YEAR, LAST_YEAR

_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_LEAP_DAY = re.compile(r"\b29(?=(?:st|nd|rd|th)?(?: of)?[ ./-](?:feb\w*|0?2)[ ,./-]{1,2}(\d{4})\b)", re.IGNORECASE)
_YEARS = re.compile(r"(?<!\d)(?<!\d,)(\d{4})(?:( ?[/–-] ?)(\d{2}))?(?![\d]|[.,]\d)")
_SHORT_YEARS = re.compile(r"(?<![\d/.,–-])([2-8]\d)([/–-])([2-9]\d)(?![\d/.–-])")
_INSTRUMENT = re.compile(r"toolkit\W{0,3}\Z", re.IGNORECASE)


def school_year(day: str) -> str:
    """The school year of a day such as ``2026-11-22`` (what follows does not matter): it begins in September."""
    year = int(day[:4]) - (int(day[5:7]) < 9)
    return f"{year}/{(year + 1) % 100:02}"


def year_named(*texts: str) -> str:
    """The first school year that one of the texts names, such as ``2026/27``; empty where none does."""
    for text in texts:
        for found in _YEARS.finditer(text):
            if found[3] and int(found[3]) == (int(found[1]) + 1) % 100:
                return found[0]
    return ""


def a_year_later(text: str) -> str:
    """``text`` with the years that it names moved on by one.

    Understood are ``2026``, ``2026/27``, ``2026–2027``, ``26/27`` and dates; the 29th of February becomes the 28th.
    The year of the toolkit itself (``Toolkit 2022``) stays.
    """
    text = _LEAP_DAY.sub(lambda found: found[0] if isleap(int(found[1]) + 1) else "28", text)
    parts = []
    end = 0
    for found in _DAY.finditer(text):
        parts += [_between(text[end : found.start()]), _day_moved(found)]
        end = found.end()
    return "".join((*parts, _between(text[end:])))


def _between(text: str) -> str:
    """What stands between dates such as ``2026-09-01``."""
    return _SHORT_YEARS.sub(_short_moved, _YEARS.sub(_moved, text))


def _day_moved(found: re.Match[str]) -> str:
    year, month, day = int(found[1]) + 1, found[2], found[3]
    return f"{year}-{month}-{'28' if (month, day) == ('02', '29') and not isleap(year) else day}"


def _moved(found: re.Match[str]) -> str:
    year, short = int(found[1]), found[3]
    if not FIRST_YEAR <= year < LAST_YEAR or _INSTRUMENT.search(found.string[: found.start()]):
        return found[0]
    if short is None:
        return str(year + 1)
    ends = f"{(year + 2) % 100:02}" if int(short) == (year + 1) % 100 else short
    return f"{year + 1}{found[2]}{ends}"


def _short_moved(found: re.Match[str]) -> str:
    first, last = int(found[1]), int(found[3])
    return f"{first + 1}{found[2]}{last + 1:02}" if last == first + 1 else found[0]
