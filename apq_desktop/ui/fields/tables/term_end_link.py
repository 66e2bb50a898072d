"""The last day of this term, beside the groups of a table that hang on it, with the way to choose another."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.terms import term_end
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.popups.calendar_popup import CalendarPopup

if TYPE_CHECKING:
    from apq_desktop.ui.session.form_settings import FormMemory


class TermEndLink(LinkButton):
    """Say the day; a press opens a calendar. What is chosen counts on this computer until the day has passed."""

    changed = Signal()

    def __init__(self, memory: FormMemory) -> None:
        super().__init__("")
        self._memory = memory
        self.clicked.connect(lambda: self.choose_from_calendar().open_below())
        self.refresh()

    def refresh(self) -> None:
        """Say the day as it is now."""
        words = f"Term ends {dates.shown(self._day().isoformat())}"
        self.setText(words)
        self.setAccessibleName(f"{words}: choose another day")

    def choose_from_calendar(self) -> CalendarPopup:
        """A calendar at the day, ready to be opened."""
        calendar = CalendarPopup(self, self._day())
        calendar.day_chosen.connect(self._choose)
        return calendar

    def _day(self) -> date:
        return term_end(date.today(), self._memory.term_end)  # noqa: DTZ011 - the person's own day

    def _choose(self, day: date) -> None:
        self._memory.term_end = day
        self.refresh()
        self.changed.emit()
