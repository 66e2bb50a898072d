"""Open a library in the window, receive packs into it, and close it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from apq_desktop.ui.commands.open_commands import examples_folder

if TYPE_CHECKING:
    from apq_desktop.ui.session.app_context import AppContext

PACKS_FILTER = "Packs and answers (*.json *.pdf)"


class LibraryCommands(QObject):
    """What the menus do with a library. The pages of the open one are asked for by ``page_requested``."""

    page_requested = Signal(str)
    next_requested = Signal()
    copy_requested = Signal()

    def __init__(self, app: AppContext) -> None:
        super().__init__(app.current)
        self._app = app
        app.libraries.failed.connect(app.dialogs.tell_error)

    def open_library(self) -> None:
        """Ask which library."""
        if self._app.saving.finish_saving():
            self._app.navigator.show_over("open_library")

    def new_library(self) -> None:
        """Ask where the new library is to be."""
        if self._app.saving.finish_saving():
            self._app.navigator.show_over("new_library")

    def open_library_example(self) -> None:
        """Make the council's example again, and open it."""
        if self._app.saving.finish_saving():
            self._app.libraries.open_example(examples_folder())

    def receive_packs(self) -> None:
        """Let the user choose files to receive."""
        if paths := self._app.dialogs.choose_files("Receive packs", self._app.folder, PACKS_FILTER):
            self._app.libraries.receive(paths)

    def receive_folder(self) -> None:
        """Let the user choose a folder, of which all packs are received."""
        if folder := self._app.dialogs.choose_folder("Receive a folder of packs", self._app.folder):
            self._app.libraries.receive([folder])

    def copy_library(self) -> None:
        """Copy the library, to a USB drive for example."""
        self.page_requested.emit("care")
        self.copy_requested.emit()

    def next_unread(self) -> None:
        """Read the next provider that this person has not read."""
        self.next_requested.emit()

    def close_library(self) -> None:
        """Leave the library for the start page."""
        self._app.navigator.show_start()
