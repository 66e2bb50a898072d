"""A part for a colleague to write on, or a copy for a peer to review: for whom, which areas, and making it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup

from apq_desktop import services
from apq_desktop.evaluation.model import CopyFor
from apq_desktop.evaluation.rules.outgoing_copy import Include
from apq_desktop.evaluation.titles import area_title
from apq_desktop.ui.fields.choice_fields import FlagField
from apq_desktop.ui.fields.field_layout import ChoiceHint, field_row
from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.pages.send.export_card import PackCard
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.widgets.layouts import TwoColumns, add_layout
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.scroll_area import WIDEST
from apq_desktop.ui.widgets.text_labels import Card
from apq_desktop.ui.widgets.tick_boxes import RadioButton

if TYPE_CHECKING:
    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.services import ExportedPack

SENTENCE = "Some areas, or all, go out as a file. Your own evaluation stays as it is."
WHOM: tuple[tuple[CopyFor, str, str], ...] = (
    (
        "colleague",
        "A colleague writes on it",
        "It comes back as a file. Open it here, and what is new comes in.",
    ),
    ("peer", "A peer reviews it", "There is room for a reply in the PDF. What comes back stands on “Reviews”."),
)
NO_AREAS = "Tick at least one area for your colleague to write in."


class CopiesPage(Page):
    """Ask for whom a copy is and which areas are in it."""

    help_key = "parts-and-peers"
    make_requested = Signal(object)
    cancel_requested = Signal()

    def __init__(self, app: AppContext, here: OpenEvaluation) -> None:
        super().__init__(SENTENCE, widest=WIDEST)
        self._app, self._session, self.usual_folder = app, here.session, app.folder / "Sent"
        self.pack = PackCard(app.dialogs, self.usual_folder)
        columns = TwoColumns()
        columns.left.addWidget(self._for_whom())
        columns.left.addWidget(self.pack)
        columns.right.addWidget(self._which_areas())
        self.column.addWidget(columns)
        self.column.addStretch(1)
        self.pack.asked.connect(self._make)
        self.pack.cancelled.connect(self.cancel_requested)
        self.pack.folder_requested.connect(app.navigator.show_folder)

    def focus_first(self) -> None:
        """Put the focus on the choice."""
        self.group.buttons()[0].setFocus()

    def show_made(self, _sent: Evaluation, packs: Sequence[ExportedPack]) -> None:
        """Show what was made."""
        self._drafts.forget()
        self.pack.show_made(packs)

    def _for_whom(self) -> Card:
        card = Card("For whom")
        self.group = QButtonGroup(self)
        for number, (_, words, hint) in enumerate(WHOM):
            button = RadioButton(words)
            button.setAccessibleDescription(hint)
            button.setChecked(number == 0)
            self.group.addButton(button, number)
            card.body.addWidget(button)
            card.body.addWidget(ChoiceHint(hint))
        self.name = LineField()
        self._drafts = self._app.drafts.form({"copy": self.name})
        self._drafts.show(self._session.evaluation.id)
        hint = "A role, or the setting of the peer. It stands in the names of the files."
        add_layout(card.body, field_row("Name", self.name, hint=hint))
        return card

    def _which_areas(self) -> Card:
        card = Card("Which areas", "For a peer: all, where none is ticked. Actions and evidence of an area go with it.")
        self.boxes: dict[str, FlagField] = {}
        for area in self._session.catalogue.areas:
            box = self.boxes[area.key] = FlagField(area_title(area.number, area.title))
            card.body.addWidget(box)
        return card

    def _make(self) -> None:
        areas = tuple(key for key, box in self.boxes.items() if box.value())
        copy_for = WHOM[self.group.checkedId()][0]
        if copy_for == "colleague" and not areas:
            self.pack.show_not_made(NO_AREAS)
            next(iter(self.boxes.values())).setFocus()
            return
        include = Include(reply=copy_for == "peer", copy_for=copy_for, areas=areas)
        evaluation, catalogue = self._session.evaluation, self._session.catalogue
        wanted = (evaluation, catalogue, self.pack.folder, self.pack.formats(), (self.name.value(),), include)
        self.make_requested.emit(services.ExportRequest(*wanted))
