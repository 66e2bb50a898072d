"""Small marks drawn as lines from the palette: sharp at each scale, and never asked of a font that may lack them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

Mark = Literal[
    "",
    "empty",
    "half",
    "done",
    "stopped",
    "warning",
    "folder",
    "calendar",
    "open",
    "closed",
    "upwards",
    "downwards",
    "cross",
    "find",
]
_GRID = 18.0
"""Marks are drawn on a grid of 18 by 18."""
_PEN = 1.6


def paint_mark(painter: QPainter, where: QRectF, mark: Mark, ink: QColor) -> None:
    """Draw a mark into a square."""
    if not mark:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(where.topLeft())
    painter.scale(where.width() / _GRID, where.height() / _GRID)
    round_ends = (Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(QPen(QBrush(ink), _PEN, Qt.PenStyle.SolidLine, *round_ends))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if mark in _LINES:
        for line in _LINES[mark]:
            painter.drawPolyline([QPointF(x, y) for x, y in line])
    else:
        _ROUND[mark](painter, ink)
    painter.restore()


def _empty(painter: QPainter, _ink: QColor) -> None:
    painter.drawEllipse(QPointF(9, 9), 6.2, 6.2)


def _half(painter: QPainter, ink: QColor) -> None:
    _empty(painter, ink)
    half = QPainterPath(QPointF(9, 9))
    half.arcTo(QRectF(5, 5, 8, 8), -90, 180)
    painter.fillPath(half, ink)


def _stopped(painter: QPainter, ink: QColor) -> None:
    _empty(painter, ink)
    painter.drawLine(QPointF(6, 9), QPointF(12, 9))


def _find(painter: QPainter, _ink: QColor) -> None:
    painter.drawEllipse(QPointF(7.6, 7.6), 4.8, 4.8)
    painter.drawLine(QPointF(11.2, 11.2), QPointF(15.4, 15.4))


_ROUND: dict[str, Callable[[QPainter, QColor], None]] = {
    "empty": _empty,
    "half": _half,
    "stopped": _stopped,
    "find": _find,
}
_LINES: dict[str, list[list[tuple[float, float]]]] = {
    "done": [[(3, 9.5), (7, 13.5), (15, 4.5)]],
    "warning": [[(9, 2.5), (16, 15), (2, 15), (9, 2.5)], [(9, 7), (9, 10.5)], [(9, 12.8), (9, 12.9)]],
    "folder": [[(2, 14.5), (2, 4), (7, 4), (8.5, 6), (16, 6), (16, 14.5), (2, 14.5)]],
    "calendar": [
        [(3, 4), (15, 4), (15, 15), (3, 15), (3, 4)],
        [(3, 7.5), (15, 7.5)],
        [(6, 2), (6, 5)],
        [(12, 2), (12, 5)],
    ],
    "open": [[(4, 6.5), (9, 11.5), (14, 6.5)]],
    "closed": [[(6.5, 4), (11.5, 9), (6.5, 14)]],
    "cross": [[(4.5, 4.5), (13.5, 13.5)], [(13.5, 4.5), (4.5, 13.5)]],
    "upwards": [[(5, 11), (9, 7), (13, 11)]],
    "downwards": [[(5, 7), (9, 11), (13, 7)]],
}
