"""What the open file has to say to the window: it is being opened, it is open elsewhere, a backup failed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from apq_desktop.ui.widgets.buttons import WorkButton
from apq_desktop.ui.window.runtime import screen

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QMainWindow

    from apq_desktop.ui.session.app_context import Notifier
    from apq_desktop.ui.session.open_file.file_controller import FileController
    from apq_desktop.ui.window.views.page_stack import PageStack


class FileNotices(QObject):
    """Pass it on: to the buttons that make files, to the notification bar."""

    def __init__(self, window: QMainWindow, files: FileController, pages: PageStack, notifier: Notifier) -> None:
        super().__init__(window)
        self._window, self._pages, self._notifier = window, pages, notifier
        files.busy_changed.connect(self._show_busy)
        files.shown_elsewhere.connect(self._leave_to_other_window)
        files.channel.show_requested.connect(partial(screen.bring_to_front, window))
        files.remarked.connect(notifier.say)
        files.backup_scheduler.backup_failed.connect(partial(notifier.say, stays=True))

    def _show_busy(self, busy: bool) -> None:
        """While a file is opened or made, what would make another is off; what was said before has gone by."""
        if busy:
            self._notifier.hide()
        for button in self._window.findChildren(WorkButton):
            button.show_busy(busy=busy)

    def _leave_to_other_window(self, path: Path) -> None:
        """The file is open in another window, which is in front now."""
        if self._pages.is_empty:
            self._window.close()  # which was opened for this file only
        else:
            self._notifier.say(f"{path.name} is open in another window, which is in front now.")
