"""What checks one field: the lines under unknown words, and the menu that has suggestions for them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
)

from apq_desktop.ui.spelling import dictionary
from apq_desktop.ui.widgets.theme import colours

if TYPE_CHECKING:
    import re

    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QMenu

    from apq_desktop.ui.fields.text_fields import TextField


class WordChecker(Protocol):
    """What a field needs of ``SpellChecker``, which makes it."""

    @property
    def changed(self) -> SignalInstance: ...
    @property
    def words(self) -> dictionary.Dictionary | None: ...
    def unknown_in(self, text: str) -> tuple[list[re.Match[str]], bool]: ...
    def add(self, word: str) -> None: ...
    def ask_for_turn(self, field: FieldSpelling) -> None: ...


class FieldSpelling(QObject):
    """What checks one field. Lives as long as the field, whose child it is."""

    def __init__(self, field: TextField, speller: WordChecker) -> None:
        super().__init__(field)
        self._field, self._speller = field, speller
        self._underlines: Underlines | None = None
        self._is_due = True
        self._being_written: tuple[int, int, int] | None = None
        field.installEventFilter(self)
        field.viewport().installEventFilter(self)
        field.cursorPositionChanged.connect(self._see_whether_written)
        speller.changed.connect(self._due)
        self._due()

    def look_through(self) -> None:
        """Underline what is unknown in the whole field, as far as this turn goes."""
        self._is_due = False
        if self._underlines is None:
            if self._speller.words is None:
                return
            self._underlines = Underlines(self, self._field)
        self._underlines.rehighlight()

    def unknown_words(self, block: QTextBlock, text: str) -> Iterator[tuple[int, int]]:
        """Where a paragraph has words to underline: from and to, counted as Qt does."""
        if self._being_written and self._being_written[0] == block.blockNumber():
            self._being_written = None
        unknown, done = self._speller.unknown_in(text)
        if not done:
            self._due()
        if not unknown:
            return
        cursor = self._cursor_in(block)
        for word in unknown:
            if cursor is not None:
                run = [_units(block, text, place) for place in dictionary.run_around(text, word)]
                if run[0] <= cursor <= run[1]:
                    self._being_written = block.blockNumber(), run[0], run[1]
                    continue
            yield _units(block, text, word.start()), _units(block, text, word.end())

    def wave(self) -> QTextCharFormat:
        """The line under an unknown word: its shape says it, not its colour alone."""
        line = QTextCharFormat()
        line.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        line.setUnderlineColor(QColor(colours(self._field).warning))
        return line

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Qt's own menu gets the suggestions; a field is looked through when it shows, and a word when it is left."""
        kind = event.type()
        if kind == QEvent.Type.ContextMenu and isinstance(event, QContextMenuEvent):
            return self._show_menu(event)
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and _asks_for_menu(event):
            place = self._field.cursorRect().center()
            by_key = QContextMenuEvent.Reason.Keyboard
            QCoreApplication.sendEvent(self._field, QContextMenuEvent(by_key, place, self._field.mapToGlobal(place)))
            return True
        if kind == QEvent.Type.FocusOut:
            self._see_whether_written()
        elif kind == QEvent.Type.PaletteChange or (kind == QEvent.Type.Show and self._is_due):
            self._due()
        return False

    def _due(self) -> None:
        """Look through the field in its turn, or when it is shown."""
        self._is_due = True
        if self._field.isVisible():
            self._speller.ask_for_turn(self)

    # The word that is still being written

    def _cursor_in(self, block: QTextBlock) -> int | None:
        """Where in a paragraph somebody is writing; None where nobody is."""
        cursor = self._field.textCursor()
        return cursor.positionInBlock() if self._field.hasFocus() and cursor.block() == block else None

    def _see_whether_written(self) -> None:
        """Check the word that was being written, once the cursor has left it."""
        if self._being_written is None or self._underlines is None:
            return
        number, start, end = self._being_written
        block = self._field.document().findBlockByNumber(number)
        cursor = self._cursor_in(block)
        if block.isValid() and (cursor is None or not start <= cursor <= end):
            self._underlines.rehighlightBlock(block)

    # The menu

    def _show_menu(self, event: QContextMenuEvent) -> bool:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        cursor = self._field.textCursor() if by_key else self._field.cursorForPosition(event.pos())
        word = self._unknown_word_at(cursor)
        if word is None or self._speller.words is None:
            return False
        menu = self._field.make_menu()
        first = menu.actions()[0]
        for suggestion in self._speller.words.suggestions(word.selectedText()):
            self._insert(menu, first, suggestion).triggered.connect(
                lambda _=False, chosen=suggestion: self._replace(word, chosen)
            )
        if menu.actions()[0] is first:
            self._insert(menu, first, "No suggestions").setEnabled(False)
        menu.insertSeparator(first)
        unknown = word.selectedText()
        self._insert(menu, first, "Add to my words").triggered.connect(lambda: self._speller.add(unknown))
        menu.insertSeparator(first)
        menu.setAccessibleName(f"Spelling of {unknown}")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())
        if by_key:
            menu.setActiveAction(next(action for action in menu.actions() if action.isEnabled()))
        return True

    def _unknown_word_at(self, cursor: QTextCursor) -> QTextCursor | None:
        """The unknown word that the cursor stands in or beside, selected."""
        block, words = cursor.block(), self._speller.words
        text = block.text()
        word = words and words.unknown_at(text, _letters(block, text, cursor.positionInBlock()))
        if not word:
            return None
        found = QTextCursor(block)
        found.setPosition(block.position() + _units(block, text, word.start()))
        found.setPosition(block.position() + _units(block, text, word.end()), QTextCursor.MoveMode.KeepAnchor)
        return found

    def _replace(self, word: QTextCursor, chosen: str) -> None:
        """Write as if by hand: saving and undo see it like any other edit."""
        word.insertText(chosen)
        self._field.setTextCursor(word)

    def _insert(self, menu: QMenu, before: QAction, words: str) -> QAction:
        action = QAction(words.replace("&", "&&"), menu)
        menu.insertAction(before, action)
        return action


class Underlines(QSyntaxHighlighter):
    """Draw the lines; Qt asks it for each paragraph that changed."""

    def __init__(self, spelling: FieldSpelling, field: TextField) -> None:
        super().__init__(field.document())
        self._spelling = spelling

    def highlightBlock(self, text: str) -> None:
        """Underline what is unknown in the current paragraph."""
        line = None
        for start, end in self._spelling.unknown_words(self.currentBlock(), text):
            line = line or self._spelling.wave()
            self.setFormat(start, end - start, line)


def _asks_for_menu(event: QKeyEvent) -> bool:
    """Shift+F10, which opens a menu everywhere but in Qt on Linux, where only the Menu key does."""
    shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
    return shift and event.key() == Qt.Key.Key_F10 and sys.platform.startswith("linux")


def _units(block: QTextBlock, text: str, place: int) -> int:
    """A place in a paragraph's text as Qt counts it: letters beyond the first 65,536 count twice."""
    if len(text) == block.length() - 1:
        return place
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2


def _letters(block: QTextBlock, text: str, units: int) -> int:
    """The place in a paragraph's text that Qt calls ``units``."""
    if len(text) == block.length() - 1:
        return units
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "surrogatepass"))
