"""Brings the tables of an older file to what this version writes: all of it in one transaction, or nothing."""

from __future__ import annotations

from dataclasses import fields, replace

from sqlalchemy import Connection

from apq_desktop import __version__
from apq_desktop.errors import WorkspaceRefusedError
from apq_desktop.store import integrity
from apq_desktop.store.connection import Database
from apq_desktop.store.ledger import Books, read_books
from apq_desktop.store.migrations import STEPS, Step, migrate
from apq_desktop.store.rows import NO_ROWS, checksum
from apq_desktop.store.tables import META


def update(database: Database, books: Books, steps: tuple[Step, ...] = STEPS) -> Books:
    """Bring an open file, which was checked, to the newest version; returns its books as they are then.

    Raises WorkspaceRefusedError where the file is not what ``books`` say any more, or is damaged, or what SQLite
    raises. Then the file is as it was, and so it is after a crash.
    """
    path = database.path
    # A table that is made anew may be referred to; this can be said outside a transaction only.
    database.driver.execute("PRAGMA foreign_keys = OFF")
    try:
        with database.writing(building=True) as connection:
            if read_books(connection) != books:
                # Another window brings it up to date, or has just done so.
                raise WorkspaceRefusedError(path, integrity.IN_USE)
            integrity.check_history(path, connection, books)
            migrate(connection, integrity.check_identity(path, connection).version, steps)
            after = _write_books(connection, books, steps)
            integrity.check_schema(path, connection, len(steps), steps)
            integrity.check_content(path, connection, read_books(connection), len(steps), steps)
    finally:
        database.driver.execute("PRAGMA foreign_keys = ON")
    return after


def _write_books(connection: Connection, books: Books, steps: tuple[Step, ...]) -> Books:
    after = replace(
        books,
        generation=books.generation + 1,
        program=__version__,
        digest=integrity.digest(connection, integrity.content_tables(len(steps), steps)) or NO_ROWS,
        history_digest=integrity.digest(connection, integrity.HISTORY_TABLES) or NO_ROWS,
    )
    row = dict(connection.exec_driver_sql("SELECT * FROM meta").mappings().one())
    row |= {field.name: getattr(after, field.name) for field in fields(Books)}
    *values, _ = row.values()
    row["checksum"] = checksum(META.name, values)
    columns = ", ".join(f'"{name}" = ?' for name in row)
    connection.exec_driver_sql(f"UPDATE meta SET {columns}", tuple(row.values()))  # noqa: S608 - our own columns
    return after
