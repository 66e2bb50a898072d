"""One field, earlier and now, in one text: what went is struck through, what came is underlined."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QColor, QTextCharFormat

from apq_desktop.evaluation.diff.field_diff import FieldChange
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.widgets.theme import colours


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
