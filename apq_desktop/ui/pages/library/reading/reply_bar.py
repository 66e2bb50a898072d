"""The foot of the page that reads a provider: next unread, the state with its reason, and the reply."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.review.review_labels import STATES
from apq_desktop.services.libraries import open_library as services
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.field_layout import describe, field_row
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.pages.library.reading.reply_form import ReplyForm
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.widgets.buttons import Button, LinkButton
from apq_desktop.ui.widgets.layouts import FlowLayout, add_layout
from apq_desktop.ui.widgets.painted.edged_panel import EdgedPanel
from apq_desktop.ui.widgets.text_labels import PlainLabel

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library
    from apq_desktop.review.lines import ReviewLine, StateWord
    from apq_desktop.services.libraries.provider_reading import Reading


WHOLE = ("", "The whole")
AREA_LETTERS = 12
"""As much of an area's title as leaves the bar in one row in a window of usual width."""


class ReplyBar(EdgedPanel):
    """States, of the whole or of an area, are told to the setting with the next reply.

    Each can be taken back by whoever gave it.
    """

    next_requested = Signal()

    def __init__(self, app: AppContext) -> None:
        super().__init__()
        self._app, self._libraries = app, app.libraries
        self._reading: Reading | None = None
        self._mine: ReviewLine | None = None
        body = QVBoxLayout(self)
        body.setContentsMargins(24, 8, 24, 10)
        body.addWidget(self._reason_form())
        self.form = ReplyForm(app)
        self.form.left.connect(self._leave_reply)
        body.addWidget(self.form)
        row = FlowLayout(14)
        self._libraries.failed.connect(self._go_on)
        self.next = Button("Next unread (U)", name="Next unread")
        self.next.clicked.connect(self.next_requested)
        self.about, self.state = ChoiceField([WHOLE]), ChoiceField(list(STATES.items()))
        self.about.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.about.setMinimumContentsLength(AREA_LETTERS)
        self.about.changed.connect(lambda _: self._show_again())
        self.state.changed.connect(self._choose_state)
        about, state = _beside("About", self.about), _beside("State", self.state)
        self.back = LinkButton("Take it back", name="Take it back: your state")
        self.back.clicked.connect(self._take_back)
        self.reply = Button("Make the reply…", primary=True)
        self.reply.clicked.connect(self._open_reply)
        self.form.shown.connect(self.reply.setHidden)
        for widget in (self.next, about, state, self.back, self.reply):
            row.addWidget(widget)
        add_layout(body, row)

    def _reason_form(self) -> QWidget:
        self._reason_holder = QWidget()
        box = field_row("What should change, in short", self._new_reason(), hint="The setting reads it with the state.")
        box.setContentsMargins(0, 0, 0, 0)
        row = FlowLayout(10)
        self.keep, leave = Button("Keep the state"), Button("Leave the state as it was")
        self.keep.clicked.connect(self._keep_state)
        leave.clicked.connect(self._leave_state)
        row.addWidget(self.keep)
        row.addWidget(leave)
        add_layout(box, row)
        self._reason_holder.setLayout(box)
        self._reason_holder.hide()
        return self._reason_holder

    def _new_reason(self) -> TextField:
        self.reason = TextField(lines=1)
        self._drafts = self._app.drafts.form({"reason": self.reason})
        return self.reason

    def show_reading(self, reading: Reading) -> None:
        """Show the states of a provider."""
        self._reading = reading
        self.form.show_reading(reading)
        self.about.offer_choices([WHOLE, *((one.area, one.title) for one in reading.sections if one.area)])
        self._show_state(reading)

    def _show_state(self, reading: Reading) -> None:
        at = self._libraries.place_of(reading.revision), self.about.value()
        if at != self._drafts.at:
            self._drafts.show(*at)
            self._reason_holder.setVisible(bool(self.reason.value()))
            self.state.load("changes-requested")
        given = reading.exchange.states.get(self.about.value(), ())
        self._mine = next((line for line in given if line.who == reading.who), None)
        self.back.setVisible(self._mine is not None)
        if self._reason_holder.isHidden():
            read = given[-1].anchor.revision if given and given[-1].anchor else 0
            self.state.load(given[-1].state if given and read >= reading.revision.number else "received")

    def _choose_state(self, state: str) -> None:
        if state == "changes-requested":
            self.form.hide()
            self._reason_holder.show()
            self.reason.setFocus()
        else:
            self._reason_holder.hide()
            self._drafts.done(self._drafts.at)
            self._write_state("agreed" if state == "agreed" else "received", "")

    def _keep_state(self) -> None:
        if not visible_text(self.reason.value()):
            self.reason.setFocus()
            return
        self._reason_holder.setEnabled(False)
        kept = partial(self._state_kept, self._drafts.at)
        self._write_state("changes-requested", self.reason.value(), then=kept)

    def _state_kept(self, at: tuple[str, str]) -> None:
        self._go_on()
        self._drafts.done(at)
        if at == self._drafts.at:
            self._reason_holder.hide()
            self.state.setFocus()

    def _go_on(self, *_: object) -> None:
        """It is written, or was not: then the words are still there, to be kept once more."""
        self._reason_holder.setEnabled(True)

    def _show_again(self) -> None:
        if self._reading is not None:
            self._show_state(self._reading)

    def _leave_state(self) -> None:
        self._reason_holder.hide()
        self._drafts.done(self._drafts.at)
        self._show_again()
        self.state.setFocus()

    def _write_state(self, state: StateWord, reason: str, then: Callable[[], object] = bool) -> None:
        reading, area = self._reading, self.about.value()
        if reading is None:
            return

        def work(library: Library) -> object:
            role = services.person(library)[0]
            return services.set_state(library, reading.revision, state, reason=reason, area=area, role=role)

        self._libraries.write(work, then=then)

    def _take_back(self) -> None:
        reading, mine = self._reading, self._mine
        if reading is None or mine is None:
            return

        def work(library: Library) -> object:
            return services.write(library, reading.revision.evaluation, "withdraw", to=mine.id)

        self._libraries.write(work)
        self.state.setFocus()

    def _open_reply(self) -> None:
        self._reason_holder.hide()
        self.form.show()
        self.form.focus_first()

    def _leave_reply(self) -> None:
        self.form.hide()
        self._reason_holder.setVisible(bool(self.reason.value()))
        self.reply.setFocus()


def _beside(words: str, field: ChoiceField) -> QWidget:
    """A field beside its label, as one widget that a row can hold."""
    held, row, label = QWidget(), QHBoxLayout(), PlainLabel(words, quiet=True)
    held.setLayout(row)
    row.setContentsMargins(0, 0, 0, 0)
    label.setWordWrap(False)
    row.addWidget(label)
    row.addWidget(field)
    describe(field, words, label=label)
    return held


def states_told(reading: Reading, titles: Mapping[str, str]) -> str:
    """The states that people gave, a line each, with who gave it and why; two that differ are both told."""
    given = [line for lines in reading.exchange.states.values() for line in lines]
    about = {line.area: f"{titles.get(line.area, line.area)}: " if line.area else "" for line in given}
    return "\n".join(f"{about[line.area]}{_told(line, reading)}" for line in given)


def _told(line: ReviewLine, reading: Reading) -> str:
    name = "you" if line.who == reading.who else reading.names.get(line.who, "")
    whose = ", ".join(part for part in (line.role or "Reviewer", name, dates.local_day(line.at)) if part)
    reason = f" {line.text}" if line.text else ""
    return f"{STATES[line.state]} ({whose}).{reason}"
