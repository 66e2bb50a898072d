"""How text is set: weight, size in points, colours as PDF writes them: red, green and blue from 0 to 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Weight = Literal["regular", "bold"]
Tone = Literal["", "strong", "muted", "link", "number", "aloud"]
"""``number`` is a link that is a number; ``aloud`` is read out and copied, and not drawn."""
Colour = str


class TextRun(NamedTuple):
    """A stretch of one line of text in one tone."""

    text: str
    tone: Tone = ""


def colour(code: str) -> Colour:
    """A colour from its hexadecimal code, such as ``1b2530``."""
    return " ".join([f"{round(int(code[n : n + 2], 16) / 255, 4)}" for n in (0, 2, 4)])


INK = colour("1b2530")
ACCENT = colour("185a86")
MUTED = colour("4a545e")
"""7 to 1 on white and more (WCAG 2.2, 1.4.6)."""


@dataclass(frozen=True, eq=False)  # each is one of a few, and a key for every paragraph
class TextStyle:
    """How a paragraph is set. ``before`` and ``after`` are the space around it; the larger of two holds.
    ``leads`` keeps it on the page of what follows.
    """

    size: float
    leading: float
    weight: Weight = "regular"
    colour: Colour = INK
    before: float = 0
    after: float = 0
    leads: bool = False
