"""Texts as a search compares them: accents, case and the kind of apostrophe or dash do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from apq_desktop.evaluation.text.cleaning import without_invisible

_ALIKE = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "þ": "th", "æ": "ae", "œ": "oe"}
    | dict.fromkeys("’‘ʼ`´", "'")
    | dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("‐‑‒–—−", "-")
    | dict.fromkeys("\u00a0\u2007\u2009\u202f\t\n", " ")
)


_BEYOND_ASCII = re.compile("[^\x00-\x7f]+")


def fold(text: str) -> str:
    """``text`` without accents and case: ``Łódź`` becomes ``lodz``, ``ŵyl`` becomes ``wyl``.

    Letters that Unicode does not take apart are given the ones that people type for them.
    """
    small = text.casefold()
    if not small.isascii():
        small = _BEYOND_ASCII.sub(_taken_apart, small)
    return small.translate(_ALIKE)


def _taken_apart(match: re.Match[str]) -> str:
    # Twice, because some letters come apart only when their marks are gone, and some parts have capitals.
    plain = without_invisible(match[0].translate(_ALIKE))
    apart = unicodedata.normalize("NFKD", plain).casefold().translate(_ALIKE)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def folded_with_places(text: str) -> tuple[str, Sequence[int]]:
    """``fold`` letter by letter, and for each letter of it, and for its end, the place in ``text``."""
    if text.isascii():
        return fold(text), range(len(text) + 1)
    parts: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        part = fold(letter)
        parts.append(part)
        places += [place] * len(part)
    return "".join(parts), [*places, len(text)]
