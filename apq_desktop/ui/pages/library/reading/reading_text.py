"""What a provider wrote, as one text to read: headings, paragraphs, quoted words marked. It cannot be edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from apq_desktop.ui.fields.field_editing import units
from apq_desktop.ui.widgets.text_labels import scaled_font
from apq_desktop.ui.widgets.theme import colours

if TYPE_CHECKING:
    from apq_desktop.evaluation.diff.word_diff import Segment
    from apq_desktop.review.anchors import Place
    from apq_desktop.services.libraries.provider_reading import Reading, ReadSection, ReadText

AIR = 4
LINE_HEIGHT = 128.0
"""Per cent of the font's own."""


@dataclass(frozen=True, slots=True)
class Run:
    """Where a piece of a text stands: from ``start`` in the document, from ``offset`` in the text."""

    start: int
    end: int
    place: Place
    area: str
    offset: int
    text: str


@dataclass(frozen=True, slots=True)
class MarkedWords:
    """Words that a note or a theme is on."""

    place: Place
    start: int
    end: int
    how: Literal["note", "private note", "theme"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Words that a person selected: which text, and from where to where in it."""

    place: Place
    area: str
    start: int
    end: int


class ReadingText(QTextEdit):
    """As high as its words; the page around it scrolls. ``asked`` has the letter of a key that asks for a note."""

    asked = Signal(str)
    chosen_changed = Signal()
    laid_out = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setAccessibleName("What the provider wrote")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(8)
        self.runs: list[Run] = []
        self.headings: list[tuple[str, str, int]] = []
        self._reading: Reading | None = None
        self._marked: list[MarkedWords] = []
        self.selectionChanged.connect(self.chosen_changed)
        self.viewport().setBackgroundRole(self.backgroundRole())

    def show_reading(self, reading: Reading) -> None:
        """Show a revision."""
        self._reading = reading
        self._fill()

    def mark(self, words: Sequence[MarkedWords]) -> None:
        """Mark words: by a line under them, of dashes where a theme is on them, and a ground but for private notes."""
        self._marked = list(words)
        self._mark()

    def position_of(self, place: Place, offset: int) -> int | None:
        """Where so many characters into a text stand in the document."""
        for run in self.runs:
            if run.place == place and run.offset <= offset <= run.offset + len(run.text):
                return run.start + units(run.text[: offset - run.offset])
        return None

    def height_of(self, position: int) -> int:
        """How far down a place of the document stands."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(position, self.document().characterCount() - 1))
        return self.cursorRect(cursor).top()

    def chosen(self) -> Chosen | None:
        """The selected words, as far as they stand in one text."""
        cursor = self.textCursor()
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        touched = [run for run in self.runs if run.start < last and run.end > first]
        if first == last or not touched:
            return None
        place = touched[0].place
        mine = [run for run in touched if run.place == place]
        start = _offset(mine[0], max(first, mine[0].start))
        end = _offset(mine[-1], min(last, mine[-1].end))
        words = "".join(run.text for run in self.runs if run.place == place)[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        return Chosen(place, mine[0].area, start, end) if start < end else None

    def area_at_cursor(self) -> str:
        """The area in which the cursor stands."""
        return self.headings[self.section_at_cursor()][0] if self.headings else ""

    def section_at_cursor(self) -> int:
        """The number of the section in which the cursor stands."""
        at = self.textCursor().position()
        return max(sum(position <= at for *_, position in self.headings) - 1, 0)

    def go_to(self, position: int) -> None:
        """Put the cursor there, and the focus with it."""
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)
        self.setFocus()

    def _fill(self) -> None:
        reading = self._reading
        if reading is None:
            return
        cursor = self.textCursor()
        at, held = cursor.position(), [self._place_of(one) for one in (cursor.anchor(), cursor.position())]
        self.runs, self.headings = [], []
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for section in reading.sections:
            self._add_section(cursor, section)
        cursor.endEditBlock()
        kept = [self.position_of(*one) for one in held if one is not None]
        first, last = kept if len(kept) == len(held) else (None, None)
        last = last if last is not None else min(at, self.document().characterCount() - 1)
        cursor.setPosition(last if first is None else first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self._mark()
        self._fit()

    def _add_section(self, cursor: QTextCursor, section: ReadSection) -> None:
        self._block(cursor, above=26 if self.headings else 0)
        self.headings.append((section.area, section.title, cursor.position()))
        cursor.insertText(section.title, self._format(scale=1.5, bold=True))
        for part in section.parts:
            self._block(cursor, above=14)
            cursor.insertText(part.title, self._format(scale=1.15, bold=True))
            for text in part.texts:
                self._add_text(cursor, section.area, text)

    def _place_of(self, position: int) -> tuple[Place, int] | None:
        """The text in which a place of the document stands, and how far into it."""
        run = next((one for one in self.runs if one.start <= position <= one.end), None)
        return (run.place, _offset(run, position)) if run else None

    def _add_text(self, cursor: QTextCursor, area: str, text: ReadText) -> None:
        self._block(cursor, above=9 if not text.label else 3)
        if text.label:
            cursor.insertText(f"{text.label}{' ' if text.label.endswith('?') else ': '}", self._format(ink="quiet"))
        offset, gone = 0, ""
        for segment in text.segments:
            if gone and segment.kind == "added" and not (gone[-1].isspace() or segment.text[:1].isspace()):
                cursor.insertText(" ", self._format())
            gone = segment.text if segment.kind == "removed" else ""
            start = cursor.position()
            cursor.insertText(segment.text, self._changed(segment))
            if segment.kind != "removed" and text.place[0]:
                self.runs.append(Run(start, cursor.position(), text.place, area, offset, segment.text))
                offset += len(segment.text)
        if self._reading is not None and (themes := self._reading.themes_at(text.place)):
            self._block(cursor, above=2)
            cursor.insertText(f"Themes: {', '.join(themes)}", self._format(scale=0.92, ink="quiet"))

    def _block(self, cursor: QTextCursor, *, above: float) -> None:
        made = QTextBlockFormat()
        made.setTopMargin(above)
        made.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if self.headings:
            cursor.insertBlock(made)
        else:
            cursor.setBlockFormat(made)

    def _format(self, *, scale: float = 1.05, bold: bool = False, ink: str = "text") -> QTextCharFormat:
        chosen, made = colours(self), QTextCharFormat()
        made.setFont(scaled_font(scale, bold=bold))
        made.setForeground(QColor(getattr(chosen, ink)))
        return made

    def _changed(self, segment: Segment) -> QTextCharFormat:
        chosen, made = colours(self), self._format()
        if segment.kind == "added":
            made.setFontUnderline(True)
            made.setBackground(QColor(chosen.good[0]))
            made.setForeground(QColor(chosen.good[1]))
        elif segment.kind == "removed":
            made.setFontStrikeOut(True)
            made.setBackground(QColor(chosen.aside[0]))
            made.setForeground(QColor(chosen.aside[1]))
        return made

    def _mark(self) -> None:
        selections = []
        for words in self._marked:
            first, last = self.position_of(words.place, words.start), self.position_of(words.place, words.end)
            if first is None or last is None:
                continue
            one = QTextEdit.ExtraSelection()
            one.cursor = QTextCursor(self.document())
            one.cursor.setPosition(first)
            one.cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
            made, chosen = QTextCharFormat(), colours(self)
            made.setFontUnderline(True)
            if words.how == "theme":
                made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
                made.setBackground(QColor(chosen.selected))
            elif words.how == "note":
                made.setBackground(QColor(chosen.aside[0]))
            one.format = made
            selections.append(one)
        self.setExtraSelections(selections)

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        height = round(self.document().size().height()) + 2 * AIR
        if height != self.height():
            self.setFixedHeight(height)
        self.laid_out.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again when lines break elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fill again when colours or the text size change."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange) and hasattr(self, "_marked"):
            self._fill()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter or figure alone asks for a note or a theme; Esc leaves the page; all else moves and selects."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape and not self.textCursor().hasSelection():
            event.ignore()
        elif plain and len(event.text()) == 1 and event.text().isalnum():
            self.asked.emit(event.text().casefold())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, and a frame while the keyboard is here."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(QColor(colours(self).accent), 2))
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))


def _offset(run: Run, position: int) -> int:
    """How many characters into its text a place of the document stands."""
    inside = run.text.encode("utf-16-le", "surrogatepass")[: 2 * (position - run.start)]
    return run.offset + len(inside.decode("utf-16-le", "ignore"))
