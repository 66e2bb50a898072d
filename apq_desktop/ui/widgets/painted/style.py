"""Qt's own style, but for what it would paint too faintly: scroll bars."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QProxyStyle, QScrollBar, QStyle, QStyleOptionComplex, QWidget

_CONTROL = QStyle.ComplexControl.CC_ScrollBar
_ASIDE = 3.5
"""Pixels kept free at both sides of a scroll bar's handle."""


class PlainStyle(QProxyStyle):
    """Fusion, with scroll bars that stand out from every ground by 3 to 1 and have no ground of their own."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw a scroll bar as a handle between two small arrows; leave all else to Fusion."""
        if control is not _CONTROL or not isinstance(widget, QScrollBar):
            super().drawComplexControl(control, option, painter, widget)
            return
        if widget.maximum() > widget.minimum():
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_bar(option, painter, widget)
            painter.restore()

    def _paint_bar(self, option: QStyleOptionComplex, painter: QPainter, bar: QScrollBar) -> None:
        upright, part = bar.orientation() is Qt.Orientation.Vertical, QStyle.SubControl
        frame, text = bar.palette().dark(), bar.palette().windowText()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(text if bar.isSliderDown() or bar.underMouse() else frame)
        handle = QRectF(self.subControlRect(_CONTROL, option, part.SC_ScrollBarSlider, bar))
        aside = (_ASIDE, 1.0) if upright else (1.0, _ASIDE)
        handle.adjust(aside[0], aside[1], -aside[0], -aside[1])
        round_ = min(handle.width(), handle.height()) / 2
        painter.drawRoundedRect(handle, round_, round_)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(frame, 1.6))
        for which, way in ((part.SC_ScrollBarSubLine, -1), (part.SC_ScrollBarAddLine, 1)):
            middle = QRectF(self.subControlRect(_CONTROL, option, which, bar)).center()
            corners = [QPointF(x, y * way) for x, y in ((-3, -1.5), (0, 1.5), (3, -1.5))]
            painter.drawPolyline(QPolygonF([middle + (p if upright else p.transposed()) for p in corners]))
