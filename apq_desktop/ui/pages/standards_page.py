"""Where the proof stands: for each standard of a list what is written, where its proof is kept, when it is due."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from apq_desktop.evaluation.rules.standards_index import MarkedText, StandardEntry, index
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.dates import shown
from apq_desktop.toolkit.catalogue import StandardsList
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.field_layout import field_row
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.session.save_table import save_table
from apq_desktop.ui.widgets.buttons import Button, LinkButton
from apq_desktop.ui.widgets.layouts import ReplaceableColumn, add_layout
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel

SENTENCE = (
    "What you marked for a standard, in the forms. It says where to look. It does not say whether a standard is met."
)


class StandardsPage(Page):
    """An index of what is marked for the standards of one list; what has nothing yet is named last."""

    help_key = "where-the-proof-stands"

    def __init__(self, app: AppContext, here: OpenEvaluation) -> None:
        super().__init__(SENTENCE)
        self._session, self._view = here.session, here.view
        self.lists = ChoiceField([(one.key, one.name) for one in here.session.catalogue.standards_lists])
        self.lists.changed.connect(lambda _: self.refresh())
        add_layout(self.column, field_row("List of standards", self.lists))
        self._about = PlainLabel(quiet=True)
        self.column.addWidget(self._about)
        self._cards = ReplaceableColumn(14)
        self.column.addWidget(self._cards)
        self.print = Button("Save as PDF…")
        self.print.clicked.connect(lambda: save_table(app, here.session, "standards"))
        self.column.addWidget(self.print, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def focus_first(self) -> None:
        """Put the cursor into the choice of the list."""
        self.lists.setFocus()

    def refresh(self) -> None:
        """Show what is marked now."""
        catalogue = self._session.catalogue
        chosen: StandardsList = next(one for one in catalogue.standards_lists if one.key == self.lists.value())
        self._about.setText(" ".join(filter(None, (f"{chosen.name}, {chosen.edition}.", chosen.about))))
        entries = index(self._session.evaluation, catalogue, chosen)
        self._cards.renew()
        for entry in entries:
            if entry.marked:
                self._cards.addWidget(self._card(entry))
        if empty := [entry for entry in entries if not entry.marked]:
            card = Card("Nothing is marked yet for these")
            for entry in empty:
                card.body.addWidget(PlainLabel(f"{entry.standard.name} ({entry.theme})"))
            self._cards.addWidget(card)
        self._cards.show_now()

    def _card(self, entry: StandardEntry) -> Card:
        card = Card(entry.standard.name, entry.theme)
        for marked in entry.marked:
            add_layout(card.body, self._row(marked))
        return card

    def _row(self, marked: MarkedText) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(PlainLabel(marked.where, bold=True), 3, Qt.AlignmentFlag.AlignTop)
        text = "\n".join([visible_text(marked.text), *_proof(marked)])
        row.addWidget(PlainLabel(text), 6, Qt.AlignmentFlag.AlignTop)
        go = LinkButton("Go there", name=f"Go there: {marked.where}. {marked.text}")
        go.clicked.connect(lambda: self._view.go_to(marked))
        row.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
        return row


def _proof(marked: MarkedText) -> list[str]:
    """Where a source of evidence is kept and when it is to be looked at again, a sentence each."""
    if not marked.is_evidence:
        return []
    kept, review = visible_text(marked.location), visible_text(shown(marked.review_date))
    return [
        f"Kept: {kept}" if kept else "Where it is kept is not said.",
        *([f"Look again by {review}"] if review else []),
    ]
