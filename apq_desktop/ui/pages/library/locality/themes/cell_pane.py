"""What stands beside the matrix: the summary of the chosen cell, last year's, and the words that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from apq_desktop.evaluation.titles import PARTS
from apq_desktop.services.locality import themes
from apq_desktop.ui.fields.field_layout import field_row
from apq_desktop.ui.pages.library.locality.autosaved_text import AutosavedText
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import ReplaceableColumn, add_layout
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library, Revision
    from apq_desktop.review.library_lines import LibraryLine
    from apq_desktop.review.lines import Anchor
    from apq_desktop.services.locality.theme_matrix import MatrixCell

NO_WORDS = "No words are marked yet. Read the provider, select words, and press the figure or T."
LETTER_FOR_LETTER = "Letter for letter as they stood in the revision that you read."
MOST = 20
"""Quotations that are shown; the theme's own page has all."""


class CellPane(Card):
    """Keep what is typed at each pause. ``place_opened`` leads to words in their place."""

    place_opened = Signal(object, object, int)
    left = Signal()

    def __init__(self, app: AppContext) -> None:
        super().__init__()
        self._app = app
        self.title = PlainLabel(bold=True, scale=1.15)
        self.text = AutosavedText(app, lines=4)
        self.earlier, self.beside = PlainLabel(quiet=True), PlainLabel(quiet=True)
        self._rests = ReplaceableColumn(6)
        self.body.addWidget(self.title)
        add_layout(self.body, field_row("Your summary", self.text))
        for label in (self.earlier, self.beside):
            self.body.addWidget(label)
        self.body.addWidget(PlainLabel("It rests on these words", bold=True))
        self.body.addWidget(self._rests)
        self.body.addStretch(1)
        self._shown: tuple[str, str] | None = None

    def show_cell(
        self,
        row: tuple[Revision, str],
        column: tuple[str, str],
        cell: MatrixCell,
        officers: Mapping[str, str],
        *,
        is_theme: bool,
    ) -> None:
        """Show another cell, or the same one as it stands now. ``row`` and ``column`` have what each is called."""
        (revision, who), (key, name) = row, column
        self.title.setText(f"{who}, {name}")
        self.text.setAccessibleName(f"Your summary of {who}, {name}")
        written = cell.summary.text if cell.summary else ""
        anchors = tuple(dict.fromkeys(anchor for line in cell.marks for anchor in line.anchors))
        if self._shown != (revision.evaluation, key) or (self.text.is_kept and not self.text.hasFocus()):
            self._shown = revision.evaluation, key
            audience = cell.summary.audience if cell.summary else "us"
            self.text.show_kept(
                draft_name(revision, key),
                written,
                _keep(revision, key, anchors, audience, is_theme=is_theme),
            )
        self._tell(self.earlier, "The year before: ", cell.earlier.text if cell.earlier else "")
        told = [f"{_whose(line, officers)}: {line.text}" for line in cell.beside if line.text]
        self._tell(self.beside, "Also written, before: ", " · ".join(told))
        self._show_words(row, [(line, anchor) for line in cell.marks for anchor in line.anchors], key, is_theme)

    @staticmethod
    def _tell(label: PlainLabel, before: str, words: str) -> None:
        label.setText(f"{before}{words}" if words else "")
        label.setVisible(bool(words))

    def _show_words(
        self, row: tuple[Revision, str], marked: list[tuple[LibraryLine, Anchor]], key: str, is_theme: bool
    ) -> None:
        revision, who = row
        self._rests.renew()
        there = [anchor for _, anchor in marked if is_theme or anchor.area == key]
        for n, anchor in enumerate(there[:MOST], 1):
            quote = anchor.quote.exact if anchor.quote else "All of it"
            self._rests.addWidget(PlainLabel(f"“{quote}”"))
            where = PARTS.get(anchor.part, anchor.part)
            link = LinkButton("Read in place", name=f"Read in place, {n}: {where}")
            place = (anchor.part, anchor.item, anchor.field)
            start = anchor.quote.start if anchor.quote else 0
            link.clicked.connect(partial(self.place_opened.emit, revision, place, start))
            self._rests.addWidget(link)
        self._rests.addWidget(PlainLabel(LETTER_FOR_LETTER if there else NO_WORDS, quiet=True, scale=0.92))
        read = LinkButton("Read this provider", name=f"Read {who}")
        read.clicked.connect(partial(self.place_opened.emit, revision, ("", "", ""), 0))
        self._rests.addWidget(read)
        self._rests.show_now()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back to the table."""
        if event.key() == Qt.Key.Key_Escape:
            self.text.keep_now()
            self.left.emit()
        else:
            super().keyPressEvent(event)


def draft_name(revision: Revision, key: str) -> str:
    """What the summary of a cell is called among words that wait."""
    return f"summary {revision.evaluation} {key}"


def _whose(line: LibraryLine, officers: Mapping[str, str]) -> str:
    return "For you alone" if line.audience == "me" else officers.get(line.who) or "A colleague"


def _keep(
    revision: Revision, key: str, anchors: tuple[Anchor, ...], audience: str, *, is_theme: bool
) -> Callable[[Library, str], object]:
    def keep(library: Library, text: str) -> object:
        about = {"theme": key} if is_theme else {"area": key}
        return themes.summarise(library, revision, text, *anchors, **about, audience=audience)

    return keep
