"""Save as people type: keep what is not yet acknowledged, and say truly how saving stands.

All work on the .apq file happens in the store thread, so that the window never waits for the disk. A change
stays in ``_waiting`` or ``_sent`` until the store has acknowledged it, whatever fails meanwhile.
"""

from __future__ import annotations

import logging
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from apq_desktop.errors import ApqError, FileChangedError
from apq_desktop.evaluation.edits.changes import Change, coalesce
from apq_desktop.ui.session.open_file.store_thread import StoreThread
from apq_desktop.ui.session.typing_pauses import LONGEST_MS, PAUSE_MS

if TYPE_CHECKING:
    from apq_desktop.services import Workspace

RETRY_MS = 5_000
_log = logging.getLogger(__name__)


class Autosave(QObject):
    """The queue between the window and the file of one open evaluation."""

    saving_started = Signal()
    stored = Signal(object)
    """Changes are on the disk, with this moment as that of the last change; ``saved``: and none is waiting."""
    saved = Signal(object)
    save_failed = Signal(str)
    file_lost = Signal(str)

    def __init__(self, store_thread: StoreThread, workspace: Workspace, evaluation_id: str) -> None:
        super().__init__()
        self._store_thread, self._workspace, self._evaluation_id = store_thread, workspace, evaluation_id
        self._waiting: list[Change] = []
        self._sent: list[Change] = []
        self._sent_at = datetime.now(UTC)
        self._future: Future[Any] | None = None
        self._is_lost = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self._longest = QTimer(self, singleShot=True, interval=LONGEST_MS)
        self._longest.timeout.connect(self.flush)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self.flush)

    def add(self, change: Change) -> None:
        """Queue a change that was made in memory; it is saved at the next pause."""
        joined = coalesce(self._waiting[-1], change) if self._waiting else None
        if joined:
            self._waiting[-1] = joined
        else:
            self._waiting.append(change)
        self.saving_started.emit()
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def pending(self) -> tuple[Change, ...]:
        """What is not acknowledged yet, oldest first."""
        return (*self._sent, *self._waiting)

    def flush(self) -> None:
        """Save what is queued now. Does nothing while a save is under way: its end starts the next."""
        self._pause.stop()
        self._longest.stop()
        self._retry.stop()
        if self._sent or not self._waiting:
            return
        self._sent, self._waiting = self._waiting, []
        changes, at = tuple(self._sent), datetime.now(UTC)
        self._sent_at = at
        self._future = self._store_thread.run(
            lambda: self._workspace.apply(self._evaluation_id, changes, at),
            lambda done: self._answered(done, at),
        )

    def abandon(self) -> None:
        """Give up what is not saved, because the user said so."""
        self._pause.stop()
        self._longest.stop()
        self._retry.stop()
        self._waiting, self._sent, self._future = [], [], None

    def finish(self) -> str:
        """Save everything now and wait. Returns an empty text, or why it could not be saved."""
        while True:
            self.flush()
            if self._future is None:
                return ""
            error = self._future.exception()
            self._settle(error)
            if error:
                return self._sentence(error)

    def _answered(self, done: Future[Any], at: datetime) -> None:
        if done is not self._future:
            return
        error = done.exception()
        self._settle(error)
        was_lost, self._is_lost = self._is_lost, isinstance(error, FileChangedError)
        if error:
            self.save_failed.emit(self._sentence(error))
            # A file that was lost may come back as it was: a sync folder renames it for a moment.
            self._retry.start()
            if self._is_lost and not was_lost:
                self.file_lost.emit(self._sentence(error))
        elif self._waiting:
            if not self._pause.isActive():
                self.flush()
        else:
            self.saved.emit(at.astimezone())

    def _settle(self, error: BaseException | None) -> None:
        if error:
            self._waiting = self._sent + self._waiting
        else:
            self.stored.emit(self._sent_at)
        self._sent = []
        self._future = None

    def _sentence(self, error: BaseException) -> str:
        _log.error("save failed: %s", _kinds(error), exc_info=None if isinstance(error, ApqError) else error)
        if isinstance(error, ApqError):
            return str(error)
        return "Not saved, because the file could not be written. What you typed is kept in this window."


def _kinds(error: BaseException | None) -> str:
    """An error and what caused it, by their kinds: what they say may name a file, or quote what somebody typed."""
    kinds = []
    while error is not None:
        kinds.append(type(error).__name__)
        error = error.__cause__
    return " from ".join(kinds)
