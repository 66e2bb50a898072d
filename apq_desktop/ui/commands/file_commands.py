"""The menu's tools that keep words safe: earlier versions, backups, copies, and what to do with a damaged file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from apq_desktop.errors import ApqError, DamagedFileError, FileInUseError, NewerFileError, WorkspaceRefusedError
from apq_desktop.ui.session.new_file_name import free_path
from apq_desktop.ui.widgets import dialogs

if TYPE_CHECKING:
    from concurrent.futures import Future

    from apq_desktop.storage.files.backups import Backup
    from apq_desktop.ui.session.backup_scheduler import CopyKind
    from apq_desktop.ui.session.editing_session import EditingSession
    from apq_desktop.ui.session.file_controller import FileController
    from apq_desktop.ui.window.evaluation_view import EvaluationView
    from apq_desktop.ui.window.main_window import MainWindow

WORKSPACES = "APQ Desktop files (*.apq)"


class FileCommands(QObject):
    """Each does nothing where no evaluation is open."""

    def __init__(self, window: MainWindow, files: FileController) -> None:
        super().__init__(window)
        self._window, self._files = window, files

    def show_history(self) -> None:
        """Show the earlier versions of what was written."""
        from apq_desktop.ui.pages.history_page import HistoryPage

        if opened := self._opened():
            session, workbench = opened

            def make() -> HistoryPage:
                keeping = self._files.keeping
                page = HistoryPage(session, lambda answer: keeping.earlier(session.evaluation.id, answer))
                page.message_posted.connect(self._window.notice.say)
                return page

            session.finish()
            workbench.show_beside(HistoryPage, make)

    def show_backups(self) -> None:
        """Show the backups of the open file."""
        from apq_desktop.ui.pages.backups_page import BackupsPage

        if opened := self._opened():
            workbench = opened[1]

            def make() -> BackupsPage:
                page = BackupsPage()
                page.restore_requested.connect(lambda backup: self.open_backup(backup, workbench.path))
                return page

            backups = self._files.keeping.backups_of(workbench.path)
            workbench.show_beside(BackupsPage, make).show_backups(backups)

    def open_backup(self, backup: Backup, beside: Path) -> None:
        """Open a backup as a new file beside the one it is of."""
        if self._window.finish_saving():
            at = backup.at.astimezone()
            self._files.open_backup(backup, free_path(beside.parent, f"{beside.stem} {at:%Y-%m-%d %H-%M}"))

    def can_help(self, error: WorkspaceRefusedError) -> bool:
        """Whether a refused file can be helped: it is damaged, or there is a backup of it."""
        if isinstance(error, NewerFileError):
            return False
        return isinstance(error, DamagedFileError) or bool(self._files.keeping.backups_of(Path(str(error.path))))

    def offer_rescue(self, path: Path, reason: str) -> None:
        """A damaged file was refused: offer its newest backup, and what can still be read of it."""
        backups = self._files.keeping.backups_of(path)
        choices: list[dialogs.Choice] = [("Close", lambda: None)]
        if backups:
            choices.append(("Open the newest backup", lambda: self.open_backup(backups[0], path)))
        choices.append(("Save what can be read", lambda: self._salvage(path)))
        choices.append(("Show me the folder", lambda: self._window.tools.show_folder(path.parent)))
        dialogs.ask(
            self._window, "The file could not be opened", f"{reason}\n\nThe file itself was left as it is.", choices
        )

    def ask_about_file_in_use(self, error: FileInUseError) -> None:
        """A file was not opened, because it is open elsewhere: offer what does no harm there."""
        if self._window.session is None:
            self._window.show_start()
        path = Path(str(error.path))
        choices: list[dialogs.Choice] = [
            ("Look at it, without changing it", lambda: self._files.open(path, read_only=True)),
            ("Open a copy", lambda: self._files.open_copy(path, free_path(path.parent, f"{path.stem} copy"))),
        ]
        if not error.here:
            choices.append(("Open it all the same", lambda: self._files.open(path, take_over=True)))
        dialogs.ask(self._window, "The file is in use", str(error), choices)

    def save_copy(self) -> None:
        """Save all evaluations as another file, without their history. Works whatever became of the file."""
        opened = self._opened()
        if opened is None or not (path := self._ask_for_copy("Save a copy (without earlier versions)")):
            return
        if self._window.save_now():
            self._copy_mine(path, history=False)
            return
        try:
            self._files.keeping.copy_plain(path)
        except ApqError as error:
            dialogs.tell_error(self._window, "The copy was not saved", error)
        else:
            self._window.notice.say(f"A copy is saved as {path}.")

    def save_elsewhere(self) -> None:
        """Save everything as another file, with its earlier versions. Works whatever became of the file."""
        if not (path := self._ask_for_copy("Save a copy elsewhere")):
            return
        if self._window.save_now():
            self._copy_mine(path, history=True)
        else:
            self._copy(path, "history")

    def _copy_mine(self, path: Path, *, history: bool) -> None:
        """The open file cannot be saved to: copy what is in the window, and what can be read of the file."""
        if not (opened := self._opened()):
            return
        try:
            all_read = self._files.keeping.copy_mine(path, opened[0].evaluation, history=history)
        except ApqError as error:
            dialogs.tell_error(self._window, "The copy was not saved", error)
        else:
            only = f"Only this evaluation is saved as {path}: the others in the file cannot be read at the moment."
            self._window.notice.say(f"A copy is saved as {path}." if all_read else only)

    def save_copy_to_work_on(self) -> None:
        """Save what can only be read here as a file of the person's own, and open that."""
        shown = self._window.identity.opened
        if shown is None or not (path := self._ask_for_copy("Save a copy to work on")):
            return
        try:
            if shown.received is not None:
                self._files.copy_to(path, shown.evaluation)
            else:
                self._files.keeping.copy_plain(path)
        except ApqError as error:
            dialogs.tell_error(self._window, "The copy was not saved", error)
        else:
            self._window.open_file(path, shown.evaluation.id)
            self._window.notice.say(f"This is your copy to work on. It is saved as {path}.")

    def save_copy_with_history(self) -> None:
        """Save the whole file, with its earlier versions, as another file."""
        if path := self._ask_for_copy("Save a copy with earlier versions"):
            self._copy(path, "history")

    def copy_to_stick(self) -> None:
        """Copy the file into a folder on a stick, and read it back from there."""
        if not (opened := self._opened()):
            return
        from apq_desktop.storage.files.verified_copy import is_same_file

        folder = QFileDialog.getExistingDirectory(self._window, "Choose the USB stick, or a folder on it")
        if folder and is_same_file(Path(folder) / opened[1].path.name, opened[1].path):
            dialogs.tell(self._window, "Not copied", "That is where the file is already. Choose the stick.")
        elif folder:
            self._copy_if_wanted(Path(folder) / opened[1].path.name)

    def _opened(self) -> tuple[EditingSession, EvaluationView] | None:
        session, workbench = self._window.session, self._window.workbench
        return (session, workbench) if session and workbench else None

    def _ask_for_copy(self, title: str) -> Path | None:
        if not (opened := self._opened()):
            return None
        from apq_desktop.storage.files.verified_copy import is_same_file

        suggested = free_path(opened[1].path.parent, f"{opened[1].path.stem} copy")
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, str(suggested), WORKSPACES)
        if not chosen:
            return None
        path = Path(chosen if chosen.endswith(".apq") else f"{chosen}.apq")
        if is_same_file(path, opened[1].path):
            dialogs.tell(self._window, "The copy was not saved", "A copy needs another name than the file itself.")
            return None
        return path

    def _copy_if_wanted(self, path: Path) -> None:
        if not path.exists():
            self._copy(path, "stick")
            return
        choices: list[dialogs.Choice] = [
            ("Keep what is there", lambda: None),
            ("Replace it", lambda: self._copy(path, "stick")),
        ]
        dialogs.ask(self._window, "Already on the stick", f"There is a file named {path.name}. Replace it?", choices)

    def _copy(self, path: Path, kind: CopyKind) -> None:
        if not self._window.finish_saving():
            return

        def answer(done: Future[None]) -> None:
            error = done.exception()
            if error is not None:
                dialogs.tell_error(self._window, "The copy was not saved", error)
            elif kind == "stick":
                self._window.notice.say(f"Copied to {path} and read back from there: it is whole.")
            else:
                self._window.notice.say(f"A copy is saved as {path}.")

        self._files.keeping.copy(path, kind, answer)

    def _salvage(self, path: Path) -> None:
        if self._window.finish_saving():
            self._files.salvage(path, free_path(path.parent, f"{path.stem} saved"))
