"""Write rows and keep the books: checksums, the two digests, the next free row id, the generation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

from sqlalchemy import Connection, Delete, Table, Update, bindparam, delete, update

from apq_desktop.errors import FileChangedError
from apq_desktop.storage.database.sqlite_errors import CHANGED
from apq_desktop.storage.database.tables import HISTORY, META
from apq_desktop.storage.rows.row_mapping import NO_ROWS, Row, added_up, checksum, with_checksum


@dataclass(frozen=True, slots=True)
class FileState:
    """The row of ``meta``: which state of the file this is.

    ``generation`` grows with each save; ``next_row`` is the next row id; the digests are over what is
    recorded and over its history.
    """

    workspace_id: str
    program: str
    generation: int = 0
    next_row: int = 1
    digest: bytes = NO_ROWS
    history_digest: bytes = NO_ROWS

    def row(self) -> dict[str, Any]:
        """The row as it stands in the file."""
        values = {name: getattr(self, name) for name in META.c.keys()[1:-1]}
        return with_checksum(META, {"row_id": 1, **values})


_KIND = {field.name: str(field.type) for field in fields(FileState)}


def read_file_state(connection: Connection) -> FileState | None:
    """The file's books, or None where they are not whole. Reads those of every version."""
    rows = connection.exec_driver_sql("SELECT * FROM meta LIMIT 2").mappings().all()
    if len(rows) != 1 or rows[0].get("row_id") != 1:
        return None
    (row,) = rows
    *values, expected = row.values()
    if checksum(META.name, values) != expected:
        return None
    kept: dict[str, Any] = {field.name: row.get(field.name) for field in fields(FileState)}
    if any(type(value).__name__ != _KIND[name] for name, value in kept.items()):
        return None
    return FileState(**kept)


@cache
def _of_old_row(verb: Callable[[Table], Update | Delete], table: Table) -> Update | Delete:
    """A statement on the row ``old_row_id`` if its checksum is still ``old_checksum``.

    Each is built once: to build one takes longer than to carry it out.
    """
    is_old = (table.c.row_id == bindparam("old_row_id"), table.c.checksum == bindparam("old_checksum"))
    return verb(table).where(*is_old)


class WriteTransaction:
    """One transaction's writing. Nothing of it counts before ``close`` and the commit that follows."""

    def __init__(self, connection: Connection, file_state: FileState) -> None:
        self.connection = connection
        self.before = file_state
        self._next_row = file_state.next_row
        self._plus: dict[bool, list[bytes]] = {False: [], True: []}
        self._minus: dict[bool, list[bytes]] = {False: [], True: []}

    def next_row(self) -> int:
        """A row id that no row of this file ever had."""
        self._next_row += 1
        return self._next_row - 1

    def insert(self, table: Table, rows: Sequence[Row]) -> list[Row]:
        """Put new rows, each with its ``row_id``, into a table. Returns them with their checksums."""
        whole = [with_checksum(table, row) for row in rows]
        if whole:
            self.connection.execute(table.insert(), whole)
            self._plus[table in HISTORY] += [row["checksum"] for row in whole]
        return list(whole)

    def update(self, table: Table, row: Row, values: Row) -> Row:
        """Give columns of one row new values; ``row`` is as it was read. Returns it as it stands now."""
        changed = {name: value for name, value in values.items() if row[name] != value}
        if not changed:
            return row
        new = with_checksum(table, {**row, **changed})
        changed["checksum"] = new["checksum"]
        self._exactly_one(_of_old_row(update, table), {**changed, **_old(row)})
        self._plus[table in HISTORY].append(new["checksum"])
        self._minus[table in HISTORY].append(row["checksum"])
        return new

    def delete(self, table: Table, row: Row) -> None:
        """Take one row away; ``row`` is as it was read."""
        self._exactly_one(_of_old_row(delete, table), _old(row))
        self._minus[table in HISTORY].append(row["checksum"])

    def close(self) -> FileState:
        """Write the books, if the file is still what it was after the last save. Raises FileChangedError."""
        before = self.before
        after = replace(
            before,
            generation=before.generation + 1,
            next_row=self._next_row,
            digest=added_up(before.digest, self._plus[False], self._minus[False]),
            history_digest=added_up(before.history_digest, self._plus[True], self._minus[True]),
        )
        values = after.row()
        del values["row_id"]
        self._exactly_one(_of_old_row(update, META), {**values, **_old(before.row())})
        return after

    def _exactly_one(self, statement: Update | Delete, values: Mapping[str, object]) -> None:
        if self.connection.execute(statement, values).rowcount != 1:
            raise FileChangedError(CHANGED)


def _old(row: Row) -> dict[str, object]:
    return {"old_row_id": row["row_id"], "old_checksum": row["checksum"]}
