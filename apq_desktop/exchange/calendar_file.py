"""The dates of the action plan as a calendar file (RFC 5545), which Outlook, Google and Apple can add."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from apq_desktop.evaluation.fields import ACTION_WORDS
from apq_desktop.evaluation.model import Action, Evaluation
from apq_desktop.evaluation.rules.action_plan import by_due_date, distance, due
from apq_desktop.evaluation.rules.progress import is_open
from apq_desktop.evaluation.text.cleaning import clean, clean_line, visible_text
from apq_desktop.evaluation.text.dates import moment, parse
from apq_desktop.toolkit.catalogue import Catalogue

MOST_IN_A_TITLE = 120
"""Characters of an action that a calendar shows as the title of a day; all of it stands in the description."""

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
"""The seconds since are a number that grows from file to file, whatever computer writes it."""


def calendar(
    evaluation: Evaluation,
    catalogue: Catalogue,
    *,
    stamp: str,
    actions: Iterable[Action] | None = None,
    cancelled: Iterable[Action] = (),
    number: int = 0,
) -> bytes:
    """The content of an .ics file: one all-day event for each open action that has a day.

    ``stamp`` is the UTC stamp of now. An action keeps its event from file to file, and from year to year, and each
    file has a higher number in the order of changes, so that adding a newer one moves the event (RFC 5545, 3.8.7.4):
    ``number``, or that of the moment (``number_at``) where it is higher.
    Dates in the user's own words have no event. ``cancelled`` are the actions, as they last were, whose events
    stand in people's calendars and have no place there any more.
    """
    written = Calendar()
    written.add("prodid", "-//APQ Desktop//Action plan//EN")
    written.add("version", "2.0")
    written.add("calscale", "GREGORIAN")
    written.add("method", "PUBLISH")
    written.add("x-wr-calname", _name(evaluation))
    made = moment(stamp) or EPOCH
    listed = by_due_date(evaluation.actions if actions is None else actions)
    told = [(action, "CONFIRMED") for action in listed if has_event(action)]
    told += [(action, "CANCELLED") for action in by_due_date(cancelled)]
    for action, status in told:
        if day := due(action):
            event = _event(action, day, evaluation, catalogue)
            event.add("dtstamp", made)
            event.add("last-modified", made)
            event.add("sequence", max(number, number_at(stamp)))
            event.add("status", status)
            written.add_component(event)
    return bytes(written.to_ical())


def reviews_calendar(reviews: Iterable[tuple[str, str, str, str]], *, stamp: str) -> bytes:
    """The content of an .ics file: a day for each next review: (evaluation, setting, title, day)."""
    written = Calendar()
    for name, value in (("prodid", "-//APQ Desktop//Reviews//EN"), ("version", "2.0"), ("method", "PUBLISH")):
        written.add(name, value)
    made = moment(stamp) or EPOCH
    for evaluation, setting, title, on in reviews:
        if day := parse(on):
            event = Event()
            event.add("uid", f"review-{evaluation}@apq-desktop")
            event.add("dtstamp", made)
            event.add("dtstart", day)
            event.add("dtend", day + timedelta(days=1))
            event.add("sequence", number_at(stamp))
            event.add("summary", _title(f"Review: {setting}"))
            event.add("description", clean(title))
            event.add("transp", "TRANSPARENT")
            written.add_component(event)
    return bytes(written.to_ical())


def number_at(stamp: str) -> int:
    """The number in the order of changes that a moment has."""
    return max(int(((moment(stamp) or EPOCH) - EPOCH).total_seconds()), 0)


def has_event(action: Action) -> bool:
    """Whether an action stands in the calendar."""
    return is_open(action) and due(action) is not None


def _event(action: Action, day: date, evaluation: Evaluation, catalogue: Catalogue) -> Event:
    event = Event()
    event.add("uid", f"action-{action.id}@apq-desktop")
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", _title(action.what))
    event.add("description", _description(action, evaluation, catalogue))
    # The day stays free for appointments.
    event.add("transp", "TRANSPARENT")
    return event


def _name(evaluation: Evaluation) -> str:
    parts = [evaluation.setting.name, "Action plan"]
    return clean_line(": ".join(visible_text(part) for part in parts if visible_text(part)))


def _title(what: str) -> str:
    title = " ".join(visible_text(clean_line(what)).split()) or "An action of the plan"
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
    return "\n".join(f"{label}: {said}" for label, text in lines if (said := visible_text(clean(text))))
