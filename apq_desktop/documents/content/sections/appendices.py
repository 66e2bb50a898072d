"""What a reader looks up: the list of evidence, and the notes on the questions."""

from __future__ import annotations

from collections.abc import Iterator

from apq_desktop.documents.content.document_tree import Element, lines
from apq_desktop.documents.content.phrases import NONE, AreaContent, carried, one_line
from apq_desktop.documents.content.sections.area_section import add_after
from apq_desktop.documents.content.source import ContentSource
from apq_desktop.documents.text.text_styles import TextRun
from apq_desktop.evaluation.model import Evidence, QuestionNote, other_notes
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.dates import short

EVIDENCE = "Evidence"
EVIDENCE_COLUMNS = ("No.", "Source", "Date", "Where it is kept", "Areas")
NO_EVIDENCE = "No sources of evidence are written."
NOTES = "Notes on the questions"


def add_evidence_list(document: Element, source: ContentSource) -> None:
    """Add the register of evidence, each item once and in full, with the areas that cite it."""
    items = source.evaluation.evidence
    section = document.add("Sect", style="new-page" if items else "same-page", bookmark=EVIDENCE)
    section.add("H2", EVIDENCE, style="section")
    if not items:
        section.add("P", NO_EVIDENCE, style="nothing")
        return
    table = section.add_table("evidence", EVIDENCE_COLUMNS)
    for item in items:
        _add_item(table.add("TR"), source, item)


def _add_item(row: Element, source: ContentSource, item: Evidence) -> None:
    row.adopt(source.place(item.id), "TD", TextRun(source.numbers.evidence[item.id], "strong"), style="cell")
    cell = row.add("TD")
    cell.add_text(visible_text(item.title) or "No title", style="cell")
    again = one_line(short(item.review_date))
    details = ", ".join(filter(None, (one_line(item.kind), again and f"look again {again}")))
    if details:
        add_after(cell.children[-1], (TextRun(f" · {details}", "muted"),))
    add_after(cell.children[-1], carried(item.carried_from))
    row.add("TD", one_line(short(item.date)) or "No date", style="cell")
    kept = row.add("TD")
    kept.add_text(visible_text(item.location) or "Not said", style="cell")
    areas = source.citing.get(item.id, [])
    parts: list[str | TextRun | Element] = []
    for n, key in enumerate(areas):
        parts += [", " if n else "", source.refer(key, source.number_of[key], "link")]
    row.add("TD", *(parts or [NONE]), style="cell")


def add_notes(document: Element, source: ContentSource) -> None:
    """Add the notes on the questions that somebody answered, area by area."""
    told = [(area, list(_answered(area))) for area in source.areas]
    told = [(area, notes) for area, notes in told if notes]
    if not told:
        return
    section = document.add("Sect", style="new-page", bookmark=NOTES)
    section.add("H2", NOTES, style="section")
    section.add("P", "Questions with a note; the others are left out.", style="lead")
    for area, notes in told:
        section.add("H3", area.heading, style="subsection")
        for question, note in notes:
            section.add("H4", question, style="question")
            section.add_text(note)


def _answered(area: AreaContent) -> Iterator[tuple[str, str]]:
    """Each question with its note; last what this instrument asks no more."""
    notes = {note.key: note.note for note in area.record.questions}
    if area.area:
        for question in area.area.questions:
            if lines(notes.get(question.key, "")):
                yield f"{question.label} {question.text}", notes[question.key]
    others: list[QuestionNote] = other_notes(area.record, area.area) if area.area else area.record.questions
    for note in others:
        if lines(note.note):
            yield f"Question {note.key}", note.note
