"""The pages of the open library, and beside them the list that leads to each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from apq_desktop.ui.pages.library.author_page import AuthorPage
from apq_desktop.ui.pages.library.library_navigation import AREA, WAITS, library_rows
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.widgets.layouts import row_in
from apq_desktop.ui.widgets.side_rows import SideRows

if TYPE_CHECKING:
    from apq_desktop.library.collection import Revision
    from apq_desktop.review.anchors import Place

PAGES: dict[str, tuple[str, str]] = {
    "providers": ("Providers", "providers.providers_page:ProvidersPage"),
    "care": ("Look after this library", "maintenance_page:MaintenancePage"),
    "provider": ("Read a provider", "reading.provider_page:ProviderPage"),
    "area": ("One area across providers", "locality.area_page:AreaPage"),
    "themes": ("Themes", "locality.themes.themes_page:ThemesPage"),
    "theme": ("A theme", "locality.themes.theme_page:ThemePage"),
    "report": ("A report", "locality.reports.report_page:ReportPage"),
}
"""The pages by their keys: title, then module and class. Each is made of the context at its first visit."""
READ_TOGETHER = ("area", "themes", "theme")
"""Those that read many providers, and lead to a place in one of them."""


class LibraryView(QWidget):
    """One page at a time; before the first, who writes here. Reading one provider has a list of its own."""

    receive_requested = Signal()

    def __init__(self, app: AppContext) -> None:
        super().__init__()
        self._app, self._libraries = app, app.libraries
        self.side, self._stack = SideRows("This library"), QStackedWidget()
        box = row_in(self, 0)
        box.addWidget(self.side)
        box.addWidget(self._stack, 1)
        self._stack.currentChanged.connect(self._follow_page)
        self.side.chosen.connect(self._go)
        self.side.entered.connect(self._go_into)
        self._libraries.changed.connect(self._look_who_waits)
        self.who = AuthorPage(app)
        self.who.done.connect(lambda: self.show_page("providers"))
        self.pages: dict[str, Any] = {}
        self._before = "providers"
        self._stack.addWidget(self.who)
        status = app.libraries.status
        if status is not None and status.person.role:
            self.show_page("providers")
        else:
            self.who.refresh()

    def page(self, key: str) -> Any:
        """A page, made at its first visit."""
        if key not in self.pages:
            title, make = PAGES[key]
            page = self.pages[key] = resolve_name(f"{__package__}.{make}")(self._app)
            page.setAccessibleName(title)
            if key == "providers":
                page.receive_requested.connect(self.receive_requested)
                page.provider_opened.connect(self.read)
            elif key == "provider":
                page.left.connect(lambda: self.show_page(self._before))
                page.opened.connect(lambda: self._stack.setCurrentWidget(page))
            else:
                page.left.connect(lambda: self.show_page("themes" if key == "theme" else "providers"))
            if key == "area":
                page.filters.area.changed.connect(lambda area: self.side.mark(AREA + area))
            if key == "themes":
                page.theme_opened.connect(self._read_theme)
            if key in READ_TOGETHER:
                page.place_opened.connect(partial(self._read_place, key))
                page.report_requested.connect(self._make_report)
            self._stack.addWidget(page)
        return self.pages[key]

    def show_page(self, key: str) -> Any:
        """Show a page as everything stands now, with the focus in it."""
        page = self._bring(key)
        page.focus_first()
        return page

    def _bring(self, key: str) -> Any:
        page = self.page(key)
        page.refresh()
        self._stack.setCurrentWidget(page)
        return page

    # The list at the left

    def _go(self, row: str) -> None:
        """Show what a row leads to; the focus stays in the list."""
        if row.startswith(AREA):
            self.page("area").choose_area(row.removeprefix(AREA))
            self._bring("area")
        elif row.startswith(WAITS) or row == "providers":
            self.page("providers").show_waiting(row.removeprefix(WAITS) if row != "providers" else "")
            self._bring("providers")
        else:
            self._bring(row)
        self.side.mark(row)

    def _go_into(self, row: str) -> None:
        if row:
            self._go(row)
            self.focus_first()

    def _follow_page(self) -> None:
        """Mark the row of the page in view, and make room for the list where the page has none of its own."""
        page = self._stack.currentWidget()
        key = next((one for one, made in self.pages.items() if made is page), "")
        if key == "area":
            self.side.mark(AREA + self.pages["area"].filters.area.value())
        elif key:
            self.side.mark({"theme": "themes"}.get(key, key))
        self._look_who_waits()
        self._arrange()

    def _look_who_waits(self) -> None:
        def show(waits: Mapping[str, int]) -> None:
            self.side.show_rows(library_rows(waits, self._libraries.load_catalogue()))
            self._arrange()

        self._libraries.run(lambda library: library.facets().waiting, show)

    def _arrange(self) -> None:
        page = self._stack.currentWidget()
        width = self.side.best_width(self.width()) if page not in (self.who, self.pages.get("provider")) else 0
        self.side.setFixedWidth(width)
        self.side.setVisible(bool(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the list where there is room."""
        super().resizeEvent(event)
        self._arrange()

    # Reading

    def read(self, revision: Revision) -> None:
        """Read one provider."""
        self._before = "providers"
        page = self.page("provider")
        page.open(revision)
        page.focus_first()

    def _make_report(self, kind: str, key: str) -> None:
        self.page("report").choose(kind, key)
        self.show_page("report")

    def _read_theme(self, theme: str) -> None:
        page = self.page("theme")
        self._stack.setCurrentWidget(page)
        page.open(theme)
        page.back.setFocus()

    def _read_place(self, before: str, revision: Revision, place: Place, start: int) -> None:
        """Read one provider at a place, from a page that leaving it leads back to."""
        page = self.page("provider")
        page.open(revision, (place, start))
        self._before = before
        page.focus_first()

    def next_unread(self) -> None:
        """Read the next provider that this person has not read."""
        self.page("provider").next_unread()

    def regions(self) -> list[QWidget]:
        """The list, and those of the page in view."""
        page: Any = self._stack.currentWidget()
        there = [self.side] if self.side.isVisible() else []
        return [*there, *(page.regions() if hasattr(page, "regions") else [page])]

    def focus_first(self) -> None:
        """Put the focus where the page in view begins."""
        page: Any = self._stack.currentWidget()
        page.focus_first()
