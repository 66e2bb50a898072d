"""What the completed template says, in order: the one story that the PDF and the web page both tell.

The tree is the order in which it is read aloud. Every text stands in it once in full; "The template at a
glance" is the toolkit's own table (2022, Appendix 3: an area a row, four columns) and cuts long texts short.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from apq_desktop.documents.content.appendices import add_evidence_list, add_plan, add_receiver
from apq_desktop.documents.content.area_section import add_area
from apq_desktop.documents.content.cover import add_first_page, shown_title
from apq_desktop.documents.content.phrases import AreaContent
from apq_desktop.documents.content.summary_table import add_glance
from apq_desktop.documents.content.tree import Element
from apq_desktop.evaluation.model import Action, AreaRecord, Evaluation
from apq_desktop.evaluation.rules.outgoing_copy import EVERYTHING, Include
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.toolkit.catalogue import Area, Catalogue


def story(evaluation: Evaluation, catalogue: Catalogue, *, code: str = "", include: Include = EVERYTHING) -> Element:
    """The whole document. What the instrument does not know is told too, after what it knows."""
    groups = _groups(evaluation, catalogue)
    evaluation = replace(evaluation, areas=[area.record for _, told in groups for area in told])
    document = Element("Document")
    add_first_page(document, evaluation, catalogue, code=code, contact=include.contact, context=include.context)
    glance = document.add("Sect", bookmark="The template at a glance")
    for name, told in groups:
        add_glance(glance, evaluation, name, told)
    for name, told in groups:
        category = document.add("Sect", bookmark=name)
        for area in told:
            add_area(category, evaluation, name, area, notes=include.notes, support=include.support)
    titles = {area.record.key: area.heading for _, told in groups for area in told}
    add_plan(document, evaluation, titles)
    add_evidence_list(document, evaluation)
    add_receiver(document)
    document.children.insert(1, _contents(document))
    return document


def plan(evaluation: Evaluation, catalogue: Catalogue, actions: Sequence[Action]) -> Element:
    """The action plan by itself: the actions given, under the evaluation's title."""
    document = Element("Document")
    titles = {area.key: f"{area.number}. {area.title}" for area in catalogue.areas}
    add_plan(document, replace(evaluation, actions=list(actions)), titles, by_itself=True)
    heading = Element("Document")
    heading.add("H1", title(evaluation), style="title")
    document.children[0].children[:0] = heading.children
    return document


def title(evaluation: Evaluation) -> str:
    """The document's title, as a reading program shows it."""
    name = visible_text(evaluation.setting.name)
    return f"{name}: {shown_title(evaluation)}" if name else shown_title(evaluation)


def footer(evaluation: Evaluation) -> str:
    """What stands at the foot of every page, so that a single sheet can be placed."""
    revision = f"revision {evaluation.revision}" if evaluation.revision else "not sent yet"
    return " · ".join(
        part for part in (visible_text(evaluation.setting.name), shown_title(evaluation), revision) if part
    )


def _groups(evaluation: Evaluation, catalogue: Catalogue) -> list[tuple[str, list[AreaContent]]]:
    """For each category its areas, each with what is written about it; then any that the instrument lacks."""
    written = {record.key: record for record in evaluation.areas}
    groups = []
    for category in catalogue.categories:
        told = [
            AreaContent(written.pop(area.key) if area.key in written else _unwritten(area), area)
            for area in category.areas
        ]
        groups.append((category.title, told))
    if written:
        groups.append(("Other areas", [AreaContent(record, None) for record in written.values()]))
    return groups


def _unwritten(area: Area) -> AreaRecord:
    return AreaRecord(area.number, area.key, area.title)


def _contents(document: Element) -> Element:
    contents = Element("Sect", style="same-page", bookmark="Contents")
    contents.add("H2", "Contents", style="section")
    table = contents.add("TOC")
    for section in document.children:
        parts = [child for child in section.children if child.bookmark]
        if parts:
            group = table.add("TOCI")
            group.add("P", section.bookmark, style="contents-group")
            entries = group.add("TOC")
            for part in parts:
                _entry(entries, part, "contents")
        elif section.bookmark:
            _entry(table, section, "contents-group")
    return contents


def _entry(table: Element, section: Element, style: str) -> None:
    table.add("TOCI").add("Reference").add("Link", section.bookmark, style=style, target=section)
