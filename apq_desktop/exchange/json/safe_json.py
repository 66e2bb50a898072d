"""Bytes of an untrusted file to plain values, within limits: the first steps of reading a received file.

Order and limits: a regular file of at most 5 MB, strict UTF-8, JSON in which no name stands twice and no
number is a fraction, endless or too long, then nothing nested deeper or listed longer than in any evaluation.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Never

from apq_desktop.errors import PackRefusedError
from apq_desktop.evaluation.text.cleaning import NEVER_TEXT
from apq_desktop.exchange.json.validation_messages import Place, problem, quoted

MOST_BYTES = 5_000_000
MOST_DIGITS = 16
MOST_DEPTH = 10
MOST_VALUES = 250_000
"""More than an evaluation within the model's bounds holds; it limits the memory that a file can claim."""
MOST_LISTED = 5_000
MOST_UNFIT = 20


class UnusableError(ValueError):
    """The content breaks a limit; the message is the sentence for the user."""


def bytes_of(path: Path, name: str) -> bytes:
    """The content of a regular file, or of a link to one, as far as one byte beyond the limit.

    Raises PackRefusedError, in which ``name`` stands for the file.
    """
    try:
        # Asked before opening, because opening a device or a pipe can already do something.
        _require_regular(path.stat())
        with open(path, "rb", opener=_open_without_waiting) as file:
            _require_regular(os.fstat(file.fileno()))
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise PackRefusedError(name, "there is no such file; look at its name and place") from error
    except PermissionError as error:
        raise PackRefusedError(
            name, "you are not allowed to read this file; copy it into a folder of your own"
        ) from error
    except UnusableError as error:
        raise PackRefusedError(name, str(error)) from error
    except (OSError, ValueError) as error:
        raise PackRefusedError(
            name, "this file could not be read from where it is; copy it to this computer first"
        ) from error


_TOO_LARGE = f"this file is larger than any evaluation ({MOST_BYTES // 1_000_000} MB is the most)"


def _open_without_waiting(path: str, flags: int) -> int:
    """Should a pipe have taken the file's place meanwhile, opening it must not wait for a writer."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _require_regular(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise UnusableError("this is a folder, not a file")
    if not stat.S_ISREG(status.st_mode):
        raise UnusableError("this is a device or a pipe, not a file")


def parsed(data: bytes, name: str) -> dict[str, Any]:
    """The document in ``data`` as plain values. Raises PackRefusedError; ``name`` stands in it."""
    try:
        document = values_of(data)
        unfit = tuple(islice(_unfit_texts(document), MOST_UNFIT))
    except json.JSONDecodeError as error:
        sentence = f"this is not JSON, or not all of it: reading stops in line {error.lineno}"
        raise PackRefusedError(name, sentence) from error
    except UnicodeDecodeError as error:
        raise PackRefusedError(name, "this is not text in UTF-8, so it is not an evaluation") from error
    except RecursionError as error:
        raise PackRefusedError(name, _TOO_DEEP) from error
    except UnusableError as error:
        raise PackRefusedError(name, str(error)) from error
    if unfit:
        raise PackRefusedError(name, f"it holds what is not text: {unfit[0]}", unfit)
    return document


_TOO_MUCH = "it holds more than any evaluation can"
_TOO_DEEP = "its content is nested deeper than any evaluation"


def values_of(data: bytes) -> dict[str, Any]:
    """The object in ``data``: no name stands twice in one place, and no number is a fraction or too long.

    Raises UnusableError, json.JSONDecodeError, UnicodeDecodeError, RecursionError.
    """
    if len(data) > MOST_BYTES:
        raise UnusableError(_TOO_LARGE)
    if not data.strip():
        raise UnusableError("this file is empty")
    document = json.loads(
        data.decode("utf-8-sig"),
        object_pairs_hook=_Names().mapping,
        parse_int=_whole_number,
        parse_float=_no_fraction,
        parse_constant=_no_fraction,
    )
    if not isinstance(document, dict):
        raise UnusableError("this is JSON, but not an evaluation")
    return document


class _Names:
    """Count the names in one document while it is read, and refuse one that stands twice in its place."""

    def __init__(self) -> None:
        self._seen = 0

    def mapping(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        self._seen += 1 + len(pairs)
        if self._seen > MOST_VALUES:
            raise UnusableError(_TOO_MUCH)
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in found if names.count(name) > 1)
            raise UnusableError(f"{quoted(twice)} stands twice in the same place, so its meaning is not clear")
        return found


def _whole_number(digits: str) -> int:
    if len(digits.lstrip("-")) > MOST_DIGITS:
        raise UnusableError(f"it holds a number of more than {MOST_DIGITS} digits")
    return int(digits)


def _no_fraction(number: str) -> Never:
    raise UnusableError(f"it holds the number {quoted(number)}, where only whole numbers can stand")


def _unfit_texts(document: dict[str, Any]) -> Iterator[str]:
    """Each text or name that holds a control character or half a character; UnusableError at a limit."""
    for place, value in _everything(document):
        if isinstance(value, str) and NEVER_TEXT.search(value):
            yield problem(place, "holds a control character or half a character")
        if place and isinstance(place[-1], str) and NEVER_TEXT.search(place[-1]):
            yield problem(place, "is a name with a control character or half a character")


def _everything(document: dict[str, Any]) -> Iterator[tuple[Place, Any]]:
    """Every value with its place, without recursion. Raises UnusableError at a limit."""
    waiting: list[tuple[Place, Any]] = [((), document)]
    seen = 0
    while waiting:
        place, value = waiting.pop()
        yield place, value
        seen += 1
        if seen + len(waiting) > MOST_VALUES:
            raise UnusableError(_TOO_MUCH)
        if len(place) > MOST_DEPTH:
            raise UnusableError(_TOO_DEEP)
        if isinstance(value, list):
            if len(value) > MOST_LISTED:
                raise UnusableError("it holds a longer list than any evaluation can")
            waiting += [((*place, n), value[n]) for n in reversed(range(len(value)))]
        elif isinstance(value, dict):
            waiting += [((*place, name), value[name]) for name in reversed(value)]
