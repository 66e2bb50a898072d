"""Our own check of a PDF's tags: what a validator of single rules does not see.

``problems`` names what is wrong in sentences. A good file has none; ``test_mutants.py`` makes bad ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from apq_desktop.documents.content.document_tree import Element
from apq_desktop.documents.text.fonts import missing_characters
from tests.documents.marked_content import Content, content_of, maps_of
from tests.documents.pdf_readers import letters

_INSIDE = {
    "Document": {"Sect"},
    "Sect": {"Sect", "H1", "H2", "H3", "H4", "P", "L", "Table", "Form"},
    "P": {"Span", "Link"},
    "L": {"LI"},
    "LI": {"Lbl", "LBody"},
    "LBody": {"P"},
    "Table": {"TR"},
    "TR": {"TH", "TD"},
    "TH": {"P", "Span", "Link"},
    "TD": {"P", "L", "Form", "Span", "Link"},
}
_ACTIVE = frozenset(
    [
        "/JS",
        "/JavaScript",
        "/Launch",
        "/URI",
        "/GoToR",
        "/SubmitForm",
        "/ImportData",
        "/RichMedia",
        "/AA",
        "/OpenAction",
    ]
)


def problems(path: Path, story: Element | None = None) -> list[str]:
    """What is wrong with the tags of a PDF. With ``story``, also where what is read differs from what is told."""
    with pikepdf.open(path) as pdf:
        found = [*_document(pdf), *_active(pdf), *_fonts(pdf)]
        if "/StructTreeRoot" not in pdf.Root:
            return [*found, "there is no structure tree"]
        tree = _Tree(pdf)
        found += tree.problems
        if story is not None:
            found += _told(tree.leaves, story)
    return found


def read_aloud(path: Path) -> list[tuple[str, str]]:
    """The role and text of everything that a screen reader says of a PDF, in order."""
    with pikepdf.open(path) as pdf:
        return _Tree(pdf).leaves


def _document(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if str(root.get("/Lang", "")) != "en-GB":
        yield "the language is not said"
    if not root.get("/MarkInfo", Dictionary()).get("/Marked", False):
        yield "the document does not say that it is tagged"
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield "the title is not shown"
    yield from _metadata(pdf)
    yield from _bookmarks(pdf)
    for n, page in enumerate(pdf.pages):
        if page.obj.get("/Tabs") != Name.S:
            yield f"page {n}: the order of its fields and links is not that of the structure"


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    title = str(pdf.docinfo.get("/Title", ""))
    with pdf.open_metadata() as xmp:
        if not title or xmp.get("dc:title") != title:
            yield "the titles differ, or there is none"
        if (xmp.get("pdfaid:part"), xmp.get("pdfaid:conformance"), xmp.get("pdfuaid:part")) != ("3", "A", "1"):
            yield "the standards are not named"


def _bookmarks(pdf: pikepdf.Pdf) -> Iterator[str]:
    pages = {page.obj.objgen for page in pdf.pages}
    with pdf.open_outline() as outline:
        if not outline.root:
            yield "there are no bookmarks"
        for item in outline.root:
            if item.destination is None or item.destination[0].objgen not in pages:  # type: ignore[index]
                yield f"the bookmark {item.title} leads nowhere"


def _active(pdf: pikepdf.Pdf) -> Iterator[str]:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            keys = set(one.keys()) | ({str(one.get("/S"))} if "/S" in one else set())
            if str(one.get("/S")) == "/URI" and str(one.get("/URI")).startswith("mailto:"):
                keys -= {"/URI"}
            for key in sorted(keys & _ACTIVE):
                yield f"the document can act by itself: {key}"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for font in {font.objgen: font for page in pdf.pages for font in page.obj.Resources.Font.values()}.values():
        descriptor = font.DescendantFonts[0].FontDescriptor
        if not {"/FontFile2", "/FontFile3"} & set(descriptor.keys()):
            yield f"{font.BaseFont} is not embedded"
        if "/ToUnicode" not in font:
            yield f"{font.BaseFont} cannot be read back"


class _Tree:
    """Walks the structure tree, and compares it with the pages and with the parent tree."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self.problems: list[str] = []
        self.leaves: list[tuple[str, str]] = []
        pages = list(pdf.pages)
        maps = maps_of(pages[0])
        self._pages = {page.obj.objgen: n for n, page in enumerate(pages)}
        self._content: list[Content] = [content_of(page, maps) for page in pages]
        self._owners: dict[tuple[int, int], Any] = {}
        self._objects: dict[Any, Any] = {}
        self._depth = 0
        root = pdf.Root.StructTreeRoot
        for child in _kids(root):
            self._element(child, root)
        self._compare_pages()
        self._compare_parents(root)

    def _say(self, problem: str) -> None:
        self.problems.append(problem)

    def _element(self, element: Any, parent: Any) -> str:
        role = str(element.S)[1:]
        if element.P.objgen != parent.objgen:
            self._say(f"{role}: its parent is another")
        if parent.get("/S") is not None:
            above = str(parent.S)[1:]
            if above in _INSIDE and role not in _INSIDE[above]:
                self._say(f"{role} stands in {above}")
        self._rules(element, role)
        text = []
        for kid in _kids(element):
            if isinstance(kid, int):
                text.append(self._piece(element, kid, element.get("/Pg")))
            elif kid.get("/Type") == Name.MCR:
                text.append(self._piece(element, int(kid.MCID), kid.get("/Pg", element.get("/Pg"))))
            elif kid.get("/Type") == Name.OBJR:
                self._objects[kid.Obj.objgen] = element.objgen
            else:
                self._element(kid, element)
        if text:
            self.leaves.append((role, str(element.get("/ActualText", "".join(text)))))
        return role

    def _rules(self, element: Any, role: str) -> None:
        if role in ("H1", "H2", "H3", "H4"):
            depth = int(role[1])
            if depth > self._depth + 1:
                self._say(f"{role} follows a heading of depth {self._depth}")
            self._depth = depth
        if role == "TH" and element.get("/A", Dictionary()).get("/Scope") not in (Name.Row, Name.Column):
            self._say("TH does not say what it heads")
        if role == "Table" and len({sum(map(_span, _kids(row))) for row in _kids(element)}) != 1:
            self._say("rows of a table have different numbers of cells")

    def _piece(self, element: Any, number: int, page: Any) -> str:
        place = (self._pages.get(page.objgen, -1) if page is not None else -1, number)
        if place in self._owners:
            self._say(f"page {place[0]}: piece {number} is told twice")
        self._owners[place] = element.objgen
        found = [mark for mark in self._content[place[0]].marked if mark.number == number] if place[0] >= 0 else []
        if len(found) != 1:
            self._say(f"page {place[0]}: piece {number} stands there {len(found)} times")
        return "".join(mark.text for mark in found)

    def _compare_pages(self) -> None:
        for n, content in enumerate(self._content):
            self.problems += [f"page {n}: {problem}" for problem in content.problems]
            for mark in content.marked:
                if mark.number is not None and (n, mark.number) not in self._owners:
                    self._say(f"page {n}: piece {mark.number} belongs to nothing")

    def _compare_parents(self, root: Any) -> None:
        if "/ParentTree" not in root:
            self._say("there is no parent tree")
            return
        parents = pikepdf.NumberTree(root.ParentTree)
        keys: set[int] = set()
        for n, page in enumerate(self._pdf.pages):
            key = int(page.obj.get("/StructParents", -1))
            owners = {number: owner for (at, number), owner in self._owners.items() if at == n}
            if key in keys or key not in parents:
                self._say(f"page {n}: it has no place in the parent tree")
            elif {m: one.objgen for m, one in enumerate(parents[key])} != owners:
                self._say(f"page {n}: the parent tree says otherwise")
            keys.add(key)
            for annotation in page.obj.get("/Annots", Array()):
                self._annotation(n, annotation, parents)

    def _annotation(self, n: int, annotation: Any, parents: pikepdf.NumberTree) -> None:
        owner = self._objects.get(annotation.objgen)
        key = int(annotation.get("/StructParent", -1))
        if owner is None or key not in parents or parents[key].objgen != owner:
            self._say(f"page {n}: a link or field stands outside the structure")
        if not str(annotation.get("/Contents", annotation.get("/TU", ""))):
            self._say(f"page {n}: a link or field does not say what it is")
        if int(annotation.get("/F", 0)) & 4 == 0:
            self._say(f"page {n}: a link or field would not be printed")


def _told(leaves: list[tuple[str, str]], story: Element) -> Iterator[str]:
    """Where the text that is read differs from the story. Of a page's number the story knows only the place."""
    missing = missing_characters("".join(one.text for one in story.walk()))
    told = [
        (one.role, "#" if one.page_of else _shown(one.text, missing))
        for one in story.walk()
        if letters(one.text) or one.page_of
    ]
    read = [(role, letters(text)) for role, text in leaves if letters(text)]
    if len(told) != len(read):
        yield f"{len(told)} texts are told, {len(read)} are read"
    for (role, wanted), (found_role, found) in zip(told, read, strict=False):
        text = "#" if wanted == "#" and found.isdigit() else found
        if (role, wanted) != (found_role, text):
            yield f"{role} {wanted[:60]!r} is read as {found_role} {found[:60]!r}"
            return


def _shown(text: str, missing: set[str]) -> str:
    return letters("".join("\ufffd" if one in missing else one for one in text))


def _span(cell: Any) -> int:
    return int(cell.get("/A", Dictionary()).get("/ColSpan", 1))


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]
