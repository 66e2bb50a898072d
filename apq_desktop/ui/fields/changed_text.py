"""What was written earlier and now, in one text: what went is struck through, what came is underlined."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QHBoxLayout, QWidget

from apq_desktop.evaluation.diff.compare import CHANGE_WORDS, ChangeKind, ItemChange, SectionChanges
from apq_desktop.evaluation.diff.field_diff import FieldChange
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.widgets.layouts import add_layout
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel, Tag
from apq_desktop.ui.widgets.theme import Tone, colours

TONES: dict[ChangeKind, Tone] = {"added": "good", "removed": "aside", "reworded": "busy", "unchanged": "quiet"}


def section_card(section: SectionChanges) -> Card:
    """What changed in one section."""
    card = Card(section.title)
    for part, changes in section.parts:
        if part != section.title:
            card.body.addWidget(PlainLabel(part, bold=True))
        for change in changes:
            _add_change(card, change)
    return card


def _add_change(card: Card, change: ItemChange) -> None:
    head = QHBoxLayout()
    head.addWidget(Tag(CHANGE_WORDS[change.kind], TONES[change.kind]))
    head.addWidget(PlainLabel(change.title, quiet=True), 1)
    add_layout(card.body, head)
    for field in change.fields:
        if field.kind == "unchanged" and change.kind == "reworded":
            continue
        text = ChangedText(field)
        if len(change.fields) > 1:
            card.body.addWidget(PlainLabel(field.label, quiet=True, scale=0.95))
        card.body.addWidget(text)


class ChangedText(TextField):
    """Can be read and copied, not changed."""

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
        return mark_change(QTextCharFormat(), kind, self)


def mark_change(made: QTextCharFormat, kind: str, widget: QWidget) -> QTextCharFormat:
    """Give letters the look of what was added, which is underlined, or removed, which is struck out."""
    if kind in ("added", "removed"):
        ground, ink = colours(widget).good if kind == "added" else colours(widget).aside
        made.setFontUnderline(kind == "added")
        made.setFontStrikeOut(kind == "removed")
        made.setBackground(QColor(ground))
        made.setForeground(QColor(ink))
    return made
