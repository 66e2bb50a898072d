"""The tabs of the window, painted from the palette, with a line under the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from apq_desktop.ui.widgets.text_labels import scaled_font
from apq_desktop.ui.widgets.theme import RING, colours

_Shown = TypeVar("_Shown", bound=QWidget)

ROOMY, TIGHT = 13, 6
"""Pixels at each side of a tab's words, and where the window has no room for all tabs so."""
BEFORE_A_GROUP = 14
"""More pixels before a tab that begins a group."""
AROUND_UNDERLINE, UNDERLINE = 3, 3
"""Pixels that the line under the chosen tab reaches beyond its words, and its height."""


class PaintedTabBar(QTabBar):
    """Calm tabs: plain words, the chosen one bold with a line below. None may be chosen.

    Its width is always that of the bold words, so that nothing moves.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Parts of the evaluation")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self._groups: set[int] = set()
        # Out of sight, and the current one while a page without a tab is in view: QTabBar always has a current one.
        self.addTab("No part")
        self.setTabVisible(0, False)

    @property
    def last(self) -> int:
        """How many tabs there are to be seen."""
        return self.count() - 1

    def add(self, title: str, *, starts_group: bool) -> None:
        """Add a tab after the others."""
        if starts_group:
            self._groups.add(self.last)
        self.insertTab(self.last, title)

    def tabSizeHint(self, index: int) -> QSize:
        """Room for the bold words."""
        space = self._space()
        before = BEFORE_A_GROUP if index in self._groups else 0
        return QSize(self._widths()[index] + 2 * space + before, QFontMetrics(scaled_font(1, bold=True)).height() + 22)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Never smaller than the words."""
        return self.tabSizeHint(index)

    def _space(self) -> int:
        around = self.parentWidget()
        needed = sum(self._widths()[: self.last]) + len(self._groups) * BEFORE_A_GROUP + 2 * ROOMY * self.last
        return ROOMY if around is None or needed <= around.width() else TIGHT

    def _widths(self) -> list[int]:
        metrics = QFontMetrics(scaled_font(1, bold=True))
        return [metrics.size(Qt.TextFlag.TextShowMnemonic, self.tabText(n)).width() for n in range(self.count())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and the last tab; the arrows, as Qt has it, to the next."""
        if event.key() == Qt.Key.Key_Home:
            self.setCurrentIndex(0)
        elif event.key() == Qt.Key.Key_End:
            self.setCurrentIndex(self.last - 1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw every tab."""
        chosen, space = colours(self), self._space()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(self.last):
            before = BEFORE_A_GROUP if index in self._groups else 0
            words = self.tabRect(index).adjusted(before + space, 0, -space, 0)
            current = index == self.currentIndex()
            painter.setFont(scaled_font(1, bold=current))
            painter.setPen(QColor(chosen.accent if current else chosen.text))
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic, self.tabText(index))
            if current:
                line = words.adjusted(-AROUND_UNDERLINE, 0, AROUND_UNDERLINE, 0)
                line.setTop(line.bottom() + 1 - UNDERLINE)
                painter.fillRect(line, QColor(chosen.accent))
        if self.hasFocus() and self.last:
            painter.setPen(QPen(QColor(chosen.accent), RING))
            painter.drawRoundedRect(self._in_ring().adjusted(2, 5, -2, -UNDERLINE - 5), 5, 5)

    def _in_ring(self) -> QRect:
        """The chosen tab, or all of them where none is."""
        index = self.currentIndex()
        if index == self.last:
            return self.tabRect(0).united(self.tabRect(index - 1))
        return self.tabRect(index).adjusted(BEFORE_A_GROUP if index in self._groups else 0, 0, 0, 0)


class Tabs(QStackedWidget):
    """The pages with tabs. Their row, ``bar``, stands elsewhere: in the window's header."""

    chosen = Signal()
    """Somebody chose a tab in the row, be it the one whose page was in view last."""

    def __init__(self) -> None:
        super().__init__()
        self.bar = PaintedTabBar()
        self.bar.currentChanged.connect(self._choose)
        self.currentChanged.connect(self.bar.setCurrentIndex)

    def addTab(self, page: QWidget, title: str, *, starts_group: bool = False) -> None:
        """Add a page and its tab."""
        self.bar.add(title, starts_group=starts_group)
        self.addWidget(page)

    def tabText(self, index: int) -> str:
        """The words of a tab."""
        return self.bar.tabText(index)

    def mark(self, instead: QWidget | None = None) -> None:
        """Show in the row which of the pages is in view, or that ``instead`` of them one without a tab is."""
        with QSignalBlocker(self.bar):
            if instead is not None:
                self.bar.setTabText(self.bar.last, instead.accessibleName() or "No part")
            self.bar.setCurrentIndex(self.bar.last if instead is not None else self.currentIndex())
        self.bar.update()

    def _choose(self, index: int) -> None:
        if index < self.count():
            self.setCurrentIndex(index)
            self.chosen.emit()


class LazyTab(QWidget, Generic[_Shown]):
    """The place of a page that is made when it is first shown, so that the window opens at once."""

    def __init__(self, make: Callable[[], _Shown]) -> None:
        super().__init__()
        self._make = make
        self._page: _Shown | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def page(self) -> _Shown:
        """The page itself."""
        if self._page is None:
            self._page = self._make()
            self._layout.addWidget(self._page)
        return self._page
