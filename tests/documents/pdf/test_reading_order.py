"""Read aloud, the document makes sense: an independent reader of meaning finds no fault in any sample."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Name

from apq_desktop.documents.pdf.renderer import action_plan_pdf, digest_pdf
from apq_desktop.evaluation.rules.outgoing_copy import Include
from apq_desktop.toolkit.catalogue import Catalogue
from tests.documents.conftest import Maker
from tests.documents.marked_content import content_of, maps_of
from tests.documents.outloud_findings import ANNEXES, findings
from tests.documents.pdf_validation import failures
from tests.documents.samples import SAMPLES
from tests.documents.tag_checker import read_aloud
from tests.documents.write_pdf import write_pdf


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", SAMPLES)
def test_an_independent_reader_finds_nothing_wrong(name: str, made: Maker) -> None:
    assert findings(made(name).path, name) == []


def test_nor_in_the_annexes_the_digest_and_the_plan(made: Maker, catalogue: Catalogue, tmp_path: Path) -> None:
    evaluation, target = made("example").evaluation, tmp_path / "some.pdf"
    write_pdf(evaluation, catalogue, target, include=Include(annexes=("notes", "toolkit-form")))
    assert findings(target, ANNEXES) == []
    assert [failures(target, profile) for profile in ("ua1", "3a")] == [[], []]
    for make in (digest_pdf, action_plan_pdf):
        target.write_bytes(make(evaluation, catalogue))
        assert findings(target) == []
        assert [failures(target, profile) for profile in ("ua1", "3a")] == [[], []]


def test_the_reader_can_find_fault(made: Maker, tmp_path: Path) -> None:
    with pikepdf.open(made("empty").path) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == Name.H2:
                one.S = Name.H4
        pdf.save(tmp_path / "bad.pdf")
    assert any("HDG-001" in remark for remark in findings(tmp_path / "bad.pdf"))


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_read_first_is_painted_first(name: str, made: Maker) -> None:
    """On each page the pieces of the tree stand in the order of the tree, each after what is read before it."""
    with pikepdf.open(made(name).path) as pdf:
        maps = maps_of(pdf.pages[0])
        pages = {page.obj.objgen: n for n, page in enumerate(pdf.pages)}
        painted = [
            {mark.number: n for n, mark in enumerate(content_of(page, maps).marked) if mark.number is not None}
            for page in pdf.pages
        ]
        read: list[list[int]] = [[] for _ in painted]
        _walk(pdf.Root.StructTreeRoot, pages, read)
    for order, numbers in zip(painted, read, strict=True):
        places = [order[number] for number in numbers]
        assert all(before < after for before, after in pairwise(places))


def _walk(element: Any, pages: dict[tuple[int, int], int], read: list[list[int]]) -> None:
    kids = element.get("/K", [])
    for kid in list(kids) if isinstance(kids, Array) else [kids] if isinstance(kids, int | pikepdf.Object) else []:
        if isinstance(kid, int):
            read[pages[element.Pg.objgen]].append(kid)
        elif kid.get("/Type") == Name.MCR:
            read[pages[kid.Pg.objgen]].append(int(kid.MCID))
        elif kid.get("/Type") != Name.OBJR:
            _walk(kid, pages, read)


def test_headings_lead_from_the_setting_to_the_parts_of_each_area(made: Maker, catalogue: Catalogue) -> None:
    headings = [(role, text) for role, text in read_aloud(made("filled").path) if role.startswith("H")]
    assert headings[0] == ("H1", "Riverside Learning")
    for category in catalogue.categories:
        at = headings.index(("H2", category.title))
        assert headings[at + 1] == ("H3", f"{category.areas[0].number} {category.areas[0].title}")
    for area in catalogue.areas:
        assert ("H4", f"Strengths in {area.number} {area.title}") in headings
    told = [text for role, text in headings if role != "H2"]
    assert len(told) == len(set(told)), "no two are alike"


def test_the_state_of_an_area_is_said_first_after_its_title(made: Maker, catalogue: Catalogue) -> None:
    leaves = read_aloud(made("filled").path)
    for n, area in enumerate(catalogue.areas[:-1]):
        at = leaves.index(("H3", f"{area.number} {area.title}"))
        assert leaves[at + 1][1].startswith("Ready. " if n % 2 == 0 else "In progress. ")
