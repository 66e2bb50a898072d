"""Whether it can be seen which control has the focus."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractItemView, QScrollArea, QTextBrowser, QWidget
from shiboken6 import isValid

from tests.ui import looking

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST = 40
"""Squares of two by two pixels that change: a cursor in a line of text has half as many, a ring some hundred."""


def pixels(picture: QImage) -> list[memoryview]:
    """The rows of a picture, a number 0xRRGGBB a pixel."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    flat = memoryview(bytes(plain.constBits())).cast("I")
    return [flat[y * plain.width() : (y + 1) * plain.width()] for y in range(plain.height())]


def changed_squares(before: QImage, after: QImage) -> int:
    """How many squares of two by two pixels changed by at least 3 to 1."""
    changed: list[set[int]] = []
    for old, new in zip(pixels(before), pixels(after), strict=True):
        there = range(len(old)) if old != new else ()
        changed.append(
            {x for x in there if old[x] != new[x] and looking.contrast(old[x] & 0xFFFFFF, new[x] & 0xFFFFFF) >= 3}
        )
    return sum({x, x + 1} <= upper and {x, x + 1} <= lower for upper, lower in pairwise(changed) for x in upper)


def unseen(window: QWidget, *, a_few: bool = False) -> list[str]:
    """Controls that look much the same with the focus as without it; of ``a_few``: one of each class."""
    # What has the focus in the others is a cell or a row, or they are only read.
    kinds = QScrollArea | QTextBrowser | QAbstractItemView
    controls = [widget for widget in looking.controls(window) if not isinstance(widget, kinds)]
    if a_few:
        controls = list({type(widget): widget for widget in controls}.values())
    return [fault for widget in controls for fault in _unseen(window, widget)]


def _unseen(window: QWidget, widget: QWidget) -> Iterator[str]:
    window.setFocus()
    QCoreApplication.processEvents()
    before = widget.grab().toImage() if isValid(widget) else QImage()
    if isValid(widget):
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QCoreApplication.processEvents()
    if isValid(widget) and widget.isEnabled() and widget.isVisible():  # a page may be made anew meanwhile
        squares = changed_squares(before, widget.grab().toImage())
        if squares < LEAST:
            yield f"{looking.describe(widget)} changes in {squares} squares"
