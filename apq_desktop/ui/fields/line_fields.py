"""The fields of one line: words, and dates as people write them. See ``text_fields`` for what all fields share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QLineEdit, QMenu

from apq_desktop.evaluation.model import MAX_LINE
from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.cleaning import clean_line
from apq_desktop.evaluation.text.splice import splice
from apq_desktop.ui.fields.field_editing import (
    LimitNote,
    letters,
    paint_frame,
    paste_action,
    pop_up,
    undo_is_elsewhere,
    units,
    with_pasting_of_files,
    with_undo_of_window,
    words_of_clipboard,
)
from apq_desktop.ui.widgets.painted.line_marks import paint_mark
from apq_desktop.ui.widgets.popups.calendar_popup import CalendarPopup
from apq_desktop.ui.widgets.theme import colours

MARK_AROUND = 14
EXAMPLE = "For example 15 January 2027"
MARGIN = 5
"""Pixels above and below the words: with what Qt adds, a line is as high as a choice."""
_TO_ITS_ENDS: dict[QKeySequence.StandardKey, Callable[[QLineEdit], None]] = {
    QKeySequence.StandardKey.MoveToStartOfDocument: lambda field: field.home(False),
    QKeySequence.StandardKey.MoveToEndOfDocument: lambda field: field.end(False),
    QKeySequence.StandardKey.SelectStartOfDocument: lambda field: field.home(True),
    QKeySequence.StandardKey.SelectEndOfDocument: lambda field: field.end(True),
}


class LineField(QLineEdit):
    """One line of text."""

    changed = Signal(str)
    cut_short = Signal(int)
    editing_finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._loading = False
        self.window_undoes = False
        self._value = ""
        self._limit_note = LimitNote(self, MAX_LINE)
        self.setFrame(False)
        self.setTextMargins(8, MARGIN, 8, MARGIN)
        self.textChanged.connect(self._typed)

    def value(self) -> str:
        """The text, cleaned."""
        return self._value

    def load(self, value: str) -> None:
        """Show a text without saying that it changed."""
        self._value = value
        if self.text() != value:
            self._show(value)

    def leave_undo_to_window(self) -> None:
        """From now on, undo is the evaluation's and no longer the field's."""
        self.window_undoes = True

    def put_cursor(self, place: int) -> None:
        """Put the cursor after so many characters."""
        self.setCursorPosition(units(self.text()[:place]))

    def shown_words(self) -> str:
        """The words as they are shown."""
        return self.text()

    def select_words(self, first: int, last: int) -> None:
        """Select from so many characters to so many."""
        self.setSelection(units(self.text()[:first]), units(self.text()[first:last]))

    def end_of_selection(self) -> int:
        """After how many characters the selection ends."""
        end = self.selectionEnd() if self.hasSelectedText() else self.cursorPosition()
        return letters(self.text(), end)

    def _show(self, value: str) -> None:
        change, place = splice(self.text(), value), self.cursorPosition()
        begin, length = units(self.text()[: change.position]), units(change.removed)
        self._loading = True
        self.setText(value)
        self._loading = False
        behind = max(place - length, begin) + units(change.inserted)
        self.setCursorPosition(place if place <= begin else behind)
        self._count()

    def _count(self) -> None:
        self._limit_note.count(len(self._value))
        if self.textMargins().bottom() != MARGIN + self._limit_note.room():
            self.setTextMargins(8, MARGIN, 8, MARGIN + self._limit_note.room())
            self._limit_note.lie_at_foot()

    def _typed(self, text: str) -> None:
        if not self._loading:
            self._take(self._accepted(text))

    def _accepted(self, text: str) -> str:
        """What the field keeps of a text: cleaned, and no longer than it may be, which is said."""
        value = clean_line(text)
        too_long = len(value) > MAX_LINE
        if too_long:
            value = self._value if len(self._value) == MAX_LINE else value[:MAX_LINE]
        if value != text:
            self._show(value)
        if too_long:
            self._say_cut()
        return value

    def _take(self, value: str) -> None:
        if value != self._value:
            self._value = value
            self._count()
            self.changed.emit(value)

    def _say_cut(self) -> None:
        self._limit_note.cut()
        self._limit_note.count(len(self.text()))
        self.cut_short.emit(MAX_LINE)

    def paste_words(self, text: str) -> None:
        """Put words in the place of the selection, as many as have room; what did not fit is said."""
        words = clean_line(text)
        room = MAX_LINE - len(self.text()) + len(self.selectedText())
        if words and not self.isReadOnly():
            self.insert(words[: max(room, 0)] or self.selectedText())
            if len(words) > room:
                self._say_cut()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste words only, and know the keys that lead to the start and the end of a text of several lines.

        Qt would erase the selection where there are no words, and hand those keys on: a table would leave the cell.
        """
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_words(words_of_clipboard())
        elif move := next((move for key, move in _TO_ITS_ENDS.items() if event.matches(key)), None):
            move(self)
        else:
            super().keyPressEvent(event)

    def make_menu(self) -> QMenu:
        """The field's right-click menu."""
        menu = self.createStandardContextMenu()
        if (paste := paste_action(menu)) is not None:
            paste.triggered.disconnect()
            paste.triggered.connect(lambda: self.paste_words(words_of_clipboard()))
            paste.setEnabled(bool(words_of_clipboard()) and not self.isReadOnly())
        with_pasting_of_files(menu, self)
        return with_undo_of_window(menu, self) if self.window_undoes and not self.isReadOnly() else menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu, without waiting until it is closed."""
        pop_up(self.make_menu(), event)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window, where they are its own."""
        return not undo_is_elsewhere(event, window_undoes=self.window_undoes) and super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the limit at the foot."""
        super().resizeEvent(event)
        self._limit_note.lie_at_foot()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving a field is a moment to save."""
        super().focusOutEvent(event)
        self.editing_finished.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, then the frame with its focus ring."""
        super().paintEvent(event)
        paint_frame(self, focused=self.hasFocus())


class DateField(LineField):
    """A date as people write it (``15 January 2027``, ``15/1/27``), or their own words (``by Easter``).

    Its calendar opens with a press on the mark, or with Alt and the down arrow.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleDescription(EXAMPLE)
        self._make_room()

    def choose_from_calendar(self) -> CalendarPopup:
        """Make the calendar of this field, at its day or at today."""
        calendar = CalendarPopup(self, dates.parse(self.text()) or date.today())  # noqa: DTZ011 - the person's own day
        calendar.day_chosen.connect(self._take_day)
        return calendar

    def _take_day(self, day: date) -> None:
        self.setText(dates.shown(day.isoformat()))
        self.setFocus()
        self.editing_finished.emit()

    def _mark(self) -> QRect:
        """Where the mark of the calendar stands. It is as high as the field, to be hit easily."""
        side = self.fontMetrics().height() + MARK_AROUND
        return QRect(self.width() - side, 0, side, self.height())

    def _make_room(self) -> None:
        self.setTextMargins(8, MARGIN, self._mark().width(), MARGIN)

    def changeEvent(self, event: QEvent) -> None:
        """Leave more room for the mark when the text grows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._make_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and the down arrow open the calendar."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and event.key() == Qt.Key.Key_Down and not self.isReadOnly():
            self.choose_from_calendar().open_below()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the mark opens the calendar."""
        if self._mark().contains(event.position().toPoint()) and not self.isReadOnly() and self.isEnabled():
            self.choose_from_calendar().open_below()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that the mark can be pressed."""
        super().mouseMoveEvent(event)
        over = self._mark().contains(event.position().toPoint())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark of the calendar beside the text."""
        super().paintEvent(event)
        if not self.isReadOnly():
            side, place = round(self.fontMetrics().ascent() * 1.05), QRectF(self._mark())
            where = QRectF(place.center().x() - side / 2 - 2, place.center().y() - side / 2, side, side)
            paint_mark(QPainter(self), where, "calendar", QColor(colours(self).quiet))

    def value(self) -> str:
        """The date as ``YYYY-MM-DD`` where it is understood, else the words."""
        return dates.kept(self._value)

    def load(self, value: str) -> None:
        """Show a date in words, unless this is the date that is being typed."""
        if dates.kept(self._value) != value:
            super().load(dates.shown(value))

    def _take(self, value: str) -> None:
        before, self._value = self.value(), value
        self._count()
        if self.value() != before:
            self.changed.emit(self.value())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show how a date may be written, only while one is: a field that is left empty looks empty."""
        super().focusInEvent(event)
        self.setPlaceholderText(EXAMPLE)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write an understood date out in full when the field is left."""
        self.setPlaceholderText("")
        LineField.load(self, dates.shown(self.value()))
        super().focusOutEvent(event)
