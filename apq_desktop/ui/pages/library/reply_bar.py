"""The foot of the page that reads a provider: next unread, the state with its reason, and the reply."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.review.labels import STATES
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.field_labels import describe, field_row
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.session.new_file_name import free_path
from apq_desktop.ui.widgets.buttons import Button, LinkButton, TickBox
from apq_desktop.ui.widgets.layouts import FlowLayout
from apq_desktop.ui.widgets.text_labels import PlainLabel
from apq_desktop.ui.widgets.theme import colours

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library
    from apq_desktop.review.lines import ReviewLine, StateWord
    from apq_desktop.services.provider_reading import Reading

REPLY_FILTER = "Replies (*.json)"
MADE = "The reply is in {path}. Send it to the setting as you send other files; it opens it in APQ Desktop."
NOT_MADE = "The reply was not made"


class ReplyBar(QWidget):
    """States are told to the setting with the next reply. Each can be taken back by whoever gave it."""

    next_requested = Signal()

    def __init__(self, app: AppContext) -> None:
        super().__init__()
        self._app, self._libraries = app, app.libraries
        self._reading: Reading | None = None
        self._mine: ReviewLine | None = None
        body = QVBoxLayout(self)
        body.setContentsMargins(24, 8, 24, 10)
        body.addWidget(self._reason_form())
        row = FlowLayout(14)
        self._libraries.failed.connect(self._go_on)
        self.next = Button("Next unread (U)", name="Next unread")
        self.next.clicked.connect(self.next_requested)
        self.state = ChoiceField(list(STATES.items()))
        self.state.changed.connect(self._choose_state)
        held, beside, words = QWidget(), QHBoxLayout(), PlainLabel("State", quiet=True)
        held.setLayout(beside)
        beside.setContentsMargins(0, 0, 0, 0)
        words.setWordWrap(False)
        beside.addWidget(words)
        beside.addWidget(self.state)
        describe(self.state, "State", label=words)
        self.back = LinkButton("Take my state back")
        self.back.clicked.connect(self._take_back)
        self.first = TickBox("It is initial feedback")
        self.reply = Button("Make the reply…", primary=True)
        self.reply.clicked.connect(self._make_reply)
        for widget in (self.next, held, self.back, self.first, self.reply):
            row.addWidget(widget)
        body.addLayout(row)

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
        box.addLayout(row)
        self._reason_holder.setLayout(box)
        self._reason_holder.hide()
        return self._reason_holder

    def _new_reason(self) -> TextField:
        self.reason = TextField(lines=1)
        self._drafts = self._app.drafts.form({"reason": self.reason})
        return self.reason

    def show_reading(self, reading: Reading) -> None:
        """Show the states of a provider."""
        place = self._libraries.place_of(reading.revision)
        if place != self._drafts.place:
            self._drafts.show(place)
            self._reason_holder.setVisible(bool(self.reason.value()))
            self.state.load("changes-requested")
        self._reading = reading
        given = reading.exchange.states.get("", ())
        self._mine = next((line for line in given if line.who == reading.who), None)
        self.back.setVisible(self._mine is not None)
        if self._reason_holder.isHidden():
            read = given[-1].anchor.revision if given and given[-1].anchor else 0
            self.state.load(given[-1].state if given and read >= reading.revision.number else "received")

    def _choose_state(self, state: str) -> None:
        if state == "changes-requested":
            self._reason_holder.show()
            self.reason.setFocus()
        else:
            self._reason_holder.hide()
            self._write_state("agreed" if state == "agreed" else "received", "")

    def _keep_state(self) -> None:
        if not visible_text(self.reason.value()):
            self.reason.setFocus()
            return
        self._reason_holder.setEnabled(False)
        kept = partial(self._state_kept, self._drafts.place)
        self._write_state("changes-requested", self.reason.value(), then=kept)

    def _state_kept(self, place: str) -> None:
        self._go_on()
        self._drafts.done(place)
        if place == self._drafts.place:
            self._reason_holder.hide()
            self.state.setFocus()

    def _go_on(self, *_: object) -> None:
        """It is written, or was not: then the words are still there, to be kept once more."""
        self._reason_holder.setEnabled(True)

    def _leave_state(self) -> None:
        self._reason_holder.hide()
        self._drafts.done(self._drafts.place)
        if self._reading is not None:
            self.show_reading(self._reading)
        self.state.setFocus()

    def _write_state(self, state: StateWord, reason: str, then: Callable[[], object] = bool) -> None:
        reading = self._reading
        if reading is None:
            return

        def work(library: Library) -> object:
            from apq_desktop.services import library as services

            role = services.person(library)[0]
            return services.set_state(library, reading.revision, state, reason=reason, role=role)

        self._libraries.write(work, then=then)

    def _take_back(self) -> None:
        reading, mine = self._reading, self._mine
        if reading is None or mine is None:
            return

        def work(library: Library) -> object:
            from apq_desktop.services import library as services

            return services.write(library, reading.revision.evaluation, "withdraw", to=mine.id)

        self._libraries.write(work)
        self.state.setFocus()

    def _make_reply(self) -> None:
        """Write the reply where the person wants it, and say where it is."""
        reading = self._reading
        if reading is None:
            return
        suggested = free_path(self._app.folder, f"Reply to {reading.revision.name}").with_suffix(".json")
        target = self._app.dialogs.choose_new_file("Make the reply", suggested, REPLY_FILTER)
        if target is None:
            return
        path = target if target.suffix.lower() == ".json" else target.with_name(f"{target.name}.json")
        organisation = self._libraries.name
        is_first = self.first.isChecked()

        def work(library: Library) -> Path:
            from apq_desktop.services import library as services
            from apq_desktop.services.replying import make_reply

            catalogue, role = self._libraries.load_catalogue(), services.person(library)[0]
            return make_reply(
                library,
                reading.revision,
                path,
                catalogue,
                organisation=organisation,
                role=role,
                stage="initial-feedback" if is_first else "",
            )

        self._libraries.run(work, self._say_made, title=NOT_MADE)

    def _say_made(self, path: Path) -> None:
        way = ("Show me the folder", lambda: self._app.navigator.show_folder(path.parent))
        self._app.notifier.say(MADE.format(path=path), way=way, stays=True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ground of its own, with a line above."""
        chosen = colours(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(chosen.card))
        painter.fillRect(0, 0, self.width(), 1, QColor(chosen.line))


def states_told(reading: Reading) -> str:
    """The states that people gave, with who gave each and why; two that differ are both told."""
    return " ".join(_told(line, reading) for line in reading.exchange.states.get("", ()))


def _told(line: ReviewLine, reading: Reading) -> str:
    name = "you" if line.who == reading.who else reading.names.get(line.who, "")
    whose = ", ".join(part for part in (line.role or "Reviewer", name, dates.local_day(line.at)) if part)
    reason = f" {line.text}" if line.text else ""
    return f"{STATES[line.state]} ({whose}).{reason}"
