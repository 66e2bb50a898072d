"""Tie fields to the evaluation: what is typed becomes a change, and a change from elsewhere (undo) is shown."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from apq_desktop.evaluation.edits.changes import Change, SetField, Step, Target, resolve, single_steps
from apq_desktop.evaluation.text.splice import splice
from apq_desktop.ui.session.editing_session import EditingSession


class FieldBinding(QObject):
    """The fields of one form, each bound to one field of one target."""

    def __init__(self, session: EditingSession, parent: QObject) -> None:
        super().__init__(parent)
        self.session = session
        self._fields: dict[tuple[Target, str], Any] = {}

    def bind(self, field: Any, target: Target, name: str) -> None:
        """Show the target's value in ``field`` and send what is typed through the session."""
        connect(field, self.session, target, name)
        self._fields[target, name] = field
        self.session.listeners.add(self._show, (target, name))

    def release(self, target: Target) -> None:
        """Forget the fields of a target whose widgets go away."""
        for key in [key for key in self._fields if key[0] == target]:
            del self._fields[key]
            self.session.listeners.remove(self._show, key)

    def field(self, target: Target, name: str) -> Any:
        """The field bound to a target's name, or None."""
        return self._fields.get((target, name))

    def _show(self, change: Change) -> None:
        for step in single_steps(change):
            if isinstance(step, SetField) and (field := self._fields.get((step.target, step.field))):
                field.load(step.value)


def connect(field: Any, session: EditingSession, target: Target, name: str) -> None:
    """Show the target's value, and hand over each letter: the one way from a field into the evaluation."""
    field.bound_to = target, name
    field.load(getattr(resolve(session.evaluation, target), name))
    field.changed.connect(lambda value: session.set_field(target, name, value))
    if hasattr(field, "editing_finished"):
        field.editing_finished.connect(session.leave_field)
    if hasattr(field, "cut_short"):
        field.cut_short.connect(session.post_limit)
        field.leave_undo_to_window()
        field.show_earlier = partial(session.earlier_requested.emit, target, name)
    if session.read_only:
        set_read_only(field)
    session.field_bound.emit(field)


def put_cursor(field: Any, step: Step) -> None:
    """Put the cursor of the field that shows a step to the end of what the step changed."""
    if isinstance(step, SetField) and isinstance(step.value, str) and hasattr(field, "put_cursor"):
        field.put_cursor(splice(str(step.before), step.value).end)


def set_read_only(field: Any) -> None:
    """Show without letting it be changed."""
    if hasattr(field, "setReadOnly"):
        field.setReadOnly(True)
    else:
        field.setEnabled(False)
