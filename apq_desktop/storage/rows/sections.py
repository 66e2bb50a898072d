"""The rows of one evaluation in sections: a row for the evaluation and its setting, and the rows of each list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, Literal, NamedTuple, TypeVar

from sqlalchemy import Table

from apq_desktop.evaluation.edits.changes import ListName, ListPlace, Target, item_id, items
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.storage.database.tables import (
    ENTRIES,
)
from apq_desktop.storage.rows.row_mapping import Row

Thing = TypeVar("Thing")
Key = tuple[str, int]
"""An item's id, and how many of the same id stand before it: an untrusted file may hold an id twice in one list."""
SectionName = Literal["evaluations", "settings", "areas", "notes"] | ListName


class Section(NamedTuple):
    """The rows of one list (of an area, or of the whole evaluation), or a single row."""

    name: SectionName
    area: str = ""

    @property
    def table(self) -> Table:
        """The table in which the rows stand."""
        return ENTRIES if self.name in ("strengths", "development_areas") else ENTRIES.metadata.tables[self.name]


Rows = dict[Section, dict[Key, Row]]
HEAD, SETTING, ALL_AREAS = Section("evaluations"), Section("settings"), Section("areas")
ONLY: Key = ("", 0)
"""The key of a single row."""


def sections(evaluation: Evaluation) -> list[Section]:
    """Every section of an evaluation, those first that the rows of others point to."""
    names: tuple[SectionName, ...] = ("notes", "strengths", "development_areas", "citations")
    of_areas = [Section(name, area.key) for area in evaluation.areas for name in names]
    return [HEAD, SETTING, ALL_AREAS, *of_areas, Section("evidence"), Section("actions")]


def section_of(target: Target) -> tuple[Section, str]:
    """The section that a target's row stands in, and its id there."""
    single = {"evaluation": HEAD, "setting": SETTING, "area": ALL_AREAS, "note": Section("notes", target.area)}
    if target.kind in single:
        return single[target.kind], target.key
    return section_of_list(ListPlace(target.kind, target.area)), target.key  # type: ignore[arg-type]


def section_of_list(place: ListPlace) -> Section:
    """The section of a list. The register and the actions are one list each, whatever area is named."""
    return Section(place.name, "" if place.name in ("evidence", "actions") else place.area)


def content(evaluation: Evaluation, section: Section) -> dict[Key, Any]:
    """What the rows of a section are made from, in order. Raises KeyError where there is no such area."""
    match section.name:
        case "evaluations":
            return {ONLY: evaluation}
        case "settings":
            return {ONLY: evaluation.setting}
        case "areas":
            return keyed(evaluation.areas, attrgetter("key"))
        case "notes":
            return keyed(evaluation.area(section.area).questions, attrgetter("key"))
        case name:
            return keyed(items(evaluation, ListPlace(name, section.area)), item_id)


def keyed(things: Iterable[Thing], id_of: Callable[[Any], str]) -> dict[Key, Thing]:
    """Things by the keys that belong to their ids, in order."""
    seen: Counter[str] = Counter()
    by_key = {}
    for thing in things:
        name = id_of(thing)
        by_key[name, seen[name]] = thing
        seen[name] += 1
    return by_key
