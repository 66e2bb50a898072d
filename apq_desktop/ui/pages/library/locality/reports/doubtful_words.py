"""Words of a report without names that may tell who is meant: each is shown, and can be shortened, beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from apq_desktop.services.locality import library_report
from apq_desktop.services.locality.library_report import IdentifyingWords, is_shortened
from apq_desktop.ui.fields.choice_fields import FlagField
from apq_desktop.ui.fields.field_layout import field_row
from apq_desktop.ui.pages.library.locality.autosaved_text import AutosavedText, Keep
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.layouts import FlowLayout, ReplaceableColumn, add_layout
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library

AT_ONCE = 20
HINT = (
    "The words named may tell which setting, place or person is meant. Shorten a text with […] where something is left "
    "out, or let it stand. Nothing else can be changed in it here."
)
NONE = "No words were found that name a setting, a place or a person. Small groups are known without a name: read on."
LOOKED = "I looked at each of them"
NOT_SO = "This text is not only shortened, so it stays as it was: keep the words and their order, with […] between."


class DoubtfulWords(Card):
    """``looked_at`` can be ticked when the last of them was shown. ``shortened`` follows each text that was kept."""

    shortened = Signal()
    changed = Signal()

    def __init__(self, app: AppContext) -> None:
        super().__init__("Before it is made", HINT)
        self._app = app
        self.said = PlainLabel()
        self._texts: list[tuple[str, str, list[str]]] = []
        self._about = ""
        self._at = self._seen = 0
        self.rows = ReplaceableColumn(14)
        self.fields: list[AutosavedText] = []
        self.body.addWidget(self.said)
        self.body.addWidget(self.rows)
        row = FlowLayout(8)
        self.before, self.after = Button("Show those before"), Button("Show the next")
        self.before.clicked.connect(lambda: self._go(self._at - AT_ONCE))
        self.after.clicked.connect(lambda: self._go(self._at + AT_ONCE))
        for button in (self.before, self.after):
            row.addWidget(button)
        add_layout(self.body, row)
        self.looked_at = FlagField(LOOKED)
        self.looked_at.changed.connect(lambda _: self.changed.emit())
        self.body.addWidget(self.looked_at)

    def show_findings(self, about: str, findings: Sequence[IdentifyingWords]) -> None:
        """Show what was found, each text once with all that may name somebody in it.

        What was shown of a report ``about`` the same stays, also where nothing is left in it that names anybody.
        """
        found: dict[str, tuple[str, str, list[str]]] = {}
        for one in findings:
            found.setdefault(one.whole, (one.whole, one.text, []))[2].append(one.words)
        texts = list(found.values())
        if about == self._about and set(found) <= {one[0] for one in self._texts}:
            return
        self._about, self._texts = about, texts
        self._seen = 0
        self.looked_at.load(False)
        self.said.setText("" if texts else NONE)
        self.said.setVisible(not texts)
        self._go(0)
        self.changed.emit()

    def shown(self) -> frozenset[str]:
        """The texts that were shown, as they stood before anything was left out."""
        return frozenset(one[0] for one in self._texts[: self._seen])

    @property
    def is_done(self) -> bool:
        """Whether the report may be made."""
        return not self._texts or self.looked_at.value()

    def _go(self, first: int) -> None:
        self._at = min(max(first, 0), max(len(self._texts) - 1, 0))
        there = self._texts[self._at : self._at + AT_ONCE]
        self._seen = max(self._seen, self._at + len(there))
        for field in self.fields:
            field.keep_now()
        self.rows.renew()
        self.fields = []
        for n, (whole, text, words) in enumerate(there, self._at + 1):
            field = AutosavedText(self._app, lines=1)
            field.show_kept(f"shortened {whole}", text, _shorten(whole))
            field.kept.connect(self.shortened)
            field.accepts = partial(is_shortened, whole)
            warning = PlainLabel(NOT_SO)
            warning.show_ink("warning")
            warning.hide()
            field.refused.connect(warning.setVisible)
            named = ", ".join(f"“{one}”" for one in dict.fromkeys(words))
            label = f"{n} of {len(self._texts)}: {named}"
            self.rows.addLayout(field_row(label, field, name=f"Text {n}, shortened"))
            self.rows.addWidget(warning)
            self.fields.append(field)
        self.rows.show_now()
        more = self._at + len(there) < len(self._texts)
        self.before.setVisible(self._at > 0)
        self.after.setVisible(more)
        self.looked_at.setVisible(bool(self._texts))
        self.looked_at.setEnabled(self._seen >= len(self._texts))


def _shorten(whole: str) -> Keep:
    def keep(library: Library, text: str) -> object:
        return library_report.shorten(library, whole, text)

    return keep
