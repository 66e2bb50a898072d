"""Provider texts with planted faults, and clean ones, and how many questions on them are right."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apq_desktop import paths
from apq_desktop.evaluation.model import Action, Entry, Evaluation, Evidence, new_evaluation
from apq_desktop.evaluation.rules.remarks import reader_questions
from apq_desktop.evaluation.text.written_texts import everything_written
from apq_desktop.toolkit.catalogue import Catalogue
from apq_desktop.toolkit.reader_rules import load_reader_questions

FOLDER = Path(__file__).with_name("reader_texts")
QUESTIONS = load_reader_questions(paths.forms())


@dataclass
class Measured:
    """Faults that are in the texts and those found; questions about anything else; words."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    false: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    words: int = 0

    @property
    def share_found(self) -> float:
        """Share of the planted faults that a question names."""
        return self.found.total() / self.planted.total()

    @property
    def false_per_500_words(self) -> float:
        """False questions for each 500 words."""
        return 500 * len(self.false) / self.words


def measure(file: str, catalogue: Catalogue) -> Measured:
    """Ask about the texts of one file, and compare with what is planted there."""
    evaluation, faults = _evaluation(tomllib.loads((FOLDER / file).read_text("utf-8")), catalogue)
    measured = Measured(words=sum(len(text.text.split()) for text in everything_written(evaluation)))
    asked: dict[str, set[str]] = {}
    remarks = reader_questions.ask(evaluation, QUESTIONS)
    for remark in remarks:
        assert remark.target is not None
        asked.setdefault(remark.target.key, set()).add(remark.kind)
        if remark.kind not in faults.get(remark.target.key, ()):
            measured.false.append(f"{remark.kind}: {remark.text}")
    for key, kinds in faults.items():
        measured.planted.update(kinds)
        measured.found.update(kind for kind in kinds if kind in asked.get(key, ()))
        measured.missed += [f"{kind}: {key}" for kind in kinds if kind not in asked.get(key, ())]
    return measured


def _evaluation(tables: dict[str, Any], catalogue: Catalogue) -> tuple[Evaluation, dict[str, list[str]]]:
    """The evaluation of one file, and the faults by the id of their item: its place and first words."""
    made = new_evaluation(catalogue, created="2026-11-20T09:00:00+00:00")
    faults: dict[str, list[str]] = {}
    for area in tables.get("areas", ()):
        record = made.area(area["key"])
        record.strengths = [Entry(text=text) for text in area.get("strengths", ())]
        record.development_areas = [Entry(text=text) for text in area.get("needs", ())]
        record.support = area.get("support", "")
        _add_items(made, area, area["key"], faults)
    for n, one in enumerate(tables.get("texts", ())):
        entry = Entry(id=f"{n} {one['text'][:30]}", text=one["text"])
        getattr(made.area(one["area"]), one["field"].partition(".")[0]).append(entry)
        faults[entry.id] = one["faults"]
    _add_items(made, tables, "", faults)
    return made, faults


def _add_items(made: Evaluation, tables: dict[str, Any], area: str, faults: dict[str, list[str]]) -> None:
    for n, table in enumerate(tables.get("actions", ())):
        rest = {name: value for name, value in table.items() if name not in ("area", "answers", "faults")}
        action = Action(id=f"{area}{n} {table['what'][:25]}", area=table.get("area", area), **rest)
        if "answers" in table:
            needs = made.area(action.area).development_areas
            needs += [Entry(text="Nobody asks five pupils what they think of lessons in 2026.")] * (not needs)
            action.development_area = needs[table["answers"] - 1].id
        made.actions.append(action)
        faults[action.id] = table.get("faults", [])
    for n, table in enumerate(tables.get("evidence", ())):
        rest = {name: value for name, value in table.items() if name not in ("area", "faults")}
        item = Evidence(id=f"{area}e{n} {table['title'][:20]}", **rest)
        made.evidence.append(item)
        made.area(table.get("area", area)).evidence.append(item.id)
        faults[item.id] = table.get("faults", [])
