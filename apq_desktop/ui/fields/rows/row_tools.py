"""The handle and the menu of an item: they keep their place, and are seen while it is pointed at or worked in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from apq_desktop.ui.widgets.buttons import LinkButton, paint_focus
from apq_desktop.ui.widgets.text_labels import GUTTERS
from apq_desktop.ui.widgets.theme import colours

DOT = 1.8
GAP = 2
"""Pixels between a tool and what it stands beside."""


class RowMenuButton(LinkButton):
    """Open an item's menu; as high as ``height`` says.

    Out of sight it is there all the same: Tab comes to it, and a screen reader names it.
    """

    def __init__(self, row: QWidget, height: Callable[[], int]) -> None:
        super().__init__("")
        self._row, self._height = row, height
        self.setToolTip("Menu")

    @property
    def in_hand(self) -> bool:
        """Whether the pointer or the focus is in its item."""
        return in_hand(self._row)

    def _measured(self) -> QSize:
        return QSize(GUTTERS[1] - GAP, self._height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw three dots where they are seen."""
        if self.in_hand and self.isEnabled():
            painter, chosen = QPainter(self), colours(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_focus(self, painter)
            _paint_dots(painter, self, [(-1, 0), (0, 0), (1, 0)], chosen.accent if self.underMouse() else chosen.text)


class RowHandle(QWidget):
    """What an item is dragged by. ``dragged`` carries where the pointer is; ``dropped`` whether the item stays there.

    For the mouse alone: Ctrl with the arrows and the menu do the same by keyboard.
    """

    dragged = Signal(QPoint)
    dropped = Signal(bool)

    def __init__(self, row: QWidget, height: Callable[[], int]) -> None:
        super().__init__()
        self._row, self._height = row, height
        self._pressed: QPoint | None = None
        self._before: QWidget | None = None
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip("Drag")

    def sizeHint(self) -> QSize:
        """As large as what is pressed must be."""
        return QSize(GUTTERS[0] - GAP, self._height())

    def minimumSizeHint(self) -> QSize:
        """Never smaller."""
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the item. The focus comes along, so that Esc can let go of it."""
        if event.button() == Qt.MouseButton.LeftButton and self.isEnabled():
            self._pressed, self._before = event.position().toPoint(), QApplication.focusWidget()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Once the pointer has gone some way, the item goes with it."""
        if self._pressed is None:
            return
        way = (event.position().toPoint() - self._pressed).manhattanLength()
        if not self._dragging and way >= QApplication.startDragDistance():
            self._dragging = True
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._dragging:
            self.dragged.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the item stay where it is now."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._let_go(stays=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc while it is dragged leaves the item where it was."""
        if event.key() == Qt.Key.Key_Escape and self._dragging:
            self._let_go(stays=False)
        else:
            super().keyPressEvent(event)

    def _let_go(self, *, stays: bool) -> None:
        was_dragged, self._dragging, self._pressed = self._dragging, False, None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        if was_dragged:
            if self._before is not None:
                self._before.setFocus()
            self.dropped.emit(stays)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw six dots where they are seen and there is somewhere to drag to."""
        if self.isEnabled() and in_hand(self._row):
            painter, chosen = QPainter(self), colours(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            places = [(x, y) for x in (-0.5, 0.5) for y in (-1.0, 0.0, 1.0)]
            _paint_dots(painter, self, places, chosen.accent if self.underMouse() else chosen.quiet)


def in_hand(row: QWidget) -> bool:
    """Whether the pointer or the focus is in an item."""
    focus = QApplication.focusWidget()
    return row.underMouse() or (focus is not None and row.isAncestorOf(focus))


def _paint_dots(painter: QPainter, tool: QWidget, places: list[tuple[float, float]], ink: str) -> None:
    step = tool.width() / 4.6
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink))
    middle = QPointF(tool.width() / 2, tool.height() / 2)
    for x, y in places:
        painter.drawEllipse(middle + QPointF(x, y) * step, DOT, DOT)
