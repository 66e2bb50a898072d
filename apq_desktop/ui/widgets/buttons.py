"""What is pressed: buttons and links, painted from the palette in the chosen text size."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy

from apq_desktop.ui.widgets.painted.line_marks import Mark, paint_mark
from apq_desktop.ui.widgets.text_labels import announce, scaled_font
from apq_desktop.ui.widgets.theme import RADIUS, RING, colours

_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


class _Words(QPushButton):
    """A button as large as its words. Layouts ask for its size often, so it is measured when one of the two changes."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self.setAutoDefault(False)
        if name:
            self.setAccessibleName(name)
        self._size: QSize | None = None
        self._heights: dict[int, int] = {}

    def setText(self, text: str) -> None:
        """Show other words."""
        self._forget_sizes()
        super().setText(text)

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the text size changes."""
        if event.type() == QEvent.Type.FontChange:
            self._forget_sizes()
        super().changeEvent(event)

    def _forget_sizes(self) -> None:
        self._size = None
        self._heights.clear()

    def _measured(self) -> QSize:
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Be pressed by Enter as by the space bar; Qt lets Enter do so in dialogs only."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _HELD:
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Room for the words."""
        if self._size is None:
            self._size = self._measured()
        return self._size

    def minimumSizeHint(self) -> QSize:
        """Never smaller than the words."""
        return self.sizeHint()


class Button(_Words):
    """A push button painted from the palette: plain, or ``primary`` for the one main thing to do on a page.

    A ``mark`` stands after the words.
    """

    def __init__(self, text: str, *, primary: bool = False, name: str = "", mark: Mark = "") -> None:
        super().__init__(text, name)
        self._primary, self._on, self._mark = primary, False, mark
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def show_on(self, on: bool) -> None:
        """Look pressed while what the button shows is there. (A checkable button would be called a tick box.)"""
        self._on = on
        self.update()

    def _shown_font(self) -> QFont:
        return scaled_font(1.0, bold=self._primary)

    def _measured(self) -> QSize:
        metrics = QFontMetrics(self._shown_font())
        width = metrics.size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        return QSize(width + 28 + self._mark_room(), metrics.height() + 14)

    def _mark_room(self) -> int:
        return round(QFontMetrics(self._shown_font()).height() * 0.9) if self._mark else 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button in its state."""
        chosen = colours(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(chosen.accent if self._primary else chosen.card)
        if self.isDown() or self._on:
            ground = ground.darker(115) if self._primary else QColor(chosen.selected)
        elif self.underMouse() and self.isEnabled():
            ground = ground.darker(108) if self._primary else QColor(chosen.selected)
        edge = QColor(chosen.accent if self._primary else chosen.field_line)
        if not self.isEnabled():
            ground, edge = QColor(chosen.card), QColor(chosen.line if chosen.line != chosen.text else chosen.off)
        painter.setPen(edge)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        paint_focus(self, painter, inner=chosen.on_accent if self._primary else "")
        painter.setFont(self._shown_font())
        text = chosen.on_accent if self._primary else chosen.text
        painter.setPen(QColor(text if self.isEnabled() else chosen.off))
        room = self._mark_room()
        words = self.rect().adjusted(0, 0, -room, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic, self.text())
        side = round(room * 0.7)
        where = QRectF(self.width() - 12 - side, (self.height() - side) / 2, side, side)
        paint_mark(painter, where, self._mark, painter.pen().color())


class WorkButton(Button):
    """A button that sets work going. While it lasts the button is off, and says ``doing`` if it was the one pressed."""

    def __init__(self, text: str, doing: str, *, primary: bool = False) -> None:
        super().__init__(text, primary=primary)
        self._rests_as, self._doing = text, doing
        self._pressed = self._had_focus = False
        self.clicked.connect(self._press)

    def _press(self) -> None:
        self._pressed = True

    def show_busy(self, *, busy: bool) -> None:
        """Work begins or has ended."""
        if busy == (not self.isEnabled()):
            return
        if busy:
            self._had_focus = self.hasFocus()
        self.setText(self._doing if busy and self._pressed else self._rests_as)
        self.setEnabled(not busy)
        if busy and self._pressed:
            announce(self, self._doing)
        if not busy and self._had_focus and self.isVisible():
            self.setFocus()
        self._pressed = self._pressed and busy


LINK_INSET = 5
"""Pixels between the edge of a link, where its ring is drawn, and its words."""


class LinkButton(_Words):
    """A button that looks like a link: it leads somewhere or adds something."""

    def __init__(self, text: str, *, name: str = "", wrap: bool = False) -> None:
        super().__init__(text, name)
        self._wrap = wrap
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _measured(self) -> QSize:
        return _room_for(self.text())

    def minimumSizeHint(self) -> QSize:
        """Never smaller than the words, or than the longest of them where they wrap."""
        if not self._wrap:
            return super().minimumSizeHint()
        return max((_room_for(word) for word in self.text().split()), key=QSize.width)

    def heightForWidth(self, width: int) -> int:
        """The height of the wrapped words."""
        if width not in self._heights:
            self._heights[width] = self._height_at(width)
        return self._heights[width]

    def _height_at(self, width: int) -> int:
        wide = QRect(0, 0, max(width - 2 * LINK_INSET, 1), 10_000)
        return QFontMetrics(scaled_font(1.0)).boundingRect(wide, Qt.TextFlag.TextWordWrap, self.text()).height() + 8

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words, underlined while the pointer is on them, and always in high contrast."""
        chosen = colours(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_focus(self, painter)
        font = scaled_font(1.0)
        # In high contrast its colour is what all that can be pressed has, and its words must be told from others.
        font.setUnderline(self.underMouse() or chosen.good[0] == chosen.page)
        painter.setFont(font)
        painter.setPen(QColor(chosen.accent if self.isEnabled() else chosen.off))
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if self._wrap:
            flags |= Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(LINK_INSET, 0, -LINK_INSET, 0), flags, self.text())


def _room_for(words: str) -> QSize:
    metrics = QFontMetrics(scaled_font(1.0))
    return QSize(metrics.horizontalAdvance(words) + 2 * LINK_INSET, metrics.height() + 8)


def paint_focus(widget: QAbstractButton, painter: QPainter, around: QRect | None = None, inner: str = "") -> None:
    """Draw the focus ring ``around`` a part or the whole, so that the keyboard's place is always visible.

    ``inner`` is the colour of a second ring, for a button that is filled with the colour of the first.
    """
    if widget.hasFocus():
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = RING / 2
        ring = QRectF(around or widget.rect()).adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(QColor(colours(widget).accent), RING))
        painter.drawRoundedRect(ring, RADIUS - inset, RADIUS - inset)
        if inner:
            painter.setPen(QPen(QColor(inner), 2))
            painter.drawRoundedRect(ring.adjusted(2.5, 2.5, -2.5, -2.5), RADIUS - 4, RADIUS - 4)
        painter.restore()
