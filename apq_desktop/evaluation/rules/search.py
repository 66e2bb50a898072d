"""Find words in everything that was written in an evaluation. Accents and case do not matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.evaluation.labels import ABOUT, REGISTER, area_title, label
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.text.search_folding import fold, folded_with_places
from apq_desktop.evaluation.text.written_texts import Written, everything_written

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
    wanted = tuple(dict.fromkeys(fold(words).split()))
    titles = {area.key: area_title(area.number, area.title) for area in evaluation.areas}
    found: list[SearchHit] = []
    if wanted:
        for written in everything_written(evaluation):
            text = fold(written.text)
            if all(word in text for word in wanted):
                found.append(_hit(written, wanted, titles))
                if len(found) == most:
                    break
    return found


def _hit(written: Written, wanted: tuple[str, ...], titles: dict[str, str]) -> SearchHit:
    matches = _joined(sorted(_places(written.text, wanted)))
    start, excerpt = _excerpt(written.text, matches[0][0])
    inside = [(first - start, min(last - start, len(excerpt))) for first, last in matches]
    ellipsis = 1 if start else 0
    excerpt = ("…" if start else "") + excerpt + ("…" if start + len(excerpt) < len(written.text) else "")
    kind = written.target.kind
    where = titles.get(written.area, written.area) or (REGISTER if kind == "evidence" else ABOUT)
    return SearchHit(
        target=written.target,
        field=written.field,
        area=written.area,
        where=where,
        field_label=f"Question {written.target.key}" if kind == "note" else label(kind, written.field),
        excerpt=excerpt,
        matches=tuple((first + ellipsis, last + ellipsis) for first, last in inside if first < last),
    )


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
