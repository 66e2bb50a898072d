"""The contents of a text to read: beside it where there is room, else folded above it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyleOptionViewItem,
)

from apq_desktop.ui.widgets.painted.painted_rows import BAR, Index, PaintedList, RowPainter
from apq_desktop.ui.widgets.text_labels import scaled_font
from apq_desktop.ui.widgets.theme import RING, colours

Place = tuple[str, str, int]
"""The words of a part, the name of its place in the text, and how deep it stands below the others."""
NAME, DEPTH = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_SET_IN, _PAD, _LEFT, _SCALE = 14, 4, 12, 0.94


class ContentsList(PaintedList):
    """One stop of Tab: the arrows choose a part, Enter or a click goes there."""

    place_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__("Contents")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setItemDelegate(_Rows(self))
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    def show_places(self, places: list[Place]) -> None:
        """Show the parts of a text. The one that was chosen stays chosen, where it is still there."""
        chosen = self.item(self.currentRow()).text() if self.currentRow() >= 0 else ""
        self.clear()
        for words, name, depth in places:
            item = QListWidgetItem(words)
            item.setData(NAME, name)
            item.setData(DEPTH, depth)
            self.addItem(item)
            if words == chosen:
                self.setCurrentItem(item)
        if self.currentRow() < 0 and places:
            self.setCurrentRow(0)

    def whole_height(self) -> int:
        """The height of all parts, in pixels."""
        return sum(self.sizeHintForRow(row) for row in range(self.count())) + 4

    def _choose(self, item: QListWidgetItem) -> None:
        self.place_chosen.emit(item.data(NAME))


class _Rows(RowPainter):
    """Words that wrap, set in by their depth; the chosen one has a bar at its left, and the ring with the focus."""

    def _words(self, index: Index) -> QRect:
        left = _LEFT + _SET_IN * int(index.data(DEPTH))
        return self._wrapped(str(index.data()), scaled_font(_SCALE), left, _PAD, 8)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words."""
        return QSize(60, self._words(index).height() + 2 * _PAD)

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen, is_current = colours(self._view), index.row() == self._view.currentIndex().row()
        if is_current or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(chosen.selected))
        if is_current:
            painter.fillRect(rect.left(), rect.top(), BAR, rect.height(), QColor(chosen.accent))
        painter.setFont(scaled_font(_SCALE))
        painter.setPen(QColor(chosen.text))
        painter.drawText(self._words(index).translated(rect.topLeft()), Qt.TextFlag.TextWordWrap, str(index.data()))
        if is_current and self._view.hasFocus():
            painter.setPen(QPen(QColor(chosen.accent), RING))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
