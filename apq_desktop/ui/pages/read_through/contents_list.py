"""The contents of a text to read: beside it where there is room, else folded above it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from apq_desktop.ui.widgets.text_labels import scaled_font
from apq_desktop.ui.widgets.theme import RING, colours

Place = tuple[str, str, int]
"""The words of a part, the name of its place in the text, and how deep it stands below the others."""
NAME, DEPTH = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_SET_IN, _PAD, _LEFT, _BAR, _SCALE = 14, 4, 12, 4, 0.94
_Index = QModelIndex | QPersistentModelIndex


class ContentsList(QListWidget):
    """One stop of Tab: the arrows choose a part, Enter or a click goes there."""

    place_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Contents")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
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


class _Rows(QStyledItemDelegate):
    """Words that wrap, set in by their depth; the chosen one has a bar at its left, and the ring with the focus."""

    def __init__(self, view: ContentsList) -> None:
        super().__init__(view)
        self._view = view

    def _words(self, index: _Index) -> QRect:
        left = _LEFT + _SET_IN * int(index.data(DEPTH))
        wide = QRect(left, _PAD, max(self._view.viewport().width() - left - 8, 40), 10_000)
        return QFontMetrics(scaled_font(_SCALE)).boundingRect(wide, Qt.TextFlag.TextWordWrap, str(index.data()))

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As high as the words."""
        return QSize(60, self._words(index).height() + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw a row."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen, is_current = colours(self._view), index.row() == self._view.currentRow()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_current or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(chosen.selected))
        if is_current:
            painter.fillRect(rect.left(), rect.top(), _BAR, rect.height(), QColor(chosen.accent))
        painter.setFont(scaled_font(_SCALE))
        painter.setPen(QColor(chosen.text))
        painter.drawText(self._words(index).translated(rect.topLeft()), Qt.TextFlag.TextWordWrap, str(index.data()))
        if is_current and self._view.hasFocus():
            painter.setPen(QPen(QColor(chosen.accent), RING))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()
