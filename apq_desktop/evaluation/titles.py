"""What parts, areas and evaluations are called wherever people read about them: in a comparison, a search, a table."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping
from types import MappingProxyType

from apq_desktop.evaluation.edits.changes import TargetKind
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.text.cleaning import visible_text

ABOUT = "About this evaluation"
ACTION_PLAN = "Action plan"
REGISTER = "Evidence"
MOST_QUOTED = 40
"""Characters of a user's text that is repeated, so that they know which is meant."""

PARTS: Mapping[TargetKind, str] = MappingProxyType(
    {
        "evaluation": ABOUT,
        "setting": "Setting",
        "area": "This area",
        "note": "Notes on the questions",
        "strengths": "Strengths",
        "development_areas": "Development areas",
        "evidence": "Sources of evidence",
        "actions": "Actions",
    }
)
"""The headings of the template, and of what stands around it."""


def evaluation_name(title: str, setting: str, beside: str) -> str:
    """How an evaluation is named beside one of the setting ``beside``: of which setting it is, where of another."""
    name = visible_text(title) or "Self-evaluation"
    return name if setting == beside else f"{name}, {visible_text(setting) or 'no name yet'}"


def unique_title(title: str, taken: Collection[str]) -> str:
    """``title``, with a number after it where that is needed to tell it from those that are ``taken``."""
    names = itertools.chain([title], (f"{title} ({number})" for number in itertools.count(2)))
    return next(name for name in names if name not in taken)


def area_title(number: int, title: str) -> str:
    """How an area is named: ``6 Attendance and engagement``."""
    return f"{number} {title}"


def areas_by_number(evaluation: Evaluation, keys: Collection[str]) -> str:
    """Which areas, in words: ``area 3``, or ``areas 3, 5 and 6``."""
    numbers = [str(area.number) for area in evaluation.areas if area.key in keys]
    if len(numbers) < 2:
        return f"area {''.join(numbers)}"
    return f"areas {', '.join(numbers[:-1])} and {numbers[-1]}"


def quoted(text: str) -> str:
    """The beginning of ``text`` on one line, in quotation marks; nothing for an empty text."""
    words = " ".join(visible_text(text).split())
    if len(words) > MOST_QUOTED:
        words = words[:MOST_QUOTED].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
    return f"“{words}”" if words else ""
