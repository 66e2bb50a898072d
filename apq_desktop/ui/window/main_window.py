"""The window: header, menus, and either the first page or an open evaluation."""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QTimer, QUrl, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDesktopServices, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from apq_desktop.ui.commands.command_table import COMMANDS
from apq_desktop.ui.commands.controllers import Controllers
from apq_desktop.ui.session.app_context import AppContext, CurrentEvaluation
from apq_desktop.ui.session.drafts import Drafts
from apq_desktop.ui.session.form_settings import FormMemory
from apq_desktop.ui.session.last_places import LastPlaces
from apq_desktop.ui.session.libraries.library_controller import LibraryController
from apq_desktop.ui.widgets.bars.banner import Banner
from apq_desktop.ui.widgets.bars.notification_bar import NotificationBar
from apq_desktop.ui.widgets.file_drops import FileDrops
from apq_desktop.ui.widgets.layouts import column_in
from apq_desktop.ui.widgets.popups.dialogs import Dialogs
from apq_desktop.ui.widgets.scroll_area import hold_places
from apq_desktop.ui.window.current_row import announce_current_row
from apq_desktop.ui.window.file_identity import FileIdentity
from apq_desktop.ui.window.file_notices import FileNotices
from apq_desktop.ui.window.header import Header
from apq_desktop.ui.window.menu_bar import MenuBar, Menus, RecentFilesMenu
from apq_desktop.ui.window.regions import offer_regions
from apq_desktop.ui.window.saving import Saving
from apq_desktop.ui.window.undo_actions import UndoActions
from apq_desktop.ui.window.views.evaluation_presenter import EvaluationPresenter
from apq_desktop.ui.window.views.library_presenter import LibraryPresenter
from apq_desktop.ui.window.views.page_stack import PageStack

if TYPE_CHECKING:
    from apq_desktop.ui.commands.controllers import Handler
    from apq_desktop.ui.pages.start_page import StartPage
    from apq_desktop.ui.session.editing_session import EditingSession
    from apq_desktop.ui.session.open_file.file_controller import FileController
    from apq_desktop.ui.widgets.page import Page
    from apq_desktop.ui.widgets.theme import Theme
    from apq_desktop.ui.window.find.finding import Finding
    from apq_desktop.ui.window.settings import Settings
    from apq_desktop.ui.window.views.evaluation_view import EvaluationView


class MainWindow(QMainWindow):
    """The program's one window. ``folder`` is where new files go until the user chooses another place."""

    painted = Signal()
    evaluation_shown = Signal()

    def __init__(self, files: FileController, theme: Theme, folder: Path, settings: Settings | None = None) -> None:
        super().__init__()
        self._files = files
        self._was_painted = False
        self.header, self.banner, self.notification_bar = Header(), Banner(), NotificationBar()
        self.current, dialogs = CurrentEvaluation(self), Dialogs(self)
        self._pages = PageStack(self.current)
        self.start_page: StartPage | None = None
        self.setMenuBar(MenuBar())
        self._lay_out()
        drafts = Drafts(files.store_thread)
        self.saving = Saving(files, self.current, self.notification_bar, dialogs, drafts)
        self.libraries, self.places = LibraryController(files.load_catalogue), LastPlaces(self.current, settings)
        self.app = AppContext(
            files, folder, self.notification_bar, dialogs, self, self.saving, self.current, self.libraries, self.places,
            drafts, FormMemory(settings),
        )  # fmt: skip
        self.commands = Controllers(self.app, theme)
        self.identity = FileIdentity(self, self.app, self.commands, self.banner, settings)
        self.undo_actions = UndoActions(self, self.current)
        self.check_spelling = QAction(self, checkable=True, visible=False)
        self.recent_files = RecentFilesMenu(self, self.identity, self.commands.open)
        self.menus = self._make_menus(theme)
        self.undo_actions.show()
        self.drops = FileDrops(self)
        self.file_notices = FileNotices(self, files, self._pages, self.notification_bar)
        self.evaluation_presenter = EvaluationPresenter(
            self.app,
            self._pages,
            self.header,
            self.menus,
            self.identity,
            self.undo_actions,
            self.notification_bar,
        )
        self.library_presenter = LibraryPresenter(self.app, self.commands.library, self._pages, self.header, self.menus)
        self._connect()

    def _make_menus(self, theme: Theme) -> Menus:
        own: dict[str, Handler] = {
            "close": self.close,
            "recent_files": self.recent_files.menuAction(),
            "undo": self.undo_actions.undo,
            "redo": self.undo_actions.redo,
            "check_spelling": self.check_spelling,
            "find": self.open_finder,
            "find_next": self.find_next,
        }
        menus = Menus(self.menuBar(), self.commands.handlers(COMMANDS, own), self)
        menus.menus["edit"].aboutToShow.connect(self.undo_actions.show)
        for chosen in (f"{theme.scheme}_colours", f"{theme.typeface}_font"):
            menus.actions[chosen].setChecked(True)
        return menus

    def _lay_out(self) -> None:
        centre = QWidget()
        layout = column_in(centre, 0)
        layout.addWidget(self.header)
        layout.addWidget(self.banner)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.notification_bar)
        self.setCentralWidget(centre)
        self.resize(1180, 800)

    def _connect(self) -> None:
        QApplication.instance().focusChanged.connect(announce_current_row)  # type: ignore[union-attr]
        self.setAcceptDrops(True)
        offer_regions(self, self.regions)
        self.drops.arrived.connect(self.commands.open.open_dropped)
        self.header.find_requested.connect(self.open_finder)
        self.evaluation_shown.connect(self._leave_finding)
        self.header.send_requested.connect(self.commands.send.show_sending)
        self.header.folded.connect(cast("MenuBar", self.menuBar()).fold)
        self.header.menu_requested.connect(partial(self.menus.show_all, self.header.menu))
        self.header.switch_requested.connect(partial(self.menus.show_evaluations, self.header.switch))
        self.header.retry_requested.connect(self.saving.try_again)
        self.header.copy_requested.connect(self.commands.file.save_elsewhere)
        self.saving.copy_requested.connect(self.commands.file.save_elsewhere)
        self.saving.not_saved.connect(self.header.show_not_saved)
        self.saving.close_requested.connect(self.close)
        self.notification_bar.undo_requested.connect(self.undo_actions.take_back)
        self.undo_actions.stepped.connect(self._pages.show_view)
        self._pages.covered.connect(self._leave_page)
        self.app.drafts.failed.connect(partial(self.notification_bar.say, stays=True))
        self.library_presenter.coming.connect(self.evaluation_presenter.leave)
        self.library_presenter.coming.connect(self.banner.hide)
        self.library_presenter.shown.connect(self.evaluation_shown)
        self.evaluation_presenter.moved.connect(self._leave_finding)
        self.evaluation_presenter.left.connect(self.banner.hide)
        self.evaluation_presenter.shown.connect(self.evaluation_shown)
        self.evaluation_presenter.file_lost.connect(self.saving.ask_about_lost_file)

    @cached_property
    def finding(self) -> Finding:
        """“Find or go to…”, which the first painting does not wait for."""
        from apq_desktop.ui.window.find.finding import Finding

        return Finding(self, self.app, lambda: self.menus.actions, self._pages.show_view)

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
        return self._pages.view

    def show_start(self) -> None:
        """Show the start page."""
        if self.start_page is None:
            from apq_desktop.ui.pages.start_page import StartPage

            self.start_page = StartPage(self.app)
            self.start_page.open_requested.connect(self.commands.open.choose)
            self.start_page.example_requested.connect(self.commands.open.open_example)
            self.start_page.library_requested.connect(self.commands.library.open_library)
            self.start_page.template_requested.connect(self.commands.template.offer_template)
            self.start_page.back_requested.connect(self._go_back)
            self._pages.addWidget(self.start_page)
        self.libraries.close()
        self.start_page.back.setVisible(self.view is not None)
        for button in (self.header.send, self.header.switch):
            self.header.offer(button, offered=False)
        self.header.show_tabs(None)
        self.menus.show_open(None)
        self.undo_actions.show()
        self.identity.show_start()
        self._pages.setCurrentWidget(self.start_page)
        self.start_page.begin()
        self.evaluation_shown.emit()

    def _go_back(self) -> None:
        """From the start page to the evaluation that is still open."""
        if self.session is not None:
            self.switch_to(self.session.evaluation.id)

    def show_page(self, key: str) -> Page | None:
        """Show a page of ``PAGES`` beside the tabs. None where no evaluation is open."""
        self._pages.show_view()
        return self.view.show_page(key) if self.view else None

    def show_over(self, key: str) -> Page:
        """Show a page over whatever is in view; closing it leads back there, into the field with the focus."""
        from apq_desktop.ui.pages.page_table import make_page

        self._leave_finding()
        return self._pages.show_over(key, lambda: cast("Page", make_page(key, self.app, None)))

    def _leave_page(self) -> None:
        """Another page comes over what is in view: what is typed is saved, and what was said has gone by."""
        if self.session:
            self.session.flush()
        self.notification_bar.leave()

    def regions(self) -> list[QWidget]:
        """The regions of the window in the order of reading, whether they are in view or not."""
        page: Any = self._pages.in_view()
        parts = page.regions() if hasattr(page, "regions") else [page]
        tabs = [self.view.tabs.bar] if self.view is not None else []
        return [self.header, *tabs, self.banner, *parts, self.notification_bar]

    def in_view(self) -> list[QWidget]:
        """Where the user is: the widget with the focus, if any, then the page in view."""
        return [widget for widget in (self.focusWidget(), self._pages.in_view()) if widget is not None]

    def show_folder(self, folder: Path) -> None:
        """Open a folder in the system's file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def open_file(self, path: Path, evaluation_id: str = "") -> None:
        """Open an .apq file, after everything typed so far is saved."""
        self.places.save(self.focusWidget())
        if self.saving.finish_saving():
            self._files.open(path.absolute(), evaluation_id)

    def switch_to(self, evaluation_id: str) -> None:
        """Go to another evaluation of the open file, after everything typed so far is saved."""
        self.places.save(self.focusWidget())
        if self.saving.finish_saving():
            self._files.switch(evaluation_id)

    def event(self, event: QEvent) -> bool:
        """Before the text of anything grows, what is in view is held there, and the header folds where it has to."""
        if event.type() == QEvent.Type.ApplicationFontChange:
            hold_places(self)
            self.header.fold_ahead()
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is typed, then close the file. An unsaved word keeps the window open."""
        if not self.saving.finish_saving():
            event.ignore()
            return
        self.places.save(self.focusWidget())
        self.commands.send.stop()
        self.libraries.stop()
        self.app.drafts.finish()
        self._files.stop()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Leaving the window is a moment to save."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow() and self.session:
            self.session.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window leaves one line of the header."""
        super().resizeEvent(event)
        self.header.look_at_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first painting is the moment to begin with what is slow."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.drops.watch(self.windowHandle())
            QTimer.singleShot(0, self.painted.emit)
