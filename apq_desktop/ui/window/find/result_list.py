"""The list below the field: groups with up to three places and the way to the others, the words marked in each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QListWidgetItem, QStyleOptionViewItem

from apq_desktop.ui.widgets.painted.painted_rows import BAR, Index, PaintedList, RowPainter, paint_line
from apq_desktop.ui.widgets.text_labels import announce, scaled_font
from apq_desktop.ui.widgets.theme import colours

if TYPE_CHECKING:
    from apq_desktop.ui.window.find.results import Found, Group

_FOUND = Qt.ItemDataRole.UserRole + 1
_GROUP = Qt.ItemDataRole.UserRole + 2
_PAD = 14
_paint_line = partial(paint_line, elide=Qt.TextElideMode.ElideMiddle)


class ResultList(PaintedList):
    """What is found. The focus stays in the field above: ``step`` moves the choice, and a screen reader hears it."""

    chosen = Signal(object)
    height_changed = Signal()

    def __init__(self) -> None:
        super().__init__("What is found")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setItemDelegate(_FoundDelegate(self))
        self.setMouseTracking(True)
        self.itemClicked.connect(self._take)
        self.itemEntered.connect(lambda item: item.flags() and self.setCurrentItem(item))
        self._groups: list[Group] = []
        self._whole: set[str] = set()

    def show_groups(self, groups: list[Group]) -> None:
        """Show what is found, with the first place chosen."""
        self._groups, self._whole = groups, set()
        self._fill()
        self.step(1, aloud=False)
        self.scrollToTop()

    def _fill(self) -> None:
        self.clear()
        for group in self._groups:
            heading = QListWidgetItem(group.title)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(heading)
            shown = group.found if group.title in self._whole else group.found[: group.at_first]
            for found in shown:
                item = QListWidgetItem(found.text)
                item.setData(_FOUND, found)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, _spoken(found))
                self.addItem(item)
            if left := len(group.found) - len(shown):
                item = QListWidgetItem(f"{left} {group.more}")
                item.setData(_GROUP, group)
                self.addItem(item)
        self.height_changed.emit()

    def wanted_height(self) -> int:
        """The height of all rows."""
        self.doItemsLayout()
        return sum(self.sizeHintForRow(row) for row in range(self.count()))

    def step(self, by: int, *, aloud: bool = True) -> None:
        """Choose the next place, or with -1 the one before; at an end, go on at the other."""
        row = self.currentRow()
        for _ in range(self.count()):
            row = (row + by) % self.count()
            if self.item(row).flags() & Qt.ItemFlag.ItemIsSelectable:
                self.setCurrentRow(row)
                if by < 0 and row == 1:
                    self.scrollToTop()
                if aloud:
                    spoken = self.item(row).data(Qt.ItemDataRole.AccessibleTextRole) or self.item(row).text()
                    announce(self, spoken)
                return

    def take(self) -> None:
        """Go where the choice leads, or show the rest of its group."""
        if (item := self.currentItem()) is not None:
            self._take(item)

    def _take(self, item: QListWidgetItem) -> None:
        found, group = item.data(_FOUND), item.data(_GROUP)
        if found is not None:
            self.chosen.emit(found)
        elif group is not None:
            row = self.row(item)
            self._whole.add(group.title)
            self._fill()
            self.setCurrentRow(row)

    def found_at(self, row: int) -> Found | None:
        """The place in a row; None for a heading and for the way to more."""
        found: Found | None = self.item(row).data(_FOUND)
        return found


class _FoundDelegate(RowPainter):
    """Draw a heading, a place with its words marked, or the way to more."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words need at the list's width."""
        small, height = QFontMetrics(scaled_font(0.87)).height(), QFontMetrics(scaled_font(1.0)).height()
        if index.data(_FOUND) is None:
            return QSize(60, small + 16 if index.data(_GROUP) is None else height + 12)
        found: Found = index.data(_FOUND)
        return QSize(60, self._laid_out(index).boundingRect().toAlignedRect().height() + bool(found.where) * small + 14)

    def _laid_out(self, index: Index) -> QTextLayout:
        view, found = self._view, index.data(_FOUND)
        layout = QTextLayout(found.text, scaled_font(1.0))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats([_mark(view, found.text, first, last) for first, last in found.matches])
        width = max(view.viewport().width() - 2 * _PAD, 60)
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        chosen, row = colours(self._view), QRect(option.rect)
        inside = row.adjusted(_PAD, 7, -_PAD, -7)
        found, group = index.data(_FOUND), index.data(_GROUP)
        if self._view.currentIndex().row() == index.row() and (found or group):
            painter.setPen(QPen(QColor(chosen.accent), 1) if chosen.page == "#000000" else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(chosen.selected))
            painter.drawRoundedRect(row.adjusted(1, 1, -1, -1), 6, 6)
            painter.fillRect(QRect(row.left() + 1, row.top() + 6, BAR, row.height() - 12), QColor(chosen.accent))
        if found is not None:
            painter.setPen(QColor(chosen.text))
            layout = self._laid_out(index)
            layout.draw(painter, inside.topLeft().toPointF())
            below = inside.adjusted(0, layout.boundingRect().toAlignedRect().height(), 0, 0)
            _paint_line(painter, below, found.where, chosen.quiet, scale=0.87)
        elif group is not None:
            _paint_line(painter, inside, str(index.data()), chosen.accent)
        else:
            _paint_line(painter, inside.adjusted(0, 4, 0, 0), str(index.data()), chosen.quiet, scale=0.87)


def _mark(view: QAbstractItemView, text: str, first: int, last: int) -> Any:
    """Found words: on a ground of their own and bold, so that the colour is not the only sign."""
    from apq_desktop.ui.fields.field_editing import units

    chosen = colours(view)
    marked = QTextCharFormat()
    marked.setBackground(QColor(chosen.mark[0]))
    marked.setForeground(QColor(chosen.mark[1]))
    marked.setFontWeight(QFont.Weight.DemiBold)
    place = QTextLayout.FormatRange()
    place.start, place.length = units(text[:first]), units(text[first:last])
    place.format = marked
    return place


def _spoken(found: Found) -> str:
    """A place as it is read out: its words, then where they stand."""
    return " ".join(words if words[-1:] in ".?…" else f"{words}." for words in (found.text, found.where) if words)
