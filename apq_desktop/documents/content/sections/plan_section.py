"""The action plan: what is open, in the order in which it is due; what is finished or stopped last."""

from __future__ import annotations

from apq_desktop.documents.content.document_tree import Element, lines
from apq_desktop.documents.content.phrases import NO_DATE, NOBODY, carried, cut_short
from apq_desktop.documents.content.sections.area_section import (
    ACTION_COLUMNS,
    NOTHING,
    add_after,
    add_measure,
    add_who_and_when,
    priority,
    progress,
)
from apq_desktop.documents.content.source import ContentSource
from apq_desktop.documents.text.text_styles import TextRun
from apq_desktop.evaluation.model import Action
from apq_desktop.evaluation.rules.action_plan import plan_order
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.dates import short, shown

TITLE = "Action plan"
COLUMNS = ("No.", "Action", "Area", "Who", "By when", "Progress")
NO_ACTIONS = "No actions are written."
MOST_OF_NEED = 60
"""Characters by which the development area is known that an action answers."""


def add_plan(document: Element, source: ContentSource) -> None:
    """Add all actions, each with its area, owner, date and progress."""
    section = document.add("Sect", style="new-page" if source.evaluation.actions else "same-page", bookmark=TITLE)
    section.add("H2", TITLE, style="section")
    table = _table(section, source, "plan", COLUMNS)
    if table is None:
        return
    for action in plan_order(source.evaluation.actions, source.day):
        row = table.add("TR")
        _add_number(row, source, action)
        what, after = lines(action.what) or [NOTHING], (*priority(action), *carried(action.carried_from))
        if len(what) == 1:
            row.add("TD", what[0], *after, style="cell")
        else:
            cell = row.add("TD")
            cell.add_text(action.what, style="cell")
            add_after(cell.children[-1], after)
        row.add("TD", source.number_of.get(action.area, action.area), style="cell")
        row.add("TD", " ".join(lines(action.who)) or NOBODY, style="cell")
        row.add("TD", " ".join(lines(short(action.by_when))) or NO_DATE, style="cell")
        row.add("TD", *progress(source, action), style="cell")


def add_plan_alone(document: Element, source: ContentSource, title: str) -> None:
    """Add the plan with no areas before it, so that it says what each action is for and how one will know."""
    section = document.add("Sect", bookmark=TITLE)
    section.add("P", title, style="eyebrow")
    section.add("H1", TITLE, style="title")
    table = _table(section, source, "plan-alone", ("No.", *ACTION_COLUMNS))
    needs = {entry.id: entry.text for area in source.areas for entry in area.record.development_areas}
    if table is None:
        return
    for action in plan_order(source.evaluation.actions, source.day):
        row = table.add("TR")
        _add_number(row, source, action)
        cell = row.add("TD")
        cell.add_text(visible_text(action.what) or NOTHING, style="cell")
        add_after(cell.children[-1], carried(action.carried_from))
        need = cut_short(needs.get(action.development_area, ""), MOST_OF_NEED)
        area = source.title_of.get(action.area, action.area)
        cell.add("P", f"{area}: {need}" if need else area, style="cell-small")
        add_who_and_when(row, source, action)
        add_measure(row.add("TD"), action)


def _table(section: Element, source: ContentSource, style: str, columns: tuple[str, ...]) -> Element | None:
    """The table with its head, or one line where there is nothing to put into it."""
    if not source.evaluation.actions:
        section.add("P", NO_ACTIONS, style="nothing")
        return None
    until = f"Overdue on {shown(source.day.isoformat())} first, then by date" if source.day else "By date"
    section.add("P", f"{until}; finished and stopped last.", style="lead")
    return section.add_table(style, columns)


def _add_number(row: Element, source: ContentSource, action: Action) -> None:
    """The number, which leads to the action in its area; where that is not in the document, it is told here."""
    number = source.numbers.actions[action.id]
    if source.shown == "whole":
        row.add("TD", source.refer(action.id, number), style="cell")
    else:
        row.adopt(source.place(action.id), "TD", TextRun(number, "strong"), style="cell")
