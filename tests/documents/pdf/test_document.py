"""The PDF holds every word, is sound, and is the same each time."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from apq_desktop.documents.pdf.renderer import action_plan_pdf
from apq_desktop.evaluation.model import Action, AreaRecord, Evaluation, QuestionNote, new_evaluation
from apq_desktop.evaluation.rules.outgoing_copy import Include
from apq_desktop.evaluation.text.dates import short, shown
from apq_desktop.toolkit.catalogue import Catalogue
from tests.documents.conftest import Maker
from tests.documents.filled_evaluation import texts
from tests.documents.pdf_readers import bookmarks, letters, links, pages_of, text_of
from tests.documents.samples import SAMPLES
from tests.documents.write_pdf import write_pdf

NOTES = Include(annexes=("notes",))


def test_every_text_that_was_typed_stands_in_the_pdf(filled: Evaluation, catalogue: Catalogue, tmp_path: Path) -> None:
    write_pdf(filled, catalogue, tmp_path / "notes.pdf", include=NOTES)
    told = letters(text_of(tmp_path / "notes.pdf"))
    typed = [line for text in texts(filled) for line in text.split("\n") if line.strip()]
    assert len(typed) > 400
    assert [line for line in typed if not any(letters(way) in told for way in (line, shown(line), short(line)))] == []


def test_questions_stand_in_the_pdf_where_they_are_answered_and_asked_for(
    filled: Evaluation, filled_pdf: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    filled.areas[0].questions[0].note = ""
    write_pdf(filled, catalogue, tmp_path / "notes.pdf", include=NOTES)
    told, usual = letters(text_of(tmp_path / "notes.pdf")), letters(text_of(filled_pdf))
    for area in catalogue.areas:
        for question in area.questions:
            words = letters(f"{question.key} {question.text}")
            assert (words in told) == (question.key != filled.areas[0].questions[0].key)
            assert words not in usual


def test_the_first_page_says_whose_it_is_and_for_whom(filled_pdf: Path, catalogue: Catalogue) -> None:
    pages = [letters(page) for page in pages_of(filled_pdf)]
    for words in (
        "Riverside Learning", "Self-evaluation 2026/27 for Northshire Council, inclusion team", "key stages 3 and 4",
        "part time", "In short", "20 November 2026 by Headteacher", "What we ask of you",
        *catalogue.rules,
    ):  # fmt: skip
        assert letters(words) in pages[0]
    for words in (
        "Revision 3; as at 22 November 2026; replaces revision 2", "Code 7KQ2-M4XD",
        "4a0a5b52-0000-4000-8000-000000000003",
    ):  # fmt: skip
        assert letters(words) in pages[-1]


@pytest.mark.parametrize("name", SAMPLES)
def test_no_page_is_empty(name: str, made: Maker) -> None:
    for page in pages_of(made(name).path):
        lines = [line for line in page.splitlines() if line.strip()]
        assert len(lines) > 1, "not only the line at its foot"


def test_little_or_nothing_written_takes_few_pages(made: Maker) -> None:
    assert len(pages_of(made("empty").path)) <= 4


def test_each_page_names_the_evaluation_its_code_and_its_number(filled_pdf: Path) -> None:
    pages = pages_of(filled_pdf)
    for n, page in enumerate(pages, 1):
        assert "Riverside Learning · Self-evaluation 2026/27 · revision 3" in page
        assert f"Code 7KQ2-M4XD · Page {n} of {len(pages)}" in page


def test_bookmarks_lead_to_the_pages_where_their_titles_stand(catalogue: Catalogue, filled_pdf: Path) -> None:
    pages = [letters(page) for page in pages_of(filled_pdf)]
    found = bookmarks(filled_pdf)
    titles = [title for _, title, _ in found]
    for area in catalogue.areas:
        assert f"{area.number} {area.title}" in titles
    for _, title, page in found:
        assert letters(title) in pages[page]


def test_the_areas_on_one_page_name_and_link_the_right_pages(catalogue: Catalogue, filled_pdf: Path) -> None:
    pages = pages_of(filled_pdf)
    here = next(n for n, page in enumerate(pages) if "The 13 areas on one page" in page)
    found = [(words, page) for at, words, page in links(filled_pdf) if at == here]
    starts = {title: page for _, title, page in bookmarks(filled_pdf)}
    for area in catalogue.areas:
        name = f"{area.number} {area.title}"
        assert (f"{name}, page {starts[name] + 1}", starts[name]) in found
        assert letters(name) in letters(pages[starts[name]])
        assert re.search(rf"^ *{area.number} .* {starts[name] + 1}$", pages[here], re.MULTILINE)


def test_every_number_of_an_action_or_of_evidence_leads_to_where_it_is_told(filled_pdf: Path) -> None:
    pages = [letters(page) for page in pages_of(filled_pdf)]
    found = [(words.partition(",")[0], page) for _, words, page in links(filled_pdf)]
    numbers = [(words, page) for words, page in found if words[0] in "AE" and words[1:].isdigit()]
    assert len({words for words, _ in numbers}) == 26 + 13, "each action and each source of evidence"
    assert all(words in pages[page] for words, page in numbers)


def test_an_address_for_e_mail_is_a_link(filled_pdf: Path) -> None:
    with pikepdf.open(filled_pdf) as document:
        actions = [str(one.A.URI) for page in document.pages for one in page.obj.get("/Annots", []) if "/A" in one]
    assert actions == ["mailto:office@riverside.example"]


def test_the_plan_begins_with_what_is_overdue_and_ends_with_what_is_finished(
    filled: Evaluation, catalogue: Catalogue, tmp_path: Path
) -> None:
    filled.actions = [
        Action("1", "workforce", "Finished before its time", "A", "2026-01-01", "finished"),
        Action("2", "workforce", "Without a date", "B"),
        Action("3", "workforce", "Due in spring", "C", "2027-03-01"),
        Action("4", "workforce", "Long overdue", "D", "2026-10-01", "under-way"),
        Action("5", "workforce", "Due on the day itself", "E", "2026-11-22"),
        Action("6", "workforce", "Stopped", "F", "2026-02-01", "stopped"),
    ]
    target = tmp_path / "plan.pdf"
    target.write_bytes(action_plan_pdf(filled, catalogue))
    told = text_of(target)
    order = ["Long overdue", "Due on the day itself", "Due in spring", "Without a date", "Finished before", "Stopped"]
    assert [told.index(words) for words in order] == sorted(told.index(words) for words in order)
    assert " ".join(told.split()).count("Overdue, under way") == 1
    assert told.count("Overdue on 22 November 2026") == 1
    write_pdf(filled, catalogue, tmp_path / "whole.pdf")
    first = pages_of(tmp_path / "whole.pdf")[0]
    assert "Past its date on 22 November 2026" in first
    assert "A4 Long …" in first.replace("\u00a0", " ")
    assert "A5" not in first


def test_an_empty_evaluation_says_what_is_missing_once_and_in_a_line(catalogue: Catalogue, tmp_path: Path) -> None:
    evaluation = new_evaluation(catalogue, created="2026-09-01T08:00:00+00:00")
    write_pdf(evaluation, catalogue, tmp_path / "empty.pdf")
    told = text_of(tmp_path / "empty.pdf")
    assert told.count("Nothing is written.") == 13
    assert told.count("No actions are written.") == told.count("No sources of evidence are written.") == 1
    assert "Not given: setting, places, site, period" in " ".join(told.split())
    assert "Not sent yet" in told


def test_areas_that_do_not_apply_stand_together_a_line_each(
    filled: Evaluation, catalogue: Catalogue, tmp_path: Path
) -> None:
    long = "We have said why at length. " * 30
    blank = new_evaluation(catalogue, created="2026-09-01T08:00:00+00:00")
    for area, reason in ((blank.areas[2], "We take no pupils yet."), (blank.areas[5], long), (blank.areas[7], long)):
        area.applies, area.reason = False, reason
    write_pdf(blank, catalogue, tmp_path / "not.pdf")
    pages = pages_of(tmp_path / "not.pdf")
    assert "Does not apply: We take no pupils yet." in " ".join(pages[1].split())
    (together,) = [page for page in pages if "Why areas do not apply" in page]
    assert letters(together).count(letters(long)) == 2
    last = filled.areas[-1]
    write_pdf(filled, catalogue, tmp_path / "written.pdf")
    told = letters(text_of(tmp_path / "written.pdf"))
    assert told.count(letters(last.reason)) == 2, "on the page of all areas, and on its own, as something is written"


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("contact", "office@riverside.example"),
        ("context", "Two terms, three days a week"),
        ("support", "An introduction to someone"),
    ],
)
def test_what_is_not_to_be_included_is_left_out(
    part: str, words: str, filled: Evaluation, catalogue: Catalogue, filled_pdf: Path, tmp_path: Path
) -> None:
    less: dict[str, Any] = {part: False}
    write_pdf(filled, catalogue, tmp_path / "less.pdf", include=Include(**less))
    assert letters(words) in letters(text_of(filled_pdf))
    assert letters(words) not in letters(text_of(tmp_path / "less.pdf"))


def test_what_the_instrument_does_not_know_is_told_too(
    filled: Evaluation, catalogue: Catalogue, tmp_path: Path
) -> None:
    filled.areas = [
        *filled.areas[:11],
        AreaRecord(12, "from-the-future", "Outdoor learning", questions=[QuestionNote("12.1", "Woods each Friday")]),
    ]
    write_pdf(filled, catalogue, tmp_path / "other.pdf", include=NOTES)
    told = letters(text_of(tmp_path / "other.pdf"))
    for words in ("12 Outdoor learning", "Woods each Friday", "13 Post-16 destinations"):
        assert letters(words) in told


def test_the_action_plan_by_itself_holds_the_actions_given(
    filled: Evaluation, catalogue: Catalogue, tmp_path: Path
) -> None:
    target = tmp_path / "plan.pdf"
    target.write_bytes(action_plan_pdf(filled, catalogue, filled.actions[2:4]))
    printed = " ".join(text_of(target).split())
    chosen, others = filled.actions[2:4], [*filled.actions[:2], *filled.actions[4:]]
    assert all(" ".join(action.what.split()) in printed for action in chosen)
    assert not any(" ".join(action.what.split()) in printed for action in others)
    told = [text for action in chosen for text in (action.measure, action.starting_point) if text.strip()]
    assert told
    assert all(" ".join(text.split()) in printed for text in told), "no area stands before it to tell how one will know"
    assert "A3" in printed, "each has the number that it has in the whole document"
    assert "A1 " not in printed
