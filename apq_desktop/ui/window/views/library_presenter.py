"""The open library in the window: it stands in the place of a file, with its own pages and menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from apq_desktop.ui.commands.library_commands import LibraryCommands
    from apq_desktop.ui.pages.library.library_view import LibraryView
    from apq_desktop.ui.session.app_context import AppContext
    from apq_desktop.ui.window.header import Header
    from apq_desktop.ui.window.menu_bar import Menus
    from apq_desktop.ui.window.views.page_stack import PageStack

PROGRAM = "APQ Desktop"


class LibraryPresenter(QObject):
    """Show a library that was opened, and take it away when it is closed.

    ``coming`` is told before it is shown, ``shown`` when it stands there.
    """

    coming = Signal()
    shown = Signal()

    def __init__(
        self, app: AppContext, commands: LibraryCommands, pages: PageStack, header: Header, menus: Menus
    ) -> None:
        super().__init__(pages)
        self._app, self._libraries, self._commands = app, app.libraries, commands
        self._pages, self._header, self._menus = pages, header, menus
        self.view: LibraryView | None = None
        self._libraries.opened.connect(self._show)
        self._libraries.closed.connect(self._leave)
        self._libraries.changed.connect(self._tell)
        commands.page_requested.connect(self._show_page)
        commands.next_requested.connect(self._next_unread)
        commands.copy_requested.connect(self._copy)

    def _show(self) -> None:
        from apq_desktop.ui.pages.library.library_view import LibraryView

        self.coming.emit()
        self.view = view = LibraryView(self._app)
        view.receive_requested.connect(self._commands.receive_packs)
        self._pages.bring(view)
        self._menus.show_library(is_open=True)
        window = self._pages.window()
        window.setWindowFilePath("")
        window.setWindowTitle(f"{self._libraries.name} – {PROGRAM}".replace("[*]", "[*][*]"))
        self._tell()
        view.focus_first()
        QTimer.singleShot(0, self, self.shown.emit)

    def _tell(self) -> None:
        """Say in the header which library this is, and whether what colleagues write can be reached."""
        status = self._libraries.status
        if status is not None:
            self._header.show_library(self._libraries.name, status.person.role, status.away)

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
            self._menus.show_library(is_open=False)
            self._pages.take_away(view)
