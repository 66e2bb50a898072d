"""What changed between two evaluations of the file, area by area, word by word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QHBoxLayout

from apq_desktop.evaluation.diff.compare import CHANGE_WORDS, ChangeKind, ItemChange, compare
from apq_desktop.evaluation.diff.field_diff import FieldChange
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.toolkit.catalogue import Catalogue
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.field_labels import field_row
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.widgets.layouts import ReplaceableColumn
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel, Tag
from apq_desktop.ui.widgets.theme import Tone, colours

Pair = Callable[[str, str], tuple[Evaluation, Evaluation]]
TONES: dict[ChangeKind, Tone] = {"added": "good", "removed": "aside", "reworded": "busy", "unchanged": "quiet"}
SENTENCE = "New words are underlined, words that went are struck through. Nothing here counts or weighs anything."


NOW = "As it stands now"


class ComparePage(Page):
    """An earlier and a later state, side by side in one text."""

    def __init__(self) -> None:
        super().__init__("What changed", SENTENCE)
        self._pair: Pair | None = None
        self._catalogue: Catalogue | None = None
        self.earlier, self.later = ChoiceField(()), ChoiceField(())
        self.column.addLayout(field_row("From", self.earlier))
        self.column.addLayout(field_row("To", self.later))
        for choice in (self.earlier, self.later):
            choice.changed.connect(lambda _: self.refresh())
        self._sections = ReplaceableColumn(14)
        self.column.addWidget(self._sections)
        self.column.addStretch(1)

    def offer(self, choices: Sequence[tuple[str, str]], catalogue: Catalogue, pair: Pair, chosen: str = "") -> None:
        """Offer what can be compared, as keys and words; ``pair`` reads two by their keys, the open one by an empty.

        ``chosen`` is the key of the earlier one; the later one is the open evaluation until another is chosen.
        """
        self._catalogue, self._pair = catalogue, pair
        for field, offered in ((self.earlier, choices), (self.later, [("", NOW), *choices])):
            field.clear()
            for key, words in offered:
                field.addItem(words, key)
        self.earlier.load(chosen or choices[0][0])
        self.later.load("")
        self.refresh()

    def focus_first(self) -> None:
        """Put the focus on the choice."""
        self.earlier.setFocus()

    def refresh(self) -> None:
        """Compare as both stand now."""
        self._sections.renew()
        if self._pair is None or self._catalogue is None:
            return
        comparison = compare(*self._pair(self.earlier.value(), self.later.value()), self._catalogue)
        if not comparison.sections:
            self._sections.addWidget(PlainLabel("Nothing changed.", quiet=True))
        for section in comparison.sections:
            card = Card(section.title)
            for part, changes in section.parts:
                card.body.addWidget(PlainLabel(part, bold=True))
                for change in changes:
                    self._add_change(card, change)
            self._sections.addWidget(card)

    def _add_change(self, card: Card, change: ItemChange) -> None:
        head = QHBoxLayout()
        head.addWidget(Tag(CHANGE_WORDS[change.kind], TONES[change.kind]))
        head.addWidget(PlainLabel(change.title, quiet=True), 1)
        card.body.addLayout(head)
        for field in change.fields:
            if field.kind == "unchanged" and change.kind == "reworded":
                continue
            text = ChangedText(field)
            if len(change.fields) > 1:
                card.body.addWidget(PlainLabel(field.label, quiet=True, scale=0.95))
            card.body.addWidget(text)


class ChangedText(TextField):
    """One field, earlier and now, in one text that can be read and copied, not changed."""

    def __init__(self, field: FieldChange) -> None:
        super().__init__(lines=1)
        self._field = field
        self.setReadOnly(True)
        self.setAccessibleName(f"{field.label}. Before: {field.before or 'nothing'}. Now: {field.after or 'nothing'}")
        self._fill()

    def changeEvent(self, event: Any) -> None:
        """Follow a change of colours."""
        super().changeEvent(event)
        if event.type() == event.Type.PaletteChange and hasattr(self, "_field"):
            self._fill()

    def _fill(self) -> None:
        self._loading = True
        self.clear()
        cursor = self.textCursor()
        before = ""
        for segment in self._field.segments:
            if before and not before[-1].isspace() and not segment.text[:1].isspace() and segment.kind == "added":
                cursor.insertText(" ", self._format("equal"))
            cursor.insertText(segment.text, self._format(segment.kind))
            before = segment.text if segment.kind == "removed" else ""
        self._loading = False

    def _format(self, kind: str) -> QTextCharFormat:
        chosen, made = colours(self), QTextCharFormat()
        if kind == "added":
            made.setFontUnderline(True)
            made.setBackground(QColor(chosen.good[0]))
            made.setForeground(QColor(chosen.good[1]))
        elif kind == "removed":
            made.setFontStrikeOut(True)
            made.setForeground(QColor(chosen.aside[1]))
            made.setBackground(QColor(chosen.aside[0]))
        return made
