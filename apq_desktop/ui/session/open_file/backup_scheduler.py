"""Checks, backups and copies of the open file. All work is done in the store thread."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from apq_desktop import services
from apq_desktop.errors import DamagedFileError, NotSavedError
from apq_desktop.ui.session.open_file.store_thread import StoreThread

if TYPE_CHECKING:
    from concurrent.futures import Future

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.services import Backup, Backups, Workspace

CHECK_MS = 60_000
PROVE_MS = 500
"""After a file was opened: what was asked for is shown by then. The first save proves the file sooner."""
FIRST_BACKUP_MS = 3_000
"""After a file was opened: the window is in use by then, and need not wait."""


class BackupScheduler(QObject):
    """What is done for the one open workspace. Without ``folder`` there are no backups."""

    backup_failed = Signal(str)
    damage_found = Signal(object)
    """The open file is damaged where opening it did not look; with a DamagedFileError."""

    def __init__(self, store_thread: StoreThread, folder: Path | None) -> None:
        super().__init__()
        self._store_thread, self._folder = store_thread, folder
        self._workspace: Workspace | None = None
        self._check = QTimer(self, interval=CHECK_MS)
        self._check.timeout.connect(lambda: self.back_up(only_when_due=True))
        self._first = QTimer(self, singleShot=True, interval=FIRST_BACKUP_MS)
        self._first.timeout.connect(self.back_up)
        self._prove = QTimer(self, singleShot=True, interval=PROVE_MS)
        self._prove.timeout.connect(self.prove)

    def attach(self, workspace: Workspace) -> None:
        """Begin to keep this workspace."""
        self._workspace = workspace
        self._prove.start()
        if self._folder is not None and not workspace.read_only:
            self._first.start()
            self._check.start()

    def release(self) -> None:
        """The workspace is about to be closed."""
        self._prove.stop()
        self._first.stop()
        self._check.stop()
        self._workspace = None

    def prove(self) -> None:
        """Check, in the background, all that the file holds: what a user waits for at opening is less."""
        if (held := self._workspace) is not None:
            self._store_thread.run(held.prove, lambda done: self._proved(held, done))

    def _proved(self, held: Workspace, done: Future[None]) -> None:
        error = done.exception()
        if isinstance(error, DamagedFileError) and held is self._workspace:
            self.damage_found.emit(error)

    def backups(self) -> Backups | None:
        """The backups of this computer."""
        return services.Backups(self._folder) if self._folder else None

    def backups_of(self, path: Path) -> list[Backup]:
        """The backups of a file, newest first, whether it can be opened or not."""
        backups = self.backups()
        return backups.of(path) if backups else []

    def back_up(self, *, only_when_due: bool = False) -> None:
        """Back the workspace up in the background, if it changed. A backup that fails is told, and stops nothing."""
        held, backups = self._workspace, self.backups()
        if held is None or backups is None:
            return

        def work() -> str:
            at = datetime.now(UTC)
            if only_when_due and not backups.due(held, at):
                return ""
            problem = backups.take(held, at).problem
            with suppress(NotSavedError):  # thinning can wait for a better day
                held.history.thin(at)
            return problem

        self._store_thread.run(work, self._backed_up)

    def copy_plain(self, path: Path) -> None:
        """Copy all evaluations without their history, in place of another file, and wait. Raises NotWrittenError."""
        held = self._workspace
        assert held is not None
        self._store_thread.do(lambda: services.save_copy(held, path, history=False, replace=True))

    def copy_mine(self, path: Path, mine: Evaluation, *, history: bool) -> bool:
        """Write what is in memory, with all else that reads, to a file, whatever became of the open one, and wait.

        Returns False where nothing else could be read. Raises NotWrittenError.
        """
        held = self._workspace
        assert held is not None
        return self._store_thread.do(lambda: services.save_mine(held, [mine], path, history=history, replace=True))

    def rescue(self, mine: Evaluation) -> Path:
        """Keep both versions of a file that was changed underneath. Returns mine. Raises NotWrittenError."""
        held = self._workspace
        assert held is not None
        return self._store_thread.do(lambda: services.rescue(held, [mine], datetime.now().astimezone()))

    def _backed_up(self, done: Future[str]) -> None:
        problem = str(done.exception()) if done.exception() else done.result()
        if problem:
            self.backup_failed.emit(problem)
