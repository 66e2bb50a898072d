"""What was agreed with a provider beside the notes: actions, visits, and the date of the next review."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apq_desktop.evaluation.model import Action
from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.services.libraries import open_library as services
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.field_layout import compact_field, field_row
from apq_desktop.ui.fields.line_fields import DateField, LineField
from apq_desktop.ui.pages.library.reading.comment_cards import AUDIENCES
from apq_desktop.ui.pages.library.reading.provider_navigation import titles_in
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.widgets.buttons import Button, LinkButton
from apq_desktop.ui.widgets.layouts import FlowLayout, ReplaceableColumn, add_layout
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library
    from apq_desktop.review.lines import Audience, ReviewLine
    from apq_desktop.services.libraries.provider_reading import Reading

HINT = "Each goes to those who may read it. What is for the provider goes out with the reply."
WHOM: dict[Audience, str] = {"me": "for you alone", "us": "for us", "provider": "for the provider"}
WHOLE = ("", "The whole")


class Agreements(Card):
    """The list of what stands, each with a way to take one's own back, and a row to add to each kind."""

    def __init__(self, app: AppContext) -> None:
        super().__init__("Agreed actions, visits and the next review", HINT)
        self._app, self._libraries = app, app.libraries
        self._reading: Reading | None = None
        self._list = ReplaceableColumn(4)
        self.body.addWidget(self._list)
        self.whom = ChoiceField(AUDIENCES)
        add_layout(self.body, field_row("Who may read what you add", self.whom))
        self.what, self.who, self.by = LineField(), LineField(), DateField()
        self.area = ChoiceField([WHOLE])
        self.day, self.seen, self.next = DateField(), LineField(), DateField()
        app.libraries.failed.connect(self._go_on)
        self._drafts = app.drafts.form(
            {"what": self.what, "who": self.who, "by": self.by, "day": self.day, "seen": self.seen, "next": self.next}
        )
        self._add_row(
            "Add the action",
            self._add_action,
            ("Agreed action", self.what),
            ("Area of the action", self.area),
            ("Who does it", self.who),
            ("By when", self.by),
        )
        self._add_row("Add the visit", self._add_visit, ("Day of the visit", self.day), ("What you saw", self.seen))
        self._add_row("Set the date", self._add_next, ("Next review", self.next))

    def _add_row(self, words: str, act: Callable[[], object], *fields: tuple[str, QWidget]) -> None:
        row = FlowLayout(12, fill=True)
        for label, field in fields:
            row.addWidget(compact_field(label, field))
        held, column, button = QWidget(), QVBoxLayout(), Button(words)
        held.setLayout(column)
        column.setContentsMargins(0, 8, 0, 0)
        add_layout(column, row)
        button.clicked.connect(act)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(held)

    def show_reading(self, reading: Reading) -> None:
        """Show what stands with one provider."""
        if self._reading is None or self._reading.revision.evaluation != reading.revision.evaluation:
            self.whom.load("us" if reading.shared else "me")
            self._drafts.show(self._libraries.place_of(reading.revision))
        self._reading = reading
        areas = [(section.area, section.title) for section in reading.sections if section.area]
        chosen = self.area.value()
        self.area.clear()
        for key, title in (WHOLE, *areas):
            self.area.addItem(title, key)
        self.area.load(chosen if chosen in dict(areas) else "")
        self._list.renew()
        titles = titles_in(reading, self._libraries.load_catalogue())
        for line in self.standing(reading):
            self._list.addLayout(self._row(line, reading, titles))
        self._list.show_now()

    @staticmethod
    def standing(reading: Reading) -> list[ReviewLine]:
        """The lines that stand, in order."""
        state = reading.exchange
        return [*state.agreed_actions, *state.visits, *([state.next_review] if state.next_review else [])]

    def _row(self, line: ReviewLine, reading: Reading, titles: dict[str, str]) -> FlowLayout:
        row, words = FlowLayout(8), told(line, titles)
        row.addWidget(PlainLabel(f"{words} ({WHOM[line.audience]})"))
        if line.who == reading.who:
            back = LinkButton("Take it back", name=f"Take it back: {words}"[:150])
            back.clicked.connect(partial(self._write, "withdraw", to=line.id))
            row.addWidget(back)
        return row

    def _add_action(self) -> None:
        if not visible_text(self.what.value()):
            self.what.setFocus()
            return
        action = Action(area=self.area.value(), what=self.what.value(), who=self.who.value(), by_when=self.by.value())
        self._write("agreed-action", action=action, fields=(self.what, self.who, self.by))

    def _add_visit(self) -> None:
        for field in (self.day, self.seen):
            if not visible_text(field.value()):
                field.setFocus()
                return
        self._write("visit", on=self.day.value(), text=self.seen.value(), fields=(self.day, self.seen))

    def _add_next(self) -> None:
        if not visible_text(self.next.value()):
            self.next.setFocus()
            return
        self._write("next-review", on=self.next.value(), fields=(self.next,))

    def _written(self, at: tuple[str, str], fields: tuple[LineField, ...]) -> None:
        """The line is in the library: its fields are free for the next one, or the first where one was taken back."""
        self._go_on()
        if fields:
            self._drafts.done(at, *fields)
        if at == self._drafts.at:
            (fields or (self.what,))[0].setFocus()

    def _go_on(self, *_: object) -> None:
        """It is written, or was not: then what was typed is still there, to be added once more."""
        self.setEnabled(True)

    def _write(self, what: Any, *_: object, fields: tuple[LineField, ...] = (), **line: Any) -> None:
        reading, whom = self._reading, self.whom.value()
        if reading is None:
            return

        def work(library: Library) -> object:
            role, audience = services.person(library)[0], next(one for one, _ in AUDIENCES if one == whom)
            return services.write(library, reading.revision.evaluation, what, audience=audience, role=role, **line)

        self.setEnabled(False)
        self._libraries.write(work, then=partial(self._written, self._drafts.at, fields))


def told(line: ReviewLine, titles: dict[str, str]) -> str:
    """An agreed action, a visit or a date in words."""
    if line.action is not None:
        action = line.action
        parts = (titles.get(action.area, ""), action.what, action.who, dates.shown(action.by_when))
        return f"Agreed action: {'; '.join(part for part in parts if part)}"
    if line.what == "visit":
        return f"Visit on {dates.shown(line.on)}: {line.text}"
    return f"Next review: {dates.shown(line.on)}"
