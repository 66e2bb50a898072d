"""A strip at the bottom for what just happened, with the way to take it back."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.painted.edged_panel import EdgedPanel
from apq_desktop.ui.widgets.text_labels import PlainLabel

Way = tuple[str, Callable[[], object]]


class NotificationBar(EdgedPanel):
    """Say what happened, until the next step or another file, or until it is dismissed."""

    undo_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.text = PlainLabel()
        self.undo = LinkButton("Undo")
        self.undo.clicked.connect(self._undo)
        self.way = LinkButton("")
        self.way.clicked.connect(self._follow_way)
        self._act: Callable[[], object] = self.hide
        self._stays = self._fresh = False
        self._dismiss = dismiss = LinkButton("Dismiss", name="Dismiss this message")
        dismiss.clicked.connect(self._go_back)
        self._before: QWidget | None = None
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 6, 24, 6)
        row.addWidget(self.text, 1)
        row.addWidget(self.undo)
        row.addWidget(self.way)
        row.addWidget(dismiss)
        self.hide()

    def say(self, text: str, *, undo: bool = False, stays: bool = False, way: Way | None = None) -> None:
        """Show a sentence, with Undo where something can be taken back, or with another ``way`` to go on.

        What ``stays`` is a trouble that came of itself: it waits until it is seen.
        """
        self.undo.setVisible(undo)
        self.way.setVisible(way is not None)
        if way is not None:
            words, self._act = way
            self.way.setText(words)
        self._stays, self._fresh = stays, True
        QTimer.singleShot(0, self, self._grow_old)
        self.show()
        self.text.say(text)
        self._come_last()

    def pass_by(self) -> None:
        """Another step was taken. Undo would take back that one and not what is spoken of here."""
        if not self.undo.isHidden() or not (self._stays or self._fresh):
            self.hide()

    def leave(self) -> None:
        """Another place is in view. What can be undone can be undone from there, too."""
        if self.undo.isHidden() and not (self._stays or self._fresh):
            self.hide()

    def _grow_old(self) -> None:
        """What is said within a step belongs to it, although the step itself is told a moment later."""
        self._fresh = False

    def _follow_way(self) -> None:
        self.hide()
        self._act()

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now):
            if before is not None and not self.isAncestorOf(before):
                self._before = before
        else:
            self._come_last()

    def _go_back(self) -> None:
        """Hide, with the focus where it came from; Qt would give it to the first button of the window."""
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible() and self._dismiss.hasFocus():
            before.setFocus()
        self.hide()

    def _come_last(self) -> None:
        """Let Tab come here after the pages, which are made later but stand above."""
        if self.isHidden():
            return
        last = self.window().previousInFocusChain()
        while last and (self.isAncestorOf(last) or not last.focusPolicy() & Qt.FocusPolicy.TabFocus):
            last = last.previousInFocusChain()
        if last is None:
            return
        QWidget.setTabOrder(last, self.undo)
        QWidget.setTabOrder(self.undo, self.way)
        QWidget.setTabOrder(self.way, self._dismiss)

    def _undo(self) -> None:
        self.hide()
        self.undo_requested.emit()
