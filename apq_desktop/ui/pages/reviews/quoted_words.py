"""The setting's own words with what a note is about marked in them, and the notes beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from apq_desktop.evaluation.titles import PARTS
from apq_desktop.review.placed_notes import PlacedNote
from apq_desktop.ui.fields.field_editing import units
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.widgets.layouts import TwoColumns
from apq_desktop.ui.widgets.text_labels import PlainLabel
from apq_desktop.ui.widgets.theme import colours

ON_AREA = "On the area as a whole"
GONE = "No longer in your text"
GAP = 24


class QuotedWords(TextField):
    """One text that notes are about, to read and to copy. ``marks`` are the quoted words, from where to where."""

    def __init__(self, text: str, marks: Iterable[tuple[int, int]]) -> None:
        super().__init__(lines=1)
        self._marks = [(start, end) for start, end in marks if end > start]
        self.setReadOnly(True)
        self.load(text)
        quoted = "; ".join(f"“{text[start:end]}”" for start, end in self._marks)
        self.setAccessibleName(f"Your words. The note is about {quoted}" if quoted else "Your words")
        self._mark()

    def changeEvent(self, event: Any) -> None:
        """Follow a change of colours."""
        super().changeEvent(event)
        if event.type() == event.Type.PaletteChange and hasattr(self, "_marks"):
            self._mark()

    def _mark(self) -> None:
        selections = []
        for start, end in self._marks:
            one, made = QTextEdit.ExtraSelection(), QTextCharFormat()
            made.setFontUnderline(True)
            made.setBackground(QColor(colours(self).aside[0]))
            cursor = QTextCursor(self.document())
            cursor.setPosition(units(self.value()[:start]))
            cursor.setPosition(units(self.value()[:end]), QTextCursor.MoveMode.KeepAnchor)
            one.cursor, one.format = cursor, made
            selections.append(one)
        self.setExtraSelections(selections)


class WordsAndNotes(TwoColumns):
    """The words at the left, what is written about them at the right; below, where there is no room beside."""

    ROOM = 84

    def __init__(self, notes: Sequence[PlacedNote]) -> None:
        super().__init__(GAP)
        first = notes[0]
        for column in (self.left, self.right):
            column.setSpacing(8)
        if first.target is not None:
            part = PARTS[first.target.kind]
        else:
            part = GONE if first.certainty == "not found" else ON_AREA if first.area else ""
        if part:
            self.left.addWidget(PlainLabel(part, bold=True))
        if first.text:
            self.left.addWidget(QuotedWords(first.text, ((one.start, one.end) for one in notes)))


def together(notes: Iterable[PlacedNote]) -> list[list[PlacedNote]]:
    """Notes about the same text together: those on the whole area first, then part by part, then what is gone."""
    found: dict[object, list[PlacedNote]] = {}
    for one in notes:
        found.setdefault((one.target, one.field) if one.text else one.certainty, []).append(one)
    order = list(PARTS)

    def rank(about: list[PlacedNote]) -> int:
        first = about[0]
        if first.certainty == "not found":
            return len(order)
        return order.index(first.target.kind) if first.target is not None else -1

    return sorted(found.values(), key=rank)
