"""How parts are arranged: in rows that wrap, and in a column that is made again.

Nothing elsewhere in the window asks a layout for its items (``itemAt``, ``takeAt``, ``removeWidget``), and a layout is
put into another by ``add_layout`` alone. PySide keeps Python objects for items that Qt deletes; a new object at the
address of an old one is then taken for the old one, and the program ends in the middle of something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

_NO_LIMIT = 524_287  # what Qt itself takes for a layout without one
if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object


def add_layout(box: QBoxLayout, layout: QLayout, stretch: int = 0) -> None:
    """Put a layout at the end of another, and let go of the Python objects that PySide makes of its items."""
    box.addLayout(layout, stretch)
    _let_items_go(layout)


def _let_items_go(layout: QLayout) -> None:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        if isinstance(item, QLayout):
            _let_items_go(item)
        elif item is not None:
            shiboken6.invalidate(item)


def column_in(widget: QWidget, spacing: int = -1) -> QVBoxLayout:
    """A column that fills a widget to its edges, with Qt's usual spacing where none is given."""
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(spacing)
    return column


def row_in(widget: QWidget, spacing: int = -1) -> QHBoxLayout:
    """A row that fills a widget to its edges, with Qt's usual spacing where none is given."""
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    return row


class Refitted(_Widget):
    """What a widget does in ``_refit`` whenever its size changes, or that of its text; named before the base."""

    def _refit(self) -> None:
        raise NotImplementedError

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit in the new size."""
        super().resizeEvent(event)
        self._refit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit in the new size of the text; what was never shown yet does so when it is."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.testAttribute(Qt.WidgetAttribute.WA_WState_Created):
            self._refit()


class FlowLayout(QHBoxLayout):
    """Lay its widgets in rows and wrap where the width ends.

    With ``fill`` those that can grow, such as a line to type in, share what a row leaves over. Qt keeps the items;
    Python only knows the widgets, because it would take a new item at the address of an old one for the old one.
    """

    def __init__(self, spacing: int = 8, *, fill: bool = False) -> None:
        super().__init__()
        self._fill = fill
        self._widgets: list[QWidget] = []
        self._heights: dict[int, int] = {}
        self._least: QSize | None = None
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addWidget(self, widget: QWidget) -> None:  # type: ignore[override]  # neither stretch nor alignment here
        """Put one more widget at the end."""
        self._widgets.append(widget)
        super().addWidget(widget)

    def hasHeightForWidth(self) -> bool:
        """Height depends on width: that is what wrapping means."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all rows at ``width``."""
        if width not in self._heights:
            self._heights[width] = self._refit(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def minimumHeightForWidth(self, width: int) -> int:
        """The same: nothing here can be lower."""
        return self.heightForWidth(width)

    def invalidate(self) -> None:
        """Forget what was measured: a widget has changed."""
        self._heights.clear()
        self._least = None
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        """Place the widgets."""
        QLayout.setGeometry(self, rect)
        self._refit(rect, move=True)

    def sizeHint(self) -> QSize:
        """At least the largest widget."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The largest widget."""
        if self._least is None:
            self._least = QSize()
            for widget in self._shown():
                self._least = self._least.expandedTo(_least_size(widget))
        return self._least

    def maximumSize(self) -> QSize:
        """As large as one likes."""
        return QSize(_NO_LIMIT, _NO_LIMIT)

    def _shown(self) -> list[QWidget]:
        self._widgets = [widget for widget in self._widgets if shiboken6.isValid(widget)]
        return [widget for widget in self._widgets if not widget.isHidden() or not _was_shown_or_hidden(widget)]

    def _refit(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for row in self._rows(rect.width()):
            height = max(hint.height() for _, hint in row)
            spare = rect.width() - sum(hint.width() for _, hint in row) - self.spacing() * (len(row) - 1)
            growing = [widget for widget, _ in row if self._fill and _can_grow(widget)]
            x = rect.x()
            for widget, hint in row:
                width = min(hint.width() + (max(spare, 0) // len(growing) if widget in growing else 0), rect.width())
                if move:
                    down = (height - hint.height()) // 2 if self._fill else 0
                    widget.setGeometry(QRect(QPoint(x, y + down), QSize(width, hint.height())))
                x += width + self.spacing()
            y += height + self.spacing()
        return max(y - self.spacing() - rect.y(), 0)

    def _rows(self, width: int) -> Iterator[list[tuple[QWidget, QSize]]]:
        row: list[tuple[QWidget, QSize]] = []
        used = 0
        for widget in self._shown():
            hint = _wished_size(widget)
            if row and used + self.spacing() + hint.width() > width:
                yield row
                row, used = [], 0
            used += hint.width() + (self.spacing() if row else 0)
            row.append((widget, hint))
        if row:
            yield row


def _was_shown_or_hidden(widget: QWidget) -> bool:
    """Whether the widget was shown or hidden before. One that was just made waits for its parent to be shown."""
    return widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)


def _wished_size(widget: QWidget) -> QSize:
    hint = widget.sizeHint().expandedTo(widget.minimumSizeHint())
    return hint.boundedTo(widget.maximumSize()).expandedTo(widget.minimumSize())


def _least_size(widget: QWidget) -> QSize:
    wished, least = _wished_size(widget), widget.minimumSizeHint().expandedTo(widget.minimumSize())
    policy = widget.sizePolicy()
    shrinks = QSizePolicy.PolicyFlag.ShrinkFlag.value
    return QSize(
        least.width() if policy.horizontalPolicy().value & shrinks else wished.width(),
        least.height() if policy.verticalPolicy().value & shrinks else wished.height(),
    )


def _can_grow(widget: QWidget) -> bool:
    layout = widget.layout()
    ways = layout.expandingDirections() if layout else widget.sizePolicy().expandingDirections()
    return bool(ways & Qt.Orientation.Horizontal)


class TwoColumns(Refitted, QWidget):
    """A wide column and a narrower one beside it; one below the other where there is no room for both."""

    ROOM = 100
    """Average characters that both need."""

    def __init__(self, spacing: int = 16, shares: tuple[int, int] = (3, 2)) -> None:
        super().__init__()
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(spacing)
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        for column, share in zip((self.left, self.right), shares, strict=True):
            held = QWidget()
            around = column_in(held)
            column.setSpacing(spacing)
            add_layout(around, column)
            around.addStretch(1)
            self._beside.addWidget(held, share)

    def _refit(self) -> None:
        room = self.width() >= self.fontMetrics().averageCharWidth() * self.ROOM
        way = QBoxLayout.Direction.LeftToRight if room else QBoxLayout.Direction.TopToBottom
        if self._beside.direction() != way:
            self._beside.setDirection(way)


class ReplaceableColumn(QWidget):
    """A column that is filled again from time to time. What was there goes with the widget that holds it."""

    def __init__(self, spacing: int = 6) -> None:
        super().__init__()
        self._around = column_in(self)
        self._spacing = spacing
        self._held: QWidget | None = None
        self.renew()

    def renew(self) -> None:
        """Throw away what is there."""
        if self._held is not None:
            self._held.hide()
            self._held.deleteLater()
        self._held = QWidget()
        self._column = column_in(self._held, self._spacing)
        self._around.addWidget(self._held)

    def show_now(self) -> None:
        """Show a new column at once, so that the cursor can go into it."""
        if self._held is not None:
            self._held.show()

    def addWidget(self, widget: QWidget) -> None:
        """Put one more widget at the end."""
        self._column.addWidget(widget)

    def addLayout(self, layout: QLayout) -> None:
        """Put one more layout at the end."""
        add_layout(self._column, layout)
