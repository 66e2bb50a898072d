"""Which events of the action plan stand in people's calendars, so that those that have gone are cancelled there once.

Kept in the program's own folder, a small file for each evaluation, because a calendar tells nobody what is in it. Where
it is missing nothing is cancelled, and nothing else is lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from apq_desktop.evaluation.model import Action, Evaluation
from apq_desktop.paths import own_folder

_KEPT = ("id", "what", "by_when")


def gone(evaluation: Evaluation, has_event: Iterable[Action]) -> list[Action]:
    """The actions whose events were given out, of this evaluation or the one before it, and have no event now."""
    still = {action.id for action in has_event}
    return [action for action in _given(evaluation).values() if action.id not in still]


def note(evaluation: Evaluation, given: Iterable[Action], cancelled: Iterable[Action]) -> None:
    """Remember the events that were given out, and forget those that were cancelled. Raises OSError."""
    ended = {action.id for action in cancelled}
    held = _given(evaluation) | {action.id: action for action in given}
    file = _file(evaluation.id)
    file.parent.mkdir(parents=True, exist_ok=True)
    rows = [{name: getattr(action, name) for name in _KEPT} for action in held.values() if action.id not in ended]
    making = file.with_suffix(".part")
    making.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    making.replace(file)
    if evaluation.supersedes:
        _file(evaluation.supersedes).unlink(missing_ok=True)


def _given(evaluation: Evaluation) -> dict[str, Action]:
    """The actions as they were when their events were given out, by id."""
    ids = [key for key in (evaluation.supersedes, evaluation.id) if key]
    return {action.id: action for key in ids for action in _read(key)}


def _read(evaluation_id: str) -> list[Action]:
    try:
        return [Action(**row) for row in json.loads(_file(evaluation_id).read_text("utf-8"))]
    except (OSError, ValueError, TypeError):
        return []


def _file(evaluation_id: str) -> Path:
    return own_folder("data") / "calendars" / f"{sha256(evaluation_id.encode()).hexdigest()[:32]}.json"
