"""The send log: which revision went to whom and when, to be opened again exactly as it was."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal

from apq_desktop.evaluation.rules.outgoing_copy import Sending
from apq_desktop.evaluation.text.dates import shown
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import FlowLayout, ReplaceableColumn
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel

NONE_YET = "Nothing has been sent from this file yet."


class SendLogCard(Card):
    """What was sent, newest first."""

    open_requested = Signal(object)
    changes_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__("Sent before", "Each pack that was made is kept in your file as it was.")
        self._rows = ReplaceableColumn(12)
        self.body.addWidget(self._rows)

    def show_sendings(self, sendings: Sequence[Sending]) -> None:
        """Show these, and nothing else."""
        self._rows.renew()
        if not sendings:
            self._rows.addWidget(PlainLabel(NONE_YET, quiet=True))
        for sending in sendings:
            words = in_words(sending)
            self._rows.addWidget(PlainLabel(words))
            self._rows.addWidget(PlainLabel(_files(sending), quiet=True, scale=0.95))
            row = FlowLayout(14, fill=True)
            row.addWidget(PlainLabel(f"Code {sending.code}", quiet=True))
            look = LinkButton("Open it", name=f"Open what was sent: {words}")
            look.clicked.connect(lambda _=False, one=sending: self.open_requested.emit(one))
            changes = LinkButton("What changed since", name=f"What changed since: {words}")
            changes.clicked.connect(lambda _=False, one=sending: self.changes_requested.emit(one))
            row.addWidget(look)
            row.addWidget(changes)
            self._rows.addLayout(row)


def _files(sending: Sending) -> str:
    """The names of the files, which differ in their endings only: ``Oak_revision-2 (.pdf, .json)``."""
    names = [Path(name) for name in sending.files]
    return f"{names[0].stem} ({', '.join(name.suffix for name in names)})" if names else ""


def in_words(sending: Sending) -> str:
    """One sending in words: ``Revision 2 for Northshire Council, 25 November 2026 at 14:05``."""
    whom = f" for {sending.recipient}" if sending.recipient else ""
    moment = sending.moment
    when = f", {shown(moment.date().isoformat())} at {moment:%H:%M}" if moment else ""
    return f"Revision {sending.revision}{whom}{when}"
