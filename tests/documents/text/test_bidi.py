"""Text from right to left stands where the Unicode standard puts it."""

from __future__ import annotations

import re

import pytest
from bidi import get_base_level, get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from apq_desktop.documents.text.bidi import base_level, has_right_to_left, levels, visual_order

# From BidiCharacterTest.txt of the Unicode Character Database: text, base, levels.
STANDARD = [
    ("a(b)c", 0, [0, 0, 0, 0, 0]),
    ("אב(גד[&ef]!)gh", 1, [1, 1, 1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 2, 2]),
    ("a (ב) ג", 0, [0, 0, 0, 1, 0, 0, 1]),
    ("א 12%", 0, [1, 1, 2, 2, 2]),
    ("א 1,2:3", 0, [1, 1, 2, 2, 2, 2, 2]),
    ("ا 12", 0, [1, 1, 2, 2]),
    ("\u05d0\u0301b", 0, [1, 1, 0]),
]
PIECES = (
    st.lists(
        st.sampled_from([*"abאבجد019٣٤ .,:+-%()[]\u0301\u200f\u200e", "שלום", "سلام", "word", " (", ") "]), max_size=25
    )
    .map("".join)
    .filter(bool)
)


@pytest.mark.parametrize(("text", "base", "expected"), STANDARD)
def test_levels_are_those_of_the_standard(text: str, base: int, expected: list[int]) -> None:
    assert levels(text, base) == expected


@settings(max_examples=250, deadline=None)
@given(text=PIECES)
def test_another_implementation_agrees(text: str) -> None:
    base = base_level(text)
    assert base == get_base_level(text)
    found = levels(text, base)
    end = len(text.rstrip())
    found[end:] = [base] * (len(text) - end)
    ours = "".join(text[n] for n in visual_order(found))
    assert unmirrored(ours) == unmirrored(get_display(text, base_dir="R" if base else "L"))


def unmirrored(text: str) -> str:
    """``text`` with both brackets of a pair alike, and without marks that have no shape."""
    return re.sub("[\u200e\u200f]", "", text).replace(")", "(").replace("]", "[")


def test_text_from_the_left_is_told_apart() -> None:
    assert not has_right_to_left("Łódź, Ŵyl, Ωμέγα, ёж, हिन्दी, 👍")
    assert has_right_to_left("a ב")
    assert has_right_to_left("a\u200fb")
