"""What one setting wrote about an area, as text in a column: words can be selected, and nothing can be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QTextCharFormat,
    QTextCursor,
)

from apq_desktop.ui.fields.field_editing import letters
from apq_desktop.ui.pages.library.locality.passage_model import Words, place_words
from apq_desktop.ui.widgets.read_only_text import ReadOnlyText, trimmed
from apq_desktop.ui.widgets.theme import colours

if TYPE_CHECKING:
    from apq_desktop.services.locality.reading_across import ReadPassage

NOTHING = "Nothing is written here."
_MOVES = (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class ColumnText(ReadOnlyText):
    """The text of one column. ``asked`` has a letter or figure, ``opened`` a passage."""

    opened = Signal(object)
    entered = Signal()
    WIDEST = 48

    def __init__(self) -> None:
        super().__init__(12)
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
        begin, end = letters(text, first - start), letters(text, last - start)
        begin, end = trimmed(text[begin:end], begin, end)
        return Words(read.passage, begin, end) if begin < end else None

    def _fill(self) -> None:
        self._starts = []
        with self._refilled() as cursor:
            heading = ""
            for read in self._read:
                if (part := place_words(read.passage, {})) != heading:
                    self._block(cursor, above=12)
                    cursor.insertText(part, self._format("quiet", scale=0.92, bold=True))
                    heading = part
                self._add(cursor, read)
            if not self._read:
                cursor.insertText(NOTHING, self._format("quiet"))
        self._fit()

    def _add(self, cursor: QTextCursor, read: ReadPassage) -> None:
        hang = self.fontMetrics().horizontalAdvance("•  ")
        self._block(cursor, above=7, hang=hang)
        cursor.insertText("•  ", self._format("quiet"))
        self._starts.append((cursor.position(), read))
        self._insert(cursor, read)
        if read.themes:
            self._block(cursor, above=2, hang=hang)
            cursor.insertText(f"    Themes: {', '.join(read.themes)}", self._format("accent", scale=0.9))

    def _insert(self, cursor: QTextCursor, read: ReadPassage) -> None:
        text, done = read.passage.text.replace("\n", "\u2028"), 0
        for first, last in read.spans:
            cursor.insertText(text[done:first], self._format("text"))
            cursor.insertText(text[first:last], self._marked())
            done = last
        cursor.insertText(text[done:], self._format("text"))

    def _marked(self) -> QTextCharFormat:
        made = self._format("text", bold=True)
        ground, ink = colours(self).mark
        made.setBackground(QColor(ground))
        made.setForeground(QColor(ink))
        return made

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
