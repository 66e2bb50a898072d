"""Bring the tables of an older file to what this version writes: all of it in one transaction, or nothing."""

from __future__ import annotations

import logging
from dataclasses import fields, replace

from sqlalchemy import Connection

from apq_desktop import __version__
from apq_desktop.errors import WorkspaceRefusedError
from apq_desktop.storage.database import integrity
from apq_desktop.storage.database.connection import Database
from apq_desktop.storage.database.migrations import STEPS, Step, migrate
from apq_desktop.storage.database.tables import META
from apq_desktop.storage.rows.row_mapping import NO_ROWS, checksum
from apq_desktop.storage.rows.transaction import FileState, read_file_state

_log = logging.getLogger(__name__)


def update(database: Database, file_state: FileState, steps: tuple[Step, ...] = STEPS) -> FileState:
    """Bring an open file, which was checked, to the newest version; returns its books as they are then.

    Raises WorkspaceRefusedError where the file is not what ``file_state`` say any more, or is damaged, or what SQLite
    raises. Then the file is as it was, and so it is after a crash.
    """
    path = database.path
    # A table that is made again may be referred to; this can be said outside a transaction only.
    database.driver.execute("PRAGMA foreign_keys = OFF")
    try:
        with database.writing(building=True) as connection:
            if read_file_state(connection) != file_state:
                # Another window brings it up to date, or has just done so.
                raise WorkspaceRefusedError(path, integrity.IN_USE)
            integrity.check_history(path, connection, file_state)
            before = integrity.version_of(path, connection)
            migrate(connection, before, steps)
            after = _write_books(connection, file_state, steps)
            integrity.check_schema(path, connection, len(steps), steps)
            integrity.check_content(path, connection, read_file_state(connection), len(steps), steps)
    finally:
        database.driver.execute("PRAGMA foreign_keys = ON")
    _log.info("migrated: tables of version %s brought to %s", before, len(steps))
    return after


def _write_books(connection: Connection, file_state: FileState, steps: tuple[Step, ...]) -> FileState:
    after = replace(
        file_state,
        generation=file_state.generation + 1,
        program=__version__,
        digest=integrity.digest(connection, integrity.content_tables(len(steps), steps)) or NO_ROWS,
        history_digest=integrity.digest(connection, integrity.HISTORY_TABLES) or NO_ROWS,
    )
    row = dict(connection.exec_driver_sql("SELECT * FROM meta").mappings().one())
    row |= {field.name: getattr(after, field.name) for field in fields(FileState)}
    *values, _ = row.values()
    row["checksum"] = checksum(META.name, values)
    columns = ", ".join(f'"{name}" = ?' for name in row)
    connection.exec_driver_sql(f"UPDATE meta SET {columns}", tuple(row.values()))  # noqa: S608 - our own columns
    return after
