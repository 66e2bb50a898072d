"""The form of one quality area: questions, the template's four columns, support, and the person's own declaration."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from apq_desktop.evaluation.edits.changes import Change, Target
from apq_desktop.evaluation.model import other_notes
from apq_desktop.evaluation.rules.progress import Section
from apq_desktop.toolkit.catalogue import Area, Question
from apq_desktop.ui.fields.choice_fields import ChoiceField, FlagField
from apq_desktop.ui.fields.field_labels import describe, field_row, inline_field
from apq_desktop.ui.fields.incremental_form import IncrementalForm
from apq_desktop.ui.fields.list_editor import ListEditor
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.pages.area.area_links import AreaLinks
from apq_desktop.ui.pages.area.area_lists import actions_list, entries_list, evidence_list, part_choices
from apq_desktop.ui.pages.area.not_applicable import NotApplicableHint, WeightHint
from apq_desktop.ui.session.editing_session import EditingSession
from apq_desktop.ui.session.field_binding import FieldBinding
from apq_desktop.ui.widgets.buttons import LINK_INSET, Button, LinkButton
from apq_desktop.ui.widgets.layouts import FlowLayout
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel


class InvertedFlag(FlagField):
    """A tick box that says the opposite of what is kept: ticked means the area does not apply."""

    def value(self) -> bool:
        """Whether the area applies."""
        return not self.isChecked()

    def load(self, value: bool) -> None:
        """Show a state without saying that it changed."""
        self.setChecked(not value)


class AreaForm(IncrementalForm):
    """The form of one area. Built when it is first shown: from the top, as far as it is in view; then the rest."""

    area_chosen = Signal(str)
    guidance_requested = Signal()
    part_chosen = Signal(str)

    def __init__(self, session: EditingSession, area: Area) -> None:
        super().__init__()
        self.limit_to_lines()
        self._session, self.area = session, area
        self._record = session.evaluation.area(area.key)
        self._questions_of_parts: list[tuple[str, QWidget]] = []
        self.part = ChoiceField(part_choices(area, "Everything"))
        self.part.changed.connect(self.show_part)
        self.binding = FieldBinding(session, self)
        self.setAccessibleName(f"{area.number}. {area.title}")
        self._target = Target("area", area.key)
        self.areas = Button("Areas", name=f"Areas: leave {area.number} {area.title} for the list")
        self.areas.hide()
        self.column.addWidget(self.areas, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addLayout(self._heading())
        self.written = QWidget()
        self._inside = QVBoxLayout(self.written)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(14)
        self.column.addWidget(self.written)
        self.written.setVisible(self._record.applies)
        self.sections: dict[Section, QWidget] = {"questions": self._questions()}
        self.grow(
            (
                self._strengths,
                self._development_areas,
                self._evidence,
                self._actions,
                self._support,
                self._declaration,
                self._neighbours,
            )
        )
        session.listeners.add(self._follow, (self._target, "applies"))

    def order(self) -> None:
        """The tab orders a form: once, and when its controls change, not at each visit."""

    def _heading(self) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(PlainLabel(f"{self.area.number}. {self.area.title}", scale=1.7, bold=True), 1)
        self.guidance = Button("")
        self.show_guidance_open(False)
        self.guidance.clicked.connect(self.guidance_requested)
        row.addWidget(self.guidance, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(row)
        box.addWidget(PlainLabel(self.area.summary, scale=1.1, quiet=True))
        links = AreaLinks(self._session.catalogue, self.area)
        links.area_chosen.connect(self.area_chosen)
        beside = QHBoxLayout()
        beside.setContentsMargins(-LINK_INSET, 0, 0, 0)  # so that the words stand below those above
        beside.addWidget(links)
        box.addLayout(beside)
        box.addWidget(WeightHint(self._session, self.area))
        if self._session.review_lines:
            self._add_review_mark(box)
        if self.area.sub_areas:
            box.addLayout(inline_field("Show", self.part, name="Which part of the area to show"))
        return box

    def _add_review_mark(self, box: QVBoxLayout) -> None:
        """Say how many notes a review has on this area; the words lead to them."""
        if not (words := self._review_words()):
            return
        mark = LinkButton(words, name=f"{words}: go to the reviews")
        mark.clicked.connect(self._session.reviews_requested)
        box.addWidget(mark, 0, Qt.AlignmentFlag.AlignLeft)

        def follow() -> None:
            mark.setText(self._review_words())
            mark.setAccessibleName(f"{mark.text()}: go to the reviews")

        self._session.reviews_changed.connect(follow)

    def _review_words(self) -> str:
        from apq_desktop.review.review_labels import words_for_mark
        from apq_desktop.review.state import fold_lines

        return words_for_mark(fold_lines(self._session.review_lines).about_area(self.area.key))

    def show_part(self, part: str) -> None:
        """Show questions and entries of one part of the area only, or everything where ``part`` is empty."""
        self.finish()
        self.part.load(part)
        for about, question in self._questions_of_parts:
            question.setHidden(part not in ("", about))
        for one_list in (self.strength_list, self.development_list, self.action_list):
            one_list.show_part(part)
        self.settle()
        self.part_chosen.emit(part)

    def bring_out(self, field: QWidget) -> None:
        """Show everything, where a field is left out because of the chosen part."""
        if self.part.value() and not field.isVisibleTo(self):
            self.show_part("")

    def show_guidance_open(self, is_open: bool) -> None:
        """Say on the button, in words and by a sign, whether the guidance is there."""
        self.guidance.show_on(is_open)
        self.guidance.setText("Guidance  ◂" if is_open else "Guidance  ▸")
        verb = "Close" if is_open else "Open"
        self.guidance.setAccessibleName(f"{verb} the guidance for {self.area.title}")

    def _questions(self) -> Card:
        card = Card(
            "Questions to think about",
            "Optional notes. They help you decide what to write below; you choose whether to send them.",
        )
        for question in self.area.questions:
            self._add_note(card, question)
        others = other_notes(self._record, self.area)
        if others:
            card.body.addWidget(PlainLabel("Other notes", bold=True))
        for note in others:
            self._add_note(card, Question(note.key, "A question that this version of the form does not ask."))
        self._inside.addWidget(card)
        return card

    def _add_note(self, card: Card, question: Question) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        number = PlainLabel(question.label, bold=True)
        number.setAlignment(Qt.AlignmentFlag.AlignTop)
        number.setWordWrap(False)
        row.addWidget(number)
        box = QVBoxLayout()
        box.setSpacing(4)
        part = self.area.sub_area_title(question.sub_area)
        text = f"{part}: {question.text}" if part else question.text
        label = PlainLabel(text)
        box.addWidget(label)
        if question.help:
            box.addWidget(PlainLabel(question.help, quiet=True, scale=0.95))
        field = TextField(lines=1)
        field.setPlaceholderText("Notes")
        describe(field, f"Notes on question {question.label}: {text}", question.help, label)
        box.addWidget(field)
        row.addLayout(box, 1)
        card.body.addWidget(holder)
        if question.sub_area:
            self._questions_of_parts.append((question.sub_area, holder))
        self.binding.bind(field, Target("note", question.key, self.area.key), "note")

    def _strengths(self) -> Card:
        self.strength_list = entries_list(self._session, self.binding, self.area, "strengths", self.part.value)
        return self._add_list("strengths", self.strength_list)

    def _development_areas(self) -> Card:
        self.development_list = entries_list(
            self._session, self.binding, self.area, "development_areas", self.part.value
        )
        return self._add_list("development_areas", self.development_list)

    def _evidence(self) -> Card:
        self.evidence_list = evidence_list(self._session, self.binding, self.area)
        return self._add_list("evidence", self.evidence_list)

    def _actions(self) -> Card:
        self.action_list = actions_list(self._session, self.binding, self.area, self.part.value)
        return self._add_list("actions", self.action_list)

    def _add_list(self, section: Section, card: ListEditor) -> Card:
        self.sections[section] = card
        self._inside.addWidget(card)
        card.rows_changed.connect(self.controls_changed)
        return card

    def _support(self) -> Card:
        card = Card("Support we would like from our commissioner", "What would help you do this better. Optional.")
        field = TextField()
        describe(field, "Support we would like from our commissioner", label=card.title)
        card.body.addWidget(field)
        self.binding.bind(field, self._target, "support")
        self.sections["support"] = card
        self._inside.addWidget(card)
        return card

    def _declaration(self) -> Card:
        card = Card()
        self.ready = FlagField("This area is ready to send")
        self.binding.bind(self.ready, self._target, "ready")
        card.body.addWidget(self.ready)
        self.not_applying = InvertedFlag("This area does not apply to us")
        self.binding.bind(self.not_applying, self._target, "applies")
        self.not_applying.clicked.connect(self._ask_why)
        card.body.addWidget(self.not_applying)
        self.reason = QWidget()
        inside = QVBoxLayout(self.reason)
        inside.setContentsMargins(0, 4, 0, 0)
        what_then = NotApplicableHint(self._session.catalogue, self.area)
        what_then.area_chosen.connect(self.area_chosen)
        inside.addWidget(what_then)
        self.why = TextField()
        hint = "The reader sees this reason. What you wrote in this area is kept."
        inside.addLayout(field_row("Why does it not apply?", self.why, hint=hint))
        self.binding.bind(self.why, self._target, "reason")
        card.body.addWidget(self.reason)
        self.column.addWidget(card)
        self._show_applies()
        return card

    def _neighbours(self) -> QWidget:
        holder, row = QWidget(), FlowLayout(12)
        holder.setLayout(row)
        areas = self._session.catalogue.areas
        if self.area.number > 1:
            before = areas[self.area.number - 2]
            back = Button(f"←  {before.number} {before.title}", name=f"Back to {before.number} {before.title}")
            back.clicked.connect(lambda: self.area_chosen.emit(before.key))
            row.addWidget(back)
        if self.area.number < len(areas):
            after = areas[self.area.number]
            forward = Button(
                f"{after.number} {after.title}  →",
                primary=True,
                name=f"Next: {after.number} {after.title}",
            )
            forward.clicked.connect(lambda: self.area_chosen.emit(after.key))
            row.addWidget(forward)
        self.column.addWidget(holder)
        self.column.addStretch(1)
        return holder

    def _follow(self, _change: Change) -> None:
        self.finish()
        self._show_applies()

    def _ask_why(self) -> None:
        """Let the next keys write the reason: the spaces of one would take the tick away again."""
        if self.not_applying.isChecked():
            self.why.setFocus()

    def _show_applies(self) -> None:
        applies = self._record.applies
        self.written.setVisible(applies)
        self.ready.setVisible(applies)
        self.reason.setVisible(not applies)
