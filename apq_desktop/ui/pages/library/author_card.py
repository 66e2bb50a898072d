"""Who writes in this library at this computer: a role, which settings see, and a short name for colleagues."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.ui.fields.field_layout import field_row
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.session.libraries.library_status import Person
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.layouts import add_layout
from apq_desktop.ui.widgets.text_labels import Card


class AuthorCard(Card):
    """Two lines to fill in. Without a role nothing is kept."""

    done = Signal()

    def __init__(self, app: AppContext, *, title: str = "", button: str, primary: bool) -> None:
        super().__init__(title)
        self._app = app
        self.role, self.short_name = LineField(), LineField()
        add_layout(
            self.body,
            field_row("Your role", self.role, hint="Settings see it beside what you write to them, never your name."),
        )
        add_layout(
            self.body,
            field_row("A short name", self.short_name, hint="For colleagues of this library alone, such as initials."),
        )
        self.go = Button(button, primary=primary)
        self.go.clicked.connect(self._go)
        self.body.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        self._drafts = app.drafts.form({"role": self.role, "short_name": self.short_name})
        for field in (self.role, self.short_name):
            field.returnPressed.connect(self.go.click)

    def refresh(self) -> None:
        """Show what is known, or what is typed and not kept yet."""
        status = self._app.libraries.status
        if status is not None:
            person = status.person
            self._drafts.show(self._app.libraries.place, role=person.role, short_name=person.short_name)

    def _go(self) -> None:
        person = Person(visible_text(self.role.value()), visible_text(self.short_name.value()))
        if not person.role:
            self.role.setFocus()
            return
        self._app.libraries.introduce(person, self._kept)

    def _kept(self) -> None:
        self._drafts.forget()
        self.refresh()
        self.done.emit()
