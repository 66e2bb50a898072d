"""What the window does with all evaluations of the open file: list, switch, rename, archive, remove, bring back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from apq_desktop.errors import ApqError
from apq_desktop.ui.widgets import dialogs

if TYPE_CHECKING:
    from apq_desktop.evaluation.edits.changes import Target
    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.storage.workspace import EvaluationHeading
    from apq_desktop.ui.pages.evaluations.evaluations_page import EvaluationsPage
    from apq_desktop.ui.session.editing_session import EditingSession
    from apq_desktop.ui.session.file_controller import FileController
    from apq_desktop.ui.window.main_window import MainWindow


class YearCommands(QObject):
    """Serves the menu and the page of evaluations. Each does nothing where no evaluation is open."""

    def __init__(self, window: MainWindow, files: FileController) -> None:
        super().__init__(window)
        self._window, self._files = window, files

    def show_held(self, headings: Sequence[EvaluationHeading]) -> None:
        """Show in menu and header what the file holds: a switch only where there is something to switch to."""
        session = self._window.session
        if session is not None:
            self._window.menus.show_open(headings, session.evaluation.id, read_only=session.read_only)
            others = [one for one in headings if not one.archived and one.id != session.evaluation.id]
            self._window.header.switch.setVisible(bool(others))

    def choose(self) -> None:
        """Let the person choose where to switch to, below the header's button."""
        button = self._window.header.switch
        self._window.menus.show_evaluations(button.mapToGlobal(QPoint(0, button.height())))

    def show(self) -> None:
        """Show the page that lists all evaluations of the file."""
        session, workbench = self._window.session, self._window.workbench
        if session is None or workbench is None:
            return
        from apq_desktop.ui.pages.evaluations.evaluations_page import EvaluationsPage

        def make() -> EvaluationsPage:
            page = EvaluationsPage(session.evaluation, self._files.holdings.held, read_only=self._files.held.read_only)
            page.open_requested.connect(self._window.switch_to)
            page.title_typed.connect(self._rename)
            session.leaving.connect(page.hand_over)
            page.rename_requested.connect(lambda key, title: self._change(page, key, lambda: self._rename(key, title)))
            page.archive_requested.connect(
                lambda key, away: self._change(page, key, lambda: self._archive(key, away=away))
            )
            page.remove_requested.connect(lambda key: self._change(page, key, lambda: self._remove(key)))
            page.bring_back_requested.connect(lambda one: self._change(page, one.id, lambda: self._bring_back(one)))
            page.start_requested.connect(self._start_for)
            return page

        workbench.show_beside(EvaluationsPage, make)

    def attach(self, session: EditingSession) -> None:
        """Serve the pages of a newly opened evaluation."""
        session.history_requested.connect(self._show_history)

    def _show_history(self, target: Target) -> None:
        """Show how an action or a development area stood in the years before."""
        session, workbench = self._window.session, self._window.workbench
        if session is None or workbench is None:
            return
        from apq_desktop.ui.pages.evaluations.item_history_page import ItemHistoryPage

        page = workbench.show_beside(ItemHistoryPage, lambda: ItemHistoryPage(session.catalogue, self._years))
        page.show_item("actions" if target.kind == "actions" else "development_areas", target.key)

    def _years(self) -> list[Evaluation]:
        """The evaluation in view and those that it follows, as far as the file has them, oldest first."""
        session = self._window.session
        if session is None:
            return []
        from apq_desktop.evaluation.diff.item_history import chain

        current = session.evaluation
        others = [self._files.read(heading.id) for heading in self._files.headings() if heading.id != current.id]
        return chain([current, *others], current.id)

    def _change(self, page: EvaluationsPage, key: str, work: Callable[[], str]) -> None:
        """Do something to the evaluation ``key``, say what ``work`` tells of it, and show what there is then."""
        try:
            said = work()
        except ApqError as error:
            dialogs.tell_error(self._window, "This did not work", error)
        else:
            self._window.notice.say(said)
        page.refresh()
        page.focus_on(key)
        self.show_held(self._files.headings())

    def _rename(self, key: str, title: str) -> str:
        from apq_desktop.evaluation.edits.changes import Target

        session = self._window.session
        if session is not None and session.evaluation.id == key and not session.read_only:
            session.set_field(Target("evaluation"), "title", title)
            session.autosave.flush()
        else:
            self._files.steps.pop(key, None)  # they do not know of this one
            self._files.holdings.rename(key, title)
        return f"It is now called {title}." if title else "It has no title now."

    def _archive(self, key: str, *, away: bool) -> str:
        self._files.holdings.archive(key, away=away)
        return "Archived. It is still in this file." if away else "It is out of the archive again."

    def _remove(self, key: str) -> str:
        self._files.holdings.remove(key)
        return "Removed. It can be brought back at the end of this page."

    def _bring_back(self, evaluation: Evaluation) -> str:
        self._files.holdings.bring_back(evaluation)
        return "It is back."

    def _start_for(self, setting_name: str, commissioner: str) -> None:
        if self._window.finish_saving():
            self._files.start_another(setting_name, commissioner)
