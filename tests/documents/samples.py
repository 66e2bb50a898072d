"""The evaluations that every promise about the PDF is tested on."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest

from apq_desktop import services
from apq_desktop.evaluation.model import Action, Entry, Evaluation, Evidence, Setting, new_evaluation, new_id
from apq_desktop.toolkit.catalogue import Catalogue
from tests.documents.filled_evaluation import filled_evaluation
from tests.documents.script_samples import SCRIPTS
from tests.worked_example import earlier_example

ID = "4a0a5b52-0000-4000-8000-00000000000"
CREATED = "2026-09-01T08:00:00+00:00"
NAMES = ("example", "shipped", "empty", "filled", "tenfold", "long cells", "lists in cells", "scripts")
LONG = ("example", "tenfold", "long cells")
SAMPLES = tuple(pytest.param(name, marks=pytest.mark.long) if name in LONG else name for name in NAMES)
"""For ``parametrize``: reading 200 pages takes some programs half a minute. The two examples are near to each other."""
SHORT = tuple(name if name in ("empty", "filled") else pytest.param(name, marks=pytest.mark.long) for name in NAMES)
"""The same for a program that takes seconds even for the other ones."""


def sample(name: str, catalogue: Catalogue) -> Evaluation:
    """One of ``NAMES``, or the "brief" one. The "example" stays as it is; the "shipped" one is the program's."""
    makers = {
        "example": earlier_example,
        "shipped": services.example,
        "empty": _empty,
        "brief": _brief,
        "filled": filled_evaluation,
        "tenfold": lambda known: tenfold(earlier_example(known)),
        "long cells": _long_cells,
        "lists in cells": _lists_in_cells,
        "scripts": _scripts,
    }
    return makers[name](catalogue)


def _empty(catalogue: Catalogue) -> Evaluation:
    evaluation = new_evaluation(catalogue, created=CREATED, setting=Setting(id=f"{ID}1"))
    evaluation.id = f"{ID}2"
    return evaluation


def _brief(catalogue: Catalogue) -> Evaluation:
    """Every kind of field, in two areas alone: some programs take long to read tags."""
    evaluation = filled_evaluation(catalogue)
    kept = {area.key for area in evaluation.areas[:2]}
    blank = {area.key: area for area in _empty(catalogue).areas}
    evaluation.areas = [area if area.key in kept else blank[area.key] for area in evaluation.areas]
    evaluation.actions = [action for action in evaluation.actions if action.area in kept]
    return evaluation


def tenfold(evaluation: Evaluation, times: int = 10) -> Evaluation:
    """An evaluation with ``times`` as much of everything that is written."""
    long = deepcopy(evaluation)
    long.summary = "\n".join([evaluation.summary] * times)
    for area in long.areas:
        area.strengths = _again(area.strengths, times)
        area.development_areas = _again(area.development_areas, times)
        area.support = "\n".join([area.support] * times)
        for note in area.questions:
            note.note = "\n".join([note.note] * times)
    register = {item.id: [item, *(replace(item, id=new_id()) for _ in range(times - 1))] for item in long.evidence}
    for area in long.areas:
        area.evidence = [item.id for key in area.evidence for item in register[key]]
    long.evidence = [item for items in register.values() for item in items]
    long.actions = [replace(action, id=new_id()) for action in long.actions for _ in range(times)]
    return long


def _again(entries: list[Entry], times: int) -> list[Entry]:
    return [replace(entry, id=new_id()) for entry in entries for _ in range(times)]


def _long_cells(catalogue: Catalogue) -> Evaluation:
    """Cells of tables that no page can hold, of one paragraph and of many, beside short ones."""
    evaluation = filled_evaluation(catalogue)
    area = evaluation.areas[0]
    words = " ".join(f"word{n}" for n in range(1500))
    evaluation.actions += [
        Action("l1", area.key, words, "Somebody", "2027-01-01", measure=words),
        Action("l2", area.key, "\n".join(f"Step {n} of many" for n in range(150)), "", ""),
        Action("l3", area.key, "A short one after them", "Somebody else", "soon"),
    ]
    evaluation.evidence.append(Evidence("l4", words, location=words))
    evaluation.setting.contact = "\n".join(f"Line {n} of the address" for n in range(80))
    area.evidence.append("l4")
    return evaluation


def _lists_in_cells(catalogue: Catalogue) -> Evaluation:
    """Lists in every cell of a row that no page can hold, beside a row with short lists and one with none."""
    evaluation = _empty(catalogue)
    for area, count in zip(evaluation.areas[:2], (12, 2), strict=True):
        texts = [f"Entry {n} of area {area.number}, {'about as long as a cell will show ' * 2}" for n in range(count)]
        area.strengths = [Entry(f"s{area.number}-{n}", text) for n, text in enumerate(texts)]
        area.development_areas = [Entry(f"d{area.number}-{n}", text) for n, text in enumerate(texts)]
        items = [Evidence(f"e{area.number}-{n}", text) for n, text in enumerate(texts)]
        area.evidence = [item.id for item in items]
        evaluation.evidence += items
        evaluation.actions += [
            Action(f"a{area.number}-{n}", area.key, text, "Somebody") for n, text in enumerate(texts)
        ]
    return evaluation


def _scripts(catalogue: Catalogue) -> Evaluation:
    evaluation = _empty(catalogue)
    evaluation.title, evaluation.setting.name = "Self-evaluation", "Riverside مدرسة"
    area = evaluation.areas[0]
    area.strengths = [Entry(f"s{n}", text) for n, text in enumerate(SCRIPTS.values())]
    area.development_areas = [Entry(f"d{n}", " ".join([text] * 6)) for n, text in enumerate(SCRIPTS.values())]
    area.questions[0].note = "\n".join(SCRIPTS.values())
    evaluation.areas[1].strengths = [Entry("one", SCRIPTS["Arabic"])]
    evaluation.actions = [
        Action(f"a{n}", area.key, text, text[:20], "2026-12-01") for n, text in enumerate(SCRIPTS.values())
    ]
    return evaluation
