"""The pages of the open library: tabs, and the pages shown beside them."""

from __future__ import annotations

from functools import partial
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from apq_desktop.ui.pages.library.who_page import WhoPage
from apq_desktop.ui.session.app_context import AppContext

if TYPE_CHECKING:
    from apq_desktop.library.collection import Revision
    from apq_desktop.review.anchors import Place

PAGES: dict[str, tuple[str, str]] = {
    "providers": ("Providers", "providers.providers_page:ProvidersPage"),
    "care": ("Look after this library", "care_page:CarePage"),
    "provider": ("Read a provider", "reading.provider_page:ProviderPage"),
    "area": ("One area across providers", "locality.area_page:AreaPage"),
    "themes": ("Themes", "locality.themes.themes_page:ThemesPage"),
    "theme": ("A theme", "locality.themes.theme_page:ThemePage"),
    "report": ("A report", "locality.reports.report_page:ReportPage"),
}
"""The pages by their keys: title, then module and class. Each is made of the context at its first visit."""
READ_TOGETHER = ("area", "themes", "theme")
"""Those that read many providers, and lead to a place in one of them."""


class LibraryView(QStackedWidget):
    """One page at a time; before the first, who writes here."""

    receive_requested = Signal()

    def __init__(self, app: AppContext) -> None:
        super().__init__()
        self._app = app
        self.who = WhoPage(app)
        self.who.done.connect(lambda: self.show_page("providers"))
        self.pages: dict[str, Any] = {}
        self._before = "providers"
        self.addWidget(self.who)
        stand = app.libraries.stand
        if stand is not None and stand.person.role:
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
                page.opened.connect(lambda: self.setCurrentWidget(page))
            else:
                page.left.connect(lambda: self.show_page("themes" if key == "theme" else "providers"))
            if key == "themes":
                page.theme_opened.connect(self._read_theme)
            if key in READ_TOGETHER:
                page.place_opened.connect(partial(self._read_place, key))
                page.report_requested.connect(self._make_report)
            self.addWidget(page)
        return self.pages[key]

    def show_page(self, key: str) -> Any:
        """Show a page as everything stands now."""
        page = self.page(key)
        page.refresh()
        self.setCurrentWidget(page)
        page.focus_first()
        return page

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
        self.setCurrentWidget(page)
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
        """Those of the page in view."""
        page: Any = self.currentWidget()
        return page.regions() if hasattr(page, "regions") else [page]

    def focus_first(self) -> None:
        """Put the focus where the page in view begins."""
        page: Any = self.currentWidget()
        page.focus_first()
