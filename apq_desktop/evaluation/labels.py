"""What parts and fields are called wherever people read about them: in a comparison, a search, a table."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping
from types import MappingProxyType

from apq_desktop.evaluation.edits.changes import TargetKind
from apq_desktop.evaluation.rules.progress import ACTION_WORDS
from apq_desktop.toolkit.catalogue import Area, Catalogue

ABOUT = "About this evaluation"
ACTION_PLAN = "Action plan"
REGISTER = "Evidence"

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

FIELDS: Mapping[tuple[TargetKind, str], str] = MappingProxyType(
    {
        ("evaluation", "title"): "Title",
        ("evaluation", "period"): "Period it looks at",
        ("evaluation", "purposes"): "What it is for",
        ("evaluation", "commissioner"): "For whom",
        ("evaluation", "other_commissioners"): "Also for",
        ("evaluation", "completed_by"): "Completed by",
        ("evaluation", "reviewed_by"): "Reviewed by",
        ("evaluation", "took_part"): "Who took part",
        ("evaluation", "summary"): "In short",
        ("evaluation", "completed_on"): "Date completed",
        ("setting", "name"): "Name of the setting",
        ("setting", "kind"): "Kind of setting",
        ("setting", "site"): "Site",
        ("setting", "local_authority"): "Local authority",
        ("setting", "contact"): "Contact",
        ("setting", "key_stages"): "Key stages",
        ("setting", "places"): "Places",
        ("setting", "full_or_part_time"): "Full or part time",
        ("setting", "placement_length"): "Typical length of a placement",
        ("setting", "opens_on"): "Planned opening",
        ("setting", "host_school"): "School it is part of",
        ("area", "applies"): "Whether it applies",
        ("area", "reason"): "Why it does not apply",
        ("area", "support"): "Support we would like from our commissioner",
        ("note", "note"): "Note",
        ("strengths", "text"): "Strength",
        ("strengths", "sub_area"): "About",
        ("development_areas", "text"): "Development area",
        ("development_areas", "sub_area"): "About",
        ("evidence", "title"): "Source of evidence",
        ("evidence", "kind"): "Kind",
        ("evidence", "date"): "Date",
        ("evidence", "location"): "Where it is kept",
        ("evidence", "review_date"): "Review date",
        ("actions", "what"): "Action",
        ("actions", "who"): "Who",
        ("actions", "by_when"): "By when",
        ("actions", "progress"): "Progress",
        ("actions", "area"): "Area",
        ("actions", "sub_area"): "About",
        ("actions", "measure"): "How we will know",
        ("actions", "starting_point"): "Starting point",
        ("actions", "current_point"): "Where it stands now",
        ("actions", "development_area"): "The development area it answers",
    }
)
"""Every field that a person fills in, with its label in the window."""

DATE_FIELDS = frozenset({"by_when", "date", "review_date", "completed_on", "opens_on"})
"""Fields whose text is a date where it was understood."""

TIMES = MappingProxyType(
    {"full-time": "Full time", "part-time": "Part time", "both": "Full time and part time", "": ""}
)


def label(kind: TargetKind, field: str) -> str:
    """What a field is called; its own name where it has no label."""
    return FIELDS.get((kind, field), field.replace("_", " "))


def evaluation_name(title: str, setting: str, beside: str) -> str:
    """How an evaluation is named beside one of the setting ``beside``: of which setting it is, where of another."""
    name = title.strip() or "Self-evaluation"
    return name if setting == beside else f"{name}, {setting.strip() or 'no name yet'}"


def unique_title(title: str, taken: Collection[str]) -> str:
    """``title``, with a number after it where that is needed to tell it from those that are ``taken``."""
    names = itertools.chain([title], (f"{title} ({number})" for number in itertools.count(2)))
    return next(name for name in names if name not in taken)


def area_title(number: int, title: str) -> str:
    """How an area is named: ``6 Attendance and engagement``."""
    return f"{number} {title}"


def choice(kind: TargetKind, field: str, value: str, catalogue: Catalogue, area: Area | None = None) -> str:
    """What a chosen value is called; the value itself where it has no name."""
    if not value:
        return ""
    match kind, field:
        case "setting", "kind":
            return catalogue.kind_title(value)
        case "setting", "full_or_part_time":
            return TIMES.get(value, value)
        case "evaluation", "purposes":
            return catalogue.purpose_title(value)
        case "actions", "progress":
            return ACTION_WORDS.get(value, value)
        case _, "sub_area":
            return area.sub_area_title(value) if area else value
        case "actions", "area":
            return next((area_title(one.number, one.title) for one in catalogue.areas if one.key == value), value)
    return value
