"""How single things are said: lists of numbers, stamps, what is not written, and what is cut short."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from apq_desktop.documents.content.document_tree import lines
from apq_desktop.documents.text.text_styles import TextRun
from apq_desktop.evaluation.model import AreaRecord
from apq_desktop.evaluation.text.cleaning import clean_line
from apq_desktop.evaluation.text.dates import shown
from apq_desktop.evaluation.titles import area_title
from apq_desktop.toolkit.catalogue import Area

DOES_NOT_APPLY = "Does not apply"
NO_REASON = "No reason is given."
CARRIED = "Carried forward"
"""Marks what was brought along from the evaluation before."""
CUT = "\u00a0…"
"""Ends a text that is cut short."""
NONE = "None"
NOBODY, NO_DATE = "Nobody yet", "No date"
NUMBERS = "A with a number is an action, E with a number a source of evidence; both are listed after the areas."
NUMBERS_OF_PLAN = "A with a number is an action; the plan lists them."
MOST_NAME, LEAST_NAME = 44, 8
"""Characters by which a title is known where it is not told in full."""
_SENTENCE_END = re.compile(r"[.!?](?=\s+[^\sa-z])")
_DETAILS = re.compile(r"\s*[,;:(–—]\s*|\s+-\s+")


@dataclass(frozen=True)
class AreaContent:
    """What is written about an area, and the area itself where this instrument knows it."""

    record: AreaRecord
    area: Area | None

    @property
    def heading(self) -> str:
        """The area's number and title."""
        return area_title(self.record.number, clean_line(self.area.title if self.area else self.record.title))

    def sub_area(self, key: str) -> tuple[TextRun, ...]:
        """What stands before an entry that belongs to a part of the area."""
        if not key:
            return ()
        return (TextRun(f"{self.area.sub_area_title(key) if self.area else key}: ", "strong"),)


def listed(words: Sequence[str]) -> str:
    """The words as a list in a sentence: "2, 6 and 9"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def day(stamp: str) -> str:
    """The day of a stamp by the clock that it was written by, as people write it."""
    return shown(stamp[:10])


def one_line(text: str) -> str:
    """A text of several lines on one."""
    return " ".join(lines(text))


def carried(was_carried: object) -> tuple[TextRun, ...]:
    """What stands after an entry that was brought along."""
    return (TextRun(f" ({CARRIED.lower()})", "muted"),) if was_carried else ()


def first_sentence(text: str, most: int) -> str:
    """The first sentence of a text, cut short where it has more than ``most`` characters."""
    line = one_line(text)
    found = _SENTENCE_END.search(line)
    return cut_short(line[: found.end()] if found else line, most)


def name_of(title: str) -> str:
    """The first words of a title, by which to know it where it is not told in full; always less than all of it."""
    line = one_line(title)
    head = _DETAILS.split(line, maxsplit=1)[0]
    if len(head) < len(line) and LEAST_NAME <= len(head) <= MOST_NAME:
        return head
    first = line[: min(MOST_NAME, len(line) - 1)].rpartition(" ")[0]
    return first.rstrip(" ,;:.") + CUT if first else ""


def ended(text: str) -> str:
    """``text`` with a full stop, where it ends in no sign of its own."""
    return text if text.endswith((".", "!", "?", "…", ";", ":")) else f"{text}."


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
