"""Where the user stopped, and the way back there: the first thing on the Overview."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from apq_desktop.evaluation.edits.changes import ListPlace, items, resolve
from apq_desktop.evaluation.fields import label
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.rules.progress import state
from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.titles import ABOUT, ACTION_PLAN, PARTS, REGISTER, area_title, quoted
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.session.last_places import PlaceVisit, continue_at
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.layouts import Refitted, add_layout, turn
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel
from apq_desktop.ui.widgets.theme import colours

WHERE_TO_BEGIN = "Where to begin. The areas can be done in any order."
WHERE_TO_LOOK = "Where to begin reading. Much is written already."
STOPPED = "Continue where you stopped"
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
ROOM_BESIDE = 60
"""Average characters that words and button need beside each other."""


class ContinueCard(Refitted, Card):
    """One button that leads back to the caret; before anything was written, to the first area."""

    def __init__(self, app: AppContext, here: OpenEvaluation) -> None:
        super().__init__()
        self._places, self._here = app.places, here
        self._visit: PlaceVisit | None = None
        self._begun = False
        self._about, self._title = PlainLabel(quiet=True, scale=0.95), PlainLabel(scale=1.4, bold=True)
        self.go = Button("Continue", primary=True)
        self.go.clicked.connect(self._go)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._about)
        words.addWidget(self._title)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(12)
        add_layout(self._row, words, 1)
        self._row.addWidget(self.go, 0, Qt.AlignmentFlag.AlignVCenter)
        add_layout(self.body, self._row)

    def refresh(self) -> None:
        """Show the last place that is still there."""
        evaluation, catalogue = self._here.session.evaluation, self._here.session.catalogue
        self._visit = next(iter(self._places.of(evaluation)), None)
        if self._visit is None:
            first = catalogue.areas[0]
            self._begun = state(evaluation, evaluation.area(first.key)) != "not-started"
            about, verb = (WHERE_TO_LOOK, "Open") if self._begun else (WHERE_TO_BEGIN, "Begin")
            self._show(about, area_title(first.number, first.title), verb, "")
            return
        title, part = place_in_words(evaluation, self._visit)
        when = _when(self._visit.at)
        self._show(f"{STOPPED}.  {', '.join(filter(None, (part, when)))}", title, "Continue", part)

    def _show(self, about: str, title: str, verb: str, part: str) -> None:
        self._about.setText(about)
        self._title.setText(title)
        self.go.setText(verb)
        self.go.setAccessibleName(f"{verb}: {title}" + (f", {part}" if part else ""))

    def _go(self) -> None:
        if self._visit is not None:
            continue_at(self._here.view, self._visit)
        elif self._begun:
            self._here.view.visit_area(self._here.session.catalogue.areas[0].key)
        else:
            self._here.view.write_in(self._here.session.catalogue.areas[0].key)

    def _refit(self) -> None:
        """Put the button below the words where there is no room beside them."""
        beside = self.width() > self.fontMetrics().averageCharWidth() * ROOM_BESIDE
        if turn(self._row, beside=beside):
            self._row.setAlignment(self.go, Qt.AlignmentFlag.AlignVCenter if beside else Qt.AlignmentFlag.AlignLeft)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card with a bar at its left: here it goes on."""
        super().paintEvent(event)
        QPainter(self).fillRect(0, 6, 4, self.height() - 12, QColor(colours(self).accent))


def place_in_words(evaluation: Evaluation, visit: PlaceVisit) -> tuple[str, str]:
    """Where a place is, and which part of that: ``2 Home and family engagement``, ``Strengths, the second one``."""
    target = visit.target
    titles = {area.key: area_title(area.number, area.title) for area in evaluation.areas}
    match target.kind:
        case "strengths" | "development_areas":
            ids = [item.id for item in items(evaluation, ListPlace(target.kind, target.area))]
            return titles[target.area], f"{PARTS[target.kind]}, {_ordinal(ids.index(target.key))}"
        case "note":
            return titles[target.area], f"Question {target.key}"
        case "area":
            return titles[target.key], label("area", visit.field)
        case "actions":
            return ACTION_PLAN, quoted(resolve(evaluation, target).what)  # type: ignore[union-attr]
        case "evidence":
            return REGISTER, quoted(resolve(evaluation, target).title)  # type: ignore[union-attr]
        case _:
            return ABOUT, label(target.kind, visit.field)


def _ordinal(place: int) -> str:
    return f"the {ORDINALS[place]} one" if place < len(ORDINALS) else f"number {place + 1}"


def _when(stamp: str) -> str:
    at = dates.moment(stamp)
    return in_words(at.astimezone()) if at else ""


def in_words(at: datetime) -> str:
    """A moment in the user's own time: ``today at 14:02``, ``on 21 November 2026``."""
    today = at.date() == date.today()  # noqa: DTZ011 - the person's own day
    return f"today at {at:%H:%M}" if today else f"on {dates.shown(at.date().isoformat())}"
