"""Read it through: the whole evaluation as its reader will see it, before anything is sent."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtGui import QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser

from apq_desktop import services
from apq_desktop.toolkit.catalogue import Catalogue
from apq_desktop.ui.fields.field_editing import paint_frame
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.theme import colours

SENTENCE = "The whole evaluation in the words and the order in which its reader sees it. Nothing has been sent."
GO_THERE = "Go there"
LEAST_LINES = 8
"""The height that the text needs, in lines; below it the page scrolls."""
_STYLE = re.compile(r"<(style|title)>.*?</\1>", re.DOTALL)


class ReadPage(Page):
    """The text of the web page that a pack may carry, with a link from each area to its form."""

    help_key = "check-and-send"

    def __init__(self, _app: AppContext, here: OpenEvaluation) -> None:
        super().__init__(SENTENCE)
        self.limit_to_lines()
        self._session, self._view = here.session, here.view
        self.text = ReadingText()
        self.text.area_chosen.connect(self._view.visit_area)
        self.column.addWidget(self.text, 1)

    def refresh(self) -> None:
        """Show what is written now."""
        catalogue = self._session.catalogue
        page = services.as_read(self._session.evaluation, catalogue)
        self.text.show_page(with_ways(page, catalogue))

    def focus_first(self) -> None:
        """Put the focus into the text, so that the keys scroll it."""
        self.text.setFocus()


def with_ways(page: str, catalogue: Catalogue) -> str:
    """A web page without its style, in which each area's heading is followed by the way to its form."""
    page = _STYLE.sub("", page)
    for area in catalogue.areas:
        heading = f">{escape(f'{area.number} {area.title}')}</h3>"
        page = page.replace(heading, f'{heading}<p><a href="area:{area.key}">{GO_THERE}</a></p>')
    return page


class ReadingText(QTextBrowser):
    """The text to read. Links to parts of it scroll; those to an area leave for its form. Nothing is ever loaded."""

    area_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._page = ""
        self.setAccessibleName("The evaluation as its reader sees it")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.document().setDocumentMargin(16)
        self.anchorClicked.connect(self._follow)
        self._dress()

    def show_page(self, page: str) -> None:
        """Show a page, from the place in it that was in view."""
        self._page = page
        place = self.verticalScrollBar().value()
        self.setHtml(page)
        self.verticalScrollBar().setValue(place)

    def loadResource(self, _kind: int, _name: QUrl | str) -> None:
        """Load nothing, from the disk or from elsewhere."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of text size or colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._dress()

    def _dress(self) -> None:
        chosen = colours(QPalette())
        self.document().setDefaultStyleSheet(
            f"a {{ color: {chosen.accent}; }} h1, h2, h3, h4, th, b {{ font-weight: 600; }} "
            "td, th { padding: 4px; text-align: left; }"
        )
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * LEAST_LINES)
        if self._page:
            self.show_page(self._page)

    def _follow(self, link: QUrl) -> None:
        if link.scheme() == "area":
            self.area_chosen.emit(link.path())
        elif link.hasFragment():
            self.scrollToAnchor(link.fragment())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, then its frame, or the ring where it has the focus."""
        super().paintEvent(event)
        paint_frame(self.viewport(), focused=self.hasFocus())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint all again: the frame stands still, and Qt would move what is painted of it along with the text."""
        super().scrollContentsBy(dx, dy)
        self.viewport().update()
