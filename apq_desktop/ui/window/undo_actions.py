"""Undo and Redo in the menu: they say what they take back, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenuBar, QWidget

from apq_desktop.ui.fields.field_editing import UNDO_ACTIONS
from apq_desktop.ui.widgets.text_labels import announce

if TYPE_CHECKING:
    from apq_desktop.evaluation.edits.changes import Change
    from apq_desktop.ui.session.app_context import CurrentEvaluation, OpenEvaluation


class UndoActions(QObject):
    """The two actions. Where somebody writes in a field with an undo of its own, they are that field's.

    ``stepped`` comes before the place of the change is shown.
    """

    stepped = Signal()

    def __init__(self, window: QWidget, current: CurrentEvaluation) -> None:
        super().__init__(window)
        self._window, self._current = window, current
        self._writing_in: Any = None
        self.undo, self.redo = QAction(window), QAction(window)
        for action, name, act in zip(
            (self.undo, self.redo), UNDO_ACTIONS.values(), (self._undo, self._redo), strict=True
        ):
            action.setObjectName(name)
            action.triggered.connect(act)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def show(self) -> None:
        """Say what there is to take back now."""
        field, here = self._field(), self._current.get()
        if field is not None:
            steps_of = field.document() if hasattr(field, "document") else field
            can, names = (steps_of.isUndoAvailable(), steps_of.isRedoAvailable()), ["in this field"] * 2
        elif here is None or here.session.read_only:
            can, names = (False, False), ["", ""]
        else:
            session = here.session
            steps = (session.steps.next_undo, session.steps.next_redo)
            can = (steps[0] is not None, steps[1] is not None)
            names = [_name(here, step) for step in steps]
        for action, verb, name, enabled in zip((self.undo, self.redo), ("&Undo", "&Redo"), names, can, strict=True):
            action.setText(f"{verb} {name}".strip().replace(" & ", " && "))
            action.setEnabled(enabled)

    def take_back(self) -> None:
        """Take the last step back, and show where."""
        here = self._current.get()
        if here and not here.session.read_only:
            words = _name(here, here.session.steps.next_undo)
            self._show(here, here.session.undo(), f"Undone: {words}")

    def make_again(self) -> None:
        """Make the last undone step again, and show where."""
        here = self._current.get()
        if here and not here.session.read_only:
            words = _name(here, here.session.steps.next_redo)
            self._show(here, here.session.redo(), f"Made again: {words}")

    def _show(self, here: OpenEvaluation, change: Change | None, words: str) -> None:
        """Show where a step was, and say what it was to whoever does not see it."""
        if change is not None:
            self.stepped.emit()
            here.view.show_change(change)
            announce(self._window, words)

    def _undo(self) -> None:
        field = self._field()
        field.undo() if field is not None else self.take_back()

    def _redo(self) -> None:
        field = self._field()
        field.redo() if field is not None else self.make_again()

    def _field(self) -> Any:
        """The field with an undo of its own in which somebody writes, or None."""
        field = self._writing_in
        return field if field is not None and shiboken6.isValid(field) and field.isVisible() else None

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or isinstance(now, QMenuBar):
            return  # in a menu, or another window: the field is still the one
        field = now if getattr(now, "window_undoes", True) is False and not now.isReadOnly() else None  # type: ignore[attr-defined]
        if field is not None or self._writing_in is not None:
            self._writing_in = field
            self.show()


def _name(here: OpenEvaluation, step: Change | None) -> str:
    """A step in a few words."""
    from apq_desktop.evaluation.edits.step_names import step_name

    return step_name(step, here.session.evaluation, here.session.catalogue) if step else ""
