"""The one rule for what the name of a file may hold, to be safe on Windows, macOS and Linux."""

from __future__ import annotations

import re
import unicodedata

_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CLOCK\$|CONIN\$|CONOUT\$|(COM|LPT)[0-9])", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever the ending."""


def is_safe(letter: str) -> bool:
    """Whether a character is a letter of some script, a mark on one, or a digit."""
    category = unicodedata.category(letter)
    return category[0] in "LM" or category == "Nd"


def is_reserved(stem: str) -> bool:
    """Whether a computer keeps a name, without its ending, for something else."""
    return _RESERVED.fullmatch(stem) is not None


def unreserved(stem: str) -> str:
    """A name without its ending that no computer keeps for something else."""
    return f"_{stem}" if is_reserved(stem) else stem
