"""Where the proof stands, by the lists of standards: what is marked for each. It is an index and no judgement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from apq_desktop.documents.content.document_tree import Element
from apq_desktop.documents.content.phrases import MOST_NAME, NONE, first_sentence, name_of, one_line
from apq_desktop.documents.content.source import ContentSource
from apq_desktop.documents.text.text_styles import TextRun
from apq_desktop.evaluation.rules.standards_index import MarkedText, StandardEntry, index
from apq_desktop.evaluation.text.dates import short
from apq_desktop.toolkit.catalogue import StandardsList

TITLE = "Where the proof stands"
READING = "It says where to look. It does not say whether a standard is met."
COLUMNS = ("Standard", "What is written, by area", "Where the proof is kept")
NOTHING_MARKED = "Nothing is marked yet for these:"
MOST_OF_TEXT = 110
"""Characters by which a text is known that stands in full with its area."""

Part = str | TextRun | Element


def add_standards(document: Element, source: ContentSource) -> None:
    """Add the index after the document, each text known by its first words."""
    section = document.add("Sect", style="new-page", bookmark=TITLE)
    section.add("H2", TITLE, style="section")
    section.add("P", READING, style="lead")
    _add_lists(section, source, "H3")


def add_standards_alone(document: Element, source: ContentSource, title: str) -> None:
    """Add the index with nothing before it."""
    section = document.add("Sect", bookmark=TITLE)
    section.add("P", title, style="eyebrow")
    section.add("H1", TITLE, style="title")
    section.add("P", READING, style="lead")
    _add_lists(section, source, "H2")


def _add_lists(section: Element, source: ContentSource, heading: str) -> None:
    for one in source.catalogue.standards_lists:
        section.add(heading, one.name, style="subsection")  # type: ignore[arg-type]
        _add_list(section, source, one)


def _add_list(section: Element, source: ContentSource, one: StandardsList) -> None:
    section.add("P", one.about or f"Edition: {one.edition}.", style="small")
    entries = index(source.evaluation, source.catalogue, one)
    marked, empty = [entry for entry in entries if entry.marked], [entry for entry in entries if not entry.marked]
    if marked:
        table = section.add_table("standards", COLUMNS)
        for before, entry in zip((None, *marked), marked, strict=False):
            begins = before is None or before.theme != entry.theme
            _add_entry(table.add("TR"), source, entry, entry.theme if begins else "")
    if empty:
        section.add("P", NOTHING_MARKED, style="nothing")
        items = section.add("L")
        for entry in empty:
            items.add_item("entry").add("P", f"{entry.standard.name} ({entry.theme})", style="entry")


def _add_entry(row: Element, source: ContentSource, entry: StandardEntry, theme: str) -> None:
    name = row.add("TD")
    if theme:
        name.add("P", theme, style="cell-small")
    name.add("P", entry.standard.name, style="cell")
    _add_cell(row, (_written(source, one) for one in entry.marked if not one.is_evidence))
    _add_cell(row, (_kept(source, one) for one in entry.marked if one.is_evidence))


def _written(source: ContentSource, marked: MarkedText) -> Iterator[Part]:
    yield source.refer(marked.area, f"{source.number_of[marked.area]} ", "number")
    yield first_sentence(marked.text, MOST_OF_TEXT)


def _kept(source: ContentSource, marked: MarkedText) -> Iterator[Part]:
    number = source.numbers.evidence[marked.target.key]
    yield source.refer(marked.target.key, f"{number} ")
    again = one_line(short(marked.review_date))
    kept = one_line(marked.location) or "not said where"
    title = one_line(marked.text)
    if source.shown == "whole" and len(title) > MOST_NAME:  # the list of evidence has it in full
        title = name_of(title)
    yield f"{title} ({kept}{f'; look again {again}' if again else ''})"


def _add_cell(row: Element, paragraphs: Iterable[Iterator[Part]]) -> None:
    told = list(paragraphs)
    cell = row.add("TD", *(() if told else (NONE,)), style="" if told else "cell-nothing")
    for parts in told:
        cell.add("P", *parts, style="cell")
