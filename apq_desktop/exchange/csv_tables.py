"""Tables for a spreadsheet: the actions and the evidence of an evaluation as CSV.

UTF-8 with a byte-order mark, by which Excel knows the encoding; commas, line ends as in RFC 4180, dates as
``YYYY-MM-DD``. No cell can be taken for a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from apq_desktop.evaluation.model import Action, Evaluation, Evidence
from apq_desktop.evaluation.rules.progress import ACTION_WORDS
from apq_desktop.evaluation.text.cleaning import clean
from apq_desktop.evaluation.text.dates import kept
from apq_desktop.toolkit.catalogue import Catalogue

ACTION_COLUMNS = (
    "Setting",
    "Evaluation",
    "Area number",
    "Area",
    "Part of the area",
    "Action",
    "Who",
    "By when",
    "Progress",
    "How we will know",
    "Starting point",
    "Where it stands now",
    "Development area it answers",
)
EVIDENCE_COLUMNS = (
    "Setting",
    "Evaluation",
    "Source of evidence",
    "Kind",
    "Date",
    "Where it is kept",
    "Review date",
    "Cited in areas",
)

_STARTS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def actions_csv(evaluation: Evaluation, catalogue: Catalogue, actions: Iterable[Action] | None = None) -> bytes:
    """The actions given, in their order; all of them where none are given."""
    return table(
        ACTION_COLUMNS, _action_rows(evaluation, catalogue, evaluation.actions if actions is None else actions)
    )


def evidence_csv(evaluation: Evaluation, items: Iterable[Evidence] | None = None) -> bytes:
    """The evidence given, in its order; the whole register where none is given."""
    chosen = evaluation.evidence if items is None else items
    rows = (
        (
            *_whose(evaluation),
            item.title,
            item.kind,
            kept(item.date),
            item.location,
            kept(item.review_date),
            "; ".join(str(area.number) for area in evaluation.areas_citing(item.id)),
        )
        for item in chosen
    )
    return table(EVIDENCE_COLUMNS, rows)


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A header and rows as the content of a CSV file."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(columns)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _action_rows(evaluation: Evaluation, catalogue: Catalogue, actions: Iterable[Action]) -> Iterable[Sequence[str]]:
    areas = {area.key: area for area in catalogue.areas}
    needs = {entry.id: entry.text for area in evaluation.areas for entry in area.development_areas}
    for action in actions:
        area = areas.get(action.area)
        yield (
            *_whose(evaluation),
            str(area.number) if area else "",
            area.title if area else action.area,
            area.sub_area_title(action.sub_area) if area else action.sub_area,
            action.what,
            action.who,
            kept(action.by_when),
            ACTION_WORDS.get(action.progress, action.progress),
            action.measure,
            action.starting_point,
            action.current_point,
            needs.get(action.development_area, ""),
        )


def _whose(evaluation: Evaluation) -> tuple[str, str]:
    return evaluation.setting.name, evaluation.title


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet runs: where one could, an apostrophe makes it text (OWASP, CSV injection)."""
    cell = clean(cell)
    return f"'{cell}" if cell.lstrip().startswith(_STARTS_A_FORMULA) or cell.startswith("\t") else cell
