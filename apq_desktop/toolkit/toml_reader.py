"""From a TOML file to frozen classes: an unknown key, a missing one or a wrong value is named with its file."""

from __future__ import annotations

import re
import tomllib
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints
from unicodedata import category

from apq_desktop.errors import InstrumentError

MOST_BYTES = 200_000
MOST_DOTS = 8
"""On one line, outside of texts: tomllib takes a time that grows with the square of a dotted key's parts."""
MOST_DEPTH = 8
MOST_CHARACTERS = 40
"""Of a bare name or number."""
_TEXT_OR_COMMENT = re.compile(
    r""""{3}(?:[^"\\]|\\.|"(?!""))*(?:"{3,5}|\Z)|'{3}(?:[^']|'(?!''))*(?:'{3,5}|\Z)"""
    r"""|"(?:[^"\\\n]|\\.)*"?|'[^'\n]*'?|#[^\n]*""",
    re.DOTALL,
)
"""Any text, closed or not, so that looking for the next one never starts again from the same place."""


def parsed(data: bytes, file: str) -> dict[str, Any]:
    """The tables in a file's content. Raises InstrumentError, in which ``file`` stands for the file."""
    if len(data) > MOST_BYTES:
        raise InstrumentError(file, "file", f"is larger than {MOST_BYTES // 1_000} KB")
    try:
        # utf-8-sig: some editors put a byte-order mark in front, which TOML does not know.
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise InstrumentError(file, "file", f"cannot be read ({error})") from error
    _check_limits(_TEXT_OR_COMMENT.sub("_", text), file)
    try:
        return tomllib.loads(text)
    except ValueError as error:  # TOMLDecodeError, and what tomllib lets through, such as a number without end
        raise InstrumentError(file, "file", f"is not TOML ({error})") from error


def _check_limits(bones: str, file: str) -> None:
    """Refuse what the parser would choke on; ``bones`` is the file without its texts and comments."""
    if any(line.count(".") > MOST_DOTS for line in bones.splitlines()):
        raise InstrumentError(file, "file", f"has more than {MOST_DOTS} dots on one line")
    if any(len(bare) > MOST_CHARACTERS for bare in re.findall(r"[\w+.:-]+", bones)):
        raise InstrumentError(file, "file", f"holds a name or a number of more than {MOST_CHARACTERS} characters")
    depth = 0
    for bracket in re.findall(r"[\[\]{}]", bones):
        depth += 1 if bracket in "[{" else -1
        if depth > MOST_DEPTH:
            raise InstrumentError(file, "file", "is nested too deep")


@cache
def _types(kind: type[Any]) -> dict[str, Any]:
    """The types of a class's fields. To find them takes longer than to read the tables, so each class is asked once."""
    return get_type_hints(kind)


def build(kind: type[Any], table: object, file: str, where: tuple[str, ...] = ()) -> Any:
    """Make the dataclass ``kind`` from a TOML table, refusing unknown and missing keys and wrong types."""
    if not isinstance(table, dict):
        raise InstrumentError(file, ".".join(where), "must be a table")
    hints = _types(kind)  # type: ignore[arg-type]  # a class is hashable
    known = {field.name: field for field in fields(kind) if field.metadata.get("in_files", True)}
    for key in table:
        if key not in known:
            raise InstrumentError(file, ".".join((*where, key)), "unknown key")
    values = {}
    for name, field in known.items():
        if name in table:
            values[name] = _value(hints[name], table[name], file, (*where, name))
        elif field.default is MISSING:
            raise InstrumentError(file, ".".join((*where, name)), "is missing")
    return kind(**values)


def _value(hint: Any, value: object, file: str, where: tuple[str, ...]) -> Any:
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise InstrumentError(file, ".".join(where), "must be a list")
        return tuple(_value(get_args(hint)[0], item, file, (*where, str(n))) for n, item in enumerate(value, 1))
    if hint in (str, int):
        if type(value) is not hint:
            raise InstrumentError(file, ".".join(where), f"must be {'text' if hint is str else 'a number'}")
        if isinstance(value, str) and all(
            category(letter)[0] in "CZ" for letter in value
        ):  # nothing that leaves a mark
            raise InstrumentError(file, ".".join(where), "is empty")
        return value
    return build(hint, value, file, where)
