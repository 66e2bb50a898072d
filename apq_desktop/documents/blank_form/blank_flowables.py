"""Room to fill in: lines to write on, boxes to type into, and boxes to tick, each where a Form element stands."""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf
from reportlab.platypus.flowables import Flowable

from apq_desktop.documents.blank_form.form_fields import add_fields
from apq_desktop.documents.content.tree import Element
from apq_desktop.documents.pdf.flowables import Block, Text, stacked
from apq_desktop.documents.pdf.page_canvas import Pages, Placed
from apq_desktop.documents.pdf.styles import EDGE, PAPER

LINE = 22.0
"""Points from one line of handwriting to the next, nearly 8 mm."""
INSIDE = 2.0
"""Points that words keep from the left and right edge of their box, beside what every program leaves."""
TICK = 10.0
"""The sides of a box to tick."""


class _Whole(Flowable):
    """A block that is never divided between pages."""

    space_before = 2.0
    space_after = 4.0
    leads = False

    def getSpaceBefore(self) -> float:  # noqa: N802 - ReportLab's name
        """The space above."""
        return self.space_before

    def getSpaceAfter(self) -> float:  # noqa: N802 - ReportLab's name
        """The space below."""
        return self.space_after

    def height_at(self, width: float) -> float:
        """How tall the block is when it is ``width`` points wide."""
        raise NotImplementedError

    def least(self, width: float) -> float:
        """All of it."""
        return self.height_at(width)

    def parted(self, _width: float, _height: float) -> list[_Whole]:
        """Nothing: it goes to the next page as a whole."""
        return []

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """The size in a column ``width`` points wide."""
        self.width, self.height = width, self.height_at(width)
        return width, self.height

    def draw(self) -> None:
        """Draw the block where the frame has put it."""
        self.paint(self.canv, 0, self.height, self.width)

    def paint(self, pages: Pages, x: float, top: float, width: float, *, artifact: bool = False) -> None:
        """Draw the block below ``top``; what only repeats what stands before is not to be filled in again."""
        raise NotImplementedError


class TextBox(_Whole):
    """Room for words. ``ruled`` draws the lines to write on, where no rule of a table does."""

    def __init__(self, element: Element, *, ruled: bool) -> None:
        super().__init__()
        assert element.blank is not None
        self.lines = element.blank.lines
        self._element, self._ruled = element, ruled
        self._to_type = bool(element.blank.name)

    def height_at(self, _width: float) -> float:
        """How tall the room is."""
        return self.lines * LINE

    def paint(self, pages: Pages, x: float, top: float, width: float, *, artifact: bool = False) -> None:
        """Draw a box to type into, or lines to write on."""
        height = self.height_at(width)
        if artifact:
            return
        if self._to_type:
            pages.frame(x, top - height, width, height, EDGE, PAPER)
            pages.blank(self._element, x + INSIDE, top - height + 1, width - 2 * INSIDE, height - 2)
        elif self._ruled:
            for n in range(1, int(self.lines) + 1):
                pages.rule(x, top - n * LINE, width, EDGE, 0.5)


class CheckBoxes(_Whole):
    """Boxes to tick, each with its words to the right; ``across`` sets them side by side."""

    leads = True

    def __init__(self, *, across: bool) -> None:
        super().__init__()
        self._across = across
        self._ticks: list[tuple[Element, Text]] = []

    def add(self, box: Element, words: Text) -> None:
        """Add a box to tick. The words are indented by ``BESIDE_TICK``."""
        self._ticks.append((box, words))

    def height_at(self, width: float) -> float:
        """How tall the boxes with their words are together."""
        heights = [words.height_at(self._each(width)) for _, words in self._ticks]
        return max(heights) if self._across else sum(heights)

    def paint(self, pages: Pages, x: float, top: float, width: float, *, artifact: bool = False) -> None:
        """Draw the boxes and their words."""
        each = self._each(width)
        for box, words in self._ticks:
            lower = top - words.style.leading / 2 - TICK / 2
            if not artifact:
                pages.frame(x, lower, TICK, TICK, EDGE, PAPER)
                pages.blank(box, x, lower, TICK, TICK)
            words.paint(pages, x, top, each, artifact=artifact)
            if self._across:
                x += each
            else:
                top -= words.height_at(each)

    def _each(self, width: float) -> float:
        return width / len(self._ticks) if self._across else width


class FormBlanks:
    """The blanks of a form: what stands for them on the pages, and their fields. It is handed to the renderer."""

    def set_blank(
        self, element: Element, words: Text | None, before: Sequence[Block], *, ruled: bool
    ) -> Sequence[TextBox | CheckBoxes]:
        """Room for words, or a box to tick with its ``words``, which may join those ``before``."""
        if words is None:
            return [TextBox(element, ruled=ruled)]
        if before and isinstance(before[-1], CheckBoxes):
            before[-1].add(element, words)
            return []
        ticks = CheckBoxes(across=words.element.style == "tick-across")
        ticks.add(element, words)
        return [ticks]

    def share_out(self, blocks: list[Block], width: float, height: float) -> None:
        """Give what is left of a page, in whole lines, to the room for words that stands on it."""
        rooms = [block for block in blocks if isinstance(block, TextBox)]
        left = int((height - stacked(blocks, width)) // LINE)
        if rooms and left > 0:
            more, rest = divmod(left, len(rooms))
            for n, room in enumerate(rooms):
                room.lines += more + (n < rest)

    def add_fields(self, pdf: pikepdf.Pdf, placed: Sequence[Placed]) -> list[tuple[Element, pikepdf.Object]]:
        """Make a field of every blank that has a name, and return each with its element."""
        return add_fields(pdf, placed)
