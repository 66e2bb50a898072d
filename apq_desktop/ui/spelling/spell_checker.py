"""Spelling as you type: unknown words are underlined, and their menu has suggestions and "Add to my words".

Without a dictionary nothing of this shows. Nothing here slows a letter or a painting: a field is looked through in
turns of a few milliseconds, between which Qt paints and takes keys.
"""

from __future__ import annotations

import logging
import re
import time
from collections import deque
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.spelling import dictionary
from apq_desktop.ui.spelling.field_spelling import FieldSpelling

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
    from apq_desktop.ui.spelling.dictionary import Dictionary

TURN_MS = 6.0
NEW_WORDS = 150
"""As many words as are looked up in one turn, if they were not met before."""
_log = logging.getLogger(__name__)


class SpellChecker(QObject):
    """The dictionary, once it is loaded, and the fields that wait for their turn to be looked through."""

    changed = Signal()
    switched = Signal(bool)
    not_kept = Signal(str)

    def __init__(self, folders: Iterable[Path], own_words: Path, *, on: bool = True) -> None:
        super().__init__()
        self._stem = dictionary.find(folders) if dictionary.has_checker() else None
        self._own_words, self.on = own_words, on
        self._dictionary: Dictionary | None = None
        self._new_fields: deque[TextField] = deque()
        self._waiting: deque[FieldSpelling] = deque()
        self._new_words = NEW_WORDS
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._take_turn)

    @property
    def available(self) -> bool:
        """Whether there is a dictionary, loaded or not."""
        return self._stem is not None

    def serve(self, app: AppContext, tick: QAction) -> None:
        """Check spelling in what is opened, with a ``tick`` for it, if there is a dictionary; it is loaded now."""
        tick.setVisible(self.available)
        tick.setChecked(self.on)
        tick.triggered.connect(self.set_on)
        app.current.changed.connect(self._follow)
        self.not_kept.connect(app.notifier.say)
        self._follow(app.current.get())
        self._load()

    def _follow(self, here: OpenEvaluation | None) -> None:
        """Check the fields of what is now open: those that are there, and those that are made later."""
        if here is not None:
            here.session.field_bound.connect(self.attach)
            for field in here.view.findChildren(TextField):
                self.attach(field)

    def _load(self) -> None:
        if not self.on or self._dictionary is not None or self._stem is None:
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
        self._load()
        self.switched.emit(on)
        self.changed.emit()

    def attach(self, field: object) -> None:
        """Check from the next turn on what is written in a field, if it is one for text that may be changed."""
        if self.available and isinstance(field, TextField):
            self._new_fields.append(field)
            self._begin_turn()

    @property
    def words(self) -> Dictionary | None:
        """The loaded dictionary, while spelling is checked."""
        return self._dictionary if self.on else None

    def unknown_in(self, text: str) -> tuple[list[re.Match[str]], bool]:
        """The unknown words of a paragraph, and whether this turn had time for all; none without a dictionary."""
        if self.words is None:
            return [], True
        unknown, new = self.words.unknown_in(text, self._new_words)
        done = new <= self._new_words
        self._new_words = max(self._new_words - new, 0)
        return unknown, done

    def add(self, word: str) -> None:
        """Take a word into the user's own."""
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
        self._begin_turn()

    def _begin_turn(self) -> None:
        if not self._turn.isActive():
            self._turn.start(0)

    def _take_turn(self) -> None:
        self._new_words = NEW_WORDS
        until = time.perf_counter() + TURN_MS / 1000
        while self._new_fields and time.perf_counter() < until:
            new = self._new_fields.popleft()
            if shiboken6.isValid(new) and _is_to_be_checked(new):
                FieldSpelling(new, self)
        while self._waiting and self._new_words and time.perf_counter() < until:
            field = self._waiting.popleft()
            if shiboken6.isValid(field):
                field.look_through()
        if self._new_fields or self._waiting:
            self._begin_turn()


def _is_to_be_checked(field: TextField) -> bool:
    """Whether a field may be written into, and is not checked yet."""
    held = field.findChild(FieldSpelling, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return held is None and not field.isReadOnly()
