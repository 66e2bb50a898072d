"""One quality area: what works, what needs work, the actions, where the evidence is, and the support wanted."""

from __future__ import annotations

from apq_desktop.documents.content.document_tree import Element, lines
from apq_desktop.documents.content.phrases import (
    NO_DATE,
    NO_REASON,
    NOBODY,
    AreaContent,
    carried,
    ended,
    listed,
    name_of,
    one_line,
)
from apq_desktop.documents.content.source import ContentSource
from apq_desktop.documents.text.text_styles import TextRun
from apq_desktop.evaluation.fields import ACTION_WORDS, PREPARATION_WORDS, PRIORITY_WORDS, fields_of, label
from apq_desktop.evaluation.model import Action, Entry, Evidence
from apq_desktop.evaluation.rules.action_plan import overdue
from apq_desktop.evaluation.rules.progress import STATE_WORDS, state
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.dates import short
from apq_desktop.evaluation.text.readings import DatedReading, parse_readings
from apq_desktop.evaluation.titles import PARTS

NOTHING = "Nothing is written."
PRINTED = [field for field in fields_of("actions") if field.printed is not None]
ACTION_COLUMNS = ("Action", "Who, when", "How we know")


def add_area(parent: Element, source: ContentSource, category: str, area: AreaContent, *, first: bool) -> None:
    """Add the page of an area. The ``first`` of its category stands under the category's own heading.

    Where it does not apply, the reason stands first, then what is written none the less.
    """
    if first:
        parent.add("H2", category, style="category")
    record = area.record
    section = parent.add("Sect", style="new-page", bookmark=area.heading, above="" if first else category)
    section.adopt(source.place(record.key), "H3", area.heading, style="section")
    said = STATE_WORDS[state(source.evaluation, record)]
    section.add("P", TextRun(f"{said}. ", "strong"), area.area.summary if area.area else "", style="lead")
    if not record.applies:
        section.add_text(visible_text(record.reason) or NO_REASON)
    parts = _Parts(section, source, area)
    parts.add_entries(PARTS["strengths"], record.strengths)
    parts.add_entries(PARTS["development_areas"], record.development_areas)
    parts.add_actions(source.actions_of(record.key))
    parts.add_evidence(source.evidence_of(record))
    if source.include.support:
        parts.add_text(label("area", "support"), record.support)
    if parts.missing and record.applies:
        section.add("P", f"Nothing is written on {listed(parts.missing)}.", style="nothing")


class _Parts:
    """The parts of one area, each under its heading; ``missing`` are those of which nothing is written."""

    def __init__(self, section: Element, source: ContentSource, area: AreaContent) -> None:
        self._section, self._source, self._area = section, source, area
        self.missing: list[str] = []

    def _heading(self, title: str, *, written: bool) -> bool:
        """Add a heading, told apart from those of other areas where it is read aloud; says whether there is more."""
        if written:
            self._section.add("H4", title, TextRun(f" in {self._area.heading}", "aloud"), style="part")
        else:
            self.missing.append(title[0].lower() + title[1:])
        return written

    def add_entries(self, title: str, entries: list[Entry]) -> None:
        told = [entry for entry in entries if lines(entry.text)]
        if not self._heading(title, written=bool(told)):
            return
        items = self._section.add("L")
        for entry in told:
            body = items.add_item("entry")
            body.add_text(entry.text, *self._area.sub_area(entry.sub_area), *preparation(entry), style="entry")
            if entry.carried_from:
                add_after(body.children[-1], carried(entry.carried_from))

    def add_actions(self, actions: list[Action]) -> None:
        if not self._heading(PARTS["actions"], written=bool(actions)):
            return
        table = self._section.add_table("actions", ACTION_COLUMNS)
        for action in actions:
            self._add_action(table.add("TR"), action)

    def _add_action(self, row: Element, action: Action) -> None:
        number = TextRun(f"{self._source.numbers.actions[action.id]}  ", "strong")
        what = lines(action.what) or [NOTHING]
        first: list[str | TextRun] = [number, *self._area.sub_area(action.sub_area), what[0]]
        if len(what) == 1:
            row.adopt(self._source.place(action.id), "TD", *first, *carried(action.carried_from), style="cell")
        else:
            cell = row.add("TD")
            cell.adopt(self._source.place(action.id), "P", *first, style="cell")
            for text in what[1:]:
                cell.add("P", text, style="cell")
            add_after(cell.children[-1], carried(action.carried_from))
        add_who_and_when(row, self._source, action)
        add_measure(row.add("TD"), action)

    def add_evidence(self, items: list[Evidence]) -> None:
        """One run of numbers, each with the first words of its title: the list of evidence has them in full."""
        if not self._heading(PARTS["evidence"], written=bool(items)):
            return
        parts: list[str | TextRun | Element] = []
        for n, item in enumerate(items):
            parts.append(self._source.refer(item.id, self._source.numbers.evidence[item.id]))
            name = name_of(item.title)
            said = f"\u00a0{name}" if name else ""  # a number stays on the line of its name
            parts.append(ended(said) if n == len(items) - 1 else f"{said}; ")
        self._section.add("P", *parts)

    def add_text(self, title: str, text: str) -> None:
        if self._heading(title, written=bool(lines(text))):
            self._section.add_text(text)


def preparation(entry: Entry) -> tuple[TextRun, ...]:
    """What stands before an entry of a setting that has not opened: whether it is in place."""
    said = PREPARATION_WORDS.get(entry.preparation, entry.preparation)
    return (TextRun(f"{said}: ", "strong"),) if said else ()


def add_after(element: Element, runs: tuple[TextRun, ...]) -> None:
    """Append ``runs`` to a line."""
    if element.runs:
        element.runs += runs
    elif runs:
        element.children.append(Element("Span", runs))


def add_who_and_when(row: Element, source: ContentSource, action: Action) -> None:
    """Say in one cell who acts, by when, and how far it has come."""
    who, when = one_line(action.who) or NOBODY, one_line(short(action.by_when)) or NO_DATE.lower()
    row.add("TD", f"{who}, {when}. ", *progress(source, action), *priority(action), style="cell")


def progress(source: ContentSource, action: Action) -> tuple[str | TextRun, ...]:
    """How far an action has come, and whether it is past its date."""
    said = ACTION_WORDS.get(action.progress, action.progress)
    if source.day is not None and overdue(action, source.day):
        return TextRun("Overdue", "strong"), f", {said.lower()}"
    return (said,)


def priority(action: Action) -> tuple[TextRun, ...]:
    """How soon it is wanted, where somebody said."""
    said = PRIORITY_WORDS.get(action.priority, action.priority)
    return (TextRun(f" (priority: {said.lower()})", "muted"),) if said else ()


def add_measure(cell: Element, action: Action) -> None:
    """Say in one line how one will know: what the table of fields has for it, the latest reading before the earlier."""
    *earlier, latest = map(_reading, parse_readings(action.readings) or [DatedReading("", "")])
    readings = {"current_point": latest, "readings": "; ".join(reversed(earlier))}
    texts = ((field.printed, readings.get(field.name, getattr(action, field.name))) for field in PRINTED)
    told = [(name, one_line(text)) for name, text in texts if lines(text)]
    parts: list[TextRun] = []
    for name, text in told:
        if name:
            parts.append(TextRun(f" {name}" if parts else name, "muted"))
        parts.append(TextRun(ended(text) if len(told) > 1 else text))
    if parts:
        cell.runs, cell.style = tuple(parts), "cell"


def _reading(reading: DatedReading) -> str:
    return f"{reading.words} ({short(reading.date)})" if reading.date else reading.words
