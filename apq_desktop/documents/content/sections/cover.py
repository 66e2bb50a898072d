"""The first page: whose evaluation this is, what it says in short, and what it asks of its reader."""

from __future__ import annotations

from collections.abc import Mapping

from apq_desktop.documents.content.document_tree import Element, lines, with_addresses
from apq_desktop.documents.content.phrases import listed, name_of, one_line
from apq_desktop.documents.content.source import ContentSource
from apq_desktop.evaluation.field_values import FieldReader
from apq_desktop.evaluation.fields import fields_of, label
from apq_desktop.evaluation.model import Evaluation, Setting
from apq_desktop.evaluation.rules.action_plan import overdue, plan_order
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.dates import short, shown
from apq_desktop.toolkit.catalogue import Catalogue

_FULL_OR_PART_TIME = {"full-time": "full time", "part-time": "part time", "both": "full and part time"}


_FACTS = {
    "Time": ("hours_a_week", "weeks_a_year"),
    "On roll": ("on_roll", "with_ehcp", "with_sen_support", "looked_after", "facts_as_at"),
    "Other days": ("rest_of_week",),
    "Registered": ("registration", "urn", "ukprn", "company_number", "charity_number"),
}
MOST_IN_HALF = 34
"""Characters of a fact that stands beside another; a longer one has the row to itself."""


def shown_title(evaluation: Evaluation) -> str:
    """The evaluation's title, or what it is where it has none."""
    return visible_text(evaluation.title) or "Self-evaluation"


def add_first_page(document: Element, source: ContentSource) -> None:
    """Add the page: who, in short, what is asked of the reader, what is past its date, and how to read it."""
    evaluation, catalogue = source.evaluation, source.catalogue
    page = document.add("Sect", bookmark="In short")
    page.add("P", f"Self-evaluation against the AP Quality Toolkit {catalogue.edition}", style="eyebrow")
    page.add("H1", visible_text(evaluation.setting.name) or "Setting without a name", style="title")
    whom = visible_text(evaluation.commissioner)
    page.add("P", shown_title(evaluation) + (f" for {whom}" if whom else ""), style="subtitle")
    for purpose in catalogue.purposes_of(evaluation.purposes):
        page.add_text(purpose.for_readers, style="lead")
    _add_facts(page, _facts(source))
    page.add("H2", "In short", style="part")
    page.add_text(evaluation.summary)
    if not lines(evaluation.summary):
        page.add("P", "Nothing is written here yet.", style="nothing")
    if source.include.support:
        _add_wishes(page, source)
    _add_overdue(page, source)
    page.add("P", " ".join(catalogue.rules), style="rules")


def _add_facts(page: Element, facts: list[tuple[str, str]]) -> None:
    """Add the facts, short ones two in a row; those that nobody wrote are named below."""
    written = [(name, "; ".join(lines(text))) for name, text in facts if lines(text)]
    long = [[fact] for fact in written if len(fact[1]) > MOST_IN_HALF]
    short_facts = [fact for fact in written if len(fact[1]) <= MOST_IN_HALF]
    table = page.add("Table", style="facts") if written else page
    for facts_of_row in long + [short_facts[n : n + 2] for n in range(0, len(short_facts), 2)]:
        row = table.add("TR")
        for name, text in facts_of_row:
            row.add("TH", name, style="fact-name", scope="Row")
            row.add("TD", *with_addresses(text), style="fact", span=1 if len(facts_of_row) == 2 else 3)
    missing = [name.lower() for name, text in facts if not lines(text)]
    if missing:
        page.add("P", f"Not given: {listed(missing)}.", style="nothing")


def _add_wishes(page: Element, source: ContentSource) -> None:
    """Add all the support that is wanted, area by area."""
    wishes = [area for area in source.areas if lines(area.record.support)]
    if not wishes:
        return
    page.add("H2", "What we ask of you", style="part")
    for area in wishes:
        page.add_text(area.record.support, source.refer(area.record.key, f"{area.heading}: "), style="wish")


def _add_overdue(page: Element, source: ContentSource) -> None:
    """Add the actions that are past their date, each known by its first words."""
    if source.day is None:
        return
    late = [action for action in plan_order(source.evaluation.actions, source.day) if overdue(action, source.day)]
    if not late:
        return
    page.add("H2", f"Past its date on {shown(source.day.isoformat())}", style="part")
    for action in late:
        number = source.refer(action.id, source.numbers.actions[action.id])
        name = f" {name_of(action.what)}" if name_of(action.what) else ""
        page.add("P", number, f"{name} ({one_line(short(action.by_when))})", style="wish")


def _facts(source: ContentSource) -> list[tuple[str, str]]:
    evaluation, catalogue, include = source.evaluation, source.catalogue, source.include
    setting = evaluation.setting
    facts = [("Setting", _kind(setting, catalogue, context=include.context))]
    if include.context:
        facts.append(("Places", _joined(setting.places, setting.placement_length)))
    facts += [
        ("Site", _joined(setting.site, setting.local_authority)),
        ("Period", evaluation.period),
        ("Took part", evaluation.took_part),
        ("Purpose", "; ".join(catalogue.purpose_title(key) for key in evaluation.purposes)),
    ]
    if include.context:
        facts += _facts_of_setting(FieldReader.of(evaluation, catalogue).fields("setting", setting))
    if include.contact:
        facts.append(("Contact", setting.contact))
    facts.append(("Completed", _completed(evaluation)))
    return facts + _asked_by_purpose(evaluation, catalogue, context=include.context)


def _facts_of_setting(told: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is written of the facts, those that belong together in one row. ``told`` is each field as it is shown."""
    named = {field.name: (field.printed or "", told[field.name]) for field in fields_of("setting", "setting facts")}
    rows = ((row, [named[name] for name in names]) for row, names in _FACTS.items())
    facts = ((row, _joined(*(f"{name}{text}" for name, text in parts if visible_text(text)))) for row, parts in rows)
    return [(row, text) for row, text in facts if text]


def _completed(evaluation: Evaluation) -> str:
    day, by = visible_text(shown(evaluation.completed_on)), visible_text(evaluation.completed_by)
    return " ".join(part for part in (day, f"by {by}" if by else "") if part)


def _asked_by_purpose(evaluation: Evaluation, catalogue: Catalogue, *, context: bool) -> list[tuple[str, str]]:
    """What a purpose asks for, where it is asked for or written; of the setting only with its context."""
    setting = evaluation.setting
    written = [(label("evaluation", "reviewed_by"), "evaluation.reviewed_by", evaluation.reviewed_by)]
    if context:
        written += [
            (label("setting", "opens_on"), "setting.opens_on", shown(setting.opens_on)),
            (label("setting", "host_school"), "setting.host_school", setting.host_school),
        ]
    asked = {one.field for purpose in catalogue.purposes_of(evaluation.purposes) for one in purpose.asks}
    return [(name, text) for name, field, text in written if visible_text(text) or field in asked]


def _joined(*texts: str) -> str:
    return "; ".join(visible_text(text) for text in texts if visible_text(text))


def _kind(setting: Setting, catalogue: Catalogue, *, context: bool) -> str:
    parts = [catalogue.kind_title(setting.kind)] if setting.kind else []
    if context:
        if setting.full_or_part_time:
            parts.append(_FULL_OR_PART_TIME[setting.full_or_part_time])
        if setting.key_stages:
            stages = sorted(setting.key_stages)
            parts.append(f"key stage{'s' if len(stages) > 1 else ''} {listed(stages)}")
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]
