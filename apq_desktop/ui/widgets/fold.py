"""One line that unfolds to what belongs to it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from apq_desktop.ui.widgets.buttons import LinkButton, paint_focus
from apq_desktop.ui.widgets.layouts import column_in
from apq_desktop.ui.widgets.text_labels import scaled_font
from apq_desktop.ui.widgets.theme import colours

_SET_IN = 17
"""Pixels by which what belongs to a line is set in."""


def _sign() -> int:
    """Pixels for the sign before the words."""
    return QFontMetrics(scaled_font(1.0)).height() + 2


class FoldButton(LinkButton):
    """The line. Its name says whether what belongs to it is shown."""

    def __init__(self, text: str) -> None:
        super().__init__(text, wrap=True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.is_open, self._note, self._plain = False, "", False
        self.show_open(is_open=False)

    def show_open(self, *, is_open: bool) -> None:
        """Say whether it is unfolded."""
        self.is_open = is_open
        words = ", ".join(filter(None, (self.text(), self._note)))
        self.setAccessibleName(f"{words}, {'open' if is_open else 'closed'}")
        self.update()

    def show_note(self, note: str, *, plain: bool = False) -> None:
        """Say more after the words, which are the bold title of it from then on, unless they are ``plain``."""
        self._note, self._plain = note, plain
        self._forget_sizes()
        self.updateGeometry()
        self.show_open(is_open=self.is_open)

    def _note_beside(self, width: int) -> int:
        """Where the note begins; 0 where there is none, or no room for it on the line of the title."""
        if not self._note:
            return 0
        after = _sign() + QFontMetrics(scaled_font(1.0, bold=True)).horizontalAdvance(self.text()) + 12
        return after if after + QFontMetrics(scaled_font(1.0)).horizontalAdvance(self._note) + 5 <= width else 0

    def _height_at(self, width: int) -> int:
        below = self._note and not self._note_beside(width)
        return super()._height_at(width - _sign()) + 4 + (QFontMetrics(scaled_font(1.0)).height() if below else 0)

    def minimumSizeHint(self) -> QSize:
        """The longest word beside the sign."""
        return super().minimumSizeHint() + QSize(_sign(), 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign, to the right where folded, downwards where open, then the words."""
        chosen, painter = colours(self), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_focus(self, painter)
        font = scaled_font(1.0, bold=self.is_open or (bool(self._note) and not self._plain))
        line = QFontMetrics(font).height()
        painter.setPen(QPen(QColor(chosen.quiet), 1.8))
        middle, half = QPointF(_sign() / 2 - 1, 6 + line / 2), _sign() / 5.5
        way = [(-1, -0.5), (0, 0.75), (1, -0.5)] if self.is_open else [(-0.5, -1), (0.75, 0), (-0.5, 1)]
        painter.drawPolyline([middle + QPointF(x, y) * half for x, y in way])
        painter.setFont(font)
        painter.setPen(QColor(chosen.accent if self.underMouse() else chosen.text))
        words = QRect(QRectF(self.rect()).toRect().adjusted(_sign(), 6, -5, 0))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft) | Qt.TextFlag.TextWordWrap, self.text())
        if self._note:
            painter.setFont(scaled_font(1.0))
            painter.setPen(QColor(chosen.quiet))
            beside = self._note_beside(self.width())
            place = words.adjusted(beside - _sign(), 0, 0, 0) if beside else words.adjusted(0, 0, 0, -5)
            at = Qt.AlignmentFlag.AlignTop if beside else Qt.AlignmentFlag.AlignBottom
            painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | at), self._note)


class Fold(QWidget):
    """The line and, below it and set in, what is added to ``body``."""

    def __init__(self, text: str, *, set_in: int = _SET_IN) -> None:
        super().__init__()
        self.button, self._held = FoldButton(text), QWidget()
        self.body = QVBoxLayout(self._held)
        self.body.setContentsMargins(set_in, 0, 0, 8)
        self.body.setSpacing(4)
        column = column_in(self, 0)
        column.addWidget(self.button)
        column.addWidget(self._held)
        self._held.hide()
        self.button.clicked.connect(lambda: self.unfold(is_open=not self.button.is_open))

    def unfold(self, *, is_open: bool = True) -> None:
        """Show or hide what belongs to the line."""
        self.button.show_open(is_open=is_open)
        self._held.setVisible(is_open)
