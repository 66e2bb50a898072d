"""For whom a pack is: the commissioner and everybody else it goes to, each with a tick."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout

from apq_desktop.evaluation.edits.changes import Change, CompoundChange, SetField, Target, Value, single_steps
from apq_desktop.evaluation.rules.outgoing_copy import recipients
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.ui.fields.choice_fields import FlagField
from apq_desktop.ui.fields.field_layout import describe
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.session.editing_session import EditingSession
from apq_desktop.ui.session.typing_pauses import PAUSE_MS
from apq_desktop.ui.widgets.buttons import Button, LinkButton
from apq_desktop.ui.widgets.layouts import ReplaceableColumn, add_layout
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel, breakable

EVALUATION = Target("evaluation")
FIELDS = ("commissioner", "other_commissioners")
HINT = "Each council, school or trust gets a pack of its own, which does not name the others."
NOBODY = "Nobody is named yet. The pack can be made without a name."


class RecipientsCard(Card):
    """The recipients of one evaluation. What is unticked is left out this time, and stays in the list."""

    changed = Signal()

    def __init__(self, session: EditingSession) -> None:
        super().__init__("For whom", HINT)
        self._session = session
        self._left_out: set[str] = set()
        self.boxes: dict[str, FlagField] = {}
        self._rows = ReplaceableColumn()
        self.body.addWidget(self._rows)
        self.someone = LineField()
        self.add = Button("Add", name="Add this recipient")
        self.add.clicked.connect(self._add)
        self.someone.returnPressed.connect(self._add)
        self._given = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._give)
        self.someone.changed.connect(lambda _: self._pause.start())
        self.someone.editingFinished.connect(self._take)
        session.leaving.connect(self._take)
        heading = PlainLabel("Name", bold=True)
        describe(self.someone, "Name of another council, school or trust", label=heading)
        self.body.addWidget(heading)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.someone, 1)
        row.addWidget(self.add)
        add_layout(self.body, row)
        for widget in (self.someone, self.add):
            widget.setEnabled(not session.read_only)
        session.listeners.add(self._follow, *((EVALUATION, name) for name in FIELDS))
        self.refresh()

    def chosen(self) -> tuple[str, ...]:
        """Those with a tick, in order."""
        return tuple(name for name, box in self.boxes.items() if box.value())

    def refresh(self) -> None:
        """Show everybody it can go to."""
        self._rows.renew()
        self.boxes = {}
        names = recipients(self._session.evaluation)
        if not names:
            self._rows.addWidget(PlainLabel(NOBODY, quiet=True))
        for name in names:
            self._rows.addLayout(self._row(name))
        self.changed.emit()

    def _row(self, name: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        box = self.boxes[name] = FlagField(breakable(name).replace("&", "&&"))
        box.setAccessibleName(name)
        box.load(name not in self._left_out)
        box.changed.connect(lambda ticked: self._tick(name, ticked=ticked))
        row.addWidget(box, 1)
        remove = LinkButton("Remove", name=f"Remove {name}")
        remove.setEnabled(not self._session.read_only)
        remove.clicked.connect(lambda: self._remove(name))
        row.addWidget(remove)
        return row

    def _tick(self, name: str, *, ticked: bool) -> None:
        (self._left_out.discard if ticked else self._left_out.add)(name)
        self.changed.emit()

    def _add(self) -> None:
        self._take()
        self.someone.setFocus()

    def _take(self) -> None:
        """Whoever is named in the field is among them once the field is left, with the button or without."""
        self._give()
        self._given = ""
        if self.someone.value():
            self.someone.clear()

    def _give(self) -> None:
        """Hand over the name as far as it is written; what is written on takes its place."""
        self._pause.stop()
        name = " ".join(visible_text(self.someone.value()).split())
        there = recipients(self._session.evaluation)
        if name == self._given:
            return
        others = tuple(one for one in there if one != self._given)
        self._given = name if name not in others else ""
        names = (*others, self._given) if self._given else others
        if names != there:
            self._set(names)

    def _remove(self, name: str) -> None:
        left = tuple(one for one in recipients(self._session.evaluation) if one != name)
        self._set(left, told=f"“{name}” removed.")
        self.someone.setFocus()

    def _set(self, names: tuple[str, ...], *, told: str = "") -> None:
        """Keep the recipients: the first is the commissioner that the header and the first page name."""
        evaluation = self._session.evaluation
        new: dict[str, Value] = {"commissioner": names[0] if names else "", "other_commissioners": names[1:]}
        old: dict[str, Value] = {
            "commissioner": evaluation.commissioner,
            "other_commissioners": tuple(evaluation.other_commissioners),
        }
        steps = [SetField(EVALUATION, name, new[name], old[name]) for name in FIELDS if new[name] != old[name]]
        self._session.make(CompoundChange(tuple(steps)), told=told)

    def shows(self, change: Change) -> bool:
        """Whether the change is of the recipients."""
        return any(isinstance(step, SetField) and step.field in FIELDS for step in single_steps(change))

    def _follow(self, _change: Change) -> None:
        self.refresh()
