"""How the value of a field reads: choices in words, dates written out, an area or a development area by its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apq_desktop.evaluation.edits.changes import Owner, TargetKind
from apq_desktop.evaluation.fields import FIXED_CHOICES, Field, fields_of
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.text.dates import shown
from apq_desktop.evaluation.text.readings import parse_readings
from apq_desktop.evaluation.titles import area_title
from apq_desktop.toolkit.catalogue import Catalogue

APPLIES = {True: "This area applies to us", False: "This area does not apply to us"}


@dataclass(frozen=True)
class FieldReader:
    """Read fields as people do. ``needs`` holds the texts of the development areas that actions answer, by id."""

    catalogue: Catalogue
    needs: Mapping[str, str]

    @classmethod
    def of(cls, evaluation: Evaluation, catalogue: Catalogue) -> FieldReader:
        """A reader of one evaluation's fields."""
        return cls(catalogue, {entry.id: entry.text for area in evaluation.areas for entry in area.development_areas})

    def fields(self, kind: TargetKind, thing: Owner) -> dict[str, str]:
        """Every field of a thing by its name, in the order of the table of fields, as it is shown."""
        return {field.name: self.shown(field, thing) for field in fields_of(kind)}

    def shown(self, field: Field, thing: Owner) -> str:
        """One field as it is shown."""
        value: Any = getattr(thing, field.name)
        if isinstance(value, bool):
            return APPLIES[value]
        if isinstance(value, list):
            return ", ".join(choice_words(field.kind, field.name, one, self.catalogue) for one in value)
        if field.is_date:
            return shown(value)
        if field.editor == "readings":
            return _readings(value)
        if field.name == "development_area":
            return self.needs.get(value, "")
        if field.name == "sub_area":
            return self._part(value)
        return choice_words(field.kind, field.name, value, self.catalogue)

    def _part(self, key: str) -> str:
        titles = (part.title for area in self.catalogue.areas for part in area.sub_areas if part.key == key)
        return next(titles, key)


def _readings(text: str) -> str:
    """Readings as people read them, one below the other: ``13 November 2026: 11 of 16``.

    A single one without a date says no more than where things stand now, and is left out.
    """
    readings = parse_readings(text)
    if len(readings) == 1 and not readings[0].date:
        return ""
    return "\n".join(": ".join(filter(None, (shown(one.date), one.words))) for one in readings)


def choice_words(kind: TargetKind, field: str, value: str, catalogue: Catalogue) -> str:
    """What a chosen value is called; the value itself where it has no name."""
    match kind, field:
        case _ if not value or (kind, field) in FIXED_CHOICES:
            return FIXED_CHOICES.get((kind, field), {}).get(value, value)
        case "setting", "kind":
            return catalogue.kind_title(value)
        case "evaluation", "purposes":
            return catalogue.purpose_title(value)
        case "actions", "area":
            return next((area_title(one.number, one.title) for one in catalogue.areas if one.key == value), value)
    return value
