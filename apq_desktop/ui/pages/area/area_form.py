"""The form of one quality area: questions, the template's four columns, support, and the user's own declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from apq_desktop.evaluation.edits.changes import AddItem, Change, MoveItem, RemoveItem, Target, item_id, words_of
from apq_desktop.evaluation.rules.progress import Section as SectionKey
from apq_desktop.toolkit.catalogue import Area
from apq_desktop.ui.fields.choice_fields import ChoiceField, FlagField
from apq_desktop.ui.fields.field_layout import describe, field_row, inline_field
from apq_desktop.ui.fields.incremental_form import IncrementalForm
from apq_desktop.ui.fields.list_editor import ListEditor
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.pages.area.action_editor import ActionEditor
from apq_desktop.ui.pages.area.area_links import AreaLinks
from apq_desktop.ui.pages.area.area_lists import actions_list, entries_list, evidence_list, part_choices
from apq_desktop.ui.pages.area.not_applicable import NotApplicableHint, WeightHint
from apq_desktop.ui.pages.area.questions_card import QuestionsCard
from apq_desktop.ui.session.editing_session import EditingSession
from apq_desktop.ui.session.field_binding import FieldBinding
from apq_desktop.ui.widgets.buttons import Button, LinkButton
from apq_desktop.ui.widgets.layouts import FlowLayout, add_layout, column_in
from apq_desktop.ui.widgets.text_labels import WRITING, PlainLabel, SectionCard

if TYPE_CHECKING:
    from apq_desktop.ui.session.form_settings import FormMemory

SPACE = 22
"""Pixels between two sections."""


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

    def __init__(self, session: EditingSession, area: Area, memory: FormMemory) -> None:
        super().__init__()
        self.limit_to_lines()
        self._session, self.area, self._memory = session, area, memory
        self._record = session.evaluation.area(area.key)
        self.part = ChoiceField(part_choices(area, "Everything"))
        self.part.changed.connect(self.show_part)
        self.binding = FieldBinding(session, self)
        self.setAccessibleName(f"{area.number}. {area.title}")
        self._target = Target("area", area.key)
        self.areas = Button("Areas", name=f"Areas: leave {area.number} {area.title} for the list")
        self.areas.hide()
        self.column.setSpacing(SPACE)
        self._head = SectionCard()
        self._head.body.addWidget(self.areas, 0, Qt.AlignmentFlag.AlignLeft)
        add_layout(self._head.body, self._heading())
        self.column.addWidget(self._head)
        self.written = QWidget()
        self._inside = column_in(self.written, SPACE)
        self.column.addWidget(self.written)
        self.written.setVisible(self._record.applies)
        self._lists: list[ListEditor] = []
        self.sections: dict[SectionKey, QWidget] = {"questions": self._questions()}
        lists = (self._strengths, self._development_areas, self._evidence, self._actions)
        self.grow((*lists, self._support, self._declaration, self._neighbours))
        session.listeners.add(self._follow, (self._target, "applies"))

    def showEvent(self, event: QShowEvent) -> None:
        """Fold away what has done its work since: the questions, and actions that are finished."""
        self.questions.settle(self.focusWidget())
        for editor in self._action_editors():
            if not editor.isAncestorOf(self.focusWidget()):
                editor.settle()
        super().showEvent(event)

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
        add_layout(box, row)
        box.addWidget(PlainLabel(self.area.summary, scale=1.1, quiet=True))
        box.addWidget(WeightHint(self._session, self.area))
        if self._session.review_lines:
            self._add_review_mark(box)
        if self.area.sub_areas:
            add_layout(box, inline_field("Show", self.part, name="Which part of the area to show"))
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
        from apq_desktop.review.exchange_state import fold_lines
        from apq_desktop.review.review_labels import words_for_mark

        return words_for_mark(fold_lines(self._session.review_lines).about_area(self.area.key))

    def show_part(self, part: str) -> None:
        """Show questions and entries of one part of the area only, or everything where ``part`` is empty."""
        self.finish()
        self.part.load(part)
        for about, question in self.questions.of_parts:
            question.setHidden(part not in ("", about))
        for one_list in (self.strength_list, self.development_list, self.action_list):
            one_list.show_part(part)
        self.settle()
        self.part_chosen.emit(part)

    def show_item(self, step: AddItem | RemoveItem | MoveItem) -> None:
        """Put the cursor into an item that came, or went somewhere else."""
        if not isinstance(step, RemoveItem):
            key = step.item_id if isinstance(step, MoveItem) else item_id(step.item)
            if (field := self.binding.field(*words_of(step.place, key))) is not None:
                self.bring_out(field)
                field.setFocus()

    def bring_out(self, field: QWidget) -> None:
        """Unfold the questions or an action, or show everything, where a field is out of sight because of them."""
        self.finish()
        for editor in self._action_editors():
            if editor.isAncestorOf(field):
                editor.close_it(closed=False)
        if self.questions.isAncestorOf(field):
            self.questions.fold.unfold()
        if self.part.value() and not field.isVisibleTo(self):
            self.show_part("")

    def _action_editors(self) -> list[ActionEditor]:
        rows = chain.from_iterable(one_list.rows() for one_list in self._lists)
        return [row.editor for row in rows if isinstance(row.editor, ActionEditor)]

    def show_guidance_open(self, is_open: bool) -> None:
        """Say on the button, in words and by a sign, whether the guidance is there."""
        self.guidance.show_on(is_open)
        self.guidance.setText("Guidance  ◂" if is_open else "Guidance  ▸")
        verb = "Close" if is_open else "Open"
        self.guidance.setAccessibleName(f"{verb} the guidance for {self.area.title}")

    def _questions(self) -> SectionCard:
        self.questions = QuestionsCard(self.binding, self.area, self._memory)
        around = SectionCard()
        around.body.addWidget(self.questions)
        self._inside.addWidget(around)
        return around

    def _strengths(self) -> SectionCard:
        self.strength_list = entries_list(self._session, self.binding, self.area, "strengths", self.part.value)
        return self._add_list("strengths", self.strength_list)

    def _development_areas(self) -> SectionCard:
        self.development_list = entries_list(
            self._session, self.binding, self.area, "development_areas", self.part.value
        )
        return self._add_list("development_areas", self.development_list)

    def _evidence(self) -> SectionCard:
        self.evidence_list = evidence_list(self._session, self.binding, self.area)
        return self._add_list("evidence", self.evidence_list)

    def _actions(self) -> SectionCard:
        self.action_list = actions_list(self._session, self.binding, self.area, self.part.value)
        return self._add_list("actions", self.action_list)

    def _add_list(self, section: SectionKey, editor: ListEditor) -> SectionCard:
        self.sections[section] = editor
        self._inside.addWidget(editor)
        self._lists.append(editor)
        editor.rows_changed.connect(self.controls_changed)
        self.grow_next(editor.rest())
        return editor

    def fold_parts(self) -> Iterator[Callable[[], QWidget]]:
        """The rows of long lists, but for those in view."""
        return chain.from_iterable(one_list.holder.fold_rows(self.in_view) for one_list in self._lists)

    def unfold_in_view(self) -> None:
        """The same rows, once they are scrolled to."""
        for one_list in self._lists:
            one_list.holder.unfold_rows(self.in_view)

    def _support(self) -> SectionCard:
        card = SectionCard(
            "Support we would like from our commissioner", "What would help you do this better. Optional."
        )
        field = TextField(scale=WRITING)
        describe(field, "Support we would like from our commissioner", label=card.title)
        card.body.addWidget(field)
        self.binding.bind(field, self._target, "support")
        self.sections["support"] = card
        self._inside.addWidget(card)
        return card

    def _declaration(self) -> SectionCard:
        card = SectionCard()
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
        self.why = TextField(scale=WRITING)
        hint = "The reader sees this reason. What you wrote in this area is kept."
        add_layout(inside, field_row("Why does it not apply?", self.why, hint=hint))
        self.binding.bind(self.why, self._target, "reason")
        card.body.addWidget(self.reason)
        self.column.addWidget(card)
        self._show_applies()
        return card

    def _neighbours(self) -> QWidget:
        holder, row = SectionCard(), FlowLayout(12)
        links = AreaLinks(self._session.catalogue, self.area)
        links.area_chosen.connect(self.area_chosen)
        holder.body.addWidget(links)
        add_layout(holder.body, row)
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
