"""From the tree of what is said to what stands on the pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import pikepdf
from reportlab.platypus.doctemplate import NextPageTemplate
from reportlab.platypus.flowables import Flowable, PageBreak, Spacer

from apq_desktop.documents.content.tree import Element
from apq_desktop.documents.pdf.flowables import NEAR, Block, ContentsLine, Inside, SpaceReservation, Text, stacked
from apq_desktop.documents.pdf.page_canvas import Placed
from apq_desktop.documents.pdf.styles import (
    BESIDE_TICK,
    BULLET_INDENT,
    CELL_BULLET_INDENT,
    LANDSCAPE,
    PORTRAIT,
    RULE,
    TABLES,
    TEXTS,
    Sheet,
    TableStyle,
)
from apq_desktop.documents.pdf.table_flowable import Cell, Row, Table
from apq_desktop.documents.text.typesetter import Typesetter

ACROSS = "landscape"
"""In the style of a section that stands on pages laid across; the others are upright."""
ROOM_TO_FOLLOW = {"same-page": 1.0, "follows": 1 / 3}
"""In the style of a section that may begin on the page of the one before it, with the share of a page that must be
left for it: all that it holds, or a third. A section with another style begins a new page."""
WHOLE_PAGE = "whole-page"
"""Style of a section that begins a new page, upright, and whose room to write in fills it."""
FIRST_PAGE_SPACE = 20.0
BETWEEN_SECTIONS = 35.0


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
    """Sets one document: ``flowables`` is the whole of it, for ReportLab's frames; it begins on ``first_sheet``.

    ``blanks`` is needed where the document has room to fill in.
    """

    def __init__(self, document: Element, typesetter: Typesetter, blanks: Blanks | None = None) -> None:
        self._typesetter = typesetter
        self._blanks = blanks
        self._first = document.children[0]
        self.first_sheet = _sheet(self._first)
        self._sheet = self.first_sheet
        self.flowables: list[Flowable] = [Spacer(0, FIRST_PAGE_SPACE)]
        for child in document.children:
            self._section(child)

    def _section(self, section: Element) -> None:
        if any(child.role == "Sect" for child in section.children):
            for child in section.children:
                self._section(child)
            return
        blocks: list[Block] = []
        sheet = _sheet(section)
        previous, self._sheet = self._sheet, sheet
        share = next((ROOM_TO_FOLLOW[word] for word in section.style.split() if word in ROOM_TO_FOLLOW), None)
        elements = iter(section.children)
        for element in elements:
            if element.blank:
                blocks += self._blank(element, elements, blocks[-1:], ruled=True)
            else:
                self._element(element, blocks)
        if share and previous is sheet:
            self.flowables.append(_Gap(blocks, share, sheet))
        elif section.style and section is not self._first:
            self.flowables += [NextPageTemplate(sheet.name), PageBreak()]
        if self._blanks and section.style == WHOLE_PAGE and stacked(blocks, sheet.box[2]) <= sheet.box[3]:
            self._blanks.share_out(blocks, sheet.box[2], sheet.box[3])
            self.flowables += blocks
        else:
            self.flowables += self._kept_together(blocks, sheet)

    def _kept_together(self, blocks: list[Block], sheet: Sheet) -> list[Flowable]:
        """The blocks, with room kept so that no heading is parted from what it heads."""
        kept: list[Flowable] = []
        n = 0
        while n < len(blocks):
            end = n
            while end < len(blocks) - 1 and blocks[end].leads:
                end += 1
            if end > n:
                kept.append(SpaceReservation(blocks[n : end + 1], most=sheet.box[3]))
            kept += blocks[n : end + 1]
            n = end + 1
        return kept

    def _element(self, element: Element, blocks: list[Block]) -> None:
        if element.role == "Table":
            blocks.append(self._table(element))
        elif element.role in ("L", "TOC"):
            for item in element.children:
                blocks += self._item(item, BULLET_INDENT)
        else:
            blocks.append(self._text(element))

    def _text(self, element: Element, *, indent: float = 0, label: Element | None = None) -> Text:
        kind = ContentsLine if element.role == "Link" else Text
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
        """A list item (a bullet and a body of paragraphs) or a line of the contents."""
        blocks: list[Text] = []
        label = next((child for child in item.children if child.role == "Lbl"), None)
        for child in item.children:
            if child.role == "LBody":
                for n, paragraph in enumerate(child.children):
                    blocks.append(self._text(paragraph, indent=indent, label=None if n else label))
            elif child.role == "Reference":
                blocks += [self._text(link) for link in child.children]
            elif child.role == "TOC":
                blocks += [line for below in child.children for line in self._item(below, indent)]
            elif child is not label:
                blocks.append(self._text(child))
        return blocks

    def _table(self, element: Element) -> Table:
        style = TABLES[element.style]
        rows = [self._row(child, n, style) for n, child in enumerate(element.children)]
        head = rows.pop(0) if style.header else None
        return Table(head, rows, style, self._sheet.box[3])

    def _row(self, row: Element, n: int, style: TableStyle) -> Row:
        cells = []
        for cell in row.children:
            blocks: list[Inside] = []
            if cell.runs:
                blocks.append(self._text(cell))
            children = iter(cell.children)
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


class _Gap(SpaceReservation):
    """Space between two sections on one page, or a new page where too little of the second would fit."""

    def __init__(self, blocks: list[Block], share: float, sheet: Sheet) -> None:
        """``share`` is that of a page which must be left. A line stands in the space, but for pages across: there
        each section ends in a table's own.
        """
        super().__init__(blocks, whole=True, most=share * sheet.box[3])
        self._page = sheet.box[3]
        self._ruled = sheet is PORTRAIT

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Use up the space only where the section follows on this page."""
        at_top = height > self._page - NEAR
        if not at_top:
            super().wrap(width, height - BETWEEN_SECTIONS)
        follows = not at_top and self.height <= height - BETWEEN_SECTIONS
        self._ruled, self.width = self._ruled and follows, width
        return width, BETWEEN_SECTIONS if follows else 0

    def draw(self) -> None:
        """Draw the line, nearer to what it opens than to what went before."""
        if self._ruled:
            self.canv.rule(0, 0.42 * BETWEEN_SECTIONS, self.width, RULE, 0.7)


def _sheet(section: Element) -> Sheet:
    return LANDSCAPE if ACROSS in section.style.split() else PORTRAIT
