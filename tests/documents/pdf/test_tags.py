"""The tags tell what the story tells: every word, in its order, with its role, and nothing beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from apq_desktop.documents.content.outline import story
from apq_desktop.evaluation.model import new_evaluation
from apq_desktop.evaluation.rules.outgoing_copy import Include
from apq_desktop.toolkit.catalogue import Catalogue
from tests.documents.conftest import CODE, Maker
from tests.documents.filled_evaluation import filled_evaluation
from tests.documents.pdf_readers import NOT_EUROPEAN, drawn, pages_of, read_by_pdfinfo, without_numbers
from tests.documents.samples import CREATED, SAMPLES, SHORT, sample
from tests.documents.tag_checker import problems
from tests.documents.write_pdf import write_pdf


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_read_is_what_is_told(name: str, made: Maker) -> None:
    assert problems(made(name).path, made(name).story) == []


@pytest.mark.timeout(600)  # pdfinfo reads a page anew for each piece of it
@pytest.mark.parametrize("name", SHORT)
def test_another_program_reads_the_same_words_in_the_same_order(name: str, made: Maker) -> None:
    """Of the scripts, pdfinfo turns some round and drops parts of others: there it tells the European letters."""
    read, told = read_by_pdfinfo(made(name).path), without_numbers(drawn(made(name).story))
    if name == "scripts":
        read, told = (NOT_EUROPEAN.sub("", text) for text in (read, told))
        assert len(told) > 1_000
    assert read == told


def test_lists_stand_in_cells_and_go_on_over_pages(catalogue: Catalogue, tmp_path: Path) -> None:
    evaluation, include = sample("lists in cells", catalogue), Include(annexes=("toolkit-form",))
    told = story(evaluation, catalogue, include=include)
    cells = [element for element in told.walk() if element.role == "TD"]
    assert sum(child.role == "L" for cell in cells for child in cell.children) == 8
    write_pdf(evaluation, catalogue, tmp_path / "lists.pdf", include=include)
    pages = pages_of(tmp_path / "lists.pdf")
    first = next(n for n, page in enumerate(pages) if "The same once more" in page)
    assert "Entry 0 of area 1" in pages[first]
    assert "Entry 11 of area 1" in pages[first + 1]
    assert problems(tmp_path / "lists.pdf", told) == []


def test_the_story_has_every_kind_of_element(catalogue: Catalogue) -> None:
    roles = {element.role for element in story(filled_evaluation(catalogue), catalogue, code=CODE).walk()}
    assert roles == {
        "Document", "Sect", "H1", "H2", "H3", "H4", "P", "Span", "Link", "L", "LI", "Lbl", "LBody",
        "Table", "TR", "TH", "TD",
    }  # fmt: skip


def test_the_checker_sees_a_story_that_was_not_told(made: Maker, catalogue: Catalogue) -> None:
    other = story(new_evaluation(catalogue, created=CREATED), catalogue)
    assert problems(made("empty").path, other) != []
