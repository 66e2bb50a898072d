"""One provider to read: what was written, notes beside the words, what changed, the state, and the reply."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.services.libraries import open_library
from apq_desktop.services.libraries.provider_reading import read_as_it_stands
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.field_layout import compact_field
from apq_desktop.ui.pages.library.locality.passage_model import Words
from apq_desktop.ui.pages.library.locality.theme_bar import ThemeBar
from apq_desktop.ui.pages.library.reading.agreements import Agreements
from apq_desktop.ui.pages.library.reading.comment_cards import CommentCard
from apq_desktop.ui.pages.library.reading.note_writer import NoteWriter
from apq_desktop.ui.pages.library.reading.provider_navigation import about_words, side_rows, titles_in
from apq_desktop.ui.pages.library.reading.provider_tags import ProviderTags
from apq_desktop.ui.pages.library.reading.reading_body import ReadingBody
from apq_desktop.ui.pages.library.reading.reply_bar import ReplyBar, states_told
from apq_desktop.ui.pages.library.reading.selection_bar import SelectionBar
from apq_desktop.ui.pages.library.removal_question import RemovalQuestion
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import FlowLayout, add_layout
from apq_desktop.ui.widgets.scroll_area import FormScroll
from apq_desktop.ui.widgets.side_rows import SideRows, as_choices
from apq_desktop.ui.widgets.text_labels import PlainLabel

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library, Revision
    from apq_desktop.review.anchors import Place
    from apq_desktop.review.lines import NoteKind
    from apq_desktop.services.libraries.provider_reading import Reading

KEYS: dict[str, NoteKind] = {"p": "change", "q": "question", "a": "agreed", "n": "note"}
HOW = (
    "Select words and press P, Q, A or N for a note on them, 1 to 9 for one of your themes, T for its name. Without a "
    "selection the note is on the area that the cursor is in. U leads to the next that you have not read."
)
WIDEST = 1300
LOW = 24
"""Lines of text below which the page is called low."""
GONE = "What you were reading was taken out of the library."
ALL_READ = "There is nothing left that you have not read."


class ProviderPage(QWidget):
    """Show one received revision at a time."""

    help_key = "reading-a-provider"
    left = Signal()
    opened = Signal()

    def __init__(self, app: AppContext) -> None:
        super().__init__()
        self._app, self._libraries = app, app.libraries
        self.revision: Revision | None = None
        self.reading: Reading | None = None
        self._at: tuple[Place, int] | None = None
        self.side = SideRows("This provider")
        self._titles: dict[str, str] = {}
        self._scroll = FormScroll(widest=WIDEST)
        column = self._scroll.column
        self.back = LinkButton("←  All providers", name="All providers")
        self.back.clicked.connect(self.leave)
        self.name, self.about, self.states = PlainLabel(scale=1.9, bold=True), PlainLabel(quiet=True), PlainLabel()
        self.tags, self.body, self.agreements = ProviderTags(app, self._scroll.order), ReadingBody(), Agreements(app)
        for head in (self.back, self.name, self.about, self.states, self.tags):
            column.addWidget(head)
        add_layout(column, self._choices())
        self.taking_out = RemovalQuestion(app, self.leave)
        for part in (PlainLabel(HOW, quiet=True, scale=0.92), self.body, self.agreements, self.taking_out):
            column.addWidget(part)
        column.addStretch(1)
        self.themes = ThemeBar(app, self._chosen_words, shy=True)
        self.bar = SelectionBar(self.body)
        self.writer = NoteWriter(app, self.body, self._scroll.order)
        self.foot = ReplyBar(app)
        whole, layout = QHBoxLayout(self), QVBoxLayout()
        for one in (whole, layout):
            one.setContentsMargins(0, 0, 0, 0)
            one.setSpacing(0)
        whole.addWidget(self.side)
        add_layout(whole, layout, 1)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.themes)
        self._foot_place, self._low = layout, False
        layout.addWidget(self.foot)
        self._connect()

    def _choices(self) -> FlowLayout:
        row = FlowLayout(14)
        self.places, self.since = ChoiceField([("", "The beginning")]), ChoiceField([("", "Not marked")])
        self._since_holder = compact_field("What changed since", self.since)
        self._places = compact_field("Go to", self.places)
        row.addWidget(self._places)
        row.addWidget(self._since_holder)
        return row

    def _connect(self) -> None:
        text = self.body.text
        text.asked.connect(self._key)
        text.chosen_changed.connect(self._show_bar)
        text.cursorPositionChanged.connect(self._follow_cursor)
        self.bar.asked.connect(self._ask)
        self.bar.theme_asked.connect(self._key)
        self.themes.offered.connect(self.bar.offer_themes)
        self.places.changed.connect(self._go_to_place)
        self.side.chosen.connect(self._show_place)
        self.side.entered.connect(self._go_to_place)
        self.since.changed.connect(lambda _: self.refresh())
        self.foot.next_requested.connect(self.next_unread)
        self._libraries.changed.connect(self._changed)
        self._libraries.failed.connect(self._leave_unread)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the foot is the end of the page, in a narrow one a choice stands for the list."""
        super().resizeEvent(event)
        self._arrange()
        low = self.height() < self.fontMetrics().height() * LOW
        if low != self._low:
            self._low = low
            (self._scroll.column if low else self._foot_place).addWidget(self.foot)

    def _arrange(self) -> None:
        width = self.side.best_width(self.width())
        self.side.setFixedWidth(width)
        self.side.setVisible(bool(width))
        self._places.setVisible(not width)

    # What is shown

    def open(self, revision: Revision, at: tuple[Place, int] | None = None) -> None:
        """Show another provider, or another revision; from its beginning, or where a text stands."""
        self._at = at
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
        self.themes.refresh()
        shown, load_catalogue = self.reading, self._libraries.load_catalogue

        def work(library: Library) -> Reading | None:
            return read_as_it_stands(library, revision, load_catalogue, int(since) if since else None, shown)

        self._libraries.run(work, self._show, title="It could not be read")

    def focus_first(self) -> None:
        """Into the text, with the name above it in view where there is room for both."""
        self.body.text.setFocus()
        self._scroll.verticalScrollBar().setValue(0)
        self._follow_cursor()

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _leave_unread(self, *_: object) -> None:
        """Back from what cannot be read: another provider's words must not stand below its name."""
        if self.reading is None and self.isVisible():
            self.leave()

    def _show(self, reading: Reading | None) -> None:
        if reading is None:
            self._app.notifier.say(GONE)
            self.leave()
            return
        if self.revision is None or reading.revision.content != self.revision.content:
            return
        self.writer.reading = reading
        self.writer.keep_what_was_left()
        before, self.reading, self.revision = self.reading, reading, reading.revision
        self._show_about(reading)
        if before is None or (before.sections, before.themes) != (reading.sections, reading.themes):
            self.body.text.show_reading(reading)
        cards = [CommentCard(one, reading, reading.locations.get(one.note.id)) for one in reading.exchange.threads]
        for card in cards:
            card.asked.connect(partial(self.writer.follow_up, card.shown))
        self.body.show_notes(reading, cards)
        self.foot.show_reading(reading)
        self.agreements.show_reading(reading)
        self.taking_out.show_reading(reading)
        self._scroll.order()
        if before is None and self.body.text.hasFocus():
            self._scroll.settle()
            self.focus_first()
        self._go_to_passage()

    def _go_to_passage(self) -> None:
        if self._at is not None and (position := self.body.text.position_of(*self._at)) is not None:
            self.body.text.go_to(position)
            top = self.body.text.mapTo(self._scroll.page, QPoint(0, self.body.text.height_of(position))).y()
            self._scroll.verticalScrollBar().setValue(top - self._scroll.viewport().height() // 3)
        self._at = None

    def _show_about(self, reading: Reading) -> None:
        self.about.setText(about_words(reading, self._libraries.load_catalogue()))
        self.tags.show_reading(reading)
        self._titles = titles_in(reading, self._libraries.load_catalogue())
        rows = side_rows(reading, self._titles)
        self.side.show_rows(rows)
        self.places.offer_choices([("", "The beginning"), *as_choices(rows)])
        self.since.offer_choices(
            [("", "Not marked"), *((str(one.number), f"Revision {one.number}") for one in reading.earlier)]
        )
        self.states.setText(states_told(reading, self._titles))
        self.states.setVisible(bool(self.states.text()))
        self._since_holder.setVisible(bool(reading.earlier))
        self._arrange()

    def _show_place(self, key: str) -> None:
        """Bring into view where a row leads: a note, or a section of the text."""
        top = self.body.mapTo(self._scroll.page, QPoint(0, self.body.top_of(key))).y()
        self._scroll.verticalScrollBar().setValue(top - 12)

    def _go_to_place(self, key: str) -> None:
        """Go on to where a row leads."""
        self.body.go_to(key)
        self._show_place(key)

    def _follow_cursor(self) -> None:
        text = self.body.text
        if text.hasFocus() and not text.textCursor().hasSelection():
            place = text.cursorRect()
            corner = text.mapTo(self._scroll.page, place.center())
            self._scroll.ensureVisible(corner.x(), corner.y(), 0, place.height() * 2)
            self.side.mark(f"section {text.section_at_cursor()}")

    def _show_bar(self) -> None:
        chosen = self.body.text.chosen()
        self.bar.show_at(self.body.text if chosen and self.body.form is None else None)

    def _key(self, letter: str) -> None:
        if letter in KEYS:
            self._ask(KEYS[letter])
        elif letter == "u":
            self.next_unread()
        elif self.themes.key(letter):
            self.bar.show_at(None)

    def _chosen_words(self) -> Words | None:
        chosen = self.body.text.chosen()
        if chosen is None or self.reading is None:
            return None
        return Words(self.reading.passage(chosen.place), chosen.start, chosen.end)

    def _ask(self, kind: NoteKind) -> None:
        self.bar.show_at(None)
        self.writer.ask(kind)

    # Where to go

    def next_unread(self) -> None:
        """Go on to the next provider that this person has not read."""
        here = self.revision if self.isVisible() else None

        def answer(found: Revision | None) -> None:
            if found is None:
                self._app.notifier.say(ALL_READ)
            else:
                self.open(found)
                self.focus_first()

        self._libraries.run(lambda library: open_library.next_unread(library, here), answer)

    def leave(self) -> None:
        """Back to the list."""
        self.writer.keep_draft()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back, Ctrl+Z undoes a theme."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.themes.undo()
        elif event.key() == Qt.Key.Key_Escape:
            if not self.themes.leave_name():
                self.leave()
        else:
            super().keyPressEvent(event)
