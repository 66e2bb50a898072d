"""Which events of the action plan stand in people's calendars, so that those that have gone are cancelled there once.

Kept in the program's own folder, a small file for each evaluation, because a calendar tells nobody what is in it. Where
it is missing nothing is cancelled, and nothing else is lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from apq_desktop.evaluation.model import Action, Evaluation
from apq_desktop.paths import own_folder

_KEPT = ("id", "what", "by_when")


@dataclass(frozen=True, slots=True)
class _Kept:
    number: int = 0
    given: tuple[Action, ...] = ()


def gone(evaluation: Evaluation, has_event: Iterable[Action]) -> list[Action]:
    """The actions whose events were given out, of this evaluation or the one before it, and have no event now."""
    still = {action.id for action in has_event}
    return [action for action in _given(evaluation).values() if action.id not in still]


def next_number(evaluation: Evaluation) -> int:
    """The number of the next file: above the last one's, whatever the clock said then."""
    return 1 + max((_read(key).number for key in _ids(evaluation)), default=0)


def note(evaluation: Evaluation, given: Iterable[Action], cancelled: Iterable[Action], number: int) -> None:
    """Remember the events that were given out in the file of this number, and forget those that were cancelled.

    Raises OSError.
    """
    ended = {action.id for action in cancelled}
    held = _given(evaluation) | {action.id: action for action in given}
    file = _file(evaluation.id)
    file.parent.mkdir(parents=True, exist_ok=True)
    rows = [{name: getattr(action, name) for name in _KEPT} for action in held.values() if action.id not in ended]
    making = file.with_suffix(".part")
    making.write_text(json.dumps({"number": number, "given": rows}, ensure_ascii=False), encoding="utf-8")
    making.replace(file)
    if evaluation.supersedes:
        _file(evaluation.supersedes).unlink(missing_ok=True)


def _given(evaluation: Evaluation) -> dict[str, Action]:
    """The actions as they were when their events were given out, by id."""
    return {action.id: action for key in _ids(evaluation) for action in _read(key).given}


def _ids(evaluation: Evaluation) -> list[str]:
    return [key for key in (evaluation.supersedes, evaluation.id) if key]


def _read(evaluation_id: str) -> _Kept:
    try:
        kept = json.loads(_file(evaluation_id).read_text("utf-8"))
        return _Kept(int(kept["number"]), tuple(Action(**row) for row in kept["given"]))
    except (OSError, ValueError, TypeError, KeyError):
        return _Kept()


def _file(evaluation_id: str) -> Path:
    return own_folder("data") / "calendars" / f"{sha256(evaluation_id.encode()).hexdigest()[:32]}.json"
