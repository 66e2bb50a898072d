"""Reviews: what reviewers wrote about the open evaluation, area by area, and what waits for the setting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apq_desktop import services
from apq_desktop.errors import ApqError
from apq_desktop.evaluation.labels import area_title
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.text import dates
from apq_desktop.review.labels import NOTE_KINDS, STATES
from apq_desktop.review.lines import ReviewLine
from apq_desktop.review.placed_notes import PlacedNote, place_notes
from apq_desktop.review.state import Exchange, Thread, fold_lines
from apq_desktop.ui.fields.field_labels import field_row
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.widgets.buttons import Button, LinkButton
from apq_desktop.ui.widgets.layouts import ReplaceableColumn
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel

SENTENCE = "What came back about this evaluation. Nothing in it changes your own words."
NOTHING = "Nothing has come back yet. Open the reply that you were sent: the filled-in PDF, or the file beside it."
FOLLOWED = {"answer": "Answer", "close": "Closed", "reopen": "Opened again", "take-over": "Taken over"}
BETWEEN = 14
"""Pixels between two notes, so that what belongs together is seen to."""
WAITS = {"setting": "Waits for you", "reviewer": "Waits for the reviewer", "": ""}


class AnswerForm(QWidget):
    """Where the setting answers one request."""

    def __init__(self, note: ReviewLine, draft: str) -> None:
        super().__init__()
        self.note = note
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        self.text = TextField()
        self.text.load(draft)
        body.addLayout(field_row("Your answer", self.text, name=f"Your answer to: {note.text}"[:200]))
        self.keep = Button("Keep this answer", name=f"Keep this answer to: {note.text}"[:200])
        body.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)


class ReviewsPage(Page):
    """Whose review it is, its state, and each note beside its area, with the quoted words found again.

    A request that waits for the setting is answered here. An answer that is being typed stays in its field until it is
    kept; the session has it kept when the file is left.
    """

    help_key = "replies"

    def __init__(self, app: AppContext, here: OpenEvaluation) -> None:
        super().__init__(SENTENCE)
        self._app, self._files, self._session, self._view = app, app.files, here.session, here.view
        self._may_answer = here.may_be_sent and not here.session.read_only
        self._drafts: dict[str, str] = {}
        self._waiting: list[AnswerForm] = []
        self._last: TextField | None = None
        here.session.keep_answers = self._keep_drafts
        self._rows = ReplaceableColumn()
        self.column.addWidget(self._rows)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Show the review as it stands, beside what is written now."""
        self._rows.renew()
        self._waiting = []
        exchange = fold_lines(self._session.review_lines)
        if exchange == Exchange(refused=exchange.refused):
            self._rows.addWidget(PlainLabel(NOTHING, quiet=True))
            return
        self._rows.addWidget(self._summary(exchange))
        placed = place_notes(exchange, self._session.evaluation, self._as_read)
        for area in self._session.evaluation.areas:
            self._add_notes(self._titles()[area.key], [one for one in placed if one.area == area.key])
        self._add_notes("On the whole", [one for one in placed if not one.area])
        self._rows.show_now()

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
        if not text.strip():
            form.text.setFocus()
            return
        at = self._waiting.index(form)
        form.setEnabled(False)
        self._drafts.pop(note.id, None)

        def done(error: ApqError | None) -> None:
            if error:
                self._drafts[note.id] = text
            self.refresh()
            self._go_to_answer(at)

        self._write(lambda: services.answer(held, note, text), done)

    def _take_back(self, line: ReviewLine, note: ReviewLine) -> None:
        """Withdraw an answer; its words stand in the field again."""
        held = self._files.workspace

        def done(error: ApqError | None) -> None:
            if error is None:
                self._drafts.setdefault(note.id, line.text)
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
        notes = {line.id: line for line in self._session.review_lines}
        held = self._files.workspace
        for key, text in list(self._drafts.items()):
            if text.strip():
                work = partial(services.answer, held, notes[key], text)
                try:
                    self._session.add_review_line(self._files.store_thread.do(work))
                except ApqError as error:
                    return str(error)
            del self._drafts[key]
        return ""

    def _as_read(self, revision: int) -> Evaluation | None:
        """A revision as it was sent, where the file still holds it whole."""
        for sending in self._files.sendings(self._session.evaluation.id):
            if sending.revision == revision:
                with suppress(ApqError):
                    return self._files.read_sent(sending.id)[0]
        return None

    def _summary(self, exchange: Exchange) -> Card:
        card = Card("In short")
        for line in exchange.states.get("", ()):
            card.body.addWidget(PlainLabel(f"{STATES[line.state]}, {_whose(line)}.", bold=True))
            if line.text:
                card.body.addWidget(PlainLabel(line.text))
        waiting = len(exchange.waiting_for("setting"))
        if waiting:
            notes = "1 request waits" if waiting == 1 else f"{waiting:,} requests wait"
            card.body.addWidget(PlainLabel(f"{notes} for you.", bold=True))
            if self._may_answer:
                following = Button("Next that waits")
                following.clicked.connect(self.show_next)
                card.body.addWidget(following, 0, Qt.AlignmentFlag.AlignLeft)
        for text in self._agreed(exchange):
            card.body.addWidget(PlainLabel(text))
        return card

    def _titles(self) -> dict[str, str]:
        known = {area.key: area.title for area in self._session.catalogue.areas}
        areas = self._session.evaluation.areas
        return {area.key: area_title(area.number, known.get(area.key, area.title)) for area in areas}

    def _agreed(self, exchange: Exchange) -> Iterator[str]:
        titles = self._titles()
        for area, lines in exchange.states.items():
            for line in lines if area else ():
                yield f"{titles.get(area, area)}: {STATES[line.state]}, {_whose(line)}. {line.text}".strip()
        for line in exchange.agreed_actions:
            if line.action is not None:
                action = line.action
                parts = (titles.get(action.area, ""), action.what, action.who, dates.shown(action.by_when))
                yield f"Agreed action: {'; '.join(part for part in parts if part)}."
        for line in exchange.visits:
            yield f"Visit on {dates.shown(line.on)}, {line.role}: {line.text}"
        if exchange.next_review is not None:
            yield f"Next review: {dates.shown(exchange.next_review.on)}."

    def _add_notes(self, title: str, notes: list[PlacedNote]) -> None:
        if not notes:
            return
        card = Card(title)
        for note in notes:
            if note is not notes[0]:
                card.body.addSpacing(BETWEEN)
            for label in _told(note):
                card.body.addWidget(label)
            if note.area:
                name = f"Go there: {NOTE_KINDS[note.thread.note.kind]}. {note.thread.note.text}"
                go = LinkButton("Go there", name=name[:200])
                go.clicked.connect(lambda _=False, note=note: self._view.go_to(note))
                card.body.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
            if self._may_answer:
                self._add_answer(card, note.thread)
        self._rows.addWidget(card)

    def _add_answer(self, card: Card, thread: Thread) -> None:
        """A field for the answer where one is waited for; a way to take back an answer that nobody followed."""
        note = thread.note
        if thread.waits_for == "setting":
            form = AnswerForm(note, self._drafts.get(note.id, ""))
            form.text.changed.connect(lambda text: self._drafts.__setitem__(note.id, text))
            form.keep.clicked.connect(lambda: self._keep(form))
            self._waiting.append(form)
            card.body.addWidget(form)
        elif thread.followed and thread.followed[-1].side == "setting":
            last = thread.followed[-1]
            back = LinkButton("Take this answer back", name=f"Take this answer back: {last.text}"[:200])
            back.clicked.connect(lambda: self._take_back(last, note))
            card.body.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)


def _told(placed: PlacedNote) -> Iterator[PlainLabel]:
    """A note in words: what it is and whose, the words that it is about, what it says, and what followed."""
    thread = placed.thread
    waits = WAITS[thread.waits_for] or ("Closed" if thread.status == "closed" else "")
    head = f"{NOTE_KINDS[thread.note.kind]}, {_whose(thread.note)}"
    yield PlainLabel(f"{head}. {waits}." if waits else f"{head}.", bold=True)
    if placed.quoted:
        yield PlainLabel(_about(placed), quiet=True)
    elif placed.certainty == "not found":
        yield PlainLabel("What it was about is no longer there.", quiet=True)
    yield PlainLabel(thread.note.text)
    for line in thread.followed:
        text = f": {line.text}" if line.text else "."
        yield PlainLabel(f"{FOLLOWED[line.what]}, {_whose(line)}{text}")


def _about(placed: PlacedNote) -> str:
    quoted = f"On “{placed.quoted}”"
    if placed.certainty == "not found":
        return f"{quoted}. These words are no longer there."
    if placed.words_now == placed.quoted:
        return quoted
    now = "Now it reads" if placed.certainty == "here" else "Perhaps this is about"
    return f"{quoted}. {now} “{placed.words_now}”."


def _whose(line: ReviewLine) -> str:
    day = dates.shown(dates.local_stamp(line.at)[:10])
    who = line.role or ("You" if line.side == "setting" else "Reviewer")
    return f"{who}, {day}"
