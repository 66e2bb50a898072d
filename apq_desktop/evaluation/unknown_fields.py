"""Fields of the portable format that this version does not know, kept with the object that they came with.

A newer version may have written them. Each object of the model carries its own as one text: a JSON object in ASCII,
its names sorted, without spaces; empty where there are none. So they go where the object goes, and come back with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from functools import cache
from typing import Any, Never

from apq_desktop.evaluation.text.cleaning import NEVER_TEXT

MOST_KEPT = 200_000
"""Characters that may be kept with all objects of one evaluation."""
NAME = "unknown_fields"
"""The field of each of the model's classes that holds the text. The format itself never has this name."""
_LARGEST = 1 << 53


def as_text(values: Mapping[str, Any]) -> str:
    """The text that keeps ``values``, which are plain values of JSON."""
    return json.dumps(values, sort_keys=True, separators=(",", ":")) if values else ""


def as_values(text: str) -> dict[str, Any]:
    """What ``as_text`` kept."""
    return json.loads(text) if text else {}


def harmless(text: str) -> str:
    """``text``, or nothing where it is not what ``as_text`` makes of a received file: workspaces can be forged."""
    try:
        values = json.loads(text, parse_float=_refuse, parse_constant=_refuse) if len(text) <= MOST_KEPT else None
        return text if isinstance(values, dict) and as_text(values) == text and _can_be_sent(values) else ""
    except (ValueError, RecursionError):
        return ""


def _refuse(number: str) -> Never:
    raise ValueError(number)


def _can_be_sent(value: Any) -> bool:
    if isinstance(value, str):
        return not NEVER_TEXT.search(value)
    if isinstance(value, dict):
        return all(_can_be_sent(name) and _can_be_sent(inner) for name, inner in value.items())
    if isinstance(value, list):
        return all(map(_can_be_sent, value))
    return value is None or -_LARGEST < value < _LARGEST


@cache
def added_later(kind: Any) -> tuple[Field[Any], ...]:
    """The fields of one of the model's classes that the format gained after its first state."""
    return tuple(one for one in fields(kind) if one.metadata.get("added_later"))


def unused(kind: Any, values: Mapping[str, Any]) -> set[str]:
    """The names of those that hold nothing of their own in the ``values`` of an object."""

    def default(one: Field[Any]) -> Any:
        return one.default if one.default_factory is MISSING else one.default_factory()

    return {
        one.name
        for one in added_later(kind)
        if values[one.name] in (default(one), values.get(one.metadata.get("or_same_as", "")))
    }
