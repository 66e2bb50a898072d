"""The panel of “Find or go to…”: over the window, which is dimmed behind it. It is no window of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from apq_desktop.ui.fields.line_fields import LineField
from apq_desktop.ui.widgets.layouts import add_layout
from apq_desktop.ui.widgets.text_labels import PlainLabel
from apq_desktop.ui.widgets.theme import colours
from apq_desktop.ui.window.find.result_list import ResultList

WIDE = 50
"""The panel's width, in sizes of the text (em); the widest at 100 % is 760 pixels."""
AROUND = 16
"""Pixels kept free between the panel and the window's edges."""
KEYS = "Up and Down choose. Enter goes there, with the words marked. F3: the next place. Esc: back to where you were."


class FindOverlay(QWidget):
    """Cover the window with a dim ground and the panel on it. A click beside the panel closes it."""

    help_key = "search"
    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.panel = FindPanel(self)
        self.hide()
        window.installEventFilter(self)

    def appear(self) -> None:
        """Show the panel over the window as large as that is, with the focus in its field."""
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._place()
        self.panel.words.setFocus()
        self.panel.words.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and watched is self._window and self.isVisible():
            self.setGeometry(self._window.rect())
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the panel in the middle again."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        width = min(self.fontInfo().pixelSize() * WIDE, 2 * AROUND + self.width()) - 2 * AROUND
        width = min(width, self.width() - 2 * AROUND)
        top = AROUND
        self.panel.resize(width, self.panel.height())
        height = min(self.panel.wanted_height(), self.height() - top - AROUND)
        self.panel.setGeometry((self.width() - width) // 2, top, width, height)

    def follow_contents(self) -> None:
        """Something else is found: fit the panel again."""
        if self.isVisible():
            self._place()

    def focusNextPrevChild(self, on: bool) -> bool:
        """Tab moves the choice: nothing below the panel can be reached while it is open."""
        self.panel.results.step(1 if on else -1)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose, go there, or close; everything else is the field's."""
        match event.key():
            case Qt.Key.Key_Escape:
                self.closed.emit()
            case Qt.Key.Key_Up:
                self.panel.results.step(-1)
            case Qt.Key.Key_Down:
                self.panel.results.step(1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.panel.results.take()
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the panel closes it."""
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim what lies below."""
        dark = colours(self).page != "#f6f4ef"
        QPainter(self).fillRect(self.rect(), QColor(0, 0, 0, 130 if dark else 70))


class FindPanel(QWidget):
    """The words, how many places there are, and the places."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Find or go to")
        self.words = LineField()
        self.words.setPlaceholderText("Find or go to…")
        self.words.setAccessibleName("Find or go to: a word, an area, or something to do")
        self.count = PlainLabel(quiet=True)
        self.count.setWordWrap(False)
        self.results = ResultList()
        self.keys = PlainLabel(KEYS, quiet=True, scale=0.87)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.words, 1)
        top.addWidget(self.count)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        add_layout(column, top)
        column.addWidget(self.results, 1)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Plain)
        line.setForegroundRole(line.palette().ColorRole.Mid)
        column.addWidget(line)
        column.addWidget(self.keys)

    def wanted_height(self) -> int:
        """The height at which everything is in view."""
        inside = self.width() - 24
        fixed = self.words.sizeHint().height() + self.keys.heightForWidth(inside) + 24 + 3 * 8 + 4
        return fixed + self.results.wanted_height()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A sheet with a frame."""
        chosen, painter = colours(self), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(chosen.field_line))
        painter.setBrush(QColor(chosen.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
