"""How things look: sizes in points, colours, margins, columns."""

from __future__ import annotations

from dataclasses import dataclass

from apq_desktop.documents.text.text_styles import ACCENT, MUTED, TextStyle, colour

RULE = colour("c9d0d6")
TINT = colour("edf2f6")
EDGE = colour("7d8893")
"""Lines to write on and edges of boxes to fill in: 3.5 to 1 on white, as WCAG 2.2 asks (1.4.11)."""
PAPER = colour("ffffff")

A4 = (595.276, 841.89)
SIDE = 60.0
TOP = 46.0
BOTTOM = 46.0
FOOTER = 27.0
"""The baseline of what stands at the foot of every page, above the lower edge."""
HEADER = A4[1] - 31.0
"""The baseline of the title of a part that goes on from the page before."""
PAGE = (SIDE, BOTTOM, A4[0] - 2 * SIDE, A4[1] - TOP - BOTTOM)
"""The box that text stands in on every page: left, lower edge, width, height."""
MEASURE = 36.6
"""The longest line, in sizes of its type: 60 to 80 characters, so that the eye finds the next. Tables are wider."""


@dataclass(frozen=True)
class TableStyle:
    """How a table is set. ``columns`` are shares of the width; ``least`` is the least height of a row.

    Where ``fitted`` is not 0, each column is as wide as its words need, but has this share at least.
    """

    columns: tuple[float, ...]
    text: str = "cell"
    header: bool = True
    boxed: bool = False
    least: tuple[float, ...] = ()
    fitted: float = 0
    pad: float = 5
    side: float = 5


TEXTS = {
    "": TextStyle(11, 14, after=3.5),
    "eyebrow": TextStyle(10, 12.4, colour=MUTED, after=2, leads=True),
    "category": TextStyle(10, 12.4, "bold", ACCENT, after=2, leads=True),
    "title": TextStyle(24, 27.5, "bold", after=0, leads=True),
    "subtitle": TextStyle(13, 16, colour=MUTED, after=4),
    "small": TextStyle(10, 12.4, colour=MUTED, after=2),
    "rules": TextStyle(10, 12.4, colour=MUTED, before=5),
    "section": TextStyle(19, 24, "bold", after=3, leads=True),
    "subsection": TextStyle(14, 19, "bold", before=14, after=2, leads=True),
    "lead": TextStyle(11, 14, colour=MUTED, after=6, leads=True),
    "part": TextStyle(12, 15.5, "bold", ACCENT, before=7, after=2, leads=True),
    "question": TextStyle(11, 14, "bold", before=8, after=2, leads=True),
    "nothing": TextStyle(11, 14, colour=MUTED, before=9, after=5),
    "entry": TextStyle(11, 14, after=2),
    "wish": TextStyle(11, 14, after=1.5),
    "fact": TextStyle(10, 12.4),
    "fact-name": TextStyle(10, 12.4, colour=MUTED),
    "cell": TextStyle(10, 12.4, after=1),
    "cell-small": TextStyle(10, 12.4, colour=MUTED, after=1),
    "cell-nothing": TextStyle(10, 12.4, colour=MUTED),
    "cell-head": TextStyle(10, 12.4, "bold"),
    "footer": TextStyle(9, 12, colour=MUTED),
    "told": TextStyle(10.5, 14.5, after=3),
    "hint": TextStyle(9.5, 13, colour=MUTED, after=2, leads=True),
    "asked": TextStyle(10.5, 14.5, "bold", before=7, after=1, leads=True),
    "tick": TextStyle(10.5, 15),
    "tick-pair": TextStyle(10, 13),
    "tick-three": TextStyle(10.5, 16),
    "tick-strong": TextStyle(10.5, 16, "bold"),
}

TABLES = {
    "facts": TableStyle((0.13, 0.37, 0.13, 0.37), header=False, pad=1.4, side=4),
    "overview": TableStyle((0.225, 0.285, 0.285, 0.135, 0.07), pad=3.6, side=4),
    "overview-digest": TableStyle((0.225, 0.32, 0.32, 0.135), pad=3.6, side=4),
    "actions": TableStyle((0.4, 0.27, 0.33), pad=2.2, side=4),
    "plan": TableStyle((0.085, 0.406, 0.067, 0.168, 0.144, 0.13), pad=2.2, side=4),
    "plan-alone": TableStyle((0.085, 0.395, 0.21, 0.31), pad=2.2, side=4),
    "evidence": TableStyle((0.085, 0.427, 0.146, 0.245, 0.097), pad=2.2, side=4),
    "standards": TableStyle((0.23, 0.33, 0.44), pad=2.2, side=4),
    "toolkit-form": TableStyle((0.26, 0.25, 0.22, 0.27), fitted=0.18, pad=2.2, side=4),
    "form": TableStyle((0.29, 0.71), header=False, boxed=True, pad=3.4, side=6),
    "form-pairs": TableStyle((0.22, 0.28, 0.22, 0.28), header=False, pad=1.4, side=4),
    "form-halves": TableStyle((0.5, 0.5), pad=2.2, side=4),
    "questions-form": TableStyle((0.68, 0.32), pad=1.4, side=4),
    "actions-form": TableStyle((0.52, 0.26, 0.22), pad=1.8, side=4),
    "sheet": TableStyle((0.38, 0.31, 0.31), boxed=True, least=(0, *[60] * 14), pad=4),
    "sheet-by-area": TableStyle((0.09, 0.41, 0.5), boxed=True, least=(0, *[46] * 14), pad=4),
    "sheet-ticks": TableStyle((0.5, 0.1, 0.4), boxed=True, least=(0, *[46] * 14), pad=4),
    "agreed-form": TableStyle((0.1, 0.5, 0.22, 0.18), pad=3.0),
    "reply-form": TableStyle((0.24, 0.38, 0.38), pad=2.2, side=4),
    "reply": TableStyle((0.3, 0.7), header=False, least=(30, 30, 150, 110, 110, 30, 52, 52), pad=6, side=6),
}

BULLET_INDENT = 14.0
CELL_BULLET_INDENT = 9.0
BESIDE_TICK = 18.0
"""From the left edge of a box to tick to the words beside it."""
