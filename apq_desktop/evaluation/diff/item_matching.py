"""Which item of an earlier evaluation is which of a later one: by id, else by the most similar text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from apq_desktop.evaluation.model import Action, Entry, Evidence
from apq_desktop.evaluation.text.cleaning import visible_text

Item = TypeVar("Item", Entry, Evidence, Action)

ALIKE = 0.6
"""From this share of common words on, two texts count as one that was reworded."""
MOST_COMPARED = 200
"""Where more items than this have found no partner, only equal texts are paired."""
_WORDS = re.compile(r"\w+")


Row = tuple[Item | None, Item | None]
"""An item earlier and now; None where it is not there."""


def paired(earlier: Sequence[Item], later: Sequence[Item], text: Callable[[Item], str]) -> list[Row[Item]]:
    """Each item with its partner: what is there now, in its order, then what is there no longer, in its own.

    Ids that are the same count first, then equal texts, then similar ones.
    """
    partner: dict[str, Item] = {}
    by_id = {item.id: item for item in earlier}
    partner.update((item.id, by_id[item.id]) for item in later if item.id in by_id)
    for find in (_equal_texts, _similar_texts):
        taken = {item.id for item in partner.values()}
        left = [item for item in earlier if item.id not in taken]
        right = [item for item in later if item.id not in partner]
        for old, new in find([text(item) for item in left], [text(item) for item in right]):
            partner[right[new].id] = left[old]
    taken = {item.id for item in partner.values()}
    rows: list[Row[Item]] = [(partner.get(item.id), item) for item in later]
    return rows + [(item, None) for item in earlier if item.id not in taken]


def _equal_texts(earlier: list[str], later: list[str]) -> list[tuple[int, int]]:
    places: dict[str, list[int]] = {}
    for place, text in enumerate(earlier):
        places.setdefault(" ".join(visible_text(text).split()), []).append(place)
    found = []
    for place, text in enumerate(later):
        waiting = places.get(" ".join(visible_text(text).split()))
        if visible_text(text) and waiting:
            found.append((waiting.pop(0), place))
    return found


def _similar_texts(earlier: list[str], later: list[str]) -> list[tuple[int, int]]:
    """The most similar pairs first, each text in one pair; of equally similar ones those that stand first."""
    if max(len(earlier), len(later)) > MOST_COMPARED:
        return []
    old, new = ([Counter(_WORDS.findall(text.casefold())) for text in texts] for texts in (earlier, later))
    likeness = sorted(
        (-share, old_place, new_place)
        for old_place, old_words in enumerate(old)
        for new_place, new_words in enumerate(new)
        if (share := _share(old_words, new_words)) >= ALIKE
    )
    found: list[tuple[int, int]] = []
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for _, old_place, new_place in likeness:
        if old_place not in taken_old and new_place not in taken_new:
            found.append((old_place, new_place))
            taken_old.add(old_place)
            taken_new.add(new_place)
    return found


def _share(one: Counter[str], other: Counter[str]) -> float:
    """How much of all their words two texts have in common, from 0 to 1."""
    altogether = one.total() + other.total()
    return 2 * (one & other).total() / altogether if altogether else 0.0
