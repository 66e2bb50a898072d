"""One .apq file: open it, read evaluations from it, write every change to it at once.

A workspace belongs to the thread that opened it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from apq_desktop.errors import DamagedFileError, FileChangedError, FileRefusedError, NotSavedError
from apq_desktop.evaluation.changes import Change
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.store import creation, history, integrity, whole
from apq_desktop.store.changing import Changing
from apq_desktop.store.failures import CHANGED, FAILURES, UNFIT, is_kind, not_saved
from apq_desktop.store.ledger import Books, Ledger, Statements, read_books
from apq_desktop.store.opening import Opened, open_file, refused
from apq_desktop.store.whole import EvaluationHeading, Reader, RowDamagedError

__all__ = ["EvaluationHeading", "Workspace"]

NO_SUCH_EVALUATION = "The file holds no such evaluation."
ALREADY_THERE = "Not added, because this evaluation is in the file already."

Found = TypeVar("Found")


class Workspace:
    """An open .apq file.

    ``read_only_reason`` is a sentence for the person, empty where changes can be made.
    """

    def __init__(self, opened: Opened) -> None:
        """For ``create`` and ``open``, which check what is needed before."""
        self.path = opened.database.path
        self.read_only_reason = opened.reason
        self._database = opened.database
        self._books = opened.books
        self._statements = Statements()
        self._stretches = history.Stretches()
        self._stopped = False

    @property
    def read_only(self) -> bool:
        """Whether no changes can be made."""
        return bool(self.read_only_reason)

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make a new, empty workspace. Raises WorkspaceRefusedError where there is a file already."""
        creation.create(path)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Self:
        """Open a workspace after checking it. Nothing is changed by opening.

        Raises WorkspaceRefusedError, or DamagedFileError or NewerFileError where that is why. A file that
        cannot be written, and a newer one that can still be read, are opened for reading only.
        """
        return cls(open_file(path, read_only=read_only))

    def evaluations(self) -> list[EvaluationHeading]:
        """What the file holds, in order of adding."""
        return self._read(lambda reader: reader.headings())

    def read(self, evaluation_id: str) -> Evaluation:
        """One whole evaluation. Raises FileRefusedError where it is not there, or cannot be read."""
        try:
            return self._read(lambda reader: reader.evaluation(evaluation_id))
        except KeyError as error:
            raise FileRefusedError(self.path, NO_SUCH_EVALUATION) from error

    def _read(self, find: Callable[[Reader], Found]) -> Found:
        try:
            with self._database.reading() as connection:
                return find(Reader(connection, verify=self._books is not None))
        except RowDamagedError as error:
            raise DamagedFileError(self.path, integrity.DAMAGED) from error
        except FAILURES as error:
            raise refused(self.path, error) from error

    def add(self, evaluation: Evaluation) -> None:
        """Put a whole evaluation into the file. Raises NotSavedError, also where its id is there already."""
        if self.read_only:
            raise NotSavedError(self.read_only_reason)
        if any(heading.id == evaluation.id for heading in self.evaluations()):
            raise NotSavedError(ALREADY_THERE)
        self._save(lambda ledger: whole.add(ledger, evaluation))

    def apply(self, evaluation_id: str, changes: Sequence[Change], at: datetime) -> None:
        """Carry out changes in one transaction, which is on the disk when this returns.

        ``at`` is the moment of the change, with its time zone. Raises NotSavedError, of which
        FileChangedError means that this file will not be written to any more.
        """

        def carry_out(ledger: Ledger) -> None:
            changing = Changing(ledger, self._stretches, evaluation_id, at)
            for change in changes:
                changing.carry_out(change)
            changing.finish()

        try:
            self._save(carry_out)
        except NotSavedError:
            self._stretches.not_saved()
            raise
        self._stretches.saved()

    def remove(self, evaluation_id: str) -> None:
        """Take a whole evaluation out of the file; its history keeps it. Raises NotSavedError."""
        item = asdict(self.read(evaluation_id))

        def take(ledger: Ledger) -> None:
            history.keep_item(ledger, "", ("evaluations", "", 0), item, datetime.now(UTC))
            whole.remove(ledger, evaluation_id)

        self._save(take)

    def _save(self, write: Callable[[Ledger], None]) -> None:
        """Carry out ``write`` as one transaction, and return only when it is acknowledged."""
        if self._books is None or self.read_only:
            raise NotSavedError(self.read_only_reason)
        if self._stopped:
            raise FileChangedError(CHANGED)
        after = None
        try:
            with self._database.writing() as connection:
                ledger = Ledger(connection, self._statements, self._books)
                write(ledger)
                after = ledger.close()
            self._books = after
        except (*FAILURES, *UNFIT, NotSavedError) as error:
            self._settle(error, after)

    def _settle(self, error: BaseException, after: Books | None) -> None:
        """After a failure, look at what the file holds now. Returns where the change is there after all."""
        failure = error if isinstance(error, NotSavedError) else not_saved(error)
        if is_kind(error, "SQLITE_BUSY"):
            raise failure from error
        try:
            with self._database.reading() as connection:
                found = read_books(connection)
        except FAILURES as unreadable:
            if is_kind(unreadable, "SQLITE_NOTADB"):
                failure = FileChangedError(CHANGED)
        else:
            if found is not None and found == after:
                self._books = found
                return
            if found != self._books:
                failure = FileChangedError(CHANGED)
        self._stopped = isinstance(failure, FileChangedError)
        raise failure from error

    def close(self) -> None:
        """Close the file and leave nothing beside it."""
        if not self.read_only:
            with contextlib.suppress(*FAILURES):
                self._database.journal_mode("DELETE")
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
