"""Undo and redo across the whole evaluation: what was done, in steps that a person would recognise."""

from __future__ import annotations

from collections.abc import Iterable

from apq_desktop.evaluation.edits.changes import Change, coalesce, reverse

PAUSE = 1.0
"""Seconds without typing after which the next letter starts a new step."""
MOST_STEPS = 1_000


class UndoSteps:
    """The steps done and undone. Typing in one field without a pause is one step.

    ``done`` are steps of an earlier session, oldest first.
    """

    def __init__(self, done: Iterable[Change] = ()) -> None:
        self._done: list[Change] = list(done)
        self._undone: list[Change] = []
        self._last = float("-inf")

    def add(self, change: Change, now: float) -> None:
        """Remember a change that was just made at ``now``, in seconds of a clock that never goes back."""
        joined = coalesce(self._done[-1], change) if self._done and now - self._last < PAUSE else None
        if joined and joined.value == joined.before:
            self._done.pop()  # typed and taken back: undoing it would do nothing that anybody sees
        elif joined:
            self._done[-1] = joined
        else:
            self._done.append(change)
            del self._done[:-MOST_STEPS]
        self._undone.clear()
        self._last = now

    def undo(self) -> Change | None:
        """The change that takes the last step back, for the caller to make; None where there is none."""
        return self._turn(self._done, self._undone, forward=False)

    def redo(self) -> Change | None:
        """The change that makes the last undone step again, for the caller to make; None where there is none."""
        return self._turn(self._undone, self._done, forward=True)

    def _turn(self, source: list[Change], target: list[Change], *, forward: bool) -> Change | None:
        if not source:
            return None
        change = source.pop()
        target.append(change)
        self._last = float("-inf")
        return change if forward else reverse(change)
