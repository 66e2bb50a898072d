"""The template at a glance: the toolkit's own table, an area a row, its four columns beside each other."""

from __future__ import annotations

from collections.abc import Iterable

from apq_desktop.documents.content.phrases import CUT, DOES_NOT_APPLY, NOT_PROVIDED, AreaContent, cut_short, one_line
from apq_desktop.documents.content.tree import Element
from apq_desktop.documents.text.styles import TextRun
from apq_desktop.evaluation.model import Action, Evaluation
from apq_desktop.evaluation.text.dates import shown

COLUMNS = ("Quality area", "Strengths", "Development areas", "Sources of evidence", "Actions")
CUT_SHORT = "Long texts end in … here; each area follows in full."
MOST_CHARACTERS = 90
"""Longer entries are cut short here; the area in full has them whole."""
MOST_ENTRIES = 8

Entry = tuple[TextRun, ...]


def add_glance(parent: Element, evaluation: Evaluation, category: str, told: list[AreaContent]) -> None:
    """Add the table of one category, on a page of its own unless all of it fits below the one before."""
    section = parent.add("Sect", style="landscape same-page" if parent.children else "landscape", bookmark=category)
    section.add("H2", f"The template at a glance: {category}", style="section")
    table = section.add("Table", style="glance")
    head = table.add("TR")
    for name in COLUMNS:
        head.add("TH", scope="Column").add("P", name, style="glance-head")
    for area in told:
        _add_row(table, evaluation, area)
    if any(element.text.endswith(CUT) for element in table.walk()):
        section.children.insert(1, Element("P", (TextRun(CUT_SHORT),), "small"))


def _add_row(table: Element, evaluation: Evaluation, told: AreaContent) -> None:
    record = told.record
    row = table.add("TR")
    row.add("TH", scope="Row").add("P", told.heading, style="glance-head")
    if not record.applies:
        cell = row.add("TD", span=len(COLUMNS) - 1)
        reason = cut_short(record.reason, 4 * MOST_CHARACTERS) or "no reason given"
        cell.add("P", f"{DOES_NOT_APPLY}: ", reason, style="glance")
        return
    _add_cell(
        row,
        ((*told.sub_area(entry.sub_area), _short(entry.text)) for entry in record.strengths if _said(entry.text)),
    )
    _add_cell(
        row,
        (
            (*told.sub_area(entry.sub_area), _short(entry.text))
            for entry in record.development_areas
            if _said(entry.text)
        ),
    )
    _add_cell(row, ((_short(item.title),) for item in evaluation.evidence_of(record.key) if _said(item.title)))
    _add_cell(row, (_action(told, action) for action in evaluation.actions_of(record.key) if _said(action.what)))


def _add_cell(row: Element, entries: Iterable[Entry]) -> None:
    cell = row.add("TD")
    told = list(entries)
    if not told:
        cell.add("P", NOT_PROVIDED, style="glance-nothing")
    elif len(told) == 1:
        cell.add("P", *told[0], style="glance")
    else:
        items = cell.add("L")
        for entry in told[:MOST_ENTRIES]:
            item = items.add("LI")
            item.add("Lbl", "•", style="glance")
            item.add("LBody").add("P", *entry, style="glance")
        if len(told) > MOST_ENTRIES:
            cell.add("P", f"and {len(told) - MOST_ENTRIES} more{CUT}", style="glance-nothing")


def _action(told: AreaContent, action: Action) -> Entry:
    when = [cut_short(part, 80) for part in (action.who, shown(action.by_when)) if part.strip()]
    return (
        *told.sub_area(action.sub_area),
        _short(action.what),
        TextRun(f" ({', '.join(when)})" if when else ""),
    )


def _short(text: str) -> TextRun:
    return TextRun(cut_short(text, MOST_CHARACTERS))


def _said(text: str) -> bool:
    return bool(one_line(text))
