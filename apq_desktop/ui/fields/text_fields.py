"""The controls a person types words into. Each cleans what it is given, and says what changed; loading says nothing.

Every field, here and in ``choice_fields``, has ``value()``, ``load(value)`` (silent) and the signal ``changed(value)``.
"""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from apq_desktop.evaluation.model import MAX_LINE, MAX_TEXT
from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.cleaning import clean, clean_line
from apq_desktop.ui.widgets.theme import colours

MOST_LINES = 16
_STEPS_BACK = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def _left_to_window(event: QEvent) -> bool:
    """Pass undo and redo on, which belong to the whole form and not to one field; else do nothing."""
    if isinstance(event, QKeyEvent) and any(event.matches(key) for key in _STEPS_BACK):
        event.ignore()
        return True
    return False


class TextField(QPlainTextEdit):
    """Text of any length: grows with what is typed, then scrolls. Undo belongs to the whole form, not to the field."""

    changed = Signal(str)
    enter_pressed = Signal()
    emptied = Signal()
    move_requested = Signal(int)
    cut_short = Signal(int)
    editing_finished = Signal()

    def __init__(self, *, lines: int = 2, enter_adds: bool = False) -> None:
        super().__init__()
        self._lines, self._enter_adds = lines, enter_adds
        self._value = ""
        self._loading = self._measuring = False
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(8)
        self.textChanged.connect(self._typed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def value(self) -> str:
        """The text, cleaned."""
        return self._value

    def load(self, value: str) -> None:
        """Show a text without saying that it changed; the cursor stays where it can."""
        if value == self._value:
            return
        self._value = value
        self._show(value, self.textCursor().position())

    def _show(self, value: str, place: int) -> None:
        self._loading = True
        self.setPlainText(value)
        self._loading = False
        cursor = self.textCursor()
        cursor.setPosition(min(max(place, 0), self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def _typed(self) -> None:
        if self._loading:
            return
        value = clean(self.document().toRawText())
        if len(value) > MAX_TEXT:
            self.cut_short.emit(MAX_TEXT)
            was_full = len(self._value) == MAX_TEXT
            kept = self._value if was_full else value[:MAX_TEXT]
            place = self.textCursor().position()
            self._show(kept, place - (len(value) - MAX_TEXT) if was_full else place)
            value = kept
        if value != self._value:
            self._value = value
            self.changed.emit(value)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as plain text, cleaned and bounded; what did not fit is said, not dropped in silence."""
        text = clean(source.text())
        room = MAX_TEXT - len(self._value) + len(self.textCursor().selectedText())
        if len(text) > room:
            self.cut_short.emit(MAX_TEXT)
        self.insertPlainText(text[:room])

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window."""
        return not _left_to_window(event) and super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """In a list, Enter adds, Ctrl+Up and Ctrl+Down move, Backspace in an empty item takes it away."""
        key, modifiers = event.key(), event.modifiers()
        if self._enter_adds:
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers & Qt.KeyboardModifier.ShiftModifier:
                self.enter_pressed.emit()
                return
            if modifiers & Qt.KeyboardModifier.ControlModifier and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.move_requested.emit(-1 if key == Qt.Key.Key_Up else 1)
                return
            if key == Qt.Key.Key_Backspace and not self._value:
                self.emptied.emit()
                return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving a field is a moment to save."""
        super().focusOutEvent(event)
        self.editing_finished.emit()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again when the lines break elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit again when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def sizeHint(self) -> QSize:
        """The width is the layout's; the height fits the text."""
        return QSize(super().sizeHint().width(), self.height())

    def _fit(self) -> None:
        if self._measuring:
            return
        # As Qt lays lines out: a font with a fraction of a pixel between them gets the whole one.
        line = ceil(QFontMetricsF(self.font()).lineSpacing())
        content = max(self._lines_needed(), self._lines)
        shown = min(content, MOST_LINES)
        height = line * shown + 2 * round(self.document().documentMargin()) + 2
        scrolls = content > MOST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() != policy:
            self.setVerticalScrollBarPolicy(policy)
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def _lines_needed(self) -> int:
        """The lines of the whole text, counted until they are too many to be shown.

        The document's own size counts a paragraph as one line until it is laid out, which may be when it is painted.
        """
        self._measuring = True
        layout, block, lines = self.document().documentLayout(), self.document().firstBlock(), 0
        while block.isValid() and lines <= MOST_LINES:
            layout.blockBoundingRect(block)
            lines += block.layout().lineCount()
            block = block.next()
        self._measuring = False
        return lines

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, then the frame with its focus ring."""
        super().paintEvent(event)
        _paint_frame(self.viewport(), focused=self.hasFocus())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint all anew: the frame stands still, and Qt would move what is painted of it along with the text."""
        super().scrollContentsBy(dx, dy)
        self.viewport().update()


class LineField(QLineEdit):
    """One line of text."""

    changed = Signal(str)
    editing_finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._loading = False
        self._value = ""
        self.setMaxLength(MAX_LINE)
        self.setFrame(False)
        self.setTextMargins(8, 6, 8, 6)
        self.textChanged.connect(self._typed)

    def value(self) -> str:
        """The text, cleaned."""
        return self._value

    def load(self, value: str) -> None:
        """Show a text without saying that it changed."""
        self._value = value
        if self.text() != value:
            self._loading = True
            self.setText(value)
            self._loading = False

    def _typed(self, text: str) -> None:
        if self._loading:
            return
        value = clean_line(text)
        if value != text:
            place = self.cursorPosition()
            self._loading = True
            self.setText(value)
            self._loading = False
            self.setCursorPosition(place - (len(text) - len(value)))
        if value != self._value:
            self._value = value
            self.changed.emit(value)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window."""
        return not _left_to_window(event) and super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving a field is a moment to save."""
        super().focusOutEvent(event)
        self.editing_finished.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, then the frame with its focus ring."""
        super().paintEvent(event)
        _paint_frame(self, focused=self.hasFocus())


class DateField(LineField):
    """A date as people write it (``15 January 2027``, ``15/1/27``), or their own words (``by Easter``)."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("15 January 2027")

    def value(self) -> str:
        """The date as ``YYYY-MM-DD`` where it is understood, else the words."""
        return dates.kept(self._value)

    def load(self, value: str) -> None:
        """Show a date in words, unless this is the date that is being typed."""
        if dates.kept(self._value) != value:
            super().load(dates.shown(value))

    def _typed(self, text: str) -> None:
        if self._loading:
            return
        before = self.value()
        self._value = clean_line(text)
        if self.value() != before:
            self.changed.emit(self.value())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write an understood date out in full when the field is left."""
        LineField.load(self, dates.shown(self.value()))
        super().focusOutEvent(event)


def _paint_frame(surface: QWidget, *, focused: bool) -> None:
    chosen = colours(surface)
    painter = QPainter(surface)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(chosen.accent if focused else chosen.field_line), 2 if focused else 1))
    painter.drawRoundedRect(QRectF(surface.rect()).adjusted(1, 1, -1, -1), 4, 4)
