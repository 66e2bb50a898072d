"""A long page that is built part by part, so that nobody waits for what is out of view."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from apq_desktop.ui.widgets.scroll_area import FormScroll

TURN_MS = 10.0
"""What a key waits for meanwhile, before the last part that is begun and the layout are done."""


class IncrementalForm(FormScroll):
    """Build its parts from the top: as many as fill the view before it is painted, then some in each turn of Qt's.

    Between the turns Qt takes keys. What is in view stays where it is, and the page scrolls from the start.
    Whoever goes on to a field that may not be there yet calls ``finish`` first.
    """

    controls_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._parts: deque[Callable[[], QWidget]] = deque()
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._take_turn)

    def grow(self, parts: Iterable[Callable[[], QWidget]]) -> None:
        """Build these parts, now or later. Each puts a widget into the page and returns it."""
        self._parts.extend(parts)

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
        while self._parts and self.page.height() <= self.viewport().height():
            self._build()
            self.settle()

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
        if not self._parts:
            self.controls_changed.emit()
