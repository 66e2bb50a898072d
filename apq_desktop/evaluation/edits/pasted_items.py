"""A table or a list copied elsewhere, as actions or sources of evidence: a row or a line each, and no word is lost."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from io import StringIO
from typing import Any, Literal

from apq_desktop.evaluation.fields import FIXED_CHOICES, Field, fields_of
from apq_desktop.evaluation.model import MAX_LINE, MAX_TEXT, Action, Evidence
from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.cleaning import clean, clean_line, visible_text
from apq_desktop.evaluation.text.list_items import list_items
from apq_desktop.evaluation.text.search_folding import fold

Kind = Literal["actions", "evidence"]
COLUMNS = {
    "actions": ("what", "who", "by_when", "progress", "priority"),
    "evidence": ("title", "kind", "date", "location", "review_date"),
}
"""What stands in the columns of a table without heads that we know; the first is the item's own text."""
OTHER_HEADS = {
    "actions": {"actions": "what", "what": "what", "lead": "who", "owner": "who", "responsible": "who"}
    | {"person responsible": "who", "when": "by_when", "deadline": "by_when", "date": "by_when"}
    | {"action required": "what", "lead person": "who", "by whom": "who", "timescale": "by_when"}
    | {"target date": "by_when", "success criteria": "measure"},
    "evidence": {"title": "title", "document": "title", "source": "title", "evidence": "title"}
    | {"where": "location", "place": "location"},
}
"""What people write above a column, besides the labels of our fields."""
_STATE = re.compile(r" \((?:overdue|soon|review is due)\)$")
"""What our own tables say beside a date."""
_NUMBERING = re.compile(
    r"(?:no\.?|ref\.?|\W|\(?\d{1,3}(?:\.\d{1,3})*[.)]?|\(?(?:[a-z]|[ivx]{1,5})[.)])?", re.IGNORECASE
)


def items_in(kind: Kind, text: str, areas: Mapping[str, str]) -> list[Any]:
    """The items that a pasted text holds. ``areas`` has the key of each area by its folded title, with number or not.

    A first row of heads says what stands in the columns. What belongs in no field follows in the item's own text,
    which may become longer than ``MAX_TEXT``: who asks looks at that.
    """
    rows, heads, main = _rows(text), _heads(kind), COLUMNS[kind][0]
    first = [heads.get(fold(cell).rstrip(" ?:.*"), "") for cell in rows[0]] if len(rows) > 1 else []
    with_heads = main in first or len([name for name in first if name]) > 1
    if with_heads and main not in first:  # what comes first is the item's own text, whatever it is called
        first[first[0] == "area"] = main
    names, told = (first, rows.pop(0)) if with_heads else (["", *COLUMNS[kind]], [])
    below_areas = {*areas, ""} if any(fold(row[0]) in areas for row in rows) else set()
    """What may stand in a first column of areas: of merged cells, only the topmost has the area."""
    made = [row if with_heads or fold(row[0]) in below_areas else ["", *row] for row in rows]
    return [_item(kind, row, names, told, areas) for row in made]


def _rows(text: str) -> list[list[str]]:
    """The cells of each row; a list has one in each. A first column that only numbers the rows, or is empty, goes."""
    text = clean(text)
    try:  # a spreadsheet puts quotation marks around a cell of several lines, a text processor around none
        cells = list(csv.reader(StringIO(text), "excel-tab", strict=True))
    except csv.Error:
        cells = [line.split("\t") for line in text.split("\n")]
    items = list_items(text)
    if not any("\t" in item for item in items) and not any("\n" in cell for row in cells for cell in row):
        return [[item] for item in items]  # a tab may stand behind a bullet
    rows = [row for row in ([visible_text(cell) for cell in row] for row in cells) if any(row)]
    numbered = all(len(row) > 1 and _NUMBERING.fullmatch(row[0]) for row in rows)
    return [row[1:] for row in rows if any(row[1:])] if numbered else rows


def _heads(kind: Kind) -> dict[str, str]:
    labels = {
        fold(field.label): field.name for field in fields_of(kind) if field.is_text and field.editor != "readings"
    }
    return labels | OTHER_HEADS[kind] | {"area": "area"}


def _item(kind: Kind, row: list[str], names: list[str], told: list[str], areas: Mapping[str, str]) -> Any:
    fields, given, rest = {field.name: field for field in fields_of(kind)}, dict[str, str](), list[str]()
    for n, cell in enumerate(row):
        name = names[n] if n < len(names) else ""
        if kind == "actions" and name in ("", "area") and fold(cell) in areas:
            given["area"] = areas[fold(cell)]
        elif name in fields and name != "area" and name not in given and (value := _value(fields[name], cell)):
            given[name] = value
        elif cell:
            rest.append(f"{told[n]}: {cell}" if n < len(told) and told[n] else cell)
    main = COLUMNS[kind][0]
    given[main] = "\n".join(part for part in (given.get(main, ""), *rest) if part)
    if not any(value for name, value in given.items() if name != "area"):
        given[main] = " ".join(cell for cell in row if cell)  # the name of an area alone
    item: Any = Action if kind == "actions" else Evidence
    return item(**given)


def _value(field: Field, cell: str) -> str:
    """What a cell says in a field; nothing where it does not fit into it."""
    if field.editor == "text":
        return cell if len(cell) <= MAX_TEXT else ""
    if field.editor == "choice":
        words = FIXED_CHOICES.get((field.kind, field.name), {})
        return next((key for key, told in words.items() if fold(told) == fold(cell)), "")
    line = clean_line(cell)
    return "" if len(line) > MAX_LINE else dates.kept(_STATE.sub("", line)) if field.is_date else line
