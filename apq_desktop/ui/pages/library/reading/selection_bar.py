"""The small bar below selected words: what kind of note is to be written on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.layouts import FlowLayout
from apq_desktop.ui.widgets.theme import colours

if TYPE_CHECKING:
    from apq_desktop.review.lines import NoteKind
    from apq_desktop.ui.pages.library.reading.reading_text import ReadingText

KINDS: tuple[tuple[NoteKind, str], ...] = (
    ("change", "Please change (P)"),
    ("question", "Question (Q)"),
    ("agreed", "Agreed (A)"),
    ("note", "Private note (N)"),
)


class SelectionBar(QWidget):
    """For the pointer; the keyboard has the letters that it names."""

    asked = Signal(str)
    theme_asked = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._box, row = QVBoxLayout(self), FlowLayout(6)
        self._box.setContentsMargins(6, 6, 6, 6)
        self._box.addLayout(row)
        for kind, words in KINDS:
            button = Button(words)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, kind=kind: self.asked.emit(kind))
            row.addWidget(button)
        theme = Button("Theme (T)")
        theme.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.clicked.connect(self.theme_asked)
        row.addWidget(theme)
        self.hide()

    def show_at(self, text: ReadingText | None) -> None:
        """Show the bar below the selection of a text; None takes it away."""
        if text is None:
            self.hide()
            return
        widths = [button.sizeHint().width() + 6 for button in self.findChildren(Button)]
        width = min(sum(widths) + 8, self._over.width())
        self.resize(width, self._box.totalHeightForWidth(width))
        cursor = text.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        below = text.mapTo(self._over, text.cursorRect(cursor).bottomLeft()) + QPoint(0, 6)
        right = max(self._over.width() - self.width(), 0)
        self.move(min(max(below.x() - self.width() // 2, 0), right), below.y())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A panel that lies over the text."""
        chosen = colours(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(chosen.field_line))
        painter.setBrush(QColor(chosen.card))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
