"""A reply as a letter to the setting: what is asked of it first, then each note beside its area.

The letter says what the reply file says, for people; the file goes with it as an attachment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apq_desktop.documents.content.document_tree import Element, lines
from apq_desktop.documents.content.phrases import day
from apq_desktop.documents.pdf.pdf_a import PdfDetails
from apq_desktop.documents.pdf.post_process import Data
from apq_desktop.documents.pdf.renderer import Foot, printed
from apq_desktop.documents.text.text_styles import TextRun
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.dates import local_stamp
from apq_desktop.review.exchange_state import Exchange
from apq_desktop.review.note_wording import NOT_WRITTEN, by_area, summary_of, told, whose
from apq_desktop.review.placed_notes import PlacedNote
from apq_desktop.review.review_labels import STAGES, STATES

IN_SHORT, BY_AREA, HOW = "In short", "Note by note", "How to answer"
ANSWERING = (
    "Open this PDF in APQ Desktop, or drop it on the window. Each note in it then stands beside your words.",
    "It changes nothing by itself. To open it twice does no harm, and a later letter holds all that this one does.",
    "An answer is a sentence, a change in your text, or both. Your answers go out with your next pack.",
)
NOTHING = "There are no notes in it."
DATA_SAYS = "The reply as data, for APQ Desktop and other programs"


@dataclass(frozen=True)
class Letter:
    """What a letter says. ``written`` is a UTC stamp, ``code`` that of the copy that was read, or empty.

    ``titles`` has the heading of each area by its key, in their order.
    """

    setting: str
    title: str
    revision: int
    code: str
    written: str
    stage: str
    organisation: str
    role: str
    exchange: Exchange
    placed: tuple[PlacedNote, ...]
    titles: Mapping[str, str]

    @property
    def heading(self) -> str:
        """The letter's title."""
        return f"Reply to {visible_text(self.setting) or 'a setting without a name'}"

    @property
    def footer(self) -> str:
        """What stands at the foot of every page."""
        parts = (self.heading, self.title, f"revision {self.revision}" if self.revision else "")
        return " · ".join(part for part in parts if part)


def letter_pdf(letter: Letter, data: bytes, name: str) -> bytes:
    """The bytes of a letter with the reply file ``data`` inside, under its ``name``, which ends in ``.json``."""
    author = letter.organisation or letter.role
    about = PdfDetails(f"{letter.heading}: {letter.title}", author, letter.written, letter.written)
    return printed(letter_tree(letter), about, Foot(letter.footer, letter.code), Data(data, name, DATA_SAYS))


def letter_tree(letter: Letter) -> Element:
    """The letter in the order in which it is read aloud."""
    document = Element("Document")
    first = document.add("Sect", bookmark=letter.heading)
    first.add("P", letter.organisation or "A reply to a self-evaluation", style="eyebrow")
    first.add("H1", letter.heading, style="title")
    revision = f", revision {letter.revision}" if letter.revision else ""
    first.add("P", f"{visible_text(letter.title) or 'Self-evaluation'}{revision}", style="subtitle")
    first.add("P", _by_whom(letter), style="small")
    _add_summary(document, letter)
    _add_notes(document, letter)
    _add_answering(document, letter)
    return document


def _by_whom(letter: Letter) -> str:
    who = ", ".join(part for part in (letter.role, letter.organisation) if part)
    written = " ".join(part for part in (f"Written on {day(local_stamp(letter.written))}", who and f"by {who}") if part)
    return ". ".join(part for part in (STAGES[letter.stage], written) if part) + "."


def _add_summary(document: Element, letter: Letter) -> None:
    section = document.add("Sect", bookmark=IN_SHORT)
    section.add("H2", IN_SHORT, style="subsection")
    exchange = letter.exchange
    for line in exchange.states.get("", ()):
        section.add("P", TextRun(f"{STATES[line.state]}, {whose(line, 'setting')}.", "strong"), style="entry")
        section.add_text(line.text, style="entry")
    count = len(exchange.waiting_for("setting"))
    waits = "1 request waits for you." if count == 1 else f"{count:,} requests wait for you."
    section.add("P", waits if count else "Nothing waits for you.", style="entry")
    for sentence in summary_of(exchange, letter.titles, "setting"):
        section.add_text(sentence, style="entry")


def _add_notes(document: Element, letter: Letter) -> None:
    section = document.add("Sect", bookmark=BY_AREA)
    section.add("H2", BY_AREA, style="subsection")
    if not letter.placed:
        section.add("P", NOTHING, style="nothing")
    for title, notes in by_area(letter.placed, letter.titles):
        part = section.add("Sect", bookmark=title)
        part.add("H3", title, style="part")
        for note in notes:
            _add_note(part, note)


def _add_note(section: Element, placed: PlacedNote) -> None:
    note = told(placed, "setting")
    section.add("H4", note.head, style="question")
    if note.about:
        section.add("P", TextRun(" ".join(lines(note.about)), "muted"), style="entry")
    section.add_text(note.text, style="entry")
    for before, after in placed.changes if placed.thread.is_request else ():
        _add_change(section, "Before", before)
        _add_change(section, "Now", after)
    for sentence in note.followed:
        section.add_text(sentence, style="entry")


def _add_change(section: Element, label: str, text: str) -> None:
    section.add("P", TextRun(f"{label}: ", "strong"), " ".join(lines(text)) or NOT_WRITTEN, style="entry")


def _add_answering(document: Element, letter: Letter) -> None:
    section = document.add("Sect", bookmark=HOW)
    section.add("H2", HOW, style="subsection")
    for sentence in ANSWERING:
        section.add("P", sentence, style="entry")
    if letter.code:
        section.add("P", f"It is about the copy with the code {letter.code}.", style="small")
