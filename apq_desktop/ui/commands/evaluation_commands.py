"""What the menus and buttons do with the open evaluation: send, search, compare, go on next year, save copies."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from apq_desktop.errors import ApqError
from apq_desktop.ui.widgets import dialogs

if TYPE_CHECKING:
    from concurrent.futures import Future

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.evaluation.rules.carry_forward import Choice
    from apq_desktop.evaluation.rules.outgoing_copy import Include, Sending
    from apq_desktop.evaluation.rules.search import SearchHit
    from apq_desktop.ui.commands.send_commands import SendCommands
    from apq_desktop.ui.session.editing_session import EditingSession
    from apq_desktop.ui.session.file_controller import FileController
    from apq_desktop.ui.window.evaluation_view import EvaluationView
    from apq_desktop.ui.window.main_window import MainWindow

QUESTIONS = "Local questions (*.toml)"
TABLES = {
    "plan": ("Print the action plan", "PDF (*.pdf)", "Action plan.pdf"),
    "actions": ("Save the action plan as a table", "Table (*.csv)", "Action plan.csv"),
    "calendar": ("Save the dates for a calendar", "Calendar (*.ics)", "Action plan.ics"),
    "standards": ("Print where the proof stands", "PDF (*.pdf)", "Where the proof stands.pdf"),
    "evidence": ("Save the evidence as a table", "Table (*.csv)", "Evidence.csv"),
}


class EvaluationCommands(QObject):
    """The tools of the window. Each does nothing where no evaluation is open."""

    def __init__(self, window: MainWindow, files: FileController, folder: Path) -> None:
        super().__init__(window)
        self._window, self._files, self._folder = window, files, folder

    @cached_property
    def sending(self) -> SendCommands:
        """What sends: made at its first use, so that no start waits for it."""
        from apq_desktop.ui.commands.send_commands import SendCommands

        return SendCommands(self._window, self._files, self._folder)

    def stop(self) -> None:
        """The window closes."""
        if "sending" in vars(self):
            self.sending.stop()

    def attach(self, workbench: EvaluationView) -> None:
        """Serve the pages of a newly opened evaluation."""
        workbench.folder_requested.connect(self.show_folder)
        workbench.save_requested.connect(self._save_table)

    def show_sending(self) -> None:
        """Show the page for checking and sending."""
        if opened := self._opened():
            self.sending.show(*opened)

    def show_search(self) -> None:
        """Show the page that searches the whole file."""
        from apq_desktop.ui.pages.search_page import SearchPage

        if opened := self._opened():
            session, workbench = opened

            def make() -> SearchPage:
                page = SearchPage(session, self._others)
                page.navigation_requested.connect(self._go_to_hit)
                return page

            workbench.show_beside(SearchPage, make)

    def show_standards(self) -> None:
        """Show what is marked for the standards that others set."""
        from apq_desktop.ui.pages.standards_page import StandardsPage

        if opened := self._opened():
            session, workbench = opened

            def make() -> StandardsPage:
                page = StandardsPage(session)
                page.navigation_requested.connect(workbench.go_to)
                page.save_requested.connect(self._save_table)
                return page

            workbench.show_beside(StandardsPage, make)

    def show_comparison(self, since: Sending | None = None) -> None:
        """Show what changed ``since`` a sending, or else between any two evaluations and sendings of the file.

        Offered first is the evaluation before this, then what was sent of this one, then the others.
        """
        from apq_desktop.evaluation.rules.outgoing_copy import EVERYTHING, copy_to_send
        from apq_desktop.ui.pages.evaluations.compare_page import ComparePage

        if not (opened := self._opened()):
            return
        shown = self._window.identity.opened
        if shown is not None and shown.sent is not None:  # it is compared with what stands now, not with itself
            self._window.opening.show_changes_since(shown.sent)
            return
        session, workbench = opened
        evaluations, sendings = self._comparable(session.evaluation)
        supersedes = [one for one in evaluations if one[0] == session.evaluation.supersedes]
        choices = [*supersedes, *sendings, *(one for one in evaluations if one not in supersedes)]
        if not choices:
            self._window.notice.say("There is nothing in this file to compare with yet.")
            return
        were_sent = {key for key, _ in sendings}

        def read(key: str) -> tuple[Evaluation, Include]:
            if key in were_sent:
                return self._files.read_sent(key)
            return self._files.read(key) if key else session.evaluation, EVERYTHING

        def pair(earlier: str, later: str) -> tuple[Evaluation, Evaluation]:
            (first, in_first), (second, in_second) = read(earlier), read(later)
            # What was left out when it was sent is no change.
            first, second = copy_to_send(first, in_second), copy_to_send(second, in_first)
            if were_sent & {earlier, later}:
                # A pack names its own recipient and nobody else: no change of the evaluation.
                first.commissioner, first.other_commissioners = second.commissioner, [*second.other_commissioners]
            return first, second

        page = workbench.show_beside(ComparePage, ComparePage)
        page.offer(choices, session.catalogue, pair, since.id if since else "")

    def _comparable(self, current: Evaluation) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """The other evaluations of the file, newest first, and what was sent of any: ids with words."""
        from apq_desktop.evaluation.labels import evaluation_name
        from apq_desktop.ui.pages.send.send_log_card import in_words

        evaluations, sendings = [], []
        headings = self._files.headings()[::-1]
        headings.sort(key=lambda heading: heading.id != current.id)
        for one in headings:
            name = evaluation_name(one.title, one.setting_name, current.setting.name)
            which = "" if one.id == current.id else f"{name}, "
            if which:
                evaluations.append((one.id, name))
            sendings += [(sent.id, f"{which}As sent: {in_words(sent)}") for sent in self._files.sendings(one.id)]
        return evaluations, sendings

    def show_next_year(self) -> None:
        """Show the page that starts the next year's evaluation."""
        from apq_desktop.ui.pages.evaluations.next_year_page import NextYearPage

        if opened := self._opened():
            session, workbench = opened

            def make() -> NextYearPage:
                page = NextYearPage(session.evaluation)
                page.chosen.connect(self._start_next_year)
                return page

            workbench.show_beside(NextYearPage, make)

    def open_questions(self) -> None:
        """Open a council's or trust's own questions once; from then on they stand in the forms."""
        chosen, _ = QFileDialog.getOpenFileName(self._window, "Open local questions", str(self._folder), QUESTIONS)
        if chosen:
            self.add_questions(Path(chosen))

    def add_questions(self, file: Path) -> None:
        """Keep a pack of local questions, and show them in what is open."""
        if self._files.add_questions is None:
            return
        try:
            pack = self._files.add_questions(file)
        except ApqError as error:
            dialogs.tell_error(self._window, "The questions were not opened", error)
            return
        if pack.questions:
            self._window.notice.say(f"The questions of {pack.name} are now in the forms.")
        elif pack.papers:
            self._window.notice.say(f"The papers of {pack.name} are now named in the guidance.")
        else:
            self._window.notice.say(f"The standards of {pack.name} are now in the list of standards.")
        if opened := self._opened():
            self._window.switch_to(opened[0].evaluation.id)

    def offer_template(self) -> None:
        """Offer a template with nothing in it, to print or to fill in elsewhere."""
        from apq_desktop.ui.commands.template_commands import BlankTemplate

        BlankTemplate(self._window, self._files, self._folder).offer()

    def offer_sheets(self) -> None:
        """Offer the sheets to print."""
        from apq_desktop.ui.commands.sheet_commands import offer_sheets

        offer_sheets(self._window, self._files, self._folder)

    def show_folder(self, folder: Path) -> None:
        """Show a folder in the computer's own file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _opened(self) -> tuple[EditingSession, EvaluationView] | None:
        session, workbench = self._window.session, self._window.workbench
        return (session, workbench) if session and workbench else None

    def _others(self) -> list[Evaluation]:
        current = self._window.session.evaluation.id if self._window.session else ""
        return [self._files.read(heading.id) for heading in self._files.headings() if heading.id != current]

    def _go_to_hit(self, evaluation_id: str, hit: SearchHit) -> None:
        if not (opened := self._opened()):
            return
        session, workbench = opened
        if evaluation_id == session.evaluation.id:
            workbench.go_to(hit)
            return

        def arrived() -> None:
            self._window.evaluation_shown.disconnect(arrived)
            if self._window.workbench:
                self._window.workbench.go_to(hit)

        self._window.evaluation_shown.connect(arrived)
        self._window.switch_to(evaluation_id)

    def _start_next_year(self, choice: Choice) -> None:
        if (opened := self._opened()) and self._window.finish_saving():
            self._files.start_next_year(opened[0].evaluation, choice)

    def _save_table(self, kind: str, items: list[Any]) -> None:
        if not (opened := self._opened()):
            return
        title, kinds, name = TABLES[kind]
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, str(self._folder / name), kinds)
        if not chosen:
            return
        session, path = opened[0], Path(chosen)

        def work() -> None:
            from apq_desktop import services

            services.save(
                services.ExportRequest(session.evaluation, session.catalogue, path.parent, (kind,), items=items),
                path.name,
            )

        def answer(done: Future[None]) -> None:
            error = done.exception()
            if error is None:
                self._window.notice.say(f"Saved as {path}.")
            else:
                dialogs.tell_error(self._window, "It was not saved", error)

        self._files.worker.run(work, answer)
