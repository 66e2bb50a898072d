"""The file: when it was saved, where it is kept, the last backup and the last sending, each with its one action."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from apq_desktop.evaluation.text import dates
from apq_desktop.ui.pages.overview.continue_card import in_words
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import add_layout, column_in
from apq_desktop.ui.widgets.text_labels import PathLabel, PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from apq_desktop.evaluation.rules.outgoing_copy import Sending
    from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation

YOURS = "This file is yours. Nothing is sent anywhere unless you send it."


@dataclass(frozen=True)
class _Known:
    """What was read of the file: the last backup, and what was sent last."""

    backup: datetime | None
    sending: Sending | None


class FileCard(QWidget):
    """Rows of a name, what is so, and one thing to do about it. What is read from the disk comes a moment later."""

    def __init__(self, app: AppContext, here: OpenEvaluation) -> None:
        super().__init__()
        self._app, self._here = app, here
        self._column = column = column_in(self, 8)
        column.addWidget(PlainLabel("Your file", bold=True))
        column.addWidget(PlainLabel(YOURS, quiet=True, scale=0.95))
        self._saved, self._backup, self._sent = PlainLabel(), PlainLabel(), PlainLabel()
        show_folder = partial(app.navigator.show_folder, here.path.parent)
        self._row("Changed" if here.session.read_only else "Saved", self._saved)
        self._row("Kept in", PathLabel(str(here.path)), "Show the folder", show_folder)
        self.back_up = self._row("Backup", self._backup, "Back up now", self._back_up)
        sent = self._row("Sent", self._sent, "Check and send", partial(here.view.show_page, "send"))
        if sent is not None:
            sent.setVisible(here.may_be_sent)
        if self.back_up is not None:
            self.back_up.setVisible(not here.session.read_only and app.files.backup_scheduler.backups() is not None)

    def _row(
        self, name: str, words: PlainLabel, verb: str = "", act: Callable[[], object] | None = None
    ) -> LinkButton | None:
        row, inside = QHBoxLayout(), QVBoxLayout()
        row.setSpacing(12)
        inside.setSpacing(0)
        words.setContentsMargins(5, 0, 0, 0)  # as far in as the words of the link below
        inside.addWidget(words)
        row.addWidget(PlainLabel(name, quiet=True), 2, Qt.AlignmentFlag.AlignTop)
        add_layout(row, inside, 5)
        add_layout(self._column, row)
        if act is None:
            return None
        link = LinkButton(verb)
        link.clicked.connect(act)
        inside.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)  # else the row is no wider than the link
        return link

    def refresh(self) -> None:
        """Show what is known, and read the rest in the background."""
        at = dates.moment(self._here.session.evaluation.changed)
        when = in_words(at.astimezone()) if at else ""
        self._saved.setText(_begun(", ".join(filter(None, (when, "on this computer only")))))
        scheduler, held = self._app.files.backup_scheduler, self._app.files.workspace
        path, evaluation_id = self._here.path, self._here.session.evaluation.id

        def read() -> _Known:
            backups = scheduler.backups_of(path)
            sendings = held.send_log.of_evaluation(evaluation_id)
            return _Known(backups[0].at.astimezone() if backups else None, sendings[0] if sendings else None)

        self._app.files.store_thread.run(read, self._show)

    def _show(self, done: Future[_Known]) -> None:
        if not shiboken6.isValid(self) or done.exception() is not None:
            return  # the page for backups and the one for sending say why
        known = done.result()
        self._backup.setText(_begun(in_words(known.backup)) if known.backup else "None yet")
        self._sent.setText(_begun(known.sending.to_whom_and_when.strip()) if known.sending else "Not yet")

    def _back_up(self) -> None:
        self._app.files.backup_scheduler.back_up()
        self.refresh()


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]
