"""The PDF holds every word, is sound, and is the same each time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from apq_desktop.documents.pdf.renderer import action_plan_pdf
from apq_desktop.evaluation.model import AreaRecord, Evaluation, QuestionNote, new_evaluation
from apq_desktop.evaluation.rules.outgoing_copy import Include
from apq_desktop.evaluation.text.dates import shown
from apq_desktop.toolkit.catalogue import Catalogue
from tests.documents.conftest import Maker
from tests.documents.filled import texts
from tests.documents.putting import write_pdf
from tests.documents.reading import bookmarks, letters, links, pages_of, placed_words, text_of
from tests.documents.samples import SAMPLES


def test_every_text_that_was_typed_stands_in_the_pdf(filled: Evaluation, filled_pdf: Path) -> None:
    told = letters(text_of(filled_pdf))
    typed = [line for text in texts(filled) for line in shown(text).split("\n") if line.strip()]
    assert len(typed) > 400
    assert [line for line in typed if letters(line) not in told] == []


def test_every_question_and_every_area_stands_in_the_pdf(catalogue: Catalogue, filled_pdf: Path) -> None:
    told = letters(text_of(filled_pdf))
    for area in catalogue.areas:
        assert letters(f"{area.number}. {area.title}") in told
        for question in area.questions:
            assert letters(f"{question.key} {question.text}") in told


def test_the_first_page_says_whose_it_is_and_for_whom(filled_pdf: Path) -> None:
    page = letters(pages_of(filled_pdf)[0])
    for words in (
        "Riverside Learning", "Self-evaluation 2026/27 for Northshire Council, inclusion team", "key stages 3 and 4",
        "part time", "3, 22 November 2026; replaces revision 2", "7KQ2-M4XD", "In short", "20 November 2026",
        "4a0a5b52-0000-4000-8000-000000000003",
    ):  # fmt: skip
        assert letters(words) in page


def test_the_first_page_holds_the_summary_and_the_contents_follow(made: Maker) -> None:
    for name in ("example", "filled"):
        pages = [letters(page) for page in pages_of(made(name).path)]
        assert letters(made(name).evaluation.summary.split("\n")[-1]) in pages[0]
        assert pages[1].startswith("Contents")


def test_areas_follow_each_other_and_leave_no_page_nearly_empty(made: Maker) -> None:
    pages = pages_of(made("example").path)
    first = next(n for n, page in enumerate(pages) if "Community · Ready" in page)
    plan = next(n for n, page in enumerate(pages) if "The soonest date stands first" in page)
    words = placed_words(made("example").path)
    lowest = [max(word.box[3] for word in words if word.page == n and word.box[3] < 770) for n in range(first, plan)]
    assert len(lowest) > 20
    assert min(lowest[:-1]) > 500


@pytest.mark.parametrize("name", SAMPLES)
def test_no_page_is_empty(name: str, made: Maker) -> None:
    for page in pages_of(made(name).path):
        lines = [line for line in page.splitlines() if line.strip()]
        assert len(lines) > 1, "not only the line at its foot"


def test_little_or_nothing_written_takes_few_pages(made: Maker) -> None:
    assert len(pages_of(made("empty").path)) <= 8


def test_each_page_names_the_evaluation_and_its_number(filled_pdf: Path) -> None:
    pages = pages_of(filled_pdf)
    for n, page in enumerate(pages, 1):
        assert "Riverside Learning · Self-evaluation 2026/27 · revision 3" in page
        assert f"Page {n} of {len(pages)}" in page


def test_bookmarks_lead_to_the_pages_where_their_titles_stand(catalogue: Catalogue, filled_pdf: Path) -> None:
    pages = [letters(page) for page in pages_of(filled_pdf)]
    found = bookmarks(filled_pdf)
    titles = [title for _, title, _ in found]
    for area in catalogue.areas:
        assert f"{area.number}. {area.title}" in titles
    for depth, title, page in found:
        if (depth == 0 and title not in {category.title for category in catalogue.categories}) or depth == 1:
            assert letters(title) in pages[page]


def test_the_contents_name_and_link_the_right_pages(catalogue: Catalogue, filled_pdf: Path) -> None:
    pages = [letters(page) for page in pages_of(filled_pdf)]
    found = links(filled_pdf)
    assert {page for page, _, _ in found} == {1}
    for area in catalogue.areas:
        name = f"{area.number}. {area.title}"
        target = next(page for _, words, page in found if words.startswith(f"{name}, page "))
        assert letters(f"{name}{target + 1}") in pages[1]
        assert letters(name) in pages[target]
        assert f"{name}, page {target + 1}" in [words for _, words, _ in found]


def test_each_category_is_told_at_a_glance_across_the_page(filled_pdf: Path) -> None:
    with pikepdf.open(filled_pdf) as document:
        across = [n for n, page in enumerate(document.pages) if page.mediabox[2] > page.mediabox[3]]
    headings = [page for page in pages_of(filled_pdf) if "The template at a glance: " in page]
    assert len(headings) == 3
    pages = pages_of(filled_pdf)
    for n in across[: across.index(next(n for n in across if "Action plan" in pages[n]))]:
        for column in ("Quality area", "Strengths", "Development areas", "Sources of evidence", "Actions"):
            assert column in pages[n]


def test_the_soonest_action_stands_first_in_the_plan(filled_pdf: Path) -> None:
    told = text_of(filled_pdf).split("The soonest date stands first")[1]
    months = [told.index(f"15 {month}") for month in ("January", "February", "March", "September")]
    assert months == sorted(months)
    assert told.index("15 September") < told.index("before the")


def test_an_empty_evaluation_says_of_every_area_that_nothing_was_provided(catalogue: Catalogue, tmp_path: Path) -> None:
    evaluation = new_evaluation(catalogue, created="2026-09-01T08:00:00+00:00")
    write_pdf(evaluation, catalogue, tmp_path / "empty.pdf")
    told = text_of(tmp_path / "empty.pdf")
    in_full = told.partition("Community · Not started")[2]
    assert in_full.count("Not provided") == 13 + 2, "each area, the plan and the evidence list"
    assert "Not sent yet" in told


def test_an_area_that_does_not_apply_gives_its_reason_twice(filled: Evaluation, filled_pdf: Path) -> None:
    told = letters(text_of(filled_pdf))
    assert told.count(letters("Does not apply: " + filled.areas[-1].reason)) == 1
    assert told.count(letters("Does not apply " + filled.areas[-1].reason)) == 1


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("notes", "To question 6.3 we say"),
        ("contact", "office@riverside.example"),
        ("context", "Two terms, three days a week"),
        ("support", "An introduction to someone"),
    ],
)
def test_what_is_not_to_be_included_is_left_out(
    part: str, words: str, filled: Evaluation, catalogue: Catalogue, filled_pdf: Path, tmp_path: Path
) -> None:
    write_pdf(filled, catalogue, tmp_path / "less.pdf", include=replace(Include(), **{part: False}))
    assert letters(words) in letters(text_of(filled_pdf))
    assert letters(words) not in letters(text_of(tmp_path / "less.pdf"))


def test_what_the_instrument_does_not_know_is_told_too(
    filled: Evaluation, catalogue: Catalogue, tmp_path: Path
) -> None:
    filled.areas = [
        *filled.areas[:11],
        AreaRecord(12, "from-the-future", "Outdoor learning", questions=[QuestionNote("12.1", "Woods each Friday")]),
    ]
    write_pdf(filled, catalogue, tmp_path / "other.pdf")
    told = letters(text_of(tmp_path / "other.pdf"))
    for words in ("12. Outdoor learning", "Woods each Friday", "13. Post-16 destinations", "Other areas"):
        assert letters(words) in told


def test_the_action_plan_by_itself_holds_the_actions_given(
    filled: Evaluation, catalogue: Catalogue, tmp_path: Path
) -> None:
    target = tmp_path / "plan.pdf"
    target.write_bytes(action_plan_pdf(filled, catalogue, filled.actions[:2]))
    printed = " ".join(text_of(target).split())
    assert all(" ".join(action.what.split()) in printed for action in filled.actions[:2])
    assert not any(" ".join(action.what.split()) in printed for action in filled.actions[2:])
    told = [text for action in filled.actions[:2] for text in (action.measure, action.starting_point) if text.strip()]
    assert told
    assert all(" ".join(text.split()) in printed for text in told), "no area stands before it to tell how one will know"
