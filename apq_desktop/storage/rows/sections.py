"""The rows of one evaluation in sections: a row for the evaluation and its setting, and the rows of each list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeVar, get_args

from sqlalchemy import Table

from apq_desktop.evaluation.edits.changes import ListName, ListPlace, Target, items
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.storage.database.tables import AREAS, EVALUATIONS, NOTES, SETTINGS, TABLE_OF_LIST
from apq_desktop.storage.rows.row_mapping import Row

Thing = TypeVar("Thing")
Key = tuple[str, int]
"""An item's id, and how many of the same id stand before it: an untrusted file may hold an id twice in one list."""
SectionName = Literal["evaluation", "setting", "areas", "notes"] | ListName
TABLES: Mapping[SectionName, Table] = MappingProxyType(
    {"evaluation": EVALUATIONS, "setting": SETTINGS, "areas": AREAS, "notes": NOTES}
    | {name: TABLE_OF_LIST[name] for name in get_args(ListName)}
)


class Section(NamedTuple):
    """The rows of one list (of an area, or of the whole evaluation), or a single row."""

    name: SectionName
    area: str = ""

    @property
    def table(self) -> Table:
        """The table in which the rows stand."""
        return TABLES[self.name]


Rows = dict[Section, dict[Key, Row]]
HEAD, SETTING, ALL_AREAS = Section("evaluation"), Section("setting"), Section("areas")
ONLY: Key = ("", 0)
"""The key of a single row."""


def sections(evaluation: Evaluation) -> list[Section]:
    """Every section of an evaluation, those first that the rows of others point to."""
    names: tuple[SectionName, ...] = ("notes", "strengths", "development_areas", "citations")
    of_areas = [Section(name, area.key) for area in evaluation.areas for name in names]
    return [HEAD, SETTING, ALL_AREAS, *of_areas, Section("evidence"), Section("actions")]


def section_of(target: Target) -> tuple[Section, str]:
    """The section that a target's row stands in, and its id there."""
    match target.kind:
        case "evaluation":
            return HEAD, ""
        case "setting":
            return SETTING, ""
        case "area":
            return ALL_AREAS, target.key
        case "note":
            return Section("notes", target.area), target.key
        case kind:
            return section_of_list(ListPlace(kind, target.area)), target.key


def section_of_list(place: ListPlace) -> Section:
    """The section of a list. The register and the actions are one list each, whatever area is named."""
    return Section(place.name, "" if place.name in ("evidence", "actions") else place.area)


def content(evaluation: Evaluation, section: Section) -> dict[Key, Any]:
    """What the rows of a section are made from, in order. Raises KeyError where there is no such area."""
    match section.name:
        case "evaluation":
            return {ONLY: evaluation}
        case "setting":
            return {ONLY: evaluation.setting}
        case "areas":
            return keyed(evaluation.areas, (area.key for area in evaluation.areas))
        case "notes":
            notes = evaluation.area(section.area).questions
            return keyed(notes, (note.key for note in notes))
        case name:
            found = items(evaluation, ListPlace(name, section.area))
            return keyed(found, (item if isinstance(item, str) else item.id for item in found))


def keyed(things: Iterable[Thing], ids: Iterable[str]) -> dict[Key, Thing]:
    """Things by the keys that belong to their ids, in order."""
    seen: Counter[str] = Counter()
    by_key = {}
    for thing, name in zip(things, ids, strict=True):
        by_key[name, seen[name]] = thing
        seen[name] += 1
    return by_key
