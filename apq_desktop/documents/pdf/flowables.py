"""What stands on a page one below the other, paragraphs, page numbers, room kept for a heading, and how pages fill."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from apq_desktop.documents.content.document_tree import Element
from apq_desktop.documents.pdf.page_canvas import Pages
from apq_desktop.documents.pdf.styles import MEASURE, PAGE
from apq_desktop.documents.text.line_breaking import Line
from apq_desktop.documents.text.text_styles import TextStyle
from apq_desktop.documents.text.typesetter import Typesetter

NEAR = 0.01
"""Points by which something may be too tall and still fit: sums of fractions are not exact."""


class Block:
    """What stands on a page, and what a cell, a heading or an area needs to know of it."""

    space_before = 0.0
    space_after = 0.0
    leads = False
    """Whether it stays on the page of what follows."""

    def height_at(self, width: float) -> float:
        """How tall the block is when it is ``width`` points wide."""
        raise NotImplementedError

    def least(self, width: float) -> float:
        """How much room it needs to begin: all of it, where nothing else is said."""
        return self.height_at(width)

    def taken(self, width: float, _left: float) -> float:
        """How much it takes up where so much is left of the page; too much where it is to begin a new one."""
        return self.height_at(width)

    def parted(self, _width: float, _height: float) -> Sequence[Block]:
        """What fits in ``height``, and the rest; nothing where too little would fit, or it is never divided."""
        return []

    def paint(self, pages: Pages, x: float, top: float, width: float) -> None:
        """Draw the block below ``top``."""


class Inside(Block):
    """What a cell of a table may hold."""

    def parted(self, _width: float, _height: float) -> Sequence[Inside]:
        """What fits in ``height``, and the rest; nothing where too little would fit, or it is never divided."""
        return []

    def paint(self, pages: Pages, x: float, top: float, width: float, *, artifact: bool = False) -> None:
        """Draw the block below ``top``; as an artifact where it only repeats what stands before."""
        raise NotImplementedError


def fill(pages: Pages, blocks: list[Block], at_end: Callable[[], None], progress: Callable[[float], None]) -> None:
    """Set the blocks, which are used up, on as many pages as they need, and call ``at_end`` of each page."""
    left, lower, width, height = PAGE
    count, room, gap = len(blocks), height, 0.0
    blocks.reverse()
    while blocks:
        block = blocks.pop()
        space = max(block.space_before - gap, 0) if room < height else 0
        fits = block.taken(width, room - space) <= room - space + NEAR
        parts = [block] if fits else block.parted(width, room - space)
        if parts and room > space:
            room -= space
            parts[0].paint(pages, left, lower + room, width)
            room -= parts[0].taken(width, room) + parts[0].space_after
            gap = parts[0].space_after
            blocks += reversed(parts[1:])
            progress(1 - len(blocks) / count)
        else:
            assert room < height, block
            blocks.append(block)
            at_end()
            pages.showPage()
            room, gap = height, 0.0
    at_end()
    pages.showPage()


def stacked(blocks: Sequence[Block], width: float) -> float:
    """How tall the blocks are one below the other; of two spaces that meet the larger holds."""
    height, gap = 0.0, 0.0
    for n, block in enumerate(blocks):
        height += (max(gap, block.space_before) if n else 0) + block.height_at(width)
        gap = block.space_after
    return height


class Text(Inside):
    """A paragraph. Its halves, when it is split between pages, share its element.

    ``label`` is a list item's bullet, hung left of the text by ``indent``. With ``seen_only`` it is an artifact.
    """

    def __init__(
        self, element: Element, style: TextStyle, typesetter: Typesetter, *, indent: float = 0,
        label: Element | None = None, seen_only: bool = False,
    ) -> None:  # fmt: skip
        self.element = element
        self.style = style
        self.space_before = style.before
        self.space_after = style.after
        self.leads = style.leads
        self._typesetter = typesetter
        self._indent = indent
        self._label = label
        self._seen_only = seen_only
        pieces = element.pieces() if element.children else []
        self._runs = [run for run, _ in pieces] or [run for run in element.runs if run.tone != "aloud"]
        self._owners = [owner for _, owner in pieces]
        self._lines: list[Line] = []
        self._set_for = -1.0

    def lines_at(self, width: float) -> list[Line]:
        """The lines when the paragraph is ``width`` points wide."""
        if self._set_for != width:
            self._lines = self._typesetter.lines(self._runs, self.style, self._measure(width) - self._indent)
            self._set_for = width
        return self._lines

    def _measure(self, width: float) -> float:
        """How long a line may be where there are ``width`` points."""
        return min(width, MEASURE * self.style.size)

    def height_at(self, width: float) -> float:
        """How tall the paragraph is when it is ``width`` points wide."""
        return len(self.lines_at(width)) * self.style.leading

    def least(self, width: float) -> float:
        """The height of the lines that stay together at its beginning."""
        count = len(self.lines_at(width))
        return (count if count < 4 else 2) * self.style.leading

    def parted(self, width: float, height: float) -> list[Text]:
        """What fits in ``height``, and the rest; nothing where too little would fit. No part is a single line."""
        lines = self.lines_at(width)
        fit = int((height + NEAR) / self.style.leading)
        if fit >= len(lines):
            return [self]
        fit = min(fit, len(lines) - 2)
        if fit < 2:
            return []
        first, rest = self._part(lines[:fit], width, self._label), self._part(lines[fit:], width, None)
        first.space_after, rest.space_before = 0, 0
        return [first, rest]

    def _part(self, lines: list[Line], width: float, label: Element | None) -> Text:
        part = Text(self.element, self.style, self._typesetter, indent=self._indent, label=label)
        part.space_before, part.space_after = self.space_before, self.space_after
        part._lines, part._set_for = lines, width
        return part

    def _baseline(self, top: float) -> float:
        """The baseline of the first line below ``top``."""
        return top - self.style.leading + (self.style.leading - self.style.size) / 2 + 0.22 * self.style.size

    def paint(self, pages: Pages, x: float, top: float, width: float, *, artifact: bool = False) -> None:
        """Draw the paragraph below ``top``; as an artifact where it only repeats what stands before."""
        style, first = self.style, self._baseline(top)
        lines = self.lines_at(width)
        from_right = bool(lines) and lines[0].from_right
        if self._label is not None:
            bullet = self._typesetter.line(self._label.text, style)
            aside = self._indent - 0.45 * style.size
            at = self._measure(width) - aside if from_right else aside - bullet.width
            pages.text(self._label, [(x + at, first, bullet)], style.size)
        inner = self._measure(width) - self._indent
        placed = [
            (x + (inner - line.width if from_right else self._indent), first - n * style.leading, line)
            for n, line in enumerate(lines)
        ]
        if placed:
            if artifact or self._seen_only:
                pages.text(None, placed, style.size)
            else:
                pages.text(self.element, placed, style.size, self._owners)


class PageNumber(Text):
    """The number of the page on which something else stands, drawn when it is known."""

    def paint(self, pages: Pages, x: float, top: float, width: float, *, artifact: bool = False) -> None:
        """Leave room for the number, and draw it later."""
        assert width > 0
        assert not artifact
        baseline = self._baseline(top)

        def number(later: Pages, _count: int) -> None:
            place = self.element.page_of.place if self.element.page_of else None
            if place:
                line = self._typesetter.line(str(place.page + 1), self.style)
                later.text(self.element, [(x, baseline, line)], self.style.size)

        pages.later(number)


class PartBegins(Block):
    """Take up no room, and say that a part of the document begins here."""

    def __init__(self, title: str) -> None:
        self._title = title

    def height_at(self, _width: float) -> float:
        """No height."""
        return 0

    def paint(self, pages: Pages, _x: float, _top: float, _width: float) -> None:
        """Tell the canvas."""
        pages.begin_part(self._title)


class NewPage(Block):
    """Go to a new page, if not at the top of one."""

    def taken(self, _width: float, left: float) -> float:
        """Nothing at the top of a page, else more than there is."""
        return 0 if left > PAGE[3] - NEAR else math.inf


class SpaceReservation(Block):
    """A new page where the blocks that belong together would not fit on the rest of this one."""

    def __init__(self, blocks: list[Block], *, whole: bool = False) -> None:
        """With ``whole``, all blocks are to fit, or a new page."""
        self._blocks = blocks
        self._whole = whole

    def wanted(self, width: float) -> float:
        """How much room the blocks need; of what no page holds, a little less than a page."""
        most = PAGE[3] - 1
        wanted, gap = 0.0, 0.0
        for n, block in enumerate(self._blocks):
            if wanted > most:
                break
            last = n == len(self._blocks) - 1
            wanted += max(gap, block.space_before) if n else block.space_before
            wanted += block.least(width) if last and not self._whole else block.height_at(width)
            gap = block.space_after
        return min(wanted, most)

    def taken(self, width: float, left: float) -> float:
        """No room itself, or a new page."""
        return 0 if self.wanted(width) <= left else math.inf
