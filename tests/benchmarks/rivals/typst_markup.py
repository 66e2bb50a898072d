"""The story of an evaluation in Typst's markup, as plainly as Typst allows."""

from __future__ import annotations

from collections.abc import Iterator

from apq_desktop.documents.content.document_tree import HEADINGS, Element


def markup(document: Element) -> str:
    """Headings, paragraphs, lists and tables."""
    return "\n".join(['#set text(lang: "en", region: "GB")', *_all(document.children)]) + "\n"


def _all(elements: list[Element]) -> Iterator[str]:
    for element in elements:
        if element.role in HEADINGS:
            yield f"#heading(level: {element.role[1]}, {_words(element)})"
        elif element.role == "L":
            items = ("\n".join(_all(child.children)) for child in element.children)
            yield f"#list({', '.join(f'[{item}]' for item in items)})"
        elif element.role == "Table":
            yield _table(element)
        elif element.role != "Lbl":
            yield f"#par({_words(element)})" if element.is_line else "\n".join(_all(element.children))


def _table(table: Element) -> str:
    columns = sum(cell.span for cell in table.children[0].children)
    cells = [f"table.cell(colspan: {cell.span}, [{_cell(cell)}])" for row in table.children for cell in row.children]
    return f"#table(columns: ({'1fr, ' * columns}), {', '.join(cells)})"


def _cell(cell: Element) -> str:
    return f"#{_words(cell)}" if cell.is_line else "\n".join(_all(cell.children))


def _words(element: Element) -> str:
    """The element's text as a string of Typst's, in which nothing is markup."""
    escaped = element.line.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
