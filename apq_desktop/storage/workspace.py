"""One .apq file: open it, read evaluations from it, write every change to it at once.

A workspace belongs to the thread that opened it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

from sqlalchemy import Connection

from apq_desktop.errors import DamagedFileError, FileChangedError, FileRefusedError, NotSavedError
from apq_desktop.evaluation.edits.changes import Change
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.rules.outgoing_copy import Sending
from apq_desktop.evaluation.text.dates import utc_stamp
from apq_desktop.storage import archived_flag, received_copies, send_log
from apq_desktop.storage.database import integrity
from apq_desktop.storage.database.connection import Database
from apq_desktop.storage.database.sqlite_errors import CHANGED, FAILURES, UNFIT
from apq_desktop.storage.files.backups import Backups, before_update
from apq_desktop.storage.files.creation import make_empty
from apq_desktop.storage.files.opening import OpenedFile, open_file, refused
from apq_desktop.storage.files.save_guard import SaveGuardedFile, open_locked
from apq_desktop.storage.files.verified_copy import CopySource, is_same_file, write
from apq_desktop.storage.files.workspace_lock import WorkspaceLock
from apq_desktop.storage.history import recorder
from apq_desktop.storage.history.edit_history import History
from apq_desktop.storage.received_copies import ReceivedCopy
from apq_desktop.storage.reviews import Reviews
from apq_desktop.storage.rows.evaluation_reader import (
    EvaluationHeading,
    EvaluationReader,
    NoSuchEvaluationError,
    RowDamagedError,
    evaluation_of,
)
from apq_desktop.storage.rows.row_difference import StoredEvaluation
from apq_desktop.storage.rows.transaction import FileState, WriteTransaction
from apq_desktop.storage.send_log import SendLog
from apq_desktop.storage.snapshots import Snapshots

NO_SUCH_EVALUATION = "The file holds no such evaluation."
ALREADY_THERE = "Not added, because this evaluation is in the file already."

Found = TypeVar("Found")


class Workspace(contextlib.AbstractContextManager["Workspace"]):
    """An open .apq file. ``read_only_reason`` is a sentence for the user, empty where changes can be made."""

    def __init__(self, opened: OpenedFile, lock: WorkspaceLock | None = None) -> None:
        """For ``create`` and ``open``, which check what is needed before. What is only read needs no ``lock``."""
        self.path = opened.path
        self.read_only_reason = opened.reason
        self._saving = SaveGuardedFile(opened, lock)
        self._bursts = recorder.EditBursts()
        self._stored: dict[str, StoredEvaluation] = {}

    @property
    def read_only(self) -> bool:
        """Whether no changes can be made."""
        return bool(self.read_only_reason)

    @property
    def newer(self) -> bool:
        """Whether a newer version made the file: it is read as far as this one knows it, and cannot be proved whole."""
        return self._file_state is None

    @property
    def _database(self) -> Database:
        return self._saving.opened.database

    @property
    def _file_state(self) -> FileState | None:
        return self._saving.file_state

    @classmethod
    def create(cls, path: Path) -> Self:
        """Make a new, empty workspace. Raises NotWrittenError, such as where there is a file already."""
        write(path, make_empty, replace=False)
        return cls.open(path)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        backups: Backups | None = None,
        take_over: bool = False,
        prove_later: bool = False,
    ) -> Self:
        """Open a workspace after locking and checking it, or, never refused for a lock, one state of it ``read_only``.

        Nothing is changed by opening, unless an older version made the file: then it is brought up to date after a
        backup in ``backups``, or beside it where that fails or is not given. ``take_over`` takes away another
        computer's lock. Raises WorkspaceRefusedError, or FileInUseError, DamagedFileError or NewerFileError where
        that is why. A file that cannot be written, and a newer one that can still be read, are opened for reading only.
        With ``prove_later`` damage in what is not read yet is found by ``prove``, or at the first save.
        """
        if read_only:
            return cls(open_file(path, read_only=True, prove_later=prove_later))
        return cls(*open_locked(path, before_update(backups), take_over=take_over, prove_later=prove_later))

    def prove(self) -> None:
        """Check all that the file holds, where ``open`` put that off. Raises DamagedFileError."""
        self._saving.prove()

    def open_anew(self, backups: Backups | None = None) -> Self:
        """Open the file again, as it is now, and hand its lock on; this workspace is only to be closed then.

        Raises WorkspaceRefusedError; then everything is as before.
        """
        return type(self)(*self._saving.open_anew(before_update(backups)))

    def can_save_to(self, path: Path) -> bool:
        """Whether ``path`` leads to this file, by whatever spelling or link, and changes can be made."""
        return not self.read_only and is_same_file(path, self.path)

    def is_unchanged(self) -> bool:
        """Whether the file is, as far as can be seen without reading it, as this workspace left it."""
        return self._saving.is_still_there()

    def tell_address(self, address: str) -> None:
        """Say, to whoever wants to open the file too, where the window can be called that has it open."""
        self._saving.tell_address(address)

    def source(self) -> CopySource:
        """The file as it is now, for those who copy it (``copies``, ``backups``)."""
        return CopySource(self.path, self._database, self._file_state)

    def evaluations(self) -> list[EvaluationHeading]:
        """What the file holds, in order of adding."""
        return self._look(lambda connection: EvaluationReader(connection).headings())

    def read(self, evaluation_id: str, *, to_edit: bool = False) -> Evaluation:
        """One whole evaluation; ``to_edit`` keeps its rows, so that its first edit need not read them again.

        Raises FileRefusedError where it is not there, or cannot be read.
        """

        def evaluation(connection: Connection) -> Evaluation:
            rows = self._reader(connection).rows(evaluation_id)
            if to_edit:
                self._stored = {evaluation_id: StoredEvaluation(rows)}
            return evaluation_of(rows)

        try:
            return self._look(evaluation)
        except NoSuchEvaluationError as error:
            raise FileRefusedError(self.path, NO_SUCH_EVALUATION) from error

    def _reader(self, connection: Connection) -> EvaluationReader:
        return EvaluationReader(connection, verify=self._file_state is not None)

    def _look(self, find: Callable[[Connection], Found]) -> Found:
        try:
            with self._database.reading() as connection:
                return find(connection)
        except (RowDamagedError, *UNFIT) as error:
            raise DamagedFileError(self.path, integrity.DAMAGED) from error
        except FAILURES as error:
            raise refused(self.path, error) from error

    def add(self, evaluation: Evaluation, *, received: str = "") -> None:
        """Put a whole evaluation into the file. Raises NotSavedError, also where its id is there already.

        Its stamps are kept in UTC. ``received`` is the code of the pack where it came in as one from somebody else.
        """
        if self.read_only:
            raise NotSavedError(self.read_only_reason)
        if any(heading.id == evaluation.id for heading in self.evaluations()):
            raise NotSavedError(ALREADY_THERE)
        in_utc = replace(evaluation, created=utc_stamp(evaluation.created), changed=utc_stamp(evaluation.changed))

        def put(transaction: WriteTransaction) -> None:
            StoredEvaluation({}).write_all(transaction, in_utc)
            if received:
                at = recorder.stamp(datetime.now(UTC))
                received_copies.note(transaction, ReceivedCopy(evaluation.id, at, received))

        self._save(put)

    def received_copies(self) -> dict[str, ReceivedCopy]:
        """The evaluations that came in as packs from somebody else, by their ids."""
        return self._look(received_copies.in_file)

    def apply(
        self, evaluation_id: str, changes: Sequence[Change], at: datetime, sent: Sequence[tuple[Sending, bytes]] = ()
    ) -> None:
        """Carry out changes in one transaction, which is on the disk when this returns.

        ``at`` is the moment of the change, with its time zone; ``sent`` is what was sent of the evaluation, each with
        its PDF. Raises NotSavedError, of which FileChangedError means that this file will not be written to any more.
        """

        def carry_out(transaction: WriteTransaction) -> None:
            stored = self._stored_evaluation(transaction.connection, evaluation_id)
            stored.change(transaction, self._bursts, changes, at)
            for sending, pack in sent:
                send_log.add(transaction, sending, pack)

        try:
            self._save(carry_out)
        except NotSavedError:
            self._bursts.not_saved()
            raise
        self._bursts.saved()

    def _save(self, write: Callable[[WriteTransaction], None]) -> None:
        """Carry out one transaction. After one that failed, what is known of rows is read again."""
        try:
            self._saving.save(write)
        except BaseException:
            self._stored.clear()
            raise

    def _stored_evaluation(self, connection: Connection, evaluation_id: str) -> StoredEvaluation:
        """The rows of one evaluation, kept in memory from the first time on. Raises KeyError, FileChangedError."""
        if evaluation_id not in self._stored:
            try:
                rows = self._reader(connection).rows(evaluation_id)
            except NoSuchEvaluationError as error:
                raise KeyError(evaluation_id) from error
            except RowDamagedError as error:
                raise FileChangedError(CHANGED) from error
            self._stored = {evaluation_id: StoredEvaluation(rows)}
        return self._stored[evaluation_id]

    def add_missing(self, evaluation: Evaluation) -> None:
        """Make room for areas and questions that the instrument has gained since: else nothing on them can be saved.

        ``evaluation`` is one of this file's, aligned with the instrument (``model.align``). Raises NotSavedError.
        """
        stored = self._look(lambda connection: self._stored_evaluation(connection, evaluation.id))
        if stored.lacks(evaluation):
            self._save(lambda transaction: stored.add_missing(transaction, evaluation))

    def remove(self, evaluation_id: str) -> None:
        """Take a whole evaluation out of the file; its history keeps it. Raises NotSavedError."""
        item = asdict(self.read(evaluation_id))

        def take(transaction: WriteTransaction) -> None:
            recorder.keep_item(transaction, "", ("evaluations", "", 0), item, datetime.now(UTC))
            self._stored_evaluation(transaction.connection, evaluation_id).remove(transaction)
            del self._stored[evaluation_id]
            archived_flag.take_out(transaction, evaluation_id)

        self._save(take)

    def archive(self, evaluation_id: str, at: datetime | None) -> None:
        """Put an evaluation away, to be read only, or take it out again, without ``at``. Raises NotSavedError."""
        put = partial(archived_flag.archive, at=at) if at else archived_flag.take_out
        self._saving.save(lambda transaction: put(transaction, evaluation_id))

    def note_sent(self, packs: Sequence[tuple[Sending, bytes]], changes: Sequence[Change], at: datetime) -> None:
        """Note, in one transaction, what was sent of one evaluation, each with its PDF, and ``changes`` with it."""
        self.apply(packs[0][0].evaluation_id, changes, at, packs)

    @property
    def send_log(self) -> SendLog:
        """What was sent of the evaluations of this file."""
        return SendLog(self.path, self._look, self._save)

    @property
    def history(self) -> History:
        """What stood in the file before, and was removed from it."""
        return History(self._look, self._save)

    @property
    def reviews(self) -> Reviews:
        """What reviewers and the setting wrote to each other about the evaluations of this file."""
        return Reviews(self.path, self.source().workspace_id, self._look, self._save)

    @property
    def snapshots(self) -> Snapshots:
        """The states of evaluations that were kept under a name."""
        return Snapshots(self.read, self._look, self._save)

    def close(self) -> None:
        """Close the file and leave nothing beside it."""
        # What lies beside another file that has this name now is not ours to take away.
        if not self.read_only and self._saving.is_still_there():
            with contextlib.suppress(*FAILURES):
                self._database.journal_mode("DELETE")
        self._saving.close()

    def __exit__(self, *_: object) -> None:
        self.close()
