"""Tables as one Excel workbook, a sheet each. Texts are texts: none is a formula or a link; dates are dates."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from apq_desktop.evaluation.text.cleaning import clean
from apq_desktop.exchange.data_tables import Cell, DataTable

MOST_IN_A_CELL = 32_767
"""Characters that Excel takes in one cell."""
CUT = " […] (all of it is in the CSV table)"
_WIDTHS = {"text": 28, "date": 12, "number": 9, "yes or no": 9}


def workbook(tables: Sequence[DataTable]) -> bytes:
    """The content of an .xlsx file."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(written, options) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for table in tables:
            _add_sheet(book.add_worksheet(table.name.capitalize()), table, day, wrapped)
    return written.getvalue()


def _add_sheet(sheet: Worksheet, table: DataTable, day: Format, wrapped: Format) -> None:
    last = len(table.columns) - 1
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, _WIDTHS[column.type], day if column.type == "date" else wrapped)
    # A table needs one row below its headings; where nothing is written that one is empty.
    headings = [{"header": column.name} for column in table.columns]
    options = {"columns": headings, "name": f"apq_{table.name}", "style": "Table Style Light 1"}
    sheet.add_table(0, 0, max(len(table.rows), 1), last, options)
    sheet.freeze_panes(1, 1)
    for at, row in enumerate(table.rows, 1):
        for place, cell in enumerate(row):
            _write(sheet, at, place, cell, day)


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, day: Format) -> None:
    if isinstance(cell, str):
        if cell:
            sheet.write_string(row, column, _fitting(cell if cell.isprintable() else clean(cell)))
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, day)


def _fitting(text: str) -> str:
    # Excel counts a sign beyond the basic plane as two.
    if len(text) <= MOST_IN_A_CELL // 2 or len(text.encode("utf-16-le")) // 2 <= MOST_IN_A_CELL:
        return text
    return text.encode("utf-16-le")[: 2 * (MOST_IN_A_CELL - len(CUT))].decode("utf-16-le", "ignore") + CUT
