"""What opens a file, wherever it comes from: chosen, dropped, pasted, or from the list of recent files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from apq_desktop.ui.session.new_file_name import free_path
from apq_desktop.ui.widgets import dialogs

if TYPE_CHECKING:
    from apq_desktop.evaluation.rules.outgoing_copy import Sending
    from apq_desktop.services import AlreadyThere, ReplyKept
    from apq_desktop.ui.session.file_controller import FileController
    from apq_desktop.ui.window.main_window import MainWindow

OPEN_FILTER = "APQ Desktop files and packs (*.apq *.json *.pdf)"
WORKSPACE, QUESTIONS, PACKS = ".apq", ".toml", (".json", ".pdf")
OTHER_KIND = (
    "“{name}” was not opened: APQ Desktop opens its own files (.apq), packs (.json, .pdf) and local questions (.toml)."
)
ONE_AT_A_TIME = "Nothing was opened, because several files came at once. Drop one file at a time."
GONE = "“{name}” is not there any more. It may have been moved or renamed; choose “Open…” to look for it."
SENT = "You sent this pack{to_whom_and_when}, as revision {revision}. It is kept in this file as it was."


class OpenCommands(QObject):
    """Opens files in the window. ``folder`` is where new files go until the person chooses another place."""

    def __init__(self, window: MainWindow, files: FileController, folder: Path) -> None:
        super().__init__(window)
        self._window, self._files, self._folder = window, files, folder
        files.found_in_file.connect(self._show_found)

    def choose(self) -> None:
        """Let the person choose an .apq file to open, or a pack to look at."""
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Open a file", str(self._folder), OPEN_FILTER)
        if chosen:
            self.open_path(Path(chosen))

    def open_path(self, path: Path) -> None:
        """Open an .apq file, or add a received pack to the open file (to a new one where none is open)."""
        kind = path.suffix.lower()
        if kind == QUESTIONS:
            self._window.tools.add_questions(path)
        elif kind not in PACKS:
            self._window.open_file(path)
        elif self._window.finish_saving():
            self._files.import_pack(path, free_path(self._folder, path.stem))

    def open_recent(self, path: Path) -> None:
        """Open a file of the list, or say that it is gone."""
        if path.is_file():
            self._window.open_file(path)
        else:
            self._window.notice.say(GONE.format(name=path.name))

    def open_dropped(self, paths: Sequence[Path]) -> None:
        """Open a file that was dropped or pasted, as by Open…; of any other kind nothing happens, which is said."""
        if len(paths) > 1:
            self._window.notice.say(ONE_AT_A_TIME)
        elif paths[0].suffix.lower() not in (WORKSPACE, QUESTIONS, *PACKS) or paths[0].is_dir():
            self._window.notice.say(OTHER_KIND.format(name=paths[0].name))
        else:
            # The program that the file came from waits until the drop is answered; opening may ask something.
            QTimer.singleShot(0, self._window, partial(self.open_path, paths[0]))

    def show_changes_since(self, sending: Sending) -> None:
        """Show what changed since a sending of the open file, in the evaluation that was sent."""
        self._at_evaluation(sending.evaluation_id, partial(self._window.tools.show_comparison, sending))

    def _show_found(self, there: AlreadyThere | ReplyKept) -> None:
        """A pack holds what is in the open file already: lead there, and add nothing. A reply leads to the reviews."""
        from apq_desktop.services import ReplyKept

        if isinstance(there, ReplyKept):
            self._show_reply(there)
            return
        if there.sending is None:
            say = partial(self._window.notice.say, f"The pack {there.sentence} Here it is.")
            self._at_evaluation(there.evaluation_id, say)
            return
        sent = there.sending
        text = SENT.format(to_whom_and_when=sent.to_whom_and_when, revision=sent.revision)
        choices: list[dialogs.Choice] = [
            ("Close", lambda: None),
            ("Look at it", partial(self._files.open_sent, sent)),
            ("What changed since", partial(self.show_changes_since, sent)),
        ]
        dialogs.ask(self._window, "This pack came from here", text, choices)

    def _show_reply(self, kept: ReplyKept) -> None:
        """Read the evaluation anew, with what was added to its review, and show that."""

        def arrived() -> None:
            self._window.evaluation_shown.disconnect(arrived)
            self._window.tools.show_reviews()
            self._window.notice.say(f"This {kept.sentence}")

        self._window.evaluation_shown.connect(arrived)
        self._window.switch_to(kept.evaluation_id)

    def _at_evaluation(self, evaluation_id: str, act: partial[None]) -> None:
        """Go to an evaluation of the open file, unless it is in view, and ``act`` there."""
        opened = self._window.identity.opened
        if opened is not None and opened.evaluation.id == evaluation_id and opened.sent is None:
            act()
            return

        def arrived() -> None:
            self._window.evaluation_shown.disconnect(arrived)
            act()

        self._window.evaluation_shown.connect(arrived)
        self._window.switch_to(evaluation_id)
