"""Tables for a spreadsheet: the actions and the evidence of an evaluation as CSV.

UTF-8 with a byte-order mark, by which Excel knows the encoding; commas, line ends as in RFC 4180, dates as
``YYYY-MM-DD``. No cell but a plain number can be reckoned with, and none is a formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from apq_desktop.evaluation.edits.changes import TargetKind
from apq_desktop.evaluation.field_values import FieldReader
from apq_desktop.evaluation.fields import Field, fields_of
from apq_desktop.evaluation.model import Action, Evaluation, Evidence
from apq_desktop.evaluation.rules.numbering import numbers
from apq_desktop.evaluation.text.cleaning import clean, visible_text
from apq_desktop.evaluation.text.dates import kept
from apq_desktop.toolkit.catalogue import Catalogue

WHOSE = ("Setting", "Evaluation")
_PLAIN_NUMBER = re.compile(r"[+-]([0-9]{1,9}([.,][0-9]{1,9})?|[.,][0-9]{1,9})( ?%)?")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def actions_csv(evaluation: Evaluation, catalogue: Catalogue, actions: Iterable[Action] | None = None) -> bytes:
    """The actions given, in their order; all of them where none are given."""
    areas = {area.key: area for area in catalogue.areas}
    reader, chosen = FieldReader.of(evaluation, catalogue), evaluation.actions if actions is None else actions

    def cell(field: Field, action: Action) -> str:
        if field.name == "area" and action.area in areas:
            return areas[action.area].title
        return _cell(reader, field, action)

    number = numbers(evaluation).actions
    rows = (
        (
            *_whose(evaluation),
            number.get(action.id, ""),
            str(areas[action.area].number) if action.area in areas else "",
            *(cell(field, action) for field in _columns("actions")),
        )
        for action in chosen
    )
    return table((*WHOSE, "Number", "Area number", *map(_heading, _columns("actions"))), rows)


def evidence_csv(evaluation: Evaluation, catalogue: Catalogue, items: Iterable[Evidence] | None = None) -> bytes:
    """The evidence given, in its order; the whole register where none is given."""
    reader, chosen = FieldReader.of(evaluation, catalogue), evaluation.evidence if items is None else items
    number = numbers(evaluation).evidence
    rows = (
        (
            *_whose(evaluation),
            number.get(item.id, ""),
            *(_cell(reader, field, item) for field in _columns("evidence")),
            "; ".join(str(area.number) for area in evaluation.areas_citing(item.id)),
        )
        for item in chosen
    )
    return table((*WHOSE, "Number", *map(_heading, _columns("evidence")), "Cited in areas"), rows)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A header and rows as the content of a CSV file."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(columns)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _columns(kind: TargetKind) -> list[Field]:
    return [field for field in fields_of(kind) if field.csv != ""]


def _heading(field: Field) -> str:
    return field.label if field.csv is None else field.csv


def _cell(reader: FieldReader, field: Field, thing: Action | Evidence) -> str:
    return kept(getattr(thing, field.name)) if field.is_date else reader.shown(field, thing)


def _whose(evaluation: Evaluation) -> tuple[str, str]:
    return evaluation.setting.name, evaluation.title


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet runs: where one could, an apostrophe makes it text (OWASP, CSV injection)."""
    cell = clean(cell) if visible_text(cell) else ""
    if _PLAIN_NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}" if cell.lstrip().startswith(_STARTS_A_FORMULA) or cell.startswith("\t") else cell
