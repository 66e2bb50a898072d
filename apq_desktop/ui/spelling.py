"""Spelling as you type: unknown words are underlined, and their menu has suggestions and "Add to my words".

Without a dictionary nothing of this shows. Nothing here slows a letter or a painting: a field is looked through in
turns of a few milliseconds, between which Qt paints and takes keys.
"""

from __future__ import annotations

import importlib.util
import logging
import time
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
)

from apq_desktop.ui import dictionary
from apq_desktop.ui.fields import TextField
from apq_desktop.ui.theme import colours

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from apq_desktop.ui.dictionary import Dictionary

TURN_MS = 6.0
NEW_WORDS = 150
"""As many words as are looked up in one turn, if they were not met before; one takes some 10 microseconds."""
AFTER_OPENING_MS = 250
_log = logging.getLogger(__name__)


class Speller(QObject):
    """The dictionary, once it is loaded, and the fields that wait for their turn to be looked through."""

    changed = Signal()
    not_kept = Signal(str)

    def __init__(self, folders: Iterable[Path], own_words: Path, *, on: bool = True) -> None:
        super().__init__()
        self._stem, self._own_words, self.on = dictionary.find(folders), own_words, on
        self._dictionary: Dictionary | None = None
        self._waiting: deque[FieldSpelling] = deque()
        self._new_words = NEW_WORDS
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._take_turn)

    @property
    def available(self) -> bool:
        """Whether there is a dictionary, loaded or not."""
        return self._stem is not None and importlib.util.find_spec("hunspell") is not None

    def load_soon(self) -> None:
        """Load the dictionary when the window that was just opened has been painted."""
        if self._dictionary is None:
            QTimer.singleShot(AFTER_OPENING_MS, self, self.load)

    def load(self) -> None:
        """Load the dictionary now, where there is one and spelling is wanted."""
        if not self.on or self._dictionary is not None or self._stem is None or not self.available:
            return
        try:
            self._dictionary = dictionary.Dictionary(self._stem, dictionary.OwnWords(self._own_words))
        except (OSError, ValueError):
            _log.exception("The dictionary could not be used")
            self._stem = None
            return
        self.changed.emit()

    def set_on(self, on: bool) -> None:
        """Check spelling, or stop."""
        self.on = on
        self.load()
        self.changed.emit()

    def attach(self, field: object) -> None:
        """Check what is written in a field, if it is one for text that may be changed."""
        if self._stem is not None and isinstance(field, TextField) and not field.isReadOnly():
            FieldSpelling(field, self)

    @property
    def words(self) -> Dictionary | None:
        """The loaded dictionary, while spelling is checked."""
        return self._dictionary if self.on else None

    def knows_already(self, word: str) -> bool | None:
        """Whether a word may stand; None where this turn has no time left to look it up."""
        if self._dictionary is None:
            return True
        if (known := self._dictionary.judged.get(word)) is not None:
            return known
        if self._new_words == 0:
            return None
        self._new_words -= 1
        return self._dictionary.knows(word)

    def add(self, word: str) -> None:
        """Take a word into the person's own."""
        if self._dictionary is None:
            return
        try:
            self._dictionary.add(word)
        except OSError:
            _log.exception("A word could not be kept")
            self.not_kept.emit("The word is known until you close the program, but it could not be kept.")
        self.changed.emit()

    def ask_for_turn(self, field: FieldSpelling) -> None:
        """Look through a field soon."""
        if field not in self._waiting:
            self._waiting.append(field)
        if not self._turn.isActive():
            self._turn.start(0)

    def _take_turn(self) -> None:
        self._new_words = NEW_WORDS
        until = time.perf_counter() + TURN_MS / 1000
        while self._waiting and self._new_words and time.perf_counter() < until:
            field = self._waiting.popleft()
            if shiboken6.isValid(field):
                field.look_through()
        if self._waiting:
            self._turn.start(0)


class FieldSpelling(QObject):
    """What checks one field. Lives as long as the field, whose child it is."""

    def __init__(self, field: TextField, speller: Speller) -> None:
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
            self._underlines = Underlines(self)
        self._underlines.rehighlight()

    def unknown_words(self, block: QTextBlock) -> Iterator[tuple[int, int]]:
        """Where a paragraph has words to underline: from and to, counted as Qt does."""
        if self._speller.words is None:
            return
        text, knows = block.text(), self._speller.knows_already
        later = False
        for start, end, word in dictionary.words_in(text):
            known = knows(word)
            later = later or known is None
            if known is False and self._is_to_be_shown(block, text, start, end):
                yield _units(text, start), _units(text, end)
        if later:
            self._due()

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

    def _is_to_be_shown(self, block: QTextBlock, text: str, start: int, end: int) -> bool:
        start, end = dictionary.run_around(text, start, end)
        if dictionary.is_address(text[start:end]):
            return False
        run = block.blockNumber(), _units(text, start), _units(text, end)
        if self._is_cursor_in(run):
            self._being_written = run
            return False
        return True

    def _is_cursor_in(self, run: tuple[int, int, int]) -> bool:
        number, start, end = run
        cursor = self._field.textCursor()
        here = cursor.blockNumber() == number and start <= cursor.positionInBlock() <= end
        return here and self._field.hasFocus()

    def _see_whether_written(self) -> None:
        """Check the word that was being written, once the cursor has left it."""
        if self._being_written is None or self._is_cursor_in(self._being_written):
            return
        block = self._field.document().findBlockByNumber(self._being_written[0])
        self._being_written = None
        if block.isValid() and self._underlines is not None:
            self._underlines.rehighlightBlock(block)

    # The menu

    def _show_menu(self, event: QContextMenuEvent) -> bool:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        cursor = self._field.textCursor() if by_key else self._field.cursorForPosition(event.pos())
        word = self._unknown_word_at(cursor)
        if word is None or self._speller.words is None:
            return False
        menu = self._field.createStandardContextMenu()
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
        menu.setAttribute(menu.widgetAttribute() if False else _DELETE_ON_CLOSE)
        menu.popup(event.globalPos())
        if by_key:
            menu.setActiveAction(next(action for action in menu.actions() if action.isEnabled()))
        return True
