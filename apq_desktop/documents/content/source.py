"""What a document is made from, and the places in it to which its numbers and titles lead."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Literal

from apq_desktop.documents.content.document_tree import Element, lines, link
from apq_desktop.documents.content.phrases import AreaContent
from apq_desktop.documents.text.text_styles import TextRun, Tone
from apq_desktop.evaluation.model import Action, AreaRecord, Evaluation, Evidence
from apq_desktop.evaluation.rules.action_plan import as_at
from apq_desktop.evaluation.rules.numbering import numbers
from apq_desktop.evaluation.rules.outgoing_copy import Include
from apq_desktop.toolkit.catalogue import Area, Catalogue

Shown = Literal["whole", "digest", "plan"]


class ContentSource:
    """One evaluation, ordered as the document tells it. ``shown`` is how much of it the document holds."""

    def __init__(
        self,
        evaluation: Evaluation,
        catalogue: Catalogue,
        *,
        code: str = "",
        include: Include,
        shown: Shown = "whole",
    ) -> None:
        self.catalogue, self.code, self.include, self.shown = catalogue, code, include, shown
        self.numbers = numbers(evaluation)
        self.groups = _groups(evaluation, catalogue)
        self.areas = [area for _, areas in self.groups for area in areas]
        self.evaluation = replace(evaluation, areas=[area.record for area in self.areas])
        self.day = as_at(evaluation)
        self.title_of = {area.record.key: area.heading for area in self.areas}
        self.number_of = {area.record.key: str(area.record.number) for area in self.areas}
        self._register = {item.id: item for item in evaluation.evidence}
        self._actions: dict[str, list[Action]] = defaultdict(list)
        for action in evaluation.actions:
            self._actions[action.area].append(action)
        self.citing: dict[str, list[str]] = defaultdict(list)
        for area in self.areas:
            for key in dict.fromkeys(area.record.evidence):
                self.citing[key].append(area.record.key)
        self._places: dict[str, Element] = {}

    def actions_of(self, area: str) -> list[Action]:
        """The actions of one area, in their order."""
        return self._actions.get(area, [])

    def evidence_of(self, area: AreaRecord) -> list[Evidence]:
        """The evidence that an area cites, in its order."""
        return [self._register[key] for key in area.evidence if key in self._register]

    def has_own_page(self, area: AreaContent) -> bool:
        """Whether anything but notes is written about an area."""
        record = area.record
        texts = [entry.text for entry in (*record.strengths, *record.development_areas)]
        texts += [record.support if self.include.support else ""]
        return any(map(lines, texts)) or bool(self.actions_of(record.key) or self.evidence_of(record))

    def place(self, key: str) -> Element:
        """The element that tells of an area, an action or a source of evidence in full, by its key or id.

        Whoever tells it puts the element into the document (``Element.adopt``).
        """
        if key not in self._places:
            self._places[key] = Element("P")
        return self._places[key]

    def refer(self, key: str, text: str, tone: Tone = "number") -> Element | TextRun:
        """``text`` as a link to what is told elsewhere in the document; strong where that is not in it."""
        if self.shown == "whole" or (self.shown == "digest" and key in self.numbers.actions):
            return link(self.place(key), TextRun(text, tone))
        return TextRun(text, "strong")


def _groups(evaluation: Evaluation, catalogue: Catalogue) -> list[tuple[str, list[AreaContent]]]:
    """For each category its areas, each with what is written about it; then any that the instrument lacks."""
    written = {record.key: record for record in evaluation.areas}
    groups = []
    for category in catalogue.categories:
        areas = [
            AreaContent(written.pop(area.key) if area.key in written else _unwritten(area), area)
            for area in category.areas
        ]
        groups.append((category.title, areas))
    if written:
        groups.append(("Other areas", [AreaContent(record, None) for record in written.values()]))
    return groups


def _unwritten(area: Area) -> AreaRecord:
    return AreaRecord(area.number, area.key, area.title)
