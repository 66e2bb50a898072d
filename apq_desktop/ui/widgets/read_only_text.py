"""Text to read that is as high as its words: they can be selected, and what is around it scrolls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from apq_desktop.ui.widgets.text_labels import scaled_font
from apq_desktop.ui.widgets.theme import RING, colours

LINE_HEIGHT = 128.0
"""Per cent of the font's own."""


class ReadOnlyText(QTextEdit):
    """What says in ``_fill`` what it shows. ``asked`` has the letter of a key, ``laid_out`` follows a new height.

    Lines are at most ``WIDEST`` sizes of the text long, where it is not 0; ``BELOW`` are pixels under the last one;
    ``SCALE`` is the size of the letters, of that of the window's.
    """

    asked = Signal(str)
    laid_out = Signal()
    WIDEST, BELOW, SCALE = 0, 4, 1.0
    _is_made = False

    def __init__(self, margin: int) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(margin)
        self._is_made = True

    def _fill(self) -> None:
        """Show everything again."""
        raise NotImplementedError

    @contextmanager
    def _refilled(self) -> Iterator[QTextCursor]:
        """A cursor to write everything with; the person's own stays where it was."""
        at = self.textCursor().position()
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        yield cursor
        cursor.endEditBlock()
        cursor.setPosition(min(at, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    @staticmethod
    def _block(cursor: QTextCursor, *, above: float, hang: float = 0) -> None:
        """Begin a paragraph; its first line hangs left of the others."""
        made = QTextBlockFormat()
        made.setTopMargin(above)
        made.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        made.setLeftMargin(hang)
        made.setTextIndent(-hang)
        if cursor.position():
            cursor.insertBlock(made)
        else:
            cursor.setBlockFormat(made)

    def _format(self, ink: str = "text", *, scale: float = 0, bold: bool = False) -> QTextCharFormat:
        """Letters in one of the palette's colours."""
        made = QTextCharFormat()
        font = scaled_font(scale or self.SCALE)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        made.setFont(font)
        made.setForeground(QColor(getattr(colours(self), ink)))
        return made

    def _fit(self) -> None:
        width, widest = self.viewport().width(), self.WIDEST * self.fontInfo().pixelSize()
        self.document().setTextWidth(min(width, widest or width))
        height = round(self.document().size().height()) + self.BELOW
        if height != self.height():
            self.setFixedHeight(height)
        self.laid_out.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again when lines break elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fill again when colours or the text size change."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange) and self._is_made:
            self._fill()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """What is around it scrolls."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, and a frame while the keyboard is here."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(QColor(colours(self).accent), RING))
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1.5, 1.5, -1.5, -1.5))


def trimmed(words: str, start: int, end: int) -> tuple[int, int]:
    """From where to where ``words``, which stand from ``start`` to ``end``, are without the spaces around them."""
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
