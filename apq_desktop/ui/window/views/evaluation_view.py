"""The pages of one open evaluation: its tabs, and the pages beside them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from apq_desktop.evaluation.edits.changes import Change, SetField, Step, Target, area_of, area_of_list, telling_step
from apq_desktop.ui.pages.area.category_tab import CategoryTab
from apq_desktop.ui.pages.overview.overview_page import Overview
from apq_desktop.ui.pages.page_table import PAGES, make_page
from apq_desktop.ui.session.app_context import OpenEvaluation
from apq_desktop.ui.session.field_binding import put_cursor
from apq_desktop.ui.widgets.bars.lazy_tab import LazyTab
from apq_desktop.ui.widgets.bars.tabs import Tabs
from apq_desktop.ui.widgets.page import Page, PageWithParts

if TYPE_CHECKING:
    from apq_desktop.services import Opened
    from apq_desktop.ui.pages.action_plan_page import ActionPlan
    from apq_desktop.ui.pages.area.area_form import AreaForm
    from apq_desktop.ui.pages.details_page import DetailsPage
    from apq_desktop.ui.pages.evaluations.item_history_page import ItemHistoryPage
    from apq_desktop.ui.pages.evidence_page import EvidencePage
    from apq_desktop.ui.pages.history_page import HistoryPage
    from apq_desktop.ui.pages.send.send_page import CheckAndSend
    from apq_desktop.ui.session.app_context import AppContext, Place
    from apq_desktop.ui.session.editing_session import EditingSession


class EvaluationView(QStackedWidget):
    """The tabs; beside them, one at a time, a page such as the details or the page for sending."""

    place_changed = Signal()

    def __init__(self, app: AppContext, session: EditingSession, opened: Opened) -> None:
        super().__init__()
        self._app, self._session = app, session
        self.here = OpenEvaluation(session, self, opened)
        self._beside: dict[str, Page] = {}
        self.tabs = Tabs()
        self.overview = Overview(app, self.here)
        self.tabs.addTab(self.overview, "Overview")
        self.categories: dict[str, CategoryTab] = {}
        for category in session.catalogue.categories:
            tab = CategoryTab(session, category, app.forms)
            tab.area_chosen.connect(self.write_in)
            tab.category_chosen.connect(self.visit_category)
            self.tabs.addTab(tab, category.title, starts_group=not self.categories)
            self.categories[category.key] = tab
        self._lazy: dict[str, LazyTab[QWidget]] = {}
        for spec in PAGES:
            if spec.tab or (spec.tab_if_reviewed and session.review_lines):
                self._lazy[spec.key] = LazyTab(partial(make_page, spec.key, app, self.here))
                self.tabs.addTab(self._lazy[spec.key], spec.title, starts_group=len(self._lazy) == 1)
        self.tabs.currentChanged.connect(self._tab_changed)
        self.tabs.currentChanged.connect(self.place_changed)
        self.currentChanged.connect(self.place_changed)
        self.currentChanged.connect(lambda _: self.mark_tab(self.currentWidget()))
        self.tabs.chosen.connect(self._choose_tab)
        session.history_requested.connect(self._show_item_history)
        session.earlier_requested.connect(self._show_earlier)
        session.reviews_requested.connect(partial(self.show_page, "reviews"))
        session.reviews_changed.connect(self._count_waiting)
        self._count_waiting()
        self.addWidget(self.tabs)
        for index in range(self.tabs.count()):
            QShortcut(QKeySequence(f"Ctrl+{index + 1}"), self, partial(self._show_tab_at, index))
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+Tab", 1), ("Ctrl+PgUp", -1), ("Ctrl+Shift+Tab", -1)):
            QShortcut(QKeySequence(keys), self, partial(self._step_tab, step))

    @property
    def plan(self) -> ActionPlan:
        """The action plan, made at its first use."""
        return cast("ActionPlan", self._lazy["action_plan"].page())

    @property
    def evidence(self) -> EvidencePage:
        """The register of evidence, made at its first use."""
        return cast("EvidencePage", self._lazy["evidence"].page())

    @property
    def details(self) -> DetailsPage | None:
        """The page about this evaluation, where it was shown before."""
        return cast("DetailsPage | None", self._beside.get("details"))

    @property
    def sending(self) -> CheckAndSend | None:
        """The page for sending, where it was shown before."""
        return cast("CheckAndSend | None", self._beside.get("send"))

    def currentWidget(self) -> QWidget | None:
        """The page in view, or the tabs; of a page with a bar below it, the page."""
        shown = super().currentWidget()
        return shown.page if isinstance(shown, PageWithParts) else shown

    def in_view(self) -> QWidget | None:
        """The page in view."""
        return self.currentWidget() if self.currentWidget() is not self.tabs else self._tab_in_view()

    def _tab_in_view(self) -> Any:
        tab = self.tabs.currentWidget()
        return tab.page() if isinstance(tab, LazyTab) else tab

    def show_area(self, key: str) -> AreaForm:
        """Show the whole form of an area, for whoever goes on to one of its fields."""
        form = self.visit_area(key)
        form.finish()
        return form

    def visit_area(self, key: str) -> AreaForm:
        """Go to an area from wherever the user is: its form shows what is in view, and grows from there."""
        form = self._bring(key)
        self._category_of(key).focus_areas()
        return form

    def write_in(self, key: str) -> None:
        """Show the form of an area with the caret in its first field."""
        self._bring(key)
        self._category_of(key).enter_form()

    def _bring(self, key: str) -> AreaForm:
        tab = self._category_of(key)
        form = tab.show_area(key)
        self.setCurrentWidget(self.tabs)
        self.tabs.setCurrentWidget(tab)
        form.verticalScrollBar().setValue(0)
        return form

    def _category_of(self, key: str) -> CategoryTab:
        catalogue = self._session.catalogue
        return self.categories[catalogue.category_of(catalogue.area(key)).key]

    def visit_category(self, key: str) -> None:
        """Go to a category's tab, with the area that was in view there last."""
        self.tabs.setCurrentWidget(self.categories[key])
        self.categories[key].focus_areas()

    def show_guidance(self, key: str) -> None:
        """Show an area with its guidance open."""
        self._bring(key)
        self._category_of(key).show_guidance()

    def show_overview(self) -> None:
        """Show the first page."""
        self.overview.refresh()
        self.setCurrentWidget(self.tabs)
        self.tabs.setCurrentWidget(self.overview)

    def show_tabs(self) -> None:
        """Go back to the tab that was shown before."""
        self._session.flush()
        self.setCurrentWidget(self.tabs)
        self._tab_changed()
        self.tabs.bar.setFocus()

    def mark_tab(self, page: QWidget | None) -> None:
        """Mark the tab in view in the row, or none where another ``page`` is."""
        self.tabs.mark(None if page is self.tabs else page)

    def _choose_tab(self) -> None:
        """A tab was chosen in the row, perhaps from a page beside the tabs."""
        if self.currentWidget() is not self.tabs:
            self.show_tabs()

    def _step_tab(self, step: int) -> None:
        self._show_tab_at((self.tabs.currentIndex() + step) % self.tabs.count())

    def _show_tab_at(self, index: int) -> None:
        """Show the tab that stands there in the row, from wherever the user is: where the focus was on it last."""
        self.show_tabs()
        self.tabs.setCurrentIndex(index)
        if (last := self._tab_in_view().focusWidget()) is not None and last.isVisible():
            last.setFocus()

    def show_page(self, key: str) -> Page:
        """Show a page of ``PAGES``, made at its first visit: beside the tabs, or in its tab where it has one."""
        self._session.flush()
        if key in self._lazy:
            return self._show_in_tab(key)
        page = self._beside.get(key)
        if page is None:
            page = self._beside[key] = cast("Page", make_page(key, self._app, self.here))
            page.closed.connect(lambda: self._show_tab_at(self.tabs.currentIndex()))
            self.addWidget(page.whole)
        page.refresh()
        self.setCurrentWidget(page.whole)
        page.focus_first()
        return page

    def show_details(self) -> DetailsPage:
        """Show the page about the setting and this evaluation."""
        return cast("DetailsPage", self.show_page("details"))

    def show_tab(self, key: str) -> QWidget:
        """Show a tab of ``PAGES``. Returns its page."""
        self.setCurrentWidget(self.tabs)
        self.tabs.setCurrentWidget(self._lazy[key])
        return self._lazy[key].page()

    def _show_in_tab(self, key: str) -> Page:
        page, tab = cast("Page", self._lazy[key].page()), self._lazy[key]
        page.back.hide()
        self.setCurrentWidget(self.tabs)
        if self.tabs.currentWidget() is tab:
            page.refresh()
        self.tabs.setCurrentWidget(tab)
        page.focus_first()
        return page

    def _count_waiting(self) -> None:
        """Say in the row of tabs how much of a review waits for the setting."""
        if (tab := self._lazy.get("reviews")) is not None:
            from apq_desktop.review.exchange_state import fold_lines

            waiting = len(fold_lines(self._session.review_lines).waiting_for("setting"))
            spoken = f"Reviews, {'1 waits' if waiting == 1 else f'{waiting:,} wait'} for you"
            self.tabs.bar.show_number(self.tabs.indexOf(tab), waiting, spoken)

    def _show_item_history(self, target: Target) -> None:
        """Show how an action or a development area stood in the years before."""
        page = cast("ItemHistoryPage", self.show_page("item_history"))
        page.show_item("actions" if target.kind == "actions" else "development_areas", target.key)

    def _show_earlier(self, target: Target, name: str) -> None:
        """Show what stood in one field before."""
        cast("HistoryPage", self.show_page("history")).show_only(target, name)

    def show_change(self, change: Change) -> None:
        """Bring the place of a change into view (after undo), with the cursor where the change was."""
        step = telling_step(change)
        page, table = self.sending, self._table_in_view(step)
        if page is not None and page is self.currentWidget() and page.for_whom.shows(change):
            page.for_whom.someone.setFocus()
        elif table is not None:
            table.show_step(step)
        elif isinstance(step, SetField):
            self._show_field(area_of(self._session.evaluation, step.target), step.target, step.field)
            put_cursor(QApplication.focusWidget(), step)
        elif area := area_of_list(self._session.evaluation, step):
            self._ensure_area(area).show_item(step)
        elif step.place.name == "evidence":
            self.show_tab("evidence")

    def _table_in_view(self, step: Step) -> ActionPlan | EvidencePage | None:
        """The page with a table, where it is in view and the step is about its items: there the user stays."""
        kind = step.target.kind if isinstance(step, SetField) else step.place.name
        if self.currentWidget() is not self.tabs:
            return None
        tab = self.tabs.currentWidget()
        if tab is self._lazy["action_plan"] and kind == "actions":
            return self.plan
        return self.evidence if tab is self._lazy["evidence"] and kind in ("evidence", "citations") else None

    def go_to(self, place: Place) -> None:
        """Go to where a remark or a found text leads."""
        if place.target is not None:
            self._show_field(place.area or area_of(self._session.evaluation, place.target), place.target, place.field)
        elif place.area:
            self.visit_area(place.area)
        else:
            self.show_details()

    def _show_field(self, area: str, target: Target, name: str) -> None:
        if target.kind == "evidence" and not area:
            self.show_tab("evidence")
            self.evidence.show_field(target, name)
            return
        page: Any = self._ensure_area(area) if area else self.show_details()
        field = page.binding.field(target, name)
        if field is not None:
            if area:
                page.bring_out(field)
            field.setFocus()
        elif target.kind == "actions":  # what only the plan shows, such as how we will know
            self.show_tab("action_plan")
            self.plan.show_field(target, name)
        elif target.kind == "evidence":
            self.show_tab("evidence")
            self.evidence.show_field(target, name)

    def _ensure_area(self, key: str) -> AreaForm:
        for tab in self.categories.values():
            form = tab.forms.get(key)
            if form is not None and form.isVisible():
                form.finish()
                return form
        return self.show_area(key)

    def _tab_changed(self) -> None:
        self._session.flush()
        page = self._tab_in_view()
        if isinstance(page, CategoryTab):
            page.show_first()
        else:
            page.refresh()
