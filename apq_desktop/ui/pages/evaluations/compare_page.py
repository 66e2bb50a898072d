"""What changed between two evaluations of the file, area by area, word by word."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from apq_desktop.evaluation.diff.compare import compare
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.ui.fields.changed_text import section_card
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.field_layout import field_row
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.widgets.layouts import ReplaceableColumn, add_layout
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.text_labels import PlainLabel

Pair = Callable[[str, str], tuple[Evaluation, Evaluation]]
SENTENCE = "New words are underlined, words that went are struck through. Nothing here counts or weighs anything."
NOW = "As it stands now"


class ComparePage(Page):
    """An earlier and a later state, side by side in one text."""

    help_key = "next-year"

    def __init__(self, _app: AppContext, here: OpenEvaluation) -> None:
        super().__init__(SENTENCE)
        self._catalogue = here.session.catalogue
        self._pair: Pair | None = None
        self.earlier, self.later = ChoiceField(()), ChoiceField(())
        add_layout(self.column, field_row("From", self.earlier))
        add_layout(self.column, field_row("To", self.later))
        for choice in (self.earlier, self.later):
            choice.changed.connect(lambda _: self.refresh())
        self._sections = ReplaceableColumn(14)
        self.column.addWidget(self._sections)
        self.column.addStretch(1)

    def offer(self, choices: Sequence[tuple[str, str]], pair: Pair, chosen: str = "") -> None:
        """Offer what can be compared, as keys and words; ``pair`` reads two by their keys, the open one by an empty.

        ``chosen`` is the key of the earlier one; the later one is the open evaluation until another is chosen.
        """
        self._pair = pair
        for field, offered in ((self.earlier, choices), (self.later, [("", NOW), *choices])):
            field.clear()
            for key, words in offered:
                field.addItem(words, key)
        self.earlier.load(chosen or choices[0][0])
        self.later.load("")
        self.refresh()

    def focus_first(self) -> None:
        """Put the focus on the choice."""
        self.earlier.setFocus()

    def refresh(self) -> None:
        """Compare as both stand now."""
        self._sections.renew()
        if self._pair is None:
            return
        comparison = compare(*self._pair(self.earlier.value(), self.later.value()), self._catalogue)
        if not comparison.sections:
            self._sections.addWidget(PlainLabel("Nothing changed.", quiet=True))
        for section in comparison.sections:
            self._sections.addWidget(section_card(section))
