"""The block at the top: menus; which setting and evaluation, for whom, the true state of saving; the row of tabs."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from apq_desktop.ui.widgets.bars.tabs import ROOMY, PaintedTabBar
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.text_labels import PlainLabel
from apq_desktop.ui.widgets.theme import EDGE, colours

if TYPE_CHECKING:
    from datetime import datetime

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.ui.session.open_file.autosave import Autosave

LONGEST_NAME = 40
"""Characters of a name that the strip shows; the details page shows it whole."""
ROOM_FOR_ALL = 110
"""Average characters that names, state and all buttons need beside one another."""
ON_THIS_COMPUTER = " on this computer"
ROOM_FOR_ABOUT = 90
"""Average characters below which the second line goes: the details page shows it."""


class Header(QWidget):
    """Setting, evaluation, for whom; how saving stands; the button that leads to sending."""

    find_requested = Signal()
    send_requested = Signal()
    retry_requested = Signal()
    copy_requested = Signal()
    switch_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setting = PlainLabel("APQ Desktop", scale=1.05, bold=True)
        self.about = PlainLabel("", quiet=True, scale=0.9)
        self.state = PlainLabel("")
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.look_for = Button("Find…", name="Find or go to")
        self.look_for.clicked.connect(self.find_requested)
        self.retry = Button("Try again")
        self.retry.clicked.connect(self.retry_requested)
        self.copy = Button("Save elsewhere…")
        self.copy.clicked.connect(self.copy_requested)
        self.switch = Button("Change year or site…")
        self.switch.clicked.connect(self.switch_requested)
        # Not filled: the one filled button belongs to the page.
        self.send = Button("Check and send…")
        self.send.clicked.connect(self.send_requested)
        for later in (self.about, self.retry, self.copy, self.switch, self.send):
            later.hide()
        self._not_saved, self._long = False, ""
        self._tabs: PaintedTabBar | None = None
        self._ways_out = self._beside_each_other()
        self._below, self._row, self._tab_row = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._lay_out()

    def _beside_each_other(self) -> QWidget:
        around = QWidget()
        ways = QHBoxLayout(around)
        ways.setContentsMargins(0, 0, 0, 0)
        ways.setSpacing(16)
        ways.addStretch(1)
        ways.addWidget(self.retry)
        ways.addWidget(self.copy)
        around.hide()
        return around

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.setting)
        words.addWidget(self.about)
        self._row.setSpacing(16)
        self._row.addLayout(words, 5)
        self._row.addWidget(self.look_for)
        self._row.addWidget(self.state, 2)
        for widget in (self._ways_out, self.switch, self.send):
            self._row.addWidget(widget)
        self._below.setContentsMargins(EDGE, 4, EDGE, 4)
        self._below.addLayout(self._row)
        self._tab_row.setContentsMargins(EDGE - ROOMY, 0, EDGE - ROOMY, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 1)
        whole.setSpacing(0)
        whole.addLayout(self._below)
        whole.addLayout(self._tab_row)

    def show_tabs(self, tabs: PaintedTabBar | None) -> None:
        """Show the row of tabs of the evaluation in view in place of the one before, which goes; or none, for now."""
        if self._tabs is not None and isValid(self._tabs):
            self._tabs.hide()
            if tabs is not None:
                self._tabs.deleteLater()
        if tabs is not None:
            self._tab_row.addWidget(tabs)
            self._tabs = tabs
            self._order()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each part a place where there is room for it."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """As much as a width, a size of text makes room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def _arrange(self) -> None:
        self._show_about()
        beside = self.width() > self.fontMetrics().averageCharWidth() * ROOM_FOR_ALL
        self.look_for.setText("Find or go to…" if beside else "Find")
        if beside == (self._row.indexOf(self._ways_out) >= 0):
            return
        if beside:
            self._row.insertWidget(3, self._ways_out)
        else:
            self._below.addWidget(self._ways_out)
        self._order()

    def _show_about(self) -> None:
        self.about.setVisible(self._has_room() and bool(self.about.text()))
        self.state.setText(self._as_room_allows(self._long))

    def _has_room(self) -> bool:
        return self.width() > self.fontMetrics().averageCharWidth() * ROOM_FOR_ABOUT

    def _as_room_allows(self, state: str) -> str:
        """What is said of saving, on one line: the page below must not move with each save."""
        return state if self._has_room() else state.replace(ON_THIS_COMPUTER, "").partition(" at ")[0]

    def _order(self) -> None:
        """Tab goes from button to button as they stand, then to the tabs."""
        ways = (self.retry, self.copy)
        beside = self._row.indexOf(self._ways_out) >= 0
        found = self.look_for
        order = [found, *ways, self.switch, self.send] if beside else [found, self.switch, self.send, *ways]
        for earlier, later in pairwise([*order, self._tabs] if self._tabs else order):
            self.setTabOrder(earlier, later)

    def show_evaluation(self, evaluation: Evaluation) -> None:
        """Show what is open."""
        self.setting.setText(_in_short(evaluation.setting.name) or "Your setting")
        parts = [_in_short(evaluation.title) or "Self-evaluation"]
        if commissioner := _in_short(evaluation.commissioner):
            parts.append(f"for {commissioner}")
        self.about.setText("  ·  ".join(parts))
        self._show_about()

    def show_library(self, name: str, role: str, away: str) -> None:
        """Show which library is open, and whether what colleagues write can be reached; ``away`` says why not."""
        self.setting.setText(_in_short(name))
        self.about.setText(_in_short(role) or "Library")
        self._show_about()
        for button in (self.switch, self.send):
            button.hide()
        self._say(away or "✓  Saved", good=not away, warning=bool(away))

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
        self._long = text
        text = self._as_room_allows(text)
        # Where there is little room, why something is not saved comes first; Ctrl+K finds all the same.
        self.look_for.setVisible(not warning or self.width() > self.fontMetrics().averageCharWidth() * ROOM_FOR_ALL)
        if self.state.text() != text:
            (self.state.say if ways_out or (good and self._not_saved) else self.state.setText)(text)
        self._not_saved = warning or (self._not_saved and not good)
        self.state.show_ink("good" if good else "warning" if warning else "quiet")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One ground with the menu bar above, and the line that ends both."""
        chosen, painter = colours(self), QPainter(self)
        painter.fillRect(self.rect(), QColor(chosen.side))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(chosen.line))


class MenuBar(QMenuBar):
    """The menus, on the header's ground, without a line of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Take the ground of other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._follow()

    def _follow(self) -> None:
        dressed = QGuiApplication.palette()
        dressed.setColor(QPalette.ColorRole.Window, QColor(colours(dressed).side))
        if dressed.color(QPalette.ColorRole.Window) != self.palette().color(QPalette.ColorRole.Window):
            self.setPalette(dressed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the menus, and the ground over the line that Qt draws below."""
        super().paintEvent(event)
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, QColor(colours(self).side))


def _in_short(text: str) -> str:
    """A name as the strip has room for it."""
    from apq_desktop.evaluation.text.cleaning import visible_text

    text = visible_text(text)
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1].rstrip()}…"
