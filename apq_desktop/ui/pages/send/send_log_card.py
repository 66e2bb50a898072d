"""The send log: which revision went to whom and when, to be opened again exactly as it was."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from apq_desktop.evaluation.rules.outgoing_copy import Sending
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.dates import shown
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import FlowLayout, ReplaceableColumn
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel

if TYPE_CHECKING:
    from apq_desktop.services import EvaluationHeading

NONE_YET = "Nothing has been sent from this file yet."


class SendLogCard(Card):
    """What was sent from the file, newest first; ``evaluation_id`` is that of the evaluation in view."""

    open_requested = Signal(object)
    changes_requested = Signal(object)

    def __init__(self, evaluation_id: str) -> None:
        super().__init__("Sent before", "Each pack that was made is kept in your file as it was.")
        self._evaluation_id = evaluation_id
        self._rows = ReplaceableColumn(12)
        self.body.addWidget(self._rows)

    def show_sendings(self, sent: Sequence[tuple[EvaluationHeading, Sequence[Sending]]]) -> None:
        """Show what was sent from the whole file, newest first, each line with its evaluation."""
        self._rows.renew()
        together = [(one, of) for of, sendings in sent for one in sendings]
        if not together:
            self._rows.addWidget(PlainLabel(NONE_YET, quiet=True))
        for one, of in sorted(together, key=lambda pair: pair[0].sent, reverse=True):
            self._add(one, of)

    def _add(self, sending: Sending, of: EvaluationHeading) -> None:
        words = in_words(sending)
        if of.id != self._evaluation_id:
            words = f"{visible_text(of.title) or 'Self-evaluation'}, {visible_text(of.setting_name)}: {words}"
        self._rows.addWidget(PlainLabel(words))
        self._rows.addWidget(PlainLabel(_files(sending), quiet=True, scale=0.95))
        row = FlowLayout(14, fill=True)
        row.addWidget(PlainLabel(f"Code {sending.code}", quiet=True))
        look = LinkButton("Open it", name=f"Open it: what was sent, {words}")
        look.clicked.connect(lambda: self.open_requested.emit(sending))
        row.addWidget(look)
        if of.id == self._evaluation_id:
            changes = LinkButton("What changed since", name=f"What changed since: {words}")
            changes.clicked.connect(lambda: self.changes_requested.emit(sending))
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
