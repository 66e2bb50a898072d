"""Words that may tell which setting, place or person is meant. All are only shown to the officer, who decides."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from apq_desktop.evaluation.rules.remarks.personal_data import personal_data
from apq_desktop.evaluation.text.search_folding import fold

_TITLED = re.compile(r"\b(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.?|[A-Z]\.) [A-Z]\w+")
_DAYS = frozenset((*calendar.month_name, *calendar.day_name))
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_WORDS = re.compile(rf"{_WORD.pattern}(?: {_WORD.pattern})+")
_OF_MANY_NAMES = re.compile(
    "academy|alternative|catholic|centre|children|church|city|college|community|council|county|district|early|"
    "england|first|free|grammar|group|hall|high|house|infant|infants|junior|juniors|local|london|middle|"
    "nursery|playgroup|pre-school|preschool|primary|provision|pupil|referral|road|saint|school|schools|"
    "setting|sixth|special|street|the|trust|unit|upper|village|years",
    re.IGNORECASE,
)
"""Words that stand in the names of so many settings and places that they name none."""


class NamesOfSettings:
    """Looks for the names of settings and places in texts, whole, and each word of them that is a name by itself."""

    def __init__(self, names: Collection[str]) -> None:
        # By themselves folded: of thousands, each is looked for as it stands before a pattern is made of it.
        self._whole = {fold(name.strip()): name for name in sorted(names)}
        words = {word for name in names for word in _WORD.findall(name)}
        names_by_themselves = (one for one in words if len(one) > 2 and one[0].isupper())
        self._parts = {one for one in names_by_themselves if not _OF_MANY_NAMES.fullmatch(one)}

    def words_that_name(self, text: str) -> list[str]:
        """What in a text may name a setting, a place or a person, each once."""
        plain = fold(text)
        there = (folded for folded in self._whole if folded in plain)
        found = [self._whole[one] for one in there if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", plain)]
        found += [*(match.words for match in personal_data(text)), *(match[0] for match in _TITLED.finditer(text))]
        found += [name for match in _WORDS.finditer(text) for name in _names_in(match[0].split())]
        words = (re.sub("[’']s$", "", word) for word in _WORD.findall(text))
        found += [word for word in words if word in self._parts]
        # A part of what is named as a whole is not named once more.
        return [one for one in dict.fromkeys(found) if not any(one != other and one in other for other in found)]


def _names_in(words: Iterable[str]) -> Iterator[str]:
    """Each two and more words that begin with a capital."""
    for is_name, there in groupby(words, key=lambda word: len(word) > 1 and word[0].isupper() and word not in _DAYS):
        if is_name and len(name := list(there)) > 1:
            yield " ".join(name)
