"""The backups of the open file: each can be opened as a new file, beside the one there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from apq_desktop.evaluation.text import dates
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import ReplaceableColumn
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel

if TYPE_CHECKING:
    from apq_desktop.services import Backup

SENTENCE = (
    "Copies that the program makes by itself on this computer: when a file is opened, every half hour of writing, and "
    "before an update. A backup is opened as a new file; the one you have stays as it is."
)


class BackupsPage(Page):
    """Newest first."""

    help_key = "going-back"

    def __init__(self, app: AppContext, here: OpenEvaluation) -> None:
        super().__init__(SENTENCE)
        self._app, self._file = app, here.path
        self._card, self._rows = Card(), ReplaceableColumn()
        self._card.body.addWidget(self._rows)
        self.column.addWidget(self._card)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Show the backups that there are now."""
        backups = self._app.files.backup_scheduler.backups_of(self._file)
        self._rows.renew()
        if not backups:
            self._rows.addWidget(PlainLabel("There is no backup of this file yet.", quiet=True))
        for backup in backups:
            self._rows.addLayout(self._row(backup))

    def _row(self, backup: Backup) -> QHBoxLayout:
        at = backup.at.astimezone()
        when = f"{dates.shown(at.date().isoformat())}, {at:%H:%M}"
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(PlainLabel(when, bold=True), 3)
        why = "Before an update of the program" if backup.before_update else ""
        row.addWidget(PlainLabel(f"{max(backup.size // 1000, 1):,} kB. {why}".strip(), quiet=True), 4)
        restore = LinkButton("Open as a new file", name=f"Open the backup of {when} as a new file")
        restore.clicked.connect(lambda: self._open(backup))
        row.addWidget(restore)
        return row

    def _open(self, backup: Backup) -> None:
        if self._app.saving.finish_saving():
            self._app.files.open_backup(backup, self._file)
