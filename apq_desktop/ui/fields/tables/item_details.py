"""What is chosen in a table: one item in full, or the fields that several can be given at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette

from apq_desktop.evaluation.edits.changes import CompoundChange, SetField, Target
from apq_desktop.evaluation.fields import fields_of
from apq_desktop.ui.fields.field_layout import field_row
from apq_desktop.ui.fields.field_widgets import add_fields, choices_of, field_widget
from apq_desktop.ui.session.editing_session import EditingSession
from apq_desktop.ui.session.field_binding import FieldBinding
from apq_desktop.ui.widgets.buttons import Button, LinkButton
from apq_desktop.ui.widgets.layouts import add_layout
from apq_desktop.ui.widgets.scroll_area import FormScroll
from apq_desktop.ui.widgets.text_labels import PlainLabel

AS_IT_IS = "As it is"


class ItemDetails(FormScroll):
    """The pane. Who follows this class fills it for one item, and says what several can be given."""

    kind: Literal["actions", "evidence"]
    several = ""
    """How several are told, such as “{} actions are chosen”."""
    shared: tuple[str, ...] = ()
    """The fields that several can be given at once."""
    area_chosen = Signal(str)
    wanted = Signal()
    closed = Signal()

    def __init__(self, session: EditingSession) -> None:
        super().__init__()
        self._alone = False
        self._lead_back()
        self._session = session
        self._shown: list[str] = []
        self._first: Any = None
        self._given: dict[str, Any] = {}
        self.binding = FieldBinding(session, self)

    def show_items(self, items: list[Any]) -> None:
        """Show one item's fields, what several can be given, or nothing."""
        keys = [item.id for item in items]
        if keys == self._shown:
            return
        for key in self._shown:
            self.binding.release(Target(self.kind, key))
        self._shown, self._first = keys, None
        self.renew()
        self.page.setBackgroundRole(QPalette.ColorRole.Button)
        self._lead_back()
        if len(items) == 1:
            self._fill(items[0])
        elif items:
            self._fill_for_several(len(items))
        self.column.addStretch(1)

    def _lead_back(self) -> None:
        self._back = LinkButton("←  Back to the table", name="Back to the table")
        self._back.clicked.connect(self.closed)
        self.column.addWidget(self._back)  # before it is shown: else it would be a window of its own
        self._back.setVisible(self._alone)

    def stand_alone(self, alone: bool) -> None:
        """Lead back to the table where it is out of sight."""
        self._alone = alone
        self._back.setVisible(alone)

    def come(self) -> None:
        """Come into view, whatever stood in the place."""
        self.wanted.emit()
        self.show_now()

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        self.come()
        (self._first or self._back).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back to the table where that is out of sight."""
        if event.key() == Qt.Key.Key_Escape and self._alone:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _fill(self, item: Any) -> None:
        raise NotImplementedError

    def _add_fields(self, item: Any) -> None:
        """Add every field that is edited beside the table, in the order of the table of fields."""
        fields, target = fields_of(self.kind, "item"), Target(self.kind, item.id)
        self._first, *_ = add_fields(self.column, self._session, self.binding, target, fields)

    def _fill_for_several(self, count: int) -> None:
        self.column.addWidget(PlainLabel(self.several.format(count), scale=1.15, bold=True))
        self.column.addWidget(
            PlainLabel("What you leave empty stays as it is. One Undo takes all of it back.", quiet=True)
        )
        self._given = {}
        for row in (one for one in fields_of(self.kind) if one.name in self.shared):
            field = field_widget(row, choices_of(replace(row, empty=AS_IT_IS), self._session, Target(self.kind)))
            field.setEnabled(not self._session.read_only)
            add_layout(self.column, field_row(row.form_label or row.label, field))
            self._given[row.name] = field
        self._first = self._given[self.shared[0]]
        button = Button(f"Set for all {count}", primary=True)
        button.setEnabled(not self._session.read_only)
        button.clicked.connect(self._set_for_all)
        self.column.addWidget(button)

    def _set_for_all(self) -> None:
        """Give every chosen item what was filled in, as one step of undo."""
        given = {name: field.value() for name, field in self._given.items() if field.value()}
        there = {item.id: item for item in getattr(self._session.evaluation, self.kind)}
        steps = tuple(
            SetField(Target(self.kind, key), name, value, getattr(there[key], name))
            for key in self._shown
            for name, value in given.items()
            if getattr(there[key], name) != value
        )
        if steps:
            self._session.leave_field()
            self._session.make(CompoundChange(steps))
            self._session.leave_field()
