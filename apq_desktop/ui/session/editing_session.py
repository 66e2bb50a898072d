"""One open evaluation in the window: the one door for every edit, with undo."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from apq_desktop.evaluation.edits.changes import Change, SetField, Target, Value, apply, resolve
from apq_desktop.evaluation.edits.undo import UndoSteps
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.rules.outgoing_copy import Include
from apq_desktop.evaluation.text.dates import is_kept, utc_stamp
from apq_desktop.evaluation.text.splice import is_typed
from apq_desktop.review.lines import ReviewLine
from apq_desktop.toolkit.catalogue import Catalogue
from apq_desktop.ui.session.listeners import Listeners
from apq_desktop.ui.session.open_file.autosave import Autosave


class EditingSession(QObject):
    """The evaluation in memory, its undo steps and its autosave. Widgets call ``make`` and ``set_field`` only.

    ``leaving``: whoever holds words that are not the evaluation's yet hands them over now. ``steps`` are those of
    the same evaluation when it was in view before, since the file was opened. ``review_lines`` are what was
    written about the evaluation on either side. ``listeners`` are told of what they show; ``change_made`` is for
    what shows the evaluation as a whole.
    """

    change_made = Signal(object)
    steps_changed = Signal()
    leaving = Signal()
    message_posted = Signal(str)
    field_bound = Signal(object)
    told = Signal(str)
    history_requested = Signal(object)
    earlier_requested = Signal(object, str)
    reviews_requested = Signal()
    reviews_changed = Signal()

    def __init__(
        self,
        evaluation: Evaluation,
        catalogue: Catalogue,
        autosave: Autosave,
        *,
        read_only: bool = False,
        steps: UndoSteps | None = None,
        review_lines: tuple[ReviewLine, ...] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.evaluation, self.catalogue, self.autosave, self.read_only = (
            evaluation,
            catalogue,
            autosave,
            read_only,
        )
        self.steps = steps or UndoSteps()
        self.listeners = Listeners()
        self.review_lines = review_lines
        self.going_out = Include(notes=False)
        """What is ticked to go into the next pack."""
        self.keep_answers: Callable[[], str] = lambda: ""
        """Keeps answers that are still being typed. Returns an empty text, or why they were not saved."""
        self._clock = clock
        autosave.stored.connect(self._note_stored)

    def make(self, change: Change, *, told: str = "") -> None:
        """Carry out an edit, save it soon, and remember how to undo it. ``told`` is said of it, with Undo beside it."""
        self._carry_out(change)
        if self.steps.add(change, self._clock()):
            self.steps_changed.emit()
        if told:
            self.told.emit(told)

    def set_field(self, target: Target, field: str, value: Value) -> None:
        """Give a field a new value."""
        before = getattr(resolve(self.evaluation, target), field)
        before = tuple(before) if isinstance(before, list) else before
        if before != value:
            self.make(SetField(target, field, value, before, _is_typed(before, value)))

    def leave_field(self) -> None:
        """A field was left: save what it holds, and let what comes next be a step of its own."""
        self.steps.end_step()
        self.autosave.flush()

    def flush(self) -> None:
        """Have all that is typed handed over, and save it now without waiting."""
        self.leaving.emit()
        self.leave_field()

    def finish(self) -> str:
        """Have all that is typed handed over, save it and wait. Returns an empty text, or why it was not saved."""
        self.leaving.emit()
        return self.keep_answers() or self.autosave.finish()

    def add_review_line(self, line: ReviewLine) -> None:
        """A line of the setting's own is in the file now."""
        self.review_lines = (*self.review_lines, line)
        self.reviews_changed.emit()

    def post_limit(self, limit: int) -> None:
        """Say that a field could not take all that was put into it."""
        self.message_posted.emit(f"A field holds at most {limit:,} characters. What did not fit was left out.")

    def _note_stored(self, at: datetime) -> None:
        """The file says when it was last changed; what is sent of it says the same."""
        self.evaluation.changed = utc_stamp(at.isoformat())

    def note_sent(self, revision: int, changed: str, *, saved: bool) -> None:
        """A copy with this revision was made for sending. That cannot be undone. ``saved``: the file knows already."""
        self.evaluation.changed = changed
        change = SetField(Target("evaluation"), "revision", revision, self.evaluation.revision)
        if saved:
            apply(self.evaluation, change)
            self._tell(change)
        else:
            self._carry_out(change)

    def undo(self) -> Change | None:
        """Take the last step back. Returns the change that did, or None where there is nothing to undo."""
        return self._turn(self.steps.undo())

    def redo(self) -> Change | None:
        """Make the last undone step again. Returns the change that did, or None."""
        return self._turn(self.steps.redo())

    def _turn(self, change: Change | None) -> Change | None:
        if change is not None:
            self._carry_out(change)
            self.steps_changed.emit()
        return change

    def _carry_out(self, change: Change) -> None:
        apply(self.evaluation, change)
        self.autosave.add(change)
        self._tell(change)

    def _tell(self, change: Change) -> None:
        self.listeners.tell(change, self.evaluation)
        self.change_made.emit(change)


def _is_typed(before: Value, value: Value) -> bool:
    if not (isinstance(before, str) and isinstance(value, str)):
        return False
    return is_typed(before, value) or (value != "" and (is_kept(before) or is_kept(value)))
