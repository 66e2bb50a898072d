"""Dated readings of a measure in one text, the latest last: ``[2026-11-13] 11 of 16`` on a line of its own.

What stands in the brackets is a date, or the user's own words for one. Lines without brackets belong to the reading
above them; the first reading may have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from apq_desktop.evaluation.text.dates import parse, shown

_START = re.compile(r"\[([^\]\n]*)\] ?")


@dataclass(frozen=True, slots=True)
class DatedReading:
    """How something stood on one day, in words. ``date`` is as dates are kept, or empty."""

    date: str
    words: str


def parse_readings(text: str) -> list[DatedReading]:
    """The readings in a text, in their order."""
    readings: list[DatedReading] = []
    for line in text.split("\n") if text else ():
        start = _START.match(line)
        if start or not readings:
            readings.append(DatedReading(start[1], line[start.end() :]) if start else DatedReading("", line))
        else:
            readings[-1] = DatedReading(readings[-1].date, f"{readings[-1].words}\n{line}")
    return readings


def readings_text(readings: Iterable[DatedReading]) -> str:
    """The text of readings; empty ones are left out."""
    lines: list[str] = []
    for reading in readings:
        if reading.words or reading.date:
            is_bare = not lines and not reading.date and not _START.match(reading.words)
            date = reading.date.replace("]", ")").replace("\n", " ")
            lines.append(reading.words if is_bare else f"[{date}] {reading.words}" if reading.words else f"[{date}]")
    return "\n".join(lines)


def told(text: str) -> str:
    """Readings as a person reads them, one below the other: ``11 of 16 on 13 November 2026``."""
    return "\n".join(map(_told, parse_readings(text)))


def _told(reading: DatedReading) -> str:
    if not reading.date or not reading.words:
        return reading.words or shown(reading.date)
    return f"{reading.words} on {shown(reading.date)}" if parse(reading.date) else f"{reading.words} ({reading.date})"


def latest(text: str) -> str:
    """The words of the latest reading; empty where there is none."""
    return "".join(reading.words for reading in parse_readings(text)[-1:])


def with_reading(text: str, words: str) -> str:
    """The readings, and after them one more without a date where ``words`` are not those of the latest."""
    return text if latest(text) == words else readings_text([*parse_readings(text), DatedReading("", words)])


def with_latest(text: str, words: str) -> str:
    """The readings with ``words`` as those of the latest."""
    *earlier, last = parse_readings(text) or [DatedReading("", "")]
    return readings_text([*earlier, DatedReading(last.date, words)])
