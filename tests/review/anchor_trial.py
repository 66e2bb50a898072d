"""Seeded trial of anchors: quotations of 3 to 15 words, and what an edit, a move or a split makes of them.

    python -m tests.review.anchor_trial [CASES] [SEED]      1,000 cases of each kind from seed 40000

The texts are sentences of the worked example with other words laid over them, so that near-twins are everywhere.
Found: at least half of the true place and what was found overlap. Wrong: another text, no overlap, or anything
where nothing is left to find.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from apq_desktop import paths
from apq_desktop.evaluation.text.written_texts import everything_written
from apq_desktop.review.anchors import Location, locate
from apq_desktop.review.lines import Anchor, Quote
from apq_desktop.toolkit.loader import load
from tests.worked_example import earlier_example

Text = list[str]
Span = tuple[int, int]
MARK = "\ue000"
"""Stands before and after the quotation while a text is edited, so that the true place is known."""


@dataclass(frozen=True)
class Case:
    """One quotation, the texts before and after, and where it truly is (None: nowhere)."""

    anchor: Anchor
    before: dict[tuple[str, str, str], str]
    after: dict[tuple[str, str, str], str]
    place: tuple[str, str, str] | None
    span: Span


@cache
def sentences() -> tuple[tuple[str, ...], ...]:
    """The earlier example's sentences as words."""
    evaluation = earlier_example(load(paths.forms()))
    texts = " ".join(written.text for written in everything_written(evaluation))
    found = (tuple(sentence.split()) for sentence in re.split(r"(?<=[.!?])\s+", texts))
    return tuple(words for words in found if 6 <= len(words) <= 30)


@cache
def vocabulary() -> tuple[str, ...]:
    """Words in the order of their frequency."""
    return tuple(word for word, _ in Counter(word.strip(".,;") for one in sentences() for word in one).most_common())


def _word(chance: random.Random) -> str:
    return vocabulary()[min(int(chance.paretovariate(0.7)), len(vocabulary())) - 1]


def _sentence(chance: random.Random) -> Text:
    words = list(chance.choice(sentences()))
    for n in range(len(words)):
        if chance.random() < 0.15:
            words[n] = _word(chance)
    return words


def _entry(chance: random.Random) -> Text:
    return [word for _ in range(chance.randint(1, 5)) for word in _sentence(chance)]


def _other_sentence(quoted: set[str], chance: random.Random) -> Text:
    """A sentence that is no twin of the quotation: where its twin takes its place, nobody can say that it is gone."""
    while True:
        words = _sentence(chance)
        if len(quoted & set(words)) * 2 < len(quoted):
            return words


def edited(words: Text, share: float, chance: random.Random) -> Text:
    """Replace, take out or put in this share of the words; marks stay."""
    found = []
    for word in words:
        if MARK in word or chance.random() >= share:
            found.append(word)
            continue
        kind = chance.randrange(3)
        if kind == 0:
            found.append(_word(chance))
        elif kind == 1:
            found += [word, _word(chance)]
    return found


def _joined(words: Text) -> tuple[str, Span]:
    text = " ".join(words)
    first = text.index(MARK)
    text = text[:first] + text[first + 2 :]
    last = text.index(MARK)
    text = text[:last].rstrip() + text[last + 1 :]
    return text, (first, len(text[:last].rstrip()))


def make(kind: str, chance: random.Random) -> Case:
    """One case of a kind, such as ``edit 30``, ``moved 10``, ``split``, ``gone`` or ``deleted``."""
    entries = {("strengths", str(n), "text"): _entry(chance) for n in range(12)}
    place = chance.choice(list(entries))
    words = entries[place]
    length = min(chance.randint(3, 15), len(words))
    start = chance.randint(0, len(words) - length)
    marked = [*words[:start], MARK, *words[start : start + length], MARK, *words[start + length :]]
    before = {other: " ".join(text) for other, text in entries.items()}
    text, (begins, ends) = _joined(marked)
    quote = Quote(text[begins:ends], text[max(0, begins - 32) : begins], text[ends : ends + 32], begins)
    anchor = Anchor(1, "workforce", "strengths", place[1], "text", quote)
    after, true_place, span = _after(kind, before, place, marked, chance)
    return Case(anchor, before, after, true_place, span)


def _after(
    kind: str, before: dict[tuple[str, str, str], str], place: tuple[str, str, str], marked: Text, chance: random.Random
) -> tuple[dict[tuple[str, str, str], str], tuple[str, str, str] | None, Span]:
    after = {key: " ".join(edited(text.split(), 0.1, chance)) for key, text in before.items() if key != place}
    new = ("development_areas", "new", "text")
    share = int(kind.rsplit(maxsplit=1)[-1]) / 100 if kind[-1].isdigit() else 0.0
    first, last = (n for n, word in enumerate(marked) if word == MARK)
    match kind.split(maxsplit=1)[0]:
        case "edit":
            text, span = _joined(edited(marked, share, chance))
            return after | {place: text}, place if span[1] > span[0] else None, span
        case "moved":
            text, span = _joined(edited(marked, share, chance))
            return after | {new: text}, new if span[1] > span[0] else None, span
        case "split":
            cut = chance.choice([0, first, last + 1, len(marked)])
            rest, kept = (marked[:cut], marked[cut:]) if first >= cut else (marked[cut:], marked[:cut])
            text, span = _joined(kept)
            return after | {place: text, new: " ".join(rest)}, place, span
        case "gone":
            other = _other_sentence(set(marked[first:last]), chance)
            return after | {place: " ".join([*marked[:first], *other, *marked[last + 1 :]])}, None, (0, 0)
        case _:
            return after, None, (0, 0)


def outcome(case: Case) -> tuple[str, bool]:
    """The certainty, and whether the place is wrong."""
    found = locate(case.anchor, case.before, case.after)
    if found.certainty == "not found":
        return found.certainty, False
    return found.certainty, not _overlaps(found, case)


def _overlaps(found: Location, case: Case) -> bool:
    if case.place is None or found.place != case.place:
        return False
    common = min(found.end, case.span[1]) - max(found.start, case.span[0])
    return common * 2 >= max(1, case.span[1] - case.span[0])


KINDS = ("edit 10", "edit 30", "edit 60", "moved", "moved 5", "moved 10", "split", "gone", "deleted")


def trial(cases: int, seed: int, make_case: Callable[[str, random.Random], Case] = make) -> dict[str, Counter[str]]:
    """For each kind the number of each certainty, and of wrong ones as ``wrong here`` and ``wrong perhaps here``."""
    found = {}
    for number, kind in enumerate(KINDS):
        counts: Counter[str] = Counter()
        for n in range(cases):
            certainty, wrong = outcome(make_case(kind, random.Random(seed + number * 100_000 + n)))  # noqa: S311
            counts[f"wrong {certainty}" if wrong else certainty] += 1
        found[kind] = counts
    return found


if __name__ == "__main__":
    wanted, first_seed = (int(word) for word in [*sys.argv[1:], *("1000", "40000")[len(sys.argv) - 1 :]])
    for name, result in trial(wanted, first_seed).items():
        print(f"{name:10}", dict(sorted(result.items())))
