"""The 13 areas on one page. Those of which there is no more to tell than a line stand here alone."""

from __future__ import annotations

from math import ceil

from apq_desktop.documents.content.document_tree import Element, lines
from apq_desktop.documents.content.phrases import (
    DOES_NOT_APPLY,
    NO_REASON,
    NONE,
    NUMBERS,
    NUMBERS_OF_PLAN,
    AreaContent,
    cut_short,
    first_sentence,
    one_line,
)
from apq_desktop.documents.content.source import ContentSource
from apq_desktop.evaluation.model import AreaRecord
from apq_desktop.evaluation.rules.highlights import needs_work_most, works_best
from apq_desktop.evaluation.rules.progress import STATE_WORDS, state

TITLE = "The 13 areas on one page"
REASONS = "Why areas do not apply"
COLUMNS = ("Area", "What works best", "What needs work most", "State")
MOST_CHARACTERS = (120, 96, 80, 64)
"""Longer sentences are cut short, so that all areas stand on one page: the first of these with which they do."""
IN_LINE, MOST_LINES = 25, 44
"""Characters in a line of a cell, and lines in all rows together, for which the page has room."""
MOST_OF_REASONS, LEAST_OF_REASON = 340, 150


def add_overview(document: Element, source: ContentSource) -> None:
    """Add the page: an area a row, with its first strength and its first development area in a sentence."""
    section = document.add("Sect", style="new-page", bookmark=TITLE)
    section.add("H2", TITLE, style="section")
    paged = source.shown == "whole"
    if source.evaluation.actions or source.evaluation.evidence:
        section.add("P", NUMBERS if paged else NUMBERS_OF_PLAN, style="lead")
    table = section.add_table("overview" if paged else "overview-digest", COLUMNS)
    if paged:
        table.children[0].add("TH", "Page", style="cell-head", scope="Column", on_paper=True)
    most = _most_of_sentence(source)
    for area in source.areas:
        row = table.add("TR")
        _add_title(row, source, area)
        _add_highlights(row, source, area, most)
        row.add("TD", STATE_WORDS[state(source.evaluation, area.record)], style="cell")
        if paged:
            place = source.place(area.record.key)
            place.wanted = True
            row.add("TD", style="cell", on_paper=True, page_of=place)


def _add_title(row: Element, source: ContentSource, area: AreaContent) -> None:
    """The title leads to the area; where there is no more to tell of it, it stands here alone."""
    key = area.record.key
    if source.has_own_page(area) or _is_long(source, area):
        row.add("TH", source.refer(key, area.heading), style="cell-head", scope="Row")
    else:
        row.adopt(source.place(key), "TH", area.heading, style="cell-head", scope="Row")


def add_reasons(document: Element, source: ContentSource) -> None:
    """Add why areas do not apply, where the overview has no room for all that is said."""
    told = [area for area in source.areas if not source.has_own_page(area) and _is_long(source, area)]
    if not told:
        return
    section = document.add("Sect", style="new-page", bookmark=REASONS)
    section.add("H2", REASONS, style="section")
    for area in told:
        section.adopt(source.place(area.record.key), "H3", area.heading, style="question")
        section.add_text(area.record.reason)


def _is_long(source: ContentSource, area: AreaContent) -> bool:
    return not area.record.applies and len(one_line(area.record.reason)) > _most_of_reason(source)


def _most_of_reason(source: ContentSource) -> int:
    """How many characters of each reason the page has room for."""
    count = sum(not area.record.applies for area in source.areas)
    return max(LEAST_OF_REASON, MOST_OF_REASONS // max(count, 1))


def _most_of_sentence(source: ContentSource) -> int:
    """How many characters of a sentence the page has room for: where most are short, the others may be longer."""
    *longer, least = MOST_CHARACTERS

    def lines_of(record: AreaRecord, most: int) -> int:
        if not record.applies:
            return ceil(_most_of_reason(source) / (2 * IN_LINE))
        told = [first_sentence(entry.text, most) for entry in (works_best(record), needs_work_most(record)) if entry]
        return max([2, *(ceil(len(said) / IN_LINE) for said in told)])

    taken = {most: sum(lines_of(area.record, most) for area in source.areas) for most in longer}
    return next((most for most in longer if taken[most] <= MOST_LINES), least)


def _add_highlights(row: Element, source: ContentSource, area: AreaContent, most: int) -> None:
    record = area.record
    if not record.applies:
        reason = cut_short(record.reason, _most_of_reason(source)) or NO_REASON
        row.add("TD", f"{DOES_NOT_APPLY}: {reason}", style="cell", span=2)
    elif not source.has_own_page(area):
        notes = any(lines(note.note) for note in record.questions)
        said = "Only notes on the questions are written." if notes else "Nothing is written."
        row.add("TD", said, style="cell-nothing", span=2)
    else:
        for entry in (works_best(record), needs_work_most(record)):
            said = first_sentence(entry.text, most) if entry else ""
            row.add("TD", said or NONE, style="cell" if said else "cell-nothing")
