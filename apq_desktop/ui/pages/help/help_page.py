"""Help: the pages of ``resources/help/`` to choose from and to read, and which of them fits where a user is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from apq_desktop import paths
from apq_desktop.ui.pages.help.help_markdown import HelpBlock, HelpText, read_help
from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation
from apq_desktop.ui.widgets.layouts import Refitted, add_layout
from apq_desktop.ui.widgets.page import Page
from apq_desktop.ui.widgets.scroll_area import NO_LIMIT, FormScroll
from apq_desktop.ui.widgets.text_labels import PlainLabel, scaled_font
from apq_desktop.ui.widgets.theme import colours

READABLE = 760
"""Pixels: the widest column of help to read."""
BAR = 4
"""Pixels: the width of the bar at the title of the page in view."""
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


class TitleList(QListWidget):
    """The titles to choose from; they wrap, and rows are as high as their words."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__()
        self.setAccessibleName("Help pages")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setItemDelegate(_TitleDelegate(self))
        self.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.addItems(titles)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles break elsewhere: measure the rows again."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _TitleDelegate(QStyledItemDelegate):
    """Draw one title, in the manner of the list of areas."""

    _PAD = 9

    def _words(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        view = self.parent()
        width = view.viewport().width() if isinstance(view, TitleList) else 200
        wide = QRect(self._PAD, self._PAD, max(width - 2 * self._PAD, 60), 10_000)
        metrics = view.fontMetrics() if isinstance(view, TitleList) else QFontMetrics(scaled_font(1.0))
        return QRect(wide.topLeft(), metrics.boundingRect(wide, Qt.TextFlag.TextWordWrap, str(index.data())).size())

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The words with even margins."""
        return QSize(60, self._words(index).height() + 2 * self._PAD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw from the palette, with the choice as a rounded ground and the focus as a ring."""
        view = self.parent()
        assert isinstance(view, TitleList)
        chosen, row = colours(view), QRect(option.rect)
        is_chosen = view.currentRow() == index.row()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen:
            painter.setPen(QPen(QColor(chosen.accent), 2) if view.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(chosen.selected))
            painter.drawRoundedRect(row.adjusted(2, 2, -2, -2), 6, 6)
            painter.fillRect(row.adjusted(0, 4, BAR - row.width(), -4), QColor(chosen.accent))
        painter.setPen(QColor(chosen.text))
        painter.setFont(scaled_font(1.0))
        words = row.adjusted(self._PAD, self._PAD, -self._PAD, 0)
        painter.drawText(words, Qt.TextFlag.TextWordWrap, str(index.data()))
        painter.restore()
