"""One category: its areas at the left with their states, the chosen area's form at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontInfo, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from apq_desktop import services
from apq_desktop.evaluation.edits.changes import Change, Target
from apq_desktop.evaluation.rules.progress import Section, state, written
from apq_desktop.toolkit.catalogue import Category
from apq_desktop.ui.pages.area.guidance_panel import GuidancePanel
from apq_desktop.ui.pages.area.section_follower import SectionFollower
from apq_desktop.ui.pages.area.side_list import SECTIONS, SideList
from apq_desktop.ui.pages.area.side_pane import SidePane
from apq_desktop.ui.session.editing_session import EditingSession
from apq_desktop.ui.widgets.layouts import Refitted, row_in
from apq_desktop.ui.widgets.painted.edged_panel import EdgedPanel
from apq_desktop.ui.widgets.scroll_area import set_tab_order
from apq_desktop.ui.widgets.text_labels import PlainLabel
from apq_desktop.ui.widgets.theme import EDGE

if TYPE_CHECKING:
    from apq_desktop.ui.pages.area.area_form import AreaForm
    from apq_desktop.ui.session.form_settings import FormMemory

ROOM_FOR_LIST = 62
"""Ems, of which one is the size of the words: where the tab is narrower, a button of the form leads to the areas."""


class CategoryTab(Refitted, QWidget):
    """The areas of one category. Forms are built when first shown."""

    help_key = "writing-well"
    area_chosen = Signal(str)
    category_chosen = Signal(str)

    def __init__(self, session: EditingSession, category: Category, memory: FormMemory) -> None:
        super().__init__()
        self._session, self.category, self._memory = session, category, memory
        self.forms: dict[str, AreaForm] = {}
        self._followers: dict[str, SectionFollower] = {}
        self._folded = self._list_open = self._with_guidance = False
        others = [other for other in session.catalogue.categories if other is not category]
        self.areas = SideList(category, others)
        self.areas.area_chosen.connect(self._change_area)
        self.areas.section_chosen.connect(self._go_to_section)
        self.areas.category_chosen.connect(self.category_chosen)
        self.areas.entered.connect(self.enter_form)
        self._side = _Side(category.summary, self.areas)
        self._stack = QStackedWidget()
        self.guidance = GuidancePanel(session.catalogue)
        self.guidance.closed.connect(self._close_guidance)
        self._before_guidance: QWidget | None = None
        self._layout = layout = row_in(self, 0)
        layout.addWidget(self._side, 1)
        layout.addWidget(self._stack, 1)
        self._pane = SidePane(self, self.guidance, memory)
        self._pane.dragged.connect(self._arrange)
        for keys, step in (("Ctrl+Alt+Down", 1), ("Ctrl+Alt+Up", -1)):
            QShortcut(QKeySequence(keys), self, partial(self._step_section, step))
        session.listeners.add(self._show_states, *(Target("area", area.key) for area in category.areas))
        self._show_states()

    def show_area(self, key: str) -> AreaForm:
        """Show an area's form; at the first visit it is built from the top, and goes on once that is painted."""
        form = self.forms.get(key) or self._make_form(key)
        self._stack.setCurrentWidget(form)
        self._show_written(key)
        self.areas.show_section(self._followers[key].now)
        self._arrange()
        return form

    def _make_form(self, key: str) -> AreaForm:
        from apq_desktop.ui.pages.area.area_form import AreaForm

        form = self.forms[key] = AreaForm(self._session, self._session.catalogue.area(key), self._memory)
        form.area_chosen.connect(self.area_chosen)
        form.guidance_requested.connect(self._toggle_guidance)
        form.part_chosen.connect(self._arrange)
        form.controls_changed.connect(partial(self._set_tab_order, form))
        form.areas.clicked.connect(self._open_list)
        self._followers[key] = SectionFollower(form)
        self._followers[key].changed.connect(self.areas.show_section)
        self._stack.addWidget(form)
        return form

    def _form(self) -> AreaForm | None:
        return cast("AreaForm | None", self._stack.currentWidget())

    def _refit(self) -> None:
        self._folded = self.width() < ROOM_FOR_LIST * QFontInfo(self.font()).pixelSize()
        self._list_open = self._list_open and self._folded
        self._arrange()

    def show_first(self) -> None:
        """Show an area if none is shown yet."""
        if not self.forms:
            self.show_area(self.category.areas[0].key)

    def regions(self) -> list[QWidget]:
        """The list, the form and the guidance, as they stand."""
        return [self.areas, self._stack, self.guidance]

    def to_print(self) -> services.Printed:
        """The area in view."""
        return services.Printed("area", self.areas.shown)

    def focus_areas(self) -> None:
        """Put the focus on the area in view: into the list, or where that is folded on the way to it."""
        form = self._form()
        (form.areas if self._folded and not self._list_open and form is not None else self.areas).setFocus()

    def _change_area(self, key: str) -> None:
        self._session.flush()
        self.show_area(key)

    def _go_to_section(self, section: Section) -> None:
        if section == "questions":
            self.forms[self.areas.shown].questions.fold.unfold()
        self._followers[self.areas.shown].go_to(section)

    def _step_section(self, step: int) -> None:
        """Go to the next section or the one before, into its first field."""
        sections = list(SECTIONS)
        follower = self._followers[self.areas.shown]
        place = min(max(sections.index(follower.now) + step, 0), len(sections) - 1)
        self._go_to_section(sections[place])
        self.enter_form()

    def enter_form(self) -> None:
        """Go on from the list into the form: to the first field of the section in view."""
        self._close_list()
        follower = self._followers[self.areas.shown]
        follower.first_field(follower.now).setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_list(self) -> None:
        self._list_open = True
        self._arrange()
        self.areas.setFocus()
        self.areas.scrollTo(self.areas.currentIndex())

    def _close_list(self) -> None:
        if self._list_open:
            self._list_open = False
            self._arrange()
            self.focus_areas()

    def show_guidance(self) -> None:
        """Open the guidance of the area in view."""
        if not self._with_guidance:
            self._toggle_guidance()
        self.guidance.setFocus()

    def _toggle_guidance(self) -> None:
        self._with_guidance = not self._with_guidance
        self._before_guidance = self.window().focusWidget()
        self._arrange()
        if self._with_guidance and self._pane.lies_over:
            self.guidance.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the list that was folded, then the guidance."""
        if event.key() == Qt.Key.Key_Escape and self._list_open:
            self._close_list()
        elif event.key() == Qt.Key.Key_Escape and self._with_guidance:
            self._close_guidance()
        else:
            super().keyPressEvent(event)

    def _close_guidance(self) -> None:
        """Close it; who was writing goes on, and who was reading is back at the button."""
        form, focus = self._form(), self.window().focusWidget()
        self._with_guidance = False
        self._arrange()
        if form is not None and not form.isAncestorOf(focus):
            before = self._before_guidance
            there = before is not None and shiboken6.isValid(before) and form.isAncestorOf(before)
            (before if before is not None and there else form.guidance).setFocus()

    def _arrange(self) -> None:
        """Show the list, the form and the guidance side by side, or what there is room for."""
        form, shown = self._form(), self._with_guidance
        if form is None:
            return
        form.show_guidance_open(shown)
        if shown:
            self.guidance.show_area(form.area, form.part.value())
        list_shown = self._list_open or not self._folded
        wide = 0 if self._folded else self.areas.best_width(self.width())
        self._side.setMinimumWidth(wide)
        self._side.setMaximumWidth(wide or self.maximumWidth())
        room = self.width() - wide
        self._side.setVisible(list_shown)
        form.areas.setVisible(self._folded)
        self._stack.setVisible(not self._list_open)
        shown = shown and not self._list_open
        left = self._pane.arrange(room, form.least_width()) if shown else room
        self._layout.setContentsMargins(0, 0, room - left, 0)
        self._pane.setVisible(shown)
        self._layout.activate()
        form.settle()

    def _set_tab_order(self, form: AreaForm) -> None:
        """Areas, form, guidance: as they stand, though the form is made last."""
        set_tab_order(self.areas, form)

    def _show_states(self, _change: Change | None = None) -> None:
        evaluation = self._session.evaluation
        for area in self.category.areas:
            self.areas.show_state(area.key, state(evaluation, evaluation.area(area.key)))
        if self.areas.shown:
            self._show_written(self.areas.shown)

    def _show_written(self, key: str) -> None:
        evaluation = self._session.evaluation
        record = evaluation.area(key)
        self.areas.show_area(key, written(evaluation, record) if record.applies else {})


class _Side(EdgedPanel):
    """The list of areas under the words on its category, on the header's ground with a line at the right."""

    GROUND = "side"
    EDGE = "right"

    def __init__(self, words: str, areas: SideList) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 1, 8)
        column.setSpacing(8)
        subtitle = PlainLabel(words, scale=0.87, bold=True, quiet=True)
        subtitle.setContentsMargins(EDGE, 0, EDGE, 0)
        column.addWidget(subtitle)
        column.addWidget(areas, 1)
