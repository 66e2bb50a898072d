"""The rules for characters: what a text may hold, what is cleaned away, and what counts as nothing written."""

from __future__ import annotations

import re

_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")
# C0 and C1 controls but line feed and tab; lone surrogates; bidirectional embedding, override and isolate controls
# (the plain marks U+200E, U+200F and U+061C stay); non-characters.
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")

NEVER_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
"""Control characters but tab and the line ends, and lone surrogates: a received file that holds one is refused."""
INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Characters that leave no mark, as a regular expression's set lists them: Unicode's Default_Ignorable_Code_Point and
the blank Braille pattern."""
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")
_NOTHING = re.compile(rf"(?:[\s{INVISIBLE}]|{_NOT_TEXT.pattern})*")


def visible_text(text: str) -> str:
    """``text`` without the white space around it; empty where white space and invisible characters are all it holds.

    The one rule for what is nothing written, wherever the program asks.
    """
    return "" if _NOTHING.fullmatch(text) else text.strip()


def without_invisible(text: str) -> str:
    """``text`` as it is compared: without soft hyphens, joiners and other characters that leave no mark."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def clean(text: str) -> str:
    """``text`` with line ends as line feeds and without what no file of ours may hold."""
    # What Python calls printable is clean, and that is found out in a tenth of the time.
    return text if text.isprintable() else _NOT_TEXT.sub("", _LINE_ENDS.sub("\n", text))


_UNCLEAN = re.compile(f"{_NOT_TEXT.pattern[:-1]}\r\u2028\u2029\x0b\x0c\x85]")
_UNCLEAN_IN_LINE = re.compile(f"{_UNCLEAN.pattern[:-1]}\n\t]")


def is_clean(text: str, *, in_line: bool = False) -> bool:
    """Whether ``clean``, or ``clean_line`` where it stands in one line, would change nothing."""
    if (text if in_line else text.replace("\n", " ")).isprintable():
        return True
    return (_UNCLEAN_IN_LINE if in_line else _UNCLEAN).search(text) is None


def clean_line(text: str) -> str:
    """``clean``, on one line: line ends and tabs become spaces."""
    return re.sub("[\n\t]", " ", clean(text))
