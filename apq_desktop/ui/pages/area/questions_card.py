"""The questions of an area with their notes: one line that unfolds, once strengths or development areas are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apq_desktop.evaluation.edits.changes import Change, Target
from apq_desktop.evaluation.model import other_notes
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.toolkit.catalogue import Area, Question
from apq_desktop.ui.fields.field_layout import describe
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.session.field_binding import FieldBinding
from apq_desktop.ui.widgets.fold import Fold
from apq_desktop.ui.widgets.layouts import add_layout, row_in
from apq_desktop.ui.widgets.text_labels import WRITING, Card, PlainLabel

if TYPE_CHECKING:
    from apq_desktop.ui.session.form_settings import FormMemory

TITLE = "Questions to think about"
HINT = "Optional notes. They help you decide what to write below; you choose whether to send them."
NONE_YET = "no notes yet"


class _Number(PlainLabel):
    """The number of a question, in a column that is as wide as the ``widest`` of them."""

    def __init__(self, number: str, widest: str) -> None:
        self._widest = widest
        super().__init__(number, bold=True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWordWrap(False)

    def _dress(self) -> None:
        super()._dress()
        self.setFixedWidth(self.fontMetrics().horizontalAdvance(self._widest))


class QuestionsCard(Card):
    """Folded or not as the user left it. ``of_parts`` are the questions about one part of the area each."""

    def __init__(self, binding: FieldBinding, area: Area, memory: FormMemory) -> None:
        super().__init__()
        self._binding, self._area, self._memory = binding, area, memory
        self._session = binding.session
        self._record = self._session.evaluation.area(area.key)
        self.of_parts: list[tuple[str, QWidget]] = []
        self.body.setContentsMargins(12, 6, 16, 6)
        self.fold = Fold(TITLE, set_in=8)
        self.fold.body.setSpacing(12)
        self.body.addWidget(self.fold)
        self.fold.body.addWidget(PlainLabel(HINT, quiet=True))
        numbers = [question.key for question in area.questions if not question.asked_by]
        self._widest = max(numbers, key=self.fontMetrics().horizontalAdvance, default="")
        for question in area.questions:
            self._add_note(question)
        others = other_notes(self._record, area)
        if others:
            self.fold.body.addWidget(PlainLabel("Other notes", bold=True))
        for note in others:
            self._add_note(Question(note.key, "A question that this version of the form does not ask."))
        self.fold.button.clicked.connect(self._remember)
        self._session.listeners.add(self._count, *(Target("note", one.key, area.key) for one in area.questions))
        self._count()
        self.settle()

    def settle(self, caret: QWidget | None = None) -> None:
        """Fold or unfold, as the user left it or else as far as the area is written; never over the ``caret``."""
        if caret is not None and self.isAncestorOf(caret):
            return
        chosen = self._memory.questions_open(self._session.evaluation.id, self._area.key)
        written = self._record.strengths or self._record.development_areas
        self.fold.unfold(is_open=not written if chosen is None else chosen)

    def _remember(self) -> None:
        is_open = self.fold.button.is_open
        self._memory.note_questions(self._session.evaluation.id, self._area.key, is_open=is_open)

    def _count(self, _change: Change | None = None) -> None:
        """Say in the line how many questions have notes."""
        asked = self._area.questions
        count = sum(bool(visible_text(self._record.note(question.key).note)) for question in asked)
        self.fold.button.show_note(f"notes on {count} of {len(asked)}" if count else NONE_YET)

    def _add_note(self, question: Question) -> None:
        holder = QWidget()
        row = row_in(holder, 10)
        row.addWidget(_Number("" if question.asked_by else question.key, self._widest))
        box = QVBoxLayout()
        box.setSpacing(4)
        if question.asked_by:
            box.addWidget(PlainLabel(question.label, bold=True))
        part = self._area.sub_area_title(question.sub_area)
        text = f"{part}: {question.text}" if part else question.text
        label = PlainLabel(text)
        box.addWidget(label)
        if question.help:
            box.addWidget(PlainLabel(question.help, quiet=True, scale=0.95))
        field = TextField(lines=1, scale=WRITING)
        field.setPlaceholderText("Notes")
        describe(field, f"Notes on question {question.label}: {text}", question.help, label)
        box.addWidget(field)
        add_layout(row, box, 1)
        self.fold.body.addWidget(holder)
        if question.sub_area:
            self.of_parts.append((question.sub_area, holder))
        self._binding.bind(field, Target("note", question.key, self._area.key), "note")
