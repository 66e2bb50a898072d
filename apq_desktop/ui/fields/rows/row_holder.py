"""The rows of a list below each other: read and heard in their order, and dragged from place to place."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QColor, QCursor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from apq_desktop.ui.fields.rows.item_row import ItemRow
from apq_desktop.ui.widgets.theme import colours

SPACE = 8
"""Pixels between two rows."""
LINE = 3
AT_ONCE = 8
"""Rows that are made, or shown again, in one go; fewer than fill the view of most windows."""
EDGE = 48
"""Pixels from the edge of the view within which a row that is dragged scrolls the page."""
SCROLL_MS, FASTEST = 25, 16


class RowHolder(QWidget):
    """Hold the rows. ``row_dropped`` carries a row and the place among those in view at which it was let go."""

    row_dropped = Signal(object, int)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[ItemRow] = []
        self._folded: list[ItemRow] = []
        self._dragged: ItemRow | None = None
        self._place = 0
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, SPACE // 2, 0, SPACE // 2)
        self._layout.setSpacing(SPACE)
        self._scrolling = QTimer(self, interval=SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll)

    def show_rows(self, rows: list[ItemRow]) -> None:
        """Let these rows stand below each other. ``show_together`` shows those that are new."""
        before = set(self._rows)
        for index, row in enumerate(rows):
            if self._layout.indexOf(row) != index:
                self._layout.insertWidget(index, row)
            if row not in before:
                row.handle.dragged.connect(self._drag)
                row.handle.dropped.connect(self._drop)
        if rows[: len(self._rows)] != self._rows:
            for row in rows:
                row.raise_()  # the order of the children is that of Tab and of a screen reader
        self._rows = list(rows)

    def fold_rows(self, in_view: Callable[[QWidget], bool]) -> list[Callable[[], QWidget]]:
        """Hide what is inside the rows that are not in view, where they are many.

        Qt goes through every control of a page that comes back, in view or not. What is returned shows them again.
        """
        self._folded = [row for row in self._in_view() if not in_view(row)]
        if len(self._folded) <= AT_ONCE:
            self._folded = []
        for row in self._folded:
            row.fold()
        return [self._unfold_some] * ceil(len(self._folded) / AT_ONCE)

    def _unfold_some(self) -> QWidget:
        self.show_together(self._folded[:AT_ONCE])
        return self

    def unfold_rows(self, in_view: Callable[[QWidget], bool]) -> None:
        """Show what came into view."""
        self.show_together([row for row in self._folded if in_view(row)])

    def show_together(self, rows: list[ItemRow]) -> None:
        """Show rows at once and whole. Qt would lay the page out anew for each of them."""
        self._layout.setEnabled(False)
        for row in rows:
            row.show()
            if row in self._folded:
                self._folded.remove(row)
                row.unfold()
        self._layout.setEnabled(True)

    def _in_view(self) -> list[ItemRow]:
        return [row for row in self._rows if not row.isHidden()]

    def _drag(self, pointer: QPoint) -> None:
        if self._dragged is None:
            handle = self.sender()
            self._dragged = next(row for row in self._rows if row.handle is handle)
            self._dragged.show_dragged(dragged=True)
            self._scrolling.start()
        self._point_to(pointer)

    def _point_to(self, pointer: QPoint) -> None:
        y = self.mapFromGlobal(pointer).y()
        others = [row for row in self._in_view() if row is not self._dragged]
        self._place = sum(row.geometry().center().y() < y for row in others)
        self.update()

    def _drop(self, stays: bool) -> None:
        row, self._dragged = self._dragged, None
        self._scrolling.stop()
        self.update()
        if row is not None:
            row.show_dragged(dragged=False)
            if stays and self._place != self._in_view().index(row):
                self.row_dropped.emit(row, self._place)

    def _scroll(self) -> None:
        """Scroll the page while a row is held near the edge of what is in view."""
        page = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        if page is None:
            return
        y, height = page.viewport().mapFromGlobal(QCursor.pos()).y(), page.viewport().height()
        beyond = min(y - EDGE, 0) or max(y - height + EDGE, 0)
        if beyond:
            bar = page.verticalScrollBar()
            bar.setValue(bar.value() + max(-FASTEST, min(beyond, FASTEST)))
            self._point_to(QCursor.pos())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a line where the row that is dragged would go."""
        if self._dragged is None:
            return
        others = [row for row in self._in_view() if row is not self._dragged]
        above = others[self._place - 1].geometry().bottom() + 1 if self._place else 0
        space = SPACE if self._place else SPACE // 2
        QPainter(self).fillRect(0, above + (space - LINE) // 2, self.width(), LINE, QColor(colours(self).accent))
