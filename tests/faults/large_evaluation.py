"""An evaluation in which every question is answered and every list has items: some 280 rows of 100 characters."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from apq_desktop import paths
from apq_desktop.evaluation.model import Action, Entry, Evaluation, Evidence, new_evaluation
from apq_desktop.evaluation.unknown_fields import as_text
from apq_desktop.storage.workspace import Workspace
from apq_desktop.toolkit.loader import load

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.toolkit.catalogue import Catalogue

WORDS = "What we do, how often, who sees to it, and what has changed for pupils since last year"


@cache
def catalogue() -> Catalogue:
    """The instrument."""
    return load(paths.forms())


def _id(kind: int, number: int) -> str:
    return f"00000000-0000-4000-{kind:04}-{number:012}"


def written() -> Evaluation:
    """The evaluation, the same each time."""
    made = new_evaluation(catalogue(), created="2026-11-22T10:42:00+00:00", title="Self-evaluation")
    made.id, made.setting.id, made.setting.name = _id(0, 1), _id(0, 2), "The Lodge"
    made.summary = f"{WORDS}. " * 90  # goes on in overflow pages
    made.evidence = [Evidence(_id(1, n), f"Register {n}: {WORDS}", date="2026-09-01") for n in range(30)]
    for number, area in enumerate(made.areas):
        for note in area.questions:
            note.note = f"Question {note.key}: {WORDS}."
        area.support = f"Support for {area.title}."
        area.strengths = [Entry(_id(2, 10 * number + n), f"Strength {n}: {WORDS}.") for n in range(5)]
        area.development_areas = [Entry(_id(3, 10 * number + n), f"To develop {n}: {WORDS}.") for n in range(3)]
        area.evidence = [made.evidence[(number + n) % 30].id for n in range(4)]
        made.actions += [
            Action(_id(4, 10 * number + n), area.key, f"Action {n}: {WORDS}.", "Deputy head", "by Easter")
            for n in range(2)
        ]
        for thing in (area, area.questions[0], area.strengths[0], made.evidence[number], made.actions[-1]):
            thing.unknown_fields = as_text({"said": f"{WORDS}: {area.title}"})
    made.unknown_fields = made.setting.unknown_fields = as_text({"said": [WORDS, {"times": 7}]})
    return made


def write(path: Path) -> Evaluation:
    """Make a workspace that holds this evaluation alone."""
    made = written()
    with Workspace.create(path) as workspace:
        workspace.add(made)
    return made
