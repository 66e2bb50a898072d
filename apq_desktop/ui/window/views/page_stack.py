"""What stands in the middle of the window: the first page, an open evaluation or library, or a page over these."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from apq_desktop.ui.session.app_context import CurrentEvaluation
    from apq_desktop.ui.widgets.page import Page
    from apq_desktop.ui.window.views.evaluation_view import EvaluationView


class PageStack(QStackedWidget):
    """One of them at a time. ``covered`` is told before a page is shown over what was in view."""

    covered = Signal()

    def __init__(self, current: CurrentEvaluation) -> None:
        super().__init__()
        self._current = current
        self._over: dict[str, Page] = {}
        self._under: dict[Page, tuple[QWidget | None, QWidget | None]] = {}
        self.addWidget(QWidget())
        self.currentChanged.connect(self._mark_tab)

    @property
    def view(self) -> EvaluationView | None:
        """The open evaluation's tabs, or None."""
        here = self._current.get()
        return here.view if here else None  # type: ignore[return-value] # the one kind that this room makes

    @property
    def is_empty(self) -> bool:
        """Whether nothing was shown yet."""
        return self.count() == 1

    def bring(self, page: QWidget) -> None:
        """Add a page, and show it."""
        self.addWidget(page)
        self.setCurrentWidget(page)

    def take_away(self, page: QWidget | None) -> None:
        """Forget a page for good."""
        if page is not None:
            self.removeWidget(page)
            page.deleteLater()

    def show_view(self) -> None:
        """Go back to the evaluation from a page that is shown over it."""
        if self.view is not None and self.currentWidget() in self._over.values():
            self.setCurrentWidget(self.view)

    def show_over(self, key: str, make: Callable[[], Page]) -> Page:
        """Show a page over whatever is in view, made by ``make`` at its first visit.

        Closing it leads back there, into the field with the focus.
        """
        page = self._over.get(key)
        if page is None:
            page = self._over[key] = make()
            page.closed.connect(self._leave_over)
            self.addWidget(page)
        if self.currentWidget() is not page:
            if self.currentWidget() not in self._over.values():
                self._under.clear()
            self._under.setdefault(page, (self.currentWidget(), self.window().focusWidget()))
            self.covered.emit()
            self.setCurrentWidget(page)
        page.focus_first()
        return page

    def _leave_over(self) -> None:
        page, focus = self._under.pop(cast("Page", self.currentWidget()), (None, None))
        if page is not None:
            self.setCurrentWidget(page)
        if focus is not None and shiboken6.isValid(focus) and focus.isVisible():
            focus.setFocus()

    def in_view(self) -> QWidget | None:
        """The page that the user looks at: of an evaluation, the one in its tab. None before the first."""
        page, view = self.currentWidget(), self.view
        return view.in_view() if view is not None and page is view else page

    def _mark_tab(self) -> None:
        """Over the evaluation another page, such as help, may be in view: then no tab is marked."""
        if view := self.view:
            page = self.currentWidget()
            view.mark_tab(view.currentWidget() if page is view else page)
