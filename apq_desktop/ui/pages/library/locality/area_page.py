"""One area across providers: side by side or as a list, in alphabetical order, with words looked for marked."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.search_folding import fold
from apq_desktop.services.locality.reading_across import choices, names_of, read_page, settings_with
from apq_desktop.services.locality.tags import tagged
from apq_desktop.ui.pages.library.locality.area_filters import AreaFilters
from apq_desktop.ui.pages.library.locality.passage_list import PassageList
from apq_desktop.ui.pages.library.locality.passage_model import NO_NAME, PAGE, PassageModel, Told, Words
from apq_desktop.ui.pages.library.locality.setting_columns import Column, SettingColumns
from apq_desktop.ui.pages.library.locality.theme_bar import ThemeBar
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.layouts import add_layout
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.scroll_area import WIDE
from apq_desktop.ui.widgets.text_labels import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apq_desktop.library.collection import Library, Passage, Revision, Wanted
    from apq_desktop.services.locality.reading_across import Choices, ReadPassage

SENTENCE = "What each provider wrote, in alphabetical order."
NOTHING_SO = "Nothing is written so. Change what is chosen above."
LEAST_LINES = 14
Found = list[tuple["Revision", list[int]]]


class AreaPage(Page):
    """Read in the library's thread, a page at a time."""

    help_key = "one-area"
    place_opened = Signal(object, object, int)
    report_requested = Signal(str, str)

    def __init__(self, app: AppContext) -> None:
        super().__init__(back="All providers", widest=WIDE)
        self._app, self._libraries = app, app.libraries
        catalogue = self._libraries.load_catalogue()
        self._asked_for: object = None
        self._asked_columns: object = None
        self._found: Found = []
        self._words = ""
        self._earlier: dict[str, Revision] = {}
        self.filters = AreaFilters(catalogue)
        self.said = PlainLabel("", quiet=True)
        self.list = PassageList(PassageModel(self._read))
        self.list.passages.areas = {area.key: f"{area.number} {area.title}" for area in catalogue.areas}
        self.columns = SettingColumns()
        self.shown = QStackedWidget()
        self.shown.addWidget(self.columns)
        self.shown.addWidget(self.list)
        self.report = Button("Make a report…")
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.report, 0, Qt.AlignmentFlag.AlignTop)
        add_layout(self.column, head)
        parts: list[QWidget] = [PlainLabel(SENTENCE, quiet=True), self.filters]
        for part in (*parts, self.said):
            self.column.addWidget(part)
        self.column.addWidget(self.shown, 1)
        self.themes = ThemeBar(app, self.chosen)
        self.column.addWidget(self.themes)
        self.column.addStretch()
        self._follow()

    def _follow(self) -> None:
        self.filters.changed.connect(self._renew)
        self.report.clicked.connect(lambda: self.report_requested.emit("area", self.filters.area.value()))
        self.filters.begin.changed.connect(lambda _: self._show_list())
        self.list.opened.connect(lambda passage: self._open(passage, 0))
        self.list.asked.connect(self.themes.key)
        self.columns.asked.connect(lambda _, key: self.themes.key(key))
        self.columns.wanted.connect(self._read_columns)
        self.columns.opened.connect(lambda words: self._open(words.passage, words.start))
        self.columns.revision_chosen.connect(self._choose_revision)
        self._libraries.changed.connect(self.refresh_if_visible)

    def focus_first(self) -> None:
        """Into what is read, where there is something; else on the area."""
        self.filters.area.setFocus()

    def choose_area(self, key: str) -> None:
        """Read another area."""
        self.filters.choose_area(key)

    def refresh(self) -> None:
        """Show what there is now."""
        self.themes.refresh()
        self._renew()

    # What is found

    def _renew(self) -> None:
        wanted, tag, is_list = self.filters.wanted(), self.filters.tag.value(), self.filters.is_list()
        self._asked_for = asked = object()
        only = self.filters.only.value()

        def work(library: Library) -> tuple[Choices, dict[str, str], Found]:
            of = tagged(library, tag, wanted)
            if is_list:
                found = library.places_by_revision(of if only else replace(of, words=""))
            else:
                found = settings_with(library, of, only_with_words=only)
            return choices(library), names_of(library.providers()), found

        def answer(told: tuple[Choices, dict[str, str], Found]) -> None:
            if self._asked_for is asked:
                self._show(*told, is_list=is_list)

        self._libraries.run(work, answer, title="It could not be read")

    def _show(self, choices: Choices, names: dict[str, str], found: Found, *, is_list: bool) -> None:
        self.filters.offer(choices)
        self.heading.setText(self.filters.title())
        self.said.setText("" if found else NOTHING_SO)
        self.said.setVisible(not found)
        self.shown.setVisible(bool(found))
        self.filters.begin_holder.setVisible(is_list and len(found) > 1)
        self.shown.setCurrentWidget(self.list if is_list else self.columns)
        self.shown.setMinimumHeight(self.fontMetrics().lineSpacing() * LEAST_LINES if found else 0)
        same_settings = [one.content for one, _ in found] == [one.content for one, _ in self._found]
        self._found, self.list.passages.names = found, names
        if is_list:
            self._offer_letters()
            self._show_list()
        else:
            self.columns.show_settings(
                [names[one.evaluation] or NO_NAME for one, _ in found], self.columns.first if same_settings else 0
            )

    # The list

    def _offer_letters(self) -> None:
        letters: dict[str, str] = {}
        at = 0
        for one, keys in self._found:
            letters.setdefault(fold(visible_text(one.name))[:1].upper() or NO_NAME, str(at))
            at += len(keys)
        self.filters.begin.offer_choices(
            [("0", "The beginning"), *((at, letter) for letter, at in letters.items() if at != "0")]
        )

    def _show_list(self) -> None:
        keys = list(chain.from_iterable(keys for _, keys in self._found))[int(self.filters.begin.value() or 0) :]
        if keys == self.list.passages.keys and self._words == self.filters.words.value():
            self.list.passages.read_again()
            return
        self._words = self.filters.words.value()
        self.list.passages.show(keys)

    def _read(self, keys: Sequence[int], told: Told) -> None:
        words = self.filters.words.value()

        def work(library: Library) -> list[ReadPassage]:
            return read_page(library, keys, words)

        self._libraries.run(work, told, title="It could not be read")

    # The columns

    def _read_columns(self, first: int, count: int) -> None:
        shown, words, earlier = self._found[first : first + count], self.filters.words.value(), dict(self._earlier)
        wanted = self.filters.wanted()
        self._asked_columns = asked = object()

        def work(library: Library) -> list[Column]:
            return [_column(library, *one, wanted, words, earlier.get(one[0].evaluation)) for one in shown]

        def answer(columns: list[Column]) -> None:
            if self._asked_columns is asked:
                catalogue = self._libraries.load_catalogue()
                kinds = [catalogue.kind_title(one.revision.kind) if one.revision.kind else "" for one in columns]
                self.columns.show_columns(columns, kinds)
                self.order()

        self._libraries.run(work, answer, title="It could not be read")

    def _choose_revision(self, revision: Revision) -> None:
        self._earlier[revision.evaluation] = revision
        self.columns.go_to(self.columns.first)

    # Where to go

    def _open(self, passage: Passage, start: int) -> None:
        revision = next((one for one, _ in self._found if one.evaluation == passage.evaluation), None)
        if revision is not None and revision.number != passage.number:
            revision = self._earlier.get(passage.evaluation, revision)
        if revision is not None:
            self.place_opened.emit(revision, (passage.part, passage.item, passage.field), start)

    def chosen(self) -> Words | None:
        """The passage, or the words of it, that the keyboard was on last."""
        if self.shown.currentWidget() is self.columns:
            return self.columns.last.chosen() if self.columns.last is not None else None
        row = self.list.chosen()
        return Words(row.read.passage, 0, len(row.read.passage.text)) if row is not None else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back, Ctrl+Z undoes a theme."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.themes.undo()
        elif event.key() != Qt.Key.Key_Escape or not self.themes.leave_name():
            super().keyPressEvent(event)


def _column(
    library: Library, revision: Revision, keys: list[int], wanted: Wanted, words: str, earlier: Revision | None
) -> Column:
    revisions = library.revisions(revision.evaluation)
    if earlier is not None and earlier.content != revision.content and earlier in revisions:
        of = replace(wanted, words="", evaluation=revision.evaluation, number=earlier.number)
        revision, keys = earlier, library.places(of)
    pages = (read_page(library, keys[start : start + PAGE], words) for start in range(0, len(keys), PAGE))
    return Column(revision, revisions, list(chain.from_iterable(pages)))
