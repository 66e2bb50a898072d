"""One area read across settings: what is wanted, page by page, in the order of the settings' names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from apq_desktop.evaluation.text.search_folding import fold, folded_with_places
from apq_desktop.library.collection import Library, Passage, Revision, Wanted
from apq_desktop.services.locality.tags import tag_words
from apq_desktop.services.locality.themes import themes_on

AT_ONCE = 200
"""Passages that are read at one time."""
_WORD = re.compile(r"\w+")


PARTS: Mapping[str, tuple[str, tuple[str, ...], str]] = MappingProxyType(
    {
        "both": ("Strengths and development areas", ("strengths", "development_areas"), "text"),
        "strengths": ("Strengths", ("strengths",), "text"),
        "development_areas": ("Development areas", ("development_areas",), "text"),
        "actions": ("Actions", ("actions",), "what"),
        "support": ("Support wanted", ("area",), "support"),
        "evidence": ("Evidence", ("evidence",), "title"),
        "": ("Everything about it", (), ""),
    }
)
"""What is read of an area: its name, the parts that passages stand in, and their field."""


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage as it is shown: ``spans`` are where the words looked for stand in its text, ``themes`` are on it."""

    passage: Passage
    spans: tuple[tuple[int, int], ...]
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to filter by, each in alphabetical order."""

    kinds: tuple[str, ...]
    stages: tuple[str, ...]
    councils: tuple[str, ...]
    tags: tuple[str, ...]


def wanted_part(part: str, wanted: Wanted) -> Wanted:
    """``wanted`` of one of ``PARTS``."""
    _, parts, field = PARTS[part]
    return replace(wanted, parts=parts, field=field)


def choices(library: Library) -> Choices:
    """What the settings of a library can be filtered by."""
    there = library.facets()
    return Choices(_in_order(there.kinds), _in_order(there.stages), _in_order(there.councils), tag_words(library))


def _in_order(found: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(found - {""}, key=lambda text: (fold(text), text)))


def read_across(library: Library, wanted: Wanted) -> Iterator[Passage]:
    """The passages wanted, a page of them at one time."""
    keys = library.places(wanted)
    for start in range(0, len(keys), AT_ONCE):
        yield from library.passages(keys[start : start + AT_ONCE])


def read_page(library: Library, keys: Sequence[int], words: str = "") -> list[ReadPassage]:
    """A page of passages with the words looked for and the themes on them; at most ``AT_ONCE``."""
    themes = themes_on(library)
    return [
        ReadPassage(one, tuple(places_of_words(one.text, words)), themes.get((one.evaluation, one.item, one.field), ()))
        for one in library.passages(keys)
    ]


def settings_with(library: Library, wanted: Wanted, *, only_with_words: bool) -> list[tuple[Revision, list[int]]]:
    """The settings that say something, with the keys of all of it; with the words alone, those that use them there."""
    everything = library.places_by_revision(replace(wanted, words=""))
    if not wanted.words or not only_with_words:
        return everything
    using = {one.content for one, _ in library.places_by_revision(wanted)}
    return [(one, keys) for one, keys in everything if one.content in using]


def places_of_words(text: str, words: str) -> list[tuple[int, int]]:
    """Where in ``text`` one of ``words`` begins a word, from and to; folded as search does."""
    plain, places = folded_with_places(text)
    return [
        (places[start], max(places[end - 1] + 1, places[end]))
        for start, end in _spans(plain, _WORD.findall(fold(words)))
    ]


def _spans(plain: str, words: Sequence[str]) -> list[tuple[int, int]]:
    if not words:
        return []
    # The longest first, so that of two words that begin alike the whole of one is shown.
    either = "|".join(map(re.escape, sorted(set(words), key=len, reverse=True)))
    return [match.span() for match in re.finditer(rf"\b(?:{either})", plain)]
