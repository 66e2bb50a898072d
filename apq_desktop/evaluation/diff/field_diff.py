"""The fields of two versions of one thing, set beside each other as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from apq_desktop.evaluation.diff.word_diff import Segment, same_words, segments
from apq_desktop.evaluation.edits.changes import Owner, TargetKind
from apq_desktop.evaluation.labels import DATE_FIELDS, FIELDS, choice, label
from apq_desktop.evaluation.text.dates import shown
from apq_desktop.toolkit.catalogue import Catalogue

FieldChangeKind = Literal["added", "removed", "reworded", "unchanged"]

APPLIES = {True: "This area applies to us", False: "This area does not apply to us"}


NOT_TAKEN_APART = DATE_FIELDS | {"progress", "kind", "full_or_part_time", "area", "sub_area"}
"""Fields that are one word to a reader, such as a date."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, earlier and now. ``field`` is its name in the model, ``label`` what people call it."""

    field: str
    label: str
    kind: FieldChangeKind
    before: str
    after: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class FieldReader:
    """How fields read. ``needs`` holds the texts of the development areas that actions answer, by id."""

    catalogue: Catalogue
    needs: Mapping[str, str]

    def fields(self, kind: TargetKind, thing: Owner) -> dict[str, str]:
        """Every field with a label, in the order of the labels, as it is shown."""
        return {name: self._shown(kind, name, thing) for owner, name in FIELDS if owner == kind}

    def _shown(self, kind: TargetKind, name: str, thing: Owner) -> str:
        value: Any = getattr(thing, name)
        if isinstance(value, bool):
            return APPLIES[value]
        if isinstance(value, list):
            return ", ".join(choice(kind, name, one, self.catalogue) for one in value)
        if name in DATE_FIELDS:
            return shown(value)
        if name == "development_area":
            return self.needs.get(value, "")
        if name == "sub_area":
            return self._part(value)
        return choice(kind, name, value, self.catalogue)

    def _part(self, key: str) -> str:
        titles = (part.title for area in self.catalogue.areas for part in area.sub_areas if part.key == key)
        return next(titles, key)


def field_changes(kind: TargetKind, before: Mapping[str, str], after: Mapping[str, str]) -> tuple[FieldChange, ...]:
    """The fields that hold something in either version. A field that is not given is empty."""
    found = []
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name, ""), after.get(name, "")
        if was.strip() or now.strip():
            found.append(_field_change(kind, name, was, now))
    return tuple(found)


def _field_change(kind: TargetKind, name: str, was: str, now: str) -> FieldChange:
    if same_words(was, now):
        return FieldChange(name, label(kind, name), "unchanged", was, now, (Segment("equal", now),))
    how: FieldChangeKind = "added" if not was.strip() else "removed" if not now.strip() else "reworded"
    whole = how != "reworded" or name in NOT_TAKEN_APART
    parts = tuple(_whole(was, now)) if whole else segments(was, now)
    return FieldChange(name, label(kind, name), how, was, now, parts)


def _whole(was: str, now: str) -> list[Segment]:
    return [part for part in (Segment("removed", was), Segment("added", now)) if part.text]
