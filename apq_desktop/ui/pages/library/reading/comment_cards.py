"""Notes beside the words that they are about, and the form in which a new one is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.review.note_wording import about_words
from apq_desktop.review.review_labels import NOTE_KINDS
from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.field_layout import field_row
from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.widgets.buttons import Button, LinkButton
from apq_desktop.ui.widgets.layouts import FlowLayout, add_layout
from apq_desktop.ui.widgets.text_labels import PlainLabel
from apq_desktop.ui.widgets.theme import colours

if TYPE_CHECKING:
    from apq_desktop.review.anchors import Location
    from apq_desktop.review.exchange_state import Thread
    from apq_desktop.review.lines import Audience, NoteKind, ReviewLine
    from apq_desktop.services.libraries.provider_reading import Reading

AUDIENCES: tuple[tuple[Audience, str], ...] = (
    ("me", "For me alone"),
    ("us", "For us, in this library"),
    ("provider", "For the provider"),
)
FOLLOWED = {"answer": "Answer", "close": "Closed", "reopen": "Opened again", "take-over": "Taken over"}
WAITS = {"setting": "Waits for them", "reviewer": "Waits for us", "": ""}
STRIP = 4


class NotePanel(QWidget):
    """A panel with a bar at its left."""

    def __init__(self) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 10, 12, 10)
        self.body.setSpacing(5)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the panel from the palette."""
        chosen = colours(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(chosen.card))
        painter.setPen(QColor(chosen.line))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.fillRect(0, 0, STRIP, self.height(), QColor(chosen.accent))

    def sizeHint(self) -> QSize:
        """As high as its words need at its width."""
        return QSize(super().sizeHint().width(), self.body.totalHeightForWidth(max(self.width(), 1)))


class CommentCard(NotePanel):
    """One note with what followed it, and what its reader may do: close it, write more, take it back."""

    asked = Signal(str)

    def __init__(self, thread: Thread, reading: Reading, location: Location | None) -> None:
        super().__init__()
        self.shown, self.location = thread, location
        note = thread.note
        self.body.addWidget(PlainLabel(self.head(), bold=True))
        quote = note.anchor.quote if note.anchor else None
        if quote is not None and location is not None:
            there = reading.passage(location.place).text if location.place else ""
            about = about_words(visible_text(quote.exact), location.certainty, there[location.start : location.end])
            if about:
                self.body.addWidget(PlainLabel(about, quiet=True))
        self.body.addWidget(PlainLabel(note.text))
        self.body.addWidget(PlainLabel(_whose(note, reading), quiet=True, scale=0.92))
        for line in thread.followed:
            text = f": {line.text}" if line.text else "."
            self.body.addWidget(PlainLabel(f"{FOLLOWED[line.what]}, {_whose(line, reading)}{text}"))
        row = FlowLayout(8)
        for what, words in ways(thread, reading.who):
            link = LinkButton(words, name=f"{words}: {note.text}"[:150])
            link.clicked.connect(lambda _=False, what=what: self.asked.emit(what))
            row.addWidget(link)
        add_layout(self.body, row)

    def head(self) -> str:
        """What kind of note it is, for whom, and whom it waits for."""
        note, waits = self.shown.note, WAITS[self.shown.waits_for]
        whom = {"me": "for you alone", "us": "for us", "provider": "for the provider"}[note.audience]
        closed = "Closed" if self.shown.status == "closed" and self.shown.is_request else ""
        end = waits or closed
        if note.kind == "note" and note.audience == "me":
            return "Private note, for you alone."
        return f"{NOTE_KINDS[note.kind]}, {whom}.{f' {end}.' if end else ''}"


def ways(thread: Thread, who: str) -> Iterator[tuple[str, str]]:
    """What this person may do with a note, as the kind of line and its words."""
    note, mine = thread.note, thread.asker == who
    if thread.is_request and thread.status != "closed":
        if mine:
            yield "close", "Close it"
        else:
            yield "take-over", "Take it over…"
        yield "answer", "Write more…"
    elif thread.is_request and mine:
        yield "reopen", "Open it again…"
    if note.who == who and note.side == "reviewer":
        yield "withdraw", "Take it back"


def _whose(line: ReviewLine, reading: Reading) -> str:
    day = dates.local_day(line.at)
    if line.side == "setting":
        return f"{line.role or 'The provider'}, {day}"
    known = reading.names.get(line.who, "")
    name = "you" if line.who == reading.who else known
    return ", ".join(part for part in (line.role or "Reviewer", name, day) if part)


class WritingForm(NotePanel):
    """Where a note, or what follows one, is written. ``kept`` has the text and for whom it is."""

    kept = Signal(str, str)
    left = Signal()

    def __init__(self, title: str, about: str, audiences: Sequence[tuple[str, str]], chosen: str, button: str) -> None:
        super().__init__()
        self.body.addWidget(PlainLabel(title, bold=True))
        if about:
            self.body.addWidget(PlainLabel(about, quiet=True))
        self.text = TextField(lines=3)
        add_layout(self.body, field_row("What you write", self.text, name=f"{title}. What you write"))
        self.whom = ChoiceField(audiences)
        if audiences:
            add_layout(self.body, field_row("Who may read it", self.whom))
            self.whom.load(chosen)
        row = FlowLayout(8)
        self.keep, self.leave = Button(button, primary=True), Button("Leave it")
        self.keep.clicked.connect(self._keep)
        self.leave.clicked.connect(self.left)
        row.addWidget(self.keep)
        row.addWidget(self.leave)
        add_layout(self.body, row)

    def _keep(self) -> None:
        if visible_text(self.text.value()):
            self.kept.emit(self.text.value(), self.whom.value())
        else:
            self.text.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter keeps, Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers():
            self._keep()
        else:
            super().keyPressEvent(event)


def kind_words(kind: NoteKind) -> str:
    """What a note of a kind is called while it is written."""
    return {"change": "Please change", "question": "Question", "agreed": "Agreed", "note": "Private note"}.get(
        kind, "Note"
    )
