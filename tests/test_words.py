"""What the program shows from its files never speaks of scores, ranks or users, and never shouts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from apq_desktop import paths

if TYPE_CHECKING:
    from pathlib import Path

AVOIDED = re.compile(
    r"\b(?:scor(?:e|es|ed|ing)|rat(?:ing|ings|ed)|RAG|(?:out)?rank(?:s|ed|ing|ings)?|failing"
    r"|users?|entit(?:y|ies)|submit(?:s|ted|ting)?|submissions?)\b",
    re.IGNORECASE,
)
EXCLAMATION = re.compile(r"!(?!=)")
MARKUP = re.compile(r"<!--.*?-->|<!DOCTYPE[^>]*>|<!\[CDATA\[", re.DOTALL | re.IGNORECASE)
IMAGES = re.compile(r"!\[")
# Where the format's own page says what there is not.
UNAVOIDABLE = {("schema/README.md", "scores")}


def texts() -> list[tuple[str, Path]]:
    """The files that hold words, each with its place below forms/ or resources/."""
    kinds = {".toml", ".json", ".md", ".html", ".txt", ".qss", ".svg"}
    return [
        (path.relative_to(folder).as_posix(), path)
        for folder in (paths.forms(), paths.resources())
        for path in sorted(folder.rglob("*"))
        if path.suffix in kinds
    ]


def avoided(name: str, text: str) -> list[str]:
    """The words in ``text`` that should not be there."""
    found = [match[0] for match in AVOIDED.finditer(text) if (name, match[0]) not in UNAVOIDABLE]
    return found + EXCLAMATION.findall(IMAGES.sub("[", MARKUP.sub("", text)))


def test_nothing_shown_uses_a_word_the_field_does_not_want() -> None:
    found = {name: words for name, path in texts() if (words := avoided(name, path.read_text("utf-8")))}
    assert len(texts()) >= 16
    assert found == {}


@pytest.mark.parametrize("sentence", ["Rated well", "the RAG list", "Two scores.", "a user", "Submit", "Well done!"])
def test_the_search_finds_such_a_word(sentence: str) -> None:
    assert avoided("a.toml", sentence)


def test_the_search_lets_ordinary_words_pass() -> None:
    sentence = "Fragile, separated and operating; corporate drag; frank talk; <!-- note --> ![picture](a.png)"
    assert avoided("a.md", sentence) == []
