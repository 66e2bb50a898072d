"""The controls a user types words into. Each cleans what it is given, and says what changed; loading says nothing.

Every field, here and in ``choice_fields``, has ``value()``, ``load(value)`` (silent) and the signal ``changed(value)``.
Each has an undo of its own, unless ``leave_undo_to_window`` says that its words are the evaluation's. ``cut_short``
tells the limit whenever something did not fit, which stands at the foot of the field as well.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QTextEdit

from apq_desktop.evaluation.model import MAX_TEXT
from apq_desktop.evaluation.text.cleaning import clean
from apq_desktop.evaluation.text.list_items import is_list
from apq_desktop.evaluation.text.splice import splice
from apq_desktop.ui.fields.field_editing import (
    LimitNote,
    letters,
    paint_frame,
    pop_up,
    undo_is_elsewhere,
    units,
    with_pasting_of_files,
    with_undo_of_window,
    words_of,
)
from apq_desktop.ui.widgets.text_labels import scaled_font

BESIDE, MARGIN = 10, 8  # pixels beside, and above and below the words: a field of one line has as many beside
LINE_HEIGHT = 115  # per cent of what the font asks for: about one and a half times the size of the letters
LIFT = 2  # pixels by which the words stand lower: what is between the lines is below each of them


class TextField(QTextEdit):
    """Text of any length: grows with what is typed, never scrolls inside.

    With ``enter_adds`` it is a list’s item. ``scale`` is relative to the chosen text size. The lines stand apart as
    those of a book do, which Qt's plain text field cannot.
    """

    changed, list_pasted = Signal(str), Signal(str)
    enter_pressed, emptied, editing_finished = Signal(), Signal(), Signal()
    move_requested, cut_short = Signal(int), Signal(int)

    def __init__(self, *, lines: int = 2, enter_adds: bool = False, scale: float = 1.0) -> None:
        super().__init__()
        self._lines, self._enter_adds, self._scale, self._value = lines, enter_adds, scale, ""
        self._loading = self._measuring = self._dressing = False
        self.window_undoes = False
        self.add_to_menu: Callable[[QMenu], None] = lambda _: None
        """What else stands in the right-click menu."""
        self._limit_note = LimitNote(self, MAX_TEXT)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._space_lines()
        self._dress()
        self.textChanged.connect(self._typed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def value(self) -> str:
        """The text, cleaned."""
        return self._value

    def load(self, value: str) -> None:
        """Show a text without saying that it changed; the cursor stays where it can."""
        if value != self._value:
            self._show(value)

    def leave_undo_to_window(self) -> None:
        """From now on, undo is the evaluation's and no longer the field's."""
        self.window_undoes = True
        self.setUndoRedoEnabled(False)

    def put_cursor(self, place: int) -> None:
        """Put the cursor after so many characters."""
        cursor = self.textCursor()
        cursor.setPosition(min(units(self._value[:place]), self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def shown_words(self) -> str:
        """The words as they are shown."""
        return self._value

    def select_words(self, first: int, last: int) -> None:
        """Select from so many characters to so many."""
        cursor = self.textCursor()
        cursor.setPosition(units(self._value[:first]))
        cursor.setPosition(units(self._value[:last]), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def end_of_selection(self) -> int:
        """After how many characters the selection ends."""
        return letters(self.toPlainText(), self.textCursor().selectionEnd())

    def clear(self) -> None:
        """Take all words away."""
        super().clear()
        self._space_lines()

    def _space_lines(self) -> None:
        """Let the lines of an empty text stand apart; those that are written later take after them."""
        undoes = self.isUndoRedoEnabled()
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(BESIDE)
        around = self.document().rootFrame().frameFormat()
        around.setTopMargin(MARGIN + LIFT)
        around.setBottomMargin(MARGIN - LIFT)
        self.document().rootFrame().setFrameFormat(around)
        space = QTextBlockFormat()
        space.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        QTextCursor(self.document()).setBlockFormat(space)
        self.setUndoRedoEnabled(undoes)

    def _dress(self) -> None:
        if self._scale != 1.0:
            self._dressing = True
            self.setFont(scaled_font(self._scale))
            self._dressing = False

    def one_line(self) -> int:
        """The height of a field with one line, in pixels."""
        return self._height_of(1)

    def _height_of(self, lines: int) -> int:
        line = QFontMetricsF(self.font()).lineSpacing() * LINE_HEIGHT / 100
        return ceil(line * lines) + 2 * MARGIN + 2

    def _show(self, value: str) -> None:
        """Show another text in the place of what stands there: only what differs is written."""
        shown = self._value if self.document().characterCount() - 1 == units(self._value) else ""
        change, place = splice(shown, value), self.textCursor().position()
        begin, length = units(shown[: change.position]), units(change.removed)
        added = units(change.inserted)
        self._value, self._loading = value, True
        cursor = QTextCursor(self.document())
        cursor.setPosition(begin)
        if shown:
            cursor.setPosition(begin + length, QTextCursor.MoveMode.KeepAnchor)
        else:
            cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(change.inserted)
        self._loading = False
        if place > begin:
            place = max(place - length, begin) + added if place >= begin + length else min(place, begin + added)
        cursor.setPosition(min(place, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self._count()

    def _count(self) -> None:
        self._limit_note.count(len(self._value))
        if self.viewportMargins().bottom() != self._limit_note.room():
            self.setViewportMargins(0, 0, 0, self._limit_note.room())
            self._fit()

    def _typed(self) -> None:
        if self._loading:
            return
        before, value = self._value, clean(self.document().toRawText())
        if len(value) > MAX_TEXT:
            kept = before if len(before) == MAX_TEXT else value[:MAX_TEXT]
            self._value = value
            self._show(kept)
            self._say_cut()
            value = kept
        self._value = value
        if value != before:
            self._count()
            self.changed.emit(value)

    def _say_cut(self) -> None:
        self._limit_note.cut()
        self._count()
        self.cut_short.emit(MAX_TEXT)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Only words can be pasted and dropped."""
        return bool(words_of(source))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as plain text; in a list, what is a list itself is offered as items. Without words nothing changes."""
        text = words_of(source)
        if self._enter_adds and is_list(text):
            self.list_pasted.emit(text)
        elif text:
            self.paste_words(text)

    def paste_words(self, text: str) -> None:
        """Put words in the place of the selection, as many as have room; what did not fit is said."""
        room = MAX_TEXT - len(self._value) + len(clean(self.textCursor().selectedText()))
        self.insertPlainText(text[:room])
        if len(text) > room:
            self._say_cut()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window, where they are its own."""
        return not undo_is_elsewhere(event, window_undoes=self.window_undoes) and super().event(event)

    def make_menu(self) -> QMenu:
        """The field's right-click menu."""
        menu = with_pasting_of_files(self.createStandardContextMenu(), self)
        if self.window_undoes and not self.isReadOnly():
            with_undo_of_window(menu, self)
        self.add_to_menu(menu)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu, without waiting until it is closed."""
        pop_up(self.make_menu(), event)

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
        if event.matches(QKeySequence.StandardKey.InsertParagraphSeparator) and not self.isReadOnly():
            self.textCursor().insertBlock()  # in an empty line Qt would take away the space between lines instead
            self.ensureCursorVisible()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page: the field itself shows all that it holds."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the ring at once and whole: Qt paints only the line of the cursor again."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving a field is a moment to save."""
        super().focusOutEvent(event)
        self.editing_finished.emit()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again when the lines break elsewhere."""
        super().resizeEvent(event)
        self._limit_note.lie_at_foot()
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit again when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and not self._dressing:
            self._dress()
            self._fit()

    def sizeHint(self) -> QSize:
        """The width is the layout's; the height fits the text."""
        return QSize(super().sizeHint().width(), self.height())

    def _fit(self) -> None:
        if self._measuring:
            return
        self._measuring = True
        needed = ceil(self.document().size().height()) + 2
        self._measuring = False
        height = max(needed, self._height_of(self._lines)) + self._limit_note.room()
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, then the frame with its focus ring."""
        super().paintEvent(event)
        paint_frame(self.viewport(), focused=self.hasFocus())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint all again: the frame stands still, and Qt would move what is painted of it along with the text."""
        super().scrollContentsBy(dx, dy)
        self.viewport().update()
