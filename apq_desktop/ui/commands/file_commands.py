"""What keeps words safe: copies to other places and on paper, and what to do with a damaged file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from apq_desktop import services
from apq_desktop.errors import ApqError, DamagedFileError, NewerFileError, WorkspaceRefusedError
from apq_desktop.ui.session.open_file.new_file_name import free_path
from apq_desktop.ui.session.print_sheet import print_sheet

if TYPE_CHECKING:
    from apq_desktop.ui.session.app_context import AppContext
    from apq_desktop.ui.widgets.popups.dialogs import Choice

WORKSPACES = "APQ Desktop files (*.apq)"
NOT_SAVED = "The copy was not saved"


class FileCommands(QObject):
    """Copies do nothing where no evaluation is open."""

    def __init__(self, app: AppContext) -> None:
        super().__init__(app.current)
        self._app = app
        self._files, self._notifier, self._dialogs = app.files, app.notifier, app.dialogs
        app.files.failed.connect(self._show_failure)

    def _show_failure(self, error: BaseException) -> None:
        """A file was not opened: offer what can be done where it is damaged, or where there is a backup of it."""
        if self._app.current.get() is None and not self._app.libraries.is_open:
            self._app.navigator.show_start()
        if isinstance(error, WorkspaceRefusedError) and not isinstance(error, NewerFileError):
            path = Path(str(error.path))
            if isinstance(error, DamagedFileError) or self._files.backup_scheduler.backups_of(path):
                self._offer_rescue(path, str(error))
                return
        self._dialogs.tell_error("This did not work", error)

    def _offer_rescue(self, path: Path, reason: str) -> None:
        """A damaged file was refused: offer its newest backup, and what can still be read of it."""
        backups = self._files.backup_scheduler.backups_of(path)
        choices: list[Choice] = [("Close", lambda: None)]
        if backups:
            choices.append(("Open the newest backup", lambda: self.open_backup(backups[0], path)))
        choices.append(("Save what can be read", lambda: self._salvage(path)))
        choices.append(("Show me the folder", lambda: self._app.navigator.show_folder(path.parent)))
        self._dialogs.ask("The file could not be opened", f"{reason}\n\nThe file itself was left as it was.", choices)

    def open_backup(self, backup: services.Backup, beside: Path) -> None:
        """Open a backup as a new file beside the one it is of."""
        if self._app.saving.finish_saving():
            self._files.open_backup(backup, beside)

    def save_copy(self) -> None:
        """Save all evaluations as another file, without their history. Works whatever became of the file."""
        if not (path := self._ask_for_copy("Save a copy (without earlier versions)")):
            return
        if self._app.saving.save_now():
            self._copy_mine(path, history=False)
            return
        try:
            self._files.backup_scheduler.copy_plain(path)
        except ApqError as error:
            self._dialogs.tell_error(NOT_SAVED, error)
        else:
            self._notifier.say(f"A copy is saved as {path}.")

    def save_elsewhere(self) -> None:
        """Save everything as another file, with its earlier versions. Works whatever became of the file."""
        if not (path := self._ask_for_copy("Save a copy elsewhere")):
            return
        if self._app.saving.save_now():
            self._copy_mine(path, history=True)
        else:
            self._copy(path)

    def _copy_mine(self, path: Path, *, history: bool) -> None:
        """The open file cannot be saved to: copy what is in the window, and what can be read of the file."""
        if not (here := self._app.current.get()):
            return
        try:
            all_read = self._files.backup_scheduler.copy_mine(path, here.session.evaluation, history=history)
        except ApqError as error:
            self._dialogs.tell_error(NOT_SAVED, error)
        else:
            only = f"Only this evaluation is saved as {path}: the others in the file cannot be read at the moment."
            self._notifier.say(f"A copy is saved as {path}." if all_read else only)

    def save_copy_to_work_on(self) -> None:
        """Save what can only be read here as a file of the user's own, and open that."""
        here = self._app.current.get()
        if here is None or not (path := self._ask_for_copy("Save a copy to work on")):
            return
        shown = here.opened
        try:
            if shown.received is not None:
                self._files.copy_to(path, shown.evaluation)
            else:
                self._files.backup_scheduler.copy_plain(path)
        except ApqError as error:
            self._dialogs.tell_error(NOT_SAVED, error)
        else:
            self._app.navigator.open_file(path, shown.evaluation.id)
            self._notifier.say(f"This is your copy to work on. It is saved as {path}.")

    def save_copy_with_history(self) -> None:
        """Save the whole file, with its earlier versions, as another file."""
        if path := self._ask_for_copy("Save a copy with earlier versions"):
            self._copy(path)

    def copy_to_stick(self) -> None:
        """Copy the file into a folder on a USB drive, and read it back from there."""
        if not (here := self._app.current.get()):
            return
        folder = self._dialogs.choose_folder("Choose the USB stick, or a folder on it")
        if folder and services.is_same_file(folder / here.path.name, here.path):
            self._dialogs.tell("Not copied", "That is where the file is already. Choose the stick.")
        elif folder:
            self._copy_if_wanted(folder / here.path.name)

    def print_view(self) -> None:
        """Show the preview of what a page in view says that it has ``to_print``; else of the whole evaluation."""
        if here := self._app.current.get():
            pages: list[Any] = [page for page in self._app.navigator.in_view() if hasattr(page, "to_print")]
            print_sheet(self._app, here.session, pages[0].to_print() if pages else services.Printed())

    def _ask_for_copy(self, title: str) -> Path | None:
        if not (here := self._app.current.get()):
            return None
        suggested = free_path(here.path.parent, f"{here.path.stem} copy")
        path = self._dialogs.choose_new_file(title, suggested, WORKSPACES)
        if path is None:
            return None
        path = path if path.name.endswith(".apq") else path.with_name(f"{path.name}.apq")
        if services.is_same_file(path, here.path):
            self._dialogs.tell(NOT_SAVED, "A copy needs another name than the file itself.")
            return None
        return path

    def _copy_if_wanted(self, path: Path) -> None:
        if not path.exists():
            self._copy(path, to_stick=True)
            return
        choices: list[Choice] = [
            ("Keep what is there", lambda: None),
            ("Replace it", lambda: self._copy(path, to_stick=True)),
        ]
        self._dialogs.ask("Already on the stick", f"There is a file named {path.name}. Replace it?", choices)

    def _copy(self, path: Path, *, to_stick: bool = False) -> None:
        if not self._app.saving.finish_saving():
            return
        on_stick = f"Copied to {path} and read back from there: it is whole."
        said = on_stick if to_stick else f"A copy is saved as {path}."
        copy = services.copy_to_stick if to_stick else partial(services.save_copy, history=True)
        work = partial(copy, self._files.workspace, path, replace=True)
        self._app.run(work, lambda _: self._notifier.say(said), failed=NOT_SAVED)

    def _salvage(self, path: Path) -> None:
        if self._app.saving.finish_saving():
            self._files.salvage(path, free_path(path.parent, f"{path.stem} saved"))
