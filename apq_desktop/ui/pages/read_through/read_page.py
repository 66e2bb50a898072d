"""Read it through: the whole evaluation as its reader will see it, before anything is sent."""

from __future__ import annotations

import re
from html import escape, unescape

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QAbstractSlider, QVBoxLayout, QWidget

from apq_desktop import services
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.rules.outgoing_copy import ANNEXES, EVERYTHING, LEFT_OUT, Include
from apq_desktop.toolkit.catalogue import Catalogue
from apq_desktop.ui.pages.read_through.contents_list import ContentsList, Place
from apq_desktop.ui.pages.read_through.whole_text import WholeText
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.fold import Fold
from apq_desktop.ui.widgets.layouts import Refitted
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.painted.edged_panel import EdgedPanel
from apq_desktop.ui.widgets.text_labels import PlainLabel

SENTENCE = "The whole evaluation in the words and the order in which its reader sees it. Nothing has been sent."
KEPT = "The snapshot “{name}”: how everything stood then. What you write now does not change it."
CHANGE = "Change what goes in"
GO_THERE = "Go there"
ROOM_FOR_CONTENTS, CONTENTS = 66, 17
"""Ems, of which one is the size of the words: the width from which the contents stand at the left, and their width."""
_STYLE = re.compile(r"<(style|title|nav)\b.*?</\1>", re.DOTALL)
_ENTRY = re.compile(r'<ul>|</ul>|<a href="#(part-\d+)"[^>]*>(.*?)</a>', re.DOTALL)


class ReadPage(Refitted, Page):
    """The text of the web page that a pack may carry, with a link from each area to its form."""

    help_key = "check-and-send"

    def __init__(self, app: AppContext, here: OpenEvaluation) -> None:
        super().__init__()
        self.limit_to_lines()
        self._session, self._may_be_sent = here.session, here.may_be_sent
        self._about, self._goes_in = PlainLabel(scale=1.1, quiet=True), PlainLabel(quiet=True)
        self._change = LinkButton(CHANGE)
        self._change.clicked.connect(lambda: app.navigator.show_page("send"))
        self.text = WholeText()
        self.text.area_chosen.connect(here.view.visit_area)
        self.text.place_wanted.connect(self._scroll_to)
        self.text.scroll_wanted.connect(self._scroll)
        self.contents, self._fold = ContentsList(), Fold("Contents")
        self.contents.place_chosen.connect(self.text.show_place)
        self._contents_side = _Side(self)
        for widget in (self._about, self._goes_in, self._change, self._fold, self.text):
            self.column.addWidget(widget)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Show what is written now, with what is ticked on Check and send."""
        catalogue, include = self._session.catalogue, self._session.going_out
        page = services.as_read(self._session.evaluation, catalogue, include)
        self._goes_in.setText(in_words(include))
        self._show(SENTENCE, page, with_ways(page, catalogue))
        self._goes_in.show()
        self._change.setVisible(self._may_be_sent)

    def show_kept(self, name: str, evaluation: Evaluation) -> None:
        """Show a snapshot instead, with all that is in it, until the page comes into view again."""
        page = services.as_read(evaluation, self._session.catalogue, EVERYTHING)
        self._show(KEPT.format(name=name), page, without_contents(page))
        self._goes_in.hide()
        self._change.hide()
        self.verticalScrollBar().setValue(0)

    def _show(self, about: str, page: str, text: str) -> None:
        self._about.setText(about)
        self.contents.show_places(places_of(page))
        self.text.show_page(text)
        self._refit()

    def focus_first(self) -> None:
        """Put the focus into the text, so that the keys scroll it, from where the page stands."""
        before = self.verticalScrollBar().value()
        self.text.setFocus()
        self.verticalScrollBar().setValue(before)

    def _refit(self) -> None:
        em = QFontInfo(self.font()).pixelSize()
        beside = self.width() >= ROOM_FOR_CONTENTS * em
        width = CONTENTS * em if beside else 0
        (self._contents_side.column if beside else self._fold.body).addWidget(self.contents)
        self._fold.setVisible(not beside)
        self._contents_side.setVisible(beside)
        self._contents_side.setGeometry(QRect(0, 0, width, self.height()))
        self.setViewportMargins(width, 0, 0, 0)
        self.contents.setMinimumHeight(0 if beside else self.contents.whole_height())

    def _scroll(self, action: QAbstractSlider.SliderAction) -> None:
        self.verticalScrollBar().triggerAction(action)

    def _scroll_to(self, y: int) -> None:
        self.verticalScrollBar().setValue(self.text.mapTo(self.page, self.text.rect().topLeft()).y() + y)

    def order(self) -> None:
        """Let Tab come to the contents before the text where they stand at its left."""
        super().order()
        if self._contents_side.isVisible():
            QWidget.setTabOrder(self.contents, self.back)


class _Side(EdgedPanel):
    """What the contents stand in at the left: the ground of the header, with a line at the right."""

    GROUND = "side"
    EDGE = "right"

    def __init__(self, page: ReadPage) -> None:
        super().__init__(page)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(8, 16, 1, 8)
        self.column.setSpacing(6)
        title = PlainLabel("Contents", bold=True, quiet=True, scale=0.87)
        title.setContentsMargins(12, 0, 0, 0)
        self.column.addWidget(title)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)


def without_contents(page: str) -> str:
    """A web page without style and contents."""
    return _STYLE.sub("", page)


def with_ways(page: str, catalogue: Catalogue) -> str:
    """A web page without style and contents, in which each area's heading is followed by the way to its form."""
    page = without_contents(page)
    for area in catalogue.areas:
        heading = f">{escape(f'{area.number} {area.title}')}</h3>"
        page = page.replace(heading, f'{heading}<p><a href="area:{area.key}">{GO_THERE}</a></p>')
    return page


def places_of(page: str) -> list[Place]:
    """The entries of a web page's contents."""
    contents = page.partition("<nav")[2].partition("</nav>")[0]
    found: list[Place] = []
    depth = -1
    for entry in _ENTRY.finditer(contents):
        if entry[1]:
            found.append((unescape(entry[2]), entry[1], depth))
        else:
            depth += 1 if entry[0] == "<ul>" else -1
    return found


def in_words(include: Include) -> str:
    """What stays out and what is added, in a sentence for each: empty where it is the usual."""
    out = [words for name, words in LEFT_OUT.items() if not getattr(include, name)]
    added = [ANNEXES[annex] for annex in include.annexes]
    said = [f"Left out: {', '.join(out).lower()}."] if out else []
    said += [f"Added at the end: {', '.join(added)}."] if added else []
    return " ".join(said) or "With contact details, key stages, places and facts, and the support you would like."
