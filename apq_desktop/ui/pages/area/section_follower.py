"""Which section of an area's form is in view, and the way to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QAbstractButton, QWidget

from apq_desktop.evaluation.rules.progress import Section
from apq_desktop.ui.widgets.scroll_area import reading_order

if TYPE_CHECKING:
    from apq_desktop.ui.pages.area.area_form import AreaForm

ABOVE = 12
"""Pixels left free above a section that is gone to."""


class SectionFollower(QObject):
    """Say which section's heading last passed the top of the form, whenever that changes."""

    changed = Signal(str)

    def __init__(self, form: AreaForm) -> None:
        super().__init__(form)
        self._form, self._going = form, False
        self.now: Section = "questions"
        form.verticalScrollBar().valueChanged.connect(self._scrolled)

    def go_to(self, section: Section) -> None:
        """Scroll to a section, and say that it is the one in view even where the page ends before it is at the top."""
        self._form.finish()
        if (part := self._form.sections.get(section)) is not None:
            self._going = True
            self._form.verticalScrollBar().setValue(self._top(part) - ABOVE)
            self._going = False
            self._say(section)

    def first_field(self, section: Section) -> QWidget:
        """What one writes in first in a section, or what Tab comes to first: a folded one is passed over.

        Of an area that does not apply it is the reason.
        """
        form = self._form
        if not form.written.isVisibleTo(form):
            form.finish()
            return form.why
        if section == "questions" and not form.questions.fold.button.is_open:
            form.finish()
            section = "strengths"
        controls = [one for one in reading_order(form.sections[section]) if one.isVisibleTo(form)]
        return next((one for one in controls if not isinstance(one, QAbstractButton)), controls[0])

    def _top(self, part: QWidget) -> int:
        return part.mapTo(self._form.page, QPoint(0, 0)).y()

    def _scrolled(self, value: int) -> None:
        if not self._going:
            passed: list[Section] = [
                section for section, part in self._form.sections.items() if self._top(part) <= value + 2 * ABOVE
            ]
            self._say(passed[-1] if passed else "questions")

    def _say(self, section: Section) -> None:
        if self.now != section:
            self.now = section
            self.changed.emit(section)
