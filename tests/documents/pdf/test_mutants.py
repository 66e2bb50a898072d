"""The checker that the other tests rely on finds what is wrong: each mutant of a good file is caught."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.documents.conftest import Maker
from tests.documents.tag_checker import problems

Mutation = Callable[[pikepdf.Pdf], None]


def elements(pdf: pikepdf.Pdf, role: str) -> list[Any]:
    """The elements of one role that the file holds."""
    return [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == Name(f"/{role}")]


def first_page(pdf: pikepdf.Pdf, pattern: bytes, new: bytes) -> None:
    """Change the first page's content."""
    page: Any = pdf.pages[0].obj
    changed = re.sub(pattern, new, page.Contents.read_bytes(), count=1)
    assert changed != page.Contents.read_bytes()
    page.Contents.write(changed)


def swap_owners(pdf: pikepdf.Pdf) -> None:
    owners: Any = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[0], owners[1] = owners[1], owners[0]


def swap_children(pdf: pikepdf.Pdf) -> None:
    section = elements(pdf, "Sect")[0]
    section.K[0], section.K[1] = section.K[1], section.K[0]


def drop_child(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "Sect")[0].K[0]


def tell_twice(pdf: pikepdf.Pdf) -> None:
    first, second = elements(pdf, "P")[:2]
    first.K, first.Pg = second.K, second.Pg


def add_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def add_address(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String("https://somewhere.example"))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, F=4, Rect=Array([0, 0, 9, 9]), A=action, Contents=String("x"))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])


def remove(place: Callable[[pikepdf.Pdf], Any], key: str) -> Mutation:
    def change(pdf: pikepdf.Pdf) -> None:
        del place(pdf)[key]

    return change


def put(place: Callable[[pikepdf.Pdf], Any], key: str, value: Any) -> Mutation:
    def change(pdf: pikepdf.Pdf) -> None:
        place(pdf)[key] = value

    return change


def contents_link(pdf: pikepdf.Pdf) -> Any:
    pages: Any = [page.obj for page in pdf.pages if "/Annots" in page.obj]
    return pages[0].Annots[0]


def face(pdf: pikepdf.Pdf) -> Any:
    fonts: Any = pdf.pages[0].obj.Resources.Font
    return fonts.A0


MUTANTS: dict[str, Mutation] = {
    "no structure tree": remove(lambda pdf: pdf.Root, "/StructTreeRoot"),
    "no parent tree": remove(lambda pdf: pdf.Root.StructTreeRoot, "/ParentTree"),
    "a page without a place in the parent tree": remove(lambda pdf: pdf.pages[1].obj, "/StructParents"),
    "two pages with one place": put(lambda pdf: pdf.pages[1].obj, "/StructParents", 0),
    "two owners swapped": swap_owners,
    "no tab order": remove(lambda pdf: pdf.pages[0].obj, "/Tabs"),
    "not said to be tagged": remove(lambda pdf: pdf.Root, "/MarkInfo"),
    "no language": remove(lambda pdf: pdf.Root, "/Lang"),
    "the file's name for a title": remove(lambda pdf: pdf.Root, "/ViewerPreferences"),
    "another title": put(lambda pdf: pdf.docinfo, "/Title", String("Another")),
    "no bookmarks": remove(lambda pdf: pdf.Root, "/Outlines"),
    "another order of reading": swap_children,
    "an element left out": drop_child,
    "a piece told twice": tell_twice,
    "a piece that stands twice": lambda pdf: first_page(pdf, rb"/MCID 1>>", b"/MCID 0>>"),
    "text outside every mark": lambda pdf: first_page(pdf, rb"\Z", b"\nBT /A0 9 Tf 1 0 0 1 9 9 Tm <0003> Tj ET"),
    "a rule outside every mark": lambda pdf: first_page(pdf, rb"\Z", b"\n0 0 m 9 9 l S"),
    "text made an artifact": lambda pdf: first_page(pdf, rb"/P <</MCID 0>> BDC", b"/Artifact BMC"),
    "words made an artifact": lambda pdf: first_page(
        pdf, rb"(/P <</MCID 0>> BDC\n)\(((?:\\.|[^\\]){4})", rb"/Artifact BMC (\2) Tj EMC \1("
    ),
    "a mark in a mark": lambda pdf: first_page(pdf, rb"(/P <</MCID 0>> BDC)", rb"\1 /Span BMC EMC"),
    "a mark without an end": lambda pdf: first_page(pdf, rb"EMC", b""),
    "a glyph changed": lambda pdf: first_page(pdf, rb"(BDC\n\()((?:\\.|[^\\]){2})((?:\\.|[^\\]){2})", rb"\1\3\2"),
    "a heading for a paragraph": put(lambda one: elements(one, "H3")[0], "/S", Name.P),
    "a heading two steps down": put(lambda one: elements(one, "H2")[0], "/S", Name.H3),
    "a cell outside a row": put(lambda one: elements(one, "TR")[0], "/S", Name.Sect),
    "a head that heads nothing": remove(lambda one: elements(one, "TH")[0], "/A"),
    "a row with a cell too few": lambda pdf: elements(pdf, "TR")[-1].K.__delitem__(0),
    "an item without a list": put(lambda one: elements(one, "L")[0], "/S", Name.Sect),
    "a wrong parent": lambda pdf: put(lambda one: elements(one, "P")[0], "/P", elements(pdf, "H1")[0])(pdf),
    "a link that says nothing": remove(contents_link, "/Contents"),
    "a link that is not printed": put(contents_link, "/F", 0),
    "a link outside the structure": remove(contents_link, "/StructParent"),
    "an address": add_address,
    "a script": add_script,
    "an action for opening": put(lambda pdf: pdf.Root, "/AA", Dictionary()),
    "a face that is not embedded": remove(lambda pdf: face(pdf).DescendantFonts[0].FontDescriptor, "/FontFile2"),
    "a face without a map": remove(face, "/ToUnicode"),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_is_caught(name: str, made: Maker, tmp_path: Path) -> None:
    good = made("brief")
    with pikepdf.open(good.path) as pdf:
        MUTANTS[name](pdf)
        pdf.save(tmp_path / "mutant.pdf")
    assert problems(tmp_path / "mutant.pdf", good.story) != []


def test_a_file_that_is_only_saved_again_is_still_good(made: Maker, tmp_path: Path) -> None:
    with pikepdf.open(made("brief").path) as pdf:
        pdf.save(tmp_path / "same.pdf")
    assert problems(tmp_path / "same.pdf", made("brief").story) == []
