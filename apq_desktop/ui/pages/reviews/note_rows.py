"""One note on the page of reviews: what it says, the words before and after, what followed, room for an answer."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from apq_desktop.evaluation.diff.field_diff import FieldChange, FieldChangeKind
from apq_desktop.evaluation.diff.word_diff import segments
from apq_desktop.review.lines import ReviewLine
from apq_desktop.review.note_wording import told
from apq_desktop.review.placed_notes import PlacedNote
from apq_desktop.ui.fields.changed_text import ChangedText
from apq_desktop.ui.fields.field_layout import field_row
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.layouts import add_layout, column_in
from apq_desktop.ui.widgets.text_labels import PlainLabel

CHANGED = "What you changed since"
BY_CHANGE = "Where the change says it all, leave this empty and keep the answer."


class AnswerForm(QWidget):
    """Where the setting answers one request. ``by_change``: it changed the text since, which can be the answer."""

    def __init__(self, note: ReviewLine, draft: str, *, by_change: bool) -> None:
        super().__init__()
        self.note, self.by_change = note, by_change
        body = column_in(self)
        self.text = TextField()
        self.text.load(draft)
        hint = BY_CHANGE if by_change else ""
        add_layout(body, field_row("Your answer", self.text, hint=hint, name=f"Your answer to: {note.text}"[:200]))
        self.keep = Button("Keep this answer", name=f"Keep this answer to: {note.text}"[:200])
        body.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)


def note_rows(placed: PlacedNote) -> Iterator[QWidget]:
    """The labels and texts of a note, in order."""
    note = told(placed, "setting")
    yield PlainLabel(note.head, bold=True)
    if note.about:
        yield PlainLabel(note.about, quiet=True)
    yield PlainLabel(note.text)
    if placed.thread.is_request and placed.changes:
        yield PlainLabel(CHANGED, quiet=True, scale=0.95)
        for before, after in placed.changes:
            yield ChangedText(_change(before, after))
    for sentence in note.followed:
        yield PlainLabel(sentence)


def _change(before: str, after: str) -> FieldChange:
    kind: FieldChangeKind = "added" if not before else "removed" if not after else "reworded"
    return FieldChange("text", CHANGED, kind, before, after, segments(before, after))
