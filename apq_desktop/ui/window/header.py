"""The block at the top: menus; which setting and evaluation, for whom, the true state of saving; the row of tabs."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QFontInfo, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from apq_desktop.ui.widgets.bars.tabs import ROOMY, PaintedTabBar
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.layouts import Refitted, add_layout, row_in
from apq_desktop.ui.widgets.painted.edged_panel import EdgedPanel
from apq_desktop.ui.widgets.text_labels import ElidedLabel, PlainLabel
from apq_desktop.ui.widgets.theme import EDGE
from apq_desktop.ui.window.find.find_button import FindButton

if TYPE_CHECKING:
    from datetime import datetime

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.ui.session.open_file.autosave import Autosave

ROOM_FOR_ALL = 110
"""Average characters that names, state and all buttons need beside one another."""
NAME = 20
"""Ems, at the most, of names at the left that the field for finding leaves room for."""
ON_THIS_COMPUTER = " on this computer"
ROOM_FOR_ABOUT = 90
"""Average characters below which the second line goes: the details page shows it."""
ROOM_FOR_SWITCH = 30
"""As many more where another button stands beside what is said of saving: else the name would go."""
LOW = 28
"""Ems, of which one is the size of the words: in a lower window the whole block is one line."""


class Header(Refitted, EdgedPanel):
    """Setting, evaluation, for whom; how saving stands; the button that leads to sending.

    One line of it is left where the window is low or has no room for all tabs: menus and tabs behind a button each.
    """

    GROUND = "side"
    EDGE = "bottom"

    find_requested, send_requested = Signal(), Signal()
    retry_requested, copy_requested = Signal(), Signal()
    switch_requested = Signal()
    menu_requested = Signal()
    folded = Signal(bool)
    """The whole block is one line from now on, with the menus behind a button; or no longer."""

    def __init__(self) -> None:
        super().__init__()
        self.setting = ElidedLabel("APQ Desktop", scale=1.05, bold=True)
        self.about = ElidedLabel("", quiet=True, scale=0.9)
        self.state = PlainLabel("")
        self.state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.menu = _button("Menu", self.menu_requested)
        self.look_for = FindButton()
        self.look_for.clicked.connect(self.find_requested)
        self.retry = _button("Try again", self.retry_requested)
        self.copy = _button("Save elsewhere…", self.copy_requested)
        self.switch = _button("Change year or site…", self.switch_requested)
        # Not filled: the one filled button belongs to the page.
        self.send = _button("Check and send…", self.send_requested)
        for later in (self.menu, self.about, self.retry, self.copy, self.switch, self.send):
            later.hide()
        self._offered: set[Button] = set()
        self._not_saved, self._warns, self._long, self.is_folded = False, False, "", False
        self._tabs: PaintedTabBar | None = None
        self._ways_out = self._beside_each_other()
        self._below, self._row, self._tab_row = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._left, self._right = QHBoxLayout(), QHBoxLayout()
        self._lay_out()

    def _beside_each_other(self) -> QWidget:
        around = QWidget()
        ways = row_in(around, 16)
        ways.addStretch(1)
        ways.addWidget(self.retry)
        ways.addWidget(self.copy)
        around.hide()
        return around

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(0)  # where several lines stand beside them
        words.addWidget(self.setting)
        words.addWidget(self.about)
        words.addStretch(0)
        self._row.setSpacing(16)  # and of what is in it
        self._left.addWidget(self.menu)
        add_layout(self._left, words, 1)
        self._right.addStretch(0)
        for widget in (self.state, self._ways_out, self.switch, self.send):
            self._right.addWidget(widget)
        add_layout(self._row, self._left, 1)  # both sides are equally wide, where they can be: Find is in the middle
        self._row.addWidget(self.look_for)
        add_layout(self._row, self._right, 1)
        self._below.setContentsMargins(EDGE, 4, EDGE, 4)
        add_layout(self._below, self._row)
        self._tab_row.setContentsMargins(EDGE - ROOMY, 0, EDGE - ROOMY, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 1)
        whole.setSpacing(0)
        add_layout(whole, self._below)
        add_layout(whole, self._tab_row)

    def show_tabs(self, tabs: PaintedTabBar | None) -> None:
        """Show the row of tabs of the evaluation in view in place of the one before, which goes; or none, for now."""
        if self._tabs is not None and isValid(self._tabs):
            self._tabs.hide()
            if tabs is not None:
                self._tabs.deleteLater()
        self._tabs = tabs or self._tabs
        if tabs is not None:
            self._place_tabs()
            self._refit()

    def _place_tabs(self) -> None:
        """Put the tabs into the row of their own, or into the one line that is left."""
        if (tabs := self._tabs) is not None and isValid(tabs):
            if self.is_folded:
                self._left.insertWidget(1, tabs)
            else:
                self._tab_row.addWidget(tabs)
            self._order()

    def look_at_height(self) -> None:
        """Arrange again where the window has become lower or higher."""
        self._refit()

    def _refit(self) -> None:
        self._fold()
        beside = self._has_room(ROOM_FOR_ALL)
        if beside != (self._right.indexOf(self._ways_out) >= 0):
            if beside:
                self._right.insertWidget(self._right.indexOf(self.switch), self._ways_out)
            else:
                self._below.addWidget(self._ways_out)
        self._order()
        self._show_about()

    def _fit_find(self) -> None:
        """Give the field for finding what the name and the state leave, whichever state is shown: it never jumps."""
        metrics = self.state.fontMetrics()
        usual = metrics.horizontalAdvance(self._as_room_allows(f"✓  Saved{ON_THIS_COMPUTER} at 00:00"))
        self.state.setMinimumWidth(0 if self._warns else usual)
        name = max(label.fontMetrics().horizontalAdvance(label.text()) for label in (self.setting, self.about))
        taken = min(name, NAME * QFontInfo(self.font()).pixelSize()) + self._right.sizeHint().width()
        left = self.width() - taken - 2 * (EDGE + self._row.spacing())
        self.look_for.fit(0 if self.is_folded or self._warns else left)
        self._right.setStretchFactor(self.state, 1 if self._warns else 0)
        self._row.setStretchFactor(self._right, 2 if self._warns else int(not self.is_folded))

    def _fold(self) -> None:
        tabs = self._tabs if self._tabs is not None and isValid(self._tabs) else None
        folded = self._is_low() or (tabs is not None and not tabs.isHidden() and not tabs.has_room())
        if tabs is not None:
            tabs.stand_alone(alone=folded)
        if folded != self.is_folded:
            self.is_folded = folded
            self.menu.setVisible(folded)
            self._row.setSpacing(10 if folded else 16)
            self._place_tabs()
            self._show_offered()
            self.folded.emit(folded)

    def _is_low(self) -> bool:
        return self.window().height() < LOW * QFontInfo(QGuiApplication.font()).pixelSize()

    def fold_ahead(self) -> None:
        """Be one line, where it will be one, before the text grows: else the window would grow with it."""
        if self._is_low():
            self._fold()

    def offer(self, button: Button, *, offered: bool) -> None:
        """Show a way to another page, or no longer. On the one line that may be left, the menus have them."""
        (self._offered.add if offered else self._offered.discard)(button)
        self._show_offered()

    def _show_offered(self) -> None:
        for button in (self.switch, self.send):
            button.setVisible(button in self._offered and not self.is_folded)
        self._show_about()

    def _show_about(self) -> None:
        self.about.setVisible(self._has_room(ROOM_FOR_ABOUT) and not self.is_folded and bool(self.about.text()))
        self.setting.setHidden(self.is_folded and self._warns)
        self.state.setText(self._as_room_allows(self._long))
        # Why something is not saved may take several lines; all else is short, and the page below must not move.
        self.state.setWordWrap(self._warns)
        self._fit_find()

    def _has_room(self, characters: int) -> bool:
        return self.width() > self.fontMetrics().averageCharWidth() * characters

    def _as_room_allows(self, state: str) -> str:
        """What is said of saving, on one line: the page below must not move with each save."""
        needed = ROOM_FOR_ABOUT + (ROOM_FOR_SWITCH if self.switch in self._offered else 0)
        if self._has_room(needed) and not self.is_folded:
            return state
        return state.replace(ON_THIS_COMPUTER, "").partition(" at ")[0]

    def _order(self) -> None:
        """Tab goes from button to button as they stand, then to the tabs."""
        ways = (self.retry, self.copy)
        beside = self._right.indexOf(self._ways_out) >= 0
        tabs = [self._tabs] if self._tabs is not None and isValid(self._tabs) else []
        first = [self.menu, *tabs, self.look_for] if self.is_folded else [self.look_for]
        order = (*first, *ways, self.switch, self.send) if beside else (*first, self.switch, self.send, *ways)
        for earlier, later in pairwise(order if self.is_folded else [*order, *tabs]):
            self.setTabOrder(earlier, later)

    def show_evaluation(self, evaluation: Evaluation) -> None:
        """Show what is open."""
        self.setting.setText(_visible(evaluation.setting.name) or "Your setting")
        parts = [_visible(evaluation.title) or "Self-evaluation"]
        if _visible(evaluation.commissioner):
            parts.append(f"for {_visible(evaluation.commissioner)}")
        self.about.setText("  ·  ".join(parts))
        self._show_about()

    def show_library(self, name: str, role: str, away: str) -> None:
        """Show which library is open, and whether what colleagues write can be reached; ``away`` says why not."""
        self.setting.setText(_visible(name))
        self.about.setText(_visible(role) or "Library")
        self._show_about()
        for button in (self.switch, self.send):
            self.offer(button, offered=False)
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
        self.offer(self.send, offered=True)
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
        self.offer(self.send, offered=False)

    def _say(self, text: str, *ways_out: Button, good: bool = False, warning: bool = False) -> None:
        self.retry.setVisible(self.retry in ways_out)
        self.copy.setVisible(self.copy in ways_out)
        self._ways_out.setVisible(bool(ways_out))
        self._long, self._warns = text, warning
        text = self._as_room_allows(text)
        # Where there is little room, why something is not saved comes first; Ctrl+K finds all the same.
        self.look_for.setVisible(not warning or self._has_room(ROOM_FOR_ALL))
        if self.state.text() != text:
            (self.state.say if ways_out or (good and self._not_saved) else self.state.setText)(text)
        self._not_saved = warning or (self._not_saved and not good)
        self.state.show_ink("good" if good else "warning" if warning else "quiet")
        self._show_about()


def _button(words: str, asked: SignalInstance, *, name: str = "") -> Button:
    button = Button(words, name=name)
    button.clicked.connect(asked)
    return button


def _visible(text: str) -> str:
    from apq_desktop.evaluation.text.cleaning import visible_text  # which the first painting does not wait for

    return visible_text(text)
