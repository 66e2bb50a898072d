"""What came in with a part that a colleague gave back, and where both changed the same."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from apq_desktop import services
from apq_desktop.evaluation.diff.compare import compare
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.ui.fields.changed_text import section_card
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import ReplaceableColumn
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel

if TYPE_CHECKING:
    from apq_desktop.evaluation.edits.merge import BothChanged, Merged
    from apq_desktop.evaluation.model import Evaluation

SENTENCE = "What is new in it stands in your evaluation now. Undo takes all of it back in one step."
NOTHING = "There is nothing new in it."
BOTH = "Changed by both of you"
TOGETHER = "Both wordings stand there now, one after the other."
MINE_STANDS = "Yours stands there. Change it if theirs is right."


class ReturnedPartPage(Page):
    """First what both changed, with both wordings; then all that came in, area by area."""

    help_key = "parts-and-peers"

    def __init__(self, _app: AppContext, here: OpenEvaluation) -> None:
        super().__init__(SENTENCE)
        self._catalogue, self._view = here.session.catalogue, here.view
        self._rows = ReplaceableColumn(14)
        self.column.addWidget(self._rows)
        self.column.addStretch(1)

    def show_part(self, colleague: str, before: Evaluation, after: Evaluation, merged: Merged) -> None:
        """Show what a part brought into the evaluation as it was ``before``."""
        self._rows.renew()
        if merged.both:
            card = Card(BOTH)
            for one in merged.both:
                self._add_both(card, one, colleague)
            self._rows.addWidget(card)
        sections = compare(before, after, self._catalogue).sections
        for section in sections:
            self._rows.addWidget(section_card(section))
        if not (sections or merged.both):
            self._rows.addWidget(PlainLabel(NOTHING, quiet=True))
        self._rows.show_now()

    def _add_both(self, card: Card, one: BothChanged, colleague: str) -> None:
        place = services.where(one, self._catalogue)
        card.body.addWidget(PlainLabel(place, bold=True))
        for whose, text in (("You", one.mine), (colleague, one.theirs)):
            card.body.addWidget(PlainLabel(f"{whose}: {visible_text(text) or 'taken out'}"))
        card.body.addWidget(PlainLabel(TOGETHER if one.together else MINE_STANDS, quiet=True))
        go = LinkButton("Go there", name=f"Go there: {place}")
        go.clicked.connect(partial(self._go, one))
        card.body.addWidget(go)

    def _go(self, one: BothChanged, _checked: bool = False) -> None:
        self._view.go_to(one)
