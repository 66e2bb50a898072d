"""The small bar below selected words: what kind of note is to be written on them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apq_desktop.ui.pages.library.locality.theme_bar import KEYS
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.layouts import FlowLayout, add_layout
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


WIDEST = 100
"""Of the bar, in average characters."""


class SelectionBar(QWidget):
    """For the pointer; the keyboard has the letters that it names."""

    asked = Signal(str)
    theme_asked = Signal(str)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._box, self._row = QVBoxLayout(self), FlowLayout(6)
        self._box.setContentsMargins(6, 6, 6, 6)
        add_layout(self._box, self._row)
        for kind, words in KINDS:
            self._add(words).clicked.connect(partial(self.asked.emit, kind))
        self._add("Theme (T)").clicked.connect(partial(self.theme_asked.emit, "t"))
        self._themes = [self._add("") for _ in range(KEYS)]
        for n, button in enumerate(self._themes, 1):
            button.clicked.connect(partial(self.theme_asked.emit, str(n)))
        self.offer_themes([])
        self.hide()

    def _add(self, words: str) -> Button:
        button = Button(words)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row.addWidget(button)
        return button

    def offer_themes(self, names: Sequence[str]) -> None:
        """Offer the themes that have a figure."""
        for n, button in enumerate(self._themes):
            button.setVisible(n < len(names))
            button.setText(f"{n + 1}  {names[n]}".replace("&", "&&") if n < len(names) else "")

    def show_at(self, text: ReadingText | None) -> None:
        """Show the bar below the selection of a text; None takes it away."""
        if text is None:
            self.hide()
            return
        widths = [one.sizeHint().width() + 6 for one in self.findChildren(Button) if not one.isHidden()]
        width = min(sum(widths) + 8, self._over.width(), self.fontMetrics().averageCharWidth() * WIDEST)
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
