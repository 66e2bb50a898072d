"""What is wrong with a document, and where, in words that need no knowledge of programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from apq_desktop.evaluation.text.cleaning import clean_line

Place = tuple[str | int, ...]
"""The way to a value: names, and positions counted from 0, as in ``("areas", 2, "strengths", 0, "text")``."""

MOST_LISTED_BY_VALIDATION = 2_000
"""Beyond this many a list of them would cost more memory than it could help."""
_MOST_LETTERS = 40


def quoted(text: str) -> str:
    """An untrusted word in quotation marks: on one line, nothing invisible in it, not too long."""
    text = "".join(letter if letter.isprintable() else "?" for letter in clean_line(text[:200])).strip()
    return f"“{text[:_MOST_LETTERS]}…”" if len(text) > _MOST_LETTERS else f"“{text}”"


def place_in_words(place: Place) -> str:
    """``areas, 3rd item, strengths, 1st item, text``; empty places are the document itself."""
    return ", ".join(_step(part) for part in place) or "the document"


def _step(part: str | int) -> str:
    if isinstance(part, int):
        return f"{ordinal(part + 1)} item"
    plain = part.replace("_", " ")
    return plain if plain.replace(" ", "").isascii() and plain.replace(" ", "").isalpha() else quoted(part)


def ordinal(number: int) -> str:
    """``1st``, ``2nd``, ``3rd``, ``4th``, ``11th``, ``21st``."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number // 10 % 10 == 1 else ending}"


def problem(place: Place, what: str) -> str:
    """One problem in words."""
    return f"{place_in_words(place)}: {what}"


def in_one_sentence(problems: tuple[str, ...]) -> str:
    """The first problem, and how many more there are."""
    more = len(problems) - 1
    if not more:
        return problems[0]
    return f"{problems[0]} (and {more:,} more {'problem' if more == 1 else 'problems'})"


_Words = Callable[[Mapping[str, Any]], str]
_WORDS: Mapping[str, _Words] = {
    "missing": lambda _: "is missing",
    "extra_forbidden": lambda _: "is not part of the format",
    "unexpected_keyword_argument": lambda _: "is not part of the format",
    "string_type": lambda _: "must be text",
    "string_too_long": lambda context: f"is too long (at most {context['max_length']:,} characters)",
    "too_long": lambda context: f"has too many items (at most {context['max_length']:,})",
    "too_short": lambda context: f"has too few items (at least {context['min_length']:,})",
    "list_type": lambda _: "must be a list",
    "int_type": lambda _: "must be a whole number",
    "bool_type": lambda _: "must be true or false",
    "dataclass_type": lambda _: "must be a group of named values",
    "dataclass_exact_type": lambda _: "must be a group of named values",
    "greater_than_equal": lambda context: f"must be at least {context['ge']:,}",
    "less_than_equal": lambda context: f"must be at most {context['le']:,}",
    "literal_error": lambda context: f"must be {context['expected']}",
}


def _other(_: Mapping[str, Any]) -> str:
    return "is not as the format needs it"


def of_validation(error: ValidationError) -> tuple[str, ...]:
    """What pydantic found, in words. Far too many problems become one."""
    if error.error_count() > MOST_LISTED_BY_VALIDATION:
        return (f"the document: {error.error_count():,} things in it are not as they must be",)
    return tuple(
        problem(
            found["loc"],
            _WORDS.get(found["type"], _other)(found.get("ctx", {})),
        )
        for found in error.errors(include_url=False, include_input=False)
    )
