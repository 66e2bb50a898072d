"""What is ticked: boxes and the choices of which one holds, with words beside their mark that wrap."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy

from apq_desktop.ui.widgets.buttons import paint_focus
from apq_desktop.ui.widgets.theme import colours

_MAY_BREAK = re.compile("[\\s\u200b]+")
"""Where a line of words may end."""


_GAP = 10


def _mark_side(metrics: QFontMetrics) -> int:
    return round(metrics.height() * 0.95)


def words_begin(metrics: QFontMetrics) -> int:
    """Where the words of a tick box or of an answer begin, in pixels from its left."""
    return _mark_side(metrics) + _GAP


# A class can follow one Qt class only, and the two below bring theirs.
if TYPE_CHECKING:
    _Base = QAbstractButton
else:
    _Base = object


class _Marked(_Base):
    """A mark with words beside it: both grow with the text, and the words wrap."""

    _FLAGS = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextShowMnemonic

    def _let_wrap(self) -> None:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _side(self) -> int:
        return _mark_side(self.fontMetrics())

    def _words(self, width: int) -> QRect:
        wide = QRect(self._side() + _GAP, 4, max(width - self._side() - _GAP - 4, 1), 10_000)
        return self.fontMetrics().boundingRect(wide, self._FLAGS, self.text())

    def sizeHint(self) -> QSize:
        """All words on one line."""
        metrics = self.fontMetrics()
        return QSize(self._side() + _GAP + metrics.horizontalAdvance(self.text()) + 8, metrics.height() + 8)

    def minimumSizeHint(self) -> QSize:
        """The longest word on a line of its own."""
        metrics = self.fontMetrics()
        longest = max((metrics.horizontalAdvance(word) for word in _MAY_BREAK.split(self.text())), default=0)
        return QSize(self._side() + _GAP + longest + 8, metrics.height() + 8)

    def heightForWidth(self, width: int) -> int:
        """The height of the wrapped words."""
        return self._words(width).height() + 8

    def hitButton(self, point: QPoint) -> bool:
        """The words can be clicked too."""
        return self.rect().contains(point)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw mark, words and focus from the palette."""
        chosen = colours(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self._side()
        box = QRectF(1.5, 5, side - 2, side - 2)
        ground = chosen.accent if self.isChecked() else chosen.field
        painter.setPen(QPen(QColor(chosen.accent if self.isChecked() else chosen.field_line), 1.5))
        painter.setBrush(QColor(ground if self.isEnabled() else chosen.page))
        self._paint_mark(painter, box, QColor(chosen.on_accent if self.isEnabled() else chosen.off))
        painter.setPen(QColor(chosen.text if self.isEnabled() else chosen.off))
        words = self._words(self.width())
        painter.drawText(words, self._FLAGS, self.text())
        paint_focus(self, painter, words.adjusted(-6, -4, 4, 4))

    def _paint_mark(self, painter: QPainter, box: QRectF, ink: QColor) -> None:
        raise NotImplementedError


class TickBox(_Marked, QCheckBox):
    """A box to tick."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._let_wrap()

    def _paint_mark(self, painter: QPainter, box: QRectF, ink: QColor) -> None:
        painter.drawRoundedRect(box, 3, 3)
        if self.isChecked():
            tick = [QPointF(0.22, 0.52), QPointF(0.42, 0.72), QPointF(0.78, 0.28)]
            corners = [QPointF(box.left() + p.x() * box.width(), box.top() + p.y() * box.height()) for p in tick]
            painter.setPen(QPen(ink, max(2.0, box.width() / 9)))
            painter.drawPolyline(corners)


class RadioButton(_Marked, QRadioButton):
    """One of several answers, of which one holds."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._let_wrap()

    def _paint_mark(self, painter: QPainter, box: QRectF, ink: QColor) -> None:
        painter.drawEllipse(box)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(box.center(), box.width() / 4, box.width() / 4)
