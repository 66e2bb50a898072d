"""Sheets to print: a folder for them is chosen, and there they are."""

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


def offer_sheets(window: MainWindow, files: FileController, folder: Path) -> None:
    """Ask for a folder, write every sheet into it, and say so with the way there."""
    chosen = QFileDialog.getExistingDirectory(window, "Where should the sheets go?", str(folder))
    if not chosen:
        return

    def work() -> list[Path]:
        from apq_desktop import services

        return services.save_sheets(files.load_catalogue(), Path(chosen))

    def answer(done: Future[list[Path]]) -> None:
        if error := done.exception():
            window.notice.hide()
            dialogs.tell_error(window, "The sheets were not saved", error)
            return
        show = partial(window.tools.show_folder, Path(chosen))
        window.notice.say(f"{len(done.result())} sheets to print are in {chosen}.", way=("Open the folder", show))

    window.notice.say("Making the sheets…")
    files.worker.run(work, answer)
