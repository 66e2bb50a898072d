"""The completed template as one web page: the story that the PDF tells, in one file that needs nothing else.

It has no script, and its Content-Security-Policy lets a browser load nothing and obey no style but its own.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from apq_desktop import paths
from apq_desktop.documents.content.document_tree import HEADINGS, Element
from apq_desktop.documents.content.outline import footer, story, title
from apq_desktop.documents.text.text_styles import TextRun
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.rules.outgoing_copy import EVERYTHING, Include
from apq_desktop.evaluation.text.cleaning import clean_line
from apq_desktop.toolkit.catalogue import Catalogue

_NONCHARACTERS = re.compile("[" + "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000)
                                          for last in (0xFFFE, 0xFFFF)) + "]")  # fmt: skip
_CONTENTS, _SKIP = "Contents", "Skip the contents"
_CONTENTS_NAME = "contents"


def web_page(evaluation: Evaluation, catalogue: Catalogue, *, code: str = "", include: Include = EVERYTHING) -> bytes:
    """The bytes of the page, in UTF-8: the same for the same evaluation. ``code`` is that of the data file."""
    document = story(evaluation, catalogue, code=code, include=replace(include, reply=False))
    return page_of(document, title(evaluation), footer(evaluation))


def page_of(document: Element, name: str, foot: str) -> bytes:
    """A document as a web page. Its first section opens with the H1 and has another heading."""
    style = (paths.resources() / "web-page.css").read_text(encoding="utf-8")
    lines = [*_head(name, style), "<body>", *_Body(document).lines()]
    lines += ["<footer>", f'<p dir="auto">{_escaped(foot)}</p>', "</footer>", "</body>", "</html>", ""]
    return "\n".join(lines).encode("utf-8")


def sheet_of(document: Element) -> str:
    """A document's body for a printer: without contents and style, in the HTML that a simple reader understands."""
    lines = _Body(document).sheet()
    return "\n".join(lines).replace("<table", '<table width="100%" cellspacing="0" cellpadding="5"')


def _head(name: str, style: str) -> list[str]:
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return [
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f"<title>{_escaped(clean_line(name))}</title>",
        f"<style>{style}</style>",
        "</head>",
    ]


class _Body:
    """The body of one page. Places are numbered, so that no name on the page is made of anybody's words."""

    def __init__(self, document: Element) -> None:
        self._sections = document.children
        places = [element for element in document.walk() if element.wanted or element.role in HEADINGS]
        self._ids = {place: f"part-{n}" for n, place in enumerate(places, 1)}
        self._under = ""

    def lines(self) -> Iterator[str]:
        """The header, the contents and the main part, line by line."""
        first, *rest = self._sections
        start = next(n for n, child in enumerate(first.children) if child.role in ("Table", "H2"))
        yield "<header>"
        yield from self._all(first.children[:start])
        yield "</header>"
        yield from self._contents()
        yield "<main>"
        yield _opened("section", labelledby=self._heading_of(first))
        yield from self._all(first.children[start:])
        yield "</section>"
        yield from self._all(rest)
        yield "</main>"

    def sheet(self) -> Iterator[str]:
        """Everything in its order, line by line."""
        yield from self._all(self._sections)

    def _contents(self) -> Iterator[str]:
        """The list of what is on the page, which the PDF has as its bookmarks."""
        yield _opened("nav", labelledby=_CONTENTS_NAME)
        yield f'<a class="skip" href="#{self._heading_of(self._sections[0])}">{_SKIP}</a>'
        yield f'<h2 id="{_CONTENTS_NAME}">{_CONTENTS}</h2>'
        yield from self._entries(self._sections)
        yield "</nav>"

    def _entries(self, sections: list[Element]) -> Iterator[str]:
        yield "<ul>"
        for section in (one for one in sections if one.bookmark):
            opened = _opened("a", href=f"#{self._heading_of(section)}", dir="auto")
            yield f"<li>{opened}{_escaped(section.bookmark)}</a>"
            parts = [child for child in section.children if child.role == "Sect"]
            if parts:
                yield from self._entries(parts)
            yield "</li>"
        yield "</ul>"

    def _all(self, elements: list[Element]) -> Iterator[str]:
        for element in elements:
            yield from self._block(element)

    def _block(self, element: Element) -> Iterator[str]:
        if element.role == "Sect":
            yield from self._section(element)
        elif element.role == "L":
            yield "<ul>"
            for item in element.children:
                yield from self._item(item)
            yield "</ul>"
        elif element.role == "Table":
            yield from self._table(element)
        else:
            yield self._leaf(element)

    def _section(self, section: Element) -> Iterator[str]:
        """A section; that of an area can be folded."""
        yield _opened("section", section.style, labelledby=self._heading_of(section))
        head, *body = section.children
        if head.role == "H3":
            yield "<details open>"
            yield f"<summary>{self._leaf(head)}</summary>"
            yield from self._all(body)
            yield "</details>"
        else:
            yield from self._all(section.children)
        yield "</section>"

    def _leaf(self, element: Element, direction: str = "auto") -> str:
        """A line or paragraph; ``direction`` is empty where what it stands in has chosen one."""
        name = self._ids.get(element, "")
        if element.role in HEADINGS:
            self._under = name
        tag = element.role.lower()
        return f"{_opened(tag, element.style, id=name, dir=direction)}{self._words(element)}</{tag}>"

    def _words(self, element: Element) -> str:
        """A line's text; its parts are kept from turning each other's direction."""
        if len(element.runs) == 1 and not element.runs[0].tone:
            return _escaped(element.text)
        return "".join([self._link(one, run) if one.role == "Link" else _bdi(run) for run, one in element.pieces()])

    def _link(self, link: Element, run: TextRun) -> str:
        leads = f"mailto:{link.address}" if link.address else f"#{self._ids[link.target]}" if link.target else ""
        return f"{_opened('a', run.tone, href=leads)}{_escaped(run.text)}</a>"

    def _item(self, item: Element) -> Iterator[str]:
        """A list item. The bullet is the browser's own, on the side where the item begins."""
        _, body = item.children
        yield _opened("li", dir="auto")
        yield from (self._leaf(paragraph, direction="") for paragraph in body.children)
        yield "</li>"

    def _table(self, table: Element) -> Iterator[str]:
        yield _opened("table", table.style, labelledby=self._under)
        rows = [[cell for cell in row.children if not cell.on_paper] for row in table.children]
        columns = [""] * max(sum(cell.span for cell in row) for row in rows)
        if all(cell.scope == "Column" for cell in rows[0]):
            head = rows.pop(0)
            columns = [cell.text for cell in head]
            yield "<thead>"
            yield from self._row(head, [""] * len(columns))
            yield "</thead>"
        yield "<tbody>"
        for row in rows:
            yield from self._row(row, columns)
        yield "</tbody>"
        yield "</table>"

    def _row(self, row: list[Element], columns: list[str]) -> Iterator[str]:
        """A row. Each cell tells the name of its column, which stands above it where cells are stacked."""
        yield "<tr>"
        at = 0
        for cell in row:
            opened = _cell(cell, columns[at] if cell.span == 1 else "", self._ids.get(cell, ""))
            at += cell.span
            inside = self._words(cell) if cell.is_line else "\n".join(self._all(cell.children))
            yield f"{opened}{inside}</{cell.role.lower()}>"
        yield "</tr>"

    def _heading_of(self, section: Element) -> str:
        """The name of the first heading in a section that stands below the document's own; empty where none does."""
        return next((self._ids[one] for one in section.walk() if one.role in HEADINGS and one.role != "H1"), "")


def _bdi(run: TextRun) -> str:
    return f"{_opened('bdi', run.tone)}{_escaped(run.text)}</bdi>"


def _cell(cell: Element, column: str, name: str) -> str:
    span = str(cell.span) if cell.span > 1 else ""
    direction = "auto" if cell.is_line else ""
    if cell.role == "TH":
        return _opened("th", id=name, scope="col" if cell.scope == "Column" else "row", colspan=span, dir=direction)
    return _opened("td", cell.style, id=name, colspan=span, column=column, dir=direction)


def _opened(tag: str, style: str = "", *, labelledby: str = "", column: str = "", **attributes: str) -> str:
    """A start tag with those of the attributes that are not empty."""
    told = {"class": style, "aria-labelledby": labelledby, "data-column": column, **attributes}
    return " ".join([f"<{tag}", *(f'{name}="{_escaped(value)}"' for name, value in told.items() if value)]) + ">"


def _escaped(text: str) -> str:
    """Text as no more than text. HTML has no way to write a noncharacter; it becomes the sign for what is missing."""
    return escape(_NONCHARACTERS.sub("\ufffd", text))
