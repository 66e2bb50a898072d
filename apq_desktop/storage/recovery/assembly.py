"""Put evaluations together from rows that were found singly, of which some may be changed or missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Table

from apq_desktop.evaluation.model import (
    Action,
    AreaRecord,
    Entry,
    Evaluation,
    Evidence,
    QuestionNote,
    Setting,
    align,
    new_id,
)
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.storage.database.tables import (
    ACTIONS,
    AREAS,
    CITATIONS,
    EVALUATIONS,
    EVIDENCE,
    NOTES,
    OF_AREA,
    OF_EVALUATION,
    SETTINGS,
)
from apq_desktop.storage.rows.coercion import coerce, coerce_fields, hints
from apq_desktop.storage.rows.row_mapping import field_names, field_value
from apq_desktop.toolkit.catalogue import Area, Catalogue

UNTITLED = "Recovered evaluation"
LOOK_AGAIN = "Look at {what} again: damage has changed it."
AREA_LOST = "Area {number}, {title}: its texts were found; whether it applies, and its support, could not be read."
NO_HEADING = "The details of an evaluation could not be read; it is called “{title}” now."
_NEEDED: dict[type, dict[str, Any]] = {
    QuestionNote: {"key": ""},
    AreaRecord: {"number": 1, "key": "", "title": ""},
}
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One row that was found, by the names of its columns. Not ``whole`` means that damage has changed it."""

    row: Mapping[str, Any]
    whole: bool


Rows = Mapping[str, Mapping[int, FoundRow]]
"""What was found, by the name of its table and its row's number."""


class Gathering:
    """The evaluations that rows make up, remarks for the user, and texts whose place is not known."""

    def __init__(self, rows: Rows, catalogue: Catalogue) -> None:
        self._rows = rows
        self._catalogue = catalogue
        self.remarks: list[str] = []
        self.loose_texts: list[str] = []
        self._heads = self._evaluation_rows()
        self._areas = {head: self._areas_of(head) for head in self._heads}
        self.evaluations = [self._evaluation(head) for head in self._heads]

    def _evaluation_rows(self) -> list[int]:
        """The numbers of all evaluations: those found, and those that whole rows belong to."""
        heads = set(self._rows[EVALUATIONS.name])
        for table in (AREAS, *OF_EVALUATION):
            heads |= {found.row["evaluation_row"] for found in self._rows[table.name].values() if found.whole}
        if not heads and any(self._rows[table.name] for table in (AREAS, *OF_AREA, *OF_EVALUATION)):
            heads = {0}
        return sorted(heads)

    def _head_of(self, number: int, claimed: object) -> int:
        """The evaluation that a row belongs to. Row numbers grow, so a lost one is the last before it."""
        if claimed in self._heads:
            return int(claimed)
        return max((head for head in self._heads if head < number), default=self._heads[0])

    def _evaluation(self, head: int) -> Evaluation:
        found = self._rows[EVALUATIONS.name].get(head)
        values = _values(Evaluation, found.row) if found else {"id": new_id(), "title": UNTITLED}
        evaluation = Evaluation(**values)
        if found is None:
            self.remarks.append(NO_HEADING.format(title=UNTITLED))
        elif not found.whole:
            self.remarks.append(LOOK_AGAIN.format(what="the details of the evaluation"))
        for setting in self._objects(Setting, SETTINGS, head, "the details of the setting"):
            evaluation.setting = setting
        evaluation.evidence = list(self._objects(Evidence, EVIDENCE, head, "the source of evidence “{title}”"))
        evaluation.actions = list(self._objects(Action, ACTIONS, head, "the action “{what}”"))
        evaluation.areas = list(self._areas[head].values())
        self._put_into_areas(head)
        align(evaluation, self._catalogue)
        return evaluation

    def _objects(self, kind: type[Made], table: Table, head: int, what: str) -> Iterator[Made]:
        for number, found in _in_order(self._rows[table.name]):
            if self._head_of(number, found.row["evaluation_row"]) == head:
                yield self._object(kind, found, what)

    def _object(self, kind: type[Made], found: FoundRow, what: str) -> Made:
        values = _values(kind, found.row)
        if not found.whole:
            texts = {name: str(value)[:60] for name, value in values.items()}
            self.remarks.append(LOOK_AGAIN.format(what=what.format(**texts)))
        return kind(**values)

    def _areas_of(self, head: int) -> dict[int, AreaRecord]:
        """The areas of one evaluation by the numbers of their rows, with those that were lost made again."""
        rows = self._rows[AREAS.name]
        mine = [number for number, found in rows.items() if self._head_of(number, found.row["evaluation_row"]) == head]
        keys = {area.key for area in self._catalogue.areas}
        areas: dict[int, AreaRecord] = {}
        doubtful: dict[int, AreaRecord] = {}
        for number in mine:
            area = self._object(AreaRecord, rows[number], "area {number}, {title},")
            (areas if rows[number].whole or area.key in keys else doubtful)[number] = area
        for number in sorted({*doubtful, *(one for one in self._lost() if self._head_of(one, None) == head)}):
            known = self._which_area(number, areas)
            if known is not None:
                made = AreaRecord(known.number, known.key, known.title)
                area = doubtful.pop(number) if number in doubtful else made
                area.number, area.key, area.title = known.number, known.key, known.title
                areas[number] = area
                self.remarks.append(AREA_LOST.format(number=known.number, title=known.title))
        return areas | doubtful

    def _lost(self) -> set[int]:
        """The numbers of areas' rows that are not there, but that whole rows belong to."""
        found = (found for table in OF_AREA for found in self._rows[table.name].values() if found.whole)
        return {one.row["area_row"] for one in found} - set(self._rows[AREAS.name])

    def _which_area(self, number: int, areas: Mapping[int, AreaRecord]) -> Area | None:
        """Which area a lost or changed row was: told by its questions' numbers, or the only one that is missing."""
        taken = {area.key for area in areas.values()}
        missing = [area for area in self._catalogue.areas if area.key not in taken]
        keys = Counter(
            str(found.row["key"]).partition(".")[0]
            for found in self._rows[NOTES.name].values()
            if found.row["area_row"] == number
        )
        for first, _ in keys.most_common(1):
            return next((area for area in missing if str(area.number) == first), None)
        return missing[0] if len(missing) == 1 else None

    def _put_into_areas(self, head: int) -> None:
        areas = self._areas[head]
        for table in OF_AREA:
            for number, found in _in_order(self._rows[table.name]):
                area = areas.get(found.row["area_row"])
                if area is not None:
                    self._put(table, found, area)
                elif self._head_of(number, None) == head and not self._has_a_place(found):
                    self.loose_texts += _texts(found.row)

    def _has_a_place(self, found: FoundRow) -> bool:
        return any(found.row["area_row"] in areas for areas in self._areas.values())

    def _put(self, table: Table, found: FoundRow, area: AreaRecord) -> None:
        if table is NOTES:
            note = self._object(QuestionNote, found, "the note on question {key}")
            area.questions.append(note)
        elif table is CITATIONS:
            area.evidence.append(str(found.row["evidence_id"]))
            if not found.whole:
                self.remarks.append(LOOK_AGAIN.format(what=f"the sources of evidence of area {area.number}"))
        elif found.row["list_name"] == "strengths":
            area.strengths.append(self._object(Entry, found, "the strength “{text}”"))
        else:
            area.development_areas.append(self._object(Entry, found, "the development area “{text}”"))


def _values(kind: type, row: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of one of the model's objects, as far as they can be read."""
    values: dict[str, Any] = dict(_NEEDED.get(kind, {}))
    for name in field_names(kind):
        with suppress(ValueError, TypeError, RecursionError, KeyError):
            values[name] = coerce(hints(kind)[name], field_value(name, row[name]))
    return coerce_fields(kind, values)


def _in_order(rows: Mapping[int, FoundRow]) -> Iterable[tuple[int, FoundRow]]:
    def place(numbered: tuple[int, FoundRow]) -> tuple[int, int]:
        position = numbered[1].row.get("position", 0)
        return position if isinstance(position, int) else 0, numbered[0]

    return sorted(rows.items(), key=place)


def _texts(row: Mapping[str, Any]) -> list[str]:
    """What of a row a user may have written."""
    return [row[name] for name in ("note", "text") if isinstance(row.get(name), str) and visible_text(row[name])]
