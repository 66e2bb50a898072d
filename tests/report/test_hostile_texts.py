"""Whatever a person types or pastes is printed as text, in bounded time, and never read as an instruction."""

from __future__ import annotations

import time
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apq_desktop.evaluation.model import Action, Entry, Evaluation, Evidence, new_evaluation
from apq_desktop.evaluation.text import clean, clean_line
from apq_desktop.instrument import Catalogue
from apq_desktop.report.document import pdf, write_pdf
from apq_desktop.report.fonts import missing_characters
from tests.report.reading import letters, placed_words, run, text_of

HOSTILE = {
    "markup": '<b>bold <img src="/etc/passwd"> <a href="javascript:alert(1)">x</a> &amp; &#0; </para> <!-- ]]>',
    "pdf operators": "(unclosed ) Tj ET EMC endstream endobj \\) <</JS (x)>> %PDF-1.4 %%EOF",
    "one long word": "w" * 40_000,
    "a long address": "https://council.example/" + "path/with-words_and.dots?x=1&y=2/" * 200,
    "a thousand line ends": "\n".join(f"line {n}" for n in range(1000)),
    "empty lines alone": "\n" * 20_000,
    "spaces alone": " \t" * 5_000,
    "right to left": "שלום עולם مرحبا بالعالم \u202e reversed \u2067 isolate \u2069 (brackets)",
    "emoji": "Good 👍🏽 family 👨‍👩‍👧 flag 🏴󠁧󠁢󠁷󠁬󠁳󠁿 end",
    "accents without end": "e" + "\u0301" * 5_000,
    "controls": "a\x00b\x07c\x1bd\x7fe\x85f\u2028g\ufeffh\ufffei",
    "lone surrogates": "before \ud800 between \udfff after",
    "other scripts": "漢字かな 한국어 ไทย বাংলা हिन्दी ქართული",
    "no-break spaces": "\u00a0".join("word" for _ in range(4000)),
}


def written(catalogue: Catalogue, text: str) -> Evaluation:
    """An evaluation that has ``text`` in every field that takes it."""
    line = clean_line(text)[:500]
    evaluation = new_evaluation(catalogue, created="2026-09-01T08:00:00+00:00", title=line)
    evaluation.commissioner = evaluation.period = evaluation.completed_by = evaluation.setting.name = line
    evaluation.summary = evaluation.took_part = evaluation.setting.contact = text
    for area in evaluation.areas[:2]:
        area.strengths = [Entry("s" + area.key, text, line[:60]), Entry("s2" + area.key, "After it")]
        area.development_areas = [Entry("d" + area.key, text)]
        area.evidence = ["e"]
        area.support = text
        area.questions[0].note = text
        evaluation.actions.append(
            Action(
                "a" + area.key,
                area.key,
                text,
                line,
                line,
                measure=text,
                starting_point=text,
                current_point=text,
            )
        )
    evaluation.areas[2].applies, evaluation.areas[2].reason = False, text
    evaluation.evidence = [Evidence("e", text, line, line, text, line)]
    return evaluation


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_printed_as_text_in_bounded_time(name: str, catalogue: Catalogue, tmp_path: Path) -> None:
    text = HOSTILE[name]
    target = tmp_path / "hostile.pdf"
    before = time.monotonic()
    write_pdf(written(catalogue, text), catalogue, target)
    assert time.monotonic() - before < 30
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", target)
    told = letters(text_of(target))
    missing = missing_characters(text)
    if name not in ("right to left", "accents without end"):
        for line in clean(text).split("\n"):
            shown = "".join("\ufffd" if one in missing else one for one in line)
            assert letters(shown) in told
    with pikepdf.open(target) as document:
        for number in range(1, len(document.objects)):
            found = document.objects[number]
            if isinstance(found, pikepdf.Dictionary):
                assert not {"/JS", "/JavaScript", "/Launch", "/URI"} & set(found.keys())
        for page in document.pages:
            assert "/XObject" not in page.obj.Resources


@pytest.mark.parametrize("name", ["one long word", "a long address", "a thousand line ends", "no-break spaces"])
def test_no_text_runs_off_the_page(name: str, catalogue: Catalogue, tmp_path: Path) -> None:
    target = tmp_path / "hostile.pdf"
    write_pdf(written(catalogue, HOSTILE[name]), catalogue, target)
    with pikepdf.open(target) as document:
        sizes = [[float(edge) for edge in page.mediabox][2:] for page in document.pages]
    for word in placed_words(target):
        assert word.box[0] > 50
        assert word.box[2] < sizes[word.page][0] - 50
        assert word.box[3] < sizes[word.page][1] - 20


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_any_text_at_all_can_be_exported(text: str, catalogue: Catalogue) -> None:
    assert pdf(written(catalogue, text), catalogue).startswith(b"%PDF")


def test_ten_times_the_text_costs_at_most_some_ten_times_the_time(catalogue: Catalogue) -> None:
    once, tenfold = "Some words that we write. " * 60, "Some words that we write. " * 600
    pdf(written(catalogue, once), catalogue)
    times = []
    for text in (once, tenfold):
        before = time.process_time()
        pdf(written(catalogue, text), catalogue)
        times.append(time.process_time() - before)
    assert times[1] < 15 * times[0]
