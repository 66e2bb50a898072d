"""Find words in everything that was written in an evaluation. Accents and case do not matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.evaluation.fields import label
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.text.search_folding import fold, folded_with_places
from apq_desktop.evaluation.text.written_texts import Written, everything_written
from apq_desktop.evaluation.titles import ABOUT, REGISTER, area_title

MOST_HITS = 500
BEFORE, AROUND = 30, 120
"""Characters of an excerpt before its first match, and altogether."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One text in which all the words stand.

    ``target`` and ``field`` lead to it; ``area`` is the key of the form it stands in, empty for the evaluation's
    details and the evidence. ``where`` and ``field_label`` are for reading. ``matches`` are the places of the words
    in ``excerpt``, each from its first character to after its last, in order.
    """

    target: Target
    field: str
    area: str
    where: str
    field_label: str
    excerpt: str
    matches: tuple[tuple[int, int], ...]


def find(evaluation: Evaluation, words: str, most: int = MOST_HITS) -> list[SearchHit]:
    """The texts that hold every one of ``words``, or a word that goes on from it, in the order of reading.

    Dates are found as they are shown: ``November 2026``. No words find nothing.
    """
    wanted = wanted_words(words)
    titles = {area.key: area_title(area.number, area.title) for area in evaluation.areas}
    hits = (_hit(written, wanted, titles) for written in everything_written(evaluation)) if wanted else ()
    return list(islice(filter(None, hits), most))


def wanted_words(words: str) -> tuple[str, ...]:
    """The words to look for in what somebody typed, folded, each once."""
    return tuple(dict.fromkeys(fold(words).split()))


def find_in(text: str, wanted: tuple[str, ...]) -> tuple[str, tuple[tuple[int, int], ...]] | None:
    """An excerpt of ``text`` and where the words stand in it; None where one of them is missing, or none is wanted."""
    folded = fold(text)
    if not wanted or not all(word in folded for word in wanted):
        return None
    matches = places(text, wanted)
    start, excerpt = _excerpt(text, matches[0][0])
    inside = [(first - start, min(last - start, len(excerpt))) for first, last in matches]
    ellipsis = 1 if start else 0
    excerpt = ("…" if start else "") + excerpt + ("…" if start + len(excerpt) < len(text) else "")
    return excerpt, tuple((first + ellipsis, last + ellipsis) for first, last in inside if first < last)


def places(text: str, wanted: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where any of the words stands in ``text``, in order, from its first character to after its last."""
    return _joined(sorted(_places(text, wanted)))


def _hit(written: Written, wanted: tuple[str, ...], titles: dict[str, str]) -> SearchHit | None:
    if (found := find_in(written.text, wanted)) is None:
        return None
    return hit_at(written.target, written.field, written.area, titles, *found)


def hit_at(
    target: Target,
    field: str,
    area: str,
    titles: Mapping[str, str],
    excerpt: str = "",
    matches: tuple[tuple[int, int], ...] = (),
) -> SearchHit:
    """A place with its names. ``titles`` are the names of the areas by their keys."""
    where = titles.get(area, area) or (REGISTER if target.kind == "evidence" else ABOUT)
    field_label = f"Question {target.key}" if target.kind == "note" else label(target.kind, field)
    return SearchHit(target, field, area, where, field_label, excerpt, matches)


def _places(text: str, wanted: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where the words stand in ``text`` itself, which can be longer or shorter than its folded form."""
    plain, places = folded_with_places(text)
    for word in wanted:
        start = plain.find(word)
        while start >= 0:
            end = start + len(word)
            # Up to the next letter, so that marks which follow the last one belong to it.
            yield places[start], max(places[end - 1] + 1, places[end])
            start = plain.find(word, end)


def _joined(matches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Matches in order, those that touch or overlap as one."""
    joined = matches[:1]
    for first, last in matches[1:]:
        if first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(last, joined[-1][1])
        else:
            joined.append((first, last))
    return joined


def _excerpt(text: str, first: int) -> tuple[int, str]:
    """Where the excerpt begins in ``text``, at a word where it can, and the excerpt on one line."""
    start = max(0, first - BEFORE)
    if start:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + AROUND)
    if end < len(text):
        space = text.rfind(" ", max(first + 1, end - BEFORE), end)
        end = space if space > first else end
    return start, text[start:end].replace("\n", " ").replace("\t", " ")
