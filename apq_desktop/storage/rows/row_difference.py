"""Carries out changes on an evaluation's rows, as ``evaluation.changes.apply`` does in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, bindparam, func, select

from apq_desktop.evaluation.edits.changes import (
    AddItem,
    Change,
    ListPlace,
    MoveItem,
    RemoveItem,
    SetField,
    Target,
    single_steps,
)
from apq_desktop.storage.database.tables import (
    AREAS,
    CITATIONS,
    ENTRIES,
    EVALUATIONS,
    NOTES,
    OF_AREA,
    SETTINGS,
    STEP,
    TABLE_OF_LIST,
    TABLE_OF_TARGET,
)
from apq_desktop.storage.history.recorder import EditBursts, keep_item, keep_text, stamp
from apq_desktop.storage.rows.row_mapping import field_value, kept_fields, kept_value
from apq_desktop.storage.rows.transaction import WriteTransaction

_NOT_FIELDS = frozenset(
    {"row_id", "checksum", "position", "evaluation_row", "area_row", "list_name", "id", "key", "evidence_id"}
)
_OUTERMOST = 1 << 62
"""Beyond this, a list's positions are given out anew."""


@dataclass(frozen=True, slots=True)
class _List:
    """The rows of one list: their table, and the values that select them."""

    table: Table
    of: Mapping[str, Any]


class Changing:
    """The changes of one evaluation within one transaction. Raises KeyError for what is not there."""

    def __init__(self, transaction: WriteTransaction, stretches: EditBursts, evaluation_id: str, at: datetime) -> None:
        self._transaction = transaction
        self._stretches = stretches
        self._id = evaluation_id
        self._at = at
        find = self._statement("evaluation", lambda: select(EVALUATIONS).where(_is(EVALUATIONS, "id")))
        self._evaluation = transaction.one(find, {"find_id": evaluation_id}, EVALUATIONS)
        self._new = dict(self._evaluation)

    def carry_out(self, change: Change) -> None:
        """Carry out one change."""
        for step in single_steps(change):
            match step:
                case SetField():
                    self._set(step)
                case AddItem():
                    self._add(step)
                case RemoveItem():
                    self._remove(step)
                case MoveItem():
                    self._move(step)

    def finish(self) -> None:
        """Write down when the evaluation was last changed."""
        self._new["changed"] = stamp(self._at)
        self._transaction.update(EVALUATIONS, self._evaluation, self._new)

    def _set(self, step: SetField) -> None:
        table = TABLE_OF_TARGET[step.target.kind]
        if step.field in _NOT_FIELDS or step.field not in table.c:
            raise KeyError(step.field)
        new = kept_value(step.field, step.value)
        row = self._target(step.target, table)
        if row[step.field] != new:
            keep_text(
                self._transaction,
                self._stretches,
                (self._id, step.target, step.field),
                row[step.field],
                new,
                self._at,
            )
        if table is EVALUATIONS:
            self._new[step.field] = new
        else:
            self._transaction.update(table, row, {step.field: new})

    def _target(self, target: Target, table: Table) -> dict[str, Any]:
        match target.kind:
            case "setting" | "area":
                values = {"find_evaluation_row": self._evaluation["row_id"], "find_key": target.key}
                columns = ("evaluation_row",) if table is SETTINGS else ("evaluation_row", "key")
                find = self._statement(target.kind, lambda: select(table).where(*_all(table, columns)))
                return self._transaction.one(find, values, table)
            case "note":
                values = {"find_area_row": self._area(target.area), "find_key": target.key}
                find = self._statement("note", lambda: select(NOTES).where(*_all(NOTES, ("area_row", "key"))))
                return self._transaction.one(find, values, table)
            case "evaluation":
                return self._new
            case kind:
                # As in memory, the register and the actions are one list each, whatever area is named.
                area = "" if kind in ("evidence", "actions") else target.area
                return self._item(self._list(ListPlace(kind, area)), target.key)

    def _area(self, key: str) -> int:
        known, place = self._transaction.statements.known_areas, (self._evaluation["row_id"], key)
        if place not in known:
            values = {"find_evaluation_row": place[0], "find_key": key}
            wanted = select(AREAS.c.row_id).where(*_all(AREAS, ("evaluation_row", "key")))
            find = self._statement("area row", lambda: wanted)
            row = self._transaction.connection.execute(find, values).scalar()
            if row is None:
                raise KeyError(key)
            known[place] = row
        return known[place]

    def _list(self, place: ListPlace) -> _List:
        table = TABLE_OF_LIST[place.name]
        if table not in OF_AREA:
            return _List(table, {"evaluation_row": self._evaluation["row_id"]})
        of: dict[str, Any] = {"area_row": self._area(place.area)}
        return _List(table, of | {"list_name": place.name} if table is ENTRIES else of)

    def _item(self, there: _List, item_id: str) -> dict[str, Any]:
        """The first item of a list with this id."""
        table = there.table
        column = "evidence_id" if table is CITATIONS else "id"
        find = self._statement(
            f"item of {table.name}",
            lambda: (
                select(table)
                .where(*_all(table, (*there.of, column)))
                .order_by(table.c.position, table.c.row_id)
                .limit(1)
            ),
        )
        return self._transaction.one(find, _find(there.of) | {f"find_{column}": item_id}, table)

    def _add(self, step: AddItem) -> None:
        there = self._list(step.place)
        item = step.item
        fields = {"evidence_id": kept_value("", item)} if isinstance(item, str) else kept_fields(item)
        position = self._position(there, step.position, moved=0)
        row = {"row_id": self._transaction.next_row(), **there.of, **fields, "position": position}
        self._transaction.insert(there.table, [row])

    def _remove(self, step: RemoveItem) -> None:
        there = self._list(step.place)
        row = self._item(there, step.item if isinstance(step.item, str) else step.item.id)
        item = row["evidence_id"] if there.table is CITATIONS else _item_fields(row)
        keep_item(self._transaction, self._id, (step.place.name, step.place.area, step.position), item, self._at)
        self._transaction.delete(there.table, row)

    def _move(self, step: MoveItem) -> None:
        there = self._list(step.place)
        row = self._item(there, step.item_id)
        position = self._position(there, step.position, moved=row["row_id"])
        if position is not None:
            # Room may have been made just now, which gave this row a new position as well.
            row = self._item(there, step.item_id)
        self._transaction.update(there.table, row, {"position": position})

    def _position(self, there: _List, index: int, *, moved: int) -> int:
        """A position in the file that puts an item at ``index`` among the others of a list."""
        for _ in range(2):
            before, after = self._neighbours(there, index, moved)
            if before is None and after is None:
                return 0
            if after is None:
                assert before is not None
                position = before + STEP
            elif before is None:
                position = after - STEP
            else:
                position = (before + after) // 2
            if position not in (before, after) and abs(position) < _OUTERMOST:
                return position
            self._make_room(there)
        raise ValueError(index)

    def _neighbours(self, there: _List, index: int, moved: int) -> tuple[int | None, int | None]:
        """The positions of the items that will stand before and after ``index``, without the one moved."""
        table = there.table

        def others(column: ColumnElement[int]) -> Select[Any]:
            return select(column).where(*_all(table, tuple(there.of)), table.c.row_id != bindparam("moved"))

        execute, values = self._transaction.connection.execute, _find(there.of) | {"moved": moved}
        find = self._statement(
            f"neighbours in {table.name}",
            lambda: (
                others(table.c.position)
                .order_by(table.c.position, table.c.row_id)
                .limit(2)
                .offset(bindparam("skipped"))
            ),
        )
        found = list(execute(find, values | {"skipped": max(index - 1, 0)}).scalars())
        if index <= 0:
            return None, found[0] if found else None
        if len(found) == 2:
            return found[0], found[1]
        last = self._statement(f"last of {table.name}", lambda: others(func.max(table.c.position)))
        return execute(last, values).scalar(), None

    def _make_room(self, there: _List) -> None:
        """Give the items of one list positions with the widest gaps."""
        table = there.table
        wanted = select(table).where(*_all(table, tuple(there.of)))
        rows = self._transaction.connection.execute(wanted.order_by(table.c.position, table.c.row_id), _find(there.of))
        for number, row in enumerate(rows.mappings().all()):
            self._transaction.update(table, row, {"position": number * STEP})

    def _statement(self, name: str, build: Any) -> Select[Any]:
        return self._transaction.statements.finding(("changing", name), build)


def _is(table: Table, column: str) -> ColumnElement[bool]:
    return table.c[column] == bindparam(f"find_{column}")


def _all(table: Table, columns: tuple[str, ...]) -> list[ColumnElement[bool]]:
    return [_is(table, column) for column in columns]


def _find(values: Mapping[str, Any]) -> dict[str, Any]:
    return {f"find_{name}": value for name, value in values.items()}


def _item_fields(row: Mapping[str, Any]) -> dict[str, Any]:
    left_out = _NOT_FIELDS - {"id"}
    return {name: field_value(name, value) for name, value in row.items() if name not in left_out}
