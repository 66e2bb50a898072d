"""From a TOML file to frozen classes: an unknown key, a missing one or a wrong value is named with its file."""

from __future__ import annotations

import tomllib
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from apq_desktop.errors import InstrumentError


def parsed(data: bytes, file: str) -> dict[str, Any]:
    """The tables in a file's content. Raises InstrumentError, in which ``file`` stands for the file."""
    try:
        # utf-8-sig: some editors put a byte-order mark in front, which TOML does not know.
        return tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise InstrumentError(file, "file", f"cannot be read ({error})") from error
    except tomllib.TOMLDecodeError as error:
        raise InstrumentError(file, "file", f"is not TOML ({error})") from error
    except RecursionError as error:
        raise InstrumentError(file, "file", "is nested too deep") from error


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
        if isinstance(value, str) and not value.strip():
            raise InstrumentError(file, ".".join(where), "is empty")
        return value
    return build(hint, value, file, where)
