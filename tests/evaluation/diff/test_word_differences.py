"""Two texts beside each other: nothing is lost between them, and a change reads as one."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apq_desktop.evaluation.diff.word_diff import same_words, segments
from tests.cpu_time import least_cpu_seconds

WORDS = st.sampled_from(["we", "pupils", "the", "74 %", "boatyard’s", "Łódź", ".", ",", "\n", " ", "  ", "and so on"])
TEXTS = st.one_of(st.text(max_size=40), st.lists(WORDS, max_size=40).map(" ".join))


def marked(before: str, after: str) -> str:
    """The comparison as text: ``[-gone-]`` and ``{+new+}``."""
    forms = {"equal": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(forms[part.kind].format(part.text) for part in segments(before, after))


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_segments(before: str, after: str) -> None:
    found = segments(before, after)
    assert "".join(part.text for part in found if part.kind != "added") == before
    assert "".join(part.text for part in found if part.kind != "removed") == after
    assert all(part.text for part in found)


@given(TEXTS, TEXTS)
def test_neighbours_are_of_different_kinds_and_removed_comes_before_added(before: str, after: str) -> None:
    kinds = [part.kind for part in segments(before, after)]
    pairs = list(pairwise(kinds))
    assert all(one != other for one, other in pairs)
    assert ("added", "removed") not in pairs


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ""),
        ("the same", "the same", "the same"),
        ("", "all new", "{+all new+}"),
        ("all gone", "", "[-all gone-]"),
        ("pupils come", "pupils come daily", "pupils come{+ daily+}"),
        ("pupils often come", "pupils come", "pupils [-often -]come"),
        ("from 41 % to 74 %", "from 41 % to 78 %", "from 41 % to [-74-]{+78+} %"),
        ("10,500 pounds", "12,500 pounds", "[-10,500-]{+12,500+} pounds"),
        ("don't know", "don’t know", "[-don't-]{+don’t+} know"),
        ("One thing. Two things.", "One thing. And two more.", "One thing. [-Two things-]{+And two more+}."),
    ],
)
def test_a_change_is_told_in_whole_words(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


def test_a_short_word_that_stayed_by_chance_does_not_cut_a_change_in_two() -> None:
    assert (
        marked("a calm start of the day", "a loud end of my week")
        == "a [-calm start of the day-]{+loud end of my week+}"
    )


def test_a_new_sentence_leaves_the_others_alone() -> None:
    text = "We visit every family. We ring by half past nine."
    assert marked(text, text.replace(". We ring", ". Some say no. We ring")).count("{+") == 1


def test_spaces_and_line_ends_alone_are_no_other_words() -> None:
    assert same_words("one two\nthree", " one  two three ")
    assert not same_words("one two", "onetwo")


def test_the_longest_texts_are_compared_in_a_moment() -> None:
    before = " ".join(f"Word{n} of sentence {n // 9}." for n in range(1_900))
    after = before.replace("sentence 100.", "paragraph 100.").replace("Word7 ", "")
    hostile = [("a. b! " * 6_600, "a. c! " * 6_600), ("the " * 9_900, "the cat " * 4_900), ("x" * 40_000, "y" * 40_000)]
    for one, other in [(before, after), *hostile]:
        (seconds,) = least_cpu_seconds(partial(segments, one, other))
        assert seconds < 5
        found = segments(one, other)
        assert "".join(part.text for part in found if part.kind != "added") == one


def test_a_small_change_in_a_long_text_is_found_as_one() -> None:
    before = " ".join(f"Word{n} of sentence {n // 9}." for n in range(1_900))
    after = before.replace("Word900 ", "A new word ").replace("Word1800 ", "")
    changes = [(part.kind, part.text.strip()) for part in segments(before, after) if part.kind != "equal"]
    assert changes == [("removed", "Word900"), ("added", "A new word"), ("removed", "Word1800")]
