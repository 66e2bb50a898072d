"""A mark for the state of an area: a shape of its own for each, so that the colour is never the only sign."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from apq_desktop.evaluation.rules.progress import State
from apq_desktop.ui.widgets.theme import colours


class StateMark(QWidget):
    """The mark before an area's number. The state's word stands beside it, so that a screen reader leaves it out."""

    def __init__(self) -> None:
        super().__init__()
        self._state: State = "not-started"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, now: State) -> None:
        """Show another state."""
        self._state = now
        self.update()

    def sizeHint(self) -> QSize:
        """A little smaller than a line of text."""
        side = round(self.fontMetrics().height() * 0.85)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark from the palette."""
        paint_state(QPainter(self), QRectF(self.rect()), self._state, self)


def paint_state(painter: QPainter, place: QRectF, now: State, widget: QWidget) -> None:
    """Draw a state: a tick on a disc, half a disc, a bar in a ring, or an empty ring."""
    chosen = colours(widget)
    ink = {"ready": chosen.good[1], "in-progress": chosen.accent}.get(now, chosen.quiet)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(ink), max(1.4, place.width() / 11))
    painter.setPen(pen)
    ring = place.adjusted(*(pen.widthF() * side for side in (0.75, 0.75, -0.75, -0.75)))
    painter.setBrush(QColor(ink) if now == "ready" else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    match now:
        case "ready":
            corners = [QPointF(0.28, 0.53), QPointF(0.44, 0.69), QPointF(0.73, 0.35)]
            painter.setPen(QPen(QColor(chosen.page), pen.widthF()))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline([_within(ring, corner) for corner in corners])
        case "in-progress":
            painter.setBrush(QColor(ink))
            painter.drawPie(ring, 270 * 16, 180 * 16)
        case "does-not-apply":
            painter.drawLine(_within(ring, QPointF(0.28, 0.5)), _within(ring, QPointF(0.72, 0.5)))


def _within(ring: QRectF, corner: QPointF) -> QPointF:
    return QPointF(ring.left() + corner.x() * ring.width(), ring.top() + corner.y() * ring.height())
