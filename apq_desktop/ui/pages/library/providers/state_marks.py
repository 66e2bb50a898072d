"""The shape of each state in a library's list; beside it always stands the word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from apq_desktop.ui.widgets.theme import colours, tone_colours

if TYPE_CHECKING:
    from apq_desktop.review.review_status import ReviewStatusWord


def paint_state(painter: QPainter, rect: QRect, word: ReviewStatusWord, widget: QWidget) -> None:
    """Draw the shape of a state into ``rect``: lines on a grid of 18."""
    chosen = colours(widget)
    inks = {
        "received": QColor(chosen.quiet),
        "new-version": QColor(chosen.accent),
        "changes-requested": tone_colours(widget, "aside")[1],
        "agreed": tone_colours(widget, "good")[1],
    }
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 18, rect.height() / 18)
    ink = inks[word]
    painter.setPen(QPen(ink, 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match word:
        case "received":
            painter.drawPolyline([QPointF(9, 2), QPointF(9, 10.5)])
            painter.drawPolyline([QPointF(6, 7.5), QPointF(9, 10.5), QPointF(12, 7.5)])
            painter.drawPolyline([QPointF(2.5, 10.5), QPointF(2.5, 15.5), QPointF(15.5, 15.5), QPointF(15.5, 10.5)])
        case "new-version":
            painter.drawEllipse(QRectF(2, 2, 14, 14))
            painter.setBrush(ink)
            painter.drawEllipse(QRectF(6.5, 6.5, 5, 5))
        case "changes-requested":
            corners = [(2, 3), (16, 3), (16, 12.5), (8, 12.5), (4.5, 16), (4.5, 12.5), (2, 12.5)]
            painter.drawPolygon([QPointF(x, y) for x, y in corners])
        case "agreed":
            painter.setBrush(ink)
            painter.drawEllipse(QRectF(1.5, 1.5, 15, 15))
            painter.setPen(QPen(QColor(chosen.card), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPolyline([QPointF(5, 9.5), QPointF(8, 12.3), QPointF(13, 6)])
    painter.restore()
