"""The backups of the open file: each can be opened as a new file, beside the one there is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from apq_desktop.evaluation.text import dates
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import ReplaceableColumn
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel

if TYPE_CHECKING:
    from apq_desktop.storage.files.backups import Backup

SENTENCE = (
    "Copies that the program makes by itself on this computer: when a file is opened, every half hour of writing, and "
    "before an update. A backup is opened as a new file; the one you have stays as it is."
)


class BackupsPage(Page):
    """Newest first."""

    restore_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__("Backups", SENTENCE)
        self._card, self._rows = Card(), ReplaceableColumn()
        self._card.body.addWidget(self._rows)
        self.column.addWidget(self._card)
        self.column.addStretch(1)

    def show_backups(self, backups: Sequence[Backup]) -> None:
        """Show these."""
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
        restore.clicked.connect(lambda: self.restore_requested.emit(backup))
        row.addWidget(restore)
        return row
