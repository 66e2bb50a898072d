"""The pages that everything is drawn on: marked content, running footers, and what is known only at the end.

ReportLab's canvas writes pages as they end. This one keeps them, so that "Page 2 of 9" and the page numbers
of the contents are drawn in one pass, when all pages are known. It writes no file: ``post_process`` makes one of
the ``contents``, which takes half the memory of reading in again what ReportLab has written.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from reportlab.pdfgen import canvas

from apq_desktop.documents.content.document_tree import HEADINGS, Element, Mark, PagePlace
from apq_desktop.documents.text.line_breaking import Extent, Line
from apq_desktop.documents.text.text_operators import Pen
from apq_desktop.documents.text.text_styles import Colour

_LAYOUT = "/Artifact <</Type /Layout>> BDC"
"""Begins what is drawn for the eye alone: rules, boxes and tints."""


class Link(NamedTuple):
    """A place on a page that leads to an element: the box is left, lower, right and upper edge, in points."""

    page: int
    box: tuple[float, float, float, float]
    element: Element


class Placed(NamedTuple):
    """A blank on a page, ready to become a field: the box is left, lower, right and upper edge, in points."""

    page: int
    box: tuple[float, float, float, float]
    element: Element


class _Kept(NamedTuple):
    """A page that has ended: its number, how many marks it has, and its code around what is drawn ``later``."""

    number: int
    marks: int
    drawn: list[str]
    later: list[Callable[[Pages, int], None]]


class Pages(canvas.Canvas):
    """A canvas that tags what it draws. Everything drawn is either an element's text or an artifact."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._kept: list[_Kept] = []
        self._marks = 0
        self._later: list[Callable[[Pages, int], None]] = []
        self._drawn: list[str] = []
        self.begun: list[tuple[int, str]] = []
        self.links: list[Link] = []
        self.blanks: list[Placed] = []
        self.contents: list[bytes] = []
        super().__init__(*arguments, **options)

    def begin_part(self, title: str) -> None:
        """Keep in mind that a part of the document begins on this page."""
        self.begun.append((self.page, title))

    def going_on(self, page: int) -> str:
        """The title of the part that goes on at the top of a page; empty where one begins on it."""
        before = [title for at, title in self.begun if at < page]
        return before[-1] if before and all(at != page for at, _ in self.begun) else ""

    @property
    def page(self) -> int:
        """The page being drawn, from 0."""
        return int(self._pageNumber) - 1

    def text(
        self,
        element: Element | None,
        lines: list[tuple[float, float, Line]],
        size: float,
        owners: Sequence[Element] = (),
    ) -> None:
        """Draw set lines, each at its left edge and baseline, as one marked content of ``element``.

        Without an element the lines are an artifact: decoration, or what stands on every page. ``owners`` are the
        elements of the paragraph's runs, where these have their own.
        """
        if element and element.place is None and (element.wanted or element.role in HEADINGS):
            element.place = PagePlace(self.page, lines[0][1])
        owner = element
        pen = Pen(size, partial(self._begin, owner))
        for x, y, line in lines:
            pen.move(x, y)
            for stretch in line.stretches:
                if stretch.x is not None:
                    pen.move(x + stretch.x, y)
                if owners and owners[stretch.ink.run] is not owner:
                    owner = owners[stretch.ink.run]
                    pen.change(partial(self._begin, owner))
                pen.draw(stretch)
            if owners:
                self._note_links(owners, x, y, line, size)
        self.addLiteral(pen.finished())

    def _note_links(self, owners: Sequence[Element], x: float, y: float, line: Line, size: float) -> None:
        """Keep in mind where on the page the links of a line are."""
        for extent in line.extents or (Extent(0, 0, line.width),):
            owner = owners[extent.run]
            if owner.role == "Link" and extent.right > extent.left:
                box = (x + extent.left, y - 0.3 * size, x + extent.right, y + 1.05 * size)
                self.links.append(Link(self.page, box, owner))

    def _begin(self, element: Element | None, text: str) -> str:
        """What begins the next piece of ``element``, which says ``text``, or else what its glyphs say."""
        if element is None:
            return "/Artifact <</Type /Pagination>> BDC"
        number = self._marks
        self._marks += 1
        element.marks.append(Mark(self.page, number))
        if not text:
            return f"/{element.role} <</MCID {number}>> BDC"
        return f"/Span <</MCID {number} /ActualText <FEFF{text.encode('utf-16-be').hex().upper()}>>> BDC"

    def rule(self, x: float, y: float, width: float, colour: Colour, thickness: float) -> None:
        """Draw a level line from ``x``, as an artifact."""
        self.addLiteral(f"{_LAYOUT} q {colour} RG {thickness} w {x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S Q EMC")

    def tint(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Fill a box, as an artifact."""
        self.addLiteral(f"{_LAYOUT} q {colour} rg {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f Q EMC")

    def box(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Draw a box with rounded corners, as an artifact."""
        self.addLiteral(_LAYOUT)
        self.saveState()
        self.addLiteral(f"{colour} RG 0.8 w")
        self.roundRect(x, y, width, height, 5)
        self.restoreState()
        self.addLiteral("EMC")

    def frame(self, x: float, y: float, width: float, height: float, edge: Colour, ground: Colour) -> None:
        """Fill a box and draw its edge, as an artifact."""
        place = f"{x:.2f} {y:.2f} {width:.2f} {height:.2f}"
        self.addLiteral(f"{_LAYOUT} q {ground} rg {edge} RG 0.7 w {place} re B Q EMC")

    def blank(self, element: Element, x: float, y: float, width: float, height: float) -> None:
        """Keep in mind where the field of ``element`` belongs."""
        self.blanks.append(Placed(self.page, (x, y, x + width, y + height), element))

    def later(self, draw: Callable[[Pages, int], None]) -> None:
        """Draw at this point of this page when all pages are known; ``draw`` is given the canvas and their count."""
        self._later.append(draw)
        self._drawn.append(self._joined())

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        """Keep the page that has ended, and begin the next."""
        self._drawn.append(self._joined())
        self._kept.append(_Kept(self._pageNumber, self._marks, self._drawn, self._later))
        self._marks, self._drawn, self._later = 0, [], []
        self._startPage()

    def save(self) -> None:
        """Draw what had to wait, and keep the code of each page, compressed (FlateDecode)."""
        for page in self._kept:
            self._pageNumber, self._marks = page.number, page.marks
            code = page.drawn[:1]
            for draw, after in zip(page.later, page.drawn[1:], strict=True):
                draw(self, len(self._kept))
                code += [self._joined(), after]
            self.contents.append(zlib.compress("\n".join(code).encode("latin-1")))
            page.drawn.clear()

    def _joined(self) -> str:
        """The code drawn since this was last asked, as one text, which takes half the room of its lines."""
        code = "\n".join(self._code)
        self._code.clear()
        return code
