"""Themes, and the matrix of settings by themes or areas with the officer's own summaries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.titles import area_title
from apq_desktop.library.collection import Wanted
from apq_desktop.services.locality import themes
from apq_desktop.services.locality.reading_across import choices
from apq_desktop.services.locality.tags import tagged
from apq_desktop.services.locality.theme_matrix import matrix
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.field_layout import compact_field
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.pages.library.locality.themes.cell_pane import CellPane, draft_name
from apq_desktop.ui.pages.library.locality.themes.matrix_table import MatrixModel, MatrixTable
from apq_desktop.ui.pages.library.setting_filters import SettingFilters
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.widgets.buttons import Button, LinkButton
from apq_desktop.ui.widgets.layouts import FlowLayout, Refitted, ReplaceableColumn, add_layout, row_in, turn
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.scroll_area import WIDE
from apq_desktop.ui.widgets.text_labels import PlainLabel

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library
    from apq_desktop.services.locality.reading_across import Choices
    from apq_desktop.services.locality.theme_matrix import Matrix

SENTENCE = "A cell holds your own summary, with the words it rests on. Nothing is counted or ranked."
NO_THEMES = "There is no theme yet. Type a name and press “New theme”, or press T while you read."
NOBODY = "No provider is like that. Change what is chosen above."
ROOM = 62
"""In sizes of the text: where there is less, the summary stands below the table."""
LEAST_LINES = 12
THEMES, AREAS = "themes", "areas"
KEYS = 9


@dataclass(frozen=True, slots=True)
class _Told:
    matrix: Matrix
    themes: list[tuple[str, str]]
    choices: Choices


class ThemesPage(Refitted, Page):
    """``theme_opened`` has the id of a theme whose passages are to be read."""

    help_key = "themes"
    place_opened = Signal(object, object, int)
    report_requested = Signal(str, str)
    theme_opened = Signal(str)

    def __init__(self, app: AppContext) -> None:
        super().__init__(back="All providers", widest=WIDE)
        self.heading.setText("Themes")
        self._app, self._libraries = app, app.libraries
        self._asked: object = None
        self._came = self._showed_waiting = False
        self._themes: list[tuple[str, str]] = []
        self.report, head = Button("Make a report…"), QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.report, 0, Qt.AlignmentFlag.AlignTop)
        add_layout(self.column, head)
        self.column.addWidget(PlainLabel(SENTENCE, quiet=True))
        add_layout(self.column, self._choices())
        self.each = ReplaceableColumn(0)
        self.column.addWidget(self.each)
        self.said = PlainLabel(quiet=True)
        self.column.addWidget(self.said)
        self.table, self.pane = MatrixTable(MatrixModel()), CellPane(app)
        self._held = QWidget()
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._held)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(16)
        self._beside.addWidget(self.table, 5)
        self._beside.addWidget(self.pane, 3)
        self.column.addWidget(self._held, 1)
        self.column.addStretch()  # where there is no table
        self._follow()

    def _choices(self) -> FlowLayout:
        row = FlowLayout(14)
        self.columns_of = ChoiceField([(THEMES, "Your themes"), (AREAS, "The areas")])
        self._of_settings = SettingFilters(self._libraries.load_catalogue())
        self.kind, self.stage, self.tag = self._of_settings.kind, self._of_settings.stage, self._of_settings.tag
        self._tag_holder = compact_field("Your tag", self.tag)
        self.name = LineField()
        self._drafts = self._app.drafts.form({"new theme": self.name})
        self._drafts.show(self._libraries.place)
        self.add = Button("New theme")
        for label, field in (("Columns", self.columns_of), ("Kind of setting", self.kind), ("Key stage", self.stage)):
            row.addWidget(compact_field(label, field))
        row.addWidget(self._tag_holder)
        # The button stays beside the name, in whichever row both have room.
        new = QWidget()
        both = row_in(new)
        both.addWidget(compact_field("Name of a new theme", self.name))
        both.addWidget(self.add, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(new)
        return row

    def _follow(self) -> None:
        for field in (self.columns_of, self.kind, self.stage, self.tag):
            field.changed.connect(self.refresh)
        self.add.clicked.connect(self._add)
        self.report.clicked.connect(lambda: self.report_requested.emit("", ""))
        self.name.returnPressed.connect(self.add.click)
        self.table.chosen_changed.connect(self._show_cell)
        self.table.entered.connect(self._enter)
        self.pane.left.connect(self.table.setFocus)
        self.pane.place_opened.connect(self.place_opened)
        self._libraries.changed.connect(self.refresh_if_visible)

    def focus_first(self) -> None:
        """Into the table; where there is none, to the name of a first theme."""
        self._came = self.table.cells.columnCount() < 2
        (self.name if self._came else self.table).setFocus()

    # What is shown

    def refresh(self, _: object = None) -> None:
        """Show how it stands now."""
        kind, stage, tag = self.kind.value(), self.stage.value(), self.tag.value()
        of_themes = self.columns_of.value() == THEMES
        areas = [(one.key, area_title(one.number, one.title)) for one in self._libraries.load_catalogue().areas]
        self._asked = asked = object()

        def work(library: Library) -> _Told:
            wanted = Wanted(kind=kind, stage=stage)
            themes = list(library.state().themes.items())
            wanted = tagged(library, tag, wanted)
            return _Told(matrix(library, themes if of_themes else areas, wanted), themes, choices(library))

        def answer(told: _Told) -> None:
            if self._asked is asked:
                self._show(told, of_themes=of_themes)

        self._libraries.run(work, answer, title="It could not be read")

    def _show(self, told: _Told, *, of_themes: bool) -> None:
        if not self._of_settings.offer(told.choices, self._tag_holder):
            self.refresh()
        here = self.table.currentIndex()
        keys = [str(n + 1) if of_themes and n < KEYS else "" for n in range(len(told.matrix.columns))]
        self.table.cells.show(told.matrix, tuple(keys))
        self._show_themes(told.themes)
        self.said.setText(NO_THEMES if not told.matrix.columns else NOBODY if not told.matrix.rows else "")
        self.said.setVisible(bool(self.said.text()))
        self._held.setVisible(not self.said.text())
        self.table.setMinimumHeight(self.fontMetrics().lineSpacing() * LEAST_LINES)
        if not self.table.currentIndex().isValid():
            self.table.choose(here.row(), here.column())
        if not self._showed_waiting and told.matrix.columns:
            self._showed_waiting = True
            self._show_what_waits()
        self._show_cell()
        if self._came and told.matrix.columns and self.name.hasFocus():
            self.table.setFocus()
        self._came = False

    def _show_themes(self, themes: list[tuple[str, str]]) -> None:
        """A link to the passages of each theme."""
        if themes == self._themes:
            return
        self._themes = themes
        self.each.renew()
        row = FlowLayout(6, fill=True)
        if themes:
            before = PlainLabel("Read the words of", quiet=True)
            before.setWordWrap(False)
            before.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(before)
        for key, name in themes:
            link = LinkButton(name, name=f"The words of {name}")
            link.clicked.connect(lambda _=False, key=key: self.theme_opened.emit(key))
            row.addWidget(link)
        self.each.addLayout(row)
        self.each.show_now()
        self.order()

    def _show_what_waits(self) -> None:
        """Show each cell once whose words wait since the library was away: whatever is shown is written."""
        cells, waiting = self.table.cells, self._app.drafts.of(self._libraries.place)
        for row, column in product(range(cells.rowCount()), range(1, cells.columnCount())) if waiting else ():
            place = cells.place(index := cells.index(row, column))
            if place is not None and draft_name(place[0], place[1]) in waiting:
                self._show_cell(index)

    def _show_cell(self, index: QModelIndex | None = None) -> None:
        matrix, place = self.table.cells.matrix, self.table.cells.place(index or self.table.currentIndex())
        self.pane.setVisible(place is not None)
        if place is not None and matrix is not None:
            row, key, name, cell = place
            is_theme = self.columns_of.value() == THEMES
            self.pane.show_cell(
                (row, self.table.cells.name(row)), (key, name), cell, matrix.officers, is_theme=is_theme
            )

    def _enter(self, letter: str) -> None:
        """Go on into the words of the chosen cell, with the letter that was typed."""
        if self.table.cells.place(self.table.currentIndex()) is not None:
            self.pane.text.setFocus()
            self.pane.text.put_cursor(len(self.pane.text.value()))
            if letter:
                self.pane.text.insertPlainText(letter)

    def _add(self) -> None:
        name, at = visible_text(self.name.value()), self._drafts.at
        if not name:
            self.name.setFocus()
            return

        def work(library: Library) -> Any:
            themes.add_theme(library, name)

        self._libraries.write(work, title="The theme was not made", then=partial(self._drafts.done, at))

    def _refit(self) -> None:
        """The summary beside the table, or below it."""
        turn(self._beside, beside=self.width() >= ROOM * self.fontInfo().pixelSize())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back, and keeps what is typed."""
        if event.key() == Qt.Key.Key_Escape:
            self.pane.text.keep_now()
        super().keyPressEvent(event)
