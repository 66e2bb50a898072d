"""The first page: whose evaluation this is, for whom, and what it says in short."""

from __future__ import annotations

from apq_desktop.documents.content.phrases import NOT_PROVIDED, day, listed
from apq_desktop.documents.content.tree import Element, lines
from apq_desktop.evaluation.field_values import FieldReader
from apq_desktop.evaluation.labels import label
from apq_desktop.evaluation.model import Evaluation, Setting
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.dates import shown
from apq_desktop.toolkit.catalogue import Catalogue

_FULL_OR_PART_TIME = {"full-time": "full time", "part-time": "part time", "both": "full and part time"}


def shown_title(evaluation: Evaluation) -> str:
    """The evaluation's title, or what it is where it has none."""
    return visible_text(evaluation.title) or "Self-evaluation"


def add_first_page(
    document: Element,
    evaluation: Evaluation,
    catalogue: Catalogue,
    *,
    code: str,
    contact: bool,
    context: bool,
) -> None:
    """Add the page. ``contact`` and ``context`` are left out where the person wants it so."""
    page = document.add("Sect", bookmark="In short")
    page.add(
        "P", f"Self-evaluation against the 13 quality areas of the AP Quality Toolkit {catalogue.edition}",
        style="eyebrow",
    )  # fmt: skip
    page.add("H1", visible_text(evaluation.setting.name) or "Setting without a name", style="title")
    whom = visible_text(evaluation.commissioner)
    page.add("P", shown_title(evaluation) + (f" for {whom}" if whom else ""), style="subtitle")
    for purpose in catalogue.purposes_of(evaluation.purposes):
        page.add_text(purpose.for_readers, style="lead")
    table = page.add("Table", style="facts")
    for name, text in _facts(evaluation, catalogue, code, contact=contact, context=context):
        row = table.add("TR")
        row.add("TH", style="fact-name", scope="Row").add("P", name, style="fact-name")
        cell = row.add("TD")
        cell.add_text(text, style="fact")
        if not cell.children:
            cell.add("P", NOT_PROVIDED, style="fact-name")
    page.add("H2", "In short", style="part")
    page.add_text(evaluation.summary)
    if not lines(evaluation.summary):
        page.add("P", NOT_PROVIDED, style="nothing")


def _facts(
    evaluation: Evaluation, catalogue: Catalogue, code: str, *, contact: bool, context: bool
) -> list[tuple[str, str]]:
    setting = evaluation.setting
    facts = [
        ("Kind of setting", _kind(setting, catalogue, context=context)),
        ("Site and local authority", _joined(setting.site, setting.local_authority)),
    ]
    if context:
        typical = visible_text(setting.placement_length)
        facts.append(("Places", _joined(setting.places, f"typical placement: {typical}" if typical else "")))
    facts += _asked_by_purpose(evaluation, catalogue, context=context)
    if context:
        facts += FieldReader.of(evaluation, catalogue).written("setting", setting, "setting facts")
    if contact:
        facts.append(("Contact", setting.contact))
    facts += [
        ("Completed by", _joined(evaluation.completed_by, shown(evaluation.completed_on))),
        ("Took part", evaluation.took_part),
        ("Period", evaluation.period),
        ("Purpose", "; ".join(catalogue.purpose_title(key) for key in evaluation.purposes)),
        ("Revision", f"{_revision(evaluation)}\n{_identity(evaluation)}"),
    ]
    if code:
        facts.append(
            (
                "Code",
                f"{code} (the same in the data file and in the program if nothing was changed)",
            )
        )
    return facts


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


def _revision(evaluation: Evaluation) -> str:
    changed = f", {day(evaluation.changed)}" if evaluation.changed else ""
    if not evaluation.revision:
        return f"Not sent yet{changed}"
    replaced = f"; replaces revision {evaluation.revision - 1}" if evaluation.revision > 1 else ""
    return f"{evaluation.revision}{changed}{replaced}"


def _identity(evaluation: Evaluation) -> str:
    follows = f"; follows {evaluation.supersedes}" if evaluation.supersedes else ""
    return f"Evaluation {evaluation.id}{follows}"
