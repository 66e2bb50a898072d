"""A page that scrolls, and follows the cursor and the focus."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from apq_desktop.ui.widgets.layouts import column_in
from apq_desktop.ui.widgets.text_labels import GUTTERS, WRITING, scaled_font

WIDEST = 1100
WIDE = 1700
"""Pixels: the widest column of a page to read, and of one with a table."""
LINE = 43
"""The widest column to write in, in sizes of the text (em): lines of about 75 characters."""
READ = 54
"""The widest column of a page to read and to fill in, in the same."""
LEAST_CHARACTERS = 60
"""Fewer in a line to write in are uncomfortable to read."""
SAMPLE = "what is working well, what changed for pupils, and how you know"
INSIDE = 20
"""Pixels between the edges of a field and its words, together."""
NO_LIMIT = 16_777_215
"""The greatest width that Qt knows."""
MARGIN = 28
AROUND = 24
"""Pixels kept free above and below what has the focus."""
PASSES = 8
"""A new height reaches the page through the layouts around it, about one a pass. An empty pass takes a microsecond."""


LEAVES = (QAbstractItemView, QTextEdit, QLineEdit, QComboBox, QAbstractButton)
"""Controls whose inner parts are their own business."""


class _Page(QWidget):
    """What is scrolled: as high as its contents need at its width, and no higher."""

    def minimumSizeHint(self) -> QSize:
        """The width only, where words wrap: the layout's least height supposes that all stand in a narrow column."""
        least, layout = super().minimumSizeHint(), self.layout()
        return QSize(least.width(), 0) if layout is not None and layout.hasHeightForWidth() else least


class FormScroll(QScrollArea):
    """A page with one column of limited width. Whatever has the focus, or the cursor, is brought into view."""

    def __init__(self, *, widest: int = WIDEST) -> None:
        super().__init__()
        self._lines = 0
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.page = page = _Page()
        page.setBackgroundRole(QPalette.ColorRole.Window)
        self._outer = QHBoxLayout(page)
        self._outer.setContentsMargins(MARGIN, 20, MARGIN, 20)
        self._outer.addStretch(0)
        self._outer.addStretch(0)
        self._widest, self._holder = widest, QWidget()
        self.column = self._new_column(14)
        self.setWidget(page)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def limit_to_lines(self, lines: int = LINE) -> None:
        """From now on the column is so wide, in sizes of the text, whatever that is: as lines to write in may be."""
        self._lines = lines
        self._widest = lines * self.fontInfo().pixelSize()
        self._holder.setMaximumWidth(self._widest)

    def least_width(self) -> int:
        """The width in which a line to write in holds ``LEAST_CHARACTERS``, in pixels."""
        font = scaled_font(WRITING)
        letters = QFontMetrics(font).horizontalAdvance(SAMPLE) * LEAST_CHARACTERS // len(SAMPLE)
        return letters + sum(GUTTERS) + 2 * MARGIN + INSIDE + self.verticalScrollBar().sizeHint().width()

    def changeEvent(self, event: QEvent) -> None:
        """Lines of larger text are as wide in letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._lines:
            self.limit_to_lines(self._lines)

    def _new_column(self, spacing: int) -> QVBoxLayout:
        self._holder.setMaximumWidth(self._widest)
        column = column_in(self._holder, spacing)
        self._outer.insertWidget(1, self._holder, 1)
        return column

    def renew(self) -> None:
        """Throw the contents away, and begin with an empty column. ``show_now`` shows what was put into it."""
        before, self._holder = self._holder, QWidget()
        self.column = self._new_column(self.column.spacing())
        before.hide()
        before.deleteLater()

    def show_now(self) -> None:
        """Show a new column at once. Qt would wait for its next turn, and paint the gap before."""
        self._holder.show()
        self.settle()

    def showEvent(self, event: QShowEvent) -> None:
        """Be in order from the first painting and the first Tab on, also where the focus came before the page."""
        super().showEvent(event)
        self.settle()
        self.order()
        if (focus := QApplication.focusWidget()) is not None and self.page.isAncestorOf(focus):
            self._bring_into_view(focus)

    def settle(self) -> None:
        """Lay everything out now. Qt would do it piece by piece, and paint what is half done in between."""
        for _ in range(PASSES):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what has the focus in view where the window leaves less height, as when its header grows."""
        super().resizeEvent(event)
        focus, before, now = QApplication.focusWidget(), event.oldSize().height(), event.size().height()
        if focus is not None and now < before and self.page.isAncestorOf(focus) and not _pointer_at_work():
            bar, bottom = self.verticalScrollBar(), focus.mapTo(self.page, QPoint(0, focus.height())).y()
            if bar.value() + now < bottom + AROUND <= bar.value() + before + AROUND:
                bar.setValue(bottom + AROUND - now)

    def order(self) -> None:
        """Let Tab go through the page as it is read."""
        set_tab_order(self.page)

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now is not self and self.page.isAncestorOf(now):
            if not _pointer_at_work():
                self._bring_into_view(now)
            if isinstance(now, QTextEdit):
                now.cursorPositionChanged.connect(self._cursor_moved, Qt.ConnectionType.UniqueConnection)

    def _bring_into_view(self, widget: QWidget) -> None:
        """Scroll to the whole of ``widget`` where it has room. Qt's own way shows the cursor's line only."""
        self.settle()
        top, room = widget.mapTo(self.page, QPoint(0, 0)).y() - AROUND, self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setValue(min(max(bar.value(), top + widget.height() + 2 * AROUND - room), top))
        if widget.height() + 2 * AROUND > room:
            self.ensureWidgetVisible(widget, 0, AROUND)

    def centre(self, widget: QWidget) -> None:
        """Scroll so that the cursor of ``widget``, or else the widget itself, stands in the middle of the height."""
        self.settle()
        place = widget.cursorRect().center() if isinstance(widget, QTextEdit) else widget.rect().center()
        self.verticalScrollBar().setValue(widget.mapTo(self.page, place).y() - self.viewport().height() // 2)

    def _cursor_moved(self) -> None:
        field = self.sender()
        if isinstance(field, QTextEdit) and field.hasFocus() and not _pointer_at_work():
            place = field.cursorRect()
            corner = field.viewport().mapTo(self.page, place.topLeft())
            shown = QRect(corner, place.size())
            self.ensureVisible(shown.center().x(), shown.center().y(), 0, shown.height() + 16)


def _pointer_at_work() -> bool:
    """Whether a mouse button is down: then nothing may move from under the pointer."""
    return QApplication.mouseButtons() != Qt.MouseButton.NoButton


def set_tab_order(*parts: QWidget) -> None:
    """Let Tab go through the controls in and below ``parts`` as they are read, whenever each of them was made."""
    for earlier, later in pairwise(control for part in parts for control in reading_order(part)):
        QWidget.setTabOrder(earlier, later)


def reading_order(widget: QWidget) -> Iterator[QWidget]:
    """The controls in and below ``widget`` as they are read: as they were added, or as its ``in_reading_order`` says.

    The items of layouts are never asked: a layout that goes away leaves their Python objects behind, and PySide
    takes a later item at the same address for one of them.
    """
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    if isinstance(widget, QScrollArea) and (page := widget.widget()):
        yield from reading_order(page)
    elif not isinstance(widget, LEAVES):
        # Not a Protocol: asking one for each child took a sixth of the time in which a form is shown.
        ordered = getattr(widget, "in_reading_order", widget.children)
        for child in ordered():
            if isinstance(child, QWidget) and not child.isWindow():
                yield from reading_order(child)
