"""Out of a library: the tables of many settings as a workbook and as CSV, and their texts as a REFI-QDA project."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import xlsxwriter

from apq_desktop import paths
from apq_desktop.evaluation.model import Evaluation, new_id
from apq_desktop.exchange.data_package import data_package
from apq_desktop.exchange.data_tables import DataTable, Standpoint, data_tables
from apq_desktop.exchange.refi_qda import CodedText, qdpx
from apq_desktop.exchange.workbook import workbook
from apq_desktop.toolkit.loader import load
from tests.benchmarks import material
from tests.benchmarks.measuring import Measurement, alternating, median, timed

SIZES: tuple[int, ...] = (300, 3_000)
MOST = 1.3
MOST_MS = 5_000.0
MOST_REPETITIONS = 3
_WORKBOOK_UP_TO = 300
"""A workbook is held in memory whole; what is larger is for the CSV tables."""
AT = "2026-11-27T10:00:00+00:00"


def measure(_folder: Path, repetitions: int) -> list[Measurement]:
    """Each format of so many settings, beside what writes the same cells and nothing else."""
    return [one for size in SIZES for one in _measured(size, min(repetitions, MOST_REPETITIONS))]


def _measured(size: int, repetitions: int) -> list[Measurement]:
    catalogue = load(paths.forms())
    settings = _settings(size)
    tables = data_tables(map(Standpoint, settings), catalogue)
    repetitions = repetitions if size <= _WORKBOOK_UP_TO else 1
    found: list[Measurement] = []
    if size <= _WORKBOOK_UP_TO:
        floor, ours = alternating(repetitions, timed(partial(bare_workbook, tables)), timed(partial(workbook, tables)))
        what, name = f"A workbook of {size:,} settings", "xlsxwriter with the same cells and tables"
        found.append(Measurement(f"xlsx-{size}", what, median(ours), floor_name=name, floor=median(floor), limit=MOST))

    def tables_too() -> None:
        data_package(data_tables(map(Standpoint, settings), catalogue), "Benchmark")

    floor, ours = alternating(repetitions, timed(partial(bare_csv, tables)), timed(tables_too))
    limit = MOST_MS if size <= _WORKBOOK_UP_TO else None
    given = {"floor_name": "csv.writer with the same cells", "limit_on": "figure", "limit": limit}
    what = f"Tables and CSV of {size:,} settings"
    found.append(Measurement(f"csv-{size}", what, median(ours), floor=median(floor), **given))  # type: ignore[arg-type]
    project = partial(qdpx, map(CodedText, settings), {}, catalogue, "Benchmark", AT)
    _, once = alternating(1, timed(lambda: None), timed(project))
    what = f"A REFI-QDA project of {size:,} settings"
    found.append(Measurement(f"qdpx-{size}", what, median(once), limit=limit, limit_on="figure"))
    return found


def _settings(size: int) -> list[Evaluation]:
    """Settings that share the texts of the example, each with ids of its own."""
    example = material.example()
    setting = example.setting
    return [
        replace(example, id=new_id(), setting=replace(setting, id=new_id(), name=f"Setting {n}")) for n in range(size)
    ]


def bare_workbook(tables: Sequence[DataTable]) -> None:
    """The floor: every cell by the method of its type, and the tables."""
    with xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            columns = [{"header": column.name} for column in table.columns]
            sheet.add_table(0, 0, max(len(table.rows), 1), len(columns) - 1, {"columns": columns})
            for at, row in enumerate(table.rows, 1):
                for place, cell in enumerate(row):
                    if isinstance(cell, str) and cell:
                        sheet.write_string(at, place, cell)
                    elif isinstance(cell, date):
                        sheet.write_datetime(at, place, cell, day)
                    elif cell not in (None, ""):
                        sheet.write_number(at, place, int(cell))


def bare_csv(tables: Sequence[DataTable]) -> None:
    """The floor: the same cells as text."""
    for table in tables:
        csv.writer(io.StringIO(newline="")).writerows(table.rows)
