"""One area read across settings: what is wanted, page by page, in the order of the settings' names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from apq_desktop.evaluation.text.search_folding import fold, folded_with_places
from apq_desktop.library.collection import ALL, Library, Passage, Wanted

AT_ONCE = 200
"""Passages that are read at one time."""
_WORD = re.compile(r"\w+")
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to filter by, each in alphabetical order."""

    kinds: tuple[str, ...]
    stages: tuple[str, ...]
    councils: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """One place where words stand in a text, with some of what is around: ``before``, the words, ``after``."""

    before: str
    words: str
    after: str


def development_areas(area: str = "", wanted: Wanted = ALL) -> Wanted:
    """All development areas, of one area or of all."""
    return replace(wanted, area=area, part="development_areas", field="text")


def actions(area: str = "", wanted: Wanted = ALL) -> Wanted:
    """All actions, of one area or of all."""
    return replace(wanted, area=area, part="actions", field="what")


def support(area: str = "", wanted: Wanted = ALL) -> Wanted:
    """All support that settings would like."""
    return replace(wanted, area=area, part="area", field="support")


def tagged(library: Library, tag: str, wanted: Wanted = ALL) -> Wanted:
    """``wanted`` of the settings alone that carry an officer's tag."""
    with_tag = frozenset(provider for provider, text in library.state().tags if fold(text) == fold(tag))
    return replace(wanted, providers=with_tag if wanted.providers is None else wanted.providers & with_tag)


def choices(library: Library) -> Choices:
    """What the settings of a library can be filtered by."""
    there = library.providers()
    return Choices(
        _in_order({one.kind for one in there}),
        _in_order({stage for one in there for stage in one.stages}),
        _in_order({one.authority for one in there}),
        _in_order({text for _, text in library.state().tags}),
    )


def _in_order(found: set[str]) -> tuple[str, ...]:
    return tuple(sorted(found - {""}, key=lambda text: (fold(text), text)))


def read_across(library: Library, wanted: Wanted) -> Iterator[Passage]:
    """The passages wanted, a page of them at one time."""
    keys = library.places(wanted)
    for start in range(0, len(keys), AT_ONCE):
        yield from library.passages(keys[start : start + AT_ONCE])


def in_context(text: str, words: str, around: int = _AROUND) -> list[Context]:
    """Every place in ``text`` where one of ``words`` begins a word, with what is around it; folded as search does."""
    plain, places = folded_with_places(text)
    found = []
    for start, end in _spans(plain, _WORD.findall(fold(words))):
        first, last = places[start], max(places[end - 1] + 1, places[end])
        found.append(Context(text[max(0, first - around) : first], text[first:last], text[last : last + around]))
    return found


def _spans(plain: str, words: Sequence[str]) -> list[tuple[int, int]]:
    if not words:
        return []
    # The longest first, so that of two words that begin alike the whole of one is shown.
    either = "|".join(map(re.escape, sorted(set(words), key=len, reverse=True)))
    return [match.span() for match in re.finditer(rf"\b(?:{either})", plain)]
