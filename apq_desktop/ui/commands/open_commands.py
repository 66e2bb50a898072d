"""What opens and starts: a new evaluation, a file wherever it comes from, the example, a council's own questions."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from apq_desktop import services
from apq_desktop.errors import ApqError, FileInUseError
from apq_desktop.paths import is_file, own_folder
from apq_desktop.ui.session.open_file.new_file_name import free_path

if TYPE_CHECKING:
    from apq_desktop.services import AlreadyThere, ReplyKept, ReturnedPart
    from apq_desktop.ui.commands.evaluation_commands import EvaluationCommands
    from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
    from apq_desktop.ui.widgets.popups.dialogs import Choice

OPEN_FILTER = "APQ Desktop files and packs (*.apq *.json *.pdf *.docx)"
QUESTIONS_FILTER = "Local questions (*.toml)"
WORKSPACE, QUESTIONS, DATA = ".apq", ".toml", ".json"
PACKS = (DATA, ".pdf", ".docx")
OTHER_KIND = (
    "“{name}” was not opened: APQ Desktop opens its own files (.apq), packs (.json, .pdf), "
    "filled-in Word documents (.docx) and local questions (.toml)."
)
ONE_AT_A_TIME = "Nothing was opened, because several files came at once. Drop one file at a time."
GONE = "“{name}” is not there any more. It may have been moved or renamed; choose “Open…” to look for it."
SENT = "You sent this pack{to_whom_and_when}, as revision {revision}. It is kept in this file as it was."


def examples_folder() -> Path:
    """Where examples are made, so that looking at one leaves nothing among the user's own files."""
    folder = own_folder("data") / "examples"
    with suppress(OSError):  # whoever writes there says why not
        folder.mkdir(parents=True, exist_ok=True)
    return folder


class OpenCommands(QObject):
    """Open files and start new ones."""

    def __init__(self, app: AppContext, evaluation_commands: EvaluationCommands) -> None:
        super().__init__(app.current)
        self._app, self._evaluation_commands = app, evaluation_commands
        app.files.found_in_file.connect(self._show_found)
        app.files.in_use.connect(self._ask_about_file_in_use)

    def start_new(self) -> None:
        """Leave what is open for the start page."""
        if self._app.saving.finish_saving():
            self._app.navigator.show_start()

    def open_example(self) -> None:
        """Open a fresh copy of the worked example, which lies among the program's own files until it is saved."""
        if self._app.saving.finish_saving():
            self._app.files.open_example(free_path(examples_folder(), "Example - Riverside Learning"))

    def choose(self) -> None:
        """Let the user choose an .apq file to open, or a pack to look at."""
        if path := self._app.dialogs.choose_file("Open a file", self._app.folder, OPEN_FILTER):
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open an .apq file, or add a received pack to the open file (to a new one where none is open)."""
        kind = path.suffix.lower()
        if kind in PACKS and self._app.libraries.is_open:
            self._app.libraries.receive([path])
        elif kind == QUESTIONS:
            self.add_questions(path)
        elif kind not in PACKS:
            self._app.navigator.open_file(path)
        elif self._app.saving.finish_saving():
            self._app.files.import_pack(path, free_path(self._app.folder, path.stem))

    def open_recent(self, path: Path) -> None:
        """Open a file of the list, or say that it is gone."""
        if is_file(path):
            self._app.navigator.open_file(path)
        else:
            self._app.notifier.say(GONE.format(name=path.name))

    def open_dropped(self, paths: Sequence[Path]) -> None:
        """Open a file that was dropped or pasted, as by Open…; of any other kind nothing happens, which is said.

        A page in view that notes files, as the register of evidence does, is given all but those only we can open.
        """
        noting: list[Any] = [page for page in self._app.navigator.in_view() if hasattr(page, "note_files")]
        if noting and not any(path.suffix.lower() in (WORKSPACE, QUESTIONS, DATA) for path in paths):
            noting[0].note_files(paths)
        elif self._app.libraries.is_open and not any(path.suffix.lower() in (WORKSPACE, QUESTIONS) for path in paths):
            self._app.libraries.receive(paths)
        elif len(paths) > 1:
            self._app.notifier.say(ONE_AT_A_TIME)
        elif paths[0].suffix.lower() not in (WORKSPACE, QUESTIONS, *PACKS) or paths[0].is_dir():
            self._app.notifier.say(OTHER_KIND.format(name=paths[0].name))
        else:
            # The program that the file came from waits until the drop is answered; opening may ask something.
            QTimer.singleShot(0, self, partial(self.open_path, paths[0]))

    def open_questions(self) -> None:
        """Open a council's or trust's own questions once; from then on they stand in the forms."""
        if path := self._app.dialogs.choose_file("Open local questions", self._app.folder, QUESTIONS_FILTER):
            self.add_questions(path)

    def add_questions(self, file: Path) -> None:
        """Keep a pack of local questions, and show them in what is open."""
        if self._app.files.add_questions is None:
            return
        try:
            pack = self._app.files.add_questions(file)
        except ApqError as error:
            self._app.dialogs.tell_error("The questions were not opened", error)
            return
        if pack.questions:
            self._app.notifier.say(f"The questions of {pack.name} are now in the forms.")
        elif pack.papers:
            self._app.notifier.say(f"The papers of {pack.name} are now named in the guidance.")
        else:
            self._app.notifier.say(f"The standards of {pack.name} are now in the list of standards.")
        if here := self._app.current.get():
            self._app.navigator.switch_to(here.session.evaluation.id)

    def _show_found(self, there: AlreadyThere | ReplyKept | ReturnedPart) -> None:
        """A pack holds what is in the open file already: lead there, and add nothing. A reply leads to the reviews.

        A part that came back is for ``part_commands``.
        """
        if isinstance(there, services.ReturnedPart):
            return
        if isinstance(there, services.ReplyKept):
            self._show_reply(there)
            return
        at_evaluation = self._evaluation_commands.at_evaluation
        if there.sending is None:
            at_evaluation(
                there.evaluation_id, partial(self._app.notifier.say, f"The pack {there.sentence} Here it is.")
            )
            return
        sent = there.sending
        text = SENT.format(to_whom_and_when=sent.to_whom_and_when, revision=sent.revision)
        choices: list[Choice] = [
            ("Close", lambda: None),
            ("Look at it", partial(self._app.files.open_sent, sent)),
            ("What changed since", partial(self._evaluation_commands.show_changes_since, sent)),
        ]
        self._app.dialogs.ask("This pack came from here", text, choices)

    def _show_reply(self, kept: ReplyKept) -> None:
        """Read the evaluation again, with what was added to its review, and show that."""

        def arrived(_: OpenEvaluation) -> None:
            self._app.navigator.show_page("reviews")
            self._app.notifier.say(f"This {kept.sentence}")

        self._app.current.when_shown(kept.evaluation_id, arrived)
        self._app.navigator.switch_to(kept.evaluation_id)

    def _ask_about_file_in_use(self, error: FileInUseError) -> None:
        """A file was not opened, because it is open elsewhere: offer what does no harm there."""
        files = self._app.files
        if self._app.current.get() is None:
            self._app.navigator.show_start()
        path = Path(str(error.path))
        choices: list[Choice] = [
            ("Look at it, without changing it", lambda: files.open(path, read_only=True)),
            ("Open a copy", lambda: files.open_copy(path, free_path(path.parent, f"{path.stem} copy"))),
        ]
        if not error.here:
            choices.append(("Open it all the same", lambda: files.open(path, take_over=True)))
        self._app.dialogs.ask("The file is in use", str(error), choices)
