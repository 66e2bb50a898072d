"""One theme: every passage that it is on, with the words around it; its name, and its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.library.collection import Library, Passage, Revision, Wanted
from apq_desktop.services.locality import themes
from apq_desktop.services.locality.reading_across import ReadPassage, names_of
from apq_desktop.services.locality.theme_matrix import in_place, marked_by
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.field_layout import compact_field
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.pages.library.locality.passage_list import PassageList
from apq_desktop.ui.pages.library.locality.passage_model import PassageModel, Told
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.fold import Fold
from apq_desktop.ui.widgets.layouts import FlowLayout, add_layout
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.scroll_area import WIDE
from apq_desktop.ui.widgets.text_labels import PlainLabel

if TYPE_CHECKING:
    from apq_desktop.review.library_lines import LibraryLine
    from apq_desktop.review.lines import Anchor

HOW = "Enter reads a passage where it stands. The words that the theme is on are marked."
NOTHING = "This theme is on no words yet."
TAKEN_OFF = "The theme is off these words."
NOT_YOURS = "A colleague put the theme on these words, so that only they can change that."
OTHERWISE = "In a report these words stand by themselves, or no longer do. Press it again to turn it back."
JOINED, AWAY, RENAMED = "The two themes are one now.", "The theme is taken away.", "The theme has its new name."
SAYS_OTHERWISE = "says otherwise than most"
LEAST_LINES = 14


class ThemePage(Page):
    """Read in the library's thread, a page at a time."""

    help_key = "themes"
    place_opened = Signal(object, object, int)
    report_requested = Signal(str, str)

    def __init__(self, app: AppContext) -> None:
        super().__init__(back="Themes", widest=WIDE)
        self._app, self._libraries = app, app.libraries
        self.theme = ""
        self._places: list[tuple[LibraryLine, Anchor]] = []
        self._revisions: dict[str, Revision] = {}
        self._who = ""
        self.said = PlainLabel(HOW, quiet=True)
        self.list = PassageList(PassageModel(self._read))
        areas = self._libraries.load_catalogue().areas
        self.list.passages.areas = {area.key: f"{area.number} {area.title}" for area in areas}
        self.off = Button("Take the theme off these words")
        self.otherwise = Button("They say otherwise than most")
        self.report = Button("Make a report…")
        row = FlowLayout(8)
        for button in (self.off, self.otherwise, self.report):
            row.addWidget(button)
        self._ways = QWidget()
        self._ways.setLayout(row)
        self.column.addWidget(self.said)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self._ways)
        self.column.addWidget(self._changes())
        self._follow()

    def _changes(self) -> Fold:
        self.more = Fold("Another name, one with another theme, or away with it")
        row = FlowLayout(14)
        self.name, self.into = LineField(), ChoiceField([])
        self._drafts = self._app.drafts.form({" name": self.name})
        self.rename, self.join, self.away = Button("Rename"), Button("Make them one"), Button("Take it away")
        row.addWidget(compact_field("Another name", self.name))
        row.addWidget(compact_field(" ", self.rename, name="Rename this theme"))
        self._into_holder = compact_field("One with this theme", self.into)
        self._join_holder = compact_field(" ", self.join, name="Make the two themes one")
        row.addWidget(self._into_holder)
        row.addWidget(self._join_holder)
        row.addWidget(compact_field(" ", self.away, name="Take this theme away"))
        add_layout(self.more.body, row)
        self.more.body.addWidget(PlainLabel("Nothing is deleted: each of these can be undone.", quiet=True))
        return self.more

    def _follow(self) -> None:
        self.list.opened.connect(self._open)
        self.off.clicked.connect(self._take_off)
        self.otherwise.clicked.connect(self._say_otherwise)
        self.report.clicked.connect(lambda: self.report_requested.emit("theme", self.theme))
        self.rename.clicked.connect(self._rename)
        self.name.returnPressed.connect(self.rename.click)
        self.join.clicked.connect(self._join)
        self.away.clicked.connect(self._take_away)
        self._libraries.changed.connect(self.refresh_if_visible)

    def focus_first(self) -> None:
        """Into the list."""
        (self.list if self.list.passages.keys else self.back).setFocus()

    def open(self, theme: str) -> None:
        """Show another theme."""
        self.theme = theme
        self._drafts.show(self._libraries.place, theme)
        self.refresh()

    def refresh(self) -> None:
        """Show how it stands now."""
        theme = self.theme

        def work(library: Library) -> Any:
            revisions = library.providers(Wanted(current_only=False))
            return dict(library.state().themes), marked_by(library, theme), revisions, library.who

        self._libraries.run(work, lambda told: self._show(*told), title="It could not be read")

    def _show(
        self,
        themes: dict[str, str],
        places: list[tuple[LibraryLine, Anchor]],
        revisions: list[Revision],
        who: str,
    ) -> None:
        if self.theme not in themes:
            self.closed.emit()
            return
        self._who, self._revisions = who, {f"{one.evaluation} {one.number}": one for one in revisions}
        self.list.passages.names = names_of(revisions)
        self.heading.setText(themes[self.theme])
        self.setAccessibleName(f"The theme {themes[self.theme]}")
        others = [(key, name) for key, name in themes.items() if key != self.theme]
        self.into.offer_choices(others)
        for holder in (self._into_holder, self._join_holder):
            holder.setVisible(bool(others))
        self.said.setText(HOW if places else NOTHING)
        self.list.setVisible(bool(places))
        self.list.setMinimumHeight(self.fontMetrics().lineSpacing() * LEAST_LINES if places else 0)
        self._ways.setVisible(bool(places))
        if places != self._places or not self.list.passages.rows:
            self._places = places
            self.list.passages.show(list(range(len(places))))

    def _read(self, keys: Sequence[int], told: Told) -> None:
        places = [self._places[key] for key in keys]

        def work(library: Library) -> list[ReadPassage]:
            return [
                ReadPassage(one.passage, ((one.start, one.end),), (SAYS_OTHERWISE,) if one.line.text else ())
                for one in in_place(library, places)
            ]

        self._libraries.run(work, told, title="It could not be read")

    # What can be done

    def _open(self, passage: Passage) -> None:
        row = self.list.currentIndex().row()
        revision = self._revisions.get(f"{passage.evaluation} {passage.number}")
        if revision is not None and 0 <= row < len(self._places):
            quote = self._places[row][1].quote
            place = (passage.part, passage.item, passage.field)
            self.place_opened.emit(revision, place, quote.start if quote else 0)

    def _own_mark(self) -> LibraryLine | None:
        """The mark in the chosen row, where this person may change it; else it is said why not."""
        row = self.list.currentIndex().row()
        line = self._places[row][0] if 0 <= row < len(self._places) else None
        if line is not None and line.who != self._who:
            self._app.notifier.say(NOT_YOURS)
            return None
        return line

    def _take_off(self) -> None:
        if (line := self._own_mark()) is not None:
            self._write(lambda library: themes.undo(library, line), TAKEN_OFF)

    def _say_otherwise(self) -> None:
        if (line := self._own_mark()) is not None:

            def work(library: Library) -> object:
                return themes.turn_disagreement(library, line)

            then = partial(self._app.notifier.say, OTHERWISE)
            self._libraries.write(work, title="It was not changed", then=then)

    def _rename(self) -> None:
        theme, name, at = self.theme, visible_text(self.name.value()), self._drafts.at
        if name:
            kept = partial(self._drafts.done, at)
            self._write(lambda library: themes.rename_theme(library, theme, name), RENAMED, kept)
        else:
            self.name.setFocus()

    def _join(self) -> None:
        theme, into = self.theme, self.into.value()
        if into:
            self._write(lambda library: themes.join_theme(library, theme, into), JOINED)

    def _take_away(self) -> None:
        theme = self.theme
        self._write(lambda library: themes.take_theme_away(library, theme), AWAY)

    def _write(self, work: Callable[[Library], LibraryLine], words: str, kept: Callable[[], object] = bool) -> None:
        written: list[LibraryLine] = []

        def both(library: Library) -> None:
            written.append(work(library))

        def undo() -> None:
            self._libraries.write(lambda library: themes.undo(library, written[0]), title="It was not undone")

        def then() -> None:
            kept()
            self._app.notifier.say(words, way=("Undo", undo))

        self._libraries.write(both, title="It was not changed", then=then)
