"""How far the form is filled in. This is never a statement about quality (toolkit 2022, Appendix 1)."""

from __future__ import annotations

from typing import Literal

from apq_desktop.evaluation.model import Action, AreaRecord, Evaluation
from apq_desktop.evaluation.text.cleaning import visible_text

State = Literal["not-started", "in-progress", "ready", "does-not-apply"]
Section = Literal["questions", "strengths", "development_areas", "evidence", "actions", "support"]
"""The parts of an area's form, in their order."""

STATE_WORDS: dict[State, str] = {
    "not-started": "Not started",
    "in-progress": "In progress",
    "ready": "Ready",
    "does-not-apply": "Does not apply",
}


def state(evaluation: Evaluation, area: AreaRecord) -> State:
    """The state of one area: what the user declared, else whether anything is written."""
    if not area.applies:
        return "does-not-apply"
    if area.ready:
        return "ready"
    return "in-progress" if anything_written(evaluation, area) else "not-started"


def anything_written(evaluation: Evaluation, area: AreaRecord) -> bool:
    """Whether there is any text in the area's form. A line that was added and left empty is none."""
    texts = [area.support]
    texts += (entry.text for entry in (*area.strengths, *area.development_areas))
    texts += (note.note for note in area.questions)
    for item in evaluation.evidence_of(area.key):
        texts += (item.title, item.location)
    for action in evaluation.actions_of(area.key):
        texts += (action.what, action.who, action.by_when)
    return any(visible_text(text) for text in texts)


def written(evaluation: Evaluation, area: AreaRecord) -> dict[Section, int]:
    """How many notes, entries, sources and actions with words in them an area has, by the section of its form."""
    return {
        "questions": sum(bool(visible_text(note.note)) for note in area.questions),
        "strengths": sum(bool(visible_text(entry.text)) for entry in area.strengths),
        "development_areas": sum(bool(visible_text(entry.text)) for entry in area.development_areas),
        "evidence": sum(bool(visible_text(item.title)) for item in evaluation.evidence_of(area.key)),
        "actions": sum(bool(visible_text(action.what)) for action in evaluation.actions_of(area.key)),
        "support": 0,
    }


def is_open(action: Action) -> bool:
    """Whether an action still waits to be done."""
    return action.progress in ("not-started", "under-way")
