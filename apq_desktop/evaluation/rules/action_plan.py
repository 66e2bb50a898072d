"""The action plan: which actions are due, whose they are, and how far each has come, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Literal

from apq_desktop.evaluation.fields import ACTION_WORDS, PRIORITY_WORDS, fields_of
from apq_desktop.evaluation.model import Action, Evaluation
from apq_desktop.evaluation.rules.progress import is_open
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.dates import parse
from apq_desktop.evaluation.text.search_folding import fold
from apq_desktop.evaluation.text.terms import term_end

When = Literal["overdue", "this-term", "later", "no-date", "closed"]
WHEN_WORDS: dict[When, str] = {
    "overdue": "Overdue",
    "this-term": "This term",
    "later": "Later",
    "no-date": "No date",
    "closed": "Finished or stopped",
}
"""The groups of the plan, in its order. A date in the user's own words, such as "by Easter", is no date here."""


def due(action: Action) -> date | None:
    """The day by which an action is to be done; None for words such as "by Easter"."""
    return parse(action.by_when)


def overdue(action: Action, today: date) -> bool:
    """Whether an action still waits although its day has passed. The day itself is not late."""
    day = due(action)
    return day is not None and day < today and is_open(action)


def when(action: Action, today: date, term: date | None = None) -> When:
    """The group of the plan in which an action stands. ``term`` is the last day of this one, where it was chosen."""
    day = due(action)
    if not is_open(action):
        return "closed"
    if day is None:
        return "no-date"
    if day < today:
        return "overdue"
    return "this-term" if day <= term_end(today, term) else "later"


def as_at(evaluation: Evaluation) -> date | None:
    """The day on which the evaluation says how things stand: that of its last change, which every copy carries."""
    return parse(evaluation.changed[:10]) or parse(evaluation.completed_on)


def plan_order(actions: Iterable[Action], today: date | None) -> list[Action]:
    """The actions as they are worked through: overdue, by date, without a date; finished and stopped last."""
    waiting: list[Action] = []
    closed: list[Action] = []
    for action in by_due_date(actions):
        (waiting if is_open(action) else closed).append(action)
    if today is not None:
        waiting.sort(key=lambda action: not overdue(action, today))
    return waiting + closed


def filtered(actions: Iterable[Action], *, who: str = "", area: str = "", words: str = "") -> list[Action]:
    """The actions that fit, in their order; what is left empty lets every action through.

    ``who`` and ``words`` are looked for without regard to accents and case, all their words in any order: ``who``
    in whose action it is, ``words`` in everything that is written in it. ``area`` is a key.
    """

    def fits(action: Action) -> bool:
        everything = (getattr(action, field.name) for field in fields_of("actions") if field.is_text)
        return area in ("", action.area) and _holds(action.who, who) and _holds(" ".join(everything), words)

    return list(filter(fits, actions))


def by_due_date(actions: Iterable[Action]) -> list[Action]:
    """The actions with the earliest day first; then dates in the user's own words, then those without any."""
    return sorted(actions, key=_due_order)


def sorted_by(
    evaluation: Evaluation, actions: Iterable[Action], field: str, *, last_first: bool = False
) -> list[Action]:
    """The actions in the order of one field; those with nothing in it come last in either direction.

    Areas are in the order of their numbers, progress from not started to stopped; equal ones stay as they are.
    """
    numbers = {area.key: area.number for area in evaluation.areas}
    stages = {progress: n for n, progress in enumerate(ACTION_WORDS)}
    ranks = {priority: n for n, priority in enumerate(PRIORITY_WORDS)}
    orders: dict[str, Callable[[Action], Any]] = {
        "area": lambda action: numbers.get(action.area),
        "by_when": lambda action: _due_order(action) if visible_text(action.by_when) else None,
        "progress": lambda action: stages[action.progress],
        "priority": lambda action: ranks.get(action.priority),
    }

    def words(action: Action) -> str | None:
        return fold(visible_text(getattr(action, field))) or None

    order = orders.get(field, words)
    chosen = list(actions)
    written = [action for action in chosen if order(action) is not None]
    return sorted(written, key=order, reverse=last_first) + [action for action in chosen if order(action) is None]


def people(actions: Iterable[Action]) -> list[str]:
    """Whose actions these are, each once and as first written, in alphabetical order: what ``who`` can be."""
    names: dict[str, str] = {}
    for action in actions:
        if who := " ".join(visible_text(action.who).split()):
            names.setdefault(fold(who), who)
    return [names[key] for key in sorted(names)]


def distance(action: Action) -> str:
    """How far an action has come: ``Attendance: from 41 % to 74 % (target: 80 %)``. Empty where nobody said.

    Distance travelled is told, never reckoned (Back on Track pilots, 2012: measures need a starting point).
    """
    measure, start, now, target = (
        " ".join(visible_text(text).split())
        for text in (action.measure, action.starting_point, action.current_point, action.target)
    )
    if start and now:
        said = f"from {start} to {now}"
    elif start:
        said = f"from {start}; where it stands now is not said yet"
    elif now:
        said = f"now {now}; the starting point is not said"
    else:
        return ""
    if target:
        said = f"{said} (target: {target})"
    return f"{measure.rstrip(' .:;')}: {said}" if measure else said[0].upper() + said[1:]


def _due_order(action: Action) -> tuple[int, date, str]:
    day = due(action)
    return (
        0 if day else 1 if visible_text(action.by_when) else 2,
        day or date.max,
        fold(action.by_when) if not day else "",
    )


def _holds(text: str, words: str) -> bool:
    if not words:
        return True
    where = fold(text)
    return all(word in where for word in fold(words).split())
