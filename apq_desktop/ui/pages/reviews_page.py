"""Reviews: what reviewers wrote about the open evaluation, area by area, and what waits for the setting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from apq_desktop.errors import ApqError
from apq_desktop.evaluation.labels import area_title
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.text import dates
from apq_desktop.review.labels import NOTE_KINDS, STATES
from apq_desktop.review.lines import ReviewLine
from apq_desktop.review.placed_notes import PlacedNote, place_notes
from apq_desktop.review.state import Exchange, fold_lines
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import ReplaceableColumn
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.text_labels import Card, PlainLabel

SENTENCE = "What came back about this evaluation. Nothing in it changes your own words."
NOTHING = "Nothing has come back yet. Open the reply that you were sent: the filled-in PDF, or the file beside it."
FOLLOWED = {"answer": "Answer", "close": "Closed", "reopen": "Opened again", "take-over": "Taken over"}
WAITS = {"setting": "Waits for you", "reviewer": "Waits for the reviewer", "": ""}


class ReviewsPage(Page):
    """Whose review it is, its state, and each note beside its area, with the quoted words found again."""

    help_key = "replies"

    def __init__(self, app: AppContext, here: OpenEvaluation) -> None:
        super().__init__(SENTENCE)
        self._files, self._session, self._view = app.files, here.session, here.view
        self._rows = ReplaceableColumn()
        self.column.addWidget(self._rows)
        self.column.addStretch(1)

    def refresh(self) -> None:
        """Show the review as it stands, beside what is written now."""
        self._rows.renew()
        exchange = fold_lines(self._session.review_lines)
        if exchange == Exchange(refused=exchange.refused):
            self._rows.addWidget(PlainLabel(NOTHING, quiet=True))
            return
        self._rows.addWidget(self._summary(exchange))
        placed = place_notes(exchange, self._session.evaluation, self._as_read)
        for area in self._session.evaluation.areas:
            self._add_notes(self._titles()[area.key], [one for one in placed if one.area == area.key])
        self._add_notes("On the whole", [one for one in placed if not one.area])

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
            for label in _told(note):
                card.body.addWidget(label)
            if note.area:
                name = f"Go there: {NOTE_KINDS[note.thread.note.kind]}. {note.thread.note.text}"
                go = LinkButton("Go there", name=name[:200])
                go.clicked.connect(lambda _=False, note=note: self._view.go_to(note))
                card.body.addWidget(go)
        self._rows.addWidget(card)


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
