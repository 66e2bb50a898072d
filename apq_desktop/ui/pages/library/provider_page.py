"""One provider to read: what was written, notes beside the words, what changed, the state, and the reply."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apq_desktop.errors import ApqError
from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.review.labels import STANDINGS
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.field_labels import compact_field
from apq_desktop.ui.pages.library.comment_cards import AUDIENCES, CommentCard, WritingForm, kind_words
from apq_desktop.ui.pages.library.reading_body import ReadingBody
from apq_desktop.ui.pages.library.reply_bar import ReplyBar, states_told
from apq_desktop.ui.pages.library.selection_bar import SelectionBar
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import FlowLayout
from apq_desktop.ui.widgets.scroll_area import FormScroll
from apq_desktop.ui.widgets.text_labels import PlainLabel

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library, Revision
    from apq_desktop.review.lines import Anchor, Audience, NoteKind
    from apq_desktop.review.state import Thread
    from apq_desktop.services.provider_reading import Reading

KEYS: dict[str, NoteKind] = {"p": "change", "q": "question", "a": "agreed", "n": "note"}
HOW = (
    "Select words and press P, Q, A or N for a note on them. Without a selection the note is on the area that the "
    "cursor is in. U leads to the next that you have not read."
)
WIDEST = 1300
LOW = 24
"""Lines of text below which the page is called low."""
NOT_KEPT = "Your unfinished note is kept, for you alone."
ALL_READ = "There is nothing left that you have not read."
TITLES = {"answer": "Write more", "take-over": "Why you take it over", "reopen": "Why it is opened again"}


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
        self._draft: Callable[[str], object] | None = None
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
        column.addStretch(1)
        self.bar = SelectionBar(self.body)
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
        self._libraries.leaving.connect(self._keep_draft)

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
        self._keep_draft()
        self.revision, self.reading = revision, None
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

        def work(library: Library) -> Reading:
            from apq_desktop.services.provider_reading import read_provider

            now = next(
                (one for one in library.revisions(revision.evaluation) if one.digest == revision.digest), revision
            )
            return read_provider(library, now, self._libraries.load_catalogue(), int(since) if since else None)

        self._libraries.run(work, self._show, title="It could not be read")

    def focus_first(self) -> None:
        """Into the text."""
        self.body.text.setFocus()

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _show(self, reading: Reading) -> None:
        if self.revision is None or reading.revision.digest != self.revision.digest:
            return
        before, self.reading, self.revision = self.reading, reading, reading.revision
        self._show_about(reading)
        if before is None or before.sections != reading.sections:
            self.body.text.show_reading(reading)
        cards = [CommentCard(one, reading, reading.locations.get(one.note.id)) for one in reading.exchange.threads]
        for card in cards:
            card.asked.connect(partial(self._follow_up, card.shown))
        self.body.text.mark(
            [
                (found.place, found.start, found.end, note.audience == "me")
                for note in (thread.note for thread in reading.exchange.threads)
                if (found := reading.locations.get(note.id)) and found.place and found.end > found.start
            ]
        )
        self.body.show_cards(cards)
        self.foot.show_reading(reading)
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

    # Notes

    def _key(self, letter: str) -> None:
        if letter in KEYS:
            self._ask(KEYS[letter])
        elif letter == "u":
            self.next_unread()

    def _ask(self, kind: NoteKind) -> None:
        """Write a note on the selected words, or else on the area that the cursor is in."""
        reading, text = self.reading, self.body.text
        if reading is None:
            return
        chosen = text.chosen()
        try:
            if chosen is not None:
                anchor = reading.anchor(chosen.place, chosen.start, chosen.end)
            else:
                anchor = reading.area_anchor(text.area_at_cursor())
        except ApqError as error:
            self._app.dialogs.tell_error("No note was begun", error)
            return
        about = f"On “{anchor.quote.exact}”" if anchor.quote else f"On {self._area_title(anchor.area)}"
        audience: Audience = "me" if kind == "note" or not reading.shared else "us"
        form = WritingForm(kind_words(kind), about, AUDIENCES, audience, "Keep this note")
        self._write(form, partial(self._keep_note, kind, anchor), text.textCursor().selectionStart())

    def _area_title(self, area: str) -> str:
        titles = {key: title for key, title, _ in self.body.text.headings if key}
        return titles.get(area, "the whole")

    def _write(self, form: WritingForm, keep: Callable[[str, str], object], position: int) -> None:
        self._keep_draft()
        self._draft = lambda text: keep(text, "me")
        self.bar.show_at(None)
        form.kept.connect(lambda text, audience: self._kept(partial(keep, text, audience)))
        form.left.connect(self._leave_form)
        self.body.show_form(form, position)
        self._scroll.order()
        form.text.setFocus()

    def _kept(self, keep: Callable[[], object]) -> None:
        self._leave_form()
        keep()

    def _leave_form(self) -> None:
        self._draft = None
        self.body.show_form(None)
        self.body.text.setFocus()
        self._scroll.order()

    def _keep_draft(self) -> None:
        """What is typed and not kept yet is kept for its writer alone, when the page or the library is left."""
        form, keep, self._draft = self.body.form, self._draft, None
        if form is not None and keep is not None and form.text.value().strip():
            keep(form.text.value())
            self._app.notifier.say(NOT_KEPT)
        if form is not None:
            self.body.show_form(None)

    def _keep_note(self, kind: NoteKind, anchor: Anchor, text: str, audience: Audience) -> None:
        revision = self.revision
        assert revision is not None

        def work(library: Library) -> object:
            from apq_desktop.services import library as services

            role = services.person(library)[0]
            return services.note(library, revision.evaluation, kind, text, anchor, audience=audience, role=role)

        self._libraries.write(work)

    def _follow_up(self, thread: Thread, what: str) -> None:
        """Close a note, write more, take it over, open it again, or take it back."""
        if what in TITLES:
            form = WritingForm(TITLES[what], thread.note.text, (), "", "Keep it")
            location = self.reading.locations.get(thread.note.id) if self.reading else None
            at = self.body.text.position_of(location.place, location.start) if location and location.place else 0
            self._write(form, lambda text, _: self._add_line(what, thread, text), at or 0)
        else:
            self._add_line(what, thread, "")

    def _add_line(self, what: Any, thread: Thread, text: str) -> None:
        revision = self.revision
        assert revision is not None

        def work(library: Library) -> object:
            from apq_desktop.services import library as services

            role = services.person(library)[0]
            return services.write(library, revision.evaluation, what, to=thread.note.id, text=text, role=role)

        self._libraries.write(work)

    # Where to go

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
        self._keep_draft()
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
