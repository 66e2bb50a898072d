"""The structure tree: what each piece of a page is, and the order in which it is read (ISO 32000-1, 14.7 and 14.8).

The tree is the story's own, so that the order of reading never depends on the order of drawing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from apq_desktop.documents.content.tree import Element, Mark

LANGUAGE = "en-GB"
_HELD_WHEN_EMPTY = frozenset({"Document", "TR", "TH", "TD", "Form"})
"""Roles that stand in the tree even where nothing is drawn for them, such as a cell to be filled in by hand."""


def add_structure(pdf: pikepdf.Pdf, document: Element, annotations: Iterable[tuple[Element, pikepdf.Object]]) -> None:
    """Tag the document. ``annotations`` are the links and fields on its pages, each with its element."""
    tree = _Tree(pdf, annotations)
    pdf.Root.StructTreeRoot = tree.root
    tree.root.K = Array([tree.element(document, tree.root)])
    tree.root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(tree.parents())))
    tree.root.ParentTreeNextKey = tree.next_key
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Lang = String(LANGUAGE)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


class _Tree:
    """The tree in the making. It remembers which element each piece of a page belongs to."""

    def __init__(self, pdf: pikepdf.Pdf, annotations: Iterable[tuple[Element, pikepdf.Object]]) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._owners: list[dict[int, pikepdf.Object]] = [{} for _ in self._pages]
        self._annotations: dict[Element, list[pikepdf.Object]] = {}
        for element, annotation in annotations:
            self._annotations.setdefault(element, []).append(annotation)
        self._roles: dict[str, Name] = {}
        self._annotation_owners: list[pikepdf.Object] = []
        self.root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))

    @property
    def next_key(self) -> int:
        """The first key of the parent tree that is free."""
        return len(self._pages) + len(self._annotation_owners)

    def element(self, element: Element, parent: pikepdf.Object) -> pikepdf.Object:
        """Add an element and all below it."""
        made = self._pdf.make_indirect(Dictionary(S=self._role(element.role), P=parent))
        if attributes := _attributes(element, printed=element not in self._annotations):
            made.A = attributes
        if element.runs and element.runs[-1].tone == "aloud":
            made.ActualText = String(element.text)
        inside = self._pieces(element.marks, made)
        inside += [self._annotation(annotation, made) for annotation in self._annotations.get(element, ())]
        inside += [self.element(child, made) for child in element.children if _stands(child)]
        if inside:
            made.K = inside[0] if len(inside) == 1 else Array(inside)
        return made

    def _role(self, role: str) -> Name:
        """One object for all elements of a role; what may be left out of each, such as its type, is left out."""
        if role not in self._roles:
            self._roles[role] = Name(f"/{role}")
        return self._roles[role]

    def parents(self) -> list[Any]:
        """From each page's pieces, and from each annotation, to their elements (14.7.4.4)."""
        numbers: list[Any] = []
        for key, (page, owners) in enumerate(zip(self._pages, self._owners, strict=True)):
            page.StructParents = key
            page.Tabs = Name.S
            numbers += [key, self._pdf.make_indirect(Array([owners[number] for number in range(len(owners))]))]
        for number, owner in enumerate(self._annotation_owners):
            numbers += [len(self._pages) + number, owner]
        return numbers

    def _pieces(self, marks: list[Mark], made: pikepdf.Object) -> list[Any]:
        if not marks:
            return []
        home = marks[0].page
        made.Pg = self._pages[home]
        pieces: list[Any] = []
        for mark in marks:
            self._owners[mark.page][mark.number] = made
            if mark.page == home:
                pieces.append(mark.number)
            else:
                pieces.append(Dictionary(Type=Name.MCR, Pg=self._pages[mark.page], MCID=mark.number))
        return pieces

    def _annotation(self, annotation: pikepdf.Object, made: pikepdf.Object) -> pikepdf.Object:
        annotation.StructParent = len(self._pages) + len(self._annotation_owners)
        self._annotation_owners.append(made)
        return Dictionary(Type=Name.OBJR, Obj=annotation, Pg=annotation.P)


def _stands(element: Element) -> bool:
    return bool(element.marks or element.role in _HELD_WHEN_EMPTY or any(map(_stands, element.children)))


def _attributes(element: Element, *, printed: bool) -> pikepdf.Object | None:
    """What a reading program is told of a list, a cell or a ``printed`` blank beside its role (14.8.5)."""
    if element.blank and printed:
        role = Name.tv if not element.blank.tick else Name.rb if element.blank.one_of else Name.cb
        blank = Dictionary(O=Name.PrintField, Role=role, Desc=String(element.blank.says))
        if element.blank.tick:
            blank.checked = Name.off
        return blank
    if element.role == "L":
        return Dictionary(O=Name.List, ListNumbering=Name.Disc)
    if element.role not in ("TH", "TD") or not (element.scope or element.span > 1):
        return None
    attributes = Dictionary(O=Name.Table)
    if element.scope:
        attributes.Scope = Name(f"/{element.scope}")
    if element.span > 1:
        attributes.ColSpan = element.span
    return attributes
