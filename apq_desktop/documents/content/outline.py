"""What a document tells, in order: the one story of PDF and web page, its digest, and parts of it alone.

The tree is the order in which it is read aloud. Actions and evidence are told in full once, and known by their
numbers elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from apq_desktop.documents.content.document_tree import Element
from apq_desktop.documents.content.sections.appendices import add_evidence_list, add_notes
from apq_desktop.documents.content.sections.area_section import add_area
from apq_desktop.documents.content.sections.cover import add_first_page, shown_title
from apq_desktop.documents.content.sections.overview import add_overview, add_reasons
from apq_desktop.documents.content.sections.plan_section import add_plan, add_plan_alone
from apq_desktop.documents.content.sections.reply import add_reply
from apq_desktop.documents.content.sections.standards import add_standards, add_standards_alone
from apq_desktop.documents.content.sections.toolkit_form import add_toolkit_form
from apq_desktop.documents.content.source import ContentSource
from apq_desktop.evaluation.model import Action, Evaluation, Evidence
from apq_desktop.evaluation.rules.outgoing_copy import EVERYTHING, Include
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.toolkit.catalogue import Catalogue


def story(evaluation: Evaluation, catalogue: Catalogue, *, code: str = "", include: Include = EVERYTHING) -> Element:
    """The whole document. What the instrument does not know is told too, after what it knows."""
    source = ContentSource(evaluation, catalogue, code=code, include=include)
    document = Element("Document")
    add_first_page(document, source)
    add_overview(document, source)
    for category, areas in source.groups:
        told = [area for area in areas if source.has_own_page(area)]
        if told:
            section = document.add("Sect", bookmark=category)
            for area in told:
                add_area(section, source, category, area, first=area is told[0])
    add_reasons(document, source)
    add_plan(document, source)
    add_evidence_list(document, source)
    add_reply(document, source)
    annexes = {"notes": add_notes, "standards": add_standards, "toolkit-form": add_toolkit_form}
    for annex in include.annexes:
        annexes[annex](document, source)
    return document


def digest(evaluation: Evaluation, catalogue: Catalogue, *, code: str = "", include: Include = EVERYTHING) -> Element:
    """What a busy reader needs: the first page, the areas on one page, and the action plan."""
    source = ContentSource(evaluation, catalogue, code=code, include=include, shown="digest")
    document = Element("Document")
    add_first_page(document, source)
    add_overview(document, source)
    add_plan(document, source)
    return document


def plan(evaluation: Evaluation, catalogue: Catalogue, actions: Sequence[Action] | None = None) -> Element:
    """The action plan by itself, under the evaluation's title: the actions given, else all of them."""
    source = ContentSource(evaluation, catalogue, include=EVERYTHING, shown="plan")
    if actions is not None:
        source.evaluation = replace(source.evaluation, actions=list(actions))
    document = Element("Document")
    add_plan_alone(document, source, title(evaluation))
    return document


def evidence(evaluation: Evaluation, catalogue: Catalogue, items: Sequence[Evidence] | None = None) -> Element:
    """The register of evidence by itself, under the evaluation's title: the items given, else all of them."""
    source = ContentSource(evaluation, catalogue, include=EVERYTHING, shown="plan")
    if items is not None:
        source.evaluation = replace(source.evaluation, evidence=list(items))
    document = Element("Document")
    document.add("P", title(evaluation), style="eyebrow")
    add_evidence_list(document, source)
    return document


def one_area(evaluation: Evaluation, catalogue: Catalogue, key: str) -> Element:
    """One area by itself, under the evaluation's title. Raises StopIteration where there is none with this key."""
    source = ContentSource(evaluation, catalogue, include=EVERYTHING, shown="plan")
    told = ((category, area) for category, areas in source.groups for area in areas if area.record.key == key)
    category, area = next(told)
    document = Element("Document")
    document.add("P", title(evaluation), style="eyebrow")
    add_area(document, source, category, area, first=True)
    return document


def proof(evaluation: Evaluation, catalogue: Catalogue) -> Element:
    """Where the proof stands, by itself, under the evaluation's title."""
    document = Element("Document")
    add_standards_alone(
        document, ContentSource(evaluation, catalogue, include=EVERYTHING, shown="plan"), title(evaluation)
    )
    return document


def title(evaluation: Evaluation) -> str:
    """The document's title, as a reading program shows it."""
    name = visible_text(evaluation.setting.name)
    return f"{name}: {shown_title(evaluation)}" if name else shown_title(evaluation)


def footer(evaluation: Evaluation) -> str:
    """What stands at the foot of every page, so that a single sheet can be placed."""
    revision = f"revision {evaluation.revision}" if evaluation.revision else "not sent yet"
    parts = (visible_text(evaluation.setting.name), shown_title(evaluation), revision)
    return " · ".join(part for part in parts if part)
