"""The open evaluation in the window: its tabs, and what header, menus and title say of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apq_desktop.errors import ApqError
    from apq_desktop.services import EvaluationHeading, Opened
    from apq_desktop.ui.session.app_context import AppContext
    from apq_desktop.ui.session.editing_session import EditingSession
    from apq_desktop.ui.widgets.bars.notification_bar import NotificationBar
    from apq_desktop.ui.window.file_identity import FileIdentity
    from apq_desktop.ui.window.header import Header
    from apq_desktop.ui.window.menu_bar import Menus
    from apq_desktop.ui.window.undo_actions import UndoActions
    from apq_desktop.ui.window.views.page_stack import PageStack


class EvaluationPresenter(QObject):
    """Show an evaluation that was opened, and take it away when another file, or none, takes its place.

    ``shown`` is told when it stands there, ``moved`` when another place in it is in view, ``left`` when it was left
    because it is damaged, and ``file_lost`` when its file was changed underneath, with the reason.
    """

    shown, moved, left = Signal(), Signal(), Signal()
    file_lost = Signal(str)

    def __init__(
        self,
        app: AppContext,
        pages: PageStack,
        header: Header,
        menus: Menus,
        identity: FileIdentity,
        undo_actions: UndoActions,
        bar: NotificationBar,
    ) -> None:
        super().__init__(pages)
        self._app, self._pages, self._header, self._menus = app, pages, header, menus
        self._identity, self._undo_actions, self._bar = identity, undo_actions, bar
        app.files.opened.connect(self._show)
        app.files.backup_scheduler.damage_found.connect(self._leave_damaged)
        app.files.evaluation_list.changed.connect(lambda: self._show_held(app.files.headings()))

    def _show(self, session: EditingSession, opened: Opened) -> None:
        from apq_desktop.ui.window.views.evaluation_view import EvaluationView

        self._app.libraries.close()
        before, view = self._pages.view, EvaluationView(self._app, session, opened)
        self._app.current.set(view.here)
        self._pages.bring(view)
        self._header.show_tabs(view.tabs.bar)
        view.tabs.bar.more = (self._menus.actions["show_sending"],)
        view.tabs.bar.tabBarClicked.connect(self._pages.show_view)
        self._pages.take_away(before)
        view.place_changed.connect(self._bar.leave)
        view.place_changed.connect(self.moved)
        self._follow(session)
        self._header.show_evaluation(session.evaluation)
        self._header.follow(session.autosave, read_only=opened.read_only)
        self._show_held(opened.headings)
        self._identity.show(view.here)
        self._undo_actions.show()
        self._pages.window().setWindowFilePath(str(view.here.path))
        view.tabs.bar.setFocus()
        QTimer.singleShot(0, self, self._tell_shown)

    def _follow(self, session: EditingSession) -> None:
        session.message_posted.connect(self._bar.say)
        session.change_made.connect(self._show_change)
        session.steps_changed.connect(self._undo_actions.show)
        session.told.connect(partial(self._bar.say, undo=True))
        session.autosave.file_lost.connect(self.file_lost)

    def _tell_shown(self) -> None:
        self._app.places.go_on()
        self.shown.emit()
        self._app.current.note_shown()

    def _show_change(self) -> None:
        self._bar.pass_by()
        if here := self._app.current.get():
            self._header.show_evaluation(here.session.evaluation)
            self._identity.follow()

    def _show_held(self, headings: Sequence[EvaluationHeading]) -> None:
        """Show in menu and header what the file holds: a switch only where there is something to switch to."""
        if here := self._app.current.get():
            current = here.session.evaluation.id
            self._menus.show_open(here)
            self._menus.list_evaluations(headings, current)
            others = [one for one in headings if not one.archived and one.id != current]
            self._header.offer(self._header.switch, offered=bool(others))

    def leave(self) -> None:
        """Close the open file; what is typed is saved."""
        before = self._pages.view
        self._app.current.set(None)
        self._app.files.close()
        self._pages.take_away(before)
        self._menus.show_open(None)
        self._header.show_tabs(None)
        self._undo_actions.show()

    def _leave_damaged(self, error: ApqError) -> None:
        """Damage was found once the file was in view: leave it as if it had been refused, but keep what was typed."""
        if here := self._app.current.get():
            here.session.flush()
            if here.session.autosave.pending() or here.session.keep_answers():
                return  # saving them is refused, which says why
        self.leave()
        self.left.emit()
        self._app.files.failed.emit(error)
