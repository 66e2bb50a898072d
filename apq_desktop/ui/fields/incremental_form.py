"""A long page that is built part by part, so that nobody waits for what is out of view."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from apq_desktop.ui.widgets.scroll_area import FormScroll

TURN_MS = 10.0
"""What a key waits for meanwhile, before the last part that is begun and the layout are done."""


class IncrementalForm(FormScroll):
    """Build its parts from the top: as many as fill the view before it is painted, then some in each turn of Qt's.

    Between the turns Qt takes keys. What is in view stays where it is, and the page scrolls from the start.
    Whoever goes on to a field that may not be there yet calls ``finish`` first. So it is when a long page comes back:
    what is out of view was hidden with it, its room kept, and is shown part by part again.
    """

    controls_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._parts: deque[Callable[[], QWidget]] = deque()
        self._left_at: object = None
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._take_turn)
        self.verticalScrollBar().valueChanged.connect(self.unfold_in_view)

    def grow(self, parts: Iterable[Callable[[], QWidget]]) -> None:
        """Build these parts, now or later. Each puts a widget into the page and returns it."""
        self._parts.extend((*parts, self._tell_whole))

    def grow_next(self, parts: Sequence[Callable[[], QWidget]]) -> None:
        """Build these parts before all others."""
        self._parts.extendleft(reversed(parts))

    def fold_parts(self) -> Iterable[Callable[[], QWidget]]:
        """Hide what need not be shown at once when the page comes back; what is returned shows it again."""
        return ()

    def unfold_in_view(self) -> None:
        """Show what came into view of what was hidden so."""

    def in_view(self, widget: QWidget) -> bool:
        """Whether a widget of the page stands in view, or near it, or has the focus."""
        top, room = widget.mapTo(self.page, QPoint(0, 0)).y() - self.verticalScrollBar().value(), self.height()
        return (-room < top + widget.height() and top < 2 * room) or widget.isAncestorOf(self.focusWidget())

    def is_whole(self) -> bool:
        """Whether every part is there."""
        return not self._parts

    def finish(self) -> None:
        """Build at once what is missing."""
        if self._parts:
            while self._parts:
                self._build()
            self.settle()

    def showEvent(self, event: QShowEvent) -> None:
        """Fill the view, so that what is painted first is what stays."""
        super().showEvent(event)
        if self._left_at not in (None, self._room()):
            self.finish()  # lines break elsewhere now, and what comes later would move what is in view
        while self._parts and self.page.height() <= self.viewport().height():
            self._build()
            self.settle()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let what is out of view wait when the page comes back."""
        super().hideEvent(event)
        self._left_at = self._room()
        if not event.spontaneous() and self.is_whole():
            self._parts.extend(self.fold_parts())

    def _room(self) -> tuple[int, int]:
        return self.viewport().width(), self.fontInfo().pixelSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on once the page is painted. (Qt lets what scrolls see what its page does.)"""
        if event.type() == QEvent.Type.Paint and self._parts:
            self._turn.start()
        return super().eventFilter(watched, event)

    def _take_turn(self) -> None:
        """Build some parts more, unless the page is out of sight: it goes on when it is painted again."""
        if self._parts and self.isVisible():
            until = time.perf_counter() + TURN_MS / 1000
            while self._parts and time.perf_counter() < until:
                self._build()
            self.settle()
            if self._parts:
                self._turn.start()

    def _build(self) -> None:
        self._parts.popleft()().show()  # at once: Qt would wait for its next turn, and paint the gap before

    def _tell_whole(self) -> QWidget:
        self.controls_changed.emit()
        return self.page
