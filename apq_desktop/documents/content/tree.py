"""The document as a tree: what is said, in the order in which it is read aloud.

``story`` builds the tree; ``layout`` sets it on pages and notes in each element where its text was drawn.
The roles are those of tagged PDF (ISO 32000-1, 14.8.4), so that the same tree becomes the PDF's structure.
Texts are plain: nothing in them is ever read as markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from apq_desktop.documents.text.styles import TextRun
from apq_desktop.evaluation.text.cleaning import clean

Role = Literal[
    "Document", "Sect", "H1", "H2", "H3", "P", "L", "LI", "Lbl", "LBody",
    "Table", "TR", "TH", "TD", "TOC", "TOCI", "Reference", "Link", "Form",
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


class Place(NamedTuple):
    """A point to go to: the page, from 0, and the height above its lower edge, in points."""

    page: int
    height: float


@dataclass(eq=False, slots=True)
class Element:
    """One element of the document. ``style`` names its look in ``styles``.

    Only elements without children have ``runs``, and they are one line or paragraph: line ends are spaces.
    ``bookmark`` is its title in the bookmarks and contents; ``scope`` and ``span`` are a table cell's;
    ``target`` is where a Link leads, ``blank`` what a Form is for. ``marks`` and ``place`` are filled in while pages
    are drawn.
    """

    role: Role
    runs: tuple[TextRun, ...] = ()
    style: str = ""
    bookmark: str = ""
    scope: Literal["", "Row", "Column"] = ""
    span: int = 1
    target: Element | None = None
    blank: Blank | None = None
    children: list[Element] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    place: Place | None = None

    @property
    def text(self) -> str:
        """The element's own text."""
        return "".join(run.text for run in self.runs)

    def add(self, role: Role, *runs: str | TextRun, style: str = "", **more: object) -> Element:
        """Append a child and return it. A plain string is a run in the ordinary tone."""
        made = tuple(run if isinstance(run, TextRun) else TextRun(run) for run in runs)
        child = Element(role, tuple(TextRun(clean(run.text), run.tone) for run in made if run.text), style)
        for name, value in more.items():
            setattr(child, name, value)
        self.children.append(child)
        return child

    def add_text(self, text: str, *before: TextRun, style: str = "") -> None:
        """Append a paragraph for each line of ``text`` that says something; ``before`` opens the first."""
        for n, line in enumerate(lines(text)):
            self.add("P", *(before if n == 0 else ()), line, style=style)

    def walk(self) -> Iterator[Element]:
        """The element and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def first_place(self) -> Place | None:
        """Where the first heading in this element was drawn."""
        return next((element.place for element in self.walk() if element.place), None)


def lines(text: str) -> list[str]:
    """The lines of a text, without those that hold nothing but spaces."""
    return [line.strip() for line in clean(text).split("\n") if line.strip()]
