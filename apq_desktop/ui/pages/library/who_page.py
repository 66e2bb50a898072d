"""Who writes in this library at this computer: asked once, before anything is read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from apq_desktop.ui.fields.field_labels import field_row
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.session.libraries.library_controller import Person
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.scroll_area import FormScroll
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel

SENTENCE = "You are asked once for each library. You can change both later."


class WhoPage(FormScroll):
    """A role, which settings see beside your notes, and a short name for colleagues."""

    help_key = "library"
    done = Signal()

    def __init__(self, app: AppContext) -> None:
        super().__init__()
        self._app = app
        self.setAccessibleName("Who you are")
        self.column.addWidget(PlainLabel("Who you are", scale=1.9, bold=True))
        self.column.addWidget(PlainLabel(SENTENCE, scale=1.1, quiet=True))
        card = Card()
        self.role, self.short_name = LineField(), LineField()
        card.body.addLayout(
            field_row("Your role", self.role, hint="Settings see it beside what you write to them, never your name.")
        )
        card.body.addLayout(
            field_row("A short name", self.short_name, hint="For colleagues of this library alone, such as initials.")
        )
        self.go = Button("Continue", primary=True)
        self.go.clicked.connect(self._go)
        card.body.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(card)
        self.column.addStretch(1)
        for field in (self.role, self.short_name):
            field.returnPressed.connect(self.go.click)

    def refresh(self) -> None:
        """Show what is known."""
        stand = self._app.libraries.stand
        if stand is not None:
            self.role.load(stand.person.role)
            self.short_name.load(stand.person.short_name)

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self.role.setFocus()

    def _go(self) -> None:
        person = Person(self.role.value().strip(), self.short_name.value().strip())
        if not person.role:
            self.role.setFocus()
            return
        self._app.libraries.introduce(person, self.done.emit)
