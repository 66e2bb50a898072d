"""A line in the page that tells how receiving goes on, and what became of it. Never a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apq_desktop.ui.widgets.buttons import Button, LinkButton
from apq_desktop.ui.widgets.layouts import FlowLayout, ReplaceableColumn, add_layout
from apq_desktop.ui.widgets.text_labels import PlainLabel
from apq_desktop.ui.widgets.theme import colours

if TYPE_CHECKING:
    from apq_desktop.library.collection import Outcome
    from apq_desktop.services.libraries.receiving import Receipt

CAME: dict[Outcome, tuple[str, str]] = {
    "new": ("1 new", "{} new"),
    "new revision": ("1 newer revision", "{} newer revisions"),
    "answers": ("1 with answers", "{} with answers"),
    "known": ("1 was here already", "{} were here already"),
    "taken out": ("1 was taken out before and stays out", "{} were taken out before and stay out"),
}
BAR = 4


class ReceivingLine(QWidget):
    """Reading goes on, with a way to stop; then what came, and behind a link each file that could not be read."""

    stop_requested = Signal()
    again_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._share = -1.0
        body = QVBoxLayout(self)
        body.setContentsMargins(14, 8, 14, 10)
        self.words = PlainLabel(bold=True)
        body.addWidget(self.words)
        row = FlowLayout(12)
        self.stop = Button("Stop", name="Stop receiving")
        self.stop.clicked.connect(self.stop_requested)
        self.why = LinkButton("Which, and why")
        self.why.clicked.connect(self._show_refused)
        self.again = LinkButton("Receive again what was taken out")
        self.again.clicked.connect(self.again_requested)
        for button in (self.stop, self.why, self.again):
            row.addWidget(button)
        add_layout(body, row)
        self._refused: list[str] = []
        self._list = ReplaceableColumn(4)
        body.addWidget(self._list)
        self.hide()

    def show_progress(self, done: int, of: int, refused: int) -> None:
        """So many files are done."""
        if not of or (not self.isVisible() and done == of):
            return
        bad = f" {_could_not(refused)}" if refused else ""
        self.words.setText(f"Reading packs, {done:,} of {of:,}.{bad}")
        self._share = done / of
        self._arrange(stop=True)
        self.update()

    def show_receipt(self, receipt: Receipt | None) -> None:
        """It is done, or was stopped; where nothing came and nothing was refused nothing is said."""
        self._share = -1.0
        if receipt is None or not (receipt.arrived or receipt.refused or receipt.stopped):
            self.hide()
            return
        counts = [(len(receipt.of(outcome)), words) for outcome, words in CAME.items()]
        came = [one if count == 1 else many.format(f"{count:,}") for count, (one, many) in counts if count]
        sentences = [f"Received: {', '.join(came)}." if came else "Nothing new was received."]
        if receipt.refused:
            sentences.append(_could_not(len(receipt.refused)))
        if receipt.stopped:
            sentences.append("It was stopped before the end; what came stays. Receive the same files again to go on.")
        self._refused = receipt.refused
        self._arrange(stop=False, again=bool(receipt.of("taken out")))
        self.words.say(" ".join(sentences))

    def named(self) -> list[str]:
        """The sentence of each file that could not be read."""
        return list(self._refused)

    def _arrange(self, *, stop: bool, again: bool = False) -> None:
        self._list.renew()
        self.stop.setVisible(stop)
        self.why.setVisible(not stop and bool(self._refused))
        self.again.setVisible(again)
        self.show()

    def _show_refused(self) -> None:
        self.why.hide()
        self._list.renew()
        for sentence in self._refused:
            self._list.addWidget(PlainLabel(sentence))
        self._list.show_now()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A panel, with a bar at its foot while reading goes on."""
        chosen = colours(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(chosen.line))
        painter.setBrush(QColor(chosen.card))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        if self._share >= 0:
            foot = self.rect().adjusted(14, self.height() - BAR - 4, -14, -4)
            painter.fillRect(foot, QColor(chosen.line))
            foot.setWidth(round(foot.width() * self._share))
            painter.fillRect(foot, QColor(chosen.accent))


def _could_not(count: int) -> str:
    return "1 could not be read." if count == 1 else f"{count:,} could not be read."
