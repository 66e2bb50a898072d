"""The toolkit's own table (2022, Appendix 3): its four columns for each area, in full."""

from __future__ import annotations

from collections.abc import Iterable

from apq_desktop.documents.content.document_tree import Element, lines
from apq_desktop.documents.content.phrases import DOES_NOT_APPLY, NO_REASON, NONE, AreaContent, listed, one_line
from apq_desktop.documents.content.sections.area_section import preparation
from apq_desktop.documents.content.source import ContentSource
from apq_desktop.documents.text.text_styles import TextRun
from apq_desktop.evaluation.model import Action
from apq_desktop.evaluation.text.dates import shown
from apq_desktop.evaluation.titles import PARTS

TITLE = "As the toolkit’s form"
COLUMNS = (PARTS["strengths"], PARTS["development_areas"], PARTS["evidence"], PARTS["actions"])

Runs = tuple[str | TextRun, ...]


def add_toolkit_form(document: Element, source: ContentSource) -> None:
    """Add the table, area by area under its title, so that the columns are wide enough to read."""
    section = document.add("Sect", style="new-page", bookmark=TITLE)
    section.add("H2", TITLE, style="section")
    section.add("P", "The same once more, in the order of the toolkit’s own template.", style="lead")
    for area in (one for one in source.areas if source.has_own_page(one) or not one.record.applies):
        section.add("H3", area.heading, style="subsection")
        if area.record.applies:
            _add_table(section, source, area)
        else:
            section.add("P", f"{DOES_NOT_APPLY}: {one_line(area.record.reason) or NO_REASON}")
    empty = [area.heading for area in source.areas if area.record.applies and not source.has_own_page(area)]
    if empty:
        section.add("P", f"Nothing is written on {listed(empty)}.", style="nothing")


def _add_table(section: Element, source: ContentSource, area: AreaContent) -> None:
    table = section.add_table("toolkit-form", COLUMNS)
    row, record = table.add("TR"), area.record
    for entries in (record.strengths, record.development_areas):
        _add_cell(
            row,
            (
                (*area.sub_area(one.sub_area), *preparation(one), one_line(one.text))
                for one in entries
                if lines(one.text)
            ),
        )
    numbers = source.numbers
    _add_cell(
        row,
        (
            (TextRun(f"{numbers.evidence[item.id]} ", "strong"), one_line(item.title))
            for item in source.evidence_of(record)
        ),
    )
    _add_cell(row, (_action(source, area, action) for action in source.actions_of(record.key)))


def _action(source: ContentSource, area: AreaContent, action: Action) -> Runs:
    when = ", ".join(part for part in (one_line(action.who), one_line(shown(action.by_when))) if part)
    return (
        TextRun(f"{source.numbers.actions[action.id]} ", "strong"),
        *area.sub_area(action.sub_area),
        one_line(action.what),
        f" ({when})" if when else "",
    )


def _add_cell(row: Element, entries: Iterable[Runs]) -> None:
    told = list(entries)
    if not told:
        row.add("TD", NONE, style="cell-nothing")
        return
    cell = row.add("TD").add("L")
    for entry in told:
        cell.add_item("cell").add("P", *entry, style="cell")
