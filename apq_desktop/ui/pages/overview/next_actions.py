"""The next three actions with a date, the overdue ones first, each with the way to its row in the plan."""

from __future__ import annotations

from datetime import date
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from apq_desktop.evaluation.rules.progress import is_open
from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.titles import area_title
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import ReplaceableColumn, add_layout
from apq_desktop.ui.widgets.text_labels import PlainLabel

if TYPE_CHECKING:
    from apq_desktop.evaluation.model import Action
    from apq_desktop.ui.session.app_context import OpenEvaluation

SHOWN = 3
LONGEST = 140
"""Characters of an action that are shown."""
NONE = "No action is open. What you want to do about a development area stands in the action plan."
NO_DATE = "No open action has a date yet."


class NextActions(QWidget):
    """A heading with how many there are, and up to three of them."""

    def __init__(self, here: OpenEvaluation) -> None:
        super().__init__()
        self._here = here
        column, top = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.plan = LinkButton("Action plan")
        self.plan.clicked.connect(lambda: here.view.show_tab("action_plan"))
        top.addWidget(PlainLabel("Next actions", bold=True), 1)
        top.addWidget(self.plan)
        self._rows = ReplaceableColumn(10)
        add_layout(column, top)
        column.addWidget(self._rows)

    def refresh(self, today: date) -> None:
        """Show what comes next as seen from ``today``."""
        waiting = [action for action in self._here.session.evaluation.actions if is_open(action)]
        dated = sorted(((day, action) for action in waiting if (day := dates.parse(action.by_when))), key=itemgetter(0))
        overdue = sum(day < today for day, _ in dated)
        words = f"{overdue} overdue, {len(waiting)} open" if overdue else f"{len(waiting)} open"
        self.plan.setText(words if waiting else "Action plan")
        self.plan.setAccessibleName(f"{words}: go to the action plan" if waiting else "Go to the action plan")
        self._rows.renew()
        if not dated:
            self._rows.addWidget(PlainLabel(NO_DATE if waiting else NONE, quiet=True))
        for day, action in dated[:SHOWN]:
            self._rows.addLayout(self._row(day, action, late=day < today))

    def _row(self, day: date, action: Action, *, late: bool) -> QHBoxLayout:
        row, when, what = QHBoxLayout(), QVBoxLayout(), QVBoxLayout()
        row.setSpacing(12)
        shown = dates.shown(day.isoformat())
        for column in (when, what):
            column.setSpacing(0)
        label = PlainLabel(shown, bold=late)
        when.addWidget(label)
        if late:
            label.show_ink("warning")
            told = PlainLabel("overdue", scale=0.87)
            told.show_ink("warning")
            when.addWidget(told)
        when.addStretch(1)
        words = " ".join(visible_text(action.what).split()) or "An action that is not written yet"
        words = words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
        link = LinkButton(words, name=f"{words}, {'overdue since' if late else 'by'} {shown}", wrap=True)
        link.clicked.connect(partial(self._show, action.id))
        what.addWidget(link)
        about = PlainLabel(self._about(action), quiet=True, scale=0.87)
        about.setContentsMargins(5, 0, 0, 0)  # below the link's words, which stand a little in
        what.addWidget(about)
        add_layout(row, when, 2)
        add_layout(row, what, 5)
        row.setAlignment(when, Qt.AlignmentFlag.AlignTop)
        return row

    def _about(self, action: Action) -> str:
        titles = {area.key: area_title(area.number, area.title) for area in self._here.session.evaluation.areas}
        return ", ".join(filter(None, (titles.get(action.area, ""), visible_text(action.who))))

    def _show(self, key: str) -> None:
        plan: Any = self._here.view.show_tab("action_plan")
        plan.show_action(key)
