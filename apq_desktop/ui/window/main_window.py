"""The window: header, menus, and either the first page or an open evaluation."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import shiboken6
from PySide6.QtCore import QEvent, QTimer, QUrl, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDesktopServices, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from apq_desktop.ui.commands.command_table import COMMANDS
from apq_desktop.ui.commands.controllers import Controllers
from apq_desktop.ui.session.app_context import AppContext, CurrentEvaluation
from apq_desktop.ui.session.last_places import LastPlaces
from apq_desktop.ui.session.libraries.library_controller import LibraryController
from apq_desktop.ui.widgets.bars.banner import Banner
from apq_desktop.ui.widgets.bars.notification_bar import NotificationBar
from apq_desktop.ui.widgets.buttons import WorkButton
from apq_desktop.ui.widgets.file_drops import FileDrops
from apq_desktop.ui.widgets.popups.dialogs import Dialogs
from apq_desktop.ui.window.file_identity import FileIdentity
from apq_desktop.ui.window.header import Header, MenuBar
from apq_desktop.ui.window.library_place import LibraryPlace
from apq_desktop.ui.window.menu_bar import Menus, RecentFilesMenu
from apq_desktop.ui.window.runtime import screen
from apq_desktop.ui.window.saving import Saving
from apq_desktop.ui.window.undo_actions import UndoActions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apq_desktop.services import EvaluationHeading, Opened
    from apq_desktop.ui.commands.controllers import Handler
    from apq_desktop.ui.pages.start_page import StartPage
    from apq_desktop.ui.session.editing_session import EditingSession
    from apq_desktop.ui.session.open_file.file_controller import FileController
    from apq_desktop.ui.widgets.page import Page
    from apq_desktop.ui.widgets.theme import Theme
    from apq_desktop.ui.window.evaluation_view import EvaluationView
    from apq_desktop.ui.window.find.finding import Finding
    from apq_desktop.ui.window.settings import Settings


class MainWindow(QMainWindow):
    """The program's one window. ``folder`` is where new files go until the user chooses another place."""

    painted = Signal()
    evaluation_shown = Signal()

    def __init__(self, files: FileController, theme: Theme, folder: Path, settings: Settings | None = None) -> None:
        super().__init__()
        self._files = files
        self._was_painted = False
        self.header, self.banner, self.notification_bar = Header(), Banner(), NotificationBar()
        self._pages = QStackedWidget()
        self._pages.addWidget(QWidget())
        self.start_page: StartPage | None = None
        self._over: dict[str, Page] = {}
        self._under: list[QWidget | None] = []
        self.setMenuBar(MenuBar())
        self._lay_out()
        self.current, dialogs = CurrentEvaluation(self), Dialogs(self)
        self.saving = Saving(files, self.current, self.notification_bar, dialogs)
        self.libraries, self.places = LibraryController(files.load_catalogue), LastPlaces(self.current, settings)
        self.app = AppContext(
            files, folder, self.notification_bar, dialogs, self, self.saving, self.current, self.libraries, self.places
        )
        self.commands = Controllers(self.app, theme)
        self.identity = FileIdentity(self, self.app, self.commands, self.banner, settings)
        self.undo_actions = UndoActions(self, self.current)
        self.check_spelling = QAction(self, checkable=True, visible=False)
        self.recent_files = RecentFilesMenu(self, self.identity, self.commands.open)
        own: dict[str, Handler] = {
            "close": self.close,
            "recent_files": self.recent_files.menuAction(),
            "undo": self.undo_actions.undo,
            "redo": self.undo_actions.redo,
            "check_spelling": self.check_spelling,
            "find": self.open_finder,
            "find_next": self.find_next,
        }
        self.menus = Menus(self.menuBar(), self.commands.handlers(COMMANDS, own), self)
        self.menus.menus["edit"].aboutToShow.connect(self.undo_actions.show)
        for chosen in (f"{theme.scheme}_colours", f"{theme.typeface}_font"):
            self.menus.actions[chosen].setChecked(True)
        self.undo_actions.show()
        self.drops = FileDrops(self)
        self.library_place = LibraryPlace(self, self._pages)
        self._connect()

    def _lay_out(self) -> None:
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.banner)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.notification_bar)
        self.setCentralWidget(centre)
        self.resize(1180, 800)

    def _connect(self) -> None:
        self.setAcceptDrops(True)
        self.drops.arrived.connect(self.commands.open.open_dropped)
        self.header.find_requested.connect(self.open_finder)
        self.evaluation_shown.connect(self._leave_finding)
        self.header.send_requested.connect(self.commands.send.show_sending)
        self.header.switch_requested.connect(partial(self.menus.show_evaluations, self.header.switch))
        self.header.retry_requested.connect(self.saving.try_again)
        self.header.copy_requested.connect(self.commands.file.save_elsewhere)
        self.saving.copy_requested.connect(self.commands.file.save_elsewhere)
        self.saving.not_saved.connect(self.header.show_not_saved)
        self.saving.close_requested.connect(self.close)
        self.notification_bar.undo_requested.connect(self.undo_actions.take_back)
        self.undo_actions.stepped.connect(self._show_view)
        self._pages.currentChanged.connect(self._mark_tab)
        self._files.busy_changed.connect(self._show_busy)
        self._files.opened.connect(self._show_opened)
        self._files.shown_elsewhere.connect(self._leave_to_other_window)
        self._files.channel.show_requested.connect(partial(screen.bring_to_front, self))
        self._files.remarked.connect(self.notification_bar.say)
        self._files.backup_scheduler.backup_failed.connect(partial(self.notification_bar.say, stays=True))
        self._files.evaluation_list.changed.connect(lambda: self._show_held(self._files.headings()))

    @cached_property
    def finding(self) -> Finding:
        """“Find or go to…”, which the first painting does not wait for."""
        from apq_desktop.ui.window.find.finding import Finding

        return Finding(self, self.app, lambda: self.menus.actions, self._show_view)

    def open_finder(self) -> None:
        """Open the field to find or go to anything."""
        self.finding.find()

    def find_next(self) -> None:
        """Go to the next place of what was found."""
        self.finding.find_next()

    def _leave_finding(self) -> None:
        if "finding" in vars(self):
            self.finding.close()

    @property
    def session(self) -> EditingSession | None:
        """The open evaluation's, or None."""
        here = self.current.get()
        return here.session if here else None

    @property
    def view(self) -> EvaluationView | None:
        """The open evaluation's tabs, or None."""
        here = self.current.get()
        return cast("EvaluationView", here.view) if here else None

    def show_start(self) -> None:
        """Show the start page."""
        if self.start_page is None:
            from apq_desktop.ui.pages.start_page import StartPage

            self.start_page = StartPage(self.app)
            self.start_page.open_requested.connect(self.commands.open.choose)
            self.start_page.example_requested.connect(self.commands.open.open_example)
            self.start_page.back_requested.connect(self._go_back)
            self._pages.addWidget(self.start_page)
        self.libraries.close()
        self.start_page.back.setVisible(self.view is not None)
        self.header.send.hide()
        self.header.switch.hide()
        self.header.show_tabs(None)
        self.menus.show_open(None)
        self.undo_actions.show()
        self.identity.show_start()
        self._pages.setCurrentWidget(self.start_page)
        self.start_page.begin()
        self.evaluation_shown.emit()

    def leave_file(self) -> None:
        """Close the open file; what is typed is saved."""
        before = self.view
        self.current.set(None)
        self._files.close()
        if before is not None:
            self._pages.removeWidget(before)
            before.deleteLater()
        self.menus.show_open(None)
        self.header.show_tabs(None)
        self.undo_actions.show()
        self.banner.hide()

    def _go_back(self) -> None:
        """From the start page to the evaluation that is still open."""
        if self.session is not None:
            self.switch_to(self.session.evaluation.id)

    def show_page(self, key: str) -> Page | None:
        """Show a page of ``PAGES`` beside the tabs. None where no evaluation is open."""
        self._show_view()
        return self.view.show_page(key) if self.view else None

    def _show_view(self) -> None:
        """Go back to the evaluation from a page that is shown over it."""
        if self.view is not None and self._pages.currentWidget() in self._over.values():
            self._pages.setCurrentWidget(self.view)

    def _mark_tab(self) -> None:
        """Over the evaluation another page, such as help, may be in view: then no tab is marked."""
        if view := self.view:
            page = self._pages.currentWidget()
            view.mark_tab(view.currentWidget() if page is view else page)

    def show_over(self, key: str) -> Page:
        """Show a page over whatever is in view; closing it leads back there, into the field with the focus."""
        self._leave_finding()
        page = self._over.get(key)
        if page is None:
            from apq_desktop.ui.pages.page_table import make_page

            page = self._over[key] = cast("Page", make_page(key, self.app, None))
            page.closed.connect(self._leave_over)
            self._pages.addWidget(page)
        if self._pages.currentWidget() is not page:
            self._under = [self._pages.currentWidget(), self.focusWidget()]
            if self.session:
                self.session.flush()
            self._pages.setCurrentWidget(page)
            self.notification_bar.leave()
        page.focus_first()
        return page

    def _leave_over(self) -> None:
        page, focus = self._under
        if page is not None:
            self._pages.setCurrentWidget(page)
        if focus is not None and shiboken6.isValid(focus) and focus.isVisible():
            focus.setFocus()

    def in_view(self) -> list[QWidget]:
        """Where the user is: the widget with the focus, if any, then the page in view."""
        page, view = self._pages.currentWidget(), self.view
        shown = view.in_view() if view is not None and page is view else page
        return [widget for widget in (self.focusWidget(), shown) if widget is not None]

    def show_folder(self, folder: Path) -> None:
        """Open a folder in the system's file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def open_file(self, path: Path, evaluation_id: str = "") -> None:
        """Open an .apq file, after everything typed so far is saved."""
        self.places.save(self.focusWidget())
        if self.saving.finish_saving():
            self._files.open(path, evaluation_id)

    def switch_to(self, evaluation_id: str) -> None:
        """Go to another evaluation of the open file, after everything typed so far is saved."""
        self.places.save(self.focusWidget())
        if self.saving.finish_saving():
            self._files.switch(evaluation_id)

    def _show_opened(self, session: EditingSession, opened: Opened) -> None:
        from apq_desktop.ui.window.evaluation_view import EvaluationView

        self.libraries.close()
        before, view = self.view, EvaluationView(self.app, session, opened)
        self.current.set(view.here)
        self._pages.addWidget(view)
        self._pages.setCurrentWidget(view)
        self.header.show_tabs(view.tabs.bar)
        view.tabs.bar.tabBarClicked.connect(self._show_view)
        if before is not None:
            self._pages.removeWidget(before)
            before.deleteLater()
        self._follow(session, view)
        self.header.show_evaluation(session.evaluation)
        self.header.follow(session.autosave, read_only=opened.read_only)
        self._show_held(opened.headings)
        self.identity.show(view.here)
        self.undo_actions.show()
        self.setWindowFilePath(str(view.here.path))
        view.tabs.bar.setFocus()
        QTimer.singleShot(0, self._evaluation_is_shown)

    def _follow(self, session: EditingSession, view: EvaluationView) -> None:
        view.place_changed.connect(self.notification_bar.leave)
        session.message_posted.connect(self.notification_bar.say)
        session.change_made.connect(self._show_change)
        session.steps_changed.connect(self.undo_actions.show)
        session.removed.connect(lambda what: self.notification_bar.say(f"{what} removed.", undo=True))
        session.autosave.file_lost.connect(self.saving.ask_about_lost_file)

    def _evaluation_is_shown(self) -> None:
        self.places.go_on()
        self.evaluation_shown.emit()
        self.current.note_shown()

    def _show_change(self) -> None:
        self.notification_bar.pass_by()
        if self.session:
            self.header.show_evaluation(self.session.evaluation)
            self.identity.follow()

    def _show_held(self, headings: Sequence[EvaluationHeading]) -> None:
        """Show in menu and header what the file holds: a switch only where there is something to switch to."""
        if here := self.current.get():
            current = here.session.evaluation.id
            self.menus.show_open(here)
            self.menus.list_evaluations(headings, current)
            others = [one for one in headings if not one.archived and one.id != current]
            self.header.switch.setVisible(bool(others))

    def _show_busy(self, busy: bool) -> None:
        """While a file is opened or made, what would make another is off; what was said before has gone by."""
        if busy:
            self.notification_bar.hide()
        for button in self.findChildren(WorkButton):
            button.show_busy(busy=busy)

    def _leave_to_other_window(self, path: Path) -> None:
        """The file is open in another window, which is in front now."""
        if self.current.get() is None and self.start_page is None:
            self.close()  # which was opened for this file only
        else:
            self.notification_bar.say(f"{path.name} is open in another window, which is in front now.")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is typed, then close the file. An unsaved word keeps the window open."""
        if not self.saving.finish_saving():
            event.ignore()
            return
        self.places.save(self.focusWidget())
        self.commands.send.stop()
        self.libraries.stop()
        self._files.stop()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Leaving the window is a moment to save."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow() and self.session:
            self.session.flush()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first painting is the moment to begin with what is slow."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.drops.watch(self.windowHandle())
            QTimer.singleShot(0, self.painted.emit)
