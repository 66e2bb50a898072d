"""The document is short, says each thing once, and is set so that people read it: the figures that were promised."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pymupdf
import pytest

from apq_desktop.documents.content.document_tree import Element
from apq_desktop.documents.content.outline import digest, story
from apq_desktop.documents.html.web_page import web_page
from apq_desktop.documents.pdf import styles
from apq_desktop.documents.pdf.flowables import NEAR, Text
from apq_desktop.documents.pdf.renderer import action_plan_pdf, digest_pdf, pdf
from apq_desktop.documents.text.text_styles import TextRun
from apq_desktop.documents.text.typesetter import Typesetter
from apq_desktop.evaluation.model import Entry, Evaluation
from apq_desktop.evaluation.rules.outgoing_copy import EVERYTHING
from apq_desktop.toolkit.catalogue import Catalogue
from tests.documents.conftest import CODE, Maker
from tests.documents.pdf_readers import bookmarks, letters, pages_of, placed_words, text_of
from tests.documents.samples import NAMES, SAMPLES, sample

EXAMPLES = ("example", "shipped")
TENFOLD = 10


@cache
def told(path: Path) -> str:
    return letters(text_of(path))


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_document_has_at_most_22_pages_and_the_digest_and_the_plan_4(
    name: str, made: Maker, catalogue: Catalogue, tmp_path: Path
) -> None:
    assert len(pages_of(made(name).path)) <= 22
    for make in (digest_pdf, action_plan_pdf):
        (tmp_path / "short.pdf").write_bytes(make(made(name).evaluation, catalogue))
        assert len(pages_of(tmp_path / "short.pdf")) <= 4


def test_ten_times_the_text_takes_at_most_ten_times_the_pages(made: Maker) -> None:
    assert len(pages_of(made("tenfold").path)) <= TENFOLD * len(pages_of(made("example").path))


@pytest.mark.parametrize(("name", "times"), [("example", 1), ("shipped", 1), ("filled", 1), ("tenfold", TENFOLD)])
def test_each_action_is_told_at_most_twice_and_each_source_of_evidence_once(name: str, times: int, made: Maker) -> None:
    evaluation = made(name).evaluation
    words = told(made(name).path)
    for action in {letters(action.what) for action in evaluation.actions}:
        assert 1 <= words.count(action) <= 2 * times, action
    for title in {letters(item.title) for item in evaluation.evidence}:
        assert words.count(title) == times, title
    for count, entry in (
        (words.count(letters(entry.text)), entry) for area in evaluation.areas for entry in area.strengths
    ):
        assert count >= 1, entry


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_missing_is_said_seldom(name: str, made: Maker, catalogue: Catalogue) -> None:
    page = web_page(made(name).evaluation, catalogue).decode()
    for words in (text_of(made(name).path), page):
        assert words.lower().count("not provided") <= 5
        assert len(re.findall("Nothing is written on", words)) <= 13


@pytest.mark.parametrize("name", SAMPLES)
def test_each_area_begins_a_page_and_no_two_share_one(name: str, made: Maker, catalogue: Catalogue) -> None:
    pages = pages_of(made(name).path)
    starts = {title: page for _, title, page in bookmarks(made(name).path)}
    areas = [starts[title] for area in catalogue.areas if (title := f"{area.number} {area.title}") in starts]
    assert len(areas) == len(set(areas))
    assert not {starts[part] for part in ("Action plan", "Evidence", "Reply")} & set(areas)
    titles = {f"{area.number} {area.title}" for area in catalogue.areas}
    for page in areas:
        first = next(line.strip() for line in pages[page].splitlines()[1:] if line.strip())
        assert first in titles, "under the name of its category"


@pytest.mark.parametrize("name", SAMPLES)
def test_no_page_is_less_than_a_third_full_but_the_last_of_a_part(name: str, made: Maker) -> None:
    path = made(name).path
    starts = {page for _, _, page in bookmarks(path)}
    count = len(pages_of(path))
    left, lower, _, height = styles.PAGE
    lowest = Counter[int]()
    for word in placed_words(path):
        if word.box[3] < styles.A4[1] - lower + 4:
            lowest[word.page] = max(lowest[word.page], int(word.box[3]))
    for page in range(count - 1):
        if page + 1 not in starts:
            assert lowest[page] > styles.TOP + height / 3, page
    assert left > 0


@pytest.mark.parametrize("name", SAMPLES)
def test_no_heading_stands_at_the_foot_of_a_page(name: str, made: Maker) -> None:
    bold = {"part", "section", "subsection", "question", "category"}
    headings = {letters(one.text) for one in made(name).story.walk() if one.style in bold}
    headings |= {letters(one.runs[0].text) for one in made(name).story.walk() if one.style in bold and one.runs}
    with pymupdf.open(made(name).path) as document:
        for page in document:
            lines = [
                (line["bbox"][3], "".join(span["text"] for span in line["spans"]))
                for block in page.get_text("dict")["blocks"]
                for line in block.get("lines", [])
                if line["bbox"][3] < styles.A4[1] - styles.BOTTOM + 4
            ]
            assert letters(max(lines)[1]) not in headings


def test_the_letters_are_large_enough_and_the_lines_neither_long_nor_short(made: Maker) -> None:
    body = ("", "lead", "entry", "wish", "nothing", "question")
    assert all(styles.TEXTS[name].size >= 11 for name in body)
    used = {one.style for name in NAMES for one in made(name).story.walk() if one.is_line}
    assert all(styles.TEXTS[name].size >= 10 for name in used)
    lengths, longest = [], 0
    with pymupdf.open(made("example").path) as document:
        for page in document:
            assert page.rect.width < page.rect.height, "one upright format"
            for block in page.get_text("dict")["blocks"]:
                for line in block.get("lines", []):
                    text = "".join(span["text"] for span in line["spans"])
                    longest = max(longest, len(text.strip()))
                    if {round(span["size"]) for span in line["spans"]} == {11} and line["bbox"][2] > 445:
                        lengths.append(len(text.strip()))
    assert len(lengths) > 100, "full lines of text"
    assert min(lengths) >= 60
    assert longest <= 80, "in tables and small print too"


def test_numbers_are_the_same_in_every_document(made: Maker, catalogue: Catalogue) -> None:
    evaluation = made("example").evaluation
    whole, short = (_numbered(evaluation, catalogue, make) for make in (story, digest))
    assert len(whole) == len(evaluation.actions)
    assert short == whole


def _numbered(evaluation: Evaluation, catalogue: Catalogue, make: object) -> set[tuple[str, str]]:
    """Number and text of each row of the action plan."""
    document = make(evaluation, catalogue, code=CODE)  # type: ignore[operator]
    plan = next(one for one in document.walk() if one.role == "Table" and one.style == "plan")
    return {(row.children[0].line, row.children[1].line) for row in plan.children[1:]}


@pytest.mark.parametrize("words", [20, 60, 200])
def test_a_paragraph_that_fits_but_for_a_fraction_of_a_point_is_never_handed_back(words: int) -> None:
    text = Text(Element("P", (TextRun("word " * words),)), styles.TEXTS[""], Typesetter())
    parts = text.parted(400, text.height_at(400) - 2 * NEAR)
    assert text not in parts
    assert len(parts) == (0 if len(text.lines_at(400)) < 4 else 2)


def test_no_line_begins_with_what_belongs_to_the_word_before() -> None:
    runs = (TextRun("Head of centre, 2 October 2026. "), TextRun("Overdue", "strong"), TextRun(", not started"))
    for width in range(60, 300):
        lines = Typesetter().lines(runs, styles.TEXTS["cell"], width)
        with_comma = next(line for line in lines if any(one.ink.run == 2 for one in line.stretches))
        assert any(one.ink.run == 1 for one in with_comma.stretches)


@pytest.mark.parametrize("length", [30, 60, 75, 90, 120, 160])
def test_all_areas_stand_on_page_2_and_sentences_are_whole_where_there_is_room(
    length: int, catalogue: Catalogue, tmp_path: Path
) -> None:
    evaluation = sample("shipped", catalogue)
    words = "What we do about this is known to all of us and was looked at in the spring of 2026 by trustees and staff "
    said = (words * 3)[:length].strip()
    for area in evaluation.areas:
        area.strengths = [Entry(f"s{area.number}", said)]
        area.development_areas = [Entry(f"d{area.number}", said)]
    (tmp_path / "long.pdf").write_bytes(pdf(evaluation, catalogue, include=replace(EVERYTHING, reply=False)))
    page = pages_of(tmp_path / "long.pdf")[1]
    assert "13 Post-16" in page
    assert page.count("…") == (0 if length <= 75 else 24)


def test_the_worked_example_is_hardly_cut_on_page_2(made: Maker) -> None:
    assert pages_of(made("shipped").path)[1].count("…") <= 2
