"""Undo and redo across the whole evaluation: what was done, in steps that a user would recognise."""

from __future__ import annotations

from apq_desktop.evaluation.edits.changes import Change, coalesce, reverse

PAUSE = 1.0
"""Seconds without typing after which the next letter starts a new step."""
MOST_STEPS = 1_000


class UndoSteps:
    """The steps done and undone. Only typing joins: in one place, without a pause, up to the end of a sentence."""

    def __init__(self) -> None:
        self._done: list[Change] = []
        self._undone: list[Change] = []
        self._last = float("-inf")

    @property
    def next_undo(self) -> Change | None:
        """The step that ``undo`` would take back, as it was made."""
        return self._done[-1] if self._done else None

    @property
    def next_redo(self) -> Change | None:
        """The step that ``redo`` would make again."""
        return self._undone[-1] if self._undone else None

    def add(self, change: Change, now: float) -> bool:
        """Remember a change that was just made at ``now``, in seconds of a clock that never goes back.

        Returns whether that was a step of its own, or the first after an undo.
        """
        joined = coalesce(self._done[-1], change) if self._done and now - self._last < PAUSE else None
        is_new = joined is None or bool(self._undone)
        if joined is None:
            self._done.append(change)
            del self._done[:-MOST_STEPS]
        else:
            self._done[-1] = joined
        self._undone.clear()
        self._last = now
        return is_new

    def end_step(self) -> None:
        """Whatever comes next is a step of its own."""
        self._last = float("-inf")

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
        self.end_step()
        return change if forward else reverse(change)
