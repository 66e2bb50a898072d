"""Between the model's objects and rows: values, checksums and the digest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from hashlib import blake2b
from typing import Any

from sqlalchemy import RowMapping, Table

from apq_desktop.evaluation.text.cleaning import clean
from apq_desktop.evaluation.unknown_fields import NAME as UNKNOWN
from apq_desktop.evaluation.unknown_fields import added_later, as_text, as_values, unused
from apq_desktop.storage.database.tables import BOOL_COLUMNS, JSON_COLUMNS, KEPT_IN, NUMBER_COLUMNS
from apq_desktop.storage.rows.coercion import coerce_fields

Row = Mapping[str, Any] | RowMapping
DIGEST_BYTES = 16
NO_ROWS = bytes(DIGEST_BYTES)
"""The digest of no rows at all."""

_encoder = json.JSONEncoder(separators=(",", ":"), default=bytes.hex)


def checksum(table: str, values: Sequence[object]) -> bytes:
    """The checksum of one row: ``values`` are its columns in the table's order, without the checksum itself.

    Written as JSON in ASCII, which every version of Python writes alike and which no two rows share.
    """
    return blake2b(_encoder.encode((table, *values)).encode("ascii"), digest_size=DIGEST_BYTES).digest()


def with_checksum(table: Table, row: Row) -> dict[str, Any]:
    """``row`` with the checksum that belongs to it."""
    return {**row, "checksum": checksum(table.name, [row[name] for name in table.c.keys()[:-1]])}


def is_whole(table: Table, row: Row) -> bool:
    """Whether a row is as it was written."""
    return bool(checksum(table.name, [row[name] for name in table.c.keys()[:-1]]) == row["checksum"])


def added_up(digest: bytes, plus: Iterable[bytes] = (), minus: Iterable[bytes] = ()) -> bytes:
    """A digest after rows with the checksums ``plus`` came and those with ``minus`` went.

    A digest is the sum of all checksums, so that one edit changes it without reading the other rows.
    """
    total = int.from_bytes(digest, "big")
    total += sum(int.from_bytes(one, "big") for one in plus)
    total -= sum(int.from_bytes(one, "big") for one in minus)
    return (total % (1 << 8 * DIGEST_BYTES)).to_bytes(DIGEST_BYTES, "big")


def kept_value(column: str, value: object) -> str | int:
    """How a field's value is kept in a column. Raises TypeError for what no field holds."""
    if column in JSON_COLUMNS:
        if not isinstance(value, list | tuple):
            raise TypeError(column)
        return json.dumps([clean(str(part)) for part in value], ensure_ascii=False)
    if isinstance(value, str) and column not in NUMBER_COLUMNS:
        return clean(value)
    if isinstance(value, int) and column in NUMBER_COLUMNS:
        return int(value)
    raise TypeError(column)


def field_value(column: str, value: Any) -> Any:
    """The value of a field as the model holds it, from its column. Raises ValueError."""
    if column in JSON_COLUMNS:
        try:
            return json.loads(value)
        except RecursionError as error:
            raise ValueError(column) from error
    return bool(value) if column in BOOL_COLUMNS else value


@cache
def field_names(kind: Any) -> tuple[str, ...]:
    """The fields of one of the model's classes that are columns of its own table."""
    columns = KEPT_IN[kind].c
    return tuple(field.name for field in fields(kind) if field.name in columns)


def kept_fields(thing: Any) -> dict[str, str | int]:
    """The columns that keep the fields of one of the model's objects.

    What the format gained later has no column: it is kept where it holds something, as an older version would keep it.
    """
    kind = thing.__class__
    kept = {name: kept_value(name, getattr(thing, name)) for name in field_names(kind)}
    later = {one.name: getattr(thing, one.name) for one in added_later(kind)}
    if later:
        of_others = {name: value for name, value in as_values(thing.unknown_fields).items() if name not in later}
        left_out = unused(kind, later | {name: getattr(thing, name) for name in field_names(kind)})
        used = {name: _cleaned(value) for name, value in later.items() if name not in left_out}
        kept[UNKNOWN] = as_text(of_others | used)
    return kept


def _cleaned(value: Any) -> Any:
    return [clean(part) for part in value] if isinstance(value, list) else clean(value)


def model_fields(kind: type, row: Row) -> dict[str, Any]:
    """The values to make one of the model's objects from its row. Raises ValueError where they do not fit."""
    return coerce_fields(kind, {name: field_value(name, row[name]) for name in field_names(kind)})
