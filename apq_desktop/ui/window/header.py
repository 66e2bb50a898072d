"""The strip at the top: which setting and evaluation, for whom, and the true state of saving."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.text_labels import PlainLabel
from apq_desktop.ui.widgets.theme import colours

if TYPE_CHECKING:
    from datetime import datetime

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.ui.session.autosave import Autosave

LONGEST_NAME = 40
"""Characters of a name that the strip shows; the details page shows it whole."""
ROOM_FOR_ALL = 110
"""Average characters that names, state and all buttons need beside one another."""


class Header(QWidget):
    """Setting, evaluation, for whom; how saving stands; the button that leads to sending."""

    find_requested = Signal()
    send_requested = Signal()
    retry_requested = Signal()
    copy_requested = Signal()
    switch_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setting = PlainLabel("APQ Desktop", scale=1.45, bold=True)
        self.about = PlainLabel("", quiet=True, scale=0.95)
        self.state = PlainLabel("")
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.look_for = Button("Find or go to…")
        self.look_for.clicked.connect(self.find_requested)
        self.retry = Button("Try again")
        self.retry.clicked.connect(self.retry_requested)
        self.copy = Button("Save elsewhere…")
        self.copy.clicked.connect(self.copy_requested)
        self.switch = Button("Switch…", name="Switch to another evaluation of this file")
        self.switch.clicked.connect(self.switch_requested)
        self.send = Button("Check and send…", primary=True)
        self.send.clicked.connect(self.send_requested)
        for later in (self.about, self.retry, self.copy, self.switch, self.send):
            later.hide()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.setting)
        words.addWidget(self.about)
        self._not_saved = False
        self._ways_out = QWidget()
        ways = QHBoxLayout(self._ways_out)
        ways.setContentsMargins(0, 0, 0, 0)
        ways.setSpacing(16)
        ways.addStretch(1)
        ways.addWidget(self.retry)
        ways.addWidget(self.copy)
        self._ways_out.hide()
        self._below = QVBoxLayout(self)
        self._below.setContentsMargins(24, 10, 24, 12)
        self._row = row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(words, 3)
        row.addWidget(self.look_for)
        row.addWidget(self.state, 2)
        row.addWidget(self._ways_out)
        row.addWidget(self.switch)
        row.addWidget(self.send)
        self._below.addLayout(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the ways out of a failed saving where there is room for them."""
        super().resizeEvent(event)
        beside = self.width() > self.fontMetrics().averageCharWidth() * ROOM_FOR_ALL
        if beside == (self._row.indexOf(self._ways_out) >= 0):
            return
        if beside:
            self._row.insertWidget(2, self._ways_out)
        else:
            self._below.addWidget(self._ways_out)
        ways = (self.retry, self.copy)
        order = (*ways, self.switch, self.send) if beside else (self.switch, self.send, *ways)
        for earlier, later in pairwise(order):
            QWidget.setTabOrder(earlier, later)

    def show_evaluation(self, evaluation: Evaluation) -> None:
        """Show what is open."""
        self.setting.setText(_in_short(evaluation.setting.name) or "Your setting")
        parts = [_in_short(evaluation.title) or "Self-evaluation"]
        if visible_text(evaluation.commissioner):
            parts.append(f"for {_in_short(evaluation.commissioner)}")
        self.about.setText("  ·  ".join(parts))
        self.about.show()

    def follow(self, autosave: Autosave, *, read_only: bool) -> None:
        """Say how far what was opened is saved, from now on."""
        autosave.saving_started.connect(self.show_saving)
        autosave.saved.connect(self.show_saved)
        autosave.save_failed.connect(self.show_not_saved)
        if read_only:
            self.show_read_only()
        else:
            self.show_saved(None)

    def show_saved(self, at: datetime | None) -> None:
        """Everything is on the disk: since ``at``, or as it was opened."""
        self.send.show()
        self._say("✓  Saved on this computer" + (f" at {at:%H:%M}" if at else ""), good=True)

    def show_saving(self) -> None:
        """Something is not acknowledged yet."""
        self._say("Saving…")

    def show_not_saved(self, reason: str) -> None:
        """Something could not be saved; it is kept in the window."""
        self._say(reason, self.retry, self.copy, warning=True)

    def show_read_only(self) -> None:
        """What is open can be read, but not changed; the banner says why. Sending is not the first thing to do."""
        self._say("Read only")
        self.send.hide()

    def _say(self, text: str, *ways_out: Button, good: bool = False, warning: bool = False) -> None:
        for button in (self.retry, self.copy):
            button.setVisible(button in ways_out)
        self._ways_out.setVisible(bool(ways_out))
        if self.state.text() != text:
            (self.state.say if ways_out or (good and self._not_saved) else self.state.setText)(text)
        self._not_saved = warning or (self._not_saved and not good)
        self.state.show_ink("good" if good else "warning" if warning else "quiet")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ground of its own, with a line below."""
        chosen = colours(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(chosen.card))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(chosen.line))


def _in_short(text: str) -> str:
    """A name as the strip has room for it."""
    text = visible_text(text)
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1].rstrip()}…"
