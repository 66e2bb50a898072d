"""Undo after a restart: the edits of the last session as steps, as far as they can be taken back without surprise."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from datetime import datetime, timedelta

from apq_desktop.evaluation.edits.changes import Change, RemoveItem, SetField, apply, items, resolve, reverse
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.text.dates import moment
from apq_desktop.storage.history.queries import EarlierText, PastChange

PAUSE = timedelta(hours=1)
"""A pause longer than this between two edits is the end of a session."""


def steps(past: Sequence[PastChange], evaluation: Evaluation) -> list[Change]:
    """The last session's edits, oldest first, from what the store remembers, newest first.

    Each step is tried on a copy; the first that does not fit, such as a text in an item that is gone, ends the list.
    """
    copy, found = deepcopy(evaluation), []
    for change in _last_session(past):
        try:
            step = _step(change, copy)
            apply(copy, reverse(step))
        except (KeyError, AttributeError):
            break
        found.append(step)
    return found[::-1]


def _last_session(past: Sequence[PastChange]) -> list[PastChange]:
    session: list[PastChange] = []
    later: datetime | None = None
    for change in past:
        if not change.whole:
            break
        at = moment(change.at)
        if at is None or (later is not None and later - at > PAUSE):
            break
        later = at
        session.append(change)
    return session


def _step(change: PastChange, evaluation: Evaluation) -> Change:
    if isinstance(change, EarlierText):
        now = getattr(resolve(evaluation, change.target), change.field)
        return SetField(change.target, change.field, tuple(now) if isinstance(now, list) else now, change.text)
    if change.position > len(items(evaluation, change.place)):
        raise KeyError(change.position)
    return RemoveItem(change.place, change.item, change.position)
