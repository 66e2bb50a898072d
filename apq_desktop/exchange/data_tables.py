"""The tables that analysts work with: evaluations, areas, entries, evidence, actions, requests, answers.

One row is one thing. Each begins with the setting, the evaluation, its revision and its state, so that any table can be
read by itself. Rows come in the order given; nothing in them is counted, scored or ranked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from apq_desktop.evaluation.edits.changes import TargetKind
from apq_desktop.evaluation.field_values import FieldReader
from apq_desktop.evaluation.fields import Field, fields_of
from apq_desktop.evaluation.model import AreaRecord, Evaluation
from apq_desktop.evaluation.rules.numbering import numbers
from apq_desktop.evaluation.text.dates import local_stamp, parse
from apq_desktop.review.exchange_state import Exchange
from apq_desktop.toolkit.catalogue import Catalogue

ColumnType = Literal["text", "date", "number", "yes or no"]
Cell = str | date | int | bool | None


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column: its heading, and of what type its cells are. None is an empty cell of any type."""

    name: str
    type: ColumnType = "text"


@dataclass(frozen=True, slots=True)
class DataTable:
    """One table. ``name`` is that of its file or sheet."""

    name: str
    columns: tuple[DataColumn, ...]
    rows: Sequence[tuple[Cell, ...]]


@dataclass(frozen=True, slots=True)
class Standpoint:
    """A revision of an evaluation as it stands: ``state`` in words, and what was asked and answered about it.

    ``exchange`` holds only what may leave.
    """

    evaluation: Evaluation
    state: str = ""
    exchange: Exchange = field(default_factory=Exchange)


WHOSE = (
    DataColumn("Setting"),
    DataColumn("Evaluation"),
    DataColumn("Revision", "number"),
    DataColumn("State"),
    DataColumn("Evaluation id"),
)
_AREA = (DataColumn("Area number", "number"), DataColumn("Area title"))
_KINDS = {"strengths": "Strength", "development_areas": "Development area"}
_FOLLOWED = {"answer": "Answer", "close": "Closed", "reopen": "Asked again", "take-over": "Taken over"}
_WAITS = {"reviewer": "The reviewer", "setting": "The setting", "": ""}


def data_tables(standpoints: Iterable[Standpoint], catalogue: Catalogue) -> tuple[DataTable, ...]:
    """All tables of some evaluations. Memory grows with their texts."""
    made = {name: (columns(), rows, list[tuple[Cell, ...]]()) for name, (columns, rows) in _TABLES.items()}
    for one in standpoints:
        source = _Source(one, catalogue)
        for _, rows, found in made.values():
            found += [(*source.whose, *row) for row in rows(source)]
    return tuple(DataTable(name, (*WHOSE, *columns), found) for name, (columns, _, found) in made.items())


class _Source:
    """What the rows of one evaluation are made from."""

    def __init__(self, standpoint: Standpoint, catalogue: Catalogue) -> None:
        one = self.evaluation = standpoint.evaluation
        self.exchange = standpoint.exchange
        self.reader = FieldReader.of(one, catalogue)
        self.numbers = numbers(one)
        self.titles = {area.key: (area.number, area.title) for area in one.areas}
        self.whose = (one.setting.name, one.title, one.revision, standpoint.state, one.id)

    def cells(self, kind: TargetKind, thing: Any, leave_out: Sequence[str] = ()) -> Iterator[Cell]:
        """The cells of every field of a thing. A date has two: one to reckon with, one as it was written."""
        for one in _fields(kind, leave_out):
            if one.is_date:
                yield parse(getattr(thing, one.name))
            yield self.reader.shown(one, thing)

    def area(self, key: str) -> tuple[Cell, Cell]:
        return self.titles.get(key, (None, key))


def _fields(kind: TargetKind, leave_out: Sequence[str] = ()) -> list[Field]:
    return [one for one in fields_of(kind) if one.name not in leave_out]


def _columns(kind: TargetKind, leave_out: Sequence[str] = ()) -> Iterator[DataColumn]:
    for one in _fields(kind, leave_out):
        if one.is_date:
            yield DataColumn(one.label, "date")
        yield DataColumn(f"{one.label} (as written)" if one.is_date else one.label)


def _evaluation_columns() -> tuple[DataColumn, ...]:
    last = (DataColumn("Setting id"), DataColumn("Changed on", "date"), DataColumn("Next review", "date"))
    return (*_columns("setting", ("name",)), *_columns("evaluation", ("title",)), *last)


def _evaluations(source: _Source) -> Iterator[tuple[Cell, ...]]:
    one, review = source.evaluation, source.exchange.next_review
    cells = (*source.cells("setting", one.setting, ("name",)), *source.cells("evaluation", one, ("title",)))
    yield (*cells, one.setting.id, _day(one.changed), parse(review.on) if review else None)


def _area_columns() -> tuple[DataColumn, ...]:
    return (
        *_AREA,
        DataColumn("Applies", "yes or no"),
        DataColumn("Ready", "yes or no"),
        *_columns("area", ("applies",)),
    )


def _areas(source: _Source) -> Iterator[tuple[Cell, ...]]:
    for area in source.evaluation.areas:
        yield (area.number, area.title, area.applies, area.ready, *source.cells("area", area, ("applies",)))


def _entry_columns() -> tuple[DataColumn, ...]:
    return (
        *_AREA,
        DataColumn("Kind"),
        DataColumn("Question"),
        DataColumn("Text"),
        *_columns("strengths", ("text",)),
        DataColumn("Id"),
    )


def _entries(source: _Source) -> Iterator[tuple[Cell, ...]]:
    for area in source.evaluation.areas:
        yield from _entries_of(source, area)


def _entries_of(source: _Source, area: AreaRecord) -> Iterator[tuple[Cell, ...]]:
    for note in area.questions:
        if note.note:
            blank = len(list(_columns("strengths", ("text",))))
            yield (area.number, area.title, "Note", note.key, note.note, *[""] * blank, note.key)
    for part, word in _KINDS.items():
        for entry in getattr(area, part):
            cells = source.cells("strengths", entry, ("text",))
            yield (area.number, area.title, word, "", entry.text, *cells, entry.id)


def _evidence_columns() -> tuple[DataColumn, ...]:
    return (DataColumn("Number"), *_columns("evidence"), DataColumn("Cited in areas"), DataColumn("Id"))


def _evidence(source: _Source) -> Iterator[tuple[Cell, ...]]:
    for item in source.evaluation.evidence:
        cited = "; ".join(str(area.number) for area in source.evaluation.areas_citing(item.id))
        yield (source.numbers.evidence[item.id], *source.cells("evidence", item), cited, item.id)


def _action_columns() -> tuple[DataColumn, ...]:
    return (DataColumn("Number"), *_AREA, *_columns("actions", ("area",)), DataColumn("Id"))


def _actions(source: _Source) -> Iterator[tuple[Cell, ...]]:
    for action in source.evaluation.actions:
        number = source.numbers.actions[action.id]
        yield (number, *source.area(action.area), *source.cells("actions", action, ("area",)), action.id)


def _request_columns() -> tuple[DataColumn, ...]:
    asked = (
        DataColumn("Kind"),
        DataColumn("Text"),
        DataColumn("Quoted words"),
        DataColumn("Asked on", "date"),
        DataColumn("Asked by"),
    )
    return (
        *_AREA,
        *asked,
        DataColumn("Status"),
        DataColumn("Waits for"),
        DataColumn("Since", "date"),
        DataColumn("Id"),
    )


def _requests(source: _Source) -> Iterator[tuple[Cell, ...]]:
    for thread in source.exchange.threads:
        note, anchor = thread.note, thread.note.anchor
        if not thread.is_request:
            continue
        quoted = anchor.quote.exact if anchor and anchor.quote else ""
        asked = (note.kind, note.text, quoted, _day(note.at), note.role)
        waits = (thread.status, _WAITS[thread.waits_for], _day(thread.since) if thread.waits_for else None)
        yield (*source.area(anchor.area if anchor else ""), *asked, *waits, note.id)


def _answer_columns() -> tuple[DataColumn, ...]:
    return (
        DataColumn("Request id"),
        DataColumn("What"),
        DataColumn("Text"),
        DataColumn("On", "date"),
        DataColumn("By"),
        DataColumn("Id"),
    )


def _answers(source: _Source) -> Iterator[tuple[Cell, ...]]:
    for thread in source.exchange.threads:
        for line in thread.followed:
            what = _FOLLOWED.get(line.what, line.what)
            yield (thread.note.id, what, line.text, _day(line.at), line.role or _WAITS[line.side], line.id)


def _day(stamp: str) -> date | None:
    return parse(local_stamp(stamp)[:10])


_TABLES: dict[str, tuple[Callable[[], tuple[DataColumn, ...]], Callable[[_Source], Iterator[tuple[Cell, ...]]]]] = {
    "evaluations": (_evaluation_columns, _evaluations),
    "areas": (_area_columns, _areas),
    "entries": (_entry_columns, _entries),
    "evidence": (_evidence_columns, _evidence),
    "actions": (_action_columns, _actions),
    "requests": (_request_columns, _requests),
    "answers": (_answer_columns, _answers),
}
