"""The tags tell what the story tells: every word, in its order, with its role, and nothing beside it."""

from __future__ import annotations

import re

import pytest

from apq_desktop.evaluation.model import new_evaluation
from apq_desktop.instrument import Catalogue
from apq_desktop.report.story import story
from tests.report.checker import problems
from tests.report.conftest import CODE, Maker
from tests.report.filled import filled_evaluation
from tests.report.reading import letters, run
from tests.report.samples import CREATED, SAMPLES


@pytest.mark.parametrize("name", SAMPLES)
def test_what_is_read_is_what_is_told(name: str, made: Maker) -> None:
    assert problems(made(name).path, made(name).story) == []


def test_another_program_reads_the_same_words_in_the_same_order(made: Maker) -> None:
    """Numbers aside: the contents end in page numbers, which the story does not know."""
    read = run("pdfinfo", "-struct-text", made("brief").path)
    leaves = re.findall(r'^ +"(.*)"$', read, re.MULTILINE)
    told = [element.text for element in made("brief").story.walk()]
    assert len(leaves) > 300
    assert without_numbers("".join(leaves)) == without_numbers("".join(told))


def without_numbers(text: str) -> str:
    return re.sub("[0-9]", "", letters(text))


def test_the_story_has_every_kind_of_element(catalogue: Catalogue) -> None:
    roles = {element.role for element in story(filled_evaluation(catalogue), catalogue, code=CODE).walk()}
    assert roles == {
        "Document", "Sect", "H1", "H2", "H3", "P", "L", "LI", "Lbl", "LBody",
        "Table", "TR", "TH", "TD", "TOC", "TOCI", "Reference", "Link",
    }  # fmt: skip


def test_the_checker_sees_a_story_that_was_not_told(made: Maker, catalogue: Catalogue) -> None:
    other = story(new_evaluation(catalogue, created=CREATED), catalogue)
    assert problems(made("empty").path, other) != []
