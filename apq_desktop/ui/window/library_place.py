"""The open library in the window: it stands in the place of a file, with its own pages and menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStackedWidget

    from apq_desktop.ui.pages.library.library_view import LibraryView
    from apq_desktop.ui.window.main_window import MainWindow

PROGRAM = "APQ Desktop"


class LibraryPlace(QObject):
    """Shows a library that was opened, and takes it away when it is closed."""

    def __init__(self, window: MainWindow, pages: QStackedWidget) -> None:
        super().__init__(window)
        self._window, self._pages = window, pages
        self.view: LibraryView | None = None
        window.libraries.opened.connect(self._show)
        window.libraries.closed.connect(self._leave)
        window.libraries.changed.connect(self._tell)
        window.commands.library.page_requested.connect(self._show_page)
        window.commands.library.next_requested.connect(self._next_unread)
        window.commands.library.copy_requested.connect(self._copy)

    def _show(self) -> None:
        from apq_desktop.ui.pages.library.library_view import LibraryView

        window = self._window
        window.leave_file()
        self.view = view = LibraryView(window.app)
        view.receive_requested.connect(window.commands.library.receive_packs)
        self._pages.addWidget(view)
        self._pages.setCurrentWidget(view)
        window.menus.show_library(is_open=True)
        window.setWindowFilePath("")
        window.setWindowTitle(f"{window.libraries.name} – {PROGRAM}".replace("[*]", "[*][*]"))
        self._tell()
        view.focus_first()
        QTimer.singleShot(0, window, window.evaluation_shown.emit)

    def _tell(self) -> None:
        """Say in the header which library this is, and whether what colleagues write can be reached."""
        stand = self._window.libraries.stand
        if stand is not None:
            self._window.header.show_library(self._window.libraries.name, stand.person.role, stand.away)

    def _show_page(self, key: str) -> None:
        if self.view is not None:
            self._pages.setCurrentWidget(self.view)
            self.view.show_page(key)

    def _next_unread(self) -> None:
        if self.view is not None:
            self._pages.setCurrentWidget(self.view)
            self.view.next_unread()

    def _copy(self) -> None:
        if self.view is not None:
            self.view.page("care").copy_library()

    def _leave(self) -> None:
        view, self.view = self.view, None
        if view is not None:
            self._window.menus.show_library(is_open=False)
            self._pages.removeWidget(view)
            view.deleteLater()
