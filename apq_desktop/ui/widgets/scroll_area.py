"""A page that scrolls, and follows the cursor and the focus."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
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
from shiboken6 import isValid

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


class PlaceKeeper(QScrollArea):
    """Keep the place in view when the text size or the width changes: the cursor, else what stands first in view."""

    def __init__(self) -> None:
        super().__init__()
        self._place_held: tuple[QWidget, float, int] | None = None
        """A control within, how far down in it the place is (0 to 1), and in which line of pixels of the view."""
        self._put_back_soon = QTimer(self, singleShot=True, interval=0)
        self._put_back_soon.timeout.connect(self._put_back)

    def scrolled_page(self) -> QWidget:
        """What is scrolled."""
        return cast("QWidget", self.widget())

    def hold_place(self, room: int | None = None) -> None:
        """Before anything in it changes its size: have the same words in view afterwards.

        ``room`` is the height of the view, where that has changed already.
        """
        if self._place_held is None:
            self._place_held = self._at_cursor(room or self.viewport().height()) or self._first_in_view()
            self._put_back_soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines of another width break elsewhere, and a header that grows leaves less height."""
        now, before = event.size(), event.oldSize()
        lower = now.height() < before.height() and not _pointer_at_work()
        if self.isVisible() and (lower or before.width() not in (-1, now.width())):
            self.hold_place(before.height())
        super().resizeEvent(event)

    def settle(self) -> None:
        """Lay everything out now. Qt would do it piece by piece, and paint what is half done in between."""
        for _ in range(PASSES):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def showEvent(self, event: QShowEvent) -> None:
        """Be where it was left, also where the text grew meanwhile."""
        super().showEvent(event)
        self._put_back()

    def let_place_go(self) -> None:
        """Somebody goes to another place: what was held is not wanted any more."""
        self._place_held = None

    def _at_cursor(self, room: int) -> tuple[QWidget, float, int] | None:
        focus = QApplication.focusWidget()
        if focus is None or not self.scrolled_page().isAncestorOf(focus):
            return None
        y = focus.cursorRect().center().y() if isinstance(focus, QTextEdit) else focus.height() // 2
        line = focus.mapTo(self.viewport(), QPoint(0, y)).y()
        return (focus, y / max(focus.height(), 1), line) if 0 <= line < room else None

    def _first_in_view(self) -> tuple[QWidget, float, int] | None:
        """What begins first in view, or goes through most of it."""
        page, top, room = self.scrolled_page(), self.verticalScrollBar().value(), self.viewport().size()
        for line in range(0, room.height() if top else 0, AROUND // 4):
            for x in (room.width() // 4, room.width() // 2, room.width() * 3 // 4):
                part = page.childAt(x, top + line)
                if part is None or part.findChild(QWidget):
                    continue
                y = part.mapFrom(page, QPoint(0, top + line)).y()
                if y <= line or part.height() > room.height() // 2:
                    return part, y / max(part.height(), 1), line
        return None

    def _put_back(self) -> None:
        if self._place_held is None or not self.isVisible():
            return
        self.settle()
        (part, share, line), self._place_held = self._place_held, None
        if isValid(part) and self.scrolled_page().isAncestorOf(part):
            place = part.cursorRect().center().y() if isinstance(part, QTextEdit) else round(share * part.height())
            least, most = AROUND if part.hasFocus() else 0, self.viewport().height() - 2 * AROUND
            y = part.mapTo(self.scrolled_page(), QPoint(0, place)).y()
            self.verticalScrollBar().setValue(y - min(max(line, least), max(most, least)))


class FormScroll(PlaceKeeper):
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
        self.let_place_go()
        self.settle()
        top, room = widget.mapTo(self.page, QPoint(0, 0)).y() - AROUND, self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setValue(min(max(bar.value(), top + widget.height() + 2 * AROUND - room), top))
        if widget.height() + 2 * AROUND > room:
            self.ensureWidgetVisible(widget, 0, AROUND)

    def centre(self, widget: QWidget) -> None:
        """Scroll so that the cursor of ``widget``, or else the widget itself, stands in the middle of the height."""
        self.let_place_go()
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


def hold_places(window: QWidget) -> None:
    """Before the text of a window grows: keep in view what is in view, on every page and in every list."""
    for area in window.findChildren(QAbstractScrollArea):
        if isinstance(area, PlaceKeeper):
            area.hold_place()
        elif isinstance(area, QAbstractItemView) and area.isVisible():
            hint = QAbstractItemView.ScrollHint.EnsureVisible
            QTimer.singleShot(0, area, lambda area=area, hint=hint: area.scrollTo(area.currentIndex(), hint))


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
