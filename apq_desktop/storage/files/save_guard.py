"""Saves to an open file, as long as it is the file that was saved last.

Before each save the file is looked at from outside. Where something else wrote to it, or where the disk or stick
was away for a while, it is opened anew with every check, and saving goes on only if it still holds just what
was saved last. Within the save, the generation in ``meta`` is compared once more.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from apq_desktop.errors import FileChangedError, NotSavedError, WorkspaceRefusedError
from apq_desktop.storage.database import integrity
from apq_desktop.storage.database.sqlite_errors import CHANGED, FAILURES, NOT_SAVED, UNFIT, is_kind, not_saved
from apq_desktop.storage.files import file_watch
from apq_desktop.storage.files.opening import Opened, open_file
from apq_desktop.storage.rows.transaction import FileState, Statements, WriteTransaction, read_file_state


class SaveGuardedFile:
    """An open file and what is known of it. ``opened`` changes when the file has to be opened anew."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.file_state = opened.file_state
        self.stopped = False
        self._statements = Statements()
        self._seen = file_watch.look(opened.path)
        self._was_away = False

    @property
    def path(self) -> Path:
        """The file."""
        return self.opened.path

    def save(self, write: Callable[[WriteTransaction], None]) -> None:
        """Carry out ``write`` as one transaction, and return only when it is acknowledged.

        Raises NotSavedError, of which FileChangedError means that this file will not be written to any more.
        """
        if self.file_state is None or self.opened.reason:
            raise NotSavedError(self.opened.reason)
        if self.stopped:
            raise FileChangedError(CHANGED)
        self._look()
        after = None
        try:
            with self.opened.database.writing() as connection:
                transaction = WriteTransaction(connection, self._statements, self.file_state)
                write(transaction)
                after = transaction.close()
            self.file_state = after
        except (*FAILURES, *UNFIT, NotSavedError) as error:
            self._settle(error, after)
        self._seen = file_watch.look(self.path)

    def is_still_there(self) -> bool:
        """Whether the file under this name is the one that was saved last."""
        return not self.stopped and file_watch.look(self.path) == self._seen

    def _look(self) -> None:
        """Make sure that the file is the one that was saved last. Raises NotSavedError."""
        seen = file_watch.look(self.path)
        if seen is not None and seen == self._seen and not self._was_away:
            return
        if seen is None and not file_watch.is_reached(self.path, self._seen):
            self._was_away = True
            raise NotSavedError(NOT_SAVED["SQLITE_IOERR"])
        is_same = seen is not None and (self._seen is None or seen.is_same_file(self._seen))
        if not is_same and not self._was_away:
            self._stop()
        self._open_anew()
        self._seen, self._was_away = seen, False

    def _open_anew(self) -> None:
        """Open the file as for the first time, and go on with it if it is in the state that was saved last."""
        try:
            opened = open_file(self.path, read_only=False)
        except WorkspaceRefusedError as error:
            if error.sentence == integrity.IN_USE:
                raise NotSavedError(NOT_SAVED["SQLITE_BUSY"]) from error
            if error.sentence == integrity.UNREADABLE:
                raise NotSavedError(NOT_SAVED["SQLITE_IOERR"]) from error
            self._stop()
        if opened.file_state != self.file_state:
            opened.close()
            self._stop()
        if opened.reason:
            opened.close()
            raise NotSavedError(NOT_SAVED["SQLITE_READONLY"])
        self.opened.close()
        self.opened = opened

    def _stop(self) -> NoReturn:
        self.stopped = True
        raise FileChangedError(CHANGED)

    def _settle(self, error: BaseException, after: FileState | None) -> None:
        """After a failure, look at what the file holds now. Returns where the change is there after all."""
        failure = error if isinstance(error, NotSavedError) else not_saved(error)
        if is_kind(error, "SQLITE_BUSY"):
            raise failure from error
        try:
            with self.opened.database.reading() as connection:
                found = read_file_state(connection)
        except FAILURES as unreadable:
            self._was_away = True
            if is_kind(unreadable, "SQLITE_NOTADB"):
                failure = FileChangedError(CHANGED)
        else:
            # What was half done was taken back just now, which wrote to the file.
            self._seen = file_watch.look(self.path)
            if found is not None and found == after:
                self.file_state = found
                return
            if found != self.file_state:
                failure = FileChangedError(CHANGED)
        self.stopped = isinstance(failure, FileChangedError)
        raise failure from error
