"""The dates of the action plan as a calendar file (RFC 5545), which Outlook, Google and Apple can add."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from apq_desktop.evaluation.fields import ACTION_WORDS
from apq_desktop.evaluation.model import Action, Evaluation
from apq_desktop.evaluation.rules.action_plan import by_due_date, distance, due
from apq_desktop.evaluation.rules.progress import is_open
from apq_desktop.evaluation.text.cleaning import clean, clean_line
from apq_desktop.toolkit.catalogue import Catalogue

MOST_IN_A_TITLE = 120
"""Characters of an action that a calendar shows as the title of a day; all of it stands in the description."""


def calendar(
    evaluation: Evaluation, catalogue: Catalogue, *, stamp: str, actions: Iterable[Action] | None = None
) -> bytes:
    """The content of an .ics file: one all-day event for each open action that has a day.

    ``stamp`` is the UTC stamp of now. An action keeps its event from file to file, and from year to year, so that
    adding a newer file moves it where the calendar allows that. Dates in the person's own words have no event.
    """
    written = Calendar()
    written.add("prodid", "-//APQ Desktop//Action plan//EN")
    written.add("version", "2.0")
    written.add("calscale", "GREGORIAN")
    written.add("method", "PUBLISH")
    written.add("x-wr-calname", _name(evaluation))
    made = datetime.fromisoformat(stamp).astimezone(UTC)
    for action in by_due_date(evaluation.actions if actions is None else actions):
        day = due(action)
        if day and is_open(action):
            written.add_component(_event(action, day, made, evaluation, catalogue))
    return bytes(written.to_ical())


def _event(action: Action, day: date, made: datetime, evaluation: Evaluation, catalogue: Catalogue) -> Event:
    event = Event()
    event.add("uid", f"action-{action.id}@apq-desktop")
    event.add("dtstamp", made)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", _title(action.what))
    event.add("description", clean(_description(action, evaluation, catalogue)))
    # The day stays free for appointments.
    event.add("transp", "TRANSPARENT")
    return event


def _name(evaluation: Evaluation) -> str:
    parts = [evaluation.setting.name, "Action plan"]
    return clean_line(": ".join(part.strip() for part in parts if part.strip()))


def _title(what: str) -> str:
    title = " ".join(clean_line(what).split()) or "An action of the plan"
    if len(title) <= MOST_IN_A_TITLE:
        return title
    return title[: MOST_IN_A_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def _description(action: Action, evaluation: Evaluation, catalogue: Catalogue) -> str:
    area = next((f"{area.number} {area.title}" for area in catalogue.areas if area.key == action.area), "")
    lines = (
        ("Action", action.what),
        ("Who", action.who),
        ("Progress", ACTION_WORDS.get(action.progress, action.progress)),
        ("How far", distance(action)),
        ("Quality area", area),
        ("From", evaluation.title),
    )
    return "\n".join(f"{label}: {text.strip()}" for label, text in lines if text.strip())
