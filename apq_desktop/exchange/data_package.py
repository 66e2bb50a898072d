"""Tables as CSV files with a ``datapackage.json`` (Frictionless Data Package 1), which says what each column holds."""

from __future__ import annotations

import json
from collections.abc import Sequence

from apq_desktop.exchange.csv_tables import table as csv_table
from apq_desktop.exchange.data_tables import Cell, DataTable

NAME = "datapackage.json"
_TYPES = {"text": "string", "date": "date", "number": "integer", "yes or no": "boolean"}


def data_package(tables: Sequence[DataTable], title: str) -> dict[str, bytes]:
    """The content of each file by its name."""
    files = {f"{table.name}.csv": _csv(table) for table in tables}
    described = {
        "profile": "tabular-data-package",
        "name": "apq-evaluations",
        "title": title,
        "resources": [_resource(table) for table in tables],
    }
    return files | {NAME: json.dumps(described, ensure_ascii=False, indent=2).encode() + b"\n"}


def _csv(table: DataTable) -> bytes:
    return csv_table([column.name for column in table.columns], ([_text(cell) for cell in row] for row in table.rows))


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else str(cell)


def _resource(table: DataTable) -> dict[str, object]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "schema": {"fields": [{"name": column.name, "type": _TYPES[column.type]} for column in table.columns]},
    }
