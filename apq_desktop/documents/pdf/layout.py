"""From the tree of what is said to what stands on the pages."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

import pikepdf

from apq_desktop.documents.content.document_tree import Element
from apq_desktop.documents.pdf.flowables import (
    NEAR,
    Block,
    Inside,
    NewPage,
    PageNumber,
    PartBegins,
    SpaceReservation,
    Text,
    stacked,
)
from apq_desktop.documents.pdf.page_canvas import Pages, Placed
from apq_desktop.documents.pdf.styles import (
    BESIDE_TICK,
    BULLET_INDENT,
    CELL_BULLET_INDENT,
    PAGE,
    RULE,
    TABLES,
    TEXTS,
    TableStyle,
)
from apq_desktop.documents.pdf.table_flowable import Cell, Row, RowMaker, Table
from apq_desktop.documents.text.text_styles import TextRun
from apq_desktop.documents.text.typesetter import Typesetter

SAME_PAGE = "same-page"
"""Style of a section that begins on the page of the one before it, where all that it holds fits on the rest of it."""
WHOLE_PAGE = "whole-page"
"""Style of a section that begins a new page and whose room to write in fills it."""
BETWEEN_SECTIONS = 30.0


class Blanks(Protocol):
    """What sets the blanks of a form on the pages and makes fields of them: ``blank_form`` hands it in."""

    def set_blank(
        self, element: Element, words: Text | None, before: Sequence[Block], *, ruled: bool
    ) -> Sequence[Inside]:
        """Room for words, or a box to tick with its ``words``, which may join those ``before``."""

    def share_out(self, blocks: list[Block], width: float, height: float) -> None:
        """Give what is left of a page to the room for words that stands on it."""

    def add_fields(self, pdf: pikepdf.Pdf, placed: Sequence[Placed]) -> list[tuple[Element, pikepdf.Object]]:
        """Make a field of every blank that has a name, and return each with its element."""


class Layout:
    """Set one document: ``flowables`` is the whole of it, block by block.

    ``blanks`` is needed where the document has room to fill in.
    """

    def __init__(self, document: Element, typesetter: Typesetter, blanks: Blanks | None = None) -> None:
        self._typesetter = typesetter
        self._blanks = blanks
        self._first = document.children[0]
        self.flowables: list[Block] = []
        for child in document.children:
            self._section(child, [])

    def _section(self, section: Element, before: list[Block]) -> None:
        """Set a section; ``before`` is what stands over its first part."""
        blocks = before
        if section.above:
            heading = Element("P", (TextRun(section.above),))
            blocks.append(Text(heading, TEXTS["category"], self._typesetter, seen_only=True))
        elements = iter(section.children)
        for element in elements:
            if element.role == "Sect":
                self._section(element, blocks)
                blocks = []
            elif element.blank:
                blocks += self._blank(element, elements, blocks[-1:], ruled=True)
            else:
                self._element(element, blocks)
        if blocks:
            self._add(section, blocks)

    def _add(self, section: Element, blocks: list[Block]) -> None:
        _, _, width, height = PAGE
        if section.style == SAME_PAGE:
            self.flowables.append(_Gap(blocks))
        elif section.style and section is not self._first:
            self.flowables.append(NewPage())
        if self._blanks and section.style == WHOLE_PAGE and stacked(blocks, width) <= height:
            self._blanks.share_out(blocks, width, height)
            added: list[Block] = [*blocks]
        else:
            added = self._kept_together(blocks)
        if section.bookmark:
            # Behind the room kept for a heading, which may lead on to a new page.
            added.insert(int(isinstance(added[0], SpaceReservation)), PartBegins(section.bookmark))
        self.flowables += added

    def _kept_together(self, blocks: list[Block]) -> list[Block]:
        """The blocks, with room kept so that no heading is parted from what it heads."""
        kept: list[Block] = []
        n = 0
        while n < len(blocks):
            end = n
            while end < len(blocks) - 1 and blocks[end].leads:
                end += 1
            if end > n:
                kept.append(SpaceReservation(blocks[n : end + 1]))
            kept += blocks[n : end + 1]
            n = end + 1
        return kept

    def _element(self, element: Element, blocks: list[Block]) -> None:
        if element.role == "Table":
            blocks.append(self._table(element))
        elif element.role == "L":
            for item in element.children:
                blocks += self._item(item, BULLET_INDENT)
        else:
            blocks.append(self._text(element))

    def _text(self, element: Element, *, indent: float = 0, label: Element | None = None) -> Text:
        kind = PageNumber if element.page_of else Text
        return kind(element, TEXTS[element.style], self._typesetter, indent=indent, label=label)

    def _blank(
        self, element: Element, after: Iterator[Element], before: Sequence[Block], *, ruled: bool
    ) -> Sequence[Inside]:
        """Room for words, or a box to tick, whose words are the element ``after``; it may join those ``before``."""
        assert element.blank is not None
        assert self._blanks is not None
        words = self._text(next(after), indent=BESIDE_TICK) if element.blank.tick else None
        return self._blanks.set_blank(element, words, before, ruled=ruled)

    def _item(self, item: Element, indent: float) -> list[Text]:
        """A list item: a bullet and a body of paragraphs."""
        label, body = item.children
        return [
            self._text(paragraph, indent=indent, label=None if n else label)
            for n, paragraph in enumerate(body.children)
        ]

    def _table(self, element: Element) -> Table:
        style = _fitted(TABLES[element.style], element)
        first = 1 if style.header else 0
        head = self._row(element.children[0], 0, style) if style.header else None
        rows: list[Row | RowMaker] = [
            partial(self._row, child, n, style) for n, child in enumerate(element.children[first:], first)
        ]
        return Table(head, rows, style, PAGE[3])

    def _row(self, row: Element, n: int, style: TableStyle) -> Row:
        cells = []
        for cell in row.children:
            blocks: list[Inside] = []
            if cell.is_line or cell.page_of:
                blocks.append(self._text(cell))
            children = iter(() if cell.is_line else cell.children)
            for child in children:
                if child.blank:
                    blocks += self._blank(child, children, blocks[-1:], ruled=False)
                elif child.role == "L":
                    for item in child.children:
                        blocks += self._item(item, CELL_BULLET_INDENT)
                else:
                    blocks.append(self._text(child))
            cells.append(Cell(blocks, cell.span))
        return Row(cells, style.least[n] if style.least else 0)


def _fitted(style: TableStyle, table: Element) -> TableStyle:
    """The style with columns as wide as their words ask for, where it says so."""
    if not style.fitted:
        return style
    columns = zip(*(row.children for row in table.children), strict=True)
    wanted = [sum(len(part.text) for cell in cells for part in cell.walk()) for cells in columns]
    shares, left, most = [0.0] * len(wanted), 1.0, sum(wanted)
    for n in sorted(range(len(wanted)), key=wanted.__getitem__):
        shares[n] = max(style.fitted, left * wanted[n] / most)
        left, most = left - shares[n], most - wanted[n]
    return replace(style, columns=tuple(shares))


class _Gap(SpaceReservation):
    """Space between two sections on one page, or a new page where the second would not fit."""

    def __init__(self, blocks: list[Block]) -> None:
        super().__init__(blocks, whole=True)

    def taken(self, width: float, left: float) -> float:
        """Space and room for the section, or a new page, at whose top there is no space."""
        if left > PAGE[3] - NEAR:
            return 0
        return BETWEEN_SECTIONS if self.wanted(width) <= left - BETWEEN_SECTIONS else math.inf

    def paint(self, pages: Pages, x: float, top: float, width: float) -> None:
        """Draw the line, nearer to what it opens than to what went before."""
        if top < PAGE[1] + PAGE[3] - NEAR:
            pages.rule(x, top - 0.58 * BETWEEN_SECTIONS, width, RULE, 0.7)
