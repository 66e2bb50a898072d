"""Search across everything in the file; accents and case do not matter."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout

from apq_desktop.evaluation.labels import evaluation_name
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.rules.search import SearchHit, find
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.ui.fields.field_labels import field_row
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import ReplaceableColumn
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel

PAUSE_MS = 150
MOST = 60


class SearchPage(Page):
    """Words, and the places where they stand, in this evaluation first and then in the others of the file."""

    help_key = "search"

    def __init__(self, app: AppContext, here: OpenEvaluation) -> None:
        super().__init__("Finds every text in which all the words stand.")
        self._app, self._session, self._view = app, here.session, here.view
        self._others: list[Evaluation] | None = None
        self.words = LineField()
        self.column.addLayout(field_row("Words to look for", self.words))
        self._found = PlainLabel(quiet=True)
        self.column.addWidget(self._found)
        self._card = Card()
        self._rows = ReplaceableColumn()
        self._card.body.addWidget(self._rows)
        self._card.hide()
        self.column.addWidget(self._card)
        self.column.addStretch(1)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.search)
        self.words.changed.connect(lambda _: self._pause.start())
        self.words.returnPressed.connect(self.search)

    def refresh(self) -> None:
        """Look again: the texts may have changed."""
        self._others = None
        self.search()

    def focus_first(self) -> None:
        """Put the cursor into the words."""
        self.words.setFocus()
        self.words.selectAll()

    def search(self) -> None:
        """Show where the words stand now."""
        self._pause.stop()
        words = visible_text(self.words.value())
        hits: list[tuple[Evaluation, SearchHit]] = []
        if words:
            if self._others is None:
                self._others = self._app.files.others(self._session.evaluation.id)
            for evaluation in (self._session.evaluation, *self._others):
                hits += [(evaluation, hit) for hit in find(evaluation, words, MOST - len(hits))]
        self._rows.renew()
        for evaluation, hit in hits:
            self._rows.addLayout(self._row(evaluation, hit))
        self._card.setVisible(bool(hits))
        self._found.say(self._summary(words, len(hits)))

    def _summary(self, words: str, count: int) -> str:
        if not words:
            return ""
        if not count:
            return "Nothing found."
        places = "1 place" if count == 1 else f"{count} places"
        return f"Found in {places}." if count < MOST else f"Found in {places} and perhaps more: add a word."

    def _row(self, evaluation: Evaluation, hit: SearchHit) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(14)
        where = f"{hit.where}, {hit.field_label}" if hit.field_label else hit.where
        if evaluation is not self._session.evaluation:
            here = self._session.evaluation.setting.name
            where = f"{evaluation_name(evaluation.title, evaluation.setting.name, here)}: {where}"
        row.addWidget(PlainLabel(where, bold=True), 3)
        row.addWidget(PlainLabel(hit.excerpt), 6)
        go = LinkButton("Go there", name=f"Go there: {where}. {hit.excerpt}")
        go.clicked.connect(lambda: self._go_to(evaluation.id, hit))
        row.addWidget(go)
        return row

    def _go_to(self, evaluation_id: str, hit: SearchHit) -> None:
        if evaluation_id == self._session.evaluation.id:
            self._view.go_to(hit)
        else:
            self._app.current.when_shown(evaluation_id, lambda there: there.view.go_to(hit))
            self._app.navigator.switch_to(evaluation_id)
