"""The pages of one open evaluation: its tabs, and the pages beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from apq_desktop.evaluation.edits.changes import (
    AddItem,
    Change,
    MoveItem,
    RemoveItem,
    SetField,
    Step,
    Target,
    single_steps,
)
from apq_desktop.evaluation.model import Action
from apq_desktop.ui.pages.area.area_form import AreaForm
from apq_desktop.ui.pages.area.category_tab import CategoryTab
from apq_desktop.ui.pages.overview_page import Overview
from apq_desktop.ui.session.editing_session import EditingSession
from apq_desktop.ui.session.field_binding import put_cursor
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.tabs import LazyTab, Tabs

if TYPE_CHECKING:
    from apq_desktop.ui.pages.action_plan_page import ActionPlan
    from apq_desktop.ui.pages.details_page import DetailsPage
    from apq_desktop.ui.pages.evidence_page import EvidencePage
    from apq_desktop.ui.pages.send.send_page import CheckAndSend

_Page = TypeVar("_Page", bound=Page)


class Place(Protocol):
    """What leads somewhere: a remark, or a place that search found."""

    @property
    def area(self) -> str:
        """The key of the form, or empty."""

    @property
    def target(self) -> Target | None:
        """What the field belongs to."""

    @property
    def field(self) -> str:
        """The field's name, or empty for the form as a whole."""


class EvaluationView(QStackedWidget):
    """The tabs; beside them, one at a time, a page such as the details or the page for sending."""

    folder_requested = Signal(Path)
    save_requested = Signal(str, list)
    place_changed = Signal()

    def __init__(self, session: EditingSession, path: Path) -> None:
        super().__init__()
        self._session, self.path = session, path
        self._beside: dict[type[Page], Page] = {}
        self.tabs = Tabs()
        self.overview = Overview(session, str(path))
        self.overview.area_chosen.connect(self.visit_area)
        self.overview.details_requested.connect(self.show_details)
        self.overview.folder_requested.connect(lambda: self.folder_requested.emit(path.parent))
        self.overview.actions_requested.connect(self._show_plan)
        self.tabs.addTab(self.overview, "Overview")
        self.categories: dict[str, CategoryTab] = {}
        for category in session.catalogue.categories:
            tab = CategoryTab(session, category)
            tab.area_chosen.connect(self.visit_area)
            self.tabs.addTab(tab, category.title)
            self.categories[category.key] = tab
        self._plan_tab: LazyTab[ActionPlan] = LazyTab(self._make_plan)
        self._evidence_tab: LazyTab[EvidencePage] = LazyTab(self._make_evidence)
        self.tabs.addTab(self._plan_tab, "Action plan")
        self.tabs.addTab(self._evidence_tab, "Evidence")
        self.tabs.currentChanged.connect(self._tab_changed)
        self.tabs.currentChanged.connect(self.place_changed)
        self.currentChanged.connect(self.place_changed)
        self.addWidget(self.tabs)

    @property
    def plan(self) -> ActionPlan:
        """The action plan, made at its first use."""
        return self._plan_tab.page()

    @property
    def evidence(self) -> EvidencePage:
        """The register of evidence, made at its first use."""
        return self._evidence_tab.page()

    @property
    def details(self) -> DetailsPage | None:
        """The page about this evaluation, where it was shown before."""
        from apq_desktop.ui.pages.details_page import DetailsPage

        page = self._beside.get(DetailsPage)
        return page if isinstance(page, DetailsPage) else None

    @property
    def sending(self) -> CheckAndSend | None:
        """The page for sending, where it was shown before."""
        from apq_desktop.ui.pages.send.send_page import CheckAndSend

        page = self._beside.get(CheckAndSend)
        return page if isinstance(page, CheckAndSend) else None

    def show_area(self, key: str) -> AreaForm:
        """Show the whole form of an area, for whoever goes on to one of its fields."""
        form = self.visit_area(key)
        form.finish()
        return form

    def visit_area(self, key: str) -> AreaForm:
        """Go to an area from wherever the person is: its form shows what is in view, and grows from there."""
        catalogue = self._session.catalogue
        tab = self.categories[catalogue.category_of(catalogue.area(key)).key]
        form = tab.show_area(key)
        self.setCurrentWidget(self.tabs)
        self.tabs.setCurrentWidget(tab)
        form.verticalScrollBar().setValue(0)
        tab.areas.setFocus()
        return form

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
        self.tabs.tabBar().setFocus()

    def show_beside(self, kind: type[_Page], make: Callable[[], _Page]) -> _Page:
        """Show a page beside the tabs, made by ``make`` at its first visit."""
        self._session.flush()
        page = self._beside.get(kind)
        if not isinstance(page, kind):
            page = make()
            page.closed.connect(self.show_tabs)
            self._beside[kind] = page
            self.addWidget(page)
        page.refresh()
        self.setCurrentWidget(page)
        page.focus_first()
        return page

    def show_details(self) -> DetailsPage:
        """Show the page about the setting and this evaluation."""
        from apq_desktop.ui.pages.details_page import DetailsPage

        return self.show_beside(DetailsPage, lambda: DetailsPage(self._session))

    def show_change(self, change: Change) -> None:
        """Bring the place of a change into view (after undo), with the cursor where the change was."""
        steps = single_steps(change)
        step = next((one for one in steps if not isinstance(one, SetField) and one.place.area), steps[0])
        page, table = self.sending, self._table_in_view(step)
        if page is not None and page is self.currentWidget() and page.for_whom.shows(change):
            page.for_whom.someone.setFocus()
        elif table is not None:
            table.show_step(step)
        elif isinstance(step, SetField):
            self._show_field(self._area_of(step.target), step.target, step.field)
            put_cursor(QApplication.focusWidget(), step)
        elif area := self._area_of_list(step):
            self._ensure_area(area)
        elif step.place.name == "evidence":
            self._show_tab(self._evidence_tab)

    def _table_in_view(self, step: Step) -> ActionPlan | EvidencePage | None:
        """The page with a table, where it is in view and the step is about its items: there the person stays."""
        kind = step.target.kind if isinstance(step, SetField) else step.place.name
        if self.currentWidget() is not self.tabs:
            return None
        tab = self.tabs.currentWidget()
        if tab is self._plan_tab and kind == "actions":
            return self.plan
        return self.evidence if tab is self._evidence_tab and kind in ("evidence", "citations") else None

    def _area_of_list(self, step: AddItem | RemoveItem | MoveItem) -> str:
        """The area in whose form a list stands; the actions are one list of all areas."""
        if step.place.name != "actions":
            return step.place.area
        item = getattr(step, "item", None)
        return item.area if isinstance(item, Action) else self._area_of(Target("actions", getattr(step, "item_id", "")))

    def _show_tab(self, tab: QWidget) -> None:
        self.setCurrentWidget(self.tabs)
        self.tabs.setCurrentWidget(tab)

    def go_to(self, place: Place) -> None:
        """Go to where a remark or a found text leads."""
        if place.target is not None:
            self._show_field(place.area or self._area_of(place.target), place.target, place.field)
        elif place.area:
            self.visit_area(place.area)
        else:
            self.show_details()

    def _show_plan(self) -> None:
        self.tabs.setCurrentWidget(self._plan_tab)

    def _make_plan(self) -> ActionPlan:
        from apq_desktop.ui.pages.action_plan_page import ActionPlan

        plan = ActionPlan(self._session)
        plan.area_chosen.connect(self.visit_area)
        plan.save_requested.connect(self.save_requested)
        return plan

    def _make_evidence(self) -> EvidencePage:
        from apq_desktop.ui.pages.evidence_page import EvidencePage

        page = EvidencePage(self._session)
        page.area_chosen.connect(self.visit_area)
        page.save_requested.connect(self.save_requested)
        return page

    def _show_field(self, area: str, target: Target, name: str) -> None:
        if target.kind == "evidence" and not area:
            self._show_tab(self._evidence_tab)
            self.evidence.show_item(target.key)
            return
        page: Any = self._ensure_area(area) if area else self.show_details()
        field = page.binding.field(target, name)
        if field is not None:
            if isinstance(page, AreaForm):
                page.bring_out(field)
            field.setFocus()
        elif target.kind == "actions":  # what only the plan shows, such as how we will know
            self._show_tab(self._plan_tab)
            self.plan.show_action(target.key)
        elif target.kind == "evidence":
            self._show_tab(self._evidence_tab)
            self.evidence.show_item(target.key)

    def _ensure_area(self, key: str) -> AreaForm:
        for tab in self.categories.values():
            form = tab.forms.get(key)
            if form is not None and form.isVisible():
                form.finish()
                return form
        return self.show_area(key)

    def _area_of(self, target: Target) -> str:
        evaluation = self._session.evaluation
        match target.kind:
            case "area":
                return target.key
            case "actions":
                return next((action.area for action in evaluation.actions if action.id == target.key), "")
            case "evidence":
                return next((record.key for record in evaluation.areas_citing(target.key)), "")
            case _:
                return target.area

    def _tab_changed(self) -> None:
        self._session.flush()
        page = self.tabs.currentWidget()
        if page is self._plan_tab:
            self.plan.refresh()
        elif page is self._evidence_tab:
            self.evidence.refresh()
        elif isinstance(page, Overview):
            page.refresh()
        elif isinstance(page, CategoryTab):
            page.show_first()
