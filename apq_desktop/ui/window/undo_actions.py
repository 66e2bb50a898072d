"""Undo and Redo in the menu: they say what they take back, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenuBar, QWidget

from apq_desktop.ui.fields.field_editing import UNDO_ACTIONS

if TYPE_CHECKING:
    from apq_desktop.ui.window.main_window import MainWindow

KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class UndoActions(QObject):
    """The two actions. Where somebody writes in a field with an undo of its own, they are that field's."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._writing_in: Any = None
        self.undo, self.redo = QAction("&Undo", window), QAction("&Redo", window)
        steps = (self._undo, self._redo)
        for action, name, key, act in zip((self.undo, self.redo), UNDO_ACTIONS.values(), KEYS, steps, strict=True):
            action.setObjectName(name)
            action.setShortcuts(QKeySequence.keyBindings(key))
            action.triggered.connect(act)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def show(self) -> None:
        """Say what there is to take back now."""
        field, session = self._field(), self._window.session
        if field is not None:
            steps_of = field.document() if hasattr(field, "document") else field
            can, names = (steps_of.isUndoAvailable(), steps_of.isRedoAvailable()), ["in this field"] * 2
        elif session is None or session.read_only:
            can, names = (False, False), ["", ""]
        else:
            from apq_desktop.evaluation.edits.step_names import step_name

            steps = (session.steps.next_undo, session.steps.next_redo)
            can = (steps[0] is not None, steps[1] is not None)
            names = [step_name(step, session.evaluation, session.catalogue) if step else "" for step in steps]
        for action, verb, name, enabled in zip((self.undo, self.redo), ("&Undo", "&Redo"), names, can, strict=True):
            action.setText(f"{verb} {name}".strip().replace(" & ", " && "))
            action.setEnabled(enabled)

    def _undo(self) -> None:
        field = self._field()
        if field is not None:
            field.undo()
        else:
            self._window.undo()

    def _redo(self) -> None:
        field = self._field()
        if field is not None:
            field.redo()
        else:
            self._window.redo()

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
