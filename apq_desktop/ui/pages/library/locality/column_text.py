"""What one setting wrote about an area, as text in a column: words can be selected, and nothing can be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
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

from apq_desktop.ui.fields.field_editing import units
from apq_desktop.ui.pages.library.locality.passage_model import Words, place_words
from apq_desktop.ui.widgets.text_labels import scaled_font
from apq_desktop.ui.widgets.theme import RING, colours

if TYPE_CHECKING:
    from apq_desktop.services.locality.reading_across import ReadPassage

WIDEST = 48
"""Of the lines, in sizes of the text."""
LINE_HEIGHT = 128.0
"""Per cent of the font's own."""
NOTHING = "Nothing is written here."
_MOVES = (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class ColumnText(QTextEdit):
    """As high as its words; the column around it scrolls. ``asked`` has a letter or figure, ``opened`` a passage."""

    asked = Signal(str)
    opened = Signal(object)
    entered = Signal()

    def __init__(self) -> None:
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
        self.document().setDocumentMargin(12)
        self.viewport().setAutoFillBackground(False)
        self._read: list[ReadPassage] = []
        self._starts: list[tuple[int, ReadPassage]] = []

    def show_passages(self, read: list[ReadPassage], name: str) -> None:
        """Show what is read of a setting of this name."""
        self.setAccessibleName(f"What {name} wrote")
        self._read = read
        self._fill()

    def chosen(self) -> Words | None:
        """The selected words, as far as they stand in one passage; without a selection the whole of it."""
        cursor = self.textCursor()
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        there = [(start, read) for start, read in self._starts if start <= first]
        if not there:
            return None
        start, read = there[-1]
        text = read.passage.text
        if first == last:
            return Words(read.passage, 0, len(text))
        begin, end = _letters(text, first - start), _letters(text, last - start)
        words = text[begin:end]
        begin += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        return Words(read.passage, begin, end) if begin < end else None

    def _fill(self) -> None:
        at = self.textCursor().position()
        self._starts = []
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        heading = ""
        for read in self._read:
            if (part := place_words(read.passage, {})) != heading:
                self._block(cursor, above=12)
                cursor.insertText(part, self._format("quiet", scale=0.92, bold=True))
                heading = part
            self._block(cursor, above=7, indent=True)
            cursor.insertText("•  ", self._format("quiet"))
            self._starts.append((cursor.position(), read))
            self._insert(cursor, read)
            if read.themes:
                self._block(cursor, above=2, indent=True)
                cursor.insertText(f"    Themes: {', '.join(read.themes)}", self._format("quiet", scale=0.9))
        if not self._read:
            cursor.insertText(NOTHING, self._format("quiet"))
        cursor.endEditBlock()
        cursor.setPosition(min(at, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self._fit()

    def _insert(self, cursor: QTextCursor, read: ReadPassage) -> None:
        text, done = read.passage.text.replace("\n", "\u2028"), 0
        for first, last in read.spans:
            cursor.insertText(text[done:first], self._format("text"))
            cursor.insertText(text[first:last], self._marked())
            done = last
        cursor.insertText(text[done:], self._format("text"))

    def _block(self, cursor: QTextCursor, *, above: float, indent: bool = False) -> None:
        made = QTextBlockFormat()
        made.setTopMargin(above)
        made.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if indent:
            hang = self.fontMetrics().horizontalAdvance("•  ")
            made.setLeftMargin(hang)
            made.setTextIndent(-hang)
        if self._starts or cursor.position():
            cursor.insertBlock(made)
        else:
            cursor.setBlockFormat(made)

    def _format(self, ink: str, *, scale: float = 1.0, bold: bool = False) -> QTextCharFormat:
        made = QTextCharFormat()
        font = scaled_font(scale)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        made.setFont(font)
        made.setForeground(QColor(getattr(colours(self), ink)))
        return made

    def _marked(self) -> QTextCharFormat:
        made = self._format("text", bold=True)
        ground, ink = colours(self).mark
        made.setBackground(QColor(ground))
        made.setForeground(QColor(ink))
        return made

    def _fit(self) -> None:
        self.document().setTextWidth(min(self.viewport().width(), WIDEST * self.fontInfo().pixelSize()))
        height = round(self.document().size().height()) + 4
        if height != self.height():
            self.setFixedHeight(height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, figures and letters are for whoever listens; all else moves and selects."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _MOVES:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if (words := self.chosen()) is not None:
                self.opened.emit(words)
        elif plain and event.text().strip():
            self.asked.emit(event.text().lower())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the keyboard is here."""
        super().focusInEvent(event)
        self.entered.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, and a frame while the keyboard is here."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(QColor(colours(self).accent), RING))
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1.5, 1.5, -1.5, -1.5))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The column scrolls, not the text in it."""
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again when lines break elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fill again when colours or the text size change."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange) and hasattr(self, "_starts"):
            self._fill()


def _letters(text: str, position: int) -> int:
    """How many letters of ``text`` stand before so many of Qt's units."""
    if position <= 0:
        return 0
    if text.isascii() or position >= units(text):
        return min(position, len(text))
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * position].decode("utf-16-le", "ignore"))
