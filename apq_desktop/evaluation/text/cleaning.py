"""The one rule for characters: what a text may hold, and how anything else is cleaned away."""

from __future__ import annotations

import re

_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")
# C0 and C1 controls but line feed and tab; lone surrogates; bidirectional embedding, override and isolate controls
# (the plain marks U+200E, U+200F and U+061C stay); non-characters.
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")

NEVER_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
"""Control characters but tab and the line ends, and lone surrogates: a received file that holds one is refused."""


def clean(text: str) -> str:
    """``text`` with line ends as line feeds and without what no file of ours may hold."""
    return _NOT_TEXT.sub("", _LINE_ENDS.sub("\n", text))


def clean_line(text: str) -> str:
    """``clean``, on one line: line ends and tabs become spaces."""
    return re.sub("[\n\t]", " ", clean(text))
