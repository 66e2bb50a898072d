"""All actions in one table, with the chosen one in full beside it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from apq_desktop.evaluation.edits.changes import Step, Target
from apq_desktop.evaluation.fields import ACTION_WORDS, PRIORITY_WORDS
from apq_desktop.evaluation.model import Action
from apq_desktop.evaluation.rules.action_plan import Column as SortColumn
from apq_desktop.evaluation.rules.action_plan import Filter, filtered, overdue, people, sorted_by
from apq_desktop.evaluation.text import dates
from apq_desktop.ui.fields.choice_fields import ChoiceField, FlagField
from apq_desktop.ui.fields.field_labels import compact_field, field_row
from apq_desktop.ui.fields.line_fields import DateField, LineField
from apq_desktop.ui.fields.marks.carried_forward_mark import add_mark
from apq_desktop.ui.fields.readings_field import ReadingsField
from apq_desktop.ui.fields.tables.item_model import Column, ItemModel
from apq_desktop.ui.fields.tables.item_table import ItemTable
from apq_desktop.ui.fields.tables.table_panel import SortChoice, TableBesideDetails
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.session.editing_session import EditingSession
from apq_desktop.ui.session.field_binding import FieldBinding
from apq_desktop.ui.session.save_table import save_table
from apq_desktop.ui.widgets.buttons import Button, LinkButton
from apq_desktop.ui.widgets.layouts import FlowLayout
from apq_desktop.ui.widgets.scroll_area import WIDE, FormScroll
from apq_desktop.ui.widgets.text_labels import PlainLabel

SORTS: tuple[SortColumn, ...] = ("area", "what", "who", "by_when", "progress", "priority")
PRIORITIES = [("", "No priority"), *PRIORITY_WORDS.items()]


class ActionPlan(FormScroll):
    """The plan: filter, sort, edit in place; print, CSV and calendar of what is shown."""

    help_key = "action-plan"
    save_requested = Signal(str, list)

    def __init__(self, app: AppContext, here: OpenEvaluation) -> None:
        super().__init__(widest=WIDE)
        session = self._session = here.session
        self.save_requested.connect(partial(save_table, app, here.session))
        self._sort, self._last_first = 3, False
        self.words, self.who, self.area = LineField(), ChoiceField([("", "Everybody")]), ChoiceField(self._areas())
        self.only_open, self.only_overdue = FlagField("Still open"), FlagField("Overdue")
        self.model = ItemModel(session, "actions", self._columns(), self._chosen)
        self.table = ItemTable("Actions", self.model, sorted_by=self._sort)
        self.table.sort_requested.connect(self._sort_by)
        self.table.chosen.connect(self._show_details)
        self.model.modelReset.connect(self._tell_whether_empty)
        self.details = ActionDetails(session)
        self.details.area_chosen.connect(here.view.visit_area)
        self._halves = TableBesideDetails(self.table, self.details, self.details.binding)
        layout = self.column
        layout.addWidget(PlainLabel("Action plan", scale=1.7, bold=True))
        layout.addLayout(self._filters())
        self.empty = PlainLabel("No action fits. Actions are added in the form of the area they belong to.", quiet=True)
        layout.addWidget(self.empty)
        layout.addWidget(self._halves, 1)
        layout.addLayout(self._ways_out())
        self.refresh()

    def refresh(self) -> None:
        """Show the plan as it stands, with who there is to choose from."""
        chosen = self.who.value()
        self.who.clear()
        self.who.addItem("Everybody", "")
        for name in people(self._session.evaluation.actions):
            self.who.addItem(name, name)
        self.who.load(chosen)
        self._renew()

    def show_step(self, step: Step) -> None:
        """Choose what a step is about, with the cursor where the change was: in the open cell or in the details."""
        self._halves.show_step(step, self.show_action)

    def show_action(self, key: str) -> None:
        """Choose one action."""
        row = self.model.row_of(key)
        if row < 0:
            self._show_all()
            row = self.model.row_of(key)
        if row >= 0:
            self.table.selectRow(row)
            self.table.setFocus()

    def shown(self) -> list[Action]:
        """The actions in the table, in its order."""
        return list(self.model.items)

    def _columns(self) -> list[Column]:
        evaluation = self._session.evaluation
        numbers = {area.key: f"{area.number} {area.title}" for area in evaluation.areas}
        return [
            Column("Area", lambda action: numbers.get(action.area, action.area), stretch=3),
            Column("Action", lambda action: action.what, "what", "text", stretch=6),
            Column("Who", lambda action: action.who, "who", stretch=3),
            Column("By when", _by_when, "by_when", "date", stretch=3),
            Column(
                "Progress",
                lambda action: ACTION_WORDS[action.progress],
                "progress",
                "choice",
                tuple(ACTION_WORDS.items()),
                stretch=2,
            ),
            Column(
                "Priority",
                lambda action: PRIORITY_WORDS.get(action.priority, ""),
                "priority",
                "choice",
                tuple(PRIORITIES),
                stretch=2,
            ),
        ]

    def _areas(self) -> list[tuple[str, str]]:
        areas = self._session.evaluation.areas
        return [("", "All areas"), *((area.key, f"{area.number} {area.title}") for area in areas)]

    def _filters(self) -> FlowLayout:
        row = FlowLayout(14)
        for label, field in (("Words", self.words), ("Who", self.who), ("Area", self.area)):
            row.addWidget(compact_field(label, field, name=f"Show only: {label.lower()}"))
            field.changed.connect(lambda _: self._renew())
        row.addWidget(compact_field("Sorted by", SortChoice(self.table, self.model)))
        for tick in (self.only_open, self.only_overdue):
            tick.changed.connect(lambda _: self._renew())
            row.addWidget(tick)
        return row

    def _ways_out(self) -> FlowLayout:
        row = FlowLayout(12)
        for words, kind in (
            ("Print as PDF…", "plan"),
            ("Save as table (CSV)…", "actions"),
            ("Save for a calendar…", "calendar"),
        ):
            button = Button(words)
            button.clicked.connect(lambda _=False, kind=kind: self.save_requested.emit(kind, self.shown()))
            row.addWidget(button)
        return row

    def _chosen(self) -> list[Any]:
        evaluation = self._session.evaluation
        wanted = Filter(
            who=self.who.value(),
            area=self.area.value(),
            words=self.words.value(),
            only_open=self.only_open.value(),
            only_overdue=self.only_overdue.value(),
        )
        found = filtered(evaluation.actions, wanted, date.today())  # noqa: DTZ011 - the person's own day
        return sorted_by(evaluation, found, SORTS[self._sort], last_first=self._last_first)

    def _renew(self) -> None:
        self.model.renew()
        self.table.choose_again()
        self._tell_whether_empty()

    def _tell_whether_empty(self) -> None:
        self.empty.setVisible(not self.model.items)

    def _show_all(self) -> None:
        self.words.load("")
        for field in (self.who, self.area):
            field.load("")
        for tick in (self.only_open, self.only_overdue):
            tick.load(False)
        self._renew()

    def _sort_by(self, column: int, last_first: bool) -> None:
        self._sort, self._last_first = column, last_first
        self._renew()

    def _show_details(self, row: int) -> None:
        self.details.show_action(self.model.items[row] if 0 <= row < len(self.model.items) else None)


class ActionDetails(FormScroll):
    """One action in full: how we will know, which development area it answers."""

    area_chosen = Signal(str)

    def __init__(self, session: EditingSession) -> None:
        super().__init__()
        self._session = session
        self._shown = ""
        self.setAccessibleName("The chosen action")
        self.binding = FieldBinding(session, self)

    def show_action(self, action: Action | None) -> None:
        """Show an action's fields, or nothing."""
        key = action.id if action else ""
        if key == self._shown:
            return
        self.binding.release(Target("actions", self._shown))
        self._shown = key
        self.renew()
        if action is None:
            return
        area = self._session.evaluation.area(action.area)
        link = LinkButton(f"{area.number} {area.title}", name=f"Go to area {area.number}, {area.title}")
        link.clicked.connect(lambda: self.area_chosen.emit(area.key))
        self.column.addWidget(link)
        target = Target("actions", action.id)
        answers = [("", "None chosen"), *((entry.id, _short(entry.text)) for entry in area.development_areas)]
        parts: tuple[tuple[str, str, Any], ...] = (
            ("Action", "what", TextField()),
            ("Who", "who", LineField()),
            ("By when", "by_when", DateField()),
            ("Progress", "progress", ChoiceField(list(ACTION_WORDS.items()))),
            ("Priority", "priority", ChoiceField(PRIORITIES)),
            ("How we will know", "measure", TextField(lines=1)),
            ("Starting point", "starting_point", TextField(lines=1)),
            ("Target", "target", TextField(lines=1)),
            ("Where it stands", "readings", ReadingsField()),
            ("The development area it answers", "development_area", ChoiceField(answers)),
        )
        for label, name, field in parts:
            self.column.addLayout(field_row(label, field))
            self.binding.bind(field, target, name)
        add_mark(self.column, self._session, "actions", action)
        self.column.addStretch(1)


def _by_when(action: Action) -> str:
    shown = dates.shown(action.by_when)
    return f"⚠ {shown} (overdue)" if overdue(action, date.today()) else shown  # noqa: DTZ011 - the person's own day


def _short(text: str) -> str:
    line = " ".join(text.split())
    return (line if len(line) <= 70 else f"{line[:69]}…") or "Not written yet"
