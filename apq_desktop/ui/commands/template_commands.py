"""What is empty: a template to print or to fill in with another program, and sheets to print."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from apq_desktop import services

if TYPE_CHECKING:
    from apq_desktop.ui.session.app_context import AppContext
    from apq_desktop.ui.widgets.popups.dialogs import Choice

TITLE = "Blank template"
WHICH = (
    "To print: one sheet for each area, to share out at a meeting or to fill in by hand.\n\n"
    "To fill in on a screen: the same with boxes to type in, for any program that shows PDF files. Open the filled-in "
    "file here, and everything typed in it is read in.\n\n"
    "As a Word document: the same for a word processor, read in as well."
)
NOT_SAVED = "The template was not saved"
PDF, WORD = "PDF (*.pdf)", "Word document (*.docx)"


class TemplateCommands(QObject):
    """Offer the three kinds of template and write the chosen one; write the sheets."""

    def __init__(self, app: AppContext) -> None:
        super().__init__(app.current)
        self._app = app

    def offer_template(self) -> None:
        """Ask which kind it should be."""
        choices: list[Choice] = [
            ("Not now", lambda: None),
            ("To print…", partial(self._choose_place, fillable=False)),
            ("To fill in on a screen…", partial(self._choose_place, fillable=True)),
            ("As a Word document…", partial(self._choose_place, fillable=True, word=True)),
        ]
        self._app.dialogs.ask(TITLE, WHICH, choices)

    def offer_sheets(self) -> None:
        """Ask for a folder, write every sheet into it, and say so with the way there."""
        app = self._app
        folder = app.dialogs.choose_folder("Where should the sheets go?", app.folder)
        if folder is None:
            return

        def saved(sheets: list[Path]) -> None:
            show = partial(app.navigator.show_folder, folder)
            app.notifier.say(f"{len(sheets)} sheets to print are in {folder}.", way=("Open the folder", show))

        app.run(
            lambda: services.save_sheets(app.files.load_catalogue(), folder),
            saved,
            failed="The sheets were not saved",
            saying="Making the sheets…",
        )

    def _choose_place(self, *, fillable: bool, word: bool = False) -> None:
        edition = self._app.files.load_catalogue().edition
        suggested = services.template_path(self._app.folder, edition, fillable=fillable, word=word)
        chosen = self._app.dialogs.choose_new_file("Save the template", suggested, WORD if word else PDF)
        if not chosen:
            return
        suffix = suggested.suffix
        path = chosen if chosen.suffix.lower() == suffix else chosen.with_name(f"{chosen.name}{suffix}")
        if path != chosen and path.exists():  # the dialog asked about the name without its ending
            text = f"There is a file named {path.name} already. Choose another name."
            self._app.dialogs.tell(NOT_SAVED, text)
        else:
            self._write(path, fillable=fillable)

    def _write(self, path: Path, *, fillable: bool) -> None:
        app = self._app
        show = partial(app.navigator.show_folder, path.parent)
        app.run(
            lambda: services.save_template(app.files.load_catalogue(), path, fillable=fillable),
            lambda _: app.notifier.say(f"The template is saved as {path}.", way=("Open the folder", show)),
            failed=NOT_SAVED,
            saying="Making the template…",
        )
