"""Find the words that a note hangs on in a later revision: here, perhaps here, or not found; never a wrong place.

Both revisions are at hand, so the difference between the two texts of one item leads further than any search for
similar words. The words are always looked for from the original quotation in its own revision, never from an
earlier guess. The thresholds were chosen on seeded edits of near-twin sentences (``tests/review/anchor_trial.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.written_texts import everything_written
from apq_desktop.review.lines import Anchor

Certainty = Literal["here", "perhaps here", "not found"]
Place = tuple[str, str, str]
"""Kind, key and field of a text. An item keeps its place when it moves to another list or area."""
Texts = Mapping[Place, str]

_WORD = re.compile(r"\w+(?:['’-]\w+)*")


@dataclass(frozen=True, slots=True)
class Location:
    """Where the words stand now: ``start`` to ``end`` in the text at ``place``; None where they were not found."""

    certainty: Certainty
    place: Place | None = None
    start: int = 0
    end: int = 0


NOT_FOUND = Location("not found")


@dataclass(frozen=True, slots=True)
class _Match:
    """Words of a quotation found in a text: the share of its letters, its span, and how many neighbours stayed."""

    share: float
    start: int
    end: int
    neighbours: int


def texts_of(evaluation: Evaluation) -> dict[Place, str]:
    """Every text of an evaluation by its place."""
    return {
        (written.target.kind, written.target.key, written.field): written.text
        for written in everything_written(evaluation)
    }


def locate(anchor: Anchor, original: Texts, now: Texts) -> Location:
    """Where the quoted words of ``anchor`` stand in ``now``. ``original`` is the revision that was read."""
    quote, place = anchor.quote, (anchor.part, anchor.item, anchor.field)
    if quote is None or not visible_text(quote.exact):
        return Location("here", place) if place in now else NOT_FOUND
    before, after = original.get(place, ""), now.get(place, "")
    start = _start(before, quote.exact, quote.start)
    if start < 0:
        return NOT_FOUND
    end = start + len(quote.exact)
    if before == after:
        return Location("here", place, start, end)
    words = _WORD.findall(quote.exact)
    match = _difference_match(before, after, start, end)
    twin = _has_twin(before, start, end)
    if match and _is_here(match, quote.exact, words, twin=twin):
        return Location("here", place, match.start, match.end)
    left = match is None or (match.share < 0.6 and not twin)
    elsewhere = _elsewhere(quote.exact, words, original, now, place, moved=left)
    if elsewhere is not None:
        return elsewhere
    if match and match.share >= 0.4:
        return Location("perhaps here", place, match.start, match.end)
    return _perhaps_elsewhere(quote.exact, original, now, place)


def _start(text: str, exact: str, stated: int) -> int:
    """Where the quotation begins in its own revision; -1 where it does not stand there."""
    if text[stated : stated + len(exact)] == exact:
        return stated
    found = [match.start() for match in re.finditer(re.escape(exact), text)]
    return min(found, key=lambda start: abs(start - stated), default=-1)


def _tokens(text: str) -> list[tuple[str, int, int]]:
    return [(match[0].casefold(), match.start(), match.end()) for match in _WORD.finditer(text)]


def _difference_match(before: str, after: str, start: int, end: int) -> _Match | None:
    """Follow the words from ``start`` to ``end`` of a text through its difference to the later text."""
    old, new = _tokens(before), _tokens(after)
    matcher = SequenceMatcher(None, [word for word, *_ in old], [word for word, *_ in new], autojunk=False)
    kept = {block.a + n: block.b + n for block in matcher.get_matching_blocks() for n in range(block.size)}
    quoted = [n for n, (_, begins, ends) in enumerate(old) if begins < end and ends > start]
    stayed = [n for n in quoted if n in kept]
    letters = sum(len(old[n][0]) for n in quoted)
    if not stayed or not letters:
        return None
    first, last = kept[stayed[0]], kept[stayed[-1]]
    neighbours = _neighbours(kept, quoted[0], first, -1) + _neighbours(kept, quoted[-1], last, 1)
    share = sum(len(old[n][0]) for n in stayed) / letters
    return _Match(share, new[first][1], new[last][2], neighbours)


def _neighbours(kept: Mapping[int, int], old: int, new: int, step: int) -> int:
    """How many words beside the quotation, counted outwards, still stand directly beside it (4 at most)."""
    count = 0
    while count < 4 and kept.get(old + step * (count + 1)) == new + step * (count + 1):
        count += 1
    return count


def _is_here(match: _Match, exact: str, words: Sequence[str], *, twin: bool) -> bool:
    letters = sum(map(len, words))
    if twin:
        # The same words stand nearby in a sentence like this one: only what is unchanged is sure.
        return match.share == 1 and match.neighbours >= 4
    if match.share >= 0.85 and (match.neighbours >= 1 or letters >= 24):
        return True
    if not 0.5 <= (match.end - match.start) / len(exact) <= 1.7:
        return False
    kept = letters * match.share
    return match.share >= 0.66 and (kept >= 24 or (kept >= 12 and match.neighbours >= 2))


def _has_twin(text: str, start: int, end: int) -> bool:
    """Whether the same text holds another stretch of words much like the quotation."""
    rest = (text[:start], text[end:])
    return any(match.share >= 0.6 for part in rest if (match := _best(text[start:end], part)))


def _elsewhere(
    exact: str, words: Sequence[str], original: Texts, now: Texts, place: Place, *, moved: bool
) -> Location | None:
    """The words in another text that is new or changed, and in no other.

    ``moved``: little of them is left where they stood, so that reworded ones may count as moved.
    """
    if len(words) < 6:
        return None
    changed = {other: text for other, text in now.items() if other != place and original.get(other) != text}
    found = [other for other, text in changed.items() if exact in text and exact not in original.get(other, "")]
    if len(found) == 1 and sum(exact in text for text in now.values()) == 1:
        at = now[found[0]].index(exact)
        return Location("here", found[0], at, at + len(exact))
    if not moved or sum(map(len, words)) < 30:
        return None
    ranked = sorted(_ranked(exact, changed, original), key=lambda one: -one[0].share)
    if ranked and ranked[0][0].share >= 0.9 and (len(ranked) == 1 or ranked[1][0].share <= ranked[0][0].share - 0.3):
        best, other = ranked[0]
        return Location("here", other, best.start, best.end)
    return None


def _perhaps_elsewhere(exact: str, original: Texts, now: Texts, place: Place) -> Location:
    changed = {other: text for other, text in now.items() if other != place and original.get(other) != text}
    ranked = sorted(_ranked(exact, changed, original), key=lambda one: -one[0].share)
    if ranked and ranked[0][0].share >= 0.7 and len(exact) >= 24:
        best, other = ranked[0]
        return Location("perhaps here", other, best.start, best.end)
    return NOT_FOUND


def _ranked(exact: str, texts: Texts, original: Texts) -> Iterator[tuple[_Match, Place]]:
    """The best stretch of each text, where it was not there before."""
    for place, text in texts.items():
        match = _best(exact, text)
        earlier = _best(exact, original.get(place, ""))
        if match and (earlier is None or earlier.share <= match.share - 0.3):
            yield match, place


def _best(exact: str, text: str) -> _Match | None:
    """The stretch of a text that keeps the most letters of the quotation, in order."""
    quoted, there = _tokens(exact), _tokens(text)
    if not quoted or not there:
        return None
    matcher = SequenceMatcher(None, [word for word, *_ in quoted], [word for word, *_ in there], autojunk=False)
    longest = matcher.find_longest_match()
    if not longest.size:
        return None
    # Around the longest run, as wide as the quotation and half as much again.
    first = max(0, longest.b - longest.a - len(quoted) // 2)
    window = there[first : longest.b + len(quoted) - longest.a + len(quoted) // 2]
    matcher.set_seq2([word for word, *_ in window])
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    letters = sum(len(quoted[block.a + n][0]) for block in blocks for n in range(block.size))
    share = letters / sum(len(word) for word, *_ in quoted)
    return _Match(share, window[blocks[0].b][1], window[blocks[-1].b + blocks[-1].size - 1][2], 0)
