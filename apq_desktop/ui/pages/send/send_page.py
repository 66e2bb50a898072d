"""Check and send: what is worth a look, for whom it is, what goes in, and the pack. Nothing here stops anybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import Signal

from apq_desktop import services
from apq_desktop.evaluation.rules.outgoing_copy import ANNEXES, LEFT_OUT, ROOM_FOR_A_REPLY, Include
from apq_desktop.evaluation.rules.remarks.remark_groups import grouped
from apq_desktop.evaluation.text.dates import local_stamp, shown
from apq_desktop.ui.fields.choice_fields import FlagField
from apq_desktop.ui.pages.send.cover_note_card import PacksReady
from apq_desktop.ui.pages.send.export_card import MakeBar, PackCard
from apq_desktop.ui.pages.send.reader_card import ReaderCard
from apq_desktop.ui.pages.send.recipients_card import RecipientsCard
from apq_desktop.ui.pages.send.remark_list import RemarkList
from apq_desktop.ui.pages.send.send_log_card import SendLogCard
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.widgets.layouts import TwoColumns
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.scroll_area import AROUND, WIDEST
from apq_desktop.ui.widgets.text_labels import Card

if TYPE_CHECKING:
    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.services import ExportedPack

SENTENCE = "Nothing here stops you. Put right what you can; the rest is named to the reader in one line."


class CheckAndSend(Page):
    """The last page before a pack leaves."""

    help_key = "check-and-send"
    make_requested = Signal(object)
    cancel_requested = Signal()
    open_requested = Signal(object)
    changes_requested = Signal(object)

    def __init__(self, app: AppContext, here: OpenEvaluation) -> None:
        super().__init__(SENTENCE, widest=WIDEST)
        self._app, self._files, self._session = app, app.files, here.session
        self._just_made: set[str] = set()
        self.usual_folder = app.folder / "Sent"
        worth_a_look = Card("Worth a look")
        self.remarks = RemarkList(here.view)
        worth_a_look.body.addWidget(self.remarks)
        self.reader = ReaderCard(here)
        self.for_whom = RecipientsCard(here.session)
        self._boxes: dict[str, FlagField] = {}
        self.pack = PackCard(app.dialogs, self.usual_folder)
        self.bar = MakeBar(self.pack)
        self.notes, self.sent_before = PacksReady(self.pack), SendLogCard(here.session.evaluation.id)
        columns = TwoColumns()
        for card in (worth_a_look, self.reader):
            columns.left.addWidget(card)
        for card in (self.for_whom, self._what_goes_in(), self.pack):
            columns.right.addWidget(card)
        self.column.addWidget(self.notes)
        self.column.addWidget(columns)
        self.column.addWidget(self.sent_before)
        self.column.addStretch(1)
        self.stand_below(self.bar)
        self.notes.sent.connect(self._note_sent_today)
        self.bar.look_requested.connect(lambda: app.navigator.show_page("read"))
        self.for_whom.changed.connect(self._show_recipients)
        self._show_recipients()
        self.pack.asked.connect(self._make)
        self.pack.cancelled.connect(self.cancel_requested)
        self.pack.folder_requested.connect(app.navigator.show_folder)
        self.sent_before.open_requested.connect(self.open_requested)
        self.sent_before.changes_requested.connect(self.changes_requested)

    def _show_recipients(self) -> None:
        names = self.for_whom.chosen()
        self.pack.show_count(len(names))
        self.bar.show_recipients(names)

    def refresh(self) -> None:
        """Look over the evaluation as it stands now."""
        remarks = services.run_checks(self._session.evaluation, self._session.catalogue, date.today())  # noqa: DTZ011
        self.remarks.show_groups(grouped(remarks, {area.key: area.number for area in self._session.evaluation.areas}))
        self.reader.refresh()
        self.show_sendings()

    def show_made(self, sent: Evaluation, packs: Sequence[ExportedPack]) -> None:
        """Show what was made of the evaluation as it was ``sent``."""
        self.pack.show_made(packs)
        self.notes.show_packs(sent, packs)
        codes = {pack.code for pack in packs}
        sendings = self._files.sendings(sent.id)
        self._just_made = {one.id for one in sendings if one.revision == sent.revision and one.code in codes}
        self.notes.sent_today.setVisible(bool(self._just_made))
        self.show_sendings()
        self.settle()
        self.verticalScrollBar().setValue(self.notes.y())
        self.ensureWidgetVisible(self.pack.open_folder, 0, AROUND)

    def _note_sent_today(self) -> None:
        """Let the file say that what was made just now has left."""
        held, made, at = self._files.workspace, frozenset(self._just_made), services.now()

        def noted(_: None) -> None:
            if shiboken6.isValid(self):
                self.notes.say_noted(shown(local_stamp(at)[:10]))
                self.show_sendings()

        self._app.run(lambda: held.send_log.note_sent_at(made, at), noted, failed="It was not noted")

    def show_sendings(self) -> None:
        """Show what was sent before, as the file has it now."""
        self.sent_before.show_sendings(self._files.sendings_by_evaluation())

    def _what_goes_in(self) -> Card:
        card = Card("What goes in", "Strengths, development areas, evidence and actions always do.")
        for key, words in (*LEFT_OUT.items(), *ANNEXES.items()):
            box = self._boxes[key] = FlagField(words)
            box.load(key not in ANNEXES)
            box.changed.connect(self._note_what_goes_in)
            card.body.addWidget(box)
        self.reply = FlagField(ROOM_FOR_A_REPLY)
        self.reply.load(True)
        card.body.addWidget(self.reply)
        return card

    def _note_what_goes_in(self) -> None:
        """Let “Read it through” show the same."""
        self._session.going_out = self._include()

    def _include(self) -> Include:
        annexes = tuple(annex for annex in ANNEXES if self._boxes[annex].value())
        parts: dict[str, Any] = {key: self._boxes[key].value() for key in LEFT_OUT}
        # Whoever leaves the notes out of the pages does not look for them in the data.
        return Include(**parts, notes="notes" in annexes, annexes=annexes, reply=self.reply.value())

    def _make(self) -> None:
        self.make_requested.emit(
            services.ExportRequest(
                self._session.evaluation,
                self._session.catalogue,
                self.pack.folder,
                self.pack.formats(),
                self.for_whom.chosen() or ("",),
                self._include(),
            )
        )
