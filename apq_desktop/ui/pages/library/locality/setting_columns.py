"""Settings side by side, in alphabetical order: as many as there is room for, with the way to the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from apq_desktop.ui.fields.choice_fields import ChoiceField
from apq_desktop.ui.fields.field_layout import describe
from apq_desktop.ui.pages.library.locality.column_text import ColumnText
from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.layouts import Refitted
from apq_desktop.ui.widgets.text_labels import PlainLabel
from apq_desktop.ui.widgets.theme import colours

if TYPE_CHECKING:
    from apq_desktop.library.collection import Revision
    from apq_desktop.services.locality.reading_across import ReadPassage

NARROWEST = 21
"""Of a column, in sizes of the text."""
MOST = 6


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in a column. ``revisions`` are all that were received, the earliest first; one of them is shown."""

    revision: Revision
    revisions: Sequence[Revision]
    read: list[ReadPassage]


class SettingHead(QWidget):
    """The name of a setting, its kind, and which revision is read."""

    revision_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 10, 12, 8)
        box.setSpacing(4)
        self.name, self.about = PlainLabel(bold=True, scale=1.1), PlainLabel(quiet=True, scale=0.9)
        self.revision = ChoiceField([])
        box.addWidget(self.name)
        box.addWidget(self.about)
        box.addWidget(self.revision, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)
        self._revisions: Sequence[Revision] = ()
        self.revision.changed.connect(self._choose)

    def show_column(self, column: Column, name: str, kind: str) -> None:
        """Show another setting."""
        self._revisions = column.revisions
        self.name.setText(name)
        several = len(column.revisions) > 1
        self.about.setText(kind if several else ", ".join(one for one in (kind, _which(column.revision)) if one))
        self.about.setVisible(bool(self.about.text()))
        self.revision.offer_choices([(one.content, _which(one, first=True)) for one in reversed(column.revisions)])
        self.revision.load(column.revision.content)
        self.revision.setVisible(several)
        describe(self.revision, f"Revision of {name}", label=self.name)

    def _choose(self, content: str) -> None:
        self.revision_chosen.emit(next(one for one in self._revisions if one.content == content))


class SettingColumns(Refitted, QWidget):
    """Heads that stay, texts below them that scroll together, and Earlier and Later.

    ``wanted`` has from which setting on, and how many; ``show_columns`` answers it.
    """

    wanted = Signal(int, int)
    revision_chosen = Signal(object)
    opened = Signal(object)
    asked = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.first, self.names = 0, list[str]()
        self.last: ColumnText | None = None
        self.texts: list[ColumnText] = []
        self._heads: list[SettingHead] = []
        self._head_row, self._text_row = QWidget(), QWidget()
        self._fill_rows()
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setWidget(self._text_row)
        self._scroll.viewport().setAutoFillBackground(False)
        self._text_row.setAutoFillBackground(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 0)
        box.setSpacing(0)
        box.addWidget(self._head_row)
        box.addWidget(self._scroll, 1)
        box.addWidget(self._foot())

    def _fill_rows(self) -> None:
        heads, texts = QHBoxLayout(self._head_row), QHBoxLayout(self._text_row)
        for row in (heads, texts):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(1)
        for _ in range(MOST):
            head, text = SettingHead(), ColumnText()
            head.revision_chosen.connect(self.revision_chosen)
            text.opened.connect(self.opened)
            text.asked.connect(lambda key, text=text: self.asked.emit(text, key))
            text.entered.connect(lambda text=text: self._follow(text))
            text.cursorPositionChanged.connect(lambda text=text: self._follow(text))
            heads.addWidget(head, 1)
            texts.addWidget(text, 1, Qt.AlignmentFlag.AlignTop)
            self._heads.append(head)
            self.texts.append(text)
            head.hide()
            text.hide()

    def _foot(self) -> QWidget:
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 8, 0, 0)
        self.earlier, self.later = (
            Button("‹  Earlier", name="Earlier settings"),
            Button("Later  ›", name="Later settings"),
        )
        self.where = PlainLabel(quiet=True)
        self.where.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.earlier.clicked.connect(lambda: self.go_to(self.first - self.room()))
        self.later.clicked.connect(lambda: self.go_to(self.first + self.room()))
        row.addWidget(self.earlier)
        row.addWidget(self.where, 1)
        row.addWidget(self.later)
        return held

    def room(self) -> int:
        """How many columns there is room for."""
        return min(max(self.width() // (NARROWEST * self.fontInfo().pixelSize()), 1), MOST)

    def show_settings(self, names: list[str], first: int) -> None:
        """Show settings of these names, from one of them on."""
        self.names = names
        self.go_to(first)

    def go_to(self, first: int) -> None:
        """Show the settings from this one on."""
        self.first = min(max(first, 0), max(len(self.names) - 1, 0))
        self.wanted.emit(self.first, self.room())

    def show_columns(self, columns: Sequence[Column], kinds: Sequence[str]) -> None:
        """Show these settings."""
        shown = columns[:MOST]
        names = self.names[self.first :]
        for head, text, column, name, kind in zip(self._heads, self.texts, shown, names, kinds, strict=False):
            head.show_column(column, name, kind)
            text.show_passages(column.read, name)
        for n, (head, text) in enumerate(zip(self._heads, self.texts, strict=True)):
            head.setVisible(n < len(shown))
            text.setVisible(n < len(shown))
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        self._head_row.setContentsMargins(0, 0, bar, 0)
        self._say_where(len(shown))
        self.update()

    def _say_where(self, count: int) -> None:
        last = self.first + count
        before, after = self.first > 0, last < len(self.names)
        self.earlier.setEnabled(before)
        self.later.setEnabled(after)
        there = self.names[self.first : last]
        words = there[0] if len(there) == 1 else f"{there[0]} to {there[-1]}" if there else ""
        self.where.setText(f"{words}. Next: {self.names[last]}" if after else words)

    def _follow(self, text: ColumnText) -> None:
        if text.hasFocus():
            self.last = text
            place = text.mapTo(self._text_row, text.cursorRect().center())
            self._scroll.ensureVisible(place.x(), place.y(), 0, text.cursorRect().height() * 2)

    def _refit(self) -> None:
        shown = sum(not text.isHidden() for text in self.texts)
        if self.names and shown != min(self.room(), len(self.names) - self.first):
            self.go_to(self.first)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A panel with lines between the columns and below the heads."""
        chosen, painter = colours(self), QPainter(self)
        panel = self._head_row.geometry().united(self._scroll.geometry())
        painter.fillRect(panel, QColor(chosen.card))
        painter.setPen(QColor(chosen.line))
        painter.drawRect(panel.adjusted(-1, -1, 0, 0))
        foot = self._head_row.geometry().bottom()
        painter.drawLine(panel.left(), foot, panel.right(), foot)
        for head in self._heads[1:]:
            if head.isVisible():
                painter.drawLine(head.x(), panel.top(), head.x(), panel.bottom())


def _which(revision: Revision, *, first: bool = False) -> str:
    word = "Revision" if first else "revision"
    return f"{word} {revision.number}"
