"""Whatever a person types or pastes is printed as text, in bounded time, and never read as an instruction."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apq_desktop.documents.content.outline import story
from apq_desktop.documents.pdf.attachment import attached_data
from apq_desktop.documents.pdf.post_process import Data
from apq_desktop.documents.pdf.renderer import pdf
from apq_desktop.evaluation.model import Action, Entry, Evaluation, Evidence, new_evaluation
from apq_desktop.evaluation.text.cleaning import clean_line
from apq_desktop.toolkit.catalogue import Catalogue
from tests.cpu_time import least_cpu_seconds
from tests.documents.checker import problems
from tests.documents.putting import write_pdf
from tests.documents.test_archive import assert_sound, failures, outside_margins
from tests.documents.test_tags import drawn, read_by_pdfinfo, without_numbers

HOSTILE = {
    "markup": '<b>bold <img src="/etc/passwd"> <a href="javascript:alert(1)">x</a> &amp; &#0; </para> <!-- ]]>',
    "pdf operators": "(unclosed ) Tj ET EMC endstream endobj \\) <</JS (x)>> %PDF-1.4 %%EOF",
    "one long word": "w" * 20_000,
    "a long address": "https://council.example/" + "path/with-words_and.dots?x=1&y=2/" * 200,
    "many line ends": "\n".join(f"line {n}" for n in range(250)),
    "empty lines alone": "\n" * 20_000,
    "spaces alone": " \t" * 5_000,
    "right to left": "שלום עולם مرحبا بالعالم \u202e reversed \u2067 isolate \u2069 (brackets)",
    "one long word from the right": "مدرسة" * 400,
    "brackets from the right": "א" + "([" * 500 + "ב" + ")]" * 500,
    "emoji": "Good 👍🏽 family 👨‍👩‍👧 flag 🏴󠁧󠁢󠁷󠁬󠁳󠁿 end" + "👨‍👩‍👧" * 300 + "🇬" * 301,
    "joined letters without end": "স্ত্রীক্ষ" * 250,
    "accents without end": "e" + "\u0301" * 1_500,
    "a mark alone": "\u0301 \u093f \u05b0 \ufe0f \u200d",
    "controls": "a\x00b\x07c\x1bd\x7fe\x85f\u2028g\ufeffh\ufffei",
    "lone surrogates": "before \ud800 between \udfff after",
    "what no face shows": "ᠠᠡ \U00013000 漢字かな 한국어 \U000e0041 \U0010fffd ქართული",
    "no-break spaces": "\u00a0".join("word" for _ in range(1500)),
}
MOST_SECONDS = 60


def written(catalogue: Catalogue, text: str) -> Evaluation:
    """An evaluation that has ``text`` in every kind of field."""
    line = clean_line(text)[:500]
    evaluation = new_evaluation(catalogue, created="2026-09-01T08:00:00+00:00", title=line)
    evaluation.commissioner = evaluation.period = evaluation.completed_by = evaluation.setting.name = line
    evaluation.summary = text
    area = evaluation.areas[0]
    area.strengths = [Entry("s", text, line[:60]), Entry("s2", "After it")]
    area.evidence = ["e"]
    area.questions[0].note = text
    evaluation.areas[2].applies, evaluation.areas[2].reason = False, text
    evaluation.actions = [Action("a", area.key, text, line, line, measure="Short")]
    evaluation.evidence = [Evidence("e", "A title", line, line, text, line)]
    return evaluation


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_printed_as_text_in_bounded_time(name: str, catalogue: Catalogue, tmp_path: Path) -> None:
    evaluation = written(catalogue, HOSTILE[name])
    data = json.dumps({"words": HOSTILE[name]}).encode()
    target = tmp_path / "hostile.pdf"
    before = time.process_time()
    write_pdf(evaluation, catalogue, target, data=data)
    assert time.process_time() - before < MOST_SECONDS
    assert_sound(target)
    assert problems(target, story(evaluation, catalogue)) == []
    assert failures(target, "ua1") == failures(target, "3a") == []
    assert outside_margins(target) == []
    assert attached_data(target) == data
    assert target.read_bytes() == pdf(evaluation, catalogue, data=Data(data, "evaluation.json"))


@pytest.mark.parametrize("name", ["markup", "pdf operators", "controls", "lone surrogates"])
def test_another_program_reads_a_hostile_text_as_it_was_typed(name: str, catalogue: Catalogue, tmp_path: Path) -> None:
    evaluation = written(catalogue, HOSTILE[name])
    target = tmp_path / "hostile.pdf"
    write_pdf(evaluation, catalogue, target)
    assert read_by_pdfinfo(target) == without_numbers(drawn(story(evaluation, catalogue)))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_at_all_is_told_whole(text: str, catalogue: Catalogue, tmp_path: Path) -> None:
    evaluation = written(catalogue, text)
    target = tmp_path / "any.pdf"
    write_pdf(evaluation, catalogue, target)
    assert problems(target, story(evaluation, catalogue)) == []


@pytest.mark.parametrize("sentence", ["Some words that we write. ", "خطة المدرسة (2026) و ", "বিদ্যালয়ের পরিকল্পনা। "])
def test_ten_times_the_text_costs_at_most_some_ten_times_the_time(sentence: str, catalogue: Catalogue) -> None:
    once, tenfold = sentence * 30, sentence * 300
    pdf(written(catalogue, once), catalogue)
    short, long = least_cpu_seconds(
        lambda: pdf(written(catalogue, once), catalogue), lambda: pdf(written(catalogue, tenfold), catalogue)
    )
    # A cost that grows with the square would be a hundred times as much.
    assert long < 30 * short
