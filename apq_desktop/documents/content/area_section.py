"""One quality area in full: lists, the table of actions, notes on the questions, support wanted."""

from __future__ import annotations

from collections.abc import Mapping

from apq_desktop.documents.content.phrases import (
    CARRIED,
    DOES_NOT_APPLY,
    NOT_PROVIDED,
    AreaContent,
    cut_short,
    listed,
    one_line,
)
from apq_desktop.documents.content.tree import Element, lines
from apq_desktop.documents.text.styles import TextRun
from apq_desktop.evaluation.model import Action, Entry, Evaluation, Evidence, QuestionNote, other_notes
from apq_desktop.evaluation.rules.progress import ACTION_WORDS, STATE_WORDS, anything_written, state
from apq_desktop.evaluation.text.dates import shown


def add_area(
    parent: Element,
    evaluation: Evaluation,
    category: str,
    told: AreaContent,
    *,
    notes: bool,
    support: bool,
) -> None:
    """Add the area. Where it does not apply, the reason stands first, then what is written none the less.

    An area of which nothing is written says so once.
    """
    record = told.record
    section = parent.add("Sect", style="follows", bookmark=told.heading)
    section.add("P", f"{category} · {STATE_WORDS[state(evaluation, record)]}", style="eyebrow")
    section.add("H2", told.heading, style="section")
    if told.area:
        section.add("P", told.area.summary, style="lead")
    if not record.applies:
        section.add("H3", DOES_NOT_APPLY, style="part")
        section.add_text(record.reason)
        if not lines(record.reason):
            section.add("P", "No reason given", style="nothing")
    if record.applies and not anything_written(evaluation, record):
        section.add("P", NOT_PROVIDED, style="nothing")
        return
    part = _Parts(section, silent=not record.applies)
    part.add_list("Strengths", [_entry(told, entry) for entry in record.strengths])
    part.add_list("Development areas", [_entry(told, entry) for entry in record.development_areas])
    part.add_list(
        "Sources of evidence",
        [_evidence(evaluation, told, item) for item in evaluation.evidence_of(record.key)],
    )
    part.add_actions(told, evaluation.actions_of(record.key))
    if notes:
        part.add_notes("Notes on the questions", _requested(told))
        part.add_notes("Other notes", _others(told), needed=False)
    if support:
        part.add_text("Support we would like from our commissioner", record.support)


Paragraph = tuple[str, tuple[TextRun, ...], str]
"""A text, what stands before it, and the name of its style."""


def _entry(told: AreaContent, entry: Entry) -> list[Paragraph]:
    carried = bool(entry.carried_from and lines(entry.text))
    below: list[Paragraph] = [(CARRIED, (), "small-entry")] if carried else []
    return [(entry.text, told.sub_area(entry.sub_area), "entry-head" if carried else "entry"), *below]


def _evidence(evaluation: Evaluation, told: AreaContent, item: Evidence) -> list[Paragraph]:
    also = [str(area.number) for area in evaluation.areas_citing(item.id) if area.key != told.record.key]
    cited = f"also cited in {'areas' if len(also) > 1 else 'area'} {listed(also)}" if also else ""
    details = [one_line(part) for part in (item.kind, shown(item.date), item.location, cited)]
    if item.carried_from:
        details.append(CARRIED.lower())
    below = " · ".join(part for part in details if part)
    return [(item.title, (), "entry-head" if below else "entry"), (below, (), "small-entry")]


def _requested(told: AreaContent) -> list[tuple[str, str]]:
    if told.area is None:
        return []
    notes = {note.key: note.note for note in told.record.questions}
    return [(f"{question.label} {question.text}", notes.get(question.key, "")) for question in told.area.questions]


def _others(told: AreaContent) -> list[tuple[str, str]]:
    notes: list[QuestionNote] = other_notes(told.record, told.area) if told.area else told.record.questions
    return [(f"Question {note.key}", note.note) for note in notes if lines(note.note)]


class _Parts:
    """The parts of one area, each under its heading. ``silent`` leaves out what is not written."""

    def __init__(self, section: Element, *, silent: bool) -> None:
        self._section = section
        self._silent = silent

    def _heading(self, title: str, *, written: bool) -> bool:
        """Add a heading, unless the part is to be left out; says whether there is anything to tell."""
        if written or not self._silent:
            self._section.add("H3", title, style="part")
            if not written:
                self._section.add("P", NOT_PROVIDED, style="nothing")
        return written

    def add_list(self, title: str, entries: list[list[Paragraph]]) -> None:
        told = [entry for entry in entries if any(lines(text) for text, _, _ in entry)]
        if not self._heading(title, written=bool(told)):
            return
        items = self._section.add("L")
        for entry in told:
            item = items.add("LI")
            item.add("Lbl", "•", style="entry")
            body = item.add("LBody")
            for text, before, style in entry:
                body.add_text(text, *before, style=style)

    def add_actions(self, told: AreaContent, actions: list[Action]) -> None:
        if not self._heading("Actions", written=bool(actions)):
            return
        table = self._section.add("Table", style="actions")
        head = table.add("TR")
        for name in ("Action", "Who", "By when", "Progress"):
            head.add("TH", scope="Column").add("P", name, style="cell-head")
        needs = {entry.id: entry.text for entry in told.record.development_areas}
        for action in actions:
            row = table.add("TR")
            add_action(row, action, told, needs)
            add_who_and_when(row, action)

    def add_notes(self, title: str, notes: list[tuple[str, str]], *, needed: bool = True) -> None:
        written = any(lines(note) for _, note in notes)
        if not (written or needed) or not self._heading(title, written=written):
            return
        for question, note in notes:
            self._section.add("P", question, style="question")
            self._section.add_text(note)
            if not lines(note):
                self._section.add("P", NOT_PROVIDED, style="nothing")

    def add_text(self, title: str, text: str) -> None:
        if self._heading(title, written=bool(lines(text))):
            self._section.add_text(text)


def add_action(row: Element, action: Action, told: AreaContent, needs: dict[str, str]) -> None:
    """Add the cell that says what is to be done, for what, and how one will know."""
    cell = row.add("TD")
    cell.add_text(action.what, *told.sub_area(action.sub_area), style="cell")
    if not lines(action.what):
        cell.add("P", NOT_PROVIDED, style="cell-nothing")
    add_how_we_know(cell, action, needs)


def add_how_we_know(cell: Element, action: Action, needs: Mapping[str, str]) -> None:
    """Add what an action is for and how one will know. ``needs`` has each development area's text by its id."""
    need = needs.get(action.development_area, "")
    cell.add_text(cut_short(need, 100), TextRun("For the development area: "), style="cell-small")
    cell.add_text(action.measure, TextRun("We will know by: "), style="cell-small")
    cell.add_text(action.starting_point, TextRun("Starting point: "), style="cell-small")
    cell.add_text(action.current_point, TextRun("Now: "), style="cell-small")
    cell.add_text(CARRIED if action.carried_from else "", style="cell-small")


def add_who_and_when(row: Element, action: Action) -> None:
    """Add the cells that say who acts, by when, and how far it has come."""
    for text in (action.who, shown(action.by_when), ACTION_WORDS.get(action.progress, action.progress)):
        written = bool(lines(text))
        row.add("TD").add("P", text if written else NOT_PROVIDED, style="cell" if written else "cell-nothing")
