"""Opens a file only after every check, for writing where that is possible, else for reading only."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select, update

from apq_desktop.errors import DamagedFileError, NewerFileError, WorkspaceRefusedError
from apq_desktop.store import integrity
from apq_desktop.store.connection import Database, Mode
from apq_desktop.store.failures import FAILURES, UNFIT, is_kind
from apq_desktop.store.integrity import Identity
from apq_desktop.store.ledger import Books, read_books
from apq_desktop.store.tables import META
from apq_desktop.store.whole import Reader, RowDamagedError

MAY_NOT_CHANGE = "This file can be read but not changed; save a copy in another folder to work on it."
FOLDER_READ_ONLY = (
    "This file can be read but not changed, because nothing can be written in its folder;"
    " save a copy in another folder to work on it."
)
OPENED_READ_ONLY = "This file was opened for reading only."
NEWER_READ_ONLY = (
    "This file was made by a newer version of APQ Desktop{version}, so it can be read but not changed here."
)


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file. ``books`` is None for a newer one; ``reason`` says why it is only for reading."""

    database: Database
    books: Books | None
    reason: str


def open_file(path: Path, *, read_only: bool) -> Opened:
    """Check and open a file. Raises WorkspaceRefusedError, DamagedFileError or NewerFileError."""
    identity = integrity.identify(path)
    if read_only or identity.is_newer:
        return _open(path, "ro", identity, OPENED_READ_ONLY)
    opened = _open(path, "rw", identity, "")
    try:
        reason = _why_read_only(opened.database)
    except BaseException:
        opened.database.close()
        raise
    if not reason:
        return opened
    opened.database.close()
    return _open(path, "ro", identity, reason)


def _open(path: Path, mode: Mode, identity: Identity, reason: str) -> Opened:
    try:
        database = Database(path, mode)
    except FAILURES as error:
        raise refused(path, error) from error
    try:
        _refuse_log(database)
        if identity.is_newer:
            return Opened(database, None, _check_newer(database))
        return Opened(database, _check(database), reason)
    except BaseException as error:
        database.close()
        if isinstance(error, FAILURES):
            raise refused(path, error) from error
        raise


def _refuse_log(database: Database) -> None:
    """Refuse a file that another program keeps with a log of its own; ours never are."""
    if database.journal_mode() == "wal":
        raise WorkspaceRefusedError(database.path, integrity.ALTERED)


def _check(database: Database) -> Books:
    with database.reading() as connection:
        identity = integrity.check_identity(database.path, connection)
        integrity.check_schema(database.path, connection, identity.version)
        books = read_books(connection)
        if books is None:
            raise DamagedFileError(database.path, integrity.DAMAGED)
        integrity.check_content(database.path, connection, books)
    return books


def _check_newer(database: Database) -> str:
    """Read everything that a newer file holds, as far as this version knows it; the reason to read only."""
    version = ""
    with database.reading() as connection:
        identity = integrity.check_identity(database.path, connection)
        integrity.check_schema(database.path, connection, identity.version)
        try:
            version = f" ({str(connection.execute(select(META.c.program)).scalar())[:20]})"
            reader = Reader(connection, verify=False)
            for heading in reader.headings():
                reader.evaluation(heading.id)
        except (*FAILURES, *UNFIT, RowDamagedError) as error:
            raise NewerFileError(database.path, integrity.NEWER.format(version=version)) from error
    return NEWER_READ_ONLY.format(version=version)


class _TakenBackError(Exception):
    """Ends a transaction that was only tried."""


def _why_read_only(database: Database) -> str:
    """Try to write without changing anything; the reason why that fails, or nothing."""
    try:
        database.journal_mode("TRUNCATE")
        with contextlib.suppress(_TakenBackError), database.writing() as connection:
            # SQLite does not write what stays as it is, so there has to be something new.
            connection.execute(update(META).values(generation=META.c.generation + 1))
            raise _TakenBackError
    except FAILURES as error:
        if is_kind(error, "SQLITE_READONLY_DIRECTORY", "SQLITE_CANTOPEN"):
            return FOLDER_READ_ONLY
        if is_kind(error, "SQLITE_READONLY", "SQLITE_PERM"):
            return MAY_NOT_CHANGE
        if not is_kind(error, "SQLITE_FULL", "SQLITE_IOERR"):
            raise refused(database.path, error) from error
    return ""


def refused(path: Path, error: BaseException) -> WorkspaceRefusedError:
    """The sentence for a file that could not be read."""
    if is_kind(error, "SQLITE_BUSY", "SQLITE_LOCKED"):
        return WorkspaceRefusedError(path, integrity.IN_USE)
    if is_kind(error, "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_SCHEMA", "SQLITE_ERROR", "SQLITE_INTERRUPT"):
        return DamagedFileError(path, integrity.DAMAGED)
    return WorkspaceRefusedError(path, integrity.UNREADABLE)
