"""The document as a tree: what is said, in the order in which it is read aloud.

``story`` builds the tree; ``layout`` sets it on pages and notes in each element where its text was drawn.
The roles are those of tagged PDF (ISO 32000-1, 14.8.4), so that the same tree becomes the PDF's structure.
Texts are plain: nothing in them is ever read as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from apq_desktop.documents.text.text_styles import TextRun, Tone
from apq_desktop.evaluation.text.cleaning import clean, visible_text

Role = Literal[
    "Document", "Sect", "H1", "H2", "H3", "H4", "P", "Span", "Link", "L", "LI", "Lbl", "LBody",
    "Table", "TR", "TH", "TD", "Form",
]  # fmt: skip


class Mark(NamedTuple):
    """Where a piece of an element was drawn: the page, from 0, and the number of its marked content there."""

    page: int
    number: int


class Blank(NamedTuple):
    """What a Form element leaves to fill in. ``says`` tells a screen reader what belongs there.

    ``name`` is that of the field to type into; on paper there is none. ``lines`` is the least height of room for
    words, ``one_line`` where these are only a name or a number. ``tick`` is the value that a box stands for when it
    is ticked; without it there is room for words. ``one_of`` is what is asked where of several boxes with one name
    one is to be chosen.
    """

    says: str
    name: str = ""
    lines: float = 1
    one_line: bool = False
    tick: str = ""
    one_of: str = ""


class PagePlace(NamedTuple):
    """A point to go to: the page, from 0, and the height above its lower edge, in points."""

    page: int
    height: float


HEADINGS = frozenset({"H1", "H2", "H3", "H4"})
_INLINE = frozenset({"Span", "Link"})
_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")


@dataclass(eq=False, slots=True)
class Element:
    """One element of the document. ``style`` names its look in ``styles``.

    Only elements without children have ``runs``, and they are one line or paragraph: line ends are spaces. A line in
    which something is a link has Spans and Links as its children instead.
    ``bookmark`` is its title in the bookmarks and contents, ``above`` what is drawn over it for the eye alone.
    ``scope`` and ``span`` are a table cell's; ``page_of`` is what a cell tells the page of, as what is only
    ``on_paper`` can. ``target`` is where a Link leads, or ``address`` whom it writes to; ``blank`` is what a Form is
    for. ``marks`` and ``place`` are filled in while pages are drawn, ``place`` for what is ``wanted`` by a link.
    """

    role: Role
    runs: tuple[TextRun, ...] = ()
    style: str = ""
    bookmark: str = ""
    above: str = ""
    scope: Literal["", "Row", "Column"] = ""
    span: int = 1
    target: Element | None = None
    address: str = ""
    page_of: Element | None = None
    on_paper: bool = False
    blank: Blank | None = None
    wanted: bool = False
    children: list[Element] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    place: PagePlace | None = None

    @property
    def text(self) -> str:
        """The element's own text."""
        return "".join([run.text for run in self.runs])

    @property
    def line(self) -> str:
        """The whole text of a line, with what its Spans and Links say."""
        return self.text + "".join([child.text for child in self.children if child.role in _INLINE])

    @property
    def is_line(self) -> bool:
        """Whether it is a line or paragraph of text."""
        return bool(self.runs or (self.children and self.children[0].role in _INLINE))

    def add(self, role: Role, *parts: str | TextRun | Element, style: str = "", **more: object) -> Element:
        """Append a child and return it. Strings are runs in the ordinary tone, Elements links in the line."""
        return self.adopt(Element(role), role, *parts, style=style, **more)

    def adopt(
        self, child: Element, role: Role, *parts: str | TextRun | Element, style: str = "", **more: object
    ) -> Element:
        """Append a child that something leads to already, and fill it in as ``add`` does."""
        child.role, child.style = role, style
        if Element in map(type, parts):
            child.children = [part if isinstance(part, Element) else Element("Span", _runs(part)) for part in parts]
            child.children = [part for part in child.children if part.runs]
        else:
            child.runs = _runs(*parts)  # type: ignore[arg-type] # no Element is among them
        for name, value in more.items():
            setattr(child, name, value)
        self.children.append(child)
        return child

    def add_text(self, text: str, *before: TextRun | Element, style: str = "") -> None:
        """Append a paragraph for each line of ``text`` that says something; ``before`` opens the first."""
        for n, line in enumerate(lines(text)):
            self.add("P", *(before if n == 0 else ()), *with_addresses(line), style=style)

    def add_table(self, style: str, columns: Iterable[str]) -> Element:
        """Append a table that begins with a row of its columns' names."""
        table = self.add("Table", style=style)
        head = table.add("TR")
        for name in columns:
            head.add("TH", name, style="cell-head", scope="Column")
        return table

    def add_item(self, style: str = "") -> Element:
        """Append an item with a bullet to a list, and return its body."""
        item = self.add("LI")
        item.add("Lbl", "•", style=style)
        return item.add("LBody")

    def pieces(self) -> list[tuple[TextRun, Element]]:
        """The runs of a line, each with the element that says it."""
        if self.runs:
            return [(run, self) for run in self.runs]
        return [(run, child) for child in self.children for run in child.runs]

    def walk(self) -> Iterator[Element]:
        """The element and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def first_place(self) -> PagePlace | None:
        """Where the first heading in this element was drawn."""
        return next((element.place for element in self.walk() if element.place), None)


def link(target: Element, *parts: str | TextRun) -> Element:
    """A link in a line, which leads to ``target``."""
    target.wanted = True
    return Element("Link", _runs(*parts), target=target)


def with_addresses(line: str) -> list[str | TextRun | Element]:
    """``line`` in parts, each e-mail address as a link."""
    if "@" not in line:
        return [line]
    parts: list[str | TextRun | Element] = []
    at = 0
    for found in _ADDRESS.finditer(line):
        parts += [line[at : found.start()], Element("Link", _runs(TextRun(found[0], "link")), address=found[0])]
        at = found.end()
    return [*parts, line[at:]]


def _runs(*parts: str | TextRun) -> tuple[TextRun, ...]:
    made: list[tuple[str, Tone]] = [part if isinstance(part, TextRun) else (part, "") for part in parts]
    return tuple([TextRun(clean(text), tone) for text, tone in made if text])


def lines(text: str) -> list[str]:
    """The lines of a text, without those that hold nothing but spaces."""
    return [seen for line in clean(text).split("\n") if (seen := visible_text(line))]
