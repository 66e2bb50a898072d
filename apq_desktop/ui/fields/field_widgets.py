"""Widgets made from the table of fields: which control edits a field, with what label, hint and choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtWidgets import QBoxLayout

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.evaluation.fields import FIXED_CHOICES, Field
from apq_desktop.ui.fields.choice_fields import ChoiceField, FlagField, Grouped
from apq_desktop.ui.fields.field_layout import describe, field_row
from apq_desktop.ui.fields.line_fields import DateField, LineField
from apq_desktop.ui.fields.readings_field import ReadingsField
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.session.editing_session import EditingSession
from apq_desktop.ui.session.field_binding import FieldBinding
from apq_desktop.ui.widgets.layouts import add_layout
from apq_desktop.ui.widgets.text_labels import PlainLabel

MOST_IN_A_ROW = 5
"""Several choices of one letter each stand in a row, others below each other."""
SHORTENED = 70
Choices = list[tuple[str, str]]


def add_fields(
    column: QBoxLayout, session: EditingSession, binding: FieldBinding, target: Target, fields: Iterable[Field]
) -> list[Any]:
    """Add a bound control for each field to a column. Returns the controls in order."""
    return [_add_field(column, session, binding, target, field) for field in fields]


def _add_field(column: QBoxLayout, session: EditingSession, binding: FieldBinding, target: Target, field: Field) -> Any:
    label, control = field.form_label or field.label, field_widget(field, choices_of(field, session, target))
    if isinstance(control, Grouped):
        column.addWidget(PlainLabel(label, bold=True))
        describe(control, label)
        column.addWidget(control)
    else:
        add_layout(column, field_row(label, control, hint=field.hint))
    binding.bind(control, target, field.name)
    return control


def field_widget(field: Field, choices: Choices) -> Any:
    """The control that edits a field. Raises KeyError for one that is not edited by itself."""
    makers: Mapping[str, Callable[[], Any]] = {
        "line": LineField,
        "text": lambda: TextField(lines=field.lines),
        "date": DateField,
        "readings": ReadingsField,
        "choice": lambda: ChoiceField(choices),
        "several": lambda: Grouped(
            field.form_label or field.label,
            choices,
            in_row=len(choices) <= MOST_IN_A_ROW and all(len(words) == 1 for _, words in choices),
        ),
        "flag": lambda: FlagField(field.label),
    }
    return makers[field.editor]()


def choices_of(field: Field, session: EditingSession, target: Target) -> Choices:
    """What can be chosen in a field of one thing, as pairs of key and words."""
    match field.kind, field.name:
        case "setting", "kind":
            choices = [(kind.key, kind.title) for kind in session.catalogue.kinds]
        case "evaluation", "purposes":
            choices = [(purpose.key, purpose.title) for purpose in session.catalogue.purposes]
        case "actions", "development_area":
            choices = development_areas(session, target.key)
        case _:
            choices = list(FIXED_CHOICES.get((field.kind, field.name), {}).items())
    return [("", field.empty), *choices] if field.editor == "choice" and field.empty else choices


def development_areas(session: EditingSession, action: str) -> Choices:
    """The development areas that an action can answer: of its area, and the one it answers wherever that is now."""
    record = next(one for one in session.evaluation.actions if one.id == action)
    choices: Choices = []
    for area in session.evaluation.areas:
        for entry in area.development_areas:
            if area.key == record.area:
                choices.append((entry.id, _shortened(entry.text)))
            elif entry.id == record.development_area:
                choices.append((entry.id, f"In {area.number} {area.title}: {_shortened(entry.text)}"))
    return choices


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return (line if len(line) <= SHORTENED else f"{line[: SHORTENED - 1]}…") or "Not written yet"
