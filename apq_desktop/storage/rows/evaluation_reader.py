"""Read whole evaluations from their rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeVar

from sqlalchemy import Connection, RowMapping, Table, exists, select

from apq_desktop.evaluation.model import (
    MAX_LINE,
    Action,
    AreaRecord,
    Entry,
    Evaluation,
    Evidence,
    QuestionNote,
    Setting,
)
from apq_desktop.evaluation.text.cleaning import clean
from apq_desktop.storage.database.tables import (
    ACTIONS,
    ARCHIVED,
    AREAS,
    CITATIONS,
    ENTRIES,
    EVALUATIONS,
    EVIDENCE,
    NOTES,
    OF_AREA,
    SETTINGS,
)
from apq_desktop.storage.rows.row_mapping import Row, is_whole, model_fields
from apq_desktop.storage.rows.sections import ALL_AREAS, HEAD, ONLY, SETTING, Rows, Section, SectionName, keyed

Made = TypeVar("Made")

MOST_ROWS, MOST_CHARACTERS = 100_000, 100_000_000
"""Far beyond what anybody writes: a file that holds more was made to do harm."""

_LISTS: tuple[tuple[Table, SectionName, str], ...] = (
    (NOTES, "notes", "key"),
    (ENTRIES, "development_areas", "id"),
    (CITATIONS, "citations", "evidence_id"),
    (EVIDENCE, "evidence", "id"),
    (ACTIONS, "actions", "id"),
)
"""Each table of lists, with the section of its rows (but the strengths), and the column of their ids."""


class RowDamagedError(Exception):
    """A row is not as it was written. Never leaves this floor."""


class NoSuchEvaluationError(Exception):
    """An evaluation is not in the file. Never leaves this floor."""


@dataclass(frozen=True, slots=True)
class EvaluationHeading:
    """What a list of evaluations shows of one. ``changed`` is a UTC stamp."""

    id: str
    title: str
    period: str
    setting_name: str
    commissioner: str
    changed: str
    revision: int
    archived: bool = False


class EvaluationReader:
    """Read whole evaluations within one transaction. ``verify`` is off for rows that were checked just before, and
    for files of a newer version.
    """

    def __init__(self, connection: Connection, *, verify: bool = True) -> None:
        self._connection = connection
        self._verify = verify
        self._rows_left, self._characters_left = MOST_ROWS, MOST_CHARACTERS

    def headings(self) -> list[EvaluationHeading]:
        """What is in the file, in order of adding."""
        c = EVALUATIONS.c
        is_archived = exists().where(ARCHIVED.c.evaluation_id == c.id)
        wanted = (
            select(c.id, c.title, c.period, SETTINGS.c.name, c.commissioner, c.changed, c.revision, is_archived)
            .join_from(EVALUATIONS, SETTINGS, SETTINGS.c.evaluation_row == c.row_id)
            .order_by(c.row_id)
        )
        found = []
        for key, title, period, name, commissioner, changed, revision, archived in self._connection.execute(wanted):
            texts = (clean(text)[:MAX_LINE] for text in (title, period, name, commissioner, changed))
            found.append(EvaluationHeading(key, *texts, revision=revision, archived=archived))  # type: ignore[arg-type,misc]
        return found

    def rows(self, evaluation_id: str) -> Rows:
        """The rows of one evaluation. Raises NoSuchEvaluationError, RowDamagedError where they are not whole."""
        wanted = select(EVALUATIONS).where(EVALUATIONS.c.id == evaluation_id)
        head = next(self._whole(EVALUATIONS, self._connection.execute(wanted).mappings()), None)
        if head is None:
            raise NoSuchEvaluationError(evaluation_id)
        number = head["row_id"]
        setting = next(self._rows(SETTINGS, number), None)
        if setting is None:
            raise RowDamagedError(SETTINGS.name)
        found: Rows = {HEAD: {ONLY: head}, SETTING: {ONLY: setting}}
        found[ALL_AREAS] = keyed(self._rows(AREAS, number), itemgetter("key"))
        key_of = {area["row_id"]: area["key"] for area in found[ALL_AREAS].values()}
        for table, name, key in _LISTS:
            of: defaultdict[Section, list[Row]] = defaultdict(list)
            for row in self._rows(table, number):
                is_strength = row.get("list_name") == "strengths"
                area = key_of[row["area_row"]] if table in OF_AREA else ""
                of[Section("strengths" if is_strength else name, area)].append(row)
            found |= {section: keyed(rows, itemgetter(key)) for section, rows in of.items()}
        return found

    def _rows(self, table: Table, evaluation_row: int) -> Iterator[Row]:
        """The rows of one evaluation in one table, in their order."""
        wanted = select(table)
        if table in OF_AREA:
            of = select(AREAS.c.row_id).where(AREAS.c.evaluation_row == evaluation_row)
            wanted = wanted.where(table.c.area_row.in_(of))
        else:
            wanted = wanted.where(table.c.evaluation_row == evaluation_row)
        wanted = wanted.order_by(*(table.c[name] for name in ("position", "row_id") if name in table.c))
        return self._whole(table, self._connection.execute(wanted).mappings())

    def _whole(self, table: Table, rows: Iterable[RowMapping]) -> Iterator[Row]:
        for row in rows:
            if self._verify and not is_whole(table, row):
                raise RowDamagedError(table.name)
            self._rows_left -= 1
            self._characters_left -= sum(len(value) for value in row.values() if isinstance(value, str))
            if self._rows_left < 0 or self._characters_left < 0:
                raise RowDamagedError(table.name)
            yield row


def evaluation_of(rows: Rows) -> Evaluation:
    """The evaluation that rows hold. Raises ValueError where a value is of another kind than its field."""

    def made(kind: type[Made], section: Section) -> list[Made]:
        return [kind(**model_fields(kind, row)) for row in rows.get(section, {}).values()]

    areas = made(AreaRecord, ALL_AREAS)
    for area in areas:
        area.questions = made(QuestionNote, Section("notes", area.key))
        area.strengths = made(Entry, Section("strengths", area.key))
        area.development_areas = made(Entry, Section("development_areas", area.key))
        area.evidence = [row["evidence_id"] for row in rows.get(Section("citations", area.key), {}).values()]
    return Evaluation(
        **model_fields(Evaluation, rows[HEAD][ONLY]),
        setting=made(Setting, SETTING)[0],
        areas=areas,
        evidence=made(Evidence, Section("evidence")),
        actions=made(Action, Section("actions")),
    )
