"""The way to “Find or go to…” in the header: it looks like the field that it opens."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication

from apq_desktop.ui.widgets.buttons import Button, paint_focus
from apq_desktop.ui.widgets.painted.line_marks import paint_mark
from apq_desktop.ui.widgets.text_labels import scaled_font
from apq_desktop.ui.widgets.theme import RADIUS, colours

WIDE = 22.7
"""Its width where there is room, in sizes of the text (em): 340 pixels at 100 %."""
SHORT, WHOLE = "Find", "Find or go to…"
_PAD, _GAP = 11, 9


class FindButton(Button):
    """A press opens the field, and so does a letter, which is the first one in it."""

    def __init__(self) -> None:
        super().__init__(WHOLE, name="Find or go to")
        self._room = 0

    def fit(self, room: int) -> None:
        """Take so many pixels, but no more than is of use; with few of them, say less; with none, show the glass."""
        self._room = room
        self.setText(WHOLE if self._with_words(WHOLE) <= room else SHORT if room else "")
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let nothing that is typed be lost."""
        letter = event.text()
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if not letter.isprintable() or letter in ("", " ") or held:
            super().keyPressEvent(event)
            return
        self.click()
        field = QApplication.focusWidget()
        if field is not None and field is not self:
            QCoreApplication.sendEvent(field, event)

    def _measured(self) -> QSize:
        wide = 0 if self.text() != WHOLE else min(self._room, round(WIDE * QFontInfo(self.font()).pixelSize()))
        return QSize(max(self._with_words(self.text()), wide), QFontMetrics(scaled_font(1.0)).height() + 14)

    def _with_words(self, words: str) -> int:
        metrics = QFontMetrics(scaled_font(1.0))
        return metrics.horizontalAdvance(words) + _mark_size(metrics) + (_GAP if words else 0) + 2 * _PAD

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a field with a glass, what it is for, and at the right its key."""
        chosen, painter = colours(self), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(chosen.field_line))
        painter.setBrush(QColor(chosen.selected if self.underMouse() or self.isDown() else chosen.field))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        paint_focus(self, painter)
        metrics = QFontMetrics(scaled_font(1.0))
        size = _mark_size(metrics)
        paint_mark(painter, QRectF(_PAD, (self.height() - size) / 2, size, size), "find", QColor(chosen.quiet))
        painter.setPen(QColor(chosen.quiet))
        painter.setFont(scaled_font(1.0))
        inside = QRect(_PAD + size + _GAP, 0, self.width() - 2 * _PAD - size - _GAP, self.height())
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
        key = QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText)
        small = scaled_font(0.87)
        if (
            metrics.horizontalAdvance(self.text()) + 2 * _GAP + QFontMetrics(small).horizontalAdvance(key)
            < inside.width()
        ):
            painter.setFont(small)
            painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, key)


def _mark_size(metrics: QFontMetrics) -> int:
    return round(metrics.ascent() * 1.1)
