"""The reply on the last pages is whole, tagged and kept to both standards, and comes back through every program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from outloud import check

from apq_desktop.documents.blank_form.filled_form import read_filled_form
from apq_desktop.documents.blank_form.filled_reply import FilledReply, read_filled_reply
from apq_desktop.documents.content.outline import story
from apq_desktop.documents.content.sections import reply
from apq_desktop.documents.html.web_page import web_page
from apq_desktop.documents.pdf.attachment import attached_data, keywords_of
from apq_desktop.errors import PackRefusedError
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.rules.outgoing_copy import Include
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.toolkit.catalogue import Catalogue
from tests.cases import first
from tests.documents import type_reply
from tests.documents.fill_form import blank_template, changed, field
from tests.documents.pdf_readers import pages_of
from tests.documents.pdf_validation import assert_sound, failures, outside_margins
from tests.documents.samples import CREATED, SAMPLES, sample
from tests.documents.tag_checker import problems
from tests.documents.write_pdf import write_pdf

WITH_ROOM = Include(reply=True)
ACCEPTED = {"TBL-012": "What it takes for empty cells are boxes to type into."}


def _made(name: str, catalogue: Catalogue, target: Path) -> tuple[Evaluation, bytes]:
    evaluation = sample(name, catalogue)
    data = evaluation_json.write(evaluation, catalogue)
    code = evaluation_json.code_of(data)
    write_pdf(evaluation, catalogue, target, code=code, include=WITH_ROOM, data=data, data_name="data.json")
    return evaluation, data


@pytest.fixture(scope="module")
def sent(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("reply") / "sent.pdf"
    _made("example", catalogue, target)
    return target


@pytest.fixture(scope="module")
def filled_in(sent: Path) -> Path:
    return type_reply.by_pypdf(sent, type_reply.TYPED, sent.with_name("filled.pdf"))


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", SAMPLES)
def test_every_document_with_room_for_a_reply_keeps_to_both_standards(
    name: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    target = tmp_path / "sent.pdf"
    evaluation, data = _made(name, catalogue, target)
    assert [failures(target, profile) for profile in ("ua1", "3a")] == [[], []]
    assert_sound(target)
    assert outside_margins(target) == []
    code = evaluation_json.code_of(data)
    assert problems(target, story(evaluation, catalogue, code=code, include=WITH_ROOM)) == []
    assert attached_data(target) == data


def test_an_independent_reader_finds_nothing_wrong_but_empty_cells(sent: Path) -> None:
    found = [one for one in check(str(sent)).findings if one.severity in ("error", "warning")]
    assert [one.message for one in found if one.rule not in ACCEPTED] == []


def test_every_field_says_in_words_where_it_belongs(sent: Path, catalogue: Catalogue) -> None:
    with pikepdf.open(sent) as pdf:
        said = [str(one.TU) for page in pdf.pages for one in page.get("/Annots", ()) if one.Subtype == "/Widget"]
    assert len(said) == len(set(said)) == 4 + 3 + 4 * 4 + 2 * len(catalogue.areas)
    for area in catalogue.areas:
        assert f"Area {area.number} {area.title}: comment" in said
        assert f"Area {area.number} {area.title}: changes requested" in said
    assert "Agreed action 1: by when" in said


def test_the_reply_is_the_last_two_pages_and_its_size_is_bounded(sent: Path, catalogue: Catalogue) -> None:
    pages = pages_of(sent)
    assert len(pages) <= 22
    assert reply.BY_AREA in pages[-1]
    assert reply.TITLE in pages[-2]
    assert sent.stat().st_size < 600_000


def test_without_room_there_is_no_field_and_the_web_page_is_the_same(catalogue: Catalogue, tmp_path: Path) -> None:
    evaluation = sample("example", catalogue)
    target = tmp_path / "without.pdf"
    write_pdf(evaluation, catalogue, target)
    with pikepdf.open(target) as pdf:
        assert "/AcroForm" not in pdf.Root
    assert web_page(evaluation, catalogue, include=WITH_ROOM) == web_page(evaluation, catalogue)


def test_what_went_in_can_be_read_back_from_the_file(sent: Path) -> None:
    assert Include.from_words(keywords_of(sent)) == WITH_ROOM
    assert Include.from_words(Include().words()) == Include()


@pytest.mark.parametrize("program", type_reply.PROGRAMS)
def test_what_is_typed_comes_back_word_for_word_through_every_program(program: str, sent: Path, tmp_path: Path) -> None:
    saved = type_reply.PROGRAMS[program](sent, type_reply.TYPED, tmp_path / "saved.pdf")
    assert read_filled_reply(saved) == FilledReply(data=attached_data(sent), **type_reply.EXPECTED)


@pytest.mark.parametrize("program", first(4, type_reply.PROGRAMS))
def test_the_template_too_comes_back_through_every_program(program: str, catalogue: Catalogue, tmp_path: Path) -> None:
    template = blank_template(catalogue, tmp_path / "template.pdf")
    typed = {"setting.name": "Łódź “Ŵyl”", "area.needs.strengths": "Reading every day\nCalm mornings"}
    saved = type_reply.PROGRAMS[program](template, typed, tmp_path / "saved.pdf")
    found = read_filled_form(saved, catalogue, created=CREATED)
    assert found is not None
    assert found.evaluation.setting.name == typed["setting.name"]
    assert [one.text for one in found.evaluation.area("needs").strengths] == typed["area.needs.strengths"].split("\n")


def test_nothing_typed_is_no_reply(sent: Path, tmp_path: Path, catalogue: Catalogue) -> None:
    assert read_filled_reply(sent) is None
    spaces = type_reply.by_pypdf(sent, {"role": "  ", "comment": " \n\u200b"}, tmp_path / "spaces.pdf")
    assert read_filled_reply(spaces) is None
    assert read_filled_reply(blank_template(catalogue, tmp_path / "template.pdf")) is None


def _refusal(path: Path) -> str:
    with pytest.raises(PackRefusedError) as refused:
        read_filled_reply(path)
    sentence = str(refused.value)
    assert sentence.isprintable()
    assert len(sentence) < 400
    return sentence


def _no_data(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF, pdf.Root.Names


def _long(pdf: pikepdf.Pdf) -> None:
    field(pdf, "area.needs.comment").V = pikepdf.String("é" * 40_001)


def _two_replies(pdf: pikepdf.Pdf) -> None:
    other = pdf.make_indirect(pikepdf.Dictionary(T=pikepdf.String("apq-reply-1-AAAA-AAAA"), V=pikepdf.String("x")))
    pdf.Root.AcroForm.Fields.append(other)


def _newer(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.Fields[0].T = pikepdf.String("apq-reply-2-AAAA-AAAA")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_no_data, "the evaluation that was inside this PDF is gone"),
        (_long, "more stands in one box of its reply than can be kept"),
        (_two_replies, "more than one form"),
        (_newer, "newer version of APQ Desktop"),
    ],
)
def test_a_reply_that_cannot_be_placed_is_refused_in_one_sentence(
    change: Callable[[pikepdf.Pdf], None], words: str, filled_in: Path, tmp_path: Path
) -> None:
    assert words in _refusal(changed(filled_in, tmp_path / "bad.pdf", change))


@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
def test_a_reply_that_was_cut_off_is_refused(share: float, filled_in: Path, tmp_path: Path) -> None:
    whole = filled_in.read_bytes()
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(whole[: int(len(whole) * share)])
    assert "damaged" in _refusal(cut)
