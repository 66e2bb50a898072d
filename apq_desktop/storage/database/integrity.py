"""Whether a file is a workspace of ours, whole, and free of what is not ours. Nothing here writes."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection

from apq_desktop.errors import DamagedFileError, NewerFileError, WorkspaceRefusedError
from apq_desktop.storage.database.connection import uri
from apq_desktop.storage.database.migrations import READ_SCHEMA, STEPS, VERSION, Step, schema, tables_of
from apq_desktop.storage.database.tables import APPLICATION_ID, CONTENT, HISTORY, KEPT_FILES, META
from apq_desktop.storage.rows.row_mapping import NO_ROWS, added_up, checksum
from apq_desktop.storage.rows.transaction import FileState

SMALLEST = 512
"""Bytes: SQLite's smallest page. A shorter file was cut off."""
LARGEST = 2_000_000_000
"""Bytes: far beyond any year's work."""

MISSING = "The file is not there; it may have been moved, renamed or deleted."
IS_FOLDER = "This is a folder; choose a file whose name ends in .apq."
NOT_A_FILE = "This is not an ordinary file; choose a file whose name ends in .apq."
EMPTY = "The file is empty; bring back a backup, or use an earlier copy of it."
TOO_LARGE = "The file is larger than any that APQ Desktop writes, so it was not opened."
FOREIGN = "This file was not made by APQ Desktop, so it was not opened."
UNREADABLE = "The file could not be read; check that you may open it and that the disk or stick is connected."
ALTERED = (
    "The file holds parts that APQ Desktop did not put there, so it was not opened;"
    " bring back a backup, or use an earlier copy."
)
DAMAGED = "The file is damaged and was left as it is; bring back a backup, or what can still be read of it."
BESIDE = (
    "Something lies beside the file that APQ Desktop did not put there, so it was not opened;"
    " copy the file alone into another folder, and open it there."
)
IN_USE = "Another program is using the file; close it there, then open it again."
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")
_MOST_ROWS = 1 << 53
HISTORY_TABLES = tuple(table.name for table in HISTORY)
NEWER = "The file was made by a newer version of APQ Desktop{version}; install that version to open it."


def version_from_outside(path: Path) -> int:
    """The version of a file's tables, without locking it or making anything beside it. Raises WorkspaceRefusedError.

    Where a crash left a journal, or while somebody saves, the file may look cut off: only opening it tells.
    """
    size = size_of(path)
    check_beside(path)
    try:
        connection = sqlite3.connect(uri(path, "mode=ro&immutable=1"), uri=True, isolation_level=None)
    except sqlite3.Error as error:
        raise WorkspaceRefusedError(path, UNREADABLE) from error
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        page_size = connection.execute("PRAGMA page_size").fetchone()[0]
    except UnicodeError as error:
        raise DamagedFileError(path, DAMAGED) from error
    except sqlite3.DatabaseError as error:
        if not error.sqlite_errorname.startswith("SQLITE_CORRUPT"):
            foreign = error.sqlite_errorname == "SQLITE_NOTADB"
            raise WorkspaceRefusedError(path, FOREIGN if foreign else UNREADABLE) from error
        return VERSION
    finally:
        connection.close()
    if application != APPLICATION_ID or version < 1:
        raise WorkspaceRefusedError(path, FOREIGN)
    if size % page_size and not has_journal(path):
        raise DamagedFileError(path, DAMAGED)
    return int(version)


def version_of(path: Path, connection: Connection) -> int:
    """The version of an open file's tables, when nothing half done is left in it. Raises WorkspaceRefusedError."""
    application = connection.exec_driver_sql("PRAGMA application_id").scalar()
    version = connection.exec_driver_sql("PRAGMA user_version").scalar()
    if application != APPLICATION_ID or not isinstance(version, int) or version < 1:
        raise WorkspaceRefusedError(path, FOREIGN)
    return version


def has_journal(path: Path) -> bool:
    """Whether something lies beside a file that SQLite may have to take back into it."""
    status = _beside(path, "-journal")
    return status is not None and (status.st_size > 0 or not stat.S_ISREG(status.st_mode))


def check_beside(path: Path) -> None:
    """Refuse a file beside which lies what SQLite would act on and this program never leaves there.

    SQLite writes what is in a log into the file, waits for a pipe, and follows a link to somebody else's file.
    """
    journal = _beside(path, "-journal")
    if _beside(path, "-wal") or _beside(path, "-shm") or (journal and not stat.S_ISREG(journal.st_mode)):
        raise WorkspaceRefusedError(path, BESIDE)
    if journal and _names_another_file(path):
        raise WorkspaceRefusedError(path, BESIDE)


def _beside(path: Path, ending: str) -> os.stat_result | None:
    try:
        return os.lstat(f"{path}{ending}")
    except OSError:
        return None


def _names_another_file(path: Path) -> bool:
    """Whether a file's journal asks SQLite to take back, and then to delete, a third file.

    That is what saving to several files at once leaves behind, which this program never does: only somebody
    who means harm puts it there. The name stands at the end, before these eight bytes.
    """
    try:
        with Path(f"{path}-journal").open("rb") as journal:
            journal.seek(-len(_JOURNAL_MAGIC), os.SEEK_END)
            return journal.read() == _JOURNAL_MAGIC
    except OSError:
        return False


def size_of(path: Path) -> int:
    """A file's size in bytes, after what can be seen of it from outside was checked."""
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise WorkspaceRefusedError(path, MISSING) from error
    except (OSError, ValueError) as error:
        raise WorkspaceRefusedError(path, UNREADABLE) from error
    if stat.S_ISDIR(status.st_mode):
        raise WorkspaceRefusedError(path, IS_FOLDER)
    if not stat.S_ISREG(status.st_mode):
        raise WorkspaceRefusedError(path, NOT_A_FILE)
    if status.st_size == 0:
        raise WorkspaceRefusedError(path, EMPTY)
    if status.st_size < SMALLEST:
        raise WorkspaceRefusedError(path, FOREIGN)
    if status.st_size > LARGEST:
        raise WorkspaceRefusedError(path, TOO_LARGE)
    if not os.access(path, os.R_OK):
        raise WorkspaceRefusedError(path, UNREADABLE)
    return status.st_size


def check_schema(path: Path, connection: Connection, version: int, steps: tuple[Step, ...] = STEPS) -> None:
    """Refuse a file with any table, index, trigger or view that is not ours, or without one that is."""
    found = frozenset(tuple(row) for row in connection.exec_driver_sql(READ_SCHEMA))
    if version > len(steps):
        # A newer version may have more tables, but never a trigger, a view or a virtual table.
        names = {name for kind, name, _, sql in found if kind == "table" and str(sql).startswith("CREATE TABLE")}
        strange = any(kind not in ("table", "index") or "VIRTUAL" in str(sql)[:40] for kind, _, _, sql in found)
        if strange or not {table.name for table in (META, *CONTENT)} <= names:
            raise NewerFileError(path, NEWER.format(version=""))
        return
    known = schema(version, steps)
    if not found:
        raise DamagedFileError(path, DAMAGED)
    if found - known:
        raise WorkspaceRefusedError(path, ALTERED)
    if found != known:
        raise DamagedFileError(path, DAMAGED)


def check_structure(path: Path, connection: Connection) -> None:
    """Check what SQLite can check: that every page and row is where it belongs, and of its kind."""
    answer = connection.exec_driver_sql("PRAGMA integrity_check(1)").fetchall()
    if [tuple(row) for row in answer] != [("ok",)]:
        raise DamagedFileError(path, DAMAGED)
    if connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise DamagedFileError(path, DAMAGED)


def check_content(
    path: Path,
    connection: Connection,
    file_state: FileState | None,
    version: int = VERSION,
    steps: tuple[Step, ...] = STEPS,
) -> None:
    """Check SQLite's own structure, every row's checksum, and the digest of the whole document."""
    check_structure(path, connection)
    tables = content_tables(version, steps)
    if (
        file_state is None
        or not _adds_up(connection, file_state, tables)
        or file_state.digest != digest(connection, tables)
    ):
        raise DamagedFileError(path, DAMAGED)


def _adds_up(connection: Connection, file_state: FileState, tables: Iterable[str]) -> bool:
    """Whether the next row's number is free, and there is room to count on for ever."""
    last = [
        connection.exec_driver_sql(f'SELECT max(row_id) FROM "{table}"').scalar()  # noqa: S608 - our own tables
        for table in (*tables, *HISTORY_TABLES)
    ]
    highest = max((number for number in last if number is not None), default=0)
    return highest < file_state.next_row < _MOST_ROWS and 0 <= file_state.generation < _MOST_ROWS


def check_history(path: Path, connection: Connection, file_state: FileState) -> None:
    """Check the history, which is not needed to open a file and may be long."""
    if file_state.history_digest != digest(connection, HISTORY_TABLES):
        raise DamagedFileError(path, DAMAGED)


def content_tables(version: int, steps: tuple[Step, ...] = STEPS) -> frozenset[str]:
    """The names of the tables that the digest of a version's document is over.

    Whole files that are kept are proved by what the digest is over (see ``kept_files``).
    """
    return tables_of(version, steps) - {META.name, *HISTORY_TABLES, *(table.name for table in KEPT_FILES.values())}


def digest(connection: Connection, tables: Iterable[str]) -> bytes | None:
    """The digest of whole tables, or None where a row is not as it was written."""
    total = NO_ROWS
    for table in tables:
        sums = []
        for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"'):  # noqa: S608 - our own tables' names
            *values, expected = row
            if checksum(table, values) != expected:
                return None
            sums.append(expected)
        total = added_up(total, sums)
    return total
