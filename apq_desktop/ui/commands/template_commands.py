"""A template with nothing in it, to print or to fill in with another program: which, where, and there it is."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from apq_desktop.ui.widgets import dialogs

if TYPE_CHECKING:
    from concurrent.futures import Future

    from apq_desktop.ui.session.file_controller import FileController
    from apq_desktop.ui.window.main_window import MainWindow

TITLE = "Blank template"
WHICH = (
    "To print: one sheet for each area, to share out at a meeting or to fill in by hand.\n\n"
    "To fill in on a screen: the same with boxes to type in, for any program that shows PDF files. Open the filled-in "
    "file here, and everything typed in it is read in."
)
NOT_SAVED = "The template was not saved"
PDF = "PDF (*.pdf)"


class BlankTemplate:
    """Offers the two kinds and writes the chosen one. ``folder`` is where it goes unless another is chosen."""

    def __init__(self, window: MainWindow, files: FileController, folder: Path) -> None:
        self._window, self._files, self._folder = window, files, folder

    def offer(self) -> None:
        """Ask which kind it should be."""
        choices: list[dialogs.Choice] = [
            ("Not now", lambda: None),
            ("To print…", partial(self._choose_place, fillable=False)),
            ("To fill in on a screen…", partial(self._choose_place, fillable=True)),
        ]
        dialogs.ask(self._window, TITLE, WHICH, choices)

    def _choose_place(self, *, fillable: bool) -> None:
        from apq_desktop.exchange.pack_files import template_path

        suggested = template_path(self._folder, self._files.load_catalogue().edition, fillable=fillable)
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Save the template", str(suggested), PDF)
        if not chosen:
            return
        path = Path(chosen if chosen.lower().endswith(".pdf") else f"{chosen}.pdf")
        if path != Path(chosen) and path.exists():  # the dialog asked about the name without its ending
            dialogs.tell(self._window, NOT_SAVED, f"There is a file named {path.name} already. Choose another name.")
        else:
            self._write(path, fillable=fillable)

    def _write(self, path: Path, *, fillable: bool) -> None:
        def work() -> None:
            from apq_desktop import services

            services.save_template(self._files.load_catalogue(), path, fillable=fillable)

        def answer(done: Future[None]) -> None:
            if error := done.exception():
                self._window.notice.hide()
                dialogs.tell_error(self._window, NOT_SAVED, error)
                return
            show = partial(self._window.tools.show_folder, path.parent)
            self._window.notice.say(f"The template is saved as {path}.", way=("Open the folder", show))

        self._window.notice.say("Making the template…")
        self._files.worker.run(work, answer)
