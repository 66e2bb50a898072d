"""One open .apq file behind the window: the store thread, the workspace and the session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from apq_desktop import services
from apq_desktop.errors import FileInUseError
from apq_desktop.ui.session.instance_channel import InstanceChannel, ask_to_show
from apq_desktop.ui.session.open_file.backup_scheduler import BackupScheduler
from apq_desktop.ui.session.open_file.evaluation_list import EvaluationList
from apq_desktop.ui.session.open_file.new_file_name import free_path
from apq_desktop.ui.session.open_file.store_thread import StoreThread

if TYPE_CHECKING:
    from concurrent.futures import Future

    from apq_desktop.evaluation.edits.undo import UndoSteps
    from apq_desktop.evaluation.model import Evaluation, Setting
    from apq_desktop.evaluation.rules.carry_forward import Choice
    from apq_desktop.evaluation.rules.outgoing_copy import Include, Sending
    from apq_desktop.services import AlreadyThere, Backup, EvaluationHeading, Opened, ReplyKept, ReturnedPart, Workspace
    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.toolkit.local_questions import LocalQuestions


class FileController(QObject):
    """Open, make and close .apq files in the store thread. One is open at a time."""

    opened = Signal(object, object)
    failed = Signal(object)
    in_use = Signal(object)
    shown_elsewhere = Signal(Path)
    remarked = Signal(str)
    found_in_file = Signal(object)
    busy_changed = Signal(bool)

    def __init__(
        self,
        load_catalogue: Callable[[], Catalogue],
        add_questions: Callable[[Path], LocalQuestions] | None = None,
        backups_folder: Path | None = None,
    ) -> None:
        super().__init__()
        self.store_thread = StoreThread()
        self.backup_scheduler = BackupScheduler(self.store_thread, backups_folder)
        self.evaluation_list = EvaluationList(self.store_thread)
        self.load_catalogue, self.add_questions = load_catalogue, add_questions
        self._open: Opened | None = None
        self._under_way: list[str] = []
        self.channel = InstanceChannel()
        self.steps: dict[str, UndoSteps] = {}

    def open(self, path: Path, evaluation_id: str = "", *, read_only: bool = False, take_over: bool = False) -> None:
        """Open a file; ``opened``, ``in_use``, ``shown_elsewhere`` or ``failed`` follows.

        With ``take_over`` it is opened although another computer seems to have it open.
        """

        def work() -> Opened:
            catalogue, backups = self.load_catalogue(), self.backup_scheduler.backups()
            if not read_only and self._open and self._open.workspace.can_save_to(path):
                return services.open_again(self._open, catalogue, evaluation_id, backups)
            return services.open_workspace(
                path,
                catalogue,
                evaluation_id,
                read_only=read_only,
                backups=backups,
                take_over=take_over,
                prove_later=True,
            )

        self._begin(work)

    def start(self, path: Path, name: str, commissioner: str) -> None:
        """Make a new file with an empty evaluation; ``opened`` or ``failed`` follows."""
        self._begin(lambda: self._made(path, services.begun(self.load_catalogue(), name, commissioner)), once="start")

    def start_another(self, setting: Setting | str, commissioner: str) -> None:
        """Add an empty evaluation to the open file, of a setting that is known or the name of a new one.

        ``opened`` or ``failed`` follows.
        """

        def work() -> Opened:
            catalogue = self.load_catalogue()
            return services.add_begun(self.workspace, catalogue, services.begun(catalogue, setting, commissioner))

        self._begin(work, once="start_another")

    def start_next_year(self, evaluation: Evaluation, choice: Choice) -> None:
        """Add the evaluation that follows to the open file; ``opened`` or ``failed`` follows."""

        def work() -> Opened:
            from apq_desktop.evaluation.rules.carry_forward import carry_forward

            following = carry_forward(evaluation, created=services.now(), choice=choice)
            return services.add_begun(self.workspace, self.load_catalogue(), following)

        self._begin(work, once="start_next_year")

    def open_backup(self, backup: Backup, beside: Path) -> None:
        """Make a new file from a backup, beside the one it is of, and open it; ``opened`` or ``failed`` follows."""
        path = free_path(beside.parent, f"{beside.stem} {backup.at.astimezone():%Y-%m-%d %H-%M}")

        def work() -> Opened:
            backups = self.backup_scheduler.backups()
            assert backups is not None
            backups.restore_as(backup, path)
            return services.open_workspace(path, self.load_catalogue(), backups=backups)

        self._begin(work, once="open_backup")

    def salvage(self, path: Path, saved: Path) -> None:
        """Make a new file of what can be read of a damaged one, and open it; ``opened`` or ``failed`` follows."""

        def work() -> Opened:
            catalogue = self.load_catalogue()
            self.remarked.emit(services.salvage(path, saved, catalogue))
            return services.open_workspace(saved, catalogue)

        self._begin(work, once="salvage")

    def headings(self) -> list[EvaluationHeading]:
        """What the open file holds, read now."""
        return self.store_thread.do(self._open.workspace.evaluations) if self._open else []

    def read(self, evaluation_id: str) -> Evaluation:
        """Another evaluation of the open file, to look at. Raises ApqError."""
        held = self.workspace
        return self.store_thread.do(lambda: held.read(evaluation_id))

    def others(self, evaluation_id: str) -> list[Evaluation]:
        """The other evaluations of the open file, to look at. Raises ApqError."""
        return [self.read(heading.id) for heading in self.headings() if heading.id != evaluation_id]

    def read_sent(self, sending_id: str) -> tuple[Evaluation, Include]:
        """An evaluation as it was sent, to look at. Raises ApqError."""
        held = self.workspace
        return self.store_thread.do(lambda: services.read_sent(held, sending_id, self.load_catalogue()))

    def sendings(self, evaluation_id: str) -> list[Sending]:
        """What was sent of an evaluation of the open file, newest first."""
        held = self.workspace
        return self.store_thread.do(lambda: held.send_log.of_evaluation(evaluation_id))

    def sendings_by_evaluation(self) -> list[tuple[EvaluationHeading, list[Sending]]]:
        """What was sent of each evaluation of the open file, newest first."""
        held = self.workspace
        return self.store_thread.do(lambda: [(one, held.send_log.of_evaluation(one.id)) for one in held.evaluations()])

    @property
    def workspace(self) -> Workspace:
        """The open workspace, for work in the store thread."""
        assert self._open is not None
        return self._open.workspace

    def open_example(self, path: Path) -> None:
        """Write the worked example to ``path`` and open it; ``opened`` or ``failed`` follows.

        Of the earlier ones beside it, those go that were only looked at.
        """

        def work() -> Opened:
            from apq_desktop.services import examples

            examples.remove_unused(path.parent, self.backup_scheduler.backups())
            return self._made(path, services.example(self.load_catalogue()))

        self._begin(work, once="open_example")

    def import_pack(self, pack: Path, path: Path) -> None:
        """Add a received evaluation to the open file, or to a new one at ``path`` where none is open.

        ``opened``, ``found_in_file`` (with AlreadyThere; ReplyKept for a reply; ReturnedPart for a part that comes
        back) or ``failed`` follows.
        """

        def work() -> Opened | AlreadyThere | ReplyKept | ReturnedPart:
            workspace = self._open.workspace if self._open else None
            opened, remarks = services.open_pack(pack, workspace, path, self.load_catalogue())
            if remarks:
                self.remarked.emit(" ".join(remarks))
            return opened

        self._begin(work, once=f"import {pack}")

    def open_sent(self, sending: Sending) -> None:
        """Show an evaluation of the open file as one sending had it; ``opened`` or ``failed`` follows."""
        self._begin(lambda: services.as_sent(self.workspace, self.load_catalogue(), sending))

    def switch(self, evaluation_id: str) -> None:
        """Go to another evaluation of the open file; ``opened`` or ``failed`` follows."""

        def work() -> Opened:
            assert self._open is not None
            return services.at_evaluation(self._open.workspace, self.load_catalogue(), evaluation_id)

        self._begin(work)

    def open_copy(self, path: Path, copy: Path) -> None:
        """Copy a file that another program holds, without touching it, and open the copy."""

        def work() -> Opened:
            services.copy_workspace(path, copy)
            return services.open_workspace(copy, self.load_catalogue(), backups=self.backup_scheduler.backups())

        self._begin(work, once="open_copy")

    def copy_to(self, path: Path, evaluation: Evaluation) -> None:
        """Write what is in memory to a file, whatever became of the open one, and wait. Raises NotWrittenError."""

        def work() -> None:
            services.write_new(path, [evaluation], replace=True, never=self.workspace.path)

        self.store_thread.do(work)

    def close(self) -> None:
        """Close what is open, and wait."""
        held, self._open = self._open, None
        self.steps = {}
        self.backup_scheduler.release()
        self.evaluation_list.attach(None)
        if held is not None:
            self.store_thread.do(held.workspace.close)

    def stop(self) -> None:
        """Close what is open and end the store thread."""
        self.close()
        self.store_thread.stop()
        self.channel.close()

    def _made(self, path: Path, evaluation: Evaluation) -> Opened:
        return services.at_evaluation(services.create_workspace(path, evaluation), self.load_catalogue(), evaluation.id)

    def _begin(self, work: Callable[[], Opened | AlreadyThere | ReplyKept | ReturnedPart], *, once: str = "") -> None:
        """Do ``work``; nothing while other work named ``once`` is under way, as after a double click."""
        if once and once in self._under_way:
            return

        from apq_desktop import services

        def opening() -> Opened | AlreadyThere | ReplyKept | ReturnedPart:
            found = work()
            if isinstance(found, services.Opened):
                found.workspace.tell_address(self.channel.address())
            return found

        self._under_way.append(once)
        self.busy_changed.emit(True)
        self.store_thread.run(opening, lambda done: self._finish(done, once))

    def _finish(self, done: Future[Opened | AlreadyThere | ReplyKept | ReturnedPart], once: str) -> None:
        self._under_way.remove(once)
        self.busy_changed.emit(bool(self._under_way))
        error = done.exception()
        if error is not None:
            self._tell(error)
            return
        found = done.result()
        if isinstance(found, services.Opened):
            self._answered(found)
        else:
            self.found_in_file.emit(found)

    def _answered(self, held: Opened) -> None:
        from apq_desktop.evaluation.edits.undo import UndoSteps
        from apq_desktop.ui.session.editing_session import EditingSession
        from apq_desktop.ui.session.open_file.autosave import Autosave

        if self._open is not None and self._open.workspace is not held.workspace:
            self.close()
        self._open = held
        self.backup_scheduler.attach(held.workspace)
        self.evaluation_list.attach(held.workspace)
        autosave = Autosave(self.store_thread, held.workspace, held.evaluation.id)
        catalogue = self.load_catalogue()
        steps = self.steps.setdefault(held.evaluation.id, UndoSteps())
        session = EditingSession(
            held.evaluation,
            catalogue,
            autosave,
            read_only=held.read_only,
            steps=steps,
            review_lines=held.review_lines,
        )
        self.opened.emit(session, held)

    def _tell(self, error: BaseException) -> None:
        if not isinstance(error, FileInUseError):
            self.failed.emit(error)
        elif error.address and ask_to_show(error.address):
            self.shown_elsewhere.emit(Path(str(error.path)))
        else:
            self.in_use.emit(error)
