"""Reviews: what reviewers wrote about the open evaluation, area by area, and what waits for the setting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from apq_desktop import services
from apq_desktop.errors import ApqError
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.rules.outgoing_copy import Include, copy_to_send
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.titles import area_title
from apq_desktop.review.exchange_state import Exchange, fold_lines
from apq_desktop.review.lines import ReviewLine
from apq_desktop.review.note_wording import ON_THE_WHOLE, WAITS, by_area, summary_of, whose
from apq_desktop.review.parties import Party, part_of, parties
from apq_desktop.review.placed_notes import PlacedNote, place_notes
from apq_desktop.review.review_labels import NOTE_KINDS, STATES
from apq_desktop.review.turns import turns
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.field_layout import compact_field
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.pages.reviews.note_rows import AnswerForm, note_rows
from apq_desktop.ui.pages.reviews.quoted_words import WordsAndNotes, together
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.widgets.buttons import Button, LinkButton
from apq_desktop.ui.widgets.layouts import ReplaceableColumn
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.scroll_area import WIDEST
from apq_desktop.ui.widgets.side_rows import SideRow, SideRows, as_choices
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel

SENTENCE = "What came back about this evaluation. Nothing in it changes your own words."
NOTHING = "Nothing has come back yet. Open the reply that you were sent: the PDF, or the file beside it."
WRITE_FIRST = "An answer is a sentence or a change in your text. Write one, then keep the answer."
NEXT, KEY = "Next that waits (F8)", "F8"
NOBODY = "Nothing waits"


class ReviewsPage(Page):
    """Whose review it is, its state, what waits for whom, and each note beside the words that it is about.

    A request that waits for the setting is answered here. An answer that is being typed stays in its field until it is
    kept, after a crash too; the session has it kept when the file is left. What each reviewer wrote stands apart.
    """

    help_key = "replies"

    def __init__(self, app: AppContext, here: OpenEvaluation) -> None:
        super().__init__(SENTENCE, widest=WIDEST)
        self._app, self._files, self._session, self._view = app, app.files, here.session, here.view
        self._may_answer = here.may_be_sent and not here.session.read_only
        self._drafts, self._place = app.drafts, here.session.evaluation.id
        self._waiting: list[AnswerForm] = []
        self._headings: dict[str, QWidget] = {}
        self._ways: dict[str, QWidget] = {}
        self._read: dict[int, tuple[Evaluation, Include] | None] = {}
        self._last: TextField | None = None
        here.session.keep_answers = self._keep_drafts
        self.side, self.places = SideRows("What came back, by whose turn it is"), ChoiceField([])
        self.side.chosen.connect(self._show_area)
        self.side.entered.connect(self._enter_area)
        self.places.changed.connect(self._enter_area)
        self._places = compact_field("Go to", self.places)
        self.column.addWidget(self._places)
        self._rows = ReplaceableColumn(14)
        self.column.addWidget(self._rows)
        self.column.addStretch(1)
        self.stand_beside(self.side)
        following = QShortcut(QKeySequence(KEY), self.whole, self.show_next)
        following.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def event(self, event: QEvent) -> bool:
        """Where the list has no room beside the page, a choice leads to the same places."""
        known = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange) and hasattr(self, "_places"):
            self._places.setVisible(bool(self.side.rows) and self.side.isHidden())
        return known

    def focus_first(self) -> None:
        """Onto what leads to the notes; where nothing came back, onto the way back."""
        shown = (one for one in (self.side, self.places, self.back) if one.isVisibleTo(self))
        next(shown, self).setFocus()

    def refresh(self) -> None:
        """Show the reviews as they stand, beside what is written now."""
        self._rows.renew()
        self._waiting, self._ways, self._headings, self._read = [], {}, {}, {}
        exchange = fold_lines(self._session.review_lines)
        if exchange == Exchange(refused=exchange.refused):
            self._rows.addWidget(PlainLabel(NOTHING, quiet=True))
            self._lead([])
            return
        placed = place_notes(exchange, self._session.evaluation, self._as_read, self._as_sent)
        reviewers = parties(self._session.review_lines)
        sides: list[SideRow] = []
        for party in reviewers:
            sides += self._add_party(party, part_of(exchange, party), placed)
        self._rows.show_now()
        self._lead(sides)

    def _add_party(self, party: Party, exchange: Exchange, placed: Sequence[PlacedNote]) -> list[SideRow]:
        """Add what one reviewer wrote. Returns the rows that lead there."""
        own = [one for one in placed if one.thread.note.who in party.writers]
        titles = self._titles()
        self._rows.addWidget(PlainLabel(party.title, bold=True, scale=1.4))
        self._rows.addWidget(self._summary(exchange))
        for title, notes in by_area(own, titles):
            self._add_notes(title, notes)
        rows, heading = [SideRow(party.title)], ""
        for turn in turns(exchange, titles, "setting"):
            words = WAITS["setting"].get(turn.side, NOBODY)
            rows += [SideRow(words)] if words != heading else []
            heading = words
            rows.append(SideRow(titles.get(turn.area, ON_THE_WHOLE), turn.counted, turn.threads[0].note.id))
        return rows

    def _lead(self, rows: Sequence[SideRow]) -> None:
        """Show what leads to the notes: the list beside, or the choice where that has no room."""
        self.side.show_rows(rows)
        self.places.offer_choices(list(as_choices(rows)))
        self.stand_beside(self.side)
        self._places.setVisible(bool(rows) and self.side.isHidden())

    def _show_area(self, note: str) -> None:
        heading = self._headings.get(note)
        if heading is not None:
            self.settle()
            self.verticalScrollBar().setValue(heading.mapTo(self.page, QPoint(0, 0)).y() - 12)

    def _enter_area(self, note: str) -> None:
        """Go on into the notes on an area, to the first of those that a row stands for."""
        self._show_area(note)
        if (way := self._ways.get(note)) is not None:
            way.setFocus()

    def show_next(self) -> None:
        """Put the cursor into the next answer that is waited for, after the last into the first again."""
        if self._waiting:
            at = next((n for n, form in enumerate(self._waiting) if form.text is self._last), -1)
            self._go_to_answer((at + 1) % len(self._waiting))

    def _go_to_answer(self, at: int) -> None:
        if not self._waiting:
            self.focus_first()
            return
        self._last = self._waiting[min(at, len(self._waiting) - 1)].text
        self._last.setFocus()

    def _keep(self, form: AnswerForm) -> None:
        """Keep what is typed as an answer, and go on to the next request."""
        note, text, held = form.note, form.text.value(), self._files.workspace
        if not visible_text(text) and not form.by_change:
            self._app.notifier.say(WRITE_FIRST)
            form.text.setFocus()
            return
        at = self._waiting.index(form)
        form.setEnabled(False)
        self._drafts.forget(self._place, note.id)

        def done(error: ApqError | None) -> None:
            if error:
                self._drafts.keep(self._place, note.id, text)
            self._drafts.write()
            self.refresh()
            self._go_to_answer(at)

        self._write(lambda: services.answer(held, note, text), done)

    def _take_back(self, line: ReviewLine, note: ReviewLine) -> None:
        """Withdraw an answer; its words stand in the field again."""
        held = self._files.workspace

        def done(error: ApqError | None) -> None:
            if error is None and note.id not in self._drafts.of(self._place):
                self._drafts.keep(self._place, note.id, line.text)
            self.refresh()
            self._go_to_answer(next((n for n, form in enumerate(self._waiting) if form.note == note), 0))

        self._write(lambda: services.take_back(held, line), done)

    def _write(self, work: Callable[[], ReviewLine], then: Callable[[ApqError | None], None]) -> None:
        """Write a line in the background, and show how everything stands then, or why nothing was written."""

        def answer(done: Future[ReviewLine]) -> None:
            error = done.exception()
            if error is None:
                self._session.add_review_line(done.result())
            else:
                self._app.dialogs.tell_error("It was not saved", error)
            then(error if isinstance(error, ApqError) else None)

        self._files.store_thread.run(work, answer)

    def _keep_drafts(self) -> str:
        """The file is left: what was typed and not kept yet is kept now. Returns why not, or an empty text."""
        waiting = fold_lines(self._session.review_lines).waiting_for("setting")
        notes = {thread.note.id: thread.note for thread in waiting}
        held = self._files.workspace
        for key, text in list(self._drafts.of(self._place).items()):
            if key not in notes:
                continue
            if visible_text(text):
                work = partial(services.answer, held, notes[key], text)
                try:
                    self._session.add_review_line(self._files.store_thread.do(work))
                except ApqError as error:
                    return str(error)
            self._drafts.forget(self._place, key)
        return ""

    def _as_read(self, revision: int) -> Evaluation | None:
        """A revision as it was sent, where the file still holds it whole."""
        if revision not in self._read:
            held, session = self._files.workspace, self._session
            work = partial(services.evaluation_as_read, held, session.evaluation.id, revision, session.catalogue)
            self._read[revision] = self._files.store_thread.do(work)
        read = self._read[revision]
        return read[0] if read else None

    def _as_sent(self, revision: int) -> Evaluation:
        """What stands now, without what was left out of a revision."""
        read = self._read.get(revision)
        return copy_to_send(self._session.evaluation, read[1]) if read else self._session.evaluation

    def _summary(self, exchange: Exchange) -> Card:
        card = Card("In short")
        for line in exchange.states.get("", ()):
            card.body.addWidget(PlainLabel(f"{STATES[line.state]}, {whose(line, 'setting')}.", bold=True))
            if line.text:
                card.body.addWidget(PlainLabel(line.text))
        waiting = len(exchange.waiting_for("setting"))
        if waiting:
            notes = "1 request waits" if waiting == 1 else f"{waiting:,} requests wait"
            card.body.addWidget(PlainLabel(f"{notes} for you.", bold=True))
            if self._may_answer:
                following = Button(NEXT, name="Next that waits")
                following.clicked.connect(self.show_next)
                card.body.addWidget(following, 0, Qt.AlignmentFlag.AlignLeft)
        for text in summary_of(exchange, self._titles(), "setting"):
            card.body.addWidget(PlainLabel(text))
        return card

    def _titles(self) -> dict[str, str]:
        known = {area.key: area.title for area in self._session.catalogue.areas}
        areas = self._session.evaluation.areas
        return {area.key: area_title(area.number, known.get(area.key, area.title)) for area in areas}

    def _add_notes(self, title: str, notes: list[PlacedNote]) -> None:
        """The notes on one area, those about the same text beside it."""
        heading = PlainLabel(title, bold=True, scale=1.25)
        self._headings |= {one.thread.note.id: heading for one in notes}
        self._rows.addWidget(heading)
        for about in together(notes):
            row = WordsAndNotes(about)
            for note in about:
                row.right.addWidget(self._note_card(note))
            self._rows.addWidget(row)

    def _note_card(self, note: PlacedNote) -> Card:
        card = Card()
        card.body.setContentsMargins(16, 12, 16, 12)
        for row in note_rows(note):
            card.body.addWidget(row)
        if self._may_answer:
            self._add_answer(card, note)
        if note.area:
            name = f"Go there: {NOTE_KINDS[note.thread.note.kind]}. {note.thread.note.text}"
            self._add_link(card, note.thread.note, "Go there", name, partial(self._view.go_to, note))
        return card

    def _add_answer(self, card: Card, placed: PlacedNote) -> None:
        """A field for the answer where one is waited for; a way to take back an answer that nobody followed."""
        thread, note = placed.thread, placed.thread.note
        if thread.waits_for == "setting":
            draft = self._drafts.of(self._place).get(note.id, "")
            form = AnswerForm(note, draft, by_change=bool(placed.changes))
            form.text.changed.connect(partial(self._drafts.keep, self._place, note.id))
            form.text.editing_finished.connect(self._drafts.write)
            form.keep.clicked.connect(lambda: self._keep(form))
            self._ways[note.id] = form.text
            self._waiting.append(form)
            card.body.addWidget(form)
        elif thread.followed and thread.followed[-1].side == "setting":
            last = thread.followed[-1]
            name = f"Take this answer back: {last.text}"
            self._add_link(card, note, "Take this answer back", name, partial(self._take_back, last, note))

    def _add_link(self, card: Card, note: ReviewLine, text: str, name: str, follow: Callable[[], object]) -> None:
        link = LinkButton(text, name=name[:200])
        link.clicked.connect(lambda _=False: follow())
        self._ways.setdefault(note.id, link)
        card.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
