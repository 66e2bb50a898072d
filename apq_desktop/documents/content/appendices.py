"""What a reader works with: the action plan across areas, the list of evidence, and room for a reply."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from apq_desktop.documents.content.area_section import add_how_we_know, add_who_and_when
from apq_desktop.documents.content.phrases import CARRIED, NOT_PROVIDED, listed, one_line
from apq_desktop.documents.content.tree import Element, lines
from apq_desktop.evaluation.model import Action, Evaluation, Evidence
from apq_desktop.evaluation.text.dates import parse, shown

RECEIVER_ROWS = (
    "Received by, and role",
    "Received on",
    "Comments",
    "Changes requested",
    "Agreed actions: what, who, by when",
    "Next review",
    "For the commissioner: signature and date",
    "For the setting: signature and date",
)


def add_plan(document: Element, evaluation: Evaluation, titles: Mapping[str, str], *, by_itself: bool = False) -> None:
    """Add all actions, the soonest first. ``titles`` has each area's number and title by its key.

    ``by_itself``: no areas stand before it, so it tells itself what each action is for and how one will know.
    """
    style = "landscape" if evaluation.actions else "same-page"
    section = document.add("Sect", style=style, bookmark="Action plan across all areas")
    section.add("H2", "Action plan across all areas", style="section")
    if not evaluation.actions:
        section.add("P", NOT_PROVIDED, style="nothing")
        return
    known = "" if by_itself else "; how we will know stands with each area"
    section.add("P", f"The soonest date stands first{known}.", style="lead")
    table = _table(section, "plan", ("Action", "Area", "Who", "By when", "Progress"))
    needs = {entry.id: entry.text for area in evaluation.areas for entry in area.development_areas}
    for action in sorted(evaluation.actions, key=_due):
        row = table.add("TR")
        cell = _cell(row, action.what)
        if by_itself:
            add_how_we_know(cell, action, needs)
        _cell(row, titles.get(action.area, action.area))
        add_who_and_when(row, action)


def add_evidence_list(document: Element, evaluation: Evaluation) -> None:
    """Add the register of evidence, each item with the areas that cite it."""
    below_plan = "landscape same-page" if evaluation.actions else "same-page"
    section = document.add("Sect", style="new-page" if evaluation.evidence else below_plan, bookmark="Evidence list")
    section.add("H2", "Evidence list", style="section")
    if not evaluation.evidence:
        section.add("P", NOT_PROVIDED, style="nothing")
        return
    table = _table(section, "evidence", ("Source of evidence", "Date", "Where it is kept", "Areas"))
    for item in evaluation.evidence:
        _add_evidence(table.add("TR"), item, [str(area.number) for area in evaluation.areas_citing(item.id)])


def add_receiver(document: Element) -> None:
    """Add the empty block that the commissioner fills in by hand."""
    section = document.add("Sect", style="new-page", bookmark="For the receiver")
    section.add("H2", "For the receiver", style="section")
    section.add("P", "Room for the commissioner’s reply, on paper or at the visit.", style="lead")
    table = section.add("Table", style="receiver")
    for name in RECEIVER_ROWS:
        row = table.add("TR")
        row.add("TH", scope="Row").add("P", name, style="fact-name")
        row.add("TD")


def _add_evidence(row: Element, item: Evidence, areas: list[str]) -> None:
    cell = _cell(row, item.title)
    again = one_line(shown(item.review_date))
    carried = CARRIED.lower() if item.carried_from else ""
    details = (one_line(item.kind), again and f"look again {again}", carried)
    cell.add_text(" · ".join(filter(None, details)), style="cell-small")
    _cell(row, shown(item.date))
    _cell(row, item.location)
    _cell(row, listed(areas) or "None")


def _table(section: Element, style: str, columns: tuple[str, ...]) -> Element:
    table = section.add("Table", style=style)
    head = table.add("TR")
    for name in columns:
        head.add("TH", scope="Column").add("P", name, style="cell-head")
    return table


def _cell(row: Element, text: str) -> Element:
    cell = row.add("TD")
    cell.add_text(text, style="cell")
    if not lines(text):
        cell.add("P", NOT_PROVIDED, style="cell-nothing")
    return cell


def _due(action: Action) -> tuple[bool, date]:
    """Known dates first, in order; the rest stay in the order of the areas."""
    day = parse(one_line(action.by_when))
    return (day is None, day or date.min)
