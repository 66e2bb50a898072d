"""A report of an area, a theme or the whole locality, and the tables for other programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from apq_desktop.errors import NotAllowedError
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.titles import area_title
from apq_desktop.services.locality import library_report, themes
from apq_desktop.services.locality.library_export import export_library
from apq_desktop.services.locality.library_report import Draft, IdentifyingWords, ReportRequest
from apq_desktop.services.locality.themes import begun_report
from apq_desktop.ui.fields.choice_fields import ChoiceField, FlagField
from apq_desktop.ui.fields.field_layout import field_row
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.pages.library.locality.autosaved_text import AutosavedText, Keep
from apq_desktop.ui.pages.library.locality.reports.doubtful_words import DoubtfulWords
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.widgets.buttons import WorkButton
from apq_desktop.ui.widgets.layouts import add_layout
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library

SENTENCE = (
    "It holds your summaries, settings’ own words letter for letter, and apart from them those who say something else. "
    "No charts, and no order of settings."
)
WHOLE = ""
EVERYTHING = "The whole locality"
DEFAULT = "What settings write"
NAMED, UNNAMED = "named", "unnamed"
NOTHING = "There are no summaries and no marked words for this report yet."
GOES_IN = "In it: {}."
MISSING = "Some marked words are not in the library any more, and are left out. They are of: {}."
PRIVATE = "What you summed up for yourself alone is left out. It is about: {}."
MADE = "The report is made: as PDF, as a web page and for Word."
TAKEN = "Your tables are made."
TABLES = (
    "For spreadsheets, for programs in which one marks what people said, and for a calendar. What you wrote for "
    "yourself alone stays in the library."
)
KINDS: dict[str, str] = {
    "xlsx": "An Excel workbook with all tables",
    "csv": "The same tables as CSV, with a description",
    "qdpx": "Texts, areas and themes (REFI-QDA)",
    "calendar": "The days of the next reviews, for a calendar",
}


@dataclass(frozen=True, slots=True)
class _Told:
    themes: list[tuple[str, str]]
    begun: tuple[str, str]
    draft: Draft | None
    findings: list[IdentifyingWords]


class ReportPage(Page):
    """What is typed is kept at each pause, for each subject by itself."""

    help_key = "locality-report"

    def __init__(self, app: AppContext) -> None:
        super().__init__(back="All providers")
        self.heading.setText("A report")
        self._app, self._libraries = app, app.libraries
        self._asked: object = None
        self._draft: Draft | None = None
        self._subject: str | None = None
        self._busy = False
        self.column.addWidget(PlainLabel(SENTENCE, quiet=True))
        self.column.addWidget(self._about_card())
        self.doubtful = DoubtfulWords(app)
        self.column.addWidget(self.doubtful)
        self.make = WorkButton("Make the report…", "Making the report…", primary=True)
        self.column.addWidget(self.make, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._tables_card())
        self.column.addStretch(1)
        self._follow()

    def _about_card(self) -> Card:
        card = Card("What it is about")
        self.subject = ChoiceField([(WHOLE, EVERYTHING)])
        self.names = ChoiceField([(NAMED, "Settings are named"), (UNNAMED, "Settings are not named")])
        self.title, self.introduction = LineField(), AutosavedText(self._app, lines=4)
        self.goes_in = PlainLabel(quiet=True)
        add_layout(card.body, field_row("About", self.subject))
        add_layout(card.body, field_row("Title", self.title))
        add_layout(card.body, field_row("Introduction", self.introduction, hint="Your own words to begin with."))
        add_layout(card.body, field_row("Names", self.names))
        card.body.addWidget(self.goes_in)
        return card

    def _tables_card(self) -> Card:
        card = Card("Tables to work with elsewhere", TABLES)
        self.kinds = {key: FlagField(words) for key, words in KINDS.items()}
        for box in self.kinds.values():
            card.body.addWidget(box)
        self.kinds["xlsx"].load(True)
        self.take_out = WorkButton("Make the tables…", "Making the tables…")
        card.body.addWidget(self.take_out, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _follow(self) -> None:
        self.subject.changed.connect(lambda _: self.refresh())
        self.names.changed.connect(lambda _: self.refresh())
        self.title.editing_finished.connect(self._keep_title)
        self.doubtful.shortened.connect(self.refresh)
        self.doubtful.changed.connect(self._enable)
        self.make.clicked.connect(self._make)
        self.take_out.clicked.connect(self._take_out)
        self._libraries.changed.connect(self.refresh_if_visible)
        self._libraries.failed.connect(self._rest)
        for moment in (self._libraries.leaving, self._libraries.keeping):
            moment.connect(self._keep_title)

    def focus_first(self) -> None:
        """On what it is about."""
        self.subject.setFocus()

    def choose(self, kind: str, key: str) -> None:
        """Report about an area or a theme."""
        self.subject.load(f"{kind}:{key}" if key else WHOLE)

    # What goes in

    def _request(self) -> ReportRequest:
        kind, _, key = self.subject.value().partition(":")
        return ReportRequest(
            visible_text(self.title.value()) or self._default_title(),
            self.introduction.value(),
            (key,) if kind == "area" else (),
            (key,) if kind == "theme" else (),
            named=self.names.value() == NAMED,
        )

    def _default_title(self) -> str:
        return self.subject.currentText() if self.subject.value() else DEFAULT

    def refresh(self) -> None:
        """Gather what there is now."""
        request, key = self._request(), self.subject.value()
        self._asked = asked = object()

        def work(library: Library) -> _Told:
            themes = list(library.state().themes.items())
            begun = begun_report(library, key.partition(":")[2])
            try:
                draft = library_report.draft_report(library, self._libraries.load_catalogue(), request)
            except NotAllowedError:
                return _Told(themes, begun, None, [])
            return _Told(themes, begun, draft, library_report.identifying(draft))

        def answer(told: _Told) -> None:
            if self._asked is asked:
                self._show(told, key)

        self._libraries.run(work, answer, title="The report could not be gathered")

    def _show(self, told: _Told, key: str) -> None:
        areas = self._libraries.load_catalogue().areas
        self.subject.offer_choices(
            [
                (WHOLE, EVERYTHING),
                *((f"area:{one.key}", area_title(one.number, one.title)) for one in areas),
                *((f"theme:{one}", f"Theme: {name}") for one, name in told.themes),
            ]
        )
        if key != self._subject:
            self._subject = key
            self.title.load(told.begun[0] or self._default_title())
            self.introduction.show_kept(f"introduction {key}", told.begun[1], self._keep(key))
        self._draft = told.draft
        chapters = [one.title for one in told.draft.chapters] if told.draft else []
        words = GOES_IN.format(", ".join(chapters)) if chapters else NOTHING
        if told.draft and told.draft.missing:
            words += " " + MISSING.format(", ".join(told.draft.missing))
        if told.draft and told.draft.private:
            words += " " + PRIVATE.format(", ".join(told.draft.private))
        self.goes_in.setText(words)
        self.doubtful.setVisible(self.names.value() == UNNAMED and bool(chapters))
        self.doubtful.show_findings(key, told.findings)
        self._enable()
        self.order()

    def _enable(self) -> None:
        if not self._busy:
            ready = self._draft is not None and (self.names.value() == NAMED or self.doubtful.is_done)
            self.make.setEnabled(ready)

    # What is kept

    def _keep(self, key: str) -> Keep:
        kind, _, name = key.partition(":")

        def keep(library: Library, text: str) -> object:
            about = {kind: name} if name else {}
            return themes.summarise_all(library, text, title=self.title.value(), **about)

        return keep

    def _keep_title(self) -> None:
        if self._subject == self.subject.value() and self.title.value() != self._default_title():
            self.introduction.keep_now(anew=True)

    # What is made

    def _make(self) -> None:
        self.introduction.keep_now()
        folder = self._app.dialogs.choose_folder("Where should the report go?", self._app.folder)
        if folder is None:
            self.make.show_busy(busy=False)
            return
        request, shown = self._request(), self.doubtful.shown()

        def work(library: Library) -> list[Path]:
            draft = library_report.draft_report(library, self._libraries.load_catalogue(), request)
            # A colleague may have written something since the words were looked at.
            looked_at = {one.whole for one in library_report.identifying(draft)} <= shown
            return library_report.write_report(library_report.make_report(draft, looked_at=looked_at), folder)

        self._out(work, self.make, MADE, folder, "The report was not made")

    def _take_out(self) -> None:
        chosen = [key for key, box in self.kinds.items() if box.value()]
        folder = self._app.dialogs.choose_folder("Where should the tables go?", self._app.folder) if chosen else None
        if folder is None:
            self.take_out.show_busy(busy=False)
            return

        def work(library: Library) -> list[Path]:
            return export_library(library, self._libraries.load_catalogue(), folder, chosen)  # type: ignore[arg-type]

        self._out(work, self.take_out, TAKEN, folder, "The tables were not made")

    def _out(
        self, work: Callable[[Library], list[Path]], button: WorkButton, words: str, folder: Path, title: str
    ) -> None:
        self._busy = True
        button.show_busy(busy=True)

        def answer(_: list[Path]) -> None:
            self._rest()
            self._app.notifier.say(
                f"{words} It is in {folder}.",
                way=("Show me the folder", lambda: self._app.navigator.show_folder(folder)),
            )

        self._libraries.run(work, answer, title=title)

    def _rest(self, *_: object) -> None:
        self._busy = False
        for button in (self.make, self.take_out):
            button.show_busy(busy=False)
        self._enable()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back, and keeps what is typed."""
        if event.key() == Qt.Key.Key_Escape:
            self._keep_title()
            self.introduction.keep_now()
        super().keyPressEvent(event)
