"""The window: header, menus, and either the first page or an open evaluation."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from apq_desktop.errors import ApqError, WorkspaceRefusedError
from apq_desktop.ui.commands.evaluation_commands import EvaluationCommands
from apq_desktop.ui.commands.file_commands import FileCommands
from apq_desktop.ui.commands.open_commands import OpenCommands
from apq_desktop.ui.commands.year_commands import YearCommands
from apq_desktop.ui.session.new_file_name import free_path
from apq_desktop.ui.widgets import dialogs
from apq_desktop.ui.widgets.banner import Banner
from apq_desktop.ui.widgets.buttons import WorkButton
from apq_desktop.ui.widgets.file_drops import FileDrops
from apq_desktop.ui.window.file_identity import FileIdentity
from apq_desktop.ui.window.header import Header
from apq_desktop.ui.window.menu_bar import Menus
from apq_desktop.ui.window.notification_bar import NotificationBar

if TYPE_CHECKING:
    from apq_desktop.ui.pages.start_page import StartPage
    from apq_desktop.ui.session.editing_session import EditingSession
    from apq_desktop.ui.session.file_controller import FileController
    from apq_desktop.ui.widgets.theme import Theme
    from apq_desktop.ui.window.evaluation_view import EvaluationView
    from apq_desktop.ui.window.settings import Settings


class MainWindow(QMainWindow):
    """The program's one window. ``folder`` is where new files go until the person chooses another place."""

    painted = Signal()
    evaluation_shown = Signal()
    opened = Signal(Path)

    def __init__(self, files: FileController, theme: Theme, folder: Path, settings: Settings | None = None) -> None:
        super().__init__()
        self._files, self._folder = files, folder
        self.session: EditingSession | None = None
        self.workbench: EvaluationView | None = None
        self._was_painted = False
        self.header, self.banner, self.notice = Header(), Banner(), NotificationBar()
        self._pages = QStackedWidget()
        self._blank = QWidget()
        self._pages.addWidget(self._blank)
        self.start_page: StartPage | None = None
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.banner)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.notice)
        self.setCentralWidget(centre)
        self.resize(1180, 800)
        self.tools = EvaluationCommands(self, files, folder)
        self.safety = FileCommands(self, files)
        self.identity, self.opening = FileIdentity(self, self.banner, settings), OpenCommands(self, files, folder)
        self.drops = FileDrops(self)
        self.evaluations = YearCommands(self, files)
        self.menus = Menus(self, self.tools, self.safety, theme)
        self._connect()

    def _connect(self) -> None:
        self.setAcceptDrops(True)
        self.drops.arrived.connect(self.opening.open_dropped)
        self.header.send_requested.connect(self.tools.show_sending)
        self.header.switch_requested.connect(self.evaluations.choose)
        self.header.retry_requested.connect(self._try_again)
        self.header.copy_requested.connect(self.safety.save_elsewhere)
        self.notice.undo_requested.connect(self.undo)
        self._files.busy_changed.connect(self._show_busy)
        self._files.opened.connect(self._show_opened)
        self._files.failed.connect(self._show_failure)
        self._files.in_use.connect(self.safety.ask_about_file_in_use)
        self._files.shown_elsewhere.connect(self._leave_to_other_window)
        self._files.channel.show_requested.connect(self._come_to_front)
        self._files.remarked.connect(self.notice.say)
        self._files.keeping.backup_failed.connect(partial(self.notice.say, stays=True))

    def _try_again(self) -> None:
        if self.session:
            self.session.autosave.flush()

    def show_start(self) -> None:
        """Show the first page."""
        if self.start_page is None:
            from apq_desktop.ui.pages.start_page import StartPage

            self.start_page = StartPage(self._folder)
            self.start_page.started.connect(self._files.start)
            self.start_page.open_requested.connect(self.opening.choose)
            self.start_page.example_requested.connect(self.open_example)
            self.start_page.back_requested.connect(self._go_back)
            self._pages.addWidget(self.start_page)
        self.start_page.back.setVisible(self.workbench is not None)
        self.header.send.hide()
        self.header.switch.hide()
        self.menus.show_closed()
        self.identity.show_start()
        self._pages.setCurrentWidget(self.start_page)
        self.start_page.name.setFocus()
        self.evaluation_shown.emit()

    def _go_back(self) -> None:
        """From the first page to the evaluation that is still open."""
        if self.session is not None:
            self.switch_to(self.session.evaluation.id)

    def show_instead(self, page: QWidget) -> QWidget | None:
        """Show a page in the place of what is in view, which is returned, so that it can be shown again."""
        before = self._pages.currentWidget()
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        return before

    def open_file(self, path: Path, evaluation_id: str = "") -> None:
        """Open an .apq file, after everything typed so far is saved."""
        if self.finish_saving():
            self._files.open(path, evaluation_id)

    def open_path(self, path: Path) -> None:
        """Open whatever it is that the program opens: see ``OpenCommands``."""
        self.opening.open_path(path)

    def switch_to(self, evaluation_id: str) -> None:
        """Go to another evaluation of the open file."""
        if self.finish_saving():
            self._files.switch(evaluation_id)

    def start_another(self) -> None:
        """Start an empty evaluation of the same setting in the open file."""
        if self.session and self.finish_saving():
            self._files.start_another(replace(self.session.evaluation.setting), self.session.evaluation.commissioner)

    def open_example(self) -> None:
        """Open a fresh copy of the worked example."""
        if self.finish_saving():
            self._files.open_example(free_path(self._folder, "Example - Riverside Learning"))

    def start_new(self) -> None:
        """Leave what is open for the first page."""
        if self.finish_saving():
            self.show_start()

    def _show_opened(self, session: EditingSession, opened: Any) -> None:
        from apq_desktop.ui.window.evaluation_view import EvaluationView

        workspace = opened.workspace
        before, self.workbench = self.workbench, EvaluationView(session, workspace.path)
        self.session = session
        self._pages.addWidget(self.workbench)
        self._pages.setCurrentWidget(self.workbench)
        if before is not None:
            self._pages.removeWidget(before)
            before.deleteLater()
        self.workbench.place_changed.connect(self.notice.leave)
        session.message_posted.connect(self.notice.say)
        self.tools.attach(self.workbench)
        self.evaluations.attach(session)
        session.change_made.connect(self._follow)
        session.steps_changed.connect(self.menus.undo_actions.show)
        session.removed.connect(lambda what: self.notice.say(f"{what} removed.", undo=True))
        autosave = session.autosave
        autosave.saving_started.connect(self.header.show_saving)
        autosave.saved.connect(self.header.show_saved)
        autosave.save_failed.connect(self.header.show_not_saved)
        autosave.file_lost.connect(self._ask_about_lost_file)
        self.header.show_evaluation(session.evaluation)
        if opened.read_only:
            self.header.show_read_only()
        else:
            self.header.show_saved(None)
        self.evaluations.show_held(opened.headings)
        self.identity.show(session, opened)
        self.opened.emit(workspace.path)
        self.setWindowFilePath(str(workspace.path))
        self.workbench.tabs.tabBar().setFocus()
        QTimer.singleShot(0, self.evaluation_shown.emit)

    def _show_busy(self, busy: bool) -> None:
        """While a file is opened or made, what would make another is off; what was said before has gone by."""
        if busy:
            self.notice.hide()
        for button in self.findChildren(WorkButton):
            button.show_busy(busy=busy)

    def _show_failure(self, error: BaseException) -> None:
        if self.session is None:
            self.show_start()
        if isinstance(error, WorkspaceRefusedError) and self.safety.can_help(error):
            self.safety.offer_rescue(Path(str(error.path)), str(error))
        else:
            dialogs.tell_error(self, "This did not work", error)

    def _leave_to_other_window(self, path: Path) -> None:
        """The file is open in another window, which is in front now."""
        if self.session is None and self.start_page is None:
            self.close()  # which was opened for this file only
        else:
            self.notice.say(f"{path.name} is open in another window, which is in front now.")

    def _come_to_front(self) -> None:
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _ask_about_lost_file(self, reason: str) -> None:
        """The file was changed, moved or replaced underneath: both versions are kept."""
        text = f"{reason}\n\nEverything in this window is safe. It can be saved beside the other file, as its own file."
        choices = (("Save mine beside it", self._rescue), ("Not yet", lambda: None))
        dialogs.ask(self, "The file changed underneath", text, choices)

    def _rescue(self) -> None:
        if self.session is None or self.workbench is None:
            return
        try:
            path = self._files.keeping.rescue(self.session.evaluation)
        except ApqError as error:
            dialogs.tell_error(self, "It could not be saved there", error)
            self.safety.save_elsewhere()
        else:
            self.session.autosave.abandon()  # all of it is in the new file, and the other one is left alone
            self._files.open(path, self.session.evaluation.id)
            self.notice.say(f"Your version is saved as {path}. The other file was not touched.")

    def undo(self) -> None:
        """Take the last step back, and show where."""
        if self.session and not self.session.read_only and (change := self.session.undo()) and self.workbench:
            self.workbench.show_change(change)

    def redo(self) -> None:
        """Make the last undone step again, and show where."""
        if self.session and not self.session.read_only and (change := self.session.redo()) and self.workbench:
            self.workbench.show_change(change)

    def _follow(self) -> None:
        self.notice.pass_by()
        if self.session:
            self.header.show_evaluation(self.session.evaluation)
            self.identity.follow()

    def save_now(self) -> str:
        """Save everything typed and wait. Returns an empty text, or why it could not be saved."""
        return self.session.finish() if self.session else ""

    def finish_saving(self) -> bool:
        """Save everything typed and wait. Where it cannot be saved, ask; nothing is lost meanwhile."""
        reason = self.save_now()
        if reason:
            self.header.show_not_saved(reason)
            choices = (
                ("Go back", lambda: None),
                ("Save elsewhere…", self.safety.save_elsewhere),
                ("Leave without saving", self._leave_without_saving),
            )
            dialogs.ask(self, "Not saved", f"{reason}\n\nWhat you typed is still in this window.", choices)
        return not reason

    def _leave_without_saving(self) -> None:
        if self.session:
            self.session.autosave.abandon()
        self.session = None
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is typed, then close the file. An unsaved word keeps the window open."""
        if not self.finish_saving():
            event.ignore()
            return
        self.tools.stop()
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
