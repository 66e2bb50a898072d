"""One provider to read: what was written, notes beside the words, what changed, the state, and the reply."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.review.labels import STANDINGS
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.field_labels import compact_field
from apq_desktop.ui.pages.library.agreements import Agreements
from apq_desktop.ui.pages.library.comment_cards import CommentCard
from apq_desktop.ui.pages.library.note_writer import NoteWriter
from apq_desktop.ui.pages.library.reading_body import ReadingBody
from apq_desktop.ui.pages.library.reply_bar import ReplyBar, states_told
from apq_desktop.ui.pages.library.selection_bar import SelectionBar
from apq_desktop.ui.pages.library.taking_out import ask
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import FlowLayout
from apq_desktop.ui.widgets.scroll_area import FormScroll
from apq_desktop.ui.widgets.text_labels import PlainLabel

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library, Revision
    from apq_desktop.review.lines import NoteKind
    from apq_desktop.services.provider_reading import Reading

KEYS: dict[str, NoteKind] = {"p": "change", "q": "question", "a": "agreed", "n": "note"}
HOW = (
    "Select words and press P, Q, A or N for a note on them. Without a selection the note is on the area that the "
    "cursor is in. U leads to the next that you have not read."
)
WIDEST = 1300
LOW = 24
"""Lines of text below which the page is called low."""
GONE = "What you were reading was taken out of the library."
ALL_READ = "There is nothing left that you have not read."


class ProviderPage(QWidget):
    """Shows one received revision at a time."""

    help_key = "reading-a-provider"
    left = Signal()
    opened = Signal()

    def __init__(self, app: AppContext) -> None:
        super().__init__()
        self._app, self._libraries = app, app.libraries
        self.revision: Revision | None = None
        self.reading: Reading | None = None
        self._scroll = FormScroll(widest=WIDEST)
        column = self._scroll.column
        self.back = LinkButton("←  All providers", name="All providers")
        self.back.clicked.connect(self.leave)
        self.name, self.about = PlainLabel(scale=1.9, bold=True), PlainLabel(quiet=True)
        column.addWidget(self.back)
        column.addWidget(self.name)
        column.addWidget(self.about)
        self.states = PlainLabel()
        column.addWidget(self.states)
        column.addLayout(self._choices())
        column.addWidget(PlainLabel(HOW, quiet=True, scale=0.92))
        self.body = ReadingBody()
        column.addWidget(self.body)
        self.agreements = Agreements(app)
        column.addWidget(self.agreements)
        self.out = LinkButton("Take out of the library…")
        self.out.clicked.connect(self._take_out)
        column.addWidget(self.out)
        column.addStretch(1)
        self.bar = SelectionBar(self.body)
        self.writer = NoteWriter(app, self.body, self._scroll.order)
        self.foot = ReplyBar(app)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._scroll, 1)
        self._foot_place, self._low = layout, False
        layout.addWidget(self.foot)
        self._connect()

    def _choices(self) -> FlowLayout:
        row = FlowLayout(14)
        self.places, self.since = ChoiceField([("", "The beginning")]), ChoiceField([("", "Not marked")])
        self._since_holder = compact_field("What changed since", self.since)
        row.addWidget(compact_field("Go to", self.places))
        row.addWidget(self._since_holder)
        return row

    def _connect(self) -> None:
        text = self.body.text
        text.asked.connect(self._key)
        text.chosen_changed.connect(self._show_bar)
        text.cursorPositionChanged.connect(self._follow_cursor)
        self.bar.asked.connect(self._ask)
        self.places.changed.connect(self._go_to_area)
        self.since.changed.connect(lambda _: self.refresh())
        self.foot.next_requested.connect(self.next_unread)
        self._libraries.changed.connect(self._changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the foot is the end of the page, so that there is room to read."""
        super().resizeEvent(event)
        low = self.height() < self.fontMetrics().height() * LOW
        if low != self._low:
            self._low = low
            (self._scroll.column if low else self._foot_place).addWidget(self.foot)

    # What is shown

    def open(self, revision: Revision) -> None:
        """Show another provider, or another revision."""
        self.writer.keep_draft()
        self.revision, self.reading, self.writer.reading = revision, None, None
        self.since.load("")
        self.name.setText(visible_text(revision.name) or "No name")
        self.body.show_cards([])
        self._scroll.verticalScrollBar().setValue(0)
        self.opened.emit()
        self.refresh()

    def refresh(self) -> None:
        """Read it as it stands now."""
        revision, since = self.revision, self.since.value()
        if revision is None:
            return

        shown = self.reading

        def work(library: Library) -> Reading | None:
            from apq_desktop.services.provider_reading import read_again, read_provider

            if shown is not None and library.away():
                return read_again(library, shown)
            there = [one for one in library.revisions(revision.evaluation) if one.digest == revision.digest]
            number = int(since) if since else None
            return read_provider(library, there[0], self._libraries.load_catalogue(), number) if there else None

        self._libraries.run(work, self._show, title="It could not be read")

    def focus_first(self) -> None:
        """Into the text."""
        self.body.text.setFocus()

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _show(self, reading: Reading | None) -> None:
        if reading is None:
            self._app.notifier.say(GONE)
            self.leave()
            return
        if self.revision is None or reading.revision.digest != self.revision.digest:
            return
        self.writer.reading = reading
        self.writer.keep_what_was_left()
        before, self.reading, self.revision = self.reading, reading, reading.revision
        self._show_about(reading)
        if before is None or before.sections != reading.sections:
            self.body.text.show_reading(reading)
        cards = [CommentCard(one, reading, reading.locations.get(one.note.id)) for one in reading.exchange.threads]
        for card in cards:
            card.asked.connect(partial(self.writer.follow_up, card.shown))
        self.body.text.mark(
            [
                (found.place, found.start, found.end, note.audience == "me")
                for note in (thread.note for thread in reading.exchange.threads)
                if (found := reading.locations.get(note.id)) and found.place and found.end > found.start
            ]
        )
        self.body.show_cards(cards)
        self.foot.show_reading(reading)
        self.agreements.show_reading(reading)
        self._scroll.order()

    def _show_about(self, reading: Reading) -> None:
        shown = reading.revision
        kind = self._libraries.load_catalogue().kind_title(shown.kind) if shown.kind else ""
        parts = [
            visible_text(shown.title),
            kind,
            f"Revision {shown.number}, received on {dates.local_day(shown.received)}",
        ]
        self.about.setText(". ".join(part for part in parts if part) + f". {STANDINGS[shown.standing.word]}.")
        _offer(self.places, [("", "The beginning"), *((str(at), title) for _, title, at in self._headings(reading))])
        _offer(
            self.since, [("", "Not marked"), *((str(one.number), f"Revision {one.number}") for one in reading.earlier)]
        )
        self.states.setText(states_told(reading))
        self.states.setVisible(bool(self.states.text()))
        self._since_holder.setVisible(bool(reading.earlier))

    def _headings(self, reading: Reading) -> list[tuple[str, str, int]]:
        return [(section.area, section.title, number) for number, section in enumerate(reading.sections)]

    def _go_to_area(self, number: str) -> None:
        headings = self.body.text.headings
        at = headings[int(number)][2] if number and int(number) < len(headings) else 0
        self.body.text.go_to(at)
        top = self.body.text.mapTo(self._scroll.page, QPoint(0, self.body.text.height_of(at))).y()
        self._scroll.verticalScrollBar().setValue(top - 12)

    def _follow_cursor(self) -> None:
        text = self.body.text
        if text.hasFocus() and not text.textCursor().hasSelection():
            place = text.cursorRect()
            corner = text.mapTo(self._scroll.page, place.center())
            self._scroll.ensureVisible(corner.x(), corner.y(), 0, place.height() * 2)

    def _show_bar(self) -> None:
        chosen = self.body.text.chosen()
        self.bar.show_at(self.body.text if chosen and self.body.form is None else None)

    def _key(self, letter: str) -> None:
        if letter in KEYS:
            self._ask(KEYS[letter])
        elif letter == "u":
            self.next_unread()

    def _ask(self, kind: NoteKind) -> None:
        self.bar.show_at(None)
        self.writer.ask(kind)

    # Where to go

    def _take_out(self) -> None:
        if self.reading is not None:
            ask(self._app, self.reading.revision, bool(self.reading.earlier), self.leave)

    def next_unread(self) -> None:
        """Go on to the next provider that this person has not read."""
        here = self.revision if self.isVisible() else None

        def work(library: Library) -> Revision | None:
            from apq_desktop.services import library as services

            return services.next_unread(library, here)

        def answer(found: Revision | None) -> None:
            if found is None:
                self._app.notifier.say(ALL_READ)
            else:
                self.open(found)
                self.focus_first()

        self._libraries.run(work, answer)

    def leave(self) -> None:
        """Back to the list."""
        self.writer.keep_draft()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


def _offer(field: ChoiceField, wanted: list[tuple[str, str]]) -> None:
    if [(field.itemData(n), field.itemText(n)) for n in range(field.count())] != wanted:
        chosen = field.value()
        field.clear()
        for key, words in wanted:
            field.addItem(words, key)
        field.load(chosen if chosen in [key for key, _ in wanted] else "")
