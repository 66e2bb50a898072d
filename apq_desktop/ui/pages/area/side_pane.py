"""A pane at the right edge: beside what is written where both have room, else over it. Its left edge can be moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFontInfo, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from apq_desktop.ui.widgets.layouts import row_in
from apq_desktop.ui.widgets.theme import colours

if TYPE_CHECKING:
    from apq_desktop.ui.session.form_settings import FormMemory

LEAST, USUAL, ROOMY = 15, 22, 30
"""Ems, of which one is the size of the words; the last is half of what is free in a wide window, at the most."""
MOST = 0.9
"""The share of the width that it covers at the most."""
MOST_EMS = 120
"""As far as the keys go."""
GRIP = 7


class SidePane(QWidget):
    """Hold ``inside``. ``dragged``: the width is another one, and the rest is to be arranged again."""

    dragged = Signal()

    def __init__(self, around: QWidget, inside: QWidget, memory: FormMemory) -> None:
        super().__init__(around)
        self._around, self._memory = around, memory
        self._dragged = 0.0
        self.lies_over = False
        row = row_in(self, 0)
        self._grip = _Grip(self)
        row.addWidget(self._grip)
        row.addWidget(inside, 1)
        self.hide()

    def arrange(self, room: int, needed: int) -> int:
        """Take a place at the right of ``room``, which the rest needs ``needed`` of. Returns what is left to the rest.

        All in pixels. Where the rest would have less than it needs, the pane lies over it and takes nothing.
        """
        em = QFontInfo(self.font()).pixelSize()
        self.lies_over = room - needed < LEAST * em
        most = room * MOST if self.lies_over else room - needed
        usual = min(max(USUAL, (room - needed) / em / 2), ROOMY)
        wished = (self._dragged or self._memory.guidance_width or usual) * em
        width = round(max(min(wished, most), min(LEAST * em, most)))
        if self.lies_over and room - width < LEAST * em:  # else cut words would look out beside it
            width = self._around.width()
        self.setGeometry(self._around.width() - width, 0, width, self._around.height())
        self._grip.show_width(width / em)
        self.raise_()
        return room if self.lies_over else room - width

    def drag_by(self, pixels: int) -> None:
        """Let the left edge go so far to the right."""
        em = QFontInfo(self.font()).pixelSize()
        self._dragged = min(max(self.width() - pixels, LEAST * em), self._around.width() * MOST) / em
        self.dragged.emit()

    def keep_width(self) -> None:
        """Remember the width for the next time."""
        if self._dragged:
            self._memory.guidance_width, self._dragged = self._dragged, 0.0

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Cover what lies below, with a line at the left."""
        chosen, painter = colours(self), QPainter(self)
        painter.fillRect(self.rect(), QColor(chosen.page))
        line = chosen.field_line if self.lies_over else chosen.line
        painter.fillRect(0, 0, 1, self.height(), QColor(line))


class _Grip(QSlider):
    """The strip at the left edge by which the pane is made wider: dragged, or with the keys of a slider, in ems."""

    def __init__(self, pane: SidePane) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._pane = pane
        self.setRange(LEAST, MOST_EMS)
        self.setInvertedControls(True)  # Left makes it wider
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFixedWidth(GRIP)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setAccessibleName("Width of the guidance")
        self.setAccessibleDescription("Left makes it wider, Right narrower.")
        self.valueChanged.connect(self._step)

    def show_width(self, ems: float) -> None:
        """Be where the edge is."""
        self.blockSignals(True)
        self.setValue(round(ems))
        self.blockSignals(False)

    def _step(self, ems: int) -> None:
        self._pane.drag_by(self._pane.width() - ems * QFontInfo(self.font()).pixelSize())
        self._pane.keep_width()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the edge."""
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the edge follow the pointer."""
        self._pane.drag_by(event.position().toPoint().x())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let the edge stay there."""
        self._pane.keep_width()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the pages."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Show nothing, but that it has the keyboard."""
        if self.hasFocus():
            QPainter(self).fillRect(self.rect(), QColor(colours(self).accent))
