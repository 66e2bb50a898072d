"""Copy a whole workspace, as one state of it, into a file that has its name only once it is proved right.

A copy is made under a name of its own, read back and compared with what was copied, written through to the
disk or USB drive, and only then given its name. A crash at any moment leaves what was there before.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sqlite3
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import Connection

from apq_desktop.errors import DamagedFileError, FileRefusedError, NotWrittenError, WorkspaceRefusedError
from apq_desktop.storage import kept_files
from apq_desktop.storage.database import integrity
from apq_desktop.storage.database.connection import Database, real_path, uri
from apq_desktop.storage.database.migrations import VERSION
from apq_desktop.storage.database.sqlite_errors import FAILURES, is_kind
from apq_desktop.storage.files.creation import EXISTS, LEFT_OVER, put_in_place, sync_folder
from apq_desktop.storage.rows.transaction import FileState, read_file_state

MAKING = ".apq-new"
"""How the names of unfinished files end; with a dot before them, most systems do not show them."""
_UNFINISHED = re.compile(rf"\.[0-9a-f]{{32}}{re.escape(MAKING)}(-journal)?")
_SURELY_LEFT = 3600
"""Seconds."""

ITSELF = "This is the open file itself; choose another name or folder."
NO_FOLDER = "The folder is not there; choose another place."
FULL = "There is not enough room on the disk or stick; make room on it, or choose another place."
FORBIDDEN = "Nothing can be written there; choose another folder."
NOT_REACHED = "The disk or stick was not reached; check that it is connected, then try again."
NOT_THE_SAME = "What was written could not be read back as it was, so no copy was made; try another disk or stick."
NOT_MADE = "The copy could not be made; choose another name or folder."
_REASONS = {
    FULL: (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)),
    FORBIDDEN: (errno.EACCES, errno.EPERM, errno.EROFS),
    NO_FOLDER: (errno.ENOENT, errno.ENOTDIR),
    NOT_REACHED: (errno.EIO, errno.ENODEV, errno.ENXIO),
}

MOST_WAITS = 20
"""How often a lock of another program is waited for, some seconds each time, before a copy is given up."""

LostFiles = frozenset[tuple[str, int]]
"""Kept files that are damaged or missing, by table and row."""


@dataclass(frozen=True, slots=True)
class CopySource:
    """What is copied: an open file at one moment. ``file_state`` is None for one of a newer version."""

    path: Path
    database: Database
    file_state: FileState | None

    @property
    def workspace_id(self) -> str:
        """The id of the workspace, or nothing where it is not known."""
        return self.file_state.workspace_id if self.file_state else ""

    @property
    def state(self) -> str:
        """A short text that differs for each state of a workspace."""
        return f"{self.file_state.generation:06}-{self.file_state.digest.hex()[:8]}" if self.file_state else "unknown"


def copy_whole(source: CopySource, target: Path, *, replace: bool = False) -> None:
    """Copy a workspace with everything in it to ``target``. Raises NotWrittenError; then nothing was changed."""
    write(target, lambda making: fill(source, making), replace=replace, never=source.path)


def write(target: Path, make: Callable[[Path], None], *, replace: bool, never: Path | None = None) -> None:
    """Let ``make`` write a file, then give it the name ``target``, over another one only with ``replace``.

    ``never`` is a file that is not replaced in any case. Raises NotWrittenError.
    """
    if never is not None and is_same_file(never, target):
        raise NotWrittenError(target, ITSELF)
    if os.path.lexists(target) and not replace:
        raise NotWrittenError(target, EXISTS)
    if integrity.has_journal(target):
        # SQLite would take it for the copy's own, and write what is in it into the copy.
        raise NotWrittenError(target, LEFT_OVER)
    making = target.with_name(f".{uuid.uuid4().hex}{MAKING}")
    try:
        os.close(os.open(making, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        make(making)
        sync_file(making)
        _name(making, target, replace=replace)
        _clear_away(target.parent)
    except FileExistsError as error:
        raise NotWrittenError(target, EXISTS) from error
    except FileRefusedError as error:
        raise NotWrittenError(target, error.sentence) from error
    except FAILURES as error:
        raise NotWrittenError(target, why(error)) from error
    finally:
        remove(making)


def is_same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, by whatever spelling or link; where it is gone, to one name."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return os.path.normcase(real_path(one).absolute()) == os.path.normcase(real_path(other).absolute())


def _name(made: Path, target: Path, *, replace: bool) -> None:
    if not replace:
        put_in_place(made, target)
        return
    made.replace(target)
    sync_folder(target.parent)


def fill(source: CopySource, target: Path) -> None:
    """Copy one state of an open file into the empty file ``target``, and prove that it is the same."""
    with source.database.reading() as connection:
        copy_pages(source.database, target)
        lost = _lost_files(connection)
    prove(target, source.file_state, lost)


def copy_pages(database: Database, target: Path) -> None:
    """Copy one state of an open file, whatever is in it, into the empty file ``target``.

    Raises WorkspaceRefusedError where another program keeps it locked all the while.
    """
    waits = count(1)

    def go_on(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and next(waits) >= MOST_WAITS:
            raise WorkspaceRefusedError(database.path, integrity.IN_USE)

    with contextlib.closing(sqlite3.connect(uri(target, "mode=rw"), uri=True, isolation_level=None)) as copy:
        # A crash leaves a file without a name; what is finished is written through before it gets one.
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        database.driver.backup(copy, progress=go_on)


def prove(path: Path, file_state: FileState | None, lost_files: LostFiles = frozenset()) -> None:
    """Read a whole closed file. Raises DamagedFileError where it does not hold just what ``file_state`` say.

    ``lost_files`` are the kept files that were damaged before the file was copied.
    """
    try:
        with contextlib.closing(Database(path, "ro")) as database, database.reading() as connection:
            version = integrity.check_identity(path, connection).version
            if file_state is None:
                integrity.check_structure(path, connection)
                is_the_same = True
            else:
                integrity.check_content(path, connection, file_state, version)
                is_the_same = read_file_state(connection) == file_state and _lost_files(connection) <= lost_files
    except DamagedFileError:
        is_the_same = False
    if not is_the_same:
        raise DamagedFileError(path, NOT_THE_SAME)


def _lost_files(connection: Connection) -> LostFiles:
    """The kept files that are not as they were; none in a file of a version that kept none."""
    is_known = connection.exec_driver_sql("PRAGMA user_version").scalar() == VERSION
    return frozenset(kept_files.unproved(connection)) if is_known else frozenset()


def sync_file(path: Path) -> None:
    """Return when a closed file is on the disk or USB drive, past every memory in between. Raises OSError."""
    number = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        if sys.platform == "darwin":
            import fcntl

            with contextlib.suppress(OSError):  # a network share knows only the ordinary way
                fcntl.fcntl(number, fcntl.F_FULLFSYNC)
        os.fsync(number)
    finally:
        os.close(number)


def remove(unfinished: Path) -> None:
    """Take away what is left of a file that was not finished."""
    for left in (unfinished, Path(f"{unfinished}-journal")):
        with contextlib.suppress(OSError):
            left.unlink(missing_ok=True)


def _clear_away(folder: Path) -> None:
    """Remove what a crash left unfinished in a folder, once it is too old to be under way."""
    with contextlib.suppress(OSError):
        for left in folder.iterdir():
            if _UNFINISHED.fullmatch(left.name) and time.time() - left.stat().st_mtime > _SURELY_LEFT:
                remove(left)


def why(error: BaseException) -> str:
    """The sentence for a copy that could not be made."""
    for sentence, numbers in _REASONS.items():
        if isinstance(error, OSError) and error.errno in numbers:
            return sentence
    if is_kind(error, "SQLITE_FULL"):
        return FULL
    if is_kind(error, "SQLITE_IOERR"):
        return NOT_REACHED
    return FORBIDDEN if is_kind(error, "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM") else NOT_MADE
