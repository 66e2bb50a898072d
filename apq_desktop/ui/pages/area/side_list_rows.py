"""How the rows of the list of areas are painted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from apq_desktop.evaluation.rules.progress import STATE_WORDS, State
from apq_desktop.ui.widgets.painted.painted_rows import Index, RowPainter
from apq_desktop.ui.widgets.painted.state_mark import paint_state
from apq_desktop.ui.widgets.text_labels import scaled_font
from apq_desktop.ui.widgets.theme import EDGE, Colours, colours

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTreeView

Kind = Literal["area", "section", "category"]
STATE, KIND, KEY, NOTE = (Qt.ItemDataRole(Qt.ItemDataRole.UserRole + step) for step in range(4))
"""What a row holds: an area's state, its kind, its key, and its number or what stands at the right."""
_NAME, _SMALL = 0.94, 0.87
"""The sizes of the words, of names and of what stands with them."""
_PAD = 7
"""Pixels above and below the words of an area."""
_RIGHT = 18
"""Pixels from the words to the right edge."""


class SideListRows(RowPainter):
    """Draw areas with mark, number, name and the state in words; sections with a count; other categories.

    ``shown`` and ``section`` are the keys of the area and the section in view; ``compact`` leaves the state in words
    out.
    """

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self.shown, self.section, self.compact = "", "", False

    def _unit(self) -> int:
        return QFontMetrics(scaled_font(_NAME)).height()

    def _indent(self) -> int:
        """Where the names of areas and sections begin: after the mark and a number of two figures."""
        return EDGE + self._unit() + QFontMetrics(scaled_font(_NAME)).horizontalAdvance("00") + 16

    def _name(self, index: Index) -> QRect:
        """The wrapped name of an area, in a row that begins at 0."""
        return self._wrapped(str(index.data()), scaled_font(_NAME), self._indent(), _PAD, _RIGHT)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words."""
        unit, small = self._unit(), QFontMetrics(scaled_font(_SMALL)).height()
        if index.data(KIND) == "area":
            return QSize(100, self._name(index).height() + (0 if self.compact else small) + 2 * _PAD)
        first_category = index.data(KIND) == "category" and index.sibling(index.row() - 1, 0).data(KIND) == "area"
        return QSize(100, unit + 10 + (unit if first_category else 0))

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        chosen, row = colours(self._view), QRect(option.rect)
        kind: Kind = index.data(KIND)
        if kind == "area":
            self._paint_area(painter, row, index, chosen)
        elif kind == "section":
            self._paint_section(painter, row, index, chosen)
        else:
            row = self._paint_category(painter, row, index, chosen)
        if self._view.hasFocus() and self._view.currentIndex() == index:
            self._paint_ring(painter, row, _PAD)

    def _paint_area(self, painter: QPainter, row: QRect, index: Index, chosen: Colours) -> None:
        if index.data(KEY) == self.shown:
            self._paint_ground(painter, row, _PAD)
        name, unit = self._name(index).translated(row.topLeft()), self._unit()
        now: State = index.data(STATE) or "not-started"
        side = unit * 0.72
        mark = QRectF(row.left() + EDGE, name.top() + (unit - side) / 2, side, side)
        paint_state(painter, mark, now, self._view)
        self._words(painter, QRect(name.left() - 60, name.top(), 52, unit), index.data(NOTE), chosen.text, right=True)
        self._words(painter, name, str(index.data()), chosen.text)
        if not self.compact:
            state = QRect(name.left(), name.bottom() + 1, row.right() - name.left(), row.bottom() - name.bottom())
            painter.setFont(scaled_font(_SMALL))
            painter.setPen(QColor(chosen.quiet))
            painter.drawText(state, Qt.AlignmentFlag.AlignTop, STATE_WORDS[now])

    def _paint_section(self, painter: QPainter, row: QRect, index: Index, chosen: Colours) -> None:
        here, left = index.data(KEY) == self.section, self._indent()
        painter.fillRect(left - 12, row.top(), 1, row.height(), QColor(chosen.line))
        if here:
            painter.fillRect(left - 13, row.top() + 1, 3, row.height() - 2, QColor(chosen.accent))
        ink = chosen.text if here else chosen.quiet
        words = row.adjusted(left, 0, -_RIGHT, 0)
        self._words(painter, words, str(index.data()), ink)
        self._words(painter, words, index.data(NOTE), ink, right=True, size=_SMALL)

    def _paint_category(self, painter: QPainter, row: QRect, index: Index, chosen: Colours) -> QRect:
        unit = self._unit()
        if index.sibling(index.row() - 1, 0).data(KIND) == "area":
            painter.fillRect(
                row.left() + EDGE, row.top() + unit // 2, row.width() - EDGE - _RIGHT, 1, QColor(chosen.line)
            )
            row = row.adjusted(0, unit, 0, 0)
        self._words(painter, row.adjusted(EDGE, 0, -_RIGHT, 0), str(index.data()), chosen.quiet)
        middle, half = QPointF(row.right() - _RIGHT - unit / 5, row.center().y() + 1), unit / 5
        words = row.adjusted(EDGE, 0, -_RIGHT - unit, 0)
        self._words(painter, words, index.data(NOTE), chosen.quiet, right=True, size=_SMALL)
        painter.setPen(QPen(QColor(chosen.quiet), 1.6))
        painter.drawPolyline([middle + QPointF(x * half, y * half) for x, y in ((-0.5, -1), (0.5, 0), (-0.5, 1))])
        return row

    @staticmethod
    def _words(
        painter: QPainter, place: QRect, words: str, ink: str, *, right: bool = False, size: float = _NAME
    ) -> None:
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.setFont(scaled_font(size))
        painter.setPen(QColor(ink))
        painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextWordWrap, words)
