"""Where the proof stands: what is written for each standard of an outside list, and where its proof is kept.

It is an index and no judgement: nothing says whether a standard is met, how well, or how much of a list is covered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.evaluation.model import Entry, Evaluation, Evidence
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.search_folding import fold
from apq_desktop.toolkit.catalogue import Area, Catalogue, ListedStandard, StandardsList
from apq_desktop.toolkit.reader_rules import pattern


@dataclass(frozen=True, slots=True)
class MarkedText:
    """One text that is marked for a standard. ``location`` and ``review_date`` are those of a source of evidence."""

    where: str
    text: str
    area: str
    target: Target
    field: str
    location: str = ""
    review_date: str = ""

    @property
    def is_evidence(self) -> bool:
        """Whether it is a source of evidence."""
        return self.target.kind == "evidence"


@dataclass(frozen=True, slots=True)
class StandardEntry:
    """One standard and what is marked for it, in the order of reading: what is written, then evidence."""

    standard: ListedStandard
    theme: str
    marked: tuple[MarkedText, ...]


def index(evaluation: Evaluation, catalogue: Catalogue, wanted: StandardsList) -> list[StandardEntry]:
    """The standards of a list for which something is marked in its order, then those with nothing yet."""
    found: dict[str, list[MarkedText]] = {standard.key: [] for standard in wanted.standards}
    for keys, marked in _marked(evaluation):
        for key in keys:
            if key in found:
                found[key].append(marked)
    entries = [
        StandardEntry(standard, catalogue.theme_title(standard.theme), tuple(found[standard.key]))
        for standard in wanted.standards
    ]
    return sorted(entries, key=lambda entry: not entry.marked)


def suggested(catalogue: Catalogue, area: Area, text: str) -> list[ListedStandard]:
    """The standards that a text of one area may bear on: of those that touch the area, where a word hints at it first.

    A list that names no areas for a standard is taken at its theme, which the area's signpost may name.
    """
    standards = [
        standard
        for one in catalogue.standards_lists
        for standard in one.standards
        if area.number in standard.areas or (not standard.areas and standard.theme in area.standards)
    ]
    folded = fold(text)
    return sorted(standards, key=lambda standard: not _hints(standard.words, folded))


def _hints(words: tuple[str, ...], folded: str) -> bool:
    return bool(words) and _pattern(words).search(folded) is not None


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(pattern(words))


def _marked(evaluation: Evaluation) -> Iterator[tuple[list[str], MarkedText]]:
    """What is marked for any standard, with the keys. Evidence that several areas cite stands once."""
    for area in evaluation.areas:
        where = f"{area.number} {area.title}"
        for name, entries in (("strengths", area.strengths), ("development_areas", area.development_areas)):
            yield from (_entry(name, entry, where, area.key) for entry in entries if visible_text(entry.text))
    for item in evaluation.evidence:
        if visible_text(item.title):
            citing = next(evaluation.areas_citing(item.id), None)
            yield _evidence(item, f"{citing.number} {citing.title}" if citing else "Evidence")


def _entry(name: str, entry: Entry, where: str, area: str) -> tuple[list[str], MarkedText]:
    kind = "strengths" if name == "strengths" else "development_areas"
    return entry.standards, MarkedText(where, entry.text, area, Target(kind, entry.id, area), "text")  # type: ignore[arg-type]


def _evidence(item: Evidence, where: str) -> tuple[list[str], MarkedText]:
    target = Target("evidence", item.id)
    return item.standards, MarkedText(where, item.title, "", target, "title", item.location, item.review_date)
