"""Small painted parts: labels that never read markup, cards, tags, buttons, and a layout that wraps."""

from __future__ import annotations

import re
from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QFrame,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from apq_desktop.ui.theme import Tone, colours, tone_colours

Ink = Literal["", "quiet", "good", "warning"]
RADIUS = 6.0
_LONG_WORD = re.compile(r"\S{31,}")
_INSIDE = re.compile(r"\w(?=\w)|[^\w\s](?=[A-Za-z0-9])")


class PlainLabel(QLabel):
    """A wrapping label that shows text as it is. ``scale`` is relative to the chosen text size."""

    def __init__(self, text: str = "", *, scale: float = 1.0, bold: bool = False, quiet: bool = False) -> None:
        super().__init__()
        self._scale, self._bold = scale, bold
        self._ink: Ink = "quiet" if quiet else ""
        self._dressing = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setText(text)
        self._dress()

    def setText(self, text: str) -> None:
        """Show another text. A very long word, such as a web address, may break anywhere."""
        self._words = text
        super().setText(_LONG_WORD.sub(lambda word: _INSIDE.sub("\\g<0>\u200b", word[0]), text))

    def text(self) -> str:
        """The text, without the signs that let it break."""
        return self._words

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of text size or colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange) and not self._dressing:
            self._dress()

    def _dress(self) -> None:
        self._dressing = True
        if self._scale != 1.0 or self._bold:
            self.setFont(scaled_font(self._scale, bold=self._bold))
        dressed = QPalette()
        if self._ink:
            chosen = colours(dressed)
            colour = {"quiet": chosen.quiet, "good": chosen.good[1], "warning": chosen.warning}[self._ink]
            dressed.setColor(QPalette.ColorRole.WindowText, QColor(colour))
        if self._ink or self.testAttribute(Qt.WidgetAttribute.WA_SetPalette):
            self.setPalette(dressed)
        self._dressing = False

    def show_ink(self, ink: Ink) -> None:
        """Show the words in the colour of another tone."""
        if self._ink != ink:
            self._ink = ink
            self._dress()


def scaled_font(scale: float, *, bold: bool = False) -> QFont:
    """The application's font at ``scale`` times the chosen text size."""
    font = QFont()
    font.setPointSizeF(font.pointSizeF() * scale)
    font.setBold(bold)
    return font


class Card(QFrame):
    """A rounded panel with a title and an optional hint; ``body`` is the layout to fill."""

    def __init__(self, title: str = "", hint: str = "") -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(20, 16, 20, 18)
        self.body.setSpacing(8)
        if title:
            self.title = PlainLabel(title, scale=1.25, bold=True)
            self.body.addWidget(self.title)
        if hint:
            self.body.addWidget(PlainLabel(hint, quiet=True))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the panel from the palette."""
        chosen = colours(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(chosen.line))
        painter.setBrush(QColor(chosen.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


class Tag(QWidget):
    """A short state in words on a coloured ground; the colour is never the only sign."""

    def __init__(self, text: str = "", tone: Tone = "quiet") -> None:
        super().__init__()
        self._text, self._tone = text, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(text, tone)

    def show_state(self, text: str, tone: Tone) -> None:
        """Show other words."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As large as the words in the chosen text size."""
        return tag_size(self._text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tag from the palette."""
        paint_tag(QPainter(self), self.rect(), self._text, self._tone, self)


def tag_size(text: str) -> QSize:
    """The size of a tag with this text."""
    metrics = QFontMetrics(scaled_font(0.88, bold=True))
    return QSize(metrics.horizontalAdvance(text) + 20, metrics.height() + 6)


def paint_tag(painter: QPainter, rect: QRect, text: str, tone: Tone, widget: QWidget) -> None:
    """Draw a tag into ``rect``."""
    ground, colour = tone_colours(widget, tone)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, 3, 3)
    painter.setPen(colour)
    painter.setFont(scaled_font(0.88, bold=True))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


class Button(QPushButton):
    """A push button painted from the palette: plain, or ``primary`` for the one main thing to do on a page."""

    def __init__(self, text: str, *, primary: bool = False, name: str = "") -> None:
        super().__init__(text)
        self._primary, self._on = primary, False
        self.setAutoDefault(False)
        if name:
            self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def show_on(self, on: bool) -> None:
        """Look pressed while what the button shows is there. (A checkable button would be called a tick box.)"""
        self._on = on
        self.update()

    def _shown_font(self) -> QFont:
        return scaled_font(1.0, bold=self._primary)

    def sizeHint(self) -> QSize:
        """Room for the words with even margins."""
        metrics = QFontMetrics(self._shown_font())
        width = metrics.size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        return QSize(width + 28, metrics.height() + 14)

    def minimumSizeHint(self) -> QSize:
        """Never smaller than the words."""
        return self.sizeHint()

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
            ground, edge = QColor(chosen.card), QColor(chosen.line)
        painter.setPen(edge)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 5, 5)
        paint_focus(self, painter)
        painter.setFont(self._shown_font())
        text = chosen.on_accent if self._primary else chosen.text
        painter.setPen(QColor(text if self.isEnabled() else chosen.quiet))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic, self.text())


class LinkButton(QPushButton):
    """A button that looks like a link: it leads somewhere or adds something."""

    def __init__(self, text: str, *, name: str = "", wrap: bool = False) -> None:
        super().__init__(text)
        self._wrap = wrap
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if name:
            self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        """As large as the words."""
        metrics = QFontMetrics(scaled_font(1.0))
        return QSize(metrics.horizontalAdvance(self.text()) + 10, metrics.height() + 8)

    def minimumSizeHint(self) -> QSize:
        """Never smaller than the words, or than the longest of them where they wrap."""
        if not self._wrap:
            return self.sizeHint()
        metrics = QFontMetrics(scaled_font(1.0))
        return QSize(max(metrics.horizontalAdvance(word) for word in self.text().split()) + 10, metrics.height() + 8)

    def heightForWidth(self, width: int) -> int:
        """The height of the wrapped words."""
        wide = QRect(0, 0, max(width - 10, 1), 10_000)
        return QFontMetrics(scaled_font(1.0)).boundingRect(wide, Qt.TextFlag.TextWordWrap, self.text()).height() + 8

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words, underlined while the pointer is on them."""
        chosen = colours(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_focus(self, painter)
        font = scaled_font(1.0)
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(QColor(chosen.accent if self.isEnabled() else chosen.quiet))
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if self._wrap:
            flags |= Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(5, 0, -5, 0), flags, self.text())


def paint_focus(widget: QAbstractButton, painter: QPainter) -> None:
    """Draw the focus ring, so that the keyboard's place is always visible."""
    if widget.hasFocus():
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours(widget).text), 2))
        painter.drawRoundedRect(QRectF(widget.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.restore()


class TickBox(QCheckBox):
    """A tick box that grows with the text, and whose words wrap."""

    _GAP = 10

    def __init__(self, text: str) -> None:
        super().__init__(text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _side(self) -> int:
        return round(self.fontMetrics().height() * 0.95)

    def _words(self, width: int) -> QRect:
        wide = QRect(self._side() + self._GAP, 4, max(width - self._side() - self._GAP - 4, 1), 10_000)
        return self.fontMetrics().boundingRect(wide, Qt.TextFlag.TextWordWrap, self.text())

    def sizeHint(self) -> QSize:
        """All words on one line."""
        metrics = self.fontMetrics()
        return QSize(self._side() + self._GAP + metrics.horizontalAdvance(self.text()) + 8, metrics.height() + 8)

    def minimumSizeHint(self) -> QSize:
        """The longest word on a line of its own."""
        metrics = self.fontMetrics()
        longest = max((metrics.horizontalAdvance(word) for word in self.text().split()), default=0)
        return QSize(self._side() + self._GAP + longest + 8, metrics.height() + 8)

    def heightForWidth(self, width: int) -> int:
        """The height of the wrapped words."""
        return self._words(width).height() + 8

    def hitButton(self, point: QPoint) -> bool:
        """The words can be clicked too."""
        return self.rect().contains(point)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, tick, words and focus from the palette."""
        chosen = colours(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self._side()
        box = QRectF(1.5, 5, side - 2, side - 2)
        ground = chosen.accent if self.isChecked() else chosen.field
        painter.setPen(QPen(QColor(chosen.accent if self.isChecked() else chosen.field_line), 1.5))
        painter.setBrush(QColor(ground if self.isEnabled() else chosen.page))
        painter.drawRoundedRect(box, 3, 3)
        if self.isChecked():
            tick = [QPointF(0.22, 0.52), QPointF(0.42, 0.72), QPointF(0.78, 0.28)]
            corners = [QPointF(box.left() + p.x() * box.width(), box.top() + p.y() * box.height()) for p in tick]
            painter.setPen(QPen(QColor(chosen.on_accent if self.isEnabled() else chosen.quiet), max(2.0, side / 9)))
            painter.drawPolyline(corners)
        painter.setPen(QColor(chosen.text if self.isEnabled() else chosen.quiet))
        painter.drawText(self._words(self.width()), Qt.TextFlag.TextWordWrap, self.text())
        paint_focus(self, painter)
