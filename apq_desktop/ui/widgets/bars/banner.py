"""A band across the window that says what kind of file is open, with the way back beside it. It cannot be closed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QWidget

from apq_desktop.ui.widgets.buttons import Button
from apq_desktop.ui.widgets.layouts import FlowLayout, Refitted, add_layout, turn
from apq_desktop.ui.widgets.text_labels import PlainLabel
from apq_desktop.ui.widgets.theme import Tone, tone_colours

Mark = Literal["page", "lock", "arrived"]
Part = Literal["name", "sentence"]
Way = tuple[str, Callable[[], object]]
BAR = 4
MOST_WAYS = 2
LOW = 24
"""Lines of text that a window holds which is called low."""
ROOM_FOR_WORDS = 34
"""Average characters that the words need beside the buttons, which else stand below."""
_TONES: dict[Mark, Tone] = {"page": "aside", "lock": "quiet", "arrived": "busy"}


class Banner(Refitted, QWidget):
    """Bar, mark, a bold name, one sentence, and a button for each way back."""

    def __init__(self) -> None:
        super().__init__()
        self._mark: Mark = "page"
        self._folds: Part = "sentence"
        self._sign = _Sign(self)
        self.name, self.sentence = PlainLabel(bold=True), PlainLabel()
        words = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        words.setSpacing(1)
        words.addWidget(self.name)
        words.addWidget(self.sentence)
        self._ways, row = QWidget(), FlowLayout(10)
        self._ways.setLayout(row)
        self._acts: list[Callable[[], object]] = []
        # Made once: what is made later would come last with Tab.
        self._buttons = [Button("") for _ in range(MOST_WAYS)]
        for number, button in enumerate(self._buttons):
            button.clicked.connect(partial(self._go, number))
            row.addWidget(button)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(20, 6, 24, 6)
        self._row.setSpacing(14)
        self._row.addWidget(self._sign)
        add_layout(self._row, words, 1)
        self._row.addWidget(self._ways, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def show_file(self, mark: Mark, name: str, sentence: str, ways: Sequence[Way], *, folds: Part = "sentence") -> None:
        """Say what is open. Said aloud too, because the focus is elsewhere.

        In a low window the part that ``folds`` is left out.
        """
        self._mark, self._folds = mark, folds
        self.name.setText(name)
        self.sentence.setText(sentence)
        self._acts = [act for _, act in ways]
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(ways))
            button.setText(ways[number][0] if number < len(ways) else "")
        self._ways.setVisible(bool(ways))
        self._refit()
        self.show()
        self.name.say(name)

    @property
    def buttons(self) -> list[Button]:
        """The ways back."""
        return self._buttons[: len(self._acts)]

    def _go(self, number: int) -> None:
        self._acts[number]()

    def _refit(self) -> None:
        low = self.window().height() < self.fontMetrics().height() * LOW
        self.name.setVisible(not (low and self._folds == "name"))
        self.sentence.setVisible(not (low and self._folds == "sentence"))
        spacing = 10 * max(len(self.buttons) - 1, 0)
        wanted = sum(button.sizeHint().width() for button in self.buttons) + spacing
        beside = self.width() > self.fontMetrics().averageCharWidth() * ROOM_FOR_WORDS + wanted
        self._ways.setMinimumWidth(wanted if beside else 0)
        if turn(self._row, beside=beside):
            self._sign.setVisible(beside)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground of its kind, with the bar at the left."""
        ground, ink = tone_colours(self, _TONES[self._mark])
        painter = QPainter(self)
        painter.fillRect(self.rect(), ground)
        painter.fillRect(0, 0, BAR, self.height(), ink)


class _Sign(QWidget):
    """The mark, painted as large as a line of words."""

    def __init__(self, banner: Banner) -> None:
        super().__init__()
        self._banner = banner

    def sizeHint(self) -> QSize:
        """A square."""
        side = self.fontMetrics().height() + 4
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lines on a grid of 18."""
        mark = self._banner._mark  # noqa: SLF001 - one widget in two parts
        ink: QColor = tone_colours(self, _TONES[mark])[1]
        side = self.fontMetrics().height() + 4
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, (self.height() - side) / 2)
        painter.scale(side / 18, side / 18)
        painter.setPen(QPen(ink, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        _MARKS[mark](painter)


def _paint_page(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(4, 2.5, 10, 13), 1.5, 1.5)
    painter.drawPolyline([QPointF(7, 6.5), QPointF(11, 6.5)])
    painter.drawPolyline([QPointF(7, 9.5), QPointF(11, 9.5)])


def _paint_lock(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(3.5, 8, 11, 7.5), 1.5, 1.5)
    painter.drawPolyline([QPointF(6, 8), QPointF(6, 5)])
    painter.drawPolyline([QPointF(12, 8), QPointF(12, 5)])
    painter.drawArc(QRectF(6, 2, 6, 6), 0, 180 * 16)


def _paint_arrived(painter: QPainter) -> None:
    painter.drawPolyline([QPointF(9, 2.5), QPointF(9, 10)])
    painter.drawPolyline([QPointF(6, 7.5), QPointF(9, 10.5), QPointF(12, 7.5)])
    painter.drawPolyline([QPointF(3, 11), QPointF(3, 15), QPointF(15, 15), QPointF(15, 11)])


_MARKS: dict[Mark, Callable[[QPainter], None]] = {
    "page": _paint_page,
    "lock": _paint_lock,
    "arrived": _paint_arrived,
}
