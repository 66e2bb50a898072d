"""The Unicode bidirectional algorithm (UAX #9), for one paragraph without control characters.

``evaluation.text.clean`` takes embeddings, overrides and isolates out of every text, so that the rules for them
(X1 to X8) have nothing to do. No library that could be had gives the levels that breaking into lines needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import bidirectional

_PAIRS = (
    "()", "[]", "{}", "⟨⟩", "⟦⟧", "⟪⟫", "⦅⦆", "⁅⁆", "⁽⁾", "₍₎", "⌈⌉", "⌊⌋", "❨❩", "❪❫", "❬❭", "❰❱", "❲❳", "❴❵",
    "〈〉", "《》", "「」", "『』", "【】", "〔〕", "〖〗", "〘〙", "〚〛", "（）", "［］", "｛｝", "｟｠", "｢｣",
)  # fmt: skip
_CLOSING = {pair[0]: pair[1] for pair in _PAIRS}
_ALIKE = {"\u2329": "\u3008", "\u232a": "\u3009"}
_MOST_OPEN = 63
_NEUTRAL = frozenset({"B", "S", "WS", "ON"})
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")


def has_right_to_left(text: str) -> bool:
    """Whether any of ``text`` may run from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def base_level(text: str) -> int:
    """1 where the first letter runs from right to left, else 0 (rules P2 and P3)."""
    first = next((kind for kind in map(bidirectional, text) if kind in ("L", "R", "AL")), "L")
    return 0 if first == "L" else 1


def levels(text: str, base: int) -> list[int]:
    """The level of each character; an odd one runs from right to left. Spaces at a line's end are the caller's."""
    kinds = [bidirectional(one) or "L" for one in text]
    seen = [n for n, kind in enumerate(kinds) if kind != "BN"]
    resolved = _resolved([kinds[n] for n in seen], [text[n] for n in seen], base)
    found, last, at = [], base, 0
    for kind in kinds:
        if kind != "BN":
            last, at = resolved[at], at + 1
        found.append(last)
    _reset_separators(kinds, found, base)
    return found


def visual_order(levels: Sequence[int]) -> list[int]:
    """The numbers of the pieces of one line, from left to right (rule L2)."""
    order = list(range(len(levels)))
    odd = [level for level in levels if level % 2]
    for level in range(max(levels, default=0), min(odd, default=1) - 1, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end + 1
    return order


def _resolved(kinds: list[str], text: list[str], base: int) -> list[int]:
    side = "R" if base else "L"
    original = list(kinds)
    _weak(kinds, side)
    _brackets(kinds, original, text, side)
    _neutral(kinds, side)
    if base:
        return [1 if kind == "R" else 2 for kind in kinds]
    return [{"L": 0, "R": 1}.get(kind, 2) for kind in kinds]


def _weak(kinds: list[str], side: str) -> None:
    """Rules W1 to W7: marks, numbers and what belongs to numbers."""
    _marks_and_numbers(kinds, side)
    for n in range(1, len(kinds) - 1):
        around = kinds[n - 1]
        if around == kinds[n + 1] and (kinds[n], around) in (("ES", "EN"), ("CS", "EN"), ("CS", "AN")):
            kinds[n] = around
    for start, end in _stretches(kinds, frozenset({"ET"})):
        number = "EN" in (kinds[start - 1] if start else "", kinds[end] if end < len(kinds) else "")
        kinds[start:end] = ["EN" if number else "ON"] * (end - start)
    strong = side
    for n, kind in enumerate(kinds):
        if kind in ("ES", "CS"):
            kinds[n] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[n] = "L"


def _marks_and_numbers(kinds: list[str], side: str) -> None:
    """Rules W1 to W3."""
    before, strong = side, side
    for n, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[n] = before
        elif kind == "EN" and strong == "AL":
            kinds[n] = "AN"
        before = kinds[n]
        if before in ("L", "R", "AL"):
            strong = before
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]


def _brackets(kinds: list[str], original: list[str], text: list[str], side: str) -> None:
    """Rule N0: both brackets of a pair run the same way."""
    for opening, closing in sorted(_bracket_pairs(kinds, text)):
        inside = {_direction(kind) for kind in kinds[opening + 1 : closing]}
        if side in inside:
            found = side
        elif inside & {"L", "R"}:
            before = next((way for n in range(opening - 1, -1, -1) if (way := _direction(kinds[n]))), side)
            found = before if before != side else side
        else:
            continue
        for bracket in (opening, closing):
            kinds[bracket] = found
            for n in range(bracket + 1, len(kinds)):
                if original[n] != "NSM":
                    break
                kinds[n] = found


def _bracket_pairs(kinds: list[str], text: list[str]) -> Iterator[tuple[int, int]]:
    waiting: list[tuple[str, int]] = []
    for n, one in enumerate(_ALIKE.get(one, one) for one in text):
        if kinds[n] != "ON":
            continue
        if one in _CLOSING:
            if len(waiting) == _MOST_OPEN:
                return
            waiting.append((_CLOSING[one], n))
        else:
            for at in range(len(waiting) - 1, -1, -1):
                if waiting[at][0] == one:
                    yield waiting[at][1], n
                    del waiting[at:]
                    break


def _neutral(kinds: list[str], side: str) -> None:
    """Rules N1 and N2: what has no direction takes that of its neighbours."""
    for start, end in _stretches(kinds, _NEUTRAL):
        before = _direction(kinds[start - 1]) if start else side
        after = _direction(kinds[end]) if end < len(kinds) else side
        kinds[start:end] = [before if before == after else side] * (end - start)


def _direction(kind: str) -> str:
    return "R" if kind in ("R", "EN", "AN") else "L" if kind == "L" else ""


def _stretches(kinds: list[str], wanted: frozenset[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for n, kind in enumerate(kinds):
        if kind in wanted:
            if found and found[-1][1] == n:
                found[-1] = (found[-1][0], n + 1)
            else:
                found.append((n, n + 1))
    return found


def _reset_separators(kinds: list[str], found: list[int], base: int) -> None:
    """Rule L1, but for the ends of lines."""
    for n, kind in enumerate(kinds):
        if kind in ("S", "B"):
            found[n] = base
            at = n
            while at and kinds[at - 1] in ("WS", "BN"):
                at -= 1
                found[at] = base
