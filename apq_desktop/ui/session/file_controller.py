"""One open .apq file behind the window: the worker, the workspace and the session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from apq_desktop.ui.session.backup_scheduler import BackupScheduler
from apq_desktop.ui.session.evaluation_list import EvaluationList
from apq_desktop.ui.session.file_lock import FileLock
from apq_desktop.ui.session.store_thread import StoreThread

if TYPE_CHECKING:
    from concurrent.futures import Future

    from apq_desktop.evaluation.edits.undo import UndoSteps
    from apq_desktop.evaluation.model import Evaluation, Setting
    from apq_desktop.evaluation.rules.carry_forward import Choice
    from apq_desktop.evaluation.rules.outgoing_copy import Sending
    from apq_desktop.services import Opened
    from apq_desktop.storage.files.backups import Backup
    from apq_desktop.storage.workspace import EvaluationHeading, Workspace
    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.toolkit.local_questions import LocalQuestions


class FileController(QObject):
    """Opens, makes and closes .apq files in the worker thread. One is open at a time."""

    opened = Signal(object, object)
    failed = Signal(object)
    locked = Signal(Path, object)
    remarked = Signal(str)

    def __init__(
        self,
        load_catalogue: Callable[[], Catalogue],
        add_questions: Callable[[Path], LocalQuestions] | None = None,
        backups_folder: Path | None = None,
    ) -> None:
        super().__init__()
        self.worker = StoreThread()
        self.keeping = BackupScheduler(self.worker, backups_folder)
        self.holdings = EvaluationList(self.worker)
        self.load_catalogue, self.add_questions = load_catalogue, add_questions
        self._open: Opened | None = None
        self._lock: FileLock | None = None
        self.steps: dict[str, UndoSteps] = {}

    def open(self, path: Path, evaluation_id: str = "", *, read_only: bool = False) -> None:
        """Open a file; ``opened``, ``locked`` or ``failed`` follows."""

        def work() -> Opened:
            from apq_desktop import services

            catalogue, backups = self.load_catalogue(), self.keeping.backups()
            return services.open_workspace(path, catalogue, evaluation_id, read_only=read_only, backups=backups)

        self._begin(work)

    def start(self, path: Path, name: str, commissioner: str) -> None:
        """Make a new file with an empty evaluation; ``opened`` or ``failed`` follows."""

        def work() -> Opened:
            from apq_desktop.evaluation.model import Setting

            return self._made(path, self._empty(Setting(name=name), commissioner))

        self._begin(work)

    def start_another(self, evaluation: Evaluation) -> None:
        """Add an empty evaluation of the same setting to the open file; ``opened`` or ``failed`` follows."""
        setting, commissioner = replace(evaluation.setting), evaluation.commissioner
        self._begin(lambda: self._begun(self._empty(setting, commissioner)))

    def start_for(self, setting_name: str, commissioner: str) -> None:
        """Add an empty evaluation of another setting to the open file; ``opened`` or ``failed`` follows."""

        def work() -> Opened:
            from apq_desktop.evaluation.model import Setting

            return self._begun(self._empty(Setting(name=setting_name), commissioner))

        self._begin(work)

    def start_next_year(self, evaluation: Evaluation, choice: Choice) -> None:
        """Add the evaluation that follows to the open file; ``opened`` or ``failed`` follows."""

        def work() -> Opened:
            from apq_desktop import services
            from apq_desktop.evaluation.rules.carry_forward import carry_forward

            return self._begun(carry_forward(evaluation, created=services.now(), choice=choice))

        self._begin(work)

    def open_backup(self, backup: Backup, path: Path) -> None:
        """Make a new file from a backup, and open it; ``opened`` or ``failed`` follows."""

        def work() -> Opened:
            from apq_desktop import services

            backups = self.keeping.backups()
            assert backups is not None
            backups.restore_as(backup, path)
            return services.open_workspace(path, self.load_catalogue(), backups=backups)

        self._begin(work)

    def salvage(self, path: Path, saved: Path) -> None:
        """Make a new file of what can be read of a damaged one, and open it; ``opened`` or ``failed`` follows."""

        def work() -> Opened:
            from apq_desktop import services

            catalogue = self.load_catalogue()
            self.remarked.emit(services.salvage(path, saved, catalogue))
            return services.open_workspace(saved, catalogue)

        self._begin(work)

    def headings(self) -> list[EvaluationHeading]:
        """What the open file holds, read now."""
        return self.worker.do(self._open.workspace.evaluations) if self._open else []

    def read(self, evaluation_id: str) -> Evaluation:
        """Another evaluation of the open file, to look at. Raises ApqError."""
        held = self.held
        return self.worker.do(lambda: held.read(evaluation_id))

    def read_sent(self, sending_id: str) -> Evaluation:
        """An evaluation as it was sent, to look at. Raises ApqError."""
        from apq_desktop import services

        held = self.held
        return self.worker.do(lambda: services.read_sent(held, sending_id, self.load_catalogue()))

    def sendings(self, evaluation_id: str) -> list[Sending]:
        """What was sent of an evaluation of the open file, newest first."""
        held = self.held
        return self.worker.do(lambda: held.sendings(evaluation_id))

    @property
    def held(self) -> Workspace:
        """The open workspace, for work in the worker's thread."""
        assert self._open is not None
        return self._open.workspace

    def open_example(self, path: Path) -> None:
        """Write the worked example to ``path`` and open it; ``opened`` or ``failed`` follows."""

        def work() -> Opened:
            from apq_desktop import services

            return self._made(path, services.example(self.load_catalogue()))

        self._begin(work)

    def import_pack(self, pack: Path, path: Path) -> None:
        """Add a received evaluation to the open file, or to a new one at ``path`` where none is open."""

        def work() -> Opened:
            from apq_desktop import services

            received = services.read_pack(pack, self.load_catalogue())
            evaluation = received.evaluation
            made = self._added(evaluation) if self._open else self._made(path, evaluation)
            if received.remarks:
                self.remarked.emit(" ".join(received.remarks))
            return made

        self._begin(work)

    def switch(self, evaluation_id: str) -> None:
        """Go to another evaluation of the open file; ``opened`` or ``failed`` follows."""

        def work() -> Opened:
            from apq_desktop import services

            assert self._open is not None
            return services.at_evaluation(self._open.workspace, self.load_catalogue(), evaluation_id)

        self._begin(work)

    def open_copy(self, path: Path, copy: Path) -> None:
        """Copy a file that another program holds, without touching it, and open the copy."""

        def work() -> Opened:
            from apq_desktop import services

            catalogue = self.load_catalogue()
            held = services.open_workspace(path, catalogue, read_only=True)
            held.workspace.close()
            return self._made(copy, held.evaluation)

        self._begin(work)

    def take_over(self, path: Path) -> None:
        """Open a file although another program seems to hold it, because the person said so."""
        FileLock(path).take_over()
        self.open(path)

    def copy_to(self, path: Path, evaluation: Evaluation) -> None:
        """Write what is in memory to a file, whatever became of the open one, and wait. Raises NotWrittenError."""

        def work() -> None:
            from apq_desktop.storage.files import save_copies

            save_copies.write_new(path, [evaluation], replace=True)

        self.worker.do(work)

    def close(self) -> None:
        """Close what is open, and wait."""
        held, self._open = self._open, None
        self.steps = {}
        self.keeping.release()
        self.holdings.attach(None)
        if held is not None:
            self.worker.do(held.workspace.close)
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def stop(self) -> None:
        """Close what is open and end the worker."""
        self.close()
        self.worker.stop()

    def _empty(self, setting: Setting, commissioner: str) -> Evaluation:
        from apq_desktop import services
        from apq_desktop.evaluation.model import new_evaluation
        from apq_desktop.evaluation.text.school_years import school_year

        stamp = services.now()
        title = f"Self-evaluation {school_year(stamp)}"
        evaluation = new_evaluation(self.load_catalogue(), created=stamp, title=title, setting=setting)
        evaluation.commissioner, evaluation.purposes = commissioner, ["self-evaluation"]
        return evaluation

    def _made(self, path: Path, evaluation: Evaluation) -> Opened:
        from apq_desktop import services

        return services.at_evaluation(services.create_workspace(path, evaluation), self.load_catalogue(), evaluation.id)

    def _begun(self, evaluation: Evaluation) -> Opened:
        """Add an evaluation that is begun here, with a title that tells it from the others of its setting."""
        from apq_desktop.evaluation.labels import unique_title

        assert self._open is not None
        headings, name = self._open.workspace.evaluations(), evaluation.setting.name
        taken = {heading.title for heading in headings if heading.setting_name == name}
        evaluation.title = unique_title(evaluation.title, taken)
        return self._added(evaluation)

    def _added(self, evaluation: Evaluation) -> Opened:
        from apq_desktop import services

        assert self._open is not None
        self._open.workspace.add(evaluation)
        return services.at_evaluation(self._open.workspace, self.load_catalogue(), evaluation.id)

    def _begin(self, work: Callable[[], Opened]) -> None:
        self.worker.run(work, self._answered)

    def _answered(self, done: Future[Opened]) -> None:
        from apq_desktop.evaluation.edits.undo import UndoSteps
        from apq_desktop.ui.session.autosave import Autosave
        from apq_desktop.ui.session.editing_session import EditingSession

        error = done.exception()
        if error is not None:
            self.failed.emit(error)
            return
        held = done.result()
        if (self._open is None or self._open.workspace is not held.workspace) and not self._change_to(held):
            return
        self._open = held
        self.keeping.attach(held.workspace)
        self.holdings.attach(held.workspace)
        autosave = Autosave(self.worker, held.workspace, held.evaluation.id)
        catalogue = self.load_catalogue()
        read_only = held.workspace.read_only
        steps = self.steps.setdefault(held.evaluation.id, UndoSteps())
        session = EditingSession(held.evaluation, catalogue, autosave, read_only=read_only, steps=steps)
        self.opened.emit(session, held)

    def _change_to(self, held: Opened) -> bool:
        """Lock the newly opened file and close the one before. False where another program holds it."""
        workspace = held.workspace
        if self._open is not None and self._open.workspace.path == workspace.path:
            self.close()
        lock = FileLock(workspace.path)
        holder = None if workspace.read_only else lock.take()
        if holder is not None:
            self.worker.do(workspace.close)
            self.locked.emit(workspace.path, holder)
            return False
        self.close()
        self._lock = None if workspace.read_only else lock
        return True
