"""What is typed into the template comes back word for word, and a form from a stranger can do no harm."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from apq_desktop.documents.blank_form.blank_form import template_pdf
from apq_desktop.documents.blank_form.filled_form import FILLED_IN, FilledIn, read_filled_form
from apq_desktop.errors import PackRefusedError
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.text.cleaning import clean, clean_line
from apq_desktop.toolkit.catalogue import Catalogue
from tests.documents.fill_form import MARK, TICK, blank_template, changed, field, fill_in, typed
from tests.documents.samples import CREATED
from tests.documents.script_samples import SCRIPTS

TYPED = {
    "setting.name": "Łódź Ŵyl",
    "setting.kind": "/pru",
    "setting.contact": "Headteacher\n1 Mill Lane",
    "setting.key_stages.3": TICK,
    "setting.full_or_part_time": "/both",
    "setting.opens_on": "1 September 2027",
    "evaluation.title": "Self-evaluation 2026/27",
    "evaluation.purposes.peer-review": TICK,
    "evaluation.summary": "First line\n\nThird line مدرسة 🌱",
    "evaluation.completed_on": "20/11/2026",
    "area.needs.strengths": "• Literacy: Reading every day\n\n– Calm mornings\n•\nSend: Plans are read \n",
    "area.needs.development_areas": "Literature: new books\n1. Speech and language",
    "area.needs.evidence": "Reading ages\nPupils' survey",
    "area.induction.evidence": "Pupils' survey",
    "area.needs.note.7.1": "One\nTwo",
    "area.needs.support": "A speech therapist",
    "area.needs.action.1.what": "SEND: Train two colleagues",
    "area.needs.action.1.who": "SEND\nlead",
    "area.needs.action.1.by_when": "1 March 2027",
    "area.needs.action.3.by_when": "by Easter",
    "area.qualifications.does_not_apply": TICK,
    "area.qualifications.reason": "Pupils stay for six weeks",
    "area.post-16.does_not_apply": TICK,
}


@pytest.fixture(scope="module")
def template(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return blank_template(catalogue, tmp_path_factory.mktemp("form") / "template.pdf")


@pytest.fixture(scope="module")
def filled_in(template: Path) -> Path:
    return fill_in(template, TYPED, template.with_name("filled.pdf"))


@pytest.fixture(scope="module")
def read(filled_in: Path, catalogue: Catalogue) -> FilledIn:
    return reading(filled_in, catalogue)


def reading(path: Path, catalogue: Catalogue) -> FilledIn:
    found = read_filled_form(path, catalogue, created=CREATED)
    assert found is not None
    return found


def refusal(path: Path, catalogue: Catalogue) -> str:
    """The one plain sentence that a form is refused with, in little time."""
    before = time.process_time()
    with pytest.raises(PackRefusedError) as raised:
        read_filled_form(path, catalogue, created=CREATED)
    assert time.process_time() - before < 20
    sentence = str(raised.value).removeprefix(f"{path}: ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


# What comes back


def test_words_about_the_setting_and_the_evaluation_come_back(read: FilledIn) -> None:
    evaluation, setting = read.evaluation, read.evaluation.setting
    assert (setting.name, setting.kind, setting.contact) == ("Łódź Ŵyl", "pru", "Headteacher\n1 Mill Lane")
    assert (setting.key_stages, setting.full_or_part_time, setting.opens_on) == (["3"], "both", "2027-09-01")
    assert (evaluation.title, evaluation.purposes) == ("Self-evaluation 2026/27", ["peer-review"])
    assert (evaluation.summary, evaluation.completed_on) == ("First line\n\nThird line مدرسة 🌱", "2026-11-20")
    assert evaluation.created == CREATED
    assert read.remarks == (FILLED_IN,)


def test_each_line_is_an_entry_that_may_say_which_part_it_is_about(read: FilledIn) -> None:
    area = read.evaluation.area("needs")
    assert [(entry.sub_area, entry.text) for entry in area.strengths] == [
        ("literacy", "Reading every day"),
        ("", "Calm mornings"),
        ("send", "Plans are read"),
    ]
    wanted = [(entry.sub_area, entry.text) for entry in area.development_areas]
    assert wanted == [("", "Literature: new books"), ("", "1. Speech and language")]
    assert area.note("7.1").note == "One\nTwo"
    assert area.support == "A speech therapist"


def test_rows_become_actions_and_empty_rows_nothing(read: FilledIn) -> None:
    told = [(one.area, one.sub_area, one.what, one.who, one.by_when) for one in read.evaluation.actions]
    assert told == [
        ("needs", "send", "Train two colleagues", "SEND lead", "2027-03-01"),
        ("needs", "", "", "", "by Easter"),
    ]


def test_the_same_source_in_two_areas_is_one_that_both_cite(read: FilledIn) -> None:
    evaluation = read.evaluation
    assert sorted(item.title for item in evaluation.evidence) == ["Pupils' survey", "Reading ages"]
    assert [item.title for item in evaluation.evidence_of("needs")] == ["Reading ages", "Pupils' survey"]
    assert [item.title for item in evaluation.evidence_of("induction")] == ["Pupils' survey"]


def test_an_area_that_is_ticked_does_not_apply(read: FilledIn) -> None:
    applies = {area.key: area.applies for area in read.evaluation.areas}
    assert [key for key, does in applies.items() if not does] == ["qualifications", "post-16"]
    assert read.evaluation.area("qualifications").reason == "Pupils stay for six weeks"


def test_the_settings_name_is_one_field_on_every_sheet(template: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "typed.pdf"
    with pymupdf.open(template) as document:
        for page in document:
            (name,) = (one for one in page.widgets() if one.field_name.endswith("setting.name"))
            if page.number == 4:
                name.field_value = "Łódź Ŵyl"
                name.update()
        document.save(path)
    found = read_filled_form(path, catalogue, created=CREATED)
    assert found is not None
    assert found.evaluation.setting.name == "Łódź Ŵyl"


def test_a_reason_without_a_tick_counts_and_is_spoken_of(template: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    found = reading(typed(template, "area.post-16.reason", "No year 11", tmp_path / "a.pdf"), catalogue)
    assert not found.evaluation.area("post-16").applies
    assert found.remarks[1:] == ("Area 13 has a reason why it does not apply, so it is taken not to.",)


def test_every_script_comes_back(template: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    texts = list(SCRIPTS.values())
    found = reading(fill_in(template, {"area.workforce.strengths": "\r".join(texts)}, tmp_path / "a.pdf"), catalogue)
    told = [entry.text for entry in found.evaluation.area("workforce").strengths]
    assert told == [clean(text).strip() for text in texts]


@pytest.fixture(scope="module")
def bare(template: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The template as some programs leave it: its fields alone."""
    buffer = io.BytesIO()
    with pikepdf.open(template) as pdf:
        del pdf.pages[1:]
        pdf.remove_unreferenced_resources()
        pdf.save(buffer, compress_streams=False)
    return buffer.getvalue()


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(summary=TEXTS, note=TEXTS, who=TEXTS, what=TEXTS)
def test_any_text_at_all_comes_back(
    summary: str, note: str, who: str, what: str, bare: bytes, catalogue: Catalogue, tmp_path: Path
) -> None:
    texts = {
        "evaluation.summary": summary,
        "area.research.note.4.1": note,
        "area.research.action.2.who": who,
        "area.research.action.2.what": what,
    }
    with pikepdf.open(io.BytesIO(bare)) as pdf:
        for name, text in texts.items():
            field(pdf, name).V = String(text)
        field(pdf, "setting.site").V = String("Mill Lane")
        pdf.save(tmp_path / "typed.pdf", compress_streams=False)
    evaluation = reading(tmp_path / "typed.pdf", catalogue).evaluation
    assert evaluation.summary == clean(summary).strip()
    assert evaluation.area("research").note("4.1").note == clean(note).strip()
    said = [(action.what, action.who) for action in evaluation.actions]
    wanted = (clean(what).strip(), clean_line(who).strip())
    assert said == ([wanted] if any(wanted) else [])


def test_the_same_words_give_the_same_id_and_others_another(
    filled_in: Path, read: FilledIn, catalogue: Catalogue, tmp_path: Path
) -> None:
    assert reading(filled_in, catalogue).evaluation.id == read.evaluation.id
    other = typed(filled_in, "setting.name", "The Lodge", tmp_path / "other.pdf")
    assert reading(other, catalogue).evaluation.id != read.evaluation.id


# Forms that are not as they were


def test_notes_on_questions_that_this_computer_lacks_are_kept(
    filled_in: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    def ask(pdf: pikepdf.Pdf) -> None:
        notes = field(pdf, "area.needs.note")
        number = Dictionary(T=String("1"), FT=Name.Tx, V=String("Twice a term"))
        notes.Kids.append(pdf.make_indirect(Dictionary(T=String("elsewhere:7"), Kids=Array([number]))))

    found = reading(changed(filled_in, tmp_path / "a.pdf", ask), catalogue)
    assert found.evaluation.area("needs").note("elsewhere:7.1").note == "Twice a term"


def test_a_form_that_lost_half_of_its_fields_gives_the_other_half(
    filled_in: Path, read: FilledIn, catalogue: Catalogue, tmp_path: Path
) -> None:
    def tear(pdf: pikepdf.Pdf) -> None:
        kept = [kid for kid in field(pdf, "area").Kids if str(kid.T) != "induction"]
        field(pdf, "area").Kids = Array(kept)
        del field(pdf, "area.needs").Kids[0]
        del pdf.pages[3:]

    found = reading(changed(filled_in, tmp_path / "a.pdf", tear), catalogue)
    assert found.evaluation.setting.name == "Łódź Ŵyl"
    assert found.evaluation.area("induction").evidence == []
    assert len(found.evaluation.actions) == len(read.evaluation.actions)


def test_what_stands_in_a_field_that_was_renamed_is_spoken_of(
    filled_in: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    def rename(pdf: pikepdf.Pdf) -> None:
        field(pdf, "area.needs.support").T = String("<b>other</b>")
        field(pdf, "setting.name").T = String("title\n")

    found = reading(changed(filled_in, tmp_path / "a.pdf", rename), catalogue)
    assert found.evaluation.setting.name == ""
    assert found.remarks[1:] == ("What stands in 2 fields that are not part of the template was left out.",)


def test_another_programs_form_and_a_pdf_without_one_are_none_of_ours(
    template: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    def rename(pdf: pikepdf.Pdf) -> None:
        field(pdf, "").T = String("application")

    other = changed(template, tmp_path / "other.pdf", rename)
    assert read_filled_form(other, catalogue, created=CREATED) is None
    (tmp_path / "paper.pdf").write_bytes(template_pdf(catalogue, fillable=False))
    assert read_filled_form(tmp_path / "paper.pdf", catalogue, created=CREATED) is None


def test_a_form_with_nothing_in_it_says_what_to_do(template: Path, catalogue: Catalogue) -> None:
    assert refusal(template, catalogue).startswith("nothing is filled in yet; type in its boxes, save it")


def _renamed(name: str) -> Callable[[pikepdf.Pdf], None]:
    def rename(pdf: pikepdf.Pdf) -> None:
        field(pdf, "").T = String(name)

    return rename


def test_a_newer_form_is_refused_and_another_edition_is_spoken_of(
    filled_in: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    newer = changed(filled_in, tmp_path / "newer.pdf", _renamed("apq-form-2-2022"))
    assert "newer version of APQ Desktop" in refusal(newer, catalogue)
    other = changed(filled_in, tmp_path / "other.pdf", _renamed("apq-form-1-2027"))
    assert reading(other, catalogue).remarks[1:] == ("It was made for another edition of the toolkit.",)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("area.needs.action.1.who", "x" * 501, "area 7, action 1, Who: there are more than 500 characters"),
        ("area.needs.support", "x" * 40_001, "there are more than 40,000 characters"),
        ("area.needs.strengths", "x\n" * 501, "area 7, Strengths: there are more than 500 lines"),
        ("setting.name", "x" * 501, "Name of the setting: there are more than 500 characters"),
        ("area.needs.strengths", "é" * 4_000_001, "more stands in it than any evaluation holds"),
    ],
)
def test_what_would_be_cut_short_is_refused_instead(
    name: str, text: str, words: str, template: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    assert words in refusal(typed(template, name, text, tmp_path / "long.pdf"), catalogue)


# Strangers


def _many(pdf: pikepdf.Pdf) -> None:
    more = [Dictionary(T=String(f"n{n}"), V=String("x")) for n in range(10_000)]
    field(pdf, "area.needs").Kids.extend(more)


def _circle(pdf: pikepdf.Pdf) -> None:
    field(pdf, "area.needs").Kids.append(field(pdf, "area"))


def _deep(pdf: pikepdf.Pdf) -> None:
    below = Dictionary(T=String("x"), V=String("x"))
    for _ in range(100):
        below = Dictionary(T=String("x"), Kids=Array([below]))
    field(pdf, "area").Kids.append(below)


def _large(pdf: pikepdf.Pdf) -> None:
    field(pdf, "evaluation.summary").V = String("a" * 12_000_000)


def _bomb(pdf: pikepdf.Pdf) -> None:
    field(pdf, "evaluation.summary").V = pdf.make_stream(bytes(50_000_000))


def _twice(pdf: pikepdf.Pdf) -> None:
    name = field(pdf, "setting.name")
    field(pdf, "setting").Kids.append(Dictionary(T=name.T, FT=Name.Tx, V=String("Another")))


def _two_forms(pdf: pikepdf.Pdf) -> None:
    form: Any = pdf.Root.AcroForm
    form.Fields.append(Dictionary(T=String("apq-form-1-2023"), Kids=Array()))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_many, "many more fields than our template"),
        (_circle, "not built as in our template"),
        (_deep, "not built as in our template"),
        (_large, "more stands in it than any evaluation holds"),
        (_bomb, "longer than any evaluation"),
        (_twice, "the same field twice"),
        (_two_forms, "more than one form"),
    ],
)
def test_a_hostile_form_is_refused_in_one_sentence(
    change: Callable[[pikepdf.Pdf], None], words: str, filled_in: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    assert words in refusal(changed(filled_in, tmp_path / "hostile.pdf", change), catalogue)


def _odd_values(pdf: pikepdf.Pdf) -> None:
    odd = (1, Array([1]), Dictionary(), Name.Off, True)
    for name, value in zip(("title", "period", "commissioner", "completed_by", "reviewed_by"), odd, strict=True):
        field(pdf, f"evaluation.{name}").V = value
    field(pdf, "setting.kind").V = Name("/no-such-kind")
    del field(pdf, "setting.kind").Kids
    field(pdf, "setting.site").V = pdf.make_stream(String("Ŵyl").__bytes__())
    field(pdf, "area.needs").Kids.extend([1, String("x"), Dictionary(), Array()])


def test_odd_values_are_no_words_and_do_no_harm(filled_in: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    found = reading(changed(filled_in, tmp_path / "odd.pdf", _odd_values), catalogue)
    evaluation: Evaluation = found.evaluation
    assert (evaluation.title, evaluation.period, evaluation.commissioner, evaluation.completed_by) == ("", "", "", "")
    assert (evaluation.setting.kind, evaluation.setting.site) == ("", "Ŵyl")
    assert found.remarks[1:] == ("What stands in 1 field that is not part of the template was left out.",)


@pytest.mark.parametrize("fields", [String("no"), Dictionary(), Array([1, String("x")]), Name.No])
def test_a_form_that_is_none_is_none_of_ours_or_refused(
    fields: Any, template: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[:]
        pdf.Root.AcroForm.Fields = fields

    path = changed(template, tmp_path / "odd.pdf", change)
    with suppress(PackRefusedError):
        assert read_filled_form(path, catalogue, created=CREATED) is None


def test_a_locked_or_torn_form_is_refused(filled_in: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    with pikepdf.open(filled_in) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="one", user="two"))
    assert "locked with a password" in refusal(tmp_path / "locked.pdf", catalogue)
    content = filled_in.read_bytes()
    (tmp_path / "torn.pdf").write_bytes(content[: len(content) // 2])
    assert "damaged" in refusal(tmp_path / "torn.pdf", catalogue)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1), change=st.binary(min_size=1, max_size=30))
def test_a_damaged_form_is_refused_or_read_and_nothing_else(
    place: float, change: bytes, filled_in: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    whole = filled_in.read_bytes()
    at = int(place * len(whole))
    target = tmp_path / "damaged.pdf"
    target.write_bytes(whole[:at] + change + whole[at + len(change) :])
    with suppress(PackRefusedError):
        read_filled_form(target, catalogue, created=CREATED)


def test_the_mark_names_format_version_and_edition(template: Path) -> None:
    with pikepdf.open(template) as pdf:
        assert str(field(pdf, "").T) == MARK
