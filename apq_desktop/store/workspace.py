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

from sqlalchemy import Connection

from apq_desktop.errors import DamagedFileError, FileRefusedError, NotSavedError
from apq_desktop.evaluation.changes import Change, Target
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.sending import Sending
from apq_desktop.store import archive, creation, history, integrity, looking_back, sendings, thinning, whole
from apq_desktop.store.backups import Backups, before_update
from apq_desktop.store.changing import Changing
from apq_desktop.store.connection import Database
from apq_desktop.store.copying import Source
from apq_desktop.store.failures import FAILURES, UNFIT
from apq_desktop.store.ledger import Books, Ledger
from apq_desktop.store.looking_back import EarlierText, PastChange, RemovedEvaluation, RemovedItem
from apq_desktop.store.opening import Opened, open_file, refused
from apq_desktop.store.saving import Saving
from apq_desktop.store.whole import EvaluationHeading, NoSuchEvaluationError, Reader, RowDamagedError

__all__ = ["EarlierText", "EvaluationHeading", "RemovedEvaluation", "RemovedItem", "Workspace"]

NO_SUCH_EVALUATION = "The file holds no such evaluation."
NO_SUCH_PACK = "The file does not hold this pack any more."
ALREADY_THERE = "Not added, because this evaluation is in the file already."

Found = TypeVar("Found")


class Workspace:
    """An open .apq file.

    ``read_only_reason`` is a sentence for the person, empty where changes can be made.
    """

    def __init__(self, opened: Opened) -> None:
        """For ``create`` and ``open``, which check what is needed before."""
        self.path = opened.path
        self.read_only_reason = opened.reason
        self._saving = Saving(opened)
        self._stretches = history.Stretches()

    @property
    def read_only(self) -> bool:
        """Whether no changes can be made."""
        return bool(self.read_only_reason)

    @property
    def _database(self) -> Database:
        return self._saving.opened.database

    @property
    def _books(self) -> Books | None:
        return self._saving.books

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make a new, empty workspace. Raises WorkspaceRefusedError where there is a file already."""
        creation.create(path)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, backups: Backups | None = None) -> Self:
        """Open a workspace after checking it. Nothing is changed by opening, unless an older version made it.

        Such a file is brought up to date after a backup in ``backups``, or beside it where that fails or is not
        given. Raises WorkspaceRefusedError, or DamagedFileError or NewerFileError where that is why. A file that
        cannot be written, and a newer one that can still be read, are opened for reading only.
        """
        return cls(open_file(path, read_only=read_only, back_up=before_update(backups)))

    def source(self) -> Source:
        """The file as it is now, for those who copy it (``copies``, ``backups``)."""
        return Source(self.path, self._database, self._books)

    def evaluations(self) -> list[EvaluationHeading]:
        """What the file holds, in order of adding."""
        return self._look(lambda connection: Reader(connection).headings())

    def read(self, evaluation_id: str) -> Evaluation:
        """One whole evaluation. Raises FileRefusedError where it is not there, or cannot be read."""
        try:
            return self._look(lambda connection: self._reader(connection).evaluation(evaluation_id))
        except NoSuchEvaluationError as error:
            raise FileRefusedError(self.path, NO_SUCH_EVALUATION) from error

    def _reader(self, connection: Connection) -> Reader:
        return Reader(connection, verify=self._books is not None)

    def earlier_texts(self, evaluation_id: str, target: Target, field: str) -> list[EarlierText]:
        """What stood in one field before, newest first; a ``SetField`` brings it back."""
        return self._look(lambda connection: looking_back.earlier_texts(connection, evaluation_id, target, field))

    def removed_items(self, evaluation_id: str) -> list[RemovedItem]:
        """What was taken out of an evaluation's lists, newest first; an ``AddItem`` brings it back."""
        return self._look(lambda connection: looking_back.removed_items(connection, evaluation_id))

    def recent_changes(self, evaluation_id: str, limit: int = 200) -> list[PastChange]:
        """The last earlier texts and removed items of one evaluation, newest first."""
        return self._look(lambda connection: looking_back.recent_changes(connection, evaluation_id, limit))

    def removed_evaluations(self) -> list[RemovedEvaluation]:
        """The whole evaluations that were removed, newest first; ``add`` brings one back."""
        return self._look(looking_back.removed_evaluations)

    def thin_history(self, now: datetime) -> int:
        """Drop old earlier texts that need not be kept at ``now``; returns how many rows were dropped.

        One short transaction: there may be more to drop where ``thinning.AT_ONCE`` were. Raises NotSavedError.
        """
        rows = self._look(lambda connection: thinning.surplus(connection, now))[: thinning.AT_ONCE]
        if rows:
            self._saving.save(lambda ledger: thinning.thin(ledger, rows))
        return len(rows)

    def _look(self, find: Callable[[Connection], Found]) -> Found:
        try:
            with self._database.reading() as connection:
                return find(connection)
        except (RowDamagedError, *UNFIT) as error:
            raise DamagedFileError(self.path, integrity.DAMAGED) from error
        except FAILURES as error:
            raise refused(self.path, error) from error

    def add(self, evaluation: Evaluation) -> None:
        """Put a whole evaluation into the file. Raises NotSavedError, also where its id is there already."""
        if self.read_only:
            raise NotSavedError(self.read_only_reason)
        if any(heading.id == evaluation.id for heading in self.evaluations()):
            raise NotSavedError(ALREADY_THERE)
        self._saving.save(lambda ledger: whole.add(ledger, evaluation))

    def apply(self, evaluation_id: str, changes: Sequence[Change], at: datetime) -> None:
        """Carry out changes in one transaction, which is on the disk when this returns.

        ``at`` is the moment of the change, with its time zone. Raises NotSavedError, of which
        FileChangedError means that this file will not be written to any more.
        """
        self._apply(evaluation_id, changes, at, ())

    def _apply(
        self, evaluation_id: str, changes: Sequence[Change], at: datetime, packs: Sequence[tuple[Sending, bytes]]
    ) -> None:
        def carry_out(ledger: Ledger) -> None:
            changing = Changing(ledger, self._stretches, evaluation_id, at)
            for change in changes:
                changing.carry_out(change)
            changing.finish()
            for sending, pack in packs:
                sendings.add(ledger, sending, pack)

        try:
            self._saving.save(carry_out)
        except NotSavedError:
            self._stretches.not_saved()
            raise
        self._stretches.saved()

    def fill_in(self, evaluation: Evaluation) -> None:
        """Make room in the file for areas and questions that the instrument has gained since.

        ``evaluation`` is one of this file's, aligned with the instrument (``evaluation.model.align``): without
        this, nothing can be saved that is written on what is new. Raises NotSavedError.
        """
        if self._look(lambda connection: whole.missing(connection, evaluation)):
            self._saving.save(lambda ledger: whole.fill_in(ledger, evaluation))

    def remove(self, evaluation_id: str) -> None:
        """Take a whole evaluation out of the file; its history keeps it. Raises NotSavedError."""
        item = asdict(self.read(evaluation_id))

        def take(ledger: Ledger) -> None:
            history.keep_item(ledger, "", ("evaluations", "", 0), item, datetime.now(UTC))
            whole.remove(ledger, evaluation_id)
            archive.take_out(ledger, evaluation_id)

        self._saving.save(take)

    def archive(self, evaluation_id: str, at: datetime) -> None:
        """Put an evaluation away: it stays in the file and can be read. Raises NotSavedError."""
        self._saving.save(lambda ledger: archive.put_away(ledger, evaluation_id, at))

    def unarchive(self, evaluation_id: str) -> None:
        """Take an evaluation out of the archive again. Raises NotSavedError."""
        self._saving.save(lambda ledger: archive.take_out(ledger, evaluation_id))

    def note_sent(self, packs: Sequence[tuple[Sending, bytes]], changes: Sequence[Change], at: datetime) -> None:
        """Note, in one transaction, what was sent of one evaluation, each with its PDF, and ``changes`` with it.

        Raises NotSavedError; then nothing is noted.
        """
        self._apply(packs[0][0].evaluation_id, changes, at, packs)

    def sendings(self, evaluation_id: str) -> list[Sending]:
        """What was sent of an evaluation, newest first."""
        return self._look(lambda connection: sendings.of_evaluation(connection, evaluation_id))

    def sent_pack(self, sending_id: str) -> bytes:
        """The PDF of one sending, byte for byte. Raises FileRefusedError where it is not there or damaged."""
        pack = self._look(lambda connection: sendings.pack(connection, sending_id))
        if pack is None:
            raise FileRefusedError(self.path, NO_SUCH_PACK)
        return pack

    def close(self) -> None:
        """Close the file and leave nothing beside it."""
        # What lies beside another file that has this name now is not ours to take away.
        if not self.read_only and self._saving.is_still_there():
            with contextlib.suppress(*FAILURES):
                self._database.journal_mode("DELETE")
        self._saving.opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
