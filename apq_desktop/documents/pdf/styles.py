"""How things look: sizes in points, colours as red, green and blue from 0 to 1, margins, columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from apq_desktop.documents.text.styles import MUTED, TextStyle, colour

ACCENT = colour("185a86")
RULE = colour("c9d0d6")
TINT = colour("edf2f6")
EDGE = colour("7d8893")
"""Lines to write on and edges of boxes to fill in: 3.5 to 1 on white, as WCAG 2.2 asks (1.4.11)."""
PAPER = (1.0, 1.0, 1.0)

A4 = (595.276, 841.89)
SIDE = 59.0
TOP = 56.0
BOTTOM = 66.0
FOOTER = 34.0
LANDSCAPE_SIDE = 54.0
LANDSCAPE_TOP = 50.0


class Sheet(NamedTuple):
    """A kind of page: its size, and the box that text stands in (left, lower edge, width, height)."""

    name: str
    size: tuple[float, float]
    box: tuple[float, float, float, float]


PORTRAIT = Sheet("portrait", A4, (SIDE, BOTTOM, A4[0] - 2 * SIDE, A4[1] - TOP - BOTTOM))
LANDSCAPE = Sheet(
    "landscape",
    (A4[1], A4[0]),
    (LANDSCAPE_SIDE, BOTTOM - 8, A4[1] - 2 * LANDSCAPE_SIDE, A4[0] - LANDSCAPE_TOP - BOTTOM + 8),
)


@dataclass(frozen=True)
class TableStyle:
    """How a table is set. ``columns`` are shares of the width; ``least`` is the least height of a row."""

    columns: tuple[float, ...]
    text: str = "cell"
    header: bool = True
    boxed: bool = False
    least: tuple[float, ...] = ()
    pad: float = 5
    side: float = 5


TEXTS = {
    "": TextStyle(12, 17, after=6),
    "eyebrow": TextStyle(10.5, 15, colour=MUTED, after=2, leads=True),
    "title": TextStyle(27, 34, "bold", before=4, after=4, leads=True),
    "subtitle": TextStyle(14, 20, colour=MUTED, after=16),
    "small": TextStyle(10.5, 15, colour=MUTED, after=6, leads=True),
    "section": TextStyle(19, 25, "bold", after=6, leads=True),
    "lead": TextStyle(12, 17.5, colour=MUTED, after=8, leads=True),
    "part": TextStyle(12.5, 17, "bold", ACCENT, before=15, after=5, leads=True),
    "question": TextStyle(12, 17, "bold", before=9, after=2, leads=True),
    "nothing": TextStyle(12, 17, colour=MUTED, after=6),
    "entry": TextStyle(12, 17, after=4),
    "entry-head": TextStyle(12, 17, leads=True),
    "small-entry": TextStyle(10.5, 15, colour=MUTED, after=6),
    "contents-group": TextStyle(12, 17, "bold", ACCENT, before=14, after=3, leads=True),
    "contents": TextStyle(12, 17, before=2, after=4),
    "fact": TextStyle(10.5, 14.5),
    "fact-name": TextStyle(10.5, 14.5, colour=MUTED),
    "cell": TextStyle(10, 13.8, after=2),
    "cell-small": TextStyle(9.5, 13.2, colour=MUTED, after=2),
    "cell-nothing": TextStyle(10, 13.8, colour=MUTED),
    "cell-head": TextStyle(10, 13.8, "bold"),
    "glance": TextStyle(9.5, 13, after=2.5),
    "glance-nothing": TextStyle(9.5, 13, colour=MUTED),
    "glance-head": TextStyle(9.5, 13, "bold"),
    "footer": TextStyle(9, 12, colour=MUTED),
    "told": TextStyle(10.5, 14.5, after=3),
    "hint": TextStyle(9.5, 13, colour=MUTED, after=2, leads=True),
    "asked": TextStyle(10.5, 14.5, "bold", before=7, after=1, leads=True),
    "tick": TextStyle(10.5, 15),
    "tick-across": TextStyle(10.5, 16),
    "tick-strong": TextStyle(10.5, 16, "bold"),
}

TABLES = {
    "facts": TableStyle((0.29, 0.71), header=False, boxed=True, pad=3.4, side=6),
    "glance": TableStyle((0.14, 0.2, 0.19, 0.19, 0.28)),
    "actions": TableStyle((0.482, 0.173, 0.205, 0.14)),
    "plan": TableStyle((0.38, 0.215, 0.17, 0.14, 0.095)),
    "evidence": TableStyle((0.42, 0.215, 0.245, 0.12)),
    "form": TableStyle((0.29, 0.71), header=False, boxed=True, pad=3.4, side=6),
    "actions-form": TableStyle((0.52, 0.26, 0.22), pad=3.0),
    "receiver": TableStyle((0.3, 0.7), header=False, least=(30, 30, 150, 110, 110, 30, 52, 52), pad=6, side=6),
}

BULLET_INDENT = 14.0
CELL_BULLET_INDENT = 9.0
BESIDE_TICK = 18.0
"""From the left edge of a box to tick to the words beside it."""
