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
from apq_desktop.toolkit.catalogue import Catalogue
from tests.cases import first
from tests.cpu_time import least_cpu_seconds
from tests.documents.hostile_texts import HOSTILE, written
from tests.documents.pdf_readers import drawn, read_by_pdfinfo, without_numbers
from tests.documents.pdf_validation import assert_sound, failures, outside_margins
from tests.documents.tag_checker import problems
from tests.documents.write_pdf import write_pdf

MOST_SECONDS = 60


@pytest.mark.parametrize("name", first(9, HOSTILE))
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


@pytest.mark.parametrize(
    "sentence", first(1, ["خطة المدرسة (2026) و ", "Some words that we write. ", "বিদ্যালয়ের পরিকল্পনা। "])
)
def test_ten_times_the_text_costs_at_most_some_ten_times_the_time(sentence: str, catalogue: Catalogue) -> None:
    once, tenfold = sentence * 30, sentence * 300
    pdf(written(catalogue, once), catalogue)
    short, long = least_cpu_seconds(
        lambda: pdf(written(catalogue, once), catalogue), lambda: pdf(written(catalogue, tenfold), catalogue)
    )
    # A cost that grows with the square would be a hundred times as much.
    assert long < 30 * short
