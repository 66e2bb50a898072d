"""Lists whose rows are painted: words that wrap, the ground and bar of the row in view, the ring of the focus."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QStyledItemDelegate, QStyleOptionViewItem

from apq_desktop.ui.widgets.text_labels import scaled_font
from apq_desktop.ui.widgets.theme import RING, colours

Index = QModelIndex | QPersistentModelIndex
BAR = 4
"""Pixels: the bar at the left of a row that is in view or chosen."""


class PaintedList(QListWidget):
    """A list without a frame, never wider than its place; its rows are as high as their words need."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words break elsewhere: measure the rows again."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class RowPainter(QStyledItemDelegate):
    """What paints the rows of a view, each in ``_paint_row``; the painter is afterwards as it was."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row from the palette."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_row(painter, option, index)
        painter.restore()

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        raise NotImplementedError

    def _wrapped(self, words: str, font: QFont, left: int, top: int, right: int) -> QRect:
        """Where words stand that wrap at the view's width, in a row that begins at 0."""
        wide = QRect(left, top, max(self._view.viewport().width() - left - right, 40), 10_000)
        return QFontMetrics(font).boundingRect(wide, Qt.TextFlag.TextWordWrap, words)

    def _paint_ground(self, painter: QPainter, row: QRect, pad: int) -> None:
        """The rounded ground of the row in view, and the bar at its left."""
        chosen = colours(self._view)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(chosen.selected))
        painter.drawRoundedRect(row.adjusted(pad, 0, -pad, 0), pad, pad)
        painter.fillRect(row.left() + pad, row.top() + pad, BAR, row.height() - 2 * pad, QColor(chosen.accent))

    def _paint_ring(self, painter: QPainter, row: QRect, pad: int) -> None:
        """The ring of the focus."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours(self._view).accent), RING))
        painter.drawRoundedRect(QRectF(row).adjusted(pad + 1.5, 1.5, -pad - 1.5, -1.5), pad, pad)


def paint_line(
    painter: QPainter,
    place: QRect,
    words: str,
    ink: str,
    *,
    scale: float = 1.0,
    bold: bool = False,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignTop,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """Write words on one line; what has no room is left out."""
    font = scaled_font(scale, bold=bold)
    painter.setFont(font)
    painter.setPen(QColor(ink))
    shown = QFontMetrics(font).elidedText(words, elide, place.width())
    painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | align), shown)
