"""Where the commissioner answers: the last part of the document, before its annexes."""

from __future__ import annotations

from apq_desktop.documents.content.phrases import day
from apq_desktop.documents.content.source import Source
from apq_desktop.documents.content.tree import Element
from apq_desktop.evaluation.model import Evaluation

TITLE = "Reply"
ROWS = (
    "Received by, and role",
    "Received on",
    "Comments",
    "Changes requested",
    "Agreed actions: what, who, by when",
    "Next review",
    "For the commissioner: signature and date",
    "For the setting: signature and date",
)


def add_reply(document: Element, source: Source) -> None:
    """Add the empty block that the commissioner fills in by hand, and to which state of the evaluation it is."""
    section = document.add("Sect", style="new-page", bookmark=TITLE)
    section.add("H2", TITLE, style="section")
    section.add("P", "Room for your reply, on paper or at a visit.", style="lead")
    table = section.add("Table", style="reply")
    for name in ROWS:
        row = table.add("TR")
        row.add("TH", name, style="fact-name", scope="Row")
        row.add("TD")
    section.add("P", _identity(source.evaluation), style="small")
    if source.code:
        section.add("P", _code(source.code), style="small")


def _identity(evaluation: Evaluation) -> str:
    """Which state of which evaluation this is."""
    parts = [f"Revision {evaluation.revision}" if evaluation.revision else "Not sent yet"]
    if evaluation.changed:
        parts.append(f"as at {day(evaluation.changed)}")
    if evaluation.revision > 1:
        parts.append(f"replaces revision {evaluation.revision - 1}")
    parts.append(f"evaluation {evaluation.id}")
    if evaluation.supersedes:
        parts.append(f"follows {evaluation.supersedes}")
    return "; ".join(parts) + "."


def _code(code: str) -> str:
    return f"Code {code}: the same in the data file and in the program where nothing was changed."
