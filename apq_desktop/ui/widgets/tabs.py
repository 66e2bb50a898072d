"""The tabs of the window, painted from the palette, with a line under the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar, QTabWidget, QVBoxLayout, QWidget

from apq_desktop.ui.widgets.text_labels import scaled_font
from apq_desktop.ui.widgets.theme import colours

_Shown = TypeVar("_Shown", bound=QWidget)

ROOMY, TIGHT = 34, 14
"""Pixels around the words of a tab, and where the window has no room for all tabs so."""
LARGE, PLAIN = 1.1, 1.0
"""Size of the words of a tab, and where there is no room for all tabs even so."""


class PaintedTabBar(QTabBar):
    """Calm tabs: plain words, the chosen one bold with a line below."""

    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)

    def tabSizeHint(self, index: int) -> QSize:
        """Room for the bold words, so that nothing jumps when a tab is chosen."""
        scale, space = self._fitting()
        height = QFontMetrics(scaled_font(scale, bold=True)).height()
        return QSize(self._widths(scale)[index] + space, height + 20)

    def _fitting(self) -> tuple[float, int]:
        """The size of the words and the pixels around them with which all tabs fit, or else the smallest."""
        around = self.parentWidget()
        for scale, space in ((LARGE, ROOMY), (LARGE, TIGHT)):
            if around is None or sum(self._widths(scale)) + space * self.count() <= around.width():
                return scale, space
        return PLAIN, TIGHT

    def _widths(self, scale: float) -> list[int]:
        metrics = QFontMetrics(scaled_font(scale, bold=True))
        return [metrics.size(Qt.TextFlag.TextShowMnemonic, self.tabText(n)).width() for n in range(self.count())]

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Never smaller than the words."""
        return self.tabSizeHint(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw every tab."""
        chosen = colours(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale, _ = self._fitting()
        for index in range(self.count()):
            rect = self.tabRect(index)
            current = index == self.currentIndex()
            painter.setFont(scaled_font(scale, bold=current))
            painter.setPen(QColor(chosen.accent if current else chosen.quiet))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic, self.tabText(index))
            if current:
                painter.fillRect(QRect(rect.left(), rect.bottom() - 2, rect.width(), 3), QColor(chosen.accent))
                if self.hasFocus():
                    painter.setPen(QPen(QColor(chosen.text), 2))
                    painter.drawRoundedRect(rect.adjusted(4, 4, -4, -6), 5, 5)


class Tabs(QTabWidget):
    """The tabs with their pages."""

    def __init__(self) -> None:
        super().__init__()
        bar = PaintedTabBar()
        bar.setAccessibleName("Parts of the evaluation")
        self.setTabBar(bar)
        self.setDocumentMode(True)


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
