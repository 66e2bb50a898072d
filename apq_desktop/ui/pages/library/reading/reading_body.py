"""The text of a provider with its notes: in the margin beside their words, or below where there is no room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from apq_desktop.ui.pages.library.reading.comment_cards import CommentCard, NotePanel, WritingForm
from apq_desktop.ui.pages.library.reading.reading_text import MarkedWords, ReadingText
from apq_desktop.ui.widgets.scroll_area import reading_order

if TYPE_CHECKING:
    from apq_desktop.services.libraries.provider_reading import Reading

TEXT_CHARACTERS, NOTE_CHARACTERS = 78, 44
"""The widest column of text, and the margin, in average characters."""
LEAST_TEXT = 48
GAP, BETWEEN = 24, 10


class ReadingBody(QWidget):
    """Places the notes: each at its words, pushing only the one after it."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ReadingText()
        self.text.setParent(self)
        self.cards: list[CommentCard] = []
        self.form: WritingForm | None = None
        self._form_at = 0
        self._arranging = False
        self.text.laid_out.connect(self.arrange)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)

    def show_cards(self, cards: list[CommentCard]) -> None:
        """Show these notes in the place of those that are there; the focus stays with the note that had it.

        Where that is gone, the text has it.
        """
        focus = QApplication.focusWidget()
        held = next((one.shown.note.id for one in self.cards if focus is not None and one.isAncestorOf(focus)), "")
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = cards
        for card in cards:
            card.setParent(self)
            card.show()
        self.arrange()
        if held:
            card_now = self._card_of(f"note {held}")
            (next(reading_order(card_now), self.text) if card_now else self.text).setFocus()

    def show_notes(self, reading: Reading, cards: list[CommentCard]) -> None:
        """Show notes, and mark the words that they are about."""
        notes = [thread.note for thread in reading.exchange.threads]
        themed = [MarkedWords(place, start, end, "theme") for place, start, end, _ in reading.themes]
        noted = [
            MarkedWords(found.place, found.start, found.end, "private note" if note.audience == "me" else "note")
            for note in notes
            if (found := reading.locations.get(note.id)) and found.place and found.end > found.start
        ]
        self.text.mark([*themed, *noted])
        self.show_cards(cards)

    def show_form(self, form: WritingForm | None, position: int = 0) -> None:
        """Show where something is written, at a place of the text; None takes it away."""
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
        self.form, self._form_at = form, position
        if form is not None:
            form.setParent(self)
            form.text.installEventFilter(self)
            form.show()
        self.arrange()

    def in_reading_order(self) -> Iterator[QWidget]:
        """The text, then the notes as they stand."""
        yield self.text
        for _, panel in self._placed():
            yield panel

    def top_of(self, key: str) -> int:
        """How far down something stands: a key of the list beside (``provider_navigation``)."""
        card = self._card_of(key)
        return card.y() if card is not None else self.text.y() + self.text.height_of(self._start_of(key))

    def go_to(self, key: str) -> None:
        """Put the focus there: into the text, or on what can be done with a note."""
        card = self._card_of(key)
        first = next(reading_order(card), None) if card is not None else None
        if first is not None:
            first.setFocus()
        else:
            self.text.go_to(self._start_of(key))

    def _card_of(self, key: str) -> CommentCard | None:
        return next((one for one in self.cards if key == f"note {one.shown.note.id}"), None)

    def _start_of(self, key: str) -> int:
        kind, _, which = key.partition(" ")
        headings = self.text.headings
        return headings[int(which)][2] if kind == "section" and int(which) < len(headings) else 0

    def _placed(self) -> list[tuple[int, NotePanel]]:
        """The notes with the height of their words, in order."""
        found: list[tuple[int, int, NotePanel]] = []
        for number, card in enumerate(self.cards):
            found.append((self._height_of(card), number, card))
        if self.form is not None:
            found.append((self.text.height_of(self._form_at), -1, self.form))
        return [(height, panel) for height, _, panel in sorted(found, key=lambda one: one[:2])]

    def _height_of(self, card: CommentCard) -> int:
        location = card.location
        anchor = card.shown.note.anchor
        if location is not None and location.place is not None:
            position = self.text.position_of(location.place, location.start)
            if position is not None:
                return self.text.height_of(position)
        area = anchor.area if anchor else ""
        at = next((position for key, _, position in self.text.headings if area and key == area), 0)
        return self.text.height_of(at)

    @property
    def is_wide(self) -> bool:
        """Whether the notes stand beside the text."""
        return self.width() >= self.fontMetrics().averageCharWidth() * (LEAST_TEXT + NOTE_CHARACTERS) + GAP

    def arrange(self) -> None:
        """Put everything where it belongs."""
        if self._arranging or self.width() < 1:
            return
        self._arranging = True
        letter = self.fontMetrics().averageCharWidth()
        beside = self.is_wide
        notes = letter * NOTE_CHARACTERS if beside else self.width()
        words = min(self.width() - notes - GAP, letter * TEXT_CHARACTERS) if beside else self.width()
        if self.text.width() != words:
            self.text.resize(words, self.text.height())
        free = 0 if beside else self.text.height() + BETWEEN
        for height, panel in self._placed():
            top = max(height, free) if beside else free
            panel.resize(notes, panel.height())
            needed = panel.body.totalHeightForWidth(notes)
            panel.setGeometry(words + GAP if beside else 0, top, notes, needed)
            free = top + needed + BETWEEN
        self.setMinimumHeight(max(self.text.height(), free))
        self._arranging = False

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(self.fontMetrics().averageCharWidth() * (TEXT_CHARACTERS + NOTE_CHARACTERS), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange anew."""
        super().resizeEvent(event)
        self.arrange()

    def event(self, event: QEvent) -> bool:
        """A note that asks for another height is given it."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.FontChange):
            self.arrange()
        return done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field of the form grows with what is typed."""
        if event.type() == QEvent.Type.Resize:
            self.arrange()
        return super().eventFilter(watched, event)
