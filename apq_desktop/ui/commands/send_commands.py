"""What the page for checking and sending sets going: making packs, noting what was sent, opening it again."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from apq_desktop.errors import ApqError
from apq_desktop.evaluation.edits.changes import SetField, Target
from apq_desktop.ui.pages.send.export_runner import ExportRunner
from apq_desktop.ui.pages.send.send_page import CheckAndSend
from apq_desktop.ui.widgets import dialogs

if TYPE_CHECKING:
    from concurrent.futures import Future

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.evaluation.rules.outgoing_copy import Sending
    from apq_desktop.services import ExportedPack, ExportRequest
    from apq_desktop.storage.workspace import Workspace
    from apq_desktop.ui.session.editing_session import EditingSession
    from apq_desktop.ui.session.file_controller import FileController
    from apq_desktop.ui.window.evaluation_view import EvaluationView
    from apq_desktop.ui.window.main_window import MainWindow

SENT_FOLDER = "Sent"
LEFT = "The pack was not made, because another evaluation was opened meanwhile."
NOT_NOTED = "The pack is made, but it could not be noted in your file. {reason}"


class SendCommands(QObject):
    """Sends the evaluation that is open. ``folder`` is where packs go until the person chooses another place."""

    def __init__(self, window: MainWindow, files: FileController, folder: Path) -> None:
        super().__init__(window)
        self._window, self._files, self._folder = window, files, folder / SENT_FOLDER
        self.maker: ExportRunner | None = None
        self._looked_at: TemporaryDirectory[str] | None = None
        files.opened.connect(self._leave)

    def show(self, session: EditingSession, workbench: EvaluationView) -> CheckAndSend:
        """Show the page for checking and sending."""

        def make() -> CheckAndSend:
            page = CheckAndSend(session, self._folder, lambda: self._files.sendings(session.evaluation.id))
            page.navigation_requested.connect(workbench.go_to)
            page.folder_requested.connect(workbench.folder_requested)
            page.make_requested.connect(lambda request: self._make(session, page, request))
            page.cancel_requested.connect(lambda: self._cancel(page))
            page.open_requested.connect(self.open_again)
            page.changes_requested.connect(self._window.tools.show_comparison)
            return page

        return workbench.show_beside(CheckAndSend, make)

    def stop(self) -> None:
        """The window closes: nothing is made any more."""
        self._end()
        if self._looked_at is not None:
            self._looked_at.cleanup()

    def open_again(self, sending: Sending) -> None:
        """Show a pack as it was sent, in the computer's own program for PDFs."""
        held = self._files.held

        def work() -> Path:
            from apq_desktop.exchange import pack_files

            if self._looked_at is None:
                self._looked_at = TemporaryDirectory(prefix="apq-", ignore_cleanup_errors=True)
            # The name stands in a file that may come from a stranger.
            name = next((name for name in sending.files if name.endswith(".pdf")), "")
            path = Path(self._looked_at.name) / pack_files.safe_name(name, "Sent.pdf")
            pack_files.write_file(path, held.sent_pack(sending.id))
            return path

        def answer(done: Future[Path]) -> None:
            error = done.exception()
            if error is None:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(done.result())))
            else:
                dialogs.tell_error(self._window, "It was not opened", error)

        self._files.worker.run(work, answer)

    def _make(self, session: EditingSession, page: CheckAndSend, request: ExportRequest) -> None:
        from apq_desktop import services

        session.flush()
        # The pack says of itself what the file will say once the pack is made.
        sent = replace(session.evaluation, revision=session.evaluation.revision + 1, changed=services.now())
        held = self._files.held
        self._end()
        maker = self.maker = ExportRunner(self)
        maker.progressed.connect(page.pack.show_progress)
        maker.failed.connect(page.pack.show_not_made)
        maker.made.connect(lambda packs: self._deliver(session, page, held, sent, packs, request.folder))
        page.pack.show_making()
        maker.start(replace(request, evaluation=sent))

    def _cancel(self, page: CheckAndSend) -> None:
        self._end()
        page.pack.show_not_made("Cancelled. Nothing was written.")

    def _leave(self) -> None:
        if self._end():
            self._window.notice.say(LEFT)

    def _end(self) -> bool:
        """End the making of packs; whether there was one under way."""
        maker, self.maker = self.maker, None
        if maker is None:
            return False
        running = maker.running
        maker.cancel()
        maker.deleteLater()
        return running

    def _deliver(
        self,
        session: EditingSession,
        page: CheckAndSend,
        held: Workspace,
        sent: Evaluation,
        packs: tuple[ExportedPack, ...],
        folder: Path,
    ) -> None:
        """Put the packs in place, then note them in the file: what is noted is there."""
        from apq_desktop import services
        from apq_desktop.services import export_process

        contents = export_process.contents(packs)
        self._end()

        def work() -> tuple[tuple[ExportedPack, ...], str]:
            if folder == self._folder:  # lies in a folder of the program's own, which nobody mistyped
                services.ready_folder(folder.parent)
            there = export_process.move_into_place(packs, contents, folder)
            try:
                held.note_sent(_noted(sent, packs, contents), [_revision(sent)], datetime.fromisoformat(sent.changed))
            except ApqError as error:
                return there, str(error)
            return there, ""

        def answer(done: Future[tuple[tuple[ExportedPack, ...], str]]) -> None:
            error = done.exception()
            shown = shiboken6.isValid(page)
            if error is not None:
                if shown:
                    page.pack.show_not_made()
                dialogs.tell_error(self._window, "The pack was not made", error)
                return
            there, reason = done.result()
            session.note_sent(sent.revision, sent.changed, saved=not reason or session.read_only)
            if shown:
                page.show_made(sent, there)
            if reason:
                self._window.notice.say(NOT_NOTED.format(reason=reason), stays=True)

        self._files.worker.run(work, answer)


def _revision(sent: Evaluation) -> SetField:
    return SetField(Target("evaluation"), "revision", sent.revision, sent.revision - 1)


def _noted(
    sent: Evaluation, packs: tuple[ExportedPack, ...], contents: Mapping[str, bytes]
) -> list[tuple[Sending, bytes]]:
    from apq_desktop import services
    from apq_desktop.evaluation.rules.outgoing_copy import Sending

    stamp = services.now()
    return [
        (
            Sending(
                str(uuid.uuid4()),
                sent.id,
                sent.revision,
                pack.recipient,
                stamp,
                pack.code,
                tuple(file.name for file in pack.files),
            ),
            contents[pack.files[0].name],
        )
        for pack in packs
    ]
