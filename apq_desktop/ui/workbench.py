"""The pages of one open evaluation: its tabs, its details and the page for sending."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from apq_desktop.evaluation.changes import Change, SetField, Target, flat
from apq_desktop.evaluation.checks import Remark
from apq_desktop.ui.area_form import AreaForm
from apq_desktop.ui.category_tab import CategoryTab
from apq_desktop.ui.check_and_send import CheckAndSend
from apq_desktop.ui.details_page import DetailsPage
from apq_desktop.ui.overview import Overview
from apq_desktop.ui.session import Session
from apq_desktop.ui.tabs import Tabs


class Workbench(QStackedWidget):
    """Overview and category tabs; beside them, one at a time, the details and the page for sending."""

    said = Signal(str)
    folder_asked = Signal(Path)
    make_asked = Signal(Path, dict)

    def __init__(self, session: Session, path: Path) -> None:
        super().__init__()
        self._session, self.path = session, path
        self.tabs = Tabs()
        self.overview = Overview(session, str(path))
        self.overview.area_chosen.connect(self.show_area)
        self.overview.details_asked.connect(self.show_details)
        self.overview.folder_asked.connect(lambda: self.folder_asked.emit(path.parent))
        self.tabs.addTab(self.overview, "Overview")
        self.categories: dict[str, CategoryTab] = {}
        for category in session.catalogue.categories:
            tab = CategoryTab(session, category)
            tab.area_chosen.connect(self.show_area)
            tab.said.connect(self.said)
            self.tabs.addTab(tab, category.title)
            self.categories[category.key] = tab
        self.tabs.currentChanged.connect(self._tab_changed)
        self.addWidget(self.tabs)
        self.details: DetailsPage | None = None
        self.sending: CheckAndSend | None = None

    def show_area(self, key: str) -> AreaForm:
        """Show the form of an area, from wherever the person is."""
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

    def show_details(self) -> None:
        """Show the page about the setting and this evaluation."""
        if self.details is None:
            self.details = DetailsPage(self._session)
            self.details.closed.connect(self.show_overview)
            self.addWidget(self.details)
        self.setCurrentWidget(self.details)
        self.details.focus_first()

    def show_sending(self, folder: Path) -> CheckAndSend:
        """Show the page for checking and sending."""
        self._session.autosave.flush()
        if self.sending is None:
            self.sending = CheckAndSend(self._session, folder)
            self.sending.closed.connect(self.show_overview)
            self.sending.go_there.connect(self._go_there)
            self.sending.folder_asked.connect(self.folder_asked)
            self.sending.make_asked.connect(self.make_asked)
            self.addWidget(self.sending)
        self.sending.refresh()
        self.setCurrentWidget(self.sending)
        self.sending.make.setFocus()
        return self.sending

    def show_change(self, change: Change) -> None:
        """Bring the place of a change into view (after undo), with the cursor in its field."""
        step = flat(change)[0]
        if isinstance(step, SetField):
            self._show_field(self._area_of(step.target), step.target, step.field)
        elif step.place.area:
            self._ensure_area(step.place.area)

    def _go_there(self, remark: Remark) -> None:
        if remark.target is not None:
            self._show_field(remark.area, remark.target, remark.field)
        elif remark.area:
            self.show_area(remark.area)
        else:
            self.show_details()

    def _show_field(self, area: str, target: Target, name: str) -> None:
        if not area:
            self.show_details()
            page: Any = self.details
        else:
            page = self._ensure_area(area)
        field = page.binding.field(target, name)
        if field is not None:
            field.setFocus()

    def _ensure_area(self, key: str) -> AreaForm:
        for tab in self.categories.values():
            form = tab.forms.get(key)
            if form is not None and form.isVisible():
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
        self._session.autosave.flush()
        page = self.tabs.currentWidget()
        if isinstance(page, Overview):
            page.refresh()
        elif isinstance(page, CategoryTab):
            page.show_first()
