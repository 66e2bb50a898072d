"""Whole evaluations: reading one from its rows, putting one in, taking one away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, exists, func, select

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
    STEP,
)
from apq_desktop.storage.rows.row_mapping import Row, is_whole, kept_fields, kept_value, model_fields
from apq_desktop.storage.rows.transaction import WriteTransaction

MOST_ROWS, MOST_CHARACTERS = 100_000, 100_000_000
"""Far beyond what anybody writes: a file that holds more was made to do harm."""


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


class Reader:
    """Reads whole evaluations within one transaction. ``verify`` is off only for files of a newer version."""

    def __init__(self, connection: Connection, *, verify: bool = True) -> None:
        self._connection = connection
        self._verify = verify
        self._rows_left, self._characters_left = MOST_ROWS, MOST_CHARACTERS

    def headings(self) -> list[EvaluationHeading]:
        """What is in the file, in order of adding."""
        c = EVALUATIONS.c
        wanted = (
            select(c.id, c.title, c.period, SETTINGS.c.name, c.commissioner, c.changed, c.revision, _is_archived())
            .join_from(EVALUATIONS, SETTINGS, SETTINGS.c.evaluation_row == c.row_id)
            .order_by(c.row_id)
        )
        found = []
        for key, title, period, name, commissioner, changed, revision, archived in self._connection.execute(wanted):
            texts = (clean(text)[:MAX_LINE] for text in (title, period, name, commissioner, changed))
            found.append(EvaluationHeading(key, *texts, revision=revision, archived=archived))  # type: ignore[arg-type,misc]
        return found

    def evaluation(self, evaluation_id: str) -> Evaluation:
        """One evaluation. Raises NoSuchEvaluationError, RowDamagedError where it is not whole."""
        wanted = select(EVALUATIONS).where(EVALUATIONS.c.id == evaluation_id)
        head = next(self._whole(EVALUATIONS, self._connection.execute(wanted).mappings()), None)
        if head is None:
            raise NoSuchEvaluationError(evaluation_id)
        number = head["row_id"]
        setting = next((Setting(**model_fields(Setting, row)) for row in self._rows(SETTINGS, number)), None)
        if setting is None:
            raise RowDamagedError(SETTINGS.name)
        return Evaluation(
            **model_fields(Evaluation, head),
            setting=setting,
            areas=self._areas(number),
            evidence=[Evidence(**model_fields(Evidence, row)) for row in self._rows(EVIDENCE, number)],
            actions=[Action(**model_fields(Action, row)) for row in self._rows(ACTIONS, number)],
        )

    def _areas(self, evaluation_row: int) -> list[AreaRecord]:
        areas = {
            row["row_id"]: AreaRecord(**model_fields(AreaRecord, row)) for row in self._rows(AREAS, evaluation_row)
        }
        for row in self._rows(NOTES, evaluation_row):
            areas[row["area_row"]].questions.append(QuestionNote(**model_fields(QuestionNote, row)))
        for row in self._rows(CITATIONS, evaluation_row):
            areas[row["area_row"]].evidence.append(row["evidence_id"])
        for row in self._rows(ENTRIES, evaluation_row):
            area = areas[row["area_row"]]
            entries = area.strengths if row["list_name"] == "strengths" else area.development_areas
            entries.append(Entry(**model_fields(Entry, row)))
        return list(areas.values())

    def _rows(self, table: Table, evaluation_row: int) -> Iterator[Row]:
        """The rows of one evaluation in one table, in their order."""
        return self._whole(table, self._connection.execute(_of(table, evaluation_row)).mappings())

    def _whole(self, table: Table, rows: Iterable[RowMapping]) -> Iterator[Row]:
        for row in rows:
            if self._verify and not is_whole(table, row):
                raise RowDamagedError(table.name)
            self._rows_left -= 1
            self._characters_left -= sum(len(value) for value in row.values() if isinstance(value, str))
            if self._rows_left < 0 or self._characters_left < 0:
                raise RowDamagedError(table.name)
            yield row


def _is_archived() -> Any:
    return exists().where(ARCHIVED.c.evaluation_id == EVALUATIONS.c.id)


def _of(table: Table, evaluation_row: int) -> Any:
    wanted = select(table)
    if table in OF_AREA:
        wanted = wanted.where(
            table.c.area_row.in_(select(AREAS.c.row_id).where(AREAS.c.evaluation_row == evaluation_row))
        )
    elif table is EVALUATIONS:
        wanted = wanted.where(table.c.row_id == evaluation_row)
    else:
        wanted = wanted.where(table.c.evaluation_row == evaluation_row)
    return wanted.order_by(*(table.c[name] for name in ("position", "row_id") if name in table.c))


def add(transaction: WriteTransaction, evaluation: Evaluation) -> None:
    """Put a whole evaluation into the file."""
    rows = _all_rows(evaluation, transaction.next_row)
    for table in (EVALUATIONS, SETTINGS, AREAS, *OF_AREA, EVIDENCE, ACTIONS):
        transaction.insert(table, rows[table])


def _all_rows(evaluation: Evaluation, next_row: Callable[[], int]) -> dict[Table, list[Row]]:
    rows: dict[Table, list[Row]] = defaultdict(list)

    def put(table: Table, fields: Mapping[str, Any], **of: Any) -> int:
        number = next_row()
        rows[table].append({"row_id": number, **fields, **of})
        return number

    def put_list(table: Table, things: Iterable[Any], **of: Any) -> None:
        for n, thing in enumerate(things):
            fields = {"evidence_id": kept_value("", thing)} if isinstance(thing, str) else kept_fields(thing)
            put(table, fields, position=n * STEP, **of)

    head = put(EVALUATIONS, kept_fields(evaluation))
    put(SETTINGS, kept_fields(evaluation.setting), evaluation_row=head)
    for n, area in enumerate(evaluation.areas):
        number = put(AREAS, kept_fields(area), evaluation_row=head, position=n * STEP)
        put_list(NOTES, area.questions, area_row=number)
        put_list(ENTRIES, area.strengths, area_row=number, list_name="strengths")
        put_list(ENTRIES, area.development_areas, area_row=number, list_name="development_areas")
        put_list(CITATIONS, area.evidence, area_row=number)
    put_list(EVIDENCE, evaluation.evidence, evaluation_row=head)
    put_list(ACTIONS, evaluation.actions, evaluation_row=head)
    return rows


def remove(transaction: WriteTransaction, evaluation_id: str) -> None:
    """Take a whole evaluation out of the file. Raises KeyError where it is not there."""
    find = select(EVALUATIONS.c.row_id).where(EVALUATIONS.c.id == evaluation_id)
    number = transaction.connection.execute(find).scalar()
    if number is None:
        raise KeyError(evaluation_id)
    for table in (*OF_AREA, AREAS, EVIDENCE, ACTIONS, SETTINGS, EVALUATIONS):
        for row in transaction.connection.execute(_of(table, number)).mappings().all():
            transaction.delete(table, row)


def missing(connection: Connection, evaluation: Evaluation) -> list[tuple[AreaRecord, QuestionNote | None]]:
    """The areas (with no note) and the questions' notes that an evaluation in memory has and the file has not."""
    find = select(AREAS.c.key, NOTES.c.key).outerjoin(NOTES, NOTES.c.area_row == AREAS.c.row_id)
    of = AREAS.c.evaluation_row.in_(select(EVALUATIONS.c.row_id).where(EVALUATIONS.c.id == evaluation.id))
    there = {tuple(row) for row in connection.execute(find.where(of))}
    areas = {key for key, _ in there}
    lacking: list[tuple[AreaRecord, QuestionNote | None]] = []
    for area in evaluation.areas:
        if area.key not in areas:
            lacking.append((area, None))
        lacking += [(area, note) for note in area.questions if (area.key, note.key) not in there]
    return lacking


def add_missing(transaction: WriteTransaction, evaluation: Evaluation) -> None:
    """Put what is ``missing`` into the file, after what is there."""

    def after_last(table: Table, parent: Any) -> int:
        last = transaction.connection.execute(select(func.max(table.c.position)).where(parent)).scalar()
        return 0 if last is None else int(last) + STEP

    find = select(EVALUATIONS.c.row_id).where(EVALUATIONS.c.id == evaluation.id)
    head = transaction.connection.execute(find).scalar_one()
    for area, note in missing(transaction.connection, evaluation):
        if note is None:
            position = after_last(AREAS, AREAS.c.evaluation_row == head)
            row = {"row_id": transaction.next_row(), **kept_fields(area), "evaluation_row": head, "position": position}
            transaction.insert(AREAS, [row])
            continue
        of = select(AREAS.c.row_id).where(AREAS.c.evaluation_row == head, AREAS.c.key == area.key)
        parent = transaction.connection.execute(of).scalar_one()
        position = after_last(NOTES, NOTES.c.area_row == parent)
        row = {"row_id": transaction.next_row(), **kept_fields(note), "area_row": parent, "position": position}
        transaction.insert(NOTES, [row])
