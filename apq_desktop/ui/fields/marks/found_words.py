"""A text with the words that were looked for, laid out to be painted in the row of a list."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget

from apq_desktop.ui.fields.field_editing import units
from apq_desktop.ui.widgets.theme import colours


def laid_out(
    text: str, font: QFont, width: float, found: Iterable[tuple[int, int]], view: QWidget, *, apart: float = 1.0
) -> QTextLayout:
    """``text`` in lines of this width, ``apart`` times their own height; ``found`` is from where to where.

    What was found stands on a ground of its own and bold, so that the colour is not the only sign.
    """
    marked, (ground, ink) = QTextCharFormat(), colours(view).mark
    marked.setBackground(QColor(ground))
    marked.setForeground(QColor(ink))
    marked.setFontWeight(QFont.Weight.DemiBold)
    layout, option, formats = QTextLayout(text, font), QTextOption(), []
    for first, last in found:
        place = QTextLayout.FormatRange()
        place.start, place.length, place.format = units(text[:first]), units(text[first:last]), marked
        formats.append(place)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(formats)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height() * apart
    layout.endLayout()
    return layout
