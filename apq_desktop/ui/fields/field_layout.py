"""A field and its label: label, buddy, accessible name and description are set here and nowhere else."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from apq_desktop.ui.widgets.layouts import FlowLayout
from apq_desktop.ui.widgets.text_labels import PlainLabel
from apq_desktop.ui.widgets.tick_boxes import words_begin


class ChoiceHint(PlainLabel):
    """What an answer means, below it and set in as far as its words."""

    def __init__(self, hint: str) -> None:
        super().__init__(hint, quiet=True)

    def _dress(self) -> None:
        super()._dress()
        self.setContentsMargins(words_begin(self.fontMetrics()), 0, 0, 0)


def field_row(label: str, field: QWidget, *, name: str = "", hint: str = "", quiet: bool = False) -> QVBoxLayout:
    """A field under its label: label, buddy, accessible name and description, set in this one place."""
    box = QVBoxLayout()
    box.setSpacing(3)
    shown = PlainLabel(label, bold=not quiet, quiet=quiet, scale=0.95 if quiet else 1.0)
    box.addWidget(shown)
    if hint:
        box.addWidget(PlainLabel(hint, quiet=True, scale=0.95))
    box.addWidget(field)
    describe(field, name or label, hint, shown)
    return box


def compact_field(label: str, field: QWidget, *, name: str = "") -> QWidget:
    """A field under its quiet label, as one widget that a row can hold."""
    holder, box = QWidget(), field_row(label, field, name=name, quiet=True)
    box.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(box)
    return holder


def inline_field(label: str, field: QWidget, *, name: str = "") -> FlowLayout:
    """A field beside its label, for what is secondary; below it where both have no room."""
    row = FlowLayout(8, fill=True)
    shown = PlainLabel(label, quiet=True, scale=0.95)
    shown.setWordWrap(False)
    row.addWidget(shown)
    row.addWidget(field)
    describe(field, name or label, label=shown)
    return row


def describe(field: QWidget, name: str, hint: str = "", label: QLabel | None = None) -> None:
    """Give a field its accessible name, description and buddy."""
    field.setAccessibleName(name)
    if hint:
        field.setAccessibleDescription(hint)
    if label is not None:
        label.setBuddy(field)
