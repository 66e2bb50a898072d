"""Save to an open file, as long as it holds what was saved last.

Before each save the file is looked at from outside. Where something else wrote to it, put another file in its
place, or where the disk or USB drive was away for a while, it is opened again with every check, and saving goes on only
if it still holds just what was saved last. Within the save, the generation in ``meta`` is compared once more. Where the
check of all that the file holds was put off when it was opened, it is made before the first save.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from apq_desktop.errors import (
    DamagedFileError,
    FileChangedError,
    FileInUseError,
    NotSavedError,
    WorkspaceRefusedError,
)
from apq_desktop.storage.database import integrity
from apq_desktop.storage.database.connection import real_path
from apq_desktop.storage.database.sqlite_errors import CHANGED, DAMAGED, FAILURES, NOT_SAVED, UNFIT, is_kind, not_saved
from apq_desktop.storage.files import file_watch
from apq_desktop.storage.files.opening import BackUp, OpenedFile, check_whole, open_file, refused
from apq_desktop.storage.files.workspace_lock import WorkspaceLock
from apq_desktop.storage.rows.transaction import FileState, WriteTransaction, read_file_state


def open_locked(
    path: Path, back_up: BackUp, *, take_over: bool = False, prove_later: bool = False
) -> tuple[OpenedFile, WorkspaceLock | None]:
    """Lock a file before its first byte is read, then open it; what turns out to be only for reading needs no lock.

    Raises WorkspaceRefusedError, or FileInUseError; then every byte is as it was.
    """
    path = real_path(path)
    integrity.size_of(path)
    lock = WorkspaceLock.take(path, take_over=take_over)
    try:
        opened = open_file(path, read_only=False, back_up=back_up, prove_later=prove_later)
    except BaseException:
        lock.release()
        raise
    if opened.reason:
        lock.release()
        return opened, None
    return opened, lock


class SaveGuardedFile:
    """An open file and what is known of it. ``opened`` changes when the file has to be opened again."""

    def __init__(self, opened: OpenedFile, lock: WorkspaceLock | None = None) -> None:
        self.opened = opened
        self.file_state = opened.file_state
        self._lock = lock
        # What was seen when the file was last known to hold what was saved last, and whether that is in doubt now.
        self._seen = file_watch.signature_of(opened.path)
        self._is_doubted = False
        self._is_proved = opened.is_proved
        self._is_damaged = False

    @property
    def path(self) -> Path:
        """The file."""
        return self.opened.path

    def save(self, write: Callable[[WriteTransaction], None]) -> None:
        """Carry out ``write`` as one transaction, and return only when it is acknowledged.

        Raises NotSavedError, of which FileChangedError means that something else is in the file, or no file there.
        """
        if self.file_state is None or self.opened.reason:
            raise NotSavedError(self.opened.reason)
        self._look()
        self._prove_before_saving()
        after = None
        try:
            with self.opened.database.writing() as connection:
                transaction = WriteTransaction(connection, self.file_state)
                write(transaction)
                after = transaction.close()
            self.file_state = after
        except (*FAILURES, *UNFIT, NotSavedError) as error:
            self._settle(error, after)
        self._seen = file_watch.signature_of(self.path)

    def prove(self) -> None:
        """Check all that the file holds, where that was put off when it was opened.

        Raises DamagedFileError, but once: every save is refused then, and says why.
        """
        if self._is_proved or self._is_damaged:
            return
        try:
            with self.opened.database.reading() as connection:
                check_whole(self.path, connection, self.file_state)
        except FAILURES as error:
            failure = refused(self.path, error)
            self._is_damaged = isinstance(failure, DamagedFileError)
            raise failure from error
        except DamagedFileError:
            self._is_damaged = True
            raise
        self._is_proved = True

    def _prove_before_saving(self) -> None:
        """Write nothing to a file that is damaged. Raises NotSavedError."""
        try:
            self.prove()
        except DamagedFileError as error:
            raise FileChangedError(DAMAGED) from error
        except WorkspaceRefusedError as error:
            raise _not_now(error) from error
        if self._is_damaged:
            raise FileChangedError(DAMAGED)

    def open_anew(self, back_up: BackUp) -> tuple[OpenedFile, WorkspaceLock | None]:
        """Open the file as it is now, and hand the lock on to whoever takes what is returned."""
        if self._lock is not None:
            self._lock.follow()
        opened = open_file(self.path, read_only=False, back_up=back_up)
        lock, self._lock = self._lock, None
        return opened, lock

    def tell_address(self, address: str) -> None:
        """Say where the window can be called that has the file open."""
        if self._lock is not None:
            self._lock.tell_address(address)

    def close(self) -> None:
        """Close the file and give its lock back."""
        self.opened.close()
        if self._lock is not None:
            self._lock.release()

    def is_still_there(self) -> bool:
        """Whether the file under this name is the one that was saved last."""
        return not self._is_doubted and file_watch.signature_of(self.path) == self._seen

    def _look(self) -> None:
        """Make sure that the file holds what was saved last. Raises NotSavedError."""
        seen = file_watch.signature_of(self.path)
        if seen is not None and seen == self._seen and not self._is_doubted:
            return
        self._is_doubted = True
        if seen is None:
            is_reached = file_watch.is_reached(self.path, self._seen)
            raise FileChangedError(CHANGED) if is_reached else NotSavedError(NOT_SAVED["SQLITE_IOERR"])
        self._go_on()
        self._seen, self._is_doubted = seen, False

    def _go_on(self) -> None:
        """Open the file as for the first time, and go on with it if it is in the state that was saved last."""
        try:
            if self._lock is not None:
                self._lock.follow()
            opened = open_file(self.path, read_only=False)
        except WorkspaceRefusedError as error:
            raise _not_now(error) from error
        if opened.file_state != self.file_state:
            opened.close()
            raise FileChangedError(CHANGED)
        if opened.reason:
            opened.close()
            raise NotSavedError(NOT_SAVED["SQLITE_READONLY"])
        self.opened.close()
        self.opened, self._is_proved, self._is_damaged = opened, True, False

    def _settle(self, error: BaseException, after: FileState | None) -> None:
        """After a failure, look at what the file holds now. Returns where the change is there after all."""
        failure = error if isinstance(error, NotSavedError) else not_saved(error)
        if is_kind(error, "SQLITE_BUSY"):
            raise failure from error
        self._is_doubted = True
        try:
            with self.opened.database.reading() as connection:
                found = read_file_state(connection)
        except FAILURES as unreadable:
            if is_kind(unreadable, "SQLITE_NOTADB"):
                failure = FileChangedError(CHANGED)
        else:
            if found is not None and found == after:
                self.file_state, self._is_doubted = found, False
                return
            if found != self.file_state:
                failure = FileChangedError(CHANGED)
            if not isinstance(failure, FileChangedError):
                # What was half done was taken back just now, which wrote to the file.
                self._seen, self._is_doubted = file_watch.signature_of(self.path), False
        raise failure from error


def _not_now(error: WorkspaceRefusedError) -> NotSavedError:
    """Why nothing is saved where the file cannot be opened or read just now."""
    if isinstance(error, FileInUseError) or error.sentence == integrity.IN_USE:
        return NotSavedError(NOT_SAVED["SQLITE_BUSY"])
    if error.sentence == integrity.UNREADABLE:
        return NotSavedError(NOT_SAVED["SQLITE_IOERR"])
    return FileChangedError(CHANGED)
