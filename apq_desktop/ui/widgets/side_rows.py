"""A list at the left of a page that leads to its parts: headings, and rows of a name with a quiet line below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontInfo, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QListWidgetItem, QStyleOptionViewItem

from apq_desktop.ui.widgets.painted.painted_rows import Index, PaintedList, RowPainter
from apq_desktop.ui.widgets.text_labels import scaled_font
from apq_desktop.ui.widgets.theme import EDGE, colours

WIDTH, ROOM = 18.5, 62
"""In ems, of which one is the size of the words: the width of the list, and of the page from which on it is shown."""
_NAME, _SMALL, _PAD, _RIGHT = 0.94, 0.87, 6, 18
_KEY, _NOTE = (Qt.ItemDataRole(Qt.ItemDataRole.UserRole + step) for step in range(2))


@dataclass(frozen=True, slots=True)
class SideRow:
    """A row; without a ``key`` it is a heading."""

    words: str
    note: str = ""
    key: str = ""


def as_choices(rows: Iterable[SideRow]) -> Iterator[tuple[str, str]]:
    """The rows as choices, for where a list has no room: each says under which heading it stands."""
    heading = ""
    for row in rows:
        heading = row.words if not row.key else heading
        if row.key:
            yield row.key, f"{heading}: {row.words}"


class SideRows(PaintedList):
    """Up and Down go from row to row, which leads there; Enter, or a click, goes on into it."""

    chosen = Signal(str)
    entered = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.rows: tuple[SideRow, ...] = ()
        self.viewport().setAutoFillBackground(False)
        self.setAutoFillBackground(False)
        self.setItemDelegate(_Rows(self))
        self.currentItemChanged.connect(self._go)
        self.itemClicked.connect(lambda item: self.entered.emit(item.data(_KEY)))

    def show_rows(self, rows: Sequence[SideRow]) -> None:
        """Show other rows; what was chosen stays so."""
        if tuple(rows) == self.rows:
            return
        before = self.current_key()
        self.rows = tuple(rows)
        self.blockSignals(True)
        self.clear()
        for row in rows:
            item = QListWidgetItem(row.words, self)
            item.setData(_KEY, row.key)
            item.setData(_NOTE, row.note)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{row.words}, {row.note}" if row.note else row.words)
            if not row.key:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.blockSignals(False)
        self.mark(before)

    def mark(self, key: str) -> None:
        """Show which row is in view, without going there."""
        found = next((n for n, row in enumerate(self.rows) if row.key and row.key == key), None)
        if found is None:
            found = next((n for n, row in enumerate(self.rows) if row.key), -1)
        if found != self.currentRow():
            self.blockSignals(True)
            self.setCurrentRow(found)
            self.scrollToTop()  # as far as the row is in view then
            self.scrollTo(self.currentIndex())
            self.blockSignals(False)
            self.viewport().update()

    def current_key(self) -> str:
        """The key of the row that is chosen."""
        row = self.currentRow()
        return self.rows[row].key if 0 <= row < len(self.rows) else ""

    def best_width(self, available: int) -> int:
        """How wide it is beside a page of this width; 0 where it has no room or nothing to show."""
        em = QFontInfo(self.font()).pixelSize()
        return round(min(WIDTH * em, available * 0.3)) if self.rows and available >= ROOM * em else 0

    def minimumSizeHint(self) -> QSize:
        """It scrolls where the window is low."""
        return QSize(0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on into what is chosen; Esc belongs to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_key():
            self.entered.emit(self.current_key())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """On the ground of side lists, with a line at its right."""
        chosen, painter = colours(self), QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(chosen.side))
        painter.fillRect(self.viewport().width() - 1, 0, 1, self.viewport().height(), QColor(chosen.line))
        painter.end()
        super().paintEvent(event)

    def _go(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_KEY))


class _Rows(RowPainter):
    def _words(self, index: Index) -> QRect:
        return self._wrapped(str(index.data()), scaled_font(_NAME, bold=not index.data(_KEY)), EDGE, _PAD, _RIGHT)

    def _note(self, index: Index) -> QRect:
        words, note = self._words(index), str(index.data(_NOTE))
        if not note:
            return QRect(words.bottomLeft(), QSize(0, 0))
        return self._wrapped(note, scaled_font(_SMALL), EDGE, words.bottom() + 1, _RIGHT)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words."""
        return QSize(100, self._note(index).bottom() + _PAD + 1 + self._above(index))

    @staticmethod
    def _above(index: Index) -> int:
        """Pixels above a heading, which keep it apart."""
        return 0 if index.data(_KEY) else _PAD if index.row() else 2 * _PAD

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        chosen, row, key = colours(self._view), QRect(option.rect), index.data(_KEY)
        current = self._view.currentIndex() == index and bool(key)
        if current:
            self._paint_ground(painter, row, _PAD)
        above = row.topLeft() + QPoint(0, self._above(index))
        wrap = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.setFont(scaled_font(_NAME, bold=not key))
        painter.setPen(QColor(chosen.text if key else chosen.quiet))
        painter.drawText(self._words(index).translated(above), wrap, str(index.data()))
        painter.setFont(scaled_font(_SMALL))
        painter.setPen(QColor(chosen.quiet))
        painter.drawText(self._note(index).translated(above), wrap, str(index.data(_NOTE)))
        if current and self._view.hasFocus():
            self._paint_ring(painter, row, _PAD)
