"""Save before anything is left behind, and ask where that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from apq_desktop.errors import ApqError

if TYPE_CHECKING:
    from apq_desktop.ui.session.app_context import CurrentEvaluation, Notifier
    from apq_desktop.ui.session.drafts import Drafts
    from apq_desktop.ui.session.open_file.file_controller import FileController
    from apq_desktop.ui.widgets.popups.dialogs import Choice, Dialogs


class Saving(QObject):
    """The window's ``SaveGuard``. What cannot be saved stays in the window until the user says otherwise."""

    not_saved = Signal(str)
    copy_requested = Signal()
    close_requested = Signal()

    def __init__(
        self, files: FileController, current: CurrentEvaluation, notifier: Notifier, dialogs: Dialogs, drafts: Drafts
    ) -> None:
        super().__init__(current)
        self._files, self._current, self._notifier, self._dialogs = files, current, notifier, dialogs
        self._drafts = drafts

    def save_now(self) -> str:
        """Save everything typed and wait. Returns an empty text, or why it could not be saved."""
        here = self._current.get()
        reason = here.session.finish() if here else ""
        self._drafts.finish()
        return reason

    def finish_saving(self) -> bool:
        """Save everything typed and wait. Where it cannot be saved, ask; nothing is lost meanwhile."""
        reason = self.save_now()
        if reason:
            self.not_saved.emit(reason)
            choices: list[Choice] = [
                ("Go back", lambda: None),
                ("Save elsewhere…", self.copy_requested.emit),
                ("Leave without saving", self._leave_without_saving),
            ]
            self._dialogs.ask("Not saved", f"{reason}\n\nWhat you typed is still in this window.", choices)
        return not reason

    def _leave_without_saving(self) -> None:
        if here := self._current.get():
            here.session.autosave.abandon()
        self._current.set(None)
        self.close_requested.emit()

    def try_again(self) -> None:
        """Try to save what could not be saved."""
        if here := self._current.get():
            here.session.autosave.flush()

    def ask_about_lost_file(self, reason: str) -> None:
        """The file was changed, moved or replaced underneath, or is damaged: it is kept, and so is what is here."""
        text = f"{reason}\n\nEverything in this window is safe. It can be saved beside the other file, as its own file."
        choices: list[Choice] = [("Save mine beside it", self._rescue), ("Not yet", lambda: None)]
        self._dialogs.ask("Saving has stopped", text, choices)

    def _rescue(self) -> None:
        if not (here := self._current.get()):
            return
        evaluation = here.session.evaluation
        try:
            path = self._files.backup_scheduler.rescue(evaluation)
        except ApqError as error:
            self._dialogs.tell_error("It could not be saved there", error)
            self.copy_requested.emit()
        else:
            here.session.autosave.abandon()  # all of it is in the new file, and the other one is left alone
            self._files.open(path, evaluation.id)
            self._notifier.say(f"Your version is saved as {path}. The other file was not touched.")
