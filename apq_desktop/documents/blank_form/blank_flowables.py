"""Room to fill in: lines to write on, boxes to type into, and boxes to tick, each where a Form element stands."""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf

from apq_desktop.documents.blank_form.form_fields import add_fields
from apq_desktop.documents.content.document_tree import Element
from apq_desktop.documents.pdf.flowables import Block, Inside, Text, stacked
from apq_desktop.documents.pdf.page_canvas import Pages, Placed
from apq_desktop.documents.pdf.styles import EDGE, PAPER
from apq_desktop.documents.pdf.table_flowable import Row, Table

LINE = 22.0
"""Points from one line of handwriting to the next, nearly 8 mm."""
INSIDE = 2.0
"""Points that words keep from the left and right edge of their box, beside what every program leaves."""
TICK = 10.0
"""The sides of a box to tick."""
COLUMNS = {"tick-pair": 2, "tick-three": 3}
"""In how many columns the boxes to tick of a style stand; one where none is said."""
GROWS = 1.5
"""Room for so many lines, or more, takes a part of what is left of a page."""


class _Whole(Inside):
    """A block that is never divided between pages. What only repeats what stands before is not to be filled in."""

    space_before = 2.0
    space_after = 4.0


class TextBox(_Whole):
    """Room for words. ``ruled`` draws the lines to write on; in a table, room that grows has an edge on paper too."""

    def __init__(self, element: Element, *, ruled: bool) -> None:
        assert element.blank is not None
        self.lines = element.blank.lines
        self._element, self._ruled = element, ruled
        self._to_type = bool(element.blank.name)
        self._grows = self.lines >= GROWS

    def height_at(self, _width: float) -> float:
        """How tall the room is."""
        return self.lines * LINE

    def paint(self, pages: Pages, x: float, top: float, width: float, *, artifact: bool = False) -> None:
        """Draw a box to type into, or lines to write on."""
        height = self.height_at(width)
        if artifact:
            return
        if self._to_type or (self._grows and not self._ruled):
            pages.frame(x, top - height, width, height, EDGE, PAPER)
        if self._to_type:
            pages.blank(self._element, x + INSIDE, top - height + 1, width - 2 * INSIDE, height - 2)
        elif self._ruled:
            for n in range(1, int(self.lines) + 1):
                pages.rule(x, top - n * LINE, width, EDGE, 0.5)


class CheckBoxes(_Whole):
    """Boxes to tick, each with its words to the right, in as many ``columns``, one below the other in each."""

    leads = True

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._ticks: list[tuple[Element, Text]] = []

    def add(self, box: Element, words: Text) -> None:
        """Add a box to tick. The words are indented by ``BESIDE_TICK``."""
        self._ticks.append((box, words))

    def height_at(self, width: float) -> float:
        """How tall the boxes with their words are together."""
        each = width / self._columns
        return max(sum(words.height_at(each) for _, words in column) for column in self._in_columns())

    def paint(self, pages: Pages, x: float, top: float, width: float, *, artifact: bool = False) -> None:
        """Draw the boxes and their words."""
        each = width / self._columns
        for n, column in enumerate(self._in_columns()):
            left, upper = x + n * each, top
            for box, words in column:
                lower = upper - words.style.leading / 2 - TICK / 2
                if not artifact:
                    pages.frame(left, lower, TICK, TICK, EDGE, PAPER)
                    pages.blank(box, left, lower, TICK, TICK)
                words.paint(pages, left, upper, each, artifact=artifact)
                upper -= words.height_at(each)

    def _in_columns(self) -> list[list[tuple[Element, Text]]]:
        each = -(-len(self._ticks) // self._columns)
        return [self._ticks[n : n + each] for n in range(0, len(self._ticks), each)]


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
        ticks = CheckBoxes(COLUMNS.get(words.element.style, 1))
        ticks.add(element, words)
        return [ticks]

    def share_out(self, blocks: list[Block], width: float, height: float) -> None:
        """Give what is left of a page, in whole lines, to the room for words that stands on it."""
        rows = [row for block in blocks if isinstance(block, Table) for row in block.measured_rows(width)]
        rooms = [[block] for block in blocks if isinstance(block, TextBox)] + [_rooms_in(row) for row, _ in rows]
        growing = [room for room in rooms if any(box.lines >= GROWS for box in room)]
        for row, inside in rows:
            for box in _rooms_in(row):
                box.lines = max(box.lines, inside / LINE)
        left = int((height - stacked(blocks, width)) // LINE)
        if growing and left > 0:
            more, rest = divmod(left, len(growing))
            for n, room in enumerate(growing):
                for box in room:
                    box.lines += more + (n < rest)
        for row, _ in rows:
            row.height = -1

    def add_fields(self, pdf: pikepdf.Pdf, placed: Sequence[Placed]) -> list[tuple[Element, pikepdf.Object]]:
        """Make a field of every blank that has a name, and return each with its element."""
        return add_fields(pdf, placed)


def _rooms_in(row: Row) -> list[TextBox]:
    """The room for words in one row of a table, which grows as one: that which has its cell to itself."""
    alone = (cell.blocks[0] for cell in row.cells if len(cell.blocks) == 1)
    return [block for block in alone if isinstance(block, TextBox)]
