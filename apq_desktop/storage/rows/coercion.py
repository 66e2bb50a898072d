"""Make the model's objects from plain values of any origin: an untrusted file may hold anything.

Texts are cleaned as typed ones are, numbers are brought within their bounds, and a choice that this version does
not know becomes the first one. Only what is of another kind altogether does not fit.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from annotated_types import Ge, Le

from apq_desktop.evaluation.model import UnknownFields
from apq_desktop.evaluation.text.cleaning import clean
from apq_desktop.evaluation.unknown_fields import NAME as UNKNOWN
from apq_desktop.evaluation.unknown_fields import as_text, as_values, harmless

Made = TypeVar("Made")


class UnfitError(ValueError):
    """A value is not of the kind that its field holds. Never leaves this floor."""


def from_json(kind: type[Made], text: object) -> Made | None:
    """One of the model's objects, or a text, from what a row keeps of it; None where nothing can be read any more."""
    with suppress(ValueError, TypeError, RecursionError):
        return coerce(kind, json.loads(str(text)))  # type: ignore[no-any-return]
    return None


def coerce(hint: Any, value: object) -> Any:
    """``value`` as a field of the type ``hint`` may hold it, or one of the model's objects. Raises UnfitError."""
    if hint is str:
        return clean(_of_kind(str, value))
    if hint is bool or hint is int:
        return _of_kind(hint, value)
    if hint is UnknownFields:
        return harmless(_of_kind(str, value))
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _within(coerce(parts[0], value), parts[1:])
    if origin is UnionType:
        return None if value is None else coerce(parts[0], value)
    if origin is Literal:
        return value if value in parts else parts[0]
    if origin is list:
        return _list(parts[0], _of_kind(list, value))
    if not is_dataclass(hint) or not isinstance(value, Mapping):
        raise UnfitError(str(hint))
    return _object(hint, value)


def _of_kind(kind: type[Made], value: object) -> Made:
    if type(value) is not kind:
        raise UnfitError(kind.__name__)
    return value


def _within(value: Any, bounds: tuple[Any, ...]) -> Any:
    for bound in bounds:
        if isinstance(bound, Ge):
            value = max(value, bound.ge)
        elif isinstance(bound, Le):
            value = min(value, bound.le)
    return value


def _list(hint: Any, values: list[object]) -> list[Any]:
    if get_origin(hint) is Literal:
        return [value for value in values if value in get_args(hint)]
    return [coerce(hint, value) for value in values]


def _object(kind: Any, plain: Mapping[str, object]) -> Any:
    values = coerce_fields(kind, plain)
    if any(name not in values for name in _needed(kind)):
        raise UnfitError(kind.__name__)
    return kind(**values)


def coerce_fields(kind: type, plain: Mapping[str, object]) -> dict[str, Any]:
    """The fields of one of the model's objects, as far as ``plain`` has them. Raises UnfitError.

    A field that this version knows gets what an earlier one kept of it; what does not fit stays kept.
    """
    values = {name: coerce(hint, plain[name]) for name, hint in hints(kind).items() if name in plain}
    if values.get(UNKNOWN):
        kept = as_values(values[UNKNOWN])
        for name in kept.keys() & hints(kind).keys() - values.keys():
            with suppress(UnfitError):
                values[name] = coerce(hints(kind)[name], kept[name])
                del kept[name]
        values[UNKNOWN] = as_text(kept)
    return values


@cache
def hints(kind: type) -> dict[str, Any]:
    """The types of the fields of one of the model's classes."""
    found = get_type_hints(kind, include_extras=True)
    return {field.name: found[field.name] for field in fields(kind)}


@cache
def _needed(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING)
