"""What is typed or pasted can always be saved, and loses nothing that a person would miss."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apq_desktop.evaluation.text.cleaning import clean, clean_line

# With lone surrogates, which st.text() leaves out by default.
ANYTHING = st.text(st.characters(codec=None, exclude_categories=()))
BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@given(ANYTHING)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_line(clean(text)) == clean_line(text)


@given(ANYTHING)
def test_the_result_can_be_written_as_utf_8(text: str) -> None:
    assert clean(text).encode("utf-8").decode("utf-8") == clean(text)


@given(ANYTHING)
def test_the_result_holds_no_control_but_line_feed_and_tab(text: str) -> None:
    found = {sign for sign in clean(text) if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")}
    assert found <= {"\n", "\t"}
    assert not set(clean(text)) & set(BIDI_CONTROLS)
    assert not set(clean_line(text)) & {"\n", "\t"}


@given(st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))))
def test_letters_signs_and_spaces_all_stay(text: str) -> None:
    assert clean(text) == text
    assert clean_line(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Prima săptămână, pierwszy tydzień, Œuvre, ŵythnos",
        "two  spaces and a no-break\u00a0space",
        "line\nline\n\n\tindented",
        "family \U0001f468\u200d\U0001f469\u200d\U0001f467, thumbs \U0001f44d\U0001f3fd, flag \U0001f1f5\U0001f1f1",
        "עברית\u200f and العربية\u061c and\u200e back",
        "\u200cنمی\u200cخواهم",
        "<b>not markup</b> & \"quotes\" 'and' more",
        "a\u0301 stays decomposed",
        "soft\u00adhyphen, zero\u200bwidth, \ufeffmark",
    ],
)
def test_what_may_stay_stays(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\r\nb\rc\u2028d\u2029e\x0bf\x0cg\x85h", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("\r\r\n\n", "\n\n\n"),
        ("\r\x00\n", "\n\n"),
        ("nul\x00, bell\x07, escape\x1b[31m, delete\x7f, c1\x9f", "nul, bell, escape[31m, delete, c1"),
        ("half \ud83d of an emoji", "half  of an emoji"),
        ("\ud83d\ude00", ""),
        ("pay \u202eevil\u202c now \u2066x\u2069", "pay evil now x"),
        ("\ufdd0\ufffe\uffff", ""),
        ("", ""),
    ],
)
def test_what_no_file_may_hold_is_taken_out(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_a_line_keeps_its_words_apart() -> None:
    assert clean_line("one\r\ntwo\tthree\u2028four") == "one two three four"
