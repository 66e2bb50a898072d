"""How single things are said: lists of numbers, stamps, what is not written, and what is cut short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apq_desktop.documents.content.tree import lines
from apq_desktop.documents.text.styles import TextRun
from apq_desktop.evaluation.model import AreaRecord
from apq_desktop.evaluation.text.cleaning import clean_line
from apq_desktop.evaluation.text.dates import shown
from apq_desktop.toolkit.catalogue import Area

NOT_PROVIDED = "Not provided"
DOES_NOT_APPLY = "Does not apply"
CARRIED = "Carried forward"
"""Marks what was brought along from the evaluation before."""
CUT = "\u00a0…"
"""Ends a text that is cut short."""


@dataclass(frozen=True)
class AreaContent:
    """What is written about an area, and the area itself where this instrument knows it."""

    record: AreaRecord
    area: Area | None

    @property
    def heading(self) -> str:
        """The area's number and title."""
        return f"{self.record.number}. {clean_line(self.area.title if self.area else self.record.title)}"

    def sub_area(self, key: str) -> tuple[TextRun, ...]:
        """What stands before an entry that belongs to a part of the area."""
        if not key:
            return ()
        return (TextRun(f"{self.area.sub_area_title(key) if self.area else key}: ", "muted"),)


def listed(words: Sequence[str]) -> str:
    """The words as a list in a sentence: "2, 6 and 9"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def day(stamp: str) -> str:
    """The day of a UTC stamp, as people write it."""
    return shown(stamp[:10])


def one_line(text: str) -> str:
    """A text of several lines on one."""
    return " ".join(lines(text))


def cut_short(text: str, most: int) -> str:
    """``text`` on one line of at most ``most`` characters, cut after a sentence, or else between words."""
    line = one_line(text)
    if len(line) <= most:
        return line
    head = line[:most]
    sentences = head.rpartition(". ")[0]
    if len(sentences) > most // 3:
        return f"{sentences}.{CUT}"
    return (head.rsplit(" ", 1)[0] if " " in head[most // 2 :] else head).rstrip(" ,;:.") + CUT
