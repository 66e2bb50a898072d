"""The template to print and the one to fill in: whole, one sheet an area, and every blank says what it is for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from apq_desktop import paths
from apq_desktop.documents.blank_form.blank_form import template, template_pdf
from apq_desktop.toolkit.catalogue import Catalogue
from apq_desktop.toolkit.local_questions import load_local, with_local
from tests.documents.pdf_readers import bookmarks, letters, pages_of, placed_words, read_by_pdfinfo, without_numbers
from tests.documents.pdf_validation import assert_sound, failures, outside_margins
from tests.documents.tag_checker import problems

KINDS = ("to print", "to fill in")
BOTH = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(scope="session")
def templates(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("templates")
    paths = {kind: folder / f"{kind}.pdf" for kind in KINDS}
    for kind, path in paths.items():
        path.write_bytes(template_pdf(catalogue, fillable=kind == "to fill in"))
    return paths


@pytest.fixture(scope="session")
def with_questions(catalogue: Catalogue) -> Catalogue:
    return with_local(catalogue, [load_local(paths.resources() / "example" / "northshire-questions.toml")])


def widgets(path: Path) -> list[dict[str, Any]]:
    """What stands in every field on the pages, with what it has from the field that it belongs to."""
    with pikepdf.open(path) as pdf:
        found: list[Any] = [one for page in pdf.pages for one in page.obj.get("/Annots", [])]
        return [{**_plain(one.get("/Parent", Dictionary())), **_plain(one)} for one in found]


def _plain(field: Any) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, value in field.items():
        if key in ("/TU", "/FT", "/DA", "/T", "/AS"):
            kept[key] = str(value)
        elif key in ("/Ff", "/MaxLen"):
            kept[key] = int(value)
        elif key == "/AP":
            looks = value.N
            kept[key] = sorted(looks.keys()) if isinstance(looks, pikepdf.Dictionary) else looks.read_bytes()
    return kept


@BOTH
@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_both_keep_to_both_standards(kind: str, profile: str, templates: dict[str, Path]) -> None:
    assert failures(templates[kind], profile) == []


@BOTH
def test_both_are_sound_with_every_face_in_them(kind: str, templates: dict[str, Path]) -> None:
    assert_sound(templates[kind])


@BOTH
def test_what_is_read_is_what_is_requested(kind: str, templates: dict[str, Path], catalogue: Catalogue) -> None:
    assert problems(templates[kind], template(catalogue, fillable=kind == "to fill in")) == []


def test_another_program_reads_the_same_words_in_the_same_order(
    templates: dict[str, Path], catalogue: Catalogue
) -> None:
    asked = "".join(one.text for one in template(catalogue, fillable=True).walk())
    assert read_by_pdfinfo(templates["to fill in"]) == without_numbers(asked)


@BOTH
def test_nothing_stands_outside_the_margins(kind: str, templates: dict[str, Path]) -> None:
    assert outside_margins(templates[kind]) == []
    assert not [word for word in placed_words(templates[kind]) if "\ufffd" in word.text]


@BOTH
def test_each_area_is_one_sheet_that_first_asks_whether_it_applies(
    kind: str, templates: dict[str, Path], catalogue: Catalogue
) -> None:
    pages = [letters(page) for page in pages_of(templates[kind])]
    assert len(pages) == 1 + len(catalogue.areas)
    starts = {title: page for depth, title, page in bookmarks(templates[kind]) if depth == 1}
    for n, area in enumerate(catalogue.areas):
        assert starts[f"{area.number}. {area.title}"] == 1 + n
        sheet = pages[1 + n]
        assert letters(area.summary) in sheet
        assert letters("Name of the setting") in sheet
        applies, questions, strengths = map(
            sheet.index, map(letters, ("This area does not apply to us, because", "Questions to think", "Strengths"))
        )
        assert applies < questions < strengths
        for question in area.questions:
            assert letters(question.key) in sheet
            assert letters(question.text) in sheet
        for part in ("Development areas", "Sources of evidence", "Support we would like", "Action", "By when"):
            assert letters(part) in sheet


@BOTH
def test_a_councils_own_questions_are_asked_too(kind: str, with_questions: Catalogue, tmp_path: Path) -> None:
    fillable = kind == "to fill in"
    path = tmp_path / "local.pdf"
    path.write_bytes(template_pdf(with_questions, fillable=fillable))
    asked = letters("".join(pages_of(path)))
    local = [question for area in with_questions.areas for question in area.questions if question.asked_by]
    assert local
    for question in local:
        assert letters(question.label) in asked
        assert letters(question.text) in asked
    assert problems(path, template(with_questions, fillable=fillable)) == []
    assert [failures(path, profile) for profile in ("ua1", "3a")] == [[], []]


@BOTH
def test_two_builds_are_the_same_bytes(kind: str, templates: dict[str, Path], catalogue: Catalogue) -> None:
    assert template_pdf(catalogue, fillable=kind == "to fill in") == templates[kind].read_bytes()


def test_every_field_says_in_words_where_it_belongs(templates: dict[str, Path], catalogue: Catalogue) -> None:
    said = [field["/TU"] for field in widgets(templates["to fill in"])]
    assert len(said) == len(set(said)), "no two say the same"
    for area in catalogue.areas:
        where = f"Area {area.number}, {area.title}: "
        mine = [words.removeprefix(where) for words in said if words.startswith(where)]
        assert [words for words in mine if not words.startswith("notes")] == [
            "name of the setting, the same on each sheet",
            "this area does not apply to us",
            "this area does not apply to us, because",
            "strengths, one on each line",
            "development areas, one on each line",
            "sources of evidence, one on each line",
            "support we would like from our commissioner",
            *(f"action {n}, {part}" for n in range(1, 5) for part in ("what", "who", "by when")),
        ]
        for question in area.questions:
            assert f"notes on question {question.key}. {question.text}" in mine
    assert "Your setting: Kind of setting: Pupil referral unit" in said
    assert "This evaluation: in short" in said


def test_long_texts_have_room_and_no_field_has_a_limit_or_lacks_a_look(
    templates: dict[str, Path], catalogue: Catalogue
) -> None:
    found = widgets(templates["to fill in"])
    assert not [field for field in found if "/MaxLen" in field]
    long = [field for field in found if field["/TU"].endswith("on each line") or "notes on" in field["/TU"]]
    assert len(long) == sum(3 + len(area.questions) for area in catalogue.areas)
    assert all(field["/FT"] == "/Tx" and field["/Ff"] == 1 << 12 for field in long)
    for field in found:
        look = field["/AP"]
        if field["/FT"] == "/Tx":
            assert look == b"/Tx BMC\nEMC"
        else:
            assert len(look) == 2
            assert "/Off" in look
            assert field["/AS"] == "/Off"


def test_the_form_asks_nothing_of_the_program_that_shows_it(templates: dict[str, Path]) -> None:
    with pikepdf.open(templates["to fill in"]) as pdf:
        form: Any = pdf.Root.AcroForm
        assert set(form.keys()) == {"/Fields", "/DR", "/DA"}
        faces = form.DR.Font
        assert str(form.DA).split()[0] in set(faces.keys())
        assert all("/FontFile2" in face.FontDescriptor for face in faces.values())


def test_the_printed_blanks_are_told_as_blanks(templates: dict[str, Path]) -> None:
    assert widgets(templates["to print"]) == []
    with pikepdf.open(templates["to print"]) as pdf:
        assert "/AcroForm" not in pdf.Root
        blanks: list[Any] = [one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/S") == Name.Form]
        told = {(str(one.A.Role), str(one.A.Desc)) for one in blanks}
    assert len(told) == len(widgets(templates["to fill in"]))
    assert len(blanks) == len(told)
    assert ("/tv", "Area 7, Supporting pupils’ needs: strengths, one on each line") in told
    assert ("/rb", "Your setting: Kind of setting: Pupil referral unit") in told
    assert ("/cb", "Your setting: Key stages: 3") in told


def _first(pdf: pikepdf.Pdf) -> Any:
    fields: Any = pdf.pages[0].obj.Annots
    return fields[0]


def _without(key: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        del _first(pdf)[key]

    return change


def _outside(pdf: pikepdf.Pdf) -> None:
    form = next(one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/S") == Name.Form)
    del form["/K"]


@pytest.mark.parametrize("change", [_without("/TU"), _without("/StructParent"), _without("/F"), _outside])
def test_the_checker_finds_a_field_that_is_not_as_it_must_be(
    change: Callable[[pikepdf.Pdf], None], templates: dict[str, Path], tmp_path: Path
) -> None:
    with pikepdf.open(templates["to fill in"]) as pdf:
        change(pdf)
        pdf.save(tmp_path / "mutant.pdf")
    assert problems(tmp_path / "mutant.pdf") != []
