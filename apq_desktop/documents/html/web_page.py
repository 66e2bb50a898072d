"""The completed template as one web page: the story that the PDF tells, in one file that needs nothing else.

It has no script, and its Content-Security-Policy lets a browser load nothing and obey no style but its own.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html import escape

from apq_desktop import paths
from apq_desktop.documents.content.outline import footer, story, title
from apq_desktop.documents.content.tree import Element
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.rules.outgoing_copy import EVERYTHING, Include
from apq_desktop.evaluation.text.cleaning import clean_line
from apq_desktop.toolkit.catalogue import Catalogue

_HEADINGS = frozenset({"H1", "H2", "H3"})
_LISTS = frozenset({"L", "TOC"})
_NONCHARACTERS = re.compile("[" + "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000)
                                          for last in (0xFFFE, 0xFFFF)) + "]")  # fmt: skip
_SKIP = "Skip the contents"


def web_page(evaluation: Evaluation, catalogue: Catalogue, *, code: str = "", include: Include = EVERYTHING) -> bytes:
    """The bytes of the page, in UTF-8: the same for the same evaluation. ``code`` is that of the data file."""
    document = story(evaluation, catalogue, code=code, include=include)
    style = (paths.resources() / "web-page.css").read_text(encoding="utf-8")
    lines = [*_head(title(evaluation), style), "<body>", *_Body(document).lines()]
    lines += ["<footer>", f'<p dir="auto">{_escaped(footer(evaluation))}</p>', "</footer>", "</body>", "</html>", ""]
    return "\n".join(lines).encode("utf-8")


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
    """The body of one page. Headings are numbered, so that no name on the page is made of anybody's words."""

    def __init__(self, document: Element) -> None:
        self._sections = document.children
        headings = [element for element in document.walk() if element.role in _HEADINGS]
        self._ids = {heading: f"part-{n}" for n, heading in enumerate(headings, 1)}
        self._under = ""

    def lines(self) -> Iterator[str]:
        """The header and the main part, line by line."""
        first, contents, *rest = self._sections
        start = next(n for n, child in enumerate(first.children) if child.role == "Table")
        yield "<header>"
        yield from self._all(first.children[:start])
        yield "</header>"
        yield "<main>"
        yield _opened("section", labelledby=self._heading_of(first))
        yield from self._all(first.children[start:])
        yield "</section>"
        yield _opened("nav", labelledby=self._heading_of(contents))
        yield f'<a class="skip" href="#{self._heading_of(rest[0])}">{_SKIP}</a>'
        yield from self._all(contents.children)
        yield "</nav>"
        yield '<div class="rest">'
        yield from self._all(rest)
        yield "</div>"
        yield "</main>"

    def _all(self, elements: list[Element]) -> Iterator[str]:
        for element in elements:
            yield from self._block(element)

    def _block(self, element: Element) -> Iterator[str]:
        if element.role == "Sect":
            yield from self._section(element)
        elif element.role in _LISTS:
            yield "<ul>"
            for item in element.children:
                yield from self._item(item)
            yield "</ul>"
        elif element.role == "Table":
            yield from self._table(element)
        elif element.role == "Reference":
            yield from self._all(element.children)
        else:
            yield self._leaf(element)

    def _section(self, section: Element) -> Iterator[str]:
        """A section with a heading of its own; one without only holds others."""
        if not any(child.role == "H2" for child in section.children):
            yield from self._all(section.children)
            return
        yield _opened("section", section.style, labelledby=self._heading_of(section))
        yield from self._all(section.children)
        yield "</section>"

    def _leaf(self, element: Element, direction: str = "auto") -> str:
        """A line or paragraph; ``direction`` is empty where what it stands in has chosen one."""
        tag, name, leads = element.role.lower(), "", ""
        if element.role in _HEADINGS:
            name = self._under = self._ids[element]
        elif element.target:
            tag, leads = "a", f"#{self._heading_of(element.target)}"
        return f"{_opened(tag, element.style, id=name, href=leads, dir=direction)}{_words(element)}</{tag}>"

    def _item(self, item: Element) -> Iterator[str]:
        """A list item. The bullet is the browser's own, on the side where the item begins."""
        bodies = [child for child in item.children if child.role == "LBody"]
        if not bodies:
            yield "<li>"
            yield from self._all(item.children)
        else:
            yield _opened("li", dir="auto")
            for body in bodies:
                yield from (self._leaf(paragraph, direction="") for paragraph in body.children)
        yield "</li>"

    def _table(self, table: Element) -> Iterator[str]:
        yield _opened("table", table.style, labelledby=self._under)
        rows, columns = table.children, [""] * len(table.children[0].children)
        if all(cell.scope == "Column" for cell in rows[0].children):
            columns = [cell.children[0].text for cell in rows[0].children]
            yield "<thead>"
            yield from self._row(rows[0], [""] * len(columns))
            yield "</thead>"
            rows = rows[1:]
        yield "<tbody>"
        for row in rows:
            yield from self._row(row, columns)
        yield "</tbody>"
        yield "</table>"

    def _row(self, row: Element, columns: list[str]) -> Iterator[str]:
        """A row. Each cell tells the name of its column, which stands above it where cells are stacked."""
        yield "<tr>"
        for cell, column in zip(row.children, columns, strict=False):
            yield _cell(cell, "" if cell.span > 1 else column)
            yield from self._all(cell.children)
            yield f"</{cell.role.lower()}>"
        yield "</tr>"

    def _heading_of(self, section: Element) -> str:
        """The name of the first heading of the second rank in a section."""
        return next(self._ids[element] for element in section.walk() if element.role == "H2")


def _cell(cell: Element, column: str) -> str:
    if cell.role == "TH":
        return _opened("th", scope="col" if cell.scope == "Column" else "row")
    span = str(cell.span) if cell.span > 1 else ""
    return _opened("td", colspan=span, column=column)


def _opened(tag: str, style: str = "", *, labelledby: str = "", column: str = "", **attributes: str) -> str:
    """A start tag with those of the attributes that are not empty."""
    told = {"class": style, "aria-labelledby": labelledby, "data-column": column, **attributes}
    return " ".join([f"<{tag}", *(f'{name}="{_escaped(value)}"' for name, value in told.items() if value)]) + ">"


def _words(element: Element) -> str:
    """The element's own text; its parts are kept from turning each other's direction."""
    if len(element.runs) == 1 and not element.runs[0].tone:
        return _escaped(element.text)
    return "".join(f"{_opened('bdi', run.tone)}{_escaped(run.text)}</bdi>" for run in element.runs)


def _escaped(text: str) -> str:
    """Text as no more than text. HTML has no way to write a noncharacter; it becomes the sign for what is missing."""
    return escape(_NONCHARACTERS.sub("\ufffd", text))
