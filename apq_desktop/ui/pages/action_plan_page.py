"""All actions in one table under headings, with the chosen one in full beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from apq_desktop.evaluation.edits.changes import AddItem, ListPlace
from apq_desktop.evaluation.fields import ACTION_WORDS, columns_of
from apq_desktop.evaluation.model import Action
from apq_desktop.evaluation.rules.action_plan import WHEN_WORDS, filtered, overdue, people, sorted_by, when
from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.search_folding import fold
from apq_desktop.ui.fields.marks.carried_forward_mark import add_mark
from apq_desktop.ui.fields.tables.item_details import ItemDetails
from apq_desktop.ui.fields.tables.item_model import Face, ItemColumn, table_columns
from apq_desktop.ui.fields.tables.item_page import ItemPage
from apq_desktop.ui.fields.tables.item_rows import RowGroup
from apq_desktop.ui.fields.tables.table_panel import FilterChoice
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.widgets.buttons import Button, LinkButton
from apq_desktop.ui.widgets.painted.line_marks import Mark
from apq_desktop.ui.widgets.painted.style import let_scroll

COLUMNS = [field.name for field in columns_of("actions")]
BY_WHEN = COLUMNS.index("by_when")
GROUPINGS = [("", "By date"), ("who", "By person"), ("area", "By area")]
PROGRESS_MARKS: dict[str, Mark] = {
    "not-started": "empty",
    "under-way": "half",
    "finished": "done",
    "stopped": "stopped",
}


class ActionPlan(ItemPage):
    """The plan: filter, sort, group, edit in place; print, CSV and calendar of what is shown."""

    help_key = "action-plan"
    kind, printed = "actions", "plan"
    title, table_name, find_words = "Action plan", "Actions", "Find in actions"
    nothing_fits = "There is no action here yet, or none fits. “Add an action” begins one."
    things = "{} actions"
    folded = ("no-date", "closed")
    groupings, first_sort = GROUPINGS, BY_WHEN
    ways = (
        ("Save as PDF…", "plan"),
        ("Save as table (CSV)…", "actions"),
        ("Save for a calendar…", "calendar"),
    )

    def __init__(self, app: AppContext, here: OpenEvaluation) -> None:
        super().__init__(app, here, ActionDetails(here.session))

    def show_action(self, key: str) -> None:
        """Choose one action."""
        self.show_item(key)

    def _make_filters(self) -> None:
        self.who, self.area = FilterChoice([]), FilterChoice(self._areas("All areas"))
        self.who.setAccessibleName("Show only: who")
        self.area.setAccessibleName("Show only: area")

    def _filters(self) -> list[FilterChoice]:
        return [self.who, self.area]

    def _offer(self) -> None:
        self.who.offer([("", "Everybody"), *((name, name) for name in people(self._session.evaluation.actions))])

    def _areas(self, *first: str) -> list[tuple[str, str]]:
        areas = self._session.evaluation.areas
        return [*(("", words) for words in first), *((area.key, f"{area.number} {area.title}") for area in areas)]

    def _columns(self) -> list[ItemColumn]:
        areas = dict(self._areas())

        def face(action: Action) -> Face:
            below = ", ".join(part for part in (areas.get(action.area, action.area), visible_text(action.who)) if part)
            words = action.what if visible_text(action.what) else "Nothing written yet"
            return Face(words, ink="text" if words == action.what else "quiet", below=below)

        told = {"area": lambda action: areas.get(action.area, action.area), "by_when": _by_when}
        faces = {"what": face, "by_when": _by_when_face, "progress": _progress_face}
        return table_columns("actions", self._session, told, faces)

    def _buttons(self) -> list[Button]:
        self.add_button = Button("+ Add an action", primary=True, name="Add an action")
        self.add_button.setEnabled(not self._session.read_only)
        self.add_button.clicked.connect(self._ask_for_area)
        return [self._ways_out(), self.add_button]

    def _ask_for_area(self) -> None:
        """An action belongs to an area: to the one that alone is shown, else to one that is asked for."""
        if self.area.value():
            self.add_to(self.area.value())
            return
        self._pop_up(self.area_menu())

    def _pop_up(self, menu: QMenu) -> None:
        menu.popup(self.add_button.mapToGlobal(QPoint(0, self.add_button.height())))

    def area_menu(self, act: Callable[..., object] | None = None) -> QMenu:
        """The areas to add an action to, or to ``act`` with."""
        menu = let_scroll(QMenu(self.add_button))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, words in self._areas():
            menu.addAction(words.replace("&", "&&")).triggered.connect(partial(act or self.add_to, key))
        return menu

    def _take(self, found: list[Action]) -> None:
        """Ask for the area of pasted actions where neither they nor the filter name it."""
        if all(action.area for action in found):
            super()._take(found)
        elif self.area.value():
            self._take_into(found, self.area.value())
        else:
            self._app.notifier.say("Choose the area that what you paste belongs to.")
            self._pop_up(self.area_menu(partial(self._take_into, found)))

    def _take_into(self, found: list[Action], area: str, _checked: bool = False) -> None:
        super()._take([replace(action, area=action.area or area) for action in found])

    def add_to(self, area: str, _checked: bool = False) -> None:
        """Begin an action of an area, with the cursor in its first field."""
        new = Action(area=area)
        self._session.make(AddItem(ListPlace("actions"), new, len(self._session.evaluation.actions)))
        self.show_item(new.id)
        self.details.focus_first()

    def _arranged(self) -> list[RowGroup]:
        evaluation, today = self._session.evaluation, date.today()  # noqa: DTZ011 - the person's own day
        wanted = {"who": self.who.value(), "area": self.area.value(), "words": self.words.value()}
        found = filtered(evaluation.actions, **wanted)
        found = sorted_by(evaluation, found, COLUMNS[self._sort], last_first=self._last_first)
        if self.grouping.value() == "who":
            return _grouped(found, lambda action: _name(action) or "Nobody named", _person_order)
        if self.grouping.value() == "area":
            areas, numbers = dict(self._areas()), {area.key: area.number for area in evaluation.areas}
            return _grouped(found, lambda one: areas.get(one.area, one.area), lambda one: numbers.get(one.area, 0))
        by_date: dict[str, list[Action]] = {key: [] for key in WHEN_WORDS}
        for action in found:
            by_date[when(action, today, self._app.forms.term_end)].append(action)
        return [RowGroup(key, words, by_date[key]) for key, words in WHEN_WORDS.items()]


class ActionDetails(ItemDetails):
    """One action in full: how we will know, which development area it answers."""

    kind = "actions"
    several = "{} actions are chosen"
    shared = ("who", "by_when", "progress")

    def _fill(self, action: Action) -> None:
        self.setAccessibleName("The chosen action")
        area = self._session.evaluation.area(action.area)
        link = LinkButton(f"{area.number} {area.title}", name=f"Go to area {area.number}, {area.title}", wrap=True)
        link.clicked.connect(lambda: self.area_chosen.emit(area.key))
        self.column.addWidget(link)
        self._add_fields(action)
        add_mark(self.column, self._session, "actions", action)


def _grouped(found: list[Action], title: Callable[[Action], str], order: Callable[[Action], Any]) -> list[RowGroup]:
    together = groupby(sorted(found, key=order), key=order)
    groups = [list(actions) for _, actions in together]
    return [RowGroup(f"{order(group[0])}", title(group[0]), group) for group in groups]


def _name(action: Action) -> str:
    return " ".join(visible_text(action.who).split())


def _person_order(action: Action) -> tuple[bool, str]:
    return not _name(action), fold(_name(action))


def _by_when(action: Action) -> str:
    shown = dates.shown(action.by_when)
    return f"{shown} (overdue)" if overdue(action, date.today()) else shown  # noqa: DTZ011 - the person's own day


def _by_when_face(action: Action) -> Face:
    shown = dates.shown(action.by_when)
    if overdue(action, date.today()):  # noqa: DTZ011 - the person's own day
        return Face(shown, ink="warning", below="overdue", below_mark="warning", below_ink="warning")
    return Face(shown)


def _progress_face(action: Action) -> Face:
    return Face(ACTION_WORDS[action.progress], mark=PROGRESS_MARKS[action.progress])
