"""The lines of journals as JSON: one object in one line, as it stands in a reply (``review_json``).

A journal may come from a shared folder, so that a line is as strange as a received file and is checked as strictly.
Names that a newer version wrote are kept with the line.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict

from pydantic import TypeAdapter, ValidationError

from apq_desktop.errors import PackRefusedError
from apq_desktop.evaluation.unknown_fields import NAME as UNKNOWN
from apq_desktop.exchange.json.digest import canonical
from apq_desktop.exchange.json.forward_compatibility import KnownPart, put_back
from apq_desktop.exchange.json.safe_json import parsed, values_of
from apq_desktop.exchange.json.text_values import nothing_to_mend
from apq_desktop.review.library_lines import LibraryLine
from apq_desktop.review.lines import ReviewLine

AnyLine = ReviewLine | LibraryLine
_REVIEW_LINES = TypeAdapter(ReviewLine)
_LIBRARY_LINES = TypeAdapter(LibraryLine)
_ONLY_OF_REVIEWS = "side"
"""A name that every line of a review has, and none of a library."""


def write_line(line: AnyLine) -> str:
    """A line as text without a line end: its names sorted, without what is not used. The same line, the same text."""
    return canonical(put_back(asdict(line), type(line)))


def read_line(body: str) -> AnyLine:
    """The line in ``body``. Raises ValueError where it is none, or holds what no line may hold."""
    try:
        line = _read(body.encode())
    except (PackRefusedError, RecursionError) as error:
        raise ValueError(body) from error
    if not nothing_to_mend(line):
        raise ValueError(body)
    return line


def _read(data: bytes) -> AnyLine:
    document = values_of(data)
    is_review = _ONLY_OF_REVIEWS in document
    if UNKNOWN.encode() not in data:
        with suppress(ValidationError):
            return _strictly(data, is_review=is_review)
    known = KnownPart(parsed(data, "line"), ReviewLine if is_review else LibraryLine)
    return _strictly(json.dumps(known.document), is_review=is_review)


def read_known_line(body: str) -> AnyLine:
    """``read_line`` for what it has read before, in half the time."""
    try:
        return _strictly(body, is_review=f'"{_ONLY_OF_REVIEWS}":' in body)
    except ValidationError:
        return read_line(body)


def _strictly(data: str | bytes, *, is_review: bool) -> AnyLine:
    return (_REVIEW_LINES if is_review else _LIBRARY_LINES).validate_json(data)
