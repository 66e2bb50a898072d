"""The tabs of the window, painted from the palette, with a line under the chosen one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QStackedWidget, QTabBar, QWidget

from apq_desktop.ui.widgets.layouts import Refitted
from apq_desktop.ui.widgets.text_labels import paint_tag, scaled_font, tag_size
from apq_desktop.ui.widgets.theme import RING, colours

ROOMY, TIGHT = 13, 6
"""Pixels at each side of a tab's words, and where the window has no room for all tabs so."""
BEFORE_A_GROUP = 14
"""More pixels before a tab that begins a group."""
AROUND_UNDERLINE, UNDERLINE = 3, 3
"""Pixels that the line under the chosen tab reaches beyond its words, and its height."""
OTHER_PAGES = "Other pages"
"""What a screen reader calls the tab of pages without one, while none of them is in view."""
BESIDE_NUMBER = 6
"""Pixels between the words of a tab and its number."""
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Down)


class PaintedTabBar(Refitted, QTabBar):
    """Calm tabs: plain words, the chosen one bold with a line below. None may be chosen.

    Its width is always that of the bold words, so that nothing moves. Where not all have room, only the one in view
    stands there, and opens a menu of all.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Parts of the evaluation")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self._groups: set[int] = set()
        self._numbers: dict[int, int] = {}
        self.folded = self.alone = False
        self.more: tuple[QAction, ...] = ()
        """What the menu of all offers beyond the tabs."""
        self.currentChanged.connect(self.show_current)
        # Out of sight, and the current one while a page without a tab is in view: QTabBar always has a current one.
        self.addTab(OTHER_PAGES)
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

    def show_number(self, index: int, number: int, spoken: str) -> None:
        """Show a number beside the words of a tab, 0 for none; a screen reader says ``spoken``."""
        if number != self._numbers.get(index, 0):
            self._numbers[index] = number
            self.setAccessibleTabName(index, spoken if number else "")
            self.setTabText(index, self.tabText(index))
            self._refit()
            self.updateGeometry()
            self.update()

    def _number(self, index: int) -> str:
        number = self._numbers.get(index, 0)
        return f"{number:,}" if number else ""

    def tabSizeHint(self, index: int) -> QSize:
        """Room for the bold words."""
        space = self._space()
        before = self._before(index)
        opens = QFontMetrics(scaled_font(1)).height() if self.folded else 0
        return QSize(
            self._widths()[index] + 2 * space + before + opens, QFontMetrics(scaled_font(1, bold=True)).height() + 22
        )

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Never smaller than the words."""
        return self.tabSizeHint(index)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the window may become: it folds; then the one tab is whole."""
        one = self.tabSizeHint(self.currentIndex()).width() if self.folded else 0
        return QSize(one, super().minimumSizeHint().height())

    def _before(self, index: int) -> int:
        return BEFORE_A_GROUP if index in self._groups and not self.folded else 0

    def _space(self) -> int:
        return ROOMY if self.folded or self._fits(ROOMY) else TIGHT

    def _fits(self, space: int) -> bool:
        """Whether all tabs have room in the row, with so many pixels at each side of their words."""
        around = self.parentWidget()
        needed = sum(self._widths()[: self.last]) + len(self._groups) * BEFORE_A_GROUP + 2 * space * self.last
        return around is None or needed <= around.width() - 2 * ROOMY

    def stand_alone(self, *, alone: bool) -> None:
        """Fold although there may be room for all, because the window is low; or no longer."""
        self.alone = alone
        self._refit()

    def has_room(self) -> bool:
        """Whether all tabs have room in a row of their own."""
        return self._fits(TIGHT)

    def _refit(self) -> None:
        if self.folded != (self.alone or not self.has_room()):
            self.folded = not self.folded
            self.show_current()

    def show_current(self) -> None:
        """Show all tabs but the one of pages without; where they are folded, the current one alone."""
        current = self.currentIndex()
        with QSignalBlocker(self):  # of the current one out of sight, Qt makes a neighbour the current one
            for index in range(self.count()):
                shown = index == current if self.folded else index < self.last
                if shown != self.isTabVisible(index):  # said twice, Qt forgets that it has to lay out again
                    self.setTabVisible(index, shown)
            self.setCurrentIndex(current)
        if self.folded:
            self.updateGeometry()
        self.update()

    def open_menu(self) -> None:
        """Show all tabs to choose from, the one in view ticked, each with its keys."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        together = QActionGroup(menu)
        for index in range(self.last):
            number = f" ({self._number(index)})" if self._number(index) else ""
            action = together.addAction(menu.addAction(f"{self.tabText(index)}{number}\tCtrl+{index + 1}"))
            action.setCheckable(True)
            action.setChecked(index == self.currentIndex())
            action.triggered.connect(partial(self._choose, index))
        menu.addSeparator()
        menu.addActions(self.more)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        if (chosen := together.checkedAction()) is not None:
            menu.setActiveAction(chosen)

    def _choose(self, index: int) -> None:
        self.tabBarClicked.emit(index)
        self.setCurrentIndex(index)
        self.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a tab, or open their menu."""
        if self.folded:
            self.open_menu()
        else:
            super().mousePressEvent(event)

    def _widths(self) -> list[int]:
        metrics = QFontMetrics(scaled_font(1, bold=True))
        words = [metrics.size(Qt.TextFlag.TextShowMnemonic, self.tabText(n)).width() for n in range(self.count())]
        return [width + self._beside_words(n) for n, width in enumerate(words)]

    def _beside_words(self, index: int) -> int:
        """The room that a number needs."""
        return tag_size(self._number(index)).width() + BESIDE_NUMBER if self._number(index) else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and the last tab; the arrows, as Qt has it, to the next.

        Where they are folded Qt knows of one only, and Enter, Space or Down opens the menu of all.
        """
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1} if self.folded else {}
        if self.folded and event.key() in _OPENING:
            self.open_menu()
        elif event.key() in steps:
            self.setCurrentIndex(min(max(self.currentIndex() + steps[Qt.Key(event.key())], 0), self.last - 1))
        elif event.key() == Qt.Key.Key_Home:
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
        opens = QFontMetrics(scaled_font(1)).height() if self.folded else 0
        for index in (one for one in range(self.count()) if self.isTabVisible(one)):
            words = self.tabRect(index).adjusted(self._before(index) + space, 0, -space - opens, 0)
            current, end = index == self.currentIndex(), words.right()
            if number := self._number(index):
                tag = QRect(QPoint(0, 0), tag_size(number))
                tag.moveCenter(words.center())
                tag.moveRight(words.right())
                paint_tag(painter, tag, number, "aside", self)
                words.setRight(tag.left() - BESIDE_NUMBER)
            painter.setFont(scaled_font(1, bold=current))
            painter.setPen(QColor(chosen.accent if current else chosen.text))
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic, self.tabText(index))
            if current:
                line = words.adjusted(-AROUND_UNDERLINE, 0, AROUND_UNDERLINE, 0)
                line.setTop(line.bottom() + 1 - UNDERLINE)
                painter.fillRect(line, QColor(chosen.accent))
            if self.folded:
                middle, half = QPointF(end + opens / 2 + 4, words.center().y() + 1), opens / 5
                painter.setPen(QPen(QColor(chosen.accent), 1.8))
                painter.drawPolyline(
                    [middle + QPointF(x * half, y * half) for x, y in ((-1, -0.5), (0, 0.5), (1, -0.5))]
                )
        if self.hasFocus() and self.last:
            painter.setPen(QPen(QColor(chosen.accent), RING))
            painter.drawRoundedRect(self._in_ring().adjusted(2, 5, -2, -UNDERLINE - 5), 5, 5)

    def _in_ring(self) -> QRect:
        """The chosen tab, or all of them where none is."""
        index = self.currentIndex()
        if index == self.last and not self.folded:
            return self.tabRect(0).united(self.tabRect(index - 1))
        return self.tabRect(index).adjusted(self._before(index), 0, 0, 0)


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
            self.bar.setTabText(self.bar.last, (instead and instead.accessibleName()) or OTHER_PAGES)
            self.bar.setCurrentIndex(self.bar.last if instead is not None else self.currentIndex())
        self.bar.show_current()

    def _choose(self, index: int) -> None:
        if index < self.count():
            self.setCurrentIndex(index)
            self.chosen.emit()
