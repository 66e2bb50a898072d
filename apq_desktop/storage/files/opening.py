"""Open a file only after every check, for writing where that is possible, else for reading only.

A file that is only read is copied to a temporary folder first, as one state of it, and read there: nothing waits
for whoever writes to it meanwhile, and nothing is written where it lies.

The check of all that a file holds takes the longer, the more is in it: earlier texts, other years. The window puts it
off until it shows what was asked for, whose rows are proved as they are read. It is made up for soon after, and in any
case before the first save (``save_guard``), so that nothing is written to a file that was not proved.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import DatabaseError

from apq_desktop.errors import (
    DamagedFileError,
    FileRefusedError,
    NewerFileError,
    NotWrittenError,
    WorkspaceRefusedError,
)
from apq_desktop.storage.database import integrity
from apq_desktop.storage.database.connection import Database, Mode, real_path
from apq_desktop.storage.database.migrations import STEPS, VERSION, Step
from apq_desktop.storage.database.sqlite_errors import FAILURES, UNFIT, code, is_kind
from apq_desktop.storage.database.tables import EVALUATIONS, META
from apq_desktop.storage.files import upgrading, verified_copy
from apq_desktop.storage.files.verified_copy import CopySource
from apq_desktop.storage.rows.evaluation_reader import EvaluationReader, RowDamagedError, evaluation_of
from apq_desktop.storage.rows.transaction import FileState, read_file_state

MAY_NOT_CHANGE = "This file can be read but not changed; save a copy in another folder to work on it."
FOLDER_READ_ONLY = (
    "This file can be read but not changed, because nothing can be written in its folder;"
    " save a copy in another folder to work on it."
)
OPENED_READ_ONLY = "This file was opened for reading only."
HALF_DONE = (
    "This file can be read but not changed, because its last save was interrupted and nothing can be written in"
    " its folder. Save a copy in another folder to work on it."
)
NOT_BROUGHT_UP = (
    "This file was made by an earlier version. It could not be backed up and brought up to date, so it can be read"
    " but not changed. Make room on the disk and open it again, or save a copy in another folder."
)
NEWER_READ_ONLY = (
    "This file was made by a newer version of APQ Desktop{version}, so it can be read but not changed here."
)

BackUp = Callable[[CopySource], None]
"""Makes a proved copy of an older file before it is brought up to date, or raises NotWrittenError."""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """An open file. ``file_state`` is None for a newer one; ``reason`` says why it is only for reading.

    ``version`` is that of its tables; ``folder`` is where the database lies if it is a copy of ``path``;
    ``is_proved`` is False as long as the check of all that the file holds was put off.
    """

    path: Path
    database: Database
    file_state: FileState | None
    version: int
    reason: str
    folder: TemporaryDirectory[str] | None = None
    is_proved: bool = True

    def source(self) -> CopySource:
        """The file as something to copy."""
        return CopySource(self.path, self.database, self.file_state)

    def close(self) -> None:
        """Close the file, and throw a temporary copy away."""
        self.database.close()
        if self.folder is not None:
            self.folder.cleanup()


class _HalfDoneError(Exception):
    """A save is half done in the file, and it cannot be taken back where the file lies."""


class _TakenBackError(Exception):
    """End a transaction that was only tried."""


_CANNOT_TAKE_BACK = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_IOERR_DELETE")
_DAMAGE = (
    "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_SCHEMA", "SQLITE_ERROR", "SQLITE_INTERRUPT", "SQLITE_TOOBIG",
)  # fmt: skip


def open_file(
    path: Path,
    *,
    read_only: bool,
    back_up: BackUp | None = None,
    steps: tuple[Step, ...] = STEPS,
    prove_later: bool = False,
) -> OpenedFile:
    """Check and open a file. Raises WorkspaceRefusedError, DamagedFileError or NewerFileError.

    ``back_up`` is called before an older file is brought up to date; without it, such a file is only read.
    ``prove_later`` puts off the check of all that the file holds, if no older version made it: see ``check_whole``.
    """
    path = real_path(path)
    opening = _Opening(path, back_up, steps, prove_later)
    version = integrity.version_from_outside(path)
    if read_only or version > len(steps):
        return opening.snapshot(OPENED_READ_ONLY)
    try:
        return opening.to_write()
    except _HalfDoneError:
        return opening.snapshot(HALF_DONE)


def check_whole(
    path: Path,
    connection: Connection,
    file_state: FileState | None,
    version: int = VERSION,
    steps: tuple[Step, ...] = STEPS,
) -> None:
    """Check all that a file holds. Raises DamagedFileError.

    Every evaluation is read, so that a file that is said to be whole can be opened at each of them.
    """
    integrity.check_content(path, connection, file_state, version, steps)
    try:
        if version >= VERSION:
            _read_all(connection)
    except (*UNFIT, RowDamagedError) as error:
        raise DamagedFileError(path, integrity.DAMAGED) from error


@dataclass(frozen=True, slots=True)
class _Opening:
    """The opening of one file."""

    path: Path
    back_up: BackUp | None
    steps: tuple[Step, ...]
    prove_later: bool

    def to_write(self) -> OpenedFile:
        opened = self._open(self.path, "rw", "")
        try:
            reason = _why_read_only(opened.database) if opened.file_state else OPENED_READ_ONLY
            if not reason:
                return opened if opened.version == len(self.steps) else self._up_to_date(opened)
        except BaseException:
            opened.close()
            raise
        opened.close()
        return self.snapshot(reason)

    def snapshot(self, reason: str) -> OpenedFile:
        """Open, for reading only, a copy of one state of the file, whoever writes to it meanwhile."""
        return self._in_a_copy(self._copy_state, reason)

    def _copy_state(self, copy: Path) -> None:
        try:
            with contextlib.closing(Database(self.path, "ro")) as database:
                _refuse_log(self.path, database)
                verified_copy.copy_pages(database, copy)
        except FAILURES as error:
            if not (integrity.has_journal(self.path) and is_kind(error, *_CANNOT_TAKE_BACK)):
                raise
            # SQLite takes back in the copy what is half done in the file.
            shutil.copyfile(self.path, copy)
            shutil.copyfile(f"{self.path}-journal", f"{copy}-journal")

    def _up_to_date(self, opened: OpenedFile) -> OpenedFile:
        if self.back_up is not None and opened.file_state is not None:
            try:
                self.back_up(opened.source())
                file_state = upgrading.update(opened.database, opened.file_state, self.steps)
                return replace(opened, file_state=file_state, version=len(self.steps))
            except (*FAILURES, NotWrittenError):
                # The file is as it was.
                pass
        return self._in_a_copy(lambda copy: verified_copy.copy_and_prove(opened.source(), copy), NOT_BROUGHT_UP, opened)

    def _in_a_copy(self, fill: Callable[[Path], None], reason: str, original: OpenedFile | None = None) -> OpenedFile:
        """Open, for reading only, a copy that ``fill`` makes in a temporary folder, brought up to date there."""
        try:
            folder = TemporaryDirectory(prefix="apq-", ignore_cleanup_errors=True)
        except OSError as error:
            raise WorkspaceRefusedError(self.path, integrity.UNREADABLE) from error
        try:
            copy = Path(folder.name) / "copy.apq"
            copy.touch()
            fill(copy)
            opened = self._open(copy, "rw", reason)
            if opened.file_state is not None and opened.version < len(self.steps):
                with contextlib.closing(opened):
                    upgrading.update(opened.database, opened.file_state, self.steps)
                opened = self._open(copy, "ro", reason)
            return replace(opened, folder=folder)
        except BaseException as error:
            folder.cleanup()
            if isinstance(error, FAILURES):
                raise refused(self.path, error) from error
            if isinstance(error, FileRefusedError):
                raise type(error)(self.path, error.sentence) from error
            if isinstance(error, _HalfDoneError):
                raise WorkspaceRefusedError(self.path, integrity.UNREADABLE) from error
            raise
        finally:
            if original is not None:
                original.close()

    def _open(self, file: Path, mode: Mode, reason: str) -> OpenedFile:
        database = None
        try:
            database = Database(file, mode)
            return self._checked(database, reason)
        except BaseException as error:
            if database is not None:
                database.close()
            if isinstance(error, FAILURES):
                if integrity.has_journal(file) and is_kind(error, *_CANNOT_TAKE_BACK):
                    raise _HalfDoneError from error
                raise refused(self.path, error) from error
            raise

    def _checked(self, database: Database, reason: str) -> OpenedFile:
        _refuse_log(self.path, database)
        with database.reading() as connection:
            version = integrity.version_of(self.path, connection)
            integrity.check_schema(self.path, connection, version, self.steps)
            if version > len(self.steps):
                reason = self._check_newer(connection)
                return OpenedFile(self.path, database, None, version, reason)
            file_state = read_file_state(connection)
            is_put_off = self.prove_later and version == VERSION and file_state is not None
            if not is_put_off:
                check_whole(self.path, connection, file_state, version, self.steps)
            return OpenedFile(self.path, database, file_state, version, reason, is_proved=not is_put_off)

    def _check_newer(self, connection: Connection) -> str:
        """Read everything that a newer file holds, as far as this version knows it; the reason to read only."""
        version = ""
        try:
            version = f" ({str(connection.execute(select(META.c.program)).scalar())[:20]})"
            _read_all(connection)
        except (*FAILURES, *UNFIT, RowDamagedError) as error:
            raise NewerFileError(self.path, integrity.NEWER.format(version=version)) from error
        return NEWER_READ_ONLY.format(version=version)


def _read_all(connection: Connection) -> None:
    """Read every evaluation; that its rows are as they were written is checked before."""
    for evaluation_id in connection.execute(select(EVALUATIONS.c.id)).scalars().all():
        evaluation_of(EvaluationReader(connection, verify=False).rows(evaluation_id))


def _refuse_log(path: Path, database: Database) -> None:
    """Refuse a file that another program keeps, with a log of its own; ours never have one."""
    if database.journal_mode() == "wal":
        raise WorkspaceRefusedError(path, integrity.ALTERED)


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
    # A text that is not Unicode any more is a failure without a name.
    without_name = isinstance(error, DatabaseError | UnicodeError) and not code(error)
    if without_name or is_kind(error, *_DAMAGE):
        return DamagedFileError(path, integrity.DAMAGED)
    return WorkspaceRefusedError(path, integrity.UNREADABLE)
