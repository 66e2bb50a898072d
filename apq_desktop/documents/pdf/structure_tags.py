"""The structure tree: what each piece of a page is, and the order in which it is read (ISO 32000-1, 14.7 and 14.8).

The tree is the story's own, so that the order of reading never depends on the order of drawing.
"""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf
from pikepdf import Dictionary, Name, String

from apq_desktop.documents.content.document_tree import Element, Mark
from apq_desktop.documents.pdf.file_writer import FileWriter, spelt

LANGUAGE = "en-GB"
_HELD_WHEN_EMPTY = frozenset({"Document", "TR", "TH", "TD", "Form"})
"""Roles that stand in the tree even where nothing is drawn for them, such as a cell to be filled in by hand."""


class StructureTree:
    """The tree of one document. ``annotations`` are the links and fields on its pages, each with its element.

    Objects are told by their numbers in the file, and written as text as soon as they are whole.
    """

    def __init__(self, pdf: pikepdf.Pdf, annotations: Sequence[tuple[Element, pikepdf.Object]]) -> None:
        """Say in the document, its pages and its annotations where in the tree to look."""
        pages = [page.obj for page in pdf.pages]
        self._pages = [_number(page) for page in pages]
        self._owners: list[dict[int, int]] = [{} for _ in pages]
        self._annotations: dict[Element, list[tuple[int, pikepdf.Object]]] = {}
        self._annotation_owners = [0] * len(annotations)
        for key, page in enumerate(pages):
            page.StructParents = key
            page.Tabs = Name.S
        for n, (element, annotation) in enumerate(annotations):
            annotation.StructParent = len(pages) + n
            self._annotations.setdefault(element, []).append((n, annotation))
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary())
        self._root = _number(pdf.Root.StructTreeRoot)
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.Lang = String(LANGUAGE)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)

    def write(self, document: Element, file: FileWriter) -> None:
        """Write the tree of ``document``, and the way from each piece of a page to it."""
        top = self._element(document, self._root, file)
        numbers = []
        for key, owners in enumerate(self._owners):
            of_page = file.reserved()
            file.add(of_page, f"[{_references([owners[n] for n in range(len(owners))])}]".encode())
            numbers.append(f"{key} {of_page} 0 R")
        numbers += [f"{len(self._pages) + n} {owner} 0 R" for n, owner in enumerate(self._annotation_owners)]
        root = (
            f"<</Type/StructTreeRoot/K[{top} 0 R]/ParentTree<</Nums[{' '.join(numbers)}]>>"
            f"/ParentTreeNextKey {len(numbers)}>>"
        )
        file.add(self._root, root.encode())

    def _element(self, element: Element, parent: int, file: FileWriter) -> int:
        """Write an element and all below it, and return its number."""
        number = file.reserved()
        annotations = self._annotations.get(element, ())
        says = f"/S/{element.role}/P {parent} 0 R{_attributes(element, printed=not annotations)}"
        if element.runs and element.runs[-1].tone == "aloud":
            says += f"/ActualText{spelt(element.text)}"
        inside = []
        if element.marks:
            home = element.marks[0].page
            says += f"/Pg {self._pages[home]} 0 R"
            inside = [self._piece(mark, home, number) for mark in element.marks]
        for n, annotation in annotations:
            self._annotation_owners[n] = number
            inside.append(f"<</Type/OBJR/Obj {_number(annotation)} 0 R/Pg {_number(annotation.P)} 0 R>>")
        below = [self._element(child, number, file) for child in element.children if _stands(child)]
        if below:
            inside.append(_references(below))
        if inside:
            says += f"/K[{' '.join(inside)}]"
        file.add(number, f"<<{says}>>".encode())
        return number

    def _piece(self, mark: Mark, home: int, owner: int) -> str:
        """A piece of an element, most of whose pieces are on the page ``home``."""
        self._owners[mark.page][mark.number] = owner
        if mark.page == home:
            return str(mark.number)
        return f"<</Type/MCR/Pg {self._pages[mark.page]} 0 R/MCID {mark.number}>>"


def _stands(element: Element) -> bool:
    return bool(element.marks or element.role in _HELD_WHEN_EMPTY or any(map(_stands, element.children)))


def _attributes(element: Element, *, printed: bool) -> str:
    """What a reading program is told of a list, a cell or a ``printed`` blank beside its role (14.8.5)."""
    if element.blank and printed:
        role = "tv" if not element.blank.tick else "rb" if element.blank.one_of else "cb"
        off = "/checked/off" if element.blank.tick else ""
        return f"/A<</O/PrintField/Role/{role}/Desc{spelt(element.blank.says)}{off}>>"
    if element.role == "L":
        return "/A<</O/List/ListNumbering/Disc>>"
    if element.role not in ("TH", "TD") or not (element.scope or element.span > 1):
        return ""
    scope = f"/Scope/{element.scope}" if element.scope else ""
    span = f"/ColSpan {element.span}" if element.span > 1 else ""
    return f"/A<</O/Table{scope}{span}>>"


def _number(item: pikepdf.Object) -> int:
    return item.objgen[0]


def _references(numbers: Sequence[int]) -> str:
    return " ".join([f"{number} 0 R" for number in numbers])
