"""What the program shows speaks of no scores, ranks or users, never shouts, and has one word for one thing."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from apq_desktop import paths
from tests.plain_english import texts_in_code

if TYPE_CHECKING:
    from collections.abc import Iterator
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
ANOTHER_WORD = re.compile(
    r"\be-mails?\b|\byouth offending|\bschool exclusion trial|\b12 (?:Back|pilots)|\bshall\b|\bhalf term\b|[a-z] \d+% "
    r"|no longer so|\btells (?:what|whether)|does not tell (?:what|whether)"
)
"""What has another word here: email, youth justice, School Exclusion Trial, twelve, should, half-term, per cent."""
STRAIGHT = re.compile(r"[A-Za-z]'(?:s|t|re|ve|ll|d|m)?(?![\w'])|(?<![\w=(])\"[A-Za-z]|[A-Za-z.]\"")
"""An apostrophe or a quotation mark as a typewriter has it."""
FOR_MACHINES = re.compile(r"[<={}\\\[]|^(?:CREATE|INSERT|SELECT|DELETE) |^default-src ")


def texts() -> list[tuple[str, Path]]:
    """The files that hold words, each with its place below forms/ or resources/."""
    kinds = {".toml", ".json", ".md", ".html", ".txt", ".qss", ".svg"}
    return [
        (path.relative_to(folder).as_posix(), path)
        for folder in (paths.forms(), paths.resources())
        for path in sorted(folder.rglob("*"))
        if path.suffix in kinds and path.parent.name != "fonts"  # where a licence stands, in its makers' words
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


def values(table: object) -> Iterator[str]:
    """Every text in a table of TOML."""
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict | list):
        for value in table.values() if isinstance(table, dict) else table:
            yield from values(value)


def read() -> list[tuple[str, str]]:
    """Every text that people read, with its place: instrument, help, the window and what is made of them."""
    instrument = sorted(paths.forms().rglob("*.toml")) + sorted(paths.resources().rglob("*.toml"))
    found = [(path.name, text) for path in instrument for text in values(tomllib.loads(path.read_text("utf-8")))]
    found += [(path.name, path.read_text("utf-8")) for path in sorted((paths.resources() / "help").glob("[0-9]*.md"))]
    found += [
        (where, text)
        for where, text in texts_in_code(paths.resources().parent / "apq_desktop")
        if not FOR_MACHINES.search(text)
    ]
    return found


def test_apostrophes_and_quotation_marks_are_as_print_has_them() -> None:
    """What a person types, and the worked example, which stands for it, are left as typed."""
    assert len(read()) > 1500
    assert not [(where, text) for where, text in read() if STRAIGHT.search(text)]


def test_one_thing_has_one_word() -> None:
    assert not [(where, found[0]) for where, text in read() if (found := ANOTHER_WORD.search(text))]


@pytest.mark.parametrize("text", ["a pupil's name", "pupils' names", "don't", 'called "help" there', "the staff's."])
def test_the_search_finds_a_straight_mark(text: str) -> None:
    assert STRAIGHT.search(text)


@pytest.mark.parametrize(
    "text", ["an e-mail address", "the school exclusion trial", "What shall it be?", "It tells what"]
)
def test_the_search_finds_another_word(text: str) -> None:
    assert ANOTHER_WORD.search(text)
