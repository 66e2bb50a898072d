"""What is only read: labels that never take text for markup, cards, and tags."""

from __future__ import annotations

import re
from typing import Literal

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from apq_desktop.ui.widgets.layouts import add_layout, column_in
from apq_desktop.ui.widgets.theme import CARD_RADIUS, TAG_RADIUS, Tone, colours, tone_colours

Ink = Literal["", "quiet", "good", "warning"]
GUTTERS = (26, 30)
"""Pixels at the left and at the right of a column to write in, for the handle and the menu of a row."""
WRITING = 1.13
"""The scale of what people write at length."""
_LONG_WORD = re.compile(r"\S{31,}")
_INSIDE = re.compile(r"\w(?=\w)|[^\w\s](?=[A-Za-z0-9])")


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say a text although the focus is elsewhere."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


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
        """Show another text. A very long word, such as a web address, may break anywhere; it is read out whole."""
        self._words = text
        shown = breakable(text)
        super().setText(shown.replace("&", "&&") if self.buddy() is not None else shown)
        if shown != text or self.accessibleName():
            self.setAccessibleName(text if shown != text else "")

    def setBuddy(self, buddy: QWidget) -> None:
        """Name a field. Qt would then take an “&” in the text for the sign of a key to press."""
        super().setBuddy(buddy)
        self.setText(self._words)

    def say(self, text: str) -> None:
        """Show another text, and let a screen reader say it although the focus is elsewhere."""
        self.setText(text)
        if text:
            announce(self, text)

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


def breakable(text: str) -> str:
    """``text`` in which a very long word, such as a web address, may break anywhere."""
    return _LONG_WORD.sub(lambda word: _INSIDE.sub("\\g<0>\u200b", word[0]), text)


def scaled_font(scale: float, *, bold: bool = False) -> QFont:
    """The application's font at ``scale`` times the chosen text size."""
    font = QFont()
    font.setPointSizeF(font.pointSizeF() * scale)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


class ElidedLabel(PlainLabel):
    """Words on one line. What has no room is left out at the end, and read out all the same."""

    def __init__(self, text: str = "", *, scale: float = 1.0, bold: bool = False, quiet: bool = False) -> None:
        super().__init__(text, scale=scale, bold=bold, quiet=quiet)
        self.setWordWrap(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def setText(self, text: str) -> None:
        """Show other words, as far as there is room."""
        self._words = text
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(self.width(), 1))
        if QLabel.text(self) != shown:
            QLabel.setText(self, shown)
        self.setAccessibleName(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more or less of the words."""
        super().resizeEvent(event)
        self.setText(self._words)

    def changeEvent(self, event: QEvent) -> None:
        """Show more or less of the words in another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setText(self._words)


class PathLabel(PlainLabel):
    """A path that may break after any separator. Not for copying: the signs that let it break would come along."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.show_path(path)

    def show_path(self, path: str) -> None:
        """Show another path."""
        self.setText(path.replace("/", "/\u200b").replace("\\", "\\\u200b"))
        self.setAccessibleName(path)


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
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CARD_RADIUS, CARD_RADIUS)


class SectionCard(QWidget):
    """A part of a form under its heading, without a frame; ``body`` is the layout to fill.

    Gutters are left free at both sides for what stands beside the fields. ``add_across`` puts a widget over the whole
    width; what is added to ``body`` later stands below it.
    """

    def __init__(self, title: str = "", hint: str = "") -> None:
        super().__init__()
        self._column = column_in(self, 4)
        self._begin()
        if title:
            self.title = PlainLabel(title, scale=1.4, bold=True)
            self.body.addWidget(self.title)
        if hint:
            self.body.addWidget(PlainLabel(hint, quiet=True))

    def _begin(self) -> None:
        self.body = QVBoxLayout()
        self.body.setContentsMargins(GUTTERS[0], 0, GUTTERS[1], 0)
        self.body.setSpacing(6)
        add_layout(self._column, self.body)

    def add_across(self, widget: QWidget) -> None:
        """Put a widget over the gutters, too."""
        self._column.addWidget(widget)
        self._begin()


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
    painter.drawRoundedRect(rect, TAG_RADIUS, TAG_RADIUS)
    painter.setPen(colour)
    painter.setFont(scaled_font(0.88, bold=True))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
