"""What the page for checking and sending sets going: making packs, noting what was sent, opening it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import shiboken6
from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from apq_desktop import services
from apq_desktop.errors import ApqError

if TYPE_CHECKING:
    from concurrent.futures import Future
    from tempfile import TemporaryDirectory

    from apq_desktop.evaluation.model import CopyFor, Evaluation
    from apq_desktop.evaluation.rules.outgoing_copy import Sending
    from apq_desktop.ui.commands.evaluation_commands import EvaluationCommands
    from apq_desktop.ui.pages.send.copies_page import CopiesPage
    from apq_desktop.ui.pages.send.export_runner import ExportRunner
    from apq_desktop.ui.pages.send.send_page import CheckAndSend
    from apq_desktop.ui.session.app_context import AppContext
    from apq_desktop.ui.session.editing_session import EditingSession

    _SendPage = CheckAndSend | CopiesPage

CANCELLED = "Cancelled. Nothing was written."
LEFT = "The pack was not made, because another evaluation was opened meanwhile."
NO_ANSWERS = "The pack is made, but the file with your answers is not. {reason} Your answers are safe in your file."
ANSWERS = "Your answers lie beside the pack: {names}. Send each to whoever wrote to you."


class _Delivered(NamedTuple):
    """The packs in their place; why they could not be noted; the files with answers, or why there are none."""

    packs: tuple[services.ExportedPack, ...]
    not_noted: str
    answers: Sequence[Path]
    no_answers: str


class SendCommands(QObject):
    """Send the evaluation that is open."""

    give_back_requested = Signal()

    def __init__(self, app: AppContext, evaluation_commands: EvaluationCommands) -> None:
        super().__init__(app.current)
        self._app, self._evaluation_commands = app, evaluation_commands
        self._page: CheckAndSend | None = None
        self._copies: CopiesPage | None = None
        self._making: CheckAndSend | CopiesPage | None = None
        self.runner: ExportRunner | None = None
        self._looked_at: TemporaryDirectory[str] | None = None
        app.files.opened.connect(self._leave)

    def show_sending(self) -> None:
        """Show the page for checking and sending; a part that the user was given only goes back."""
        if not (here := self._app.current.get()):
            return
        if here.is_part:
            self.give_back_requested.emit()
            return
        page = cast("CheckAndSend", self._app.navigator.show_page("send"))
        if page is not self._page:
            self._page = page
            page.make_requested.connect(lambda request: self._make(here.session, page, request))
            page.cancel_requested.connect(lambda: self._cancel(page))
            page.open_requested.connect(self.open_again)
            page.changes_requested.connect(self._evaluation_commands.show_comparison)

    def copies(self) -> None:
        """Show the page for a part or a copy."""
        if not (here := self._app.current.get()):
            return
        page = cast("CopiesPage", self._app.navigator.show_page("copies"))
        if page is not self._copies:
            self._copies = page
            page.make_requested.connect(lambda request: self._make(here.session, page, request))
            page.cancel_requested.connect(lambda: self._cancel(page))

    def stop(self) -> None:
        """The window closes: nothing is made any more."""
        self._end()
        if self._looked_at is not None:
            self._looked_at.cleanup()

    def open_again(self, sending: Sending) -> None:
        """Show a pack as it was sent, in the computer's own program for PDFs."""
        held = self._app.files.workspace

        def work() -> Path:
            from tempfile import TemporaryDirectory

            if self._looked_at is None:
                self._looked_at = TemporaryDirectory(prefix="apq-", ignore_cleanup_errors=True)
            return services.write_sent_pack(held, sending, Path(self._looked_at.name))

        def show(pack: Path) -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(pack)))

        self._app.run(work, show, failed="It was not opened")

    def _make(self, session: EditingSession, page: _SendPage, request: services.ExportRequest) -> None:
        from apq_desktop.ui.pages.send.export_runner import ExportRunner

        session.flush()
        sent = services.as_sent_pack(session.evaluation, request.include)
        held = self._app.files.workspace
        other = self._making
        if self._end() and other is not None and other is not page and shiboken6.isValid(other):
            other.pack.show_not_made(CANCELLED)
        self._making = page
        runner = self.runner = ExportRunner(self)
        runner.progressed.connect(page.pack.show_progress)
        runner.failed.connect(page.pack.show_not_made)
        runner.made.connect(lambda packs: self._deliver(session, page, held, sent, packs, request))
        page.pack.show_making()
        runner.start(replace(request, evaluation=sent))

    def _cancel(self, page: _SendPage) -> None:
        self._end()
        page.pack.show_not_made(CANCELLED)

    def _leave(self) -> None:
        if self._end():
            self._app.notifier.say(LEFT)

    def _end(self) -> bool:
        """End the making of packs; whether there was one under way."""
        runner, self.runner = self.runner, None
        if runner is None:
            return False
        running = runner.running
        runner.cancel()
        runner.deleteLater()
        return running

    def _deliver(
        self,
        session: EditingSession,
        page: _SendPage,
        held: services.Workspace,
        sent: Evaluation,
        packs: tuple[services.ExportedPack, ...],
        request: services.ExportRequest,
    ) -> None:
        """Put the packs in place, then note them in the file: what is noted is there."""
        from apq_desktop.services.exports import export_process

        contents, before, folder = export_process.contents(packs), session.evaluation.revision, request.folder
        self._end()

        def work() -> _Delivered:
            if folder == page.usual_folder:  # lies in a folder of the program's own, which nobody mistyped
                services.ready_folder(folder.parent)
            there = export_process.move_into_place(packs, contents, folder)
            not_noted = services.note_packs(held, sent, before, packs, contents)
            return _Delivered(there, not_noted, *_save_answers(held, sent, there[0], request.include.copy_for))

        def answer(done: Future[_Delivered]) -> None:
            error = done.exception()
            shown = shiboken6.isValid(page)
            if error is not None:
                if shown:
                    page.pack.show_not_made()
                self._app.dialogs.tell_error("The pack was not made", error)
                return
            delivered = done.result()
            session.note_sent(sent.revision, sent.changed, saved=not delivered.not_noted or session.read_only)
            if shown:
                page.show_made(sent, delivered.packs)
            self._tell(delivered)

        self._app.files.store_thread.run(work, answer)

    def _tell(self, delivered: _Delivered) -> None:
        """Say what went wrong after the packs were made, and where the answers are."""
        told = []
        if delivered.not_noted:
            told.append(services.NOT_NOTED.format(reason=delivered.not_noted))
        if delivered.no_answers:
            told.append(NO_ANSWERS.format(reason=delivered.no_answers))
        elif delivered.answers:
            told.append(ANSWERS.format(names=", ".join(path.name for path in delivered.answers)))
        if told:
            self._app.notifier.say(" ".join(told), stays=True)


def _save_answers(
    held: services.Workspace, sent: Evaluation, pack: services.ExportedPack, copy_for: CopyFor
) -> tuple[Sequence[Path], str]:
    """Write the answers beside a pack. Returns their files, and an empty text or why there are none."""
    if copy_for == "colleague":
        return (), ""
    try:
        return services.save_answers(held, sent, pack.files[0], peers=copy_for == "peer"), ""
    except ApqError as error:
        return (), str(error)
