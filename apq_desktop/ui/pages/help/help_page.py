"""Help: the pages of ``resources/help/`` to choose from and to read, and which of them fits where a user is."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from apq_desktop import paths
from apq_desktop.ui.pages.help.help_markdown import HelpBlock, HelpText, read_help
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.widgets.layouts import Refitted, add_layout
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.painted.painted_rows import BAR, Index, PaintedList, RowPainter
from apq_desktop.ui.widgets.scroll_area import NO_LIMIT, FormScroll
from apq_desktop.ui.widgets.text_labels import PlainLabel, scaled_font
from apq_desktop.ui.widgets.theme import colours

READABLE = 760
"""Pixels: the widest column of help to read."""
LEAST_LINES = 8
"""The height that list and text need together, in lines; below it the page scrolls."""


class HelpPage(Refitted, Page):
    """The titles at the left, the chosen page at the right. Up and Down choose, Tab goes to the text, Esc back."""

    help_key = "lists-and-keys"

    def __init__(self, _app: AppContext, _here: OpenEvaluation | None = None) -> None:
        super().__init__(back="Back", widest=NO_LIMIT)
        self._texts = read_help(paths.resources() / "help")
        self.titles = TitleList([text.title for text in self._texts])
        self.text = HelpTextView()
        side, row = QVBoxLayout(), QHBoxLayout()
        side.setSpacing(10)
        # The way back and the heading stand over the list, so that the text has room.
        for widget in self.page.findChildren(QWidget):
            if self.column.indexOf(widget) >= 0:
                side.addWidget(widget)
        side.addWidget(self.titles, 1)
        row.setSpacing(0)
        add_layout(row, side)
        row.addWidget(self.text, 1)
        add_layout(self.column, row, 1)
        self.titles.currentRowChanged.connect(self._show_row)
        self.show_page("")

    def shown(self) -> str:
        """The key of the page in view."""
        return self._texts[self.titles.currentRow()].key

    def show_page(self, key: str) -> None:
        """Show the page with this key; with one that there is not, the first."""
        keys = [text.key for text in self._texts]
        self.titles.setCurrentRow(keys.index(key) if key in keys else 0)

    def focus_first(self) -> None:
        """Put the focus on the titles."""
        self.titles.setFocus()

    def _refit(self) -> None:
        metrics = self.fontMetrics()
        wide = min(metrics.averageCharWidth() * 34, self.width() * 3 // 10)
        self.titles.setFixedWidth(max(wide, self.back.sizeHint().width()))
        self.text.setMinimumHeight(metrics.lineSpacing() * LEAST_LINES)

    def _show_row(self, row: int) -> None:
        if row >= 0:
            self.text.show_text(self._texts[row])


class HelpTextView(FormScroll):
    """One help page in plain labels. Reachable with Tab, scrolled with the arrow keys, read aloud when reached."""

    def __init__(self) -> None:
        super().__init__(widest=READABLE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.column.setSpacing(8)

    def sizeHint(self) -> QSize:
        """No higher than it has to be: what has no room here scrolls here, and not the list beside it, too."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def show_text(self, text: HelpText) -> None:
        """Show a page from its beginning."""
        self.renew()
        self.setAccessibleName(text.title)
        self.setAccessibleDescription(text.as_text())
        self.column.addWidget(PlainLabel(text.title, scale=1.5, bold=True))
        for block in text.blocks:
            self._add(block)
        self.column.addStretch(1)
        self.show_now()
        self.verticalScrollBar().setValue(0)

    def _add(self, block: HelpBlock) -> None:
        match block.kind:
            case "heading":
                self.column.addSpacing(self.fontMetrics().height() // 2)
                self.column.addWidget(PlainLabel(block.texts[0], scale=1.15, bold=True))
            case "paragraph":
                self.column.addWidget(PlainLabel(block.texts[0]))
            case "bullets":
                self._add_items([("•", text) for text in block.texts])
            case "steps":
                self._add_items([(f"{number}.", text) for number, text in enumerate(block.texts, 1)])

    def _add_items(self, items: list[tuple[str, str]]) -> None:
        for sign, text in items:
            row = QHBoxLayout()
            row.setSpacing(10)
            mark = PlainLabel(sign)
            mark.setWordWrap(False)
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(PlainLabel(text), 1)
            add_layout(self.column, row)


class TitleList(PaintedList):
    """The titles to choose from; they wrap, and rows are as high as their words."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__("Help pages")
        self.setItemDelegate(_TitleDelegate(self))
        self.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.addItems(titles)


class _TitleDelegate(RowPainter):
    """Draw one title, in the manner of the list of areas."""

    _PAD = 9

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """The words with even margins."""
        words = self._wrapped(str(index.data()), scaled_font(1.0), self._PAD, self._PAD, self._PAD)
        return QSize(60, words.height() + 2 * self._PAD)

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        chosen, row = colours(self._view), QRect(option.rect)
        if self._view.currentIndex().row() == index.row():
            painter.setPen(QPen(QColor(chosen.accent), 2) if self._view.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(chosen.selected))
            painter.drawRoundedRect(row.adjusted(2, 2, -2, -2), 6, 6)
            painter.fillRect(row.adjusted(0, 4, BAR - row.width(), -4), QColor(chosen.accent))
        painter.setPen(QColor(chosen.text))
        painter.setFont(scaled_font(1.0))
        words = row.adjusted(self._PAD, self._PAD, -self._PAD, 0)
        painter.drawText(words, Qt.TextFlag.TextWordWrap, str(index.data()))
