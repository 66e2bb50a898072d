"""Whether it can be seen which control has the focus."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractItemView, QScrollArea, QTextBrowser, QWidget
from shiboken6 import isValid

from tests.ui import screen_checks

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST = 40
"""Squares of two by two pixels that change: a cursor in a line of text has half as many, a ring some hundred."""
ALL_ROUND = 0.7
"""Squares for each pixel of the edge around what changes. A ring that is two pixels wide has one; its corners, and the
letters that a ring passes, fewer."""


def pixels(picture: QImage) -> list[memoryview]:
    """The rows of a picture, a number 0xRRGGBB a pixel."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    flat = memoryview(bytes(plain.constBits())).cast("I")
    return [flat[y * plain.width() : (y + 1) * plain.width()] for y in range(plain.height())]


def lacks_ring(before: QImage, after: QImage) -> str:
    """What lacks to a ring that is two pixels wide and changed by at least 3 to 1; nothing where it is there."""
    changed: list[set[int]] = []
    for old, new in zip(pixels(before), pixels(after), strict=True):
        there = range(len(old)) if old != new else ()
        changed.append(
            {x for x in there if old[x] != new[x] and screen_checks.contrast(old[x] & 0xFFFFFF, new[x] & 0xFFFFFF) >= 3}
        )
    rows = [{x for x in upper if {x, x + 1} <= upper and {x, x + 1} <= lower} for upper, lower in pairwise(changed)]
    squares, columns = sum(map(len, rows)), set().union(*rows)
    lines = [y for y, row in enumerate(rows) if row]
    around = 2 * (max(columns) - min(columns) + lines[-1] - lines[0]) if lines else 0
    fault = squares < LEAST or squares < ALL_ROUND * around
    return f"changes in {squares} squares, with {around} pixels around them" if fault else ""


def unseen(window: QWidget, *, a_few: bool = False) -> list[str]:
    """Controls that look much the same with the focus as without it; of ``a_few``: one of each class."""
    # What has the focus in the others is a cell or a row, or they are only read.
    kinds = QScrollArea | QTextBrowser | QAbstractItemView
    controls = [widget for widget in screen_checks.controls(window) if not isinstance(widget, kinds)]
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
    there = isValid(widget) and widget.isEnabled() and widget.isVisible()  # a page may be made anew meanwhile
    if there and (fault := lacks_ring(before, widget.grab().toImage())):
        yield f"{screen_checks.describe(widget)} {fault}"
