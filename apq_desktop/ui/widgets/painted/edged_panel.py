"""A ground of the palette with a line at one edge: bars, the header, and what stands beside a page."""

from __future__ import annotations

from typing import Literal

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from apq_desktop.ui.widgets.theme import colours


class EdgedPanel(QWidget):
    """A part of the window that stands apart from the page."""

    GROUND: Literal["card", "side"] = "card"
    EDGE: Literal["top", "right", "bottom"] = "top"

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and line from the palette."""
        chosen, painter, rect = colours(self), QPainter(self), self.rect()
        painter.fillRect(rect, QColor(getattr(chosen, self.GROUND)))
        width, height = rect.width(), rect.height()
        line = {"top": (0, 0, width, 1), "right": (width - 1, 0, 1, height), "bottom": (0, height - 1, width, 1)}
        painter.fillRect(*line[self.EDGE], QColor(chosen.line))
