"""The tools of an item in a list: they keep their place beside it, and are seen while it is pointed at or worked in."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from apq_desktop.ui.widgets.buttons import LinkButton, paint_focus
from apq_desktop.ui.widgets.text_labels import scaled_font
from apq_desktop.ui.widgets.theme import colours

Tool = Literal["Move up", "Move down", "Remove"]
_SHAPES: dict[Tool, tuple[tuple[tuple[float, float], ...], ...]] = {
    "Move up": (((0, 1), (0, -1)), ((-0.8, -0.2), (0, -1), (0.8, -0.2))),
    "Move down": (((0, -1), (0, 1)), ((-0.8, 0.2), (0, 1), (0.8, 0.2))),
    "Remove": (((-0.8, -0.8), (0.8, 0.8)), ((-0.8, 0.8), (0.8, -0.8))),
}
"""Lines from -1 to 1. They are painted, since the font has no arrows."""
ABOVE = 5
"""Pixels by which a field of one line is higher than a tool at either side of it."""


class RowTool(LinkButton):
    """One tool of an item. Out of sight it is there all the same: Tab comes to it, and a screen reader names it."""

    def __init__(self, tool: Tool, row: QWidget) -> None:
        super().__init__("")
        self._tool, self._row = tool, row
        self.setToolTip(tool)

    @property
    def in_hand(self) -> bool:
        """Whether the pointer or the focus is in its item."""
        focus = QApplication.focusWidget()
        return self._row.underMouse() or (focus is not None and self._row.isAncestorOf(focus))

    def _measured(self) -> QSize:
        side = max(QFontMetrics(scaled_font(1.0)).height() + 8, 24)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tool where it is seen."""
        if not self.in_hand:
            return
        painter, chosen = QPainter(self), colours(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_focus(self, painter)
        if self.isEnabled():
            middle, half = QPointF(self.width() / 2, self.height() / 2), self.height() / 5
            ink = QColor(chosen.accent if self.underMouse() else chosen.text)
            painter.setPen(QPen(ink, max(1.6, half / 3), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            for line in _SHAPES[self._tool]:
                painter.drawPolyline([middle + QPointF(x, y) * half for x, y in line])


class RowTools(QWidget):
    """The three tools of an item, in the gutter at its right."""

    def __init__(self, row: QWidget) -> None:
        super().__init__()
        self.up, self.down = RowTool("Move up", row), RowTool("Move down", row)
        self.remove = RowTool("Remove", row)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for tool in (self.up, self.down, self.remove):
            layout.addWidget(tool)
