"""The Word template comes back as it was filled in, typed forms find their places, and nothing is lost."""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document

from apq_desktop.documents.blank_form.filled_form import FilledIn
from apq_desktop.documents.word.blank_word import template_word
from apq_desktop.documents.word.filled_word import READ, read_filled_word
from apq_desktop.errors import PackRefusedError
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.toolkit.catalogue import Catalogue
from tests.documents.samples import CREATED


@pytest.fixture(scope="module")
def blank(catalogue: Catalogue) -> bytes:
    return template_word(catalogue)


def reading(document: Document, catalogue: Catalogue, folder: Path) -> FilledIn:
    document.save(str(folder / "filled.docx"))
    return read_filled_word(folder / "filled.docx", catalogue, created=CREATED)


def refusal(content: bytes, catalogue: Catalogue) -> str:
    with pytest.raises(PackRefusedError) as raised:
        read_filled_word(Path("sent.docx"), catalogue, created=CREATED, content=content)
    sentence = str(raised.value).removeprefix("sent.docx: ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def tick(cell: Any, n: int) -> None:
    """Tick a box as a click in a word processor does."""
    cell.paragraphs[n]._p.xpath(".//w:sdt//w:t")[0].text = "☒"


def written(evaluation: Evaluation) -> str:
    """Everything that came in, in one text."""
    return repr(evaluation)


def test_the_template_has_a_title_a_language_headings_and_every_question(blank: bytes, catalogue: Catalogue) -> None:
    document = docx.Document(io.BytesIO(blank))
    assert document.core_properties.title == "Self-evaluation template: AP Quality Toolkit 2022"
    assert document.core_properties.language == "en-GB"
    headings = [one.text for one in document.paragraphs if (one.style and one.style.name == "Heading 2")]
    assert headings == [f"{area.number}. {area.title}" for area in catalogue.areas]
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    for area in catalogue.areas:
        for question in area.questions:
            assert question.text in cells


def test_what_was_typed_and_ticked_in_the_template_comes_back(
    blank: bytes, catalogue: Catalogue, tmp_path: Path
) -> None:
    document = docx.Document(io.BytesIO(blank))
    setting, about, applies, questions, parts, actions = document.tables[:6]
    setting.cell(0, 1).text = "Łódź Ŵyl"
    tick(setting.cell(1, 1), 1)
    tick(about.cell(2, 1), 0)
    tick(about.cell(2, 1), 5)
    tick(applies.cell(0, 1), 0)
    applies.cell(0, 1).paragraphs[1].text = "Two staff"
    questions.cell(1, 1).text = "A note"
    parts.cell(0, 1).text = "Calm mornings"
    parts.cell(0, 1).add_paragraph("Induction for all")
    parts.cell(1, 1).text = "Cover for absence\nsince May"
    parts.cell(2, 1).text = "Minutes"
    parts.cell(3, 1).text = "A nurse"
    for n, text in enumerate(("Train two", "Head", "1 March 2027")):
        actions.cell(1, n).text = text
    for n in range(5):
        actions.add_row().cells[0].text = f"More {n}"
    found = reading(document, catalogue, tmp_path)
    evaluation, area = found.evaluation, found.evaluation.area("workforce")
    assert found.remarks == (READ,)
    assert (evaluation.setting.name, evaluation.setting.kind) == ("Łódź Ŵyl", catalogue.kinds[1].key)
    assert evaluation.purposes == [catalogue.purposes[0].key, catalogue.purposes[5].key]
    assert (area.applies, area.reason, area.note("1.1").note, area.support) == (False, "Two staff", "A note", "A nurse")
    assert [entry.text for entry in area.strengths] == ["Calm mornings", "Induction for all"]
    assert [entry.text for entry in area.development_areas] == ["Cover for absence\nsince May"]
    assert [item.title for item in evaluation.evidence_of("workforce")] == ["Minutes"]
    told = [(one.what, one.who, one.by_when) for one in evaluation.actions]
    assert told == [("Train two", "Head", "2027-03-01"), *((f"More {n}", "", "") for n in range(5))]


@pytest.mark.parametrize("nothing", ["\u200b", "\ufeff \u2060", "\u00ad"], ids=ascii)
def test_what_nobody_can_see_in_a_cell_becomes_no_item(
    blank: bytes, catalogue: Catalogue, tmp_path: Path, nothing: str
) -> None:
    document = docx.Document(io.BytesIO(blank))
    questions, parts, actions = document.tables[3:6]
    questions.cell(1, 1).text = "A note"
    for number in range(3):
        parts.cell(number, 1).text = nothing
        actions.cell(1, number).text = nothing
    actions.add_row().cells[0].text = "The only one"
    area = (evaluation := reading(document, catalogue, tmp_path).evaluation).area("workforce")
    assert (area.note("1.1").note, area.strengths, area.development_areas, area.evidence) == ("A note", [], [], [])
    assert [action.what for action in evaluation.actions] == ["The only one"]


def typed_form(catalogue: Catalogue, columns: tuple[str, ...]) -> Document:
    """The toolkit's own form, as somebody types it: a row for each area."""
    document = docx.Document()
    table = document.add_table(1, len(columns))
    for cell, title in zip(table.rows[0].cells, columns, strict=True):
        cell.text = title
    for area in catalogue.areas:
        row = table.add_row().cells
        for cell, title in zip(row, columns, strict=True):
            cell.text = f"{area.number}. {area.title}" if title == "Benchmark" else f"{title} of {area.number}"
    return document


@pytest.mark.parametrize(
    "columns",
    [
        ("Benchmark", "Strengths", "Development areas", "Sources of evidence", "Actions"),
        ("Actions", "Benchmark", "Sources of evidence", "Strengths"),
        ("Benchmark", "Areas for development"),
    ],
)
def test_a_typed_form_is_read_whatever_its_columns(
    columns: tuple[str, ...], catalogue: Catalogue, tmp_path: Path
) -> None:
    found = reading(typed_form(catalogue, columns), catalogue, tmp_path)
    assert found.remarks == (READ,)
    for area in catalogue.areas:
        record = found.evaluation.area(area.key)
        parts = {
            "Strengths": [entry.text for entry in record.strengths],
            "Development areas": [entry.text for entry in record.development_areas],
            "Areas for development": [entry.text for entry in record.development_areas],
            "Sources of evidence": [item.title for item in found.evaluation.evidence_of(area.key)],
            "Actions": [action.what for action in found.evaluation.actions_of(area.key)],
        }
        for title in columns:
            assert title == "Benchmark" or parts[title] == [f"{title} of {area.number}"]


def test_merged_cells_lists_and_text_around_are_read_and_nothing_is_dropped(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    columns = ("Benchmark", "Strengths", "Development areas", "Our mark", "Actions")
    document = typed_form(catalogue, columns)
    table = document.tables[0]
    document.add_paragraph("Agreed by the governors")
    table.cell(1, 1).text = "• One"
    table.cell(1, 1).add_paragraph("• Two", "List Bullet")
    table.cell(1, 0).add_paragraph("Written in June")
    table.cell(2, 1).merge(table.cell(2, 2)).text = "Both at once"
    table.cell(3, 0).merge(table.cell(4, 0)).text = "3. Partnership working"
    inner = table.cell(5, 4).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Inside", "a table"
    found = reading(document, catalogue, tmp_path)
    evaluation = found.evaluation
    assert [entry.text for entry in evaluation.area("workforce").strengths] == ["One", "Two"]
    assert [entry.text for entry in evaluation.area("home-family").strengths] == ["Both at once"]
    assert "Strengths of 4" in [entry.text for entry in evaluation.area("partnerships").strengths]
    for words in ("Agreed by the governors", "Written in June", "Our mark of 7", "Inside", "a table"):
        assert words in written(evaluation)
    (remark,) = (one for one in found.remarks if one.startswith("Not placed: "))
    assert "“Written in June”" in remark
    assert "nothing is lost" in remark


def test_what_is_copied_from_the_toolkits_own_form_is_no_answer_and_nobody_is_told_of_it(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    """Their sentences are known by digest. Here are its titles, and a title as it stands in the list of questions."""
    document = docx.Document()
    document.add_heading("Appendix 3", 1)
    document.add_paragraph("AP Quality Toolkit: Evaluative template")
    document.add_heading("1. Workforce development and staff wellbeing", 1)
    document.add_paragraph("AP Quality Toolkit: Evaluative questions Agreed by the governors")
    document.add_heading("Strengths", 2)
    document.add_paragraph("Calm mornings")
    found = reading(document, catalogue, tmp_path)
    assert [entry.text for entry in found.evaluation.area("workforce").strengths] == ["Calm mornings"]
    (remark,) = (one for one in found.remarks if one != READ)
    assert remark.startswith("Not placed: “Evaluative questions Agreed by the governors”. ")


def test_headings_with_words_below_are_read_too(catalogue: Catalogue, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("6 Attendance and engagement", 1)
    document.add_heading("Strengths", 2)
    document.add_paragraph("Calls home by ten", "List Bullet")
    document.add_paragraph("Breakfast", "List Bullet")
    document.add_heading("Actions", 2)
    document.add_paragraph("Ask the families")
    evaluation = reading(document, catalogue, tmp_path).evaluation
    assert [entry.text for entry in evaluation.area("attendance").strengths] == ["Calls home by ten", "Breakfast"]
    assert [action.what for action in evaluation.actions] == ["Ask the families"]


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


ENTITIES = b'<!DOCTYPE a [<!ENTITY b "words"><!ENTITY c SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda parts: parts | {"word/document.xml": bytes(30_000_000)}, "more stands in it"),
        (lambda parts: parts | {"word/document.xml": b"<a>" + b"<b/>" * 700_000 + b"</a>"}, "more stands in it"),
        (lambda parts: parts | {"word/document.xml": ENTITIES + b"<a>&b;&c;</a>"}, "defines words of its own"),
        (lambda parts: parts | {"word/document.xml": b"<a>" * 5_000}, "damaged"),
        (lambda parts: parts | {f"x{n}": b"" for n in range(5_001)}, "many more parts"),
        (lambda _parts: {"x": b""}, "not a Word document"),
        (lambda parts: parts, "no words were found in it"),
    ],
)
def test_a_hostile_or_empty_document_is_refused_in_one_sentence(
    change: Any, words: str, blank: bytes, catalogue: Catalogue
) -> None:
    assert words in refusal(packed(change(parts_of(blank))), catalogue)


def test_what_is_no_word_document_is_refused(catalogue: Catalogue) -> None:
    assert "older Word document" in refusal(b"\xd0\xcf\x11\xe0" + bytes(600), catalogue)
    assert "damaged" in refusal(b"words", catalogue)
    assert "damaged" in refusal(b"", catalogue)


@pytest.mark.parametrize("damaged_documents", [60, pytest.param(1_000, marks=pytest.mark.long)])
def test_damaged_documents_are_read_or_refused_and_nothing_else(catalogue: Catalogue, damaged_documents: int) -> None:
    document = io.BytesIO()
    typed_form(catalogue, ("Benchmark", "Strengths", "Actions")).save(document)
    whole, chance = document.getvalue(), random.Random(13)  # noqa: S311 - the same damage each time
    parts = parts_of(whole)
    read = 0
    for n in range(damaged_documents):
        if n % 2:
            damaged = _damaged(whole, chance)
        else:
            damaged = packed(parts | {"word/document.xml": _damaged(parts["word/document.xml"], chance)})
        with suppress(PackRefusedError):
            read_filled_word(Path("sent.docx"), catalogue, created=CREATED, content=damaged)
            read += 1
    assert 0 < read < damaged_documents


def _damaged(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    kind = chance.randrange(3)
    if kind == 0:
        return content[:at]
    if kind == 1:
        return content[:at] + chance.randbytes(chance.randrange(1, 20)) + content[at + 1 :]
    return content[:at] + content[at + chance.randrange(1, 200) :]
