"""One action or development area over the years."""

from __future__ import annotations

from collections.abc import Callable

from apq_desktop.evaluation.diff.item_history import ItemState, Kind, history_of
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.toolkit.catalogue import Catalogue
from apq_desktop.ui.pages.evaluations.compare_page import ChangedText
from apq_desktop.ui.widgets.layouts import ReplaceableColumn
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel

SENTENCE = "As it stood in each year. From the second year on, what changed is shown: new words are underlined."
AS_BEFORE = "As in the year before."


class ItemHistoryPage(Page):
    """The states of one item, the first year first. ``years`` reads the evaluations it was carried through."""

    def __init__(self, catalogue: Catalogue, years: Callable[[], list[Evaluation]]) -> None:
        super().__init__("Over the years", SENTENCE)
        self._catalogue, self._years = catalogue, years
        self._cards = ReplaceableColumn(14)
        self.column.addWidget(self._cards)
        self.column.addStretch(1)

    def show_item(self, kind: Kind, item_id: str) -> None:
        """Show another item."""
        self._cards.renew()
        for number, state in enumerate(history_of(kind, item_id, self._years(), self._catalogue)):
            self._cards.addWidget(_card(state, is_first=number == 0))
        self._cards.show_now()
        self.settle()
        self.order()


def _card(state: ItemState, *, is_first: bool) -> Card:
    card = Card(state.name, state.period)
    shown = state.fields if is_first else state.changes
    for field in shown:
        card.body.addWidget(PlainLabel(field.label, quiet=True, scale=0.95))
        card.body.addWidget(ChangedText(field))
    if not shown:
        card.body.addWidget(PlainLabel(AS_BEFORE))
    return card
