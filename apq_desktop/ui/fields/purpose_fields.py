"""The context that only some purposes ask for: when a setting opens, which school it belongs to, who reviews it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from apq_desktop.evaluation.edits.changes import Change, SetField, Target, resolve, single_steps
from apq_desktop.evaluation.fields import fields_of
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.toolkit.catalogue import Asked
from apq_desktop.ui.fields.field_widgets import add_fields
from apq_desktop.ui.session.editing_session import EditingSession
from apq_desktop.ui.session.field_binding import FieldBinding
from apq_desktop.ui.widgets.layouts import column_in

TARGETS = {"setting": Target("setting"), "evaluation": Target("evaluation")}
PURPOSES = (TARGETS["evaluation"], "purposes")


class AskedByPurpose(QWidget):
    """The fields that the chosen purposes ask for. One that is written stays, whatever is chosen later."""

    def __init__(self, session: EditingSession, binding: FieldBinding) -> None:
        super().__init__()
        self._session = session
        self._rows: list[tuple[str, Asked, QWidget]] = []
        column = column_in(self, 8)
        for purpose in session.catalogue.purposes:
            for asked in purpose.asks:
                row, (target, name) = QWidget(), where(asked)
                box = column_in(row)
                fields = (replace(field, hint=asked.hint) for field in fields_of(target.kind) if field.name == name)
                add_fields(box, session, binding, target, fields)
                column.addWidget(row)
                self._rows.append((purpose.key, asked, row))
        self._show()
        session.listeners.add(self._follow, PURPOSES, *(where(asked) for _, asked, _ in self._rows))

    def _follow(self, change: Change) -> None:
        steps = (step for step in single_steps(change) if isinstance(step, SetField))
        self._show(keep=PURPOSES not in {(step.target, step.field) for step in steps})

    def _show(self, *, keep: bool = False) -> None:
        """Show what is asked for; ``keep`` lets nothing vanish, such as a field that is being emptied."""
        evaluation = self._session.evaluation
        shown = []
        for purpose, asked, row in self._rows:
            target, name = where(asked)
            wanted = purpose in evaluation.purposes or bool(visible_text(getattr(resolve(evaluation, target), name)))
            row.setVisible(wanted or (keep and not row.isHidden()))
            shown.append(not row.isHidden())
        if not any(shown):
            self.hide()
        elif self.parent() is not None:  # shown before it has a parent, it would be a window
            self.show()


def where(asked: Asked) -> tuple[Target, str]:
    """What a piece of context belongs to, and the name of its field."""
    kind, _, name = asked.field.partition(".")
    return TARGETS[kind], name
