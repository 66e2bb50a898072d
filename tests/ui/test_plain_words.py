"""The help and the words on the screen are plain: below the fifth Flesch-Kincaid grade, in sentences of 30 words."""

from __future__ import annotations

import re

import pytest

from apq_desktop import paths
from apq_desktop.ui.pages.help.help_markdown import HelpText, read_help
from tests.plain_english import grade, sentences, texts_in_code

MOST, LONGEST = 5, 30
PAGES = read_help(paths.resources() / "help")
PACKAGE = paths.resources().parent / "apq_desktop"
SAID = re.compile(r"[A-Z“…].*[.?…]", re.DOTALL)
"""A sentence and no label, name or pattern."""
NOT_FOR_EVERYONE = ("cli", "__main__", "ui/window/self_test", "ui/pages/help/help_markdown")
"""What only people read who look after the program."""


def messages(folder: str = "") -> list[tuple[str, str]]:
    """The sentences in the program's code that people read, each with its place."""
    return [
        (where, text)
        for where, text in texts_in_code(PACKAGE)
        if where.startswith(folder)
        and not where.startswith(NOT_FOR_EVERYONE)
        and SAID.fullmatch(text.strip())
        and len(text.split()) > 3
    ]


UNCLEAR = re.compile(
    r"Words|Sorted by:?|Switch…|Change…|Someone else|.*in its light.*|No area is ready yet.*|.*\d+ of \d+ areas ready.*"
)
"""Labels that people did not understand."""


def test_no_label_that_was_not_understood_has_come_back() -> None:
    labels = [(where, text) for where, text in texts_in_code(PACKAGE / "ui") if UNCLEAR.fullmatch(text)]
    assert not labels


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
def test_a_help_page_reads_easily(page: HelpText) -> None:
    texts = [text for block in page.blocks for text in block.texts]
    assert not [told for text in texts for told in sentences(text) if len(told.split()) > LONGEST]
    assert grade([page.title, *texts]) < MOST


@pytest.mark.parametrize("folder", ["ui", "evaluation", "storage", ""])
def test_the_sentences_on_the_screen_read_easily(folder: str) -> None:
    said = messages(folder)
    assert len(said) > 15
    assert grade(text for _, text in said) < MOST
    assert not [(where, told) for where, text in said for told in sentences(text) if len(told.split()) > LONGEST]
