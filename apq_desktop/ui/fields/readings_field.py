"""Dated readings of a measure: one row each, the latest last, so that a new one leaves the earlier as they were."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apq_desktop.evaluation.text.readings import DatedReading, parse_readings, readings_text
from apq_desktop.ui.fields.field_layout import describe
from apq_desktop.ui.fields.line_fields import DateField
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import ReplaceableColumn, column_in


class ReadingsField(QWidget):
    """The readings of one action as one text (see ``evaluation.text.readings``). A row left empty is not kept."""

    changed = Signal(str)
    editing_finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._value = ""
        self.rows: list[tuple[DateField, TextField]] = []
        column = column_in(self)
        self._column = ReplaceableColumn(12)
        column.addWidget(self._column)
        self.add = LinkButton("+  Add a reading", name="Add a reading")
        self.add.clicked.connect(self._add)
        column.addWidget(self.add)

    def value(self) -> str:
        """The text of the readings."""
        return self._value

    def load(self, value: str) -> None:
        """Show readings without saying that they changed; rows that stay keep the cursor."""
        if value != self._value:
            self._value = value
            readings = parse_readings(value)
            if len(readings) != len(self.rows):
                self._show(readings)
            for (day, words), reading in zip(self.rows, readings, strict=True):
                day.load(reading.date)
                words.load(reading.words)

    def leave_undo_to_window(self) -> None:
        """Undo is the evaluation's; each row made from now on leaves it there too."""

    def setFocus(self, *reason: Any) -> None:
        """Put the cursor into the latest reading, or onto the button where there is none."""
        (self.rows[-1][1] if self.rows else self.add).setFocus(*reason)

    def setReadOnly(self, read_only: bool) -> None:
        """Show without letting it be changed."""
        self.add.setEnabled(not read_only)
        for day, words in self.rows:
            day.setReadOnly(read_only)
            words.setReadOnly(read_only)

    def _show(self, readings: list[DatedReading]) -> None:
        self._column.renew()
        self.rows = []
        for reading in readings:
            self._add_row(reading)

    def _add_row(self, reading: DatedReading) -> None:
        day, words = DateField(), TextField(lines=1)
        day.load(reading.date)
        words.load(reading.words)
        number = len(self.rows) + 1
        describe(day, f"Date of reading {number}")
        describe(words, f"Reading {number}")
        row = QVBoxLayout()
        row.setSpacing(3)
        row.addWidget(day)
        row.addWidget(words)
        for field in (day, words):
            field.leave_undo_to_window()
            field.changed.connect(self._take)
            field.editing_finished.connect(self.editing_finished)
        self._column.addLayout(row)
        self._column.show_now()
        self.rows.append((day, words))

    def _add(self) -> None:
        if not self.rows or self.rows[-1][1].value():
            self._add_row(DatedReading(date.today().isoformat(), ""))  # noqa: DTZ011 - the person's own day
        self.rows[-1][1].setFocus()

    def _take(self) -> None:
        readings = (DatedReading(day.value(), words.value()) for day, words in self.rows)
        value = readings_text(one for one in readings if one.words)
        if value != self._value:
            self._value = value
            self.changed.emit(value)
