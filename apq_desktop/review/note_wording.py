"""A note of an exchange in words: the same on the page, in the letter and on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from apq_desktop.evaluation.text import dates
from apq_desktop.review.anchors import Certainty
from apq_desktop.review.exchange_state import Exchange, Thread
from apq_desktop.review.lines import ReviewLine, Side, What
from apq_desktop.review.placed_notes import PlacedNote
from apq_desktop.review.review_labels import NOTE_KINDS, STATES

WAITS: Mapping[Side, Mapping[str, str]] = MappingProxyType(
    {
        "setting": {"setting": "Waits for you", "reviewer": "Waits for the reviewer"},
        "reviewer": {"setting": "Waits for them", "reviewer": "Waits for us"},
    }
)
"""For each side that reads: what is said of whom a request waits for."""
FOLLOWED: Mapping[What, str] = MappingProxyType(
    {"answer": "Answer", "close": "Closed", "reopen": "Opened again", "take-over": "Taken over"}
)
ON_THE_WHOLE = "On the whole"
NOT_WRITTEN = "nothing"
GONE = "What it was about is no longer there."
_STOPS = " .,;:!?"
"""What a quotation may end with and words that were found again do not."""
BY_A_CHANGE = "by a change in the text."
NOBODY: Mapping[Side, str] = MappingProxyType({"reviewer": "Reviewer", "setting": "The setting"})


@dataclass(frozen=True, slots=True)
class NoteWording:
    """``head`` says what it is, whose and whom it waits for; ``about`` which words it is about, if any."""

    head: str
    about: str
    text: str
    followed: tuple[str, ...]


def told(placed: PlacedNote, reader: Side) -> NoteWording:
    """A note as one side reads it."""
    thread = placed.thread
    waits = waiting(thread, reader)
    head = f"{NOTE_KINDS[thread.note.kind]}, {whose(thread.note, reader)}."
    followed = tuple(_followed(line, reader) for line in thread.followed)
    return NoteWording(f"{head} {waits}." if waits else head, _about(placed), thread.note.text, followed)


def waiting(thread: Thread, reader: Side) -> str:
    """Whom a request waits for, or that it is closed; empty for what asks for nothing."""
    return WAITS[reader].get(thread.waits_for) or ("Closed" if thread.status == "closed" else "")


def whose(line: ReviewLine, reader: Side) -> str:
    """Who wrote a line, and when."""
    who = line.role or ("You" if line.side == reader == "setting" else NOBODY[line.side])
    day = dates.shown(dates.local_stamp(line.at)[:10])
    return f"{who}, {day}, typed into the PDF" if line.typed else f"{who}, {day}"


def summary_of(exchange: Exchange, titles: Mapping[str, str], reader: Side) -> Iterator[str]:
    """What was agreed besides the notes, a sentence each: states of areas, actions, visits, the next review.

    ``titles`` are those of the areas by their keys.
    """
    for area, lines in exchange.states.items():
        for line in lines if area else ():
            yield f"{titles.get(area, area)}: {STATES[line.state]}, {whose(line, reader)}. {line.text}".strip()
    for line in exchange.agreed_actions:
        if (action := line.action) is not None:
            parts = (titles.get(action.area, ""), action.what, action.who, dates.shown(action.by_when))
            yield f"Agreed action: {'; '.join(part for part in parts if part)}."
    for line in exchange.visits:
        yield f"Visit on {dates.shown(line.on)}, {line.role or NOBODY[line.side]}: {line.text}"
    if exchange.next_review is not None:
        yield f"Next review: {dates.shown(exchange.next_review.on)}."


def by_area(placed: Iterable[PlacedNote], titles: Mapping[str, str]) -> Iterator[tuple[str, list[PlacedNote]]]:
    """The notes under the heading of each area that has some, then those on the whole."""
    found: dict[str, list[PlacedNote]] = {}
    for one in placed:
        found.setdefault(one.area if one.area in titles else "", []).append(one)
    return ((title, found[key]) for key, title in (*titles.items(), ("", ON_THE_WHOLE)) if key in found)


def as_text(exchange: Exchange, placed: Iterable[PlacedNote], titles: Mapping[str, str], reader: Side) -> Iterator[str]:
    """An exchange as lines of plain text. Each request has the words that it is about before and after."""
    for line in exchange.states.get("", ()):
        yield " ".join(part for part in (f"{STATES[line.state]}, {whose(line, reader)}.", line.text) if part)
    yield from summary_of(exchange, titles, reader)
    for title, notes in by_area(placed, titles):
        yield f"\n{title}"
        for one in notes:
            note = told(one, reader)
            yield from (f"  {part}" for part in (note.head, note.about, note.text) if part)
            for before, after in one.changes if one.thread.is_request else ():
                yield f"    Before: {before or NOT_WRITTEN}"
                yield f"    Now: {after or NOT_WRITTEN}"
            yield from (f"    {sentence}" for sentence in note.followed)


def _followed(line: ReviewLine, reader: Side) -> str:
    said = f": {line.text}" if line.text else f": {BY_A_CHANGE}" if line.what == "answer" else "."
    return f"{FOLLOWED[line.what]}, {whose(line, reader)}{said}"


def _about(placed: PlacedNote) -> str:
    if not placed.quoted:
        return GONE if placed.certainty == "not found" else ""
    return about_words(placed.quoted, placed.certainty, placed.words_now) or f"On “{placed.quoted}”"


def about_words(quoted: str, certainty: Certainty, words_now: str) -> str:
    """What became of the words that a note was written about; empty where they stand as they stood."""
    stop = "" if quoted.endswith((".", "!", "?")) else "."
    if certainty == "not found":
        return f"On “{quoted}”{stop} These words are no longer there."
    if words_now.strip(_STOPS) == quoted.strip(_STOPS):
        return ""
    now = "Now it reads" if certainty == "here" else "Perhaps this is about"
    return f"On “{quoted}”{stop} {now} “{words_now}”."
