"""Measure and paint what stands in a cell: words, a smaller line below them, and their marks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from apq_desktop.ui.fields.tables.item_model import Face, Ink
from apq_desktop.ui.fields.tables.item_rows import Heading
from apq_desktop.ui.widgets.painted.line_marks import Mark, paint_mark
from apq_desktop.ui.widgets.text_labels import breakable, scaled_font
from apq_desktop.ui.widgets.theme import Colours

FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
SIDE = 12
"""Pixels between the edge of a cell and its words; the bar of a chosen row stands in them."""
SHORT = 18
"""Characters that a column fitted to its words holds in one line: the longest date."""
LEAST_MAIN = 30
"""Average characters below which the main column takes in what the others tell."""
MARK_GAP = 6
ROUNDING = 2
"""Pixels: words that just fit by their measured width are broken by Qt all the same."""
PIECE_GAP = 18


class CellPainter:
    """One text size's fonts, and the heights and widths measured with them."""

    def __init__(self) -> None:
        self.font, self.small, self.strong = scaled_font(1.0), scaled_font(0.88), scaled_font(1.0, bold=True)
        self.metrics, self.small_metrics = QFontMetrics(self.font), QFontMetrics(self.small)
        self.strong_metrics = QFontMetrics(self.strong)
        self.air = 4 + round(self.metrics.height() * 0.18)
        self.mark = round(self.metrics.ascent() * 1.05)
        self._heights: dict[tuple[str, int, bool], int] = {}
        self._widths: dict[str, int] = {}

    # Measuring

    def height(self, face: Face, width: int, pieces: Sequence[Face] = ()) -> int:
        """The height of a cell of this width; ``pieces`` are the other cells' where the main one tells them too."""
        inner = width - 2 * SIDE
        height = 2 * self.air + self._wrapped(face.words, inner - self._indent(face.mark), small=False)
        if face.below:
            height += self._wrapped(face.below, inner - self._indent(face.below_mark), small=True)
        return height + (self._pieces(None, QRect(0, 0, inner, 0), pieces, None) if pieces else 0)

    def heading_height(self) -> int:
        """The height of a group's heading."""
        return self.strong_metrics.height() + 2 * self.air

    def fitted_width(self, title: str, faces: Collection[Face]) -> int:
        """The width of a column that holds its title, each short text whole, and the longest word of each other."""
        strong = self.strong_metrics.horizontalAdvance(title) + self.mark + MARK_GAP
        words = [self._indent(face.mark) + self._least(face.words) for face in faces]
        below = [self._indent(face.below_mark) + self._least(face.below) for face in faces if face.below]
        return max([strong, *words, *below]) + 2 * SIDE + ROUNDING

    def least_main(self) -> int:
        """The width below which the main column takes in what the others tell."""
        return self.metrics.averageCharWidth() * LEAST_MAIN

    def _least(self, text: str) -> int:
        if text not in self._widths:
            parts = [text] if len(text) <= SHORT else breakable(text).replace("\u200b", " ").split()
            self._widths[text] = max((self.metrics.horizontalAdvance(part) for part in parts), default=0)
        return self._widths[text]

    def _indent(self, mark: Mark) -> int:
        return self.mark + MARK_GAP if mark else 0

    def _wrapped(self, text: str, width: int, *, small: bool) -> int:
        key = (text, width, small)
        if key not in self._heights:
            metrics = self.small_metrics if small else self.metrics
            wide = QRect(0, 0, max(width, 1), 100_000)
            self._heights[key] = max(metrics.boundingRect(wide, FLAGS, breakable(text)).height(), metrics.height())
        return self._heights[key]

    # Painting

    def paint(self, painter: QPainter, cell: QRect, face: Face, chosen: Colours, pieces: Sequence[Face] = ()) -> None:
        """Draw a cell's words, with marks, from its top."""
        place = cell.adjusted(SIDE, self.air, -SIDE, 0)
        place.setTop(self._words(painter, place, (face.words, face.mark, face.ink), chosen, small=False))
        if face.below:
            place.setTop(self._words(painter, place, (face.below, face.below_mark, face.below_ink), chosen, small=True))
        if pieces:
            self._pieces(painter, place, pieces, chosen)

    def paint_heading(self, painter: QPainter, row: QRect, heading: Heading, chosen: Colours) -> None:
        """Draw a group's heading: the sign that it folds, its title and how many there are."""
        top = row.bottom() - self.air // 2 - self.strong_metrics.height()
        side = round(self.mark * 0.9)
        sign = QRectF(row.left() + 2, top + (self.strong_metrics.height() - side) / 2, side, side)
        paint_mark(painter, sign, "closed" if heading.folded else "open", QColor(chosen.text))
        left = row.left() + SIDE + self.mark
        painter.setFont(self.strong)
        painter.setPen(QColor(chosen.text))
        painter.drawText(left, top + self.strong_metrics.ascent(), heading.title)
        painter.setFont(self.font)
        painter.setPen(QColor(chosen.quiet))
        left += self.strong_metrics.horizontalAdvance(heading.title) + MARK_GAP + 4
        painter.drawText(left, top + self.strong_metrics.ascent(), str(heading.count))

    def _words(
        self, painter: QPainter, place: QRect, told: tuple[str, Mark, Ink], chosen: Colours, *, small: bool
    ) -> int:
        """Draw words after their mark. Returns where what comes below them begins."""
        text, mark, ink = told
        font, metrics = (self.small, self.small_metrics) if small else (self.font, self.metrics)
        colour = QColor(ink_colour(ink, chosen))
        if mark:
            shape = QColor({"half": chosen.busy[1], "done": chosen.good[1]}.get(mark, colour))
            side = round(self.mark * 0.85) if small else self.mark
            paint_mark(
                painter, QRectF(place.left(), place.top() + (metrics.height() - side) / 2, side, side), mark, shape
            )
        words = place.adjusted(self._indent(mark), 0, 0, 0)
        height = self._wrapped(text, words.width(), small=small)
        painter.setFont(_strong_if(ink, font))
        painter.setPen(colour)
        painter.drawText(words, FLAGS, breakable(text))
        return place.top() + height

    def _pieces(self, painter: QPainter | None, place: QRect, pieces: Sequence[Face], chosen: Colours | None) -> int:
        """Draw, or only measure, what the other columns tell: one after the other. Returns the height."""
        left, top, line = 0, 0, self.small_metrics.height() + 2
        for piece in pieces:
            words = f"{piece.words}, {piece.below}" if piece.below else piece.words
            if not words:
                continue
            mark, ink = (piece.below_mark, piece.below_ink) if piece.below else (piece.mark, piece.ink)
            width = self._indent(mark) + self.small_metrics.horizontalAdvance(words) + 2
            if left and left + width > place.width():
                left, top = 0, top + line
            here = QRect(place.left() + left, place.top() + top, max(min(width, place.width()), 1), line)
            height = max(line, self._wrapped(words, here.width() - self._indent(mark), small=True))
            here.setHeight(height)
            if painter is not None and chosen is not None:
                self._words(painter, here, (words, mark, ink), chosen, small=True)
            left, top = left + width + PIECE_GAP, top + height - line
        return top + line


def ink_colour(ink: Ink, chosen: Colours) -> str:
    """The colour of a kind of words."""
    return {"text": chosen.text, "quiet": chosen.quiet, "warning": chosen.warning, "soon": chosen.aside[1]}[ink]


def _strong_if(ink: Ink, font: QFont) -> QFont:
    """Words that ask for something are bold: their colour is not the only sign."""
    if ink != "warning":
        return font
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong
