"""What is measured on: the worked example, a file of many evaluations, and 3,000 words."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from apq_desktop import paths, services
from apq_desktop.evaluation.model import Entry, Evaluation, Evidence, new_id
from apq_desktop.storage.workspace import Workspace
from apq_desktop.toolkit.catalogue import Catalogue
from apq_desktop.toolkit.loader import load

WORDS = 3_000
A_PARAGRAPH = 100


def catalogue() -> Catalogue:
    return load(paths.forms())


def example() -> Evaluation:
    from tests.worked_example import earlier_example  # it brings pydantic, whose 8 MB no window has that is measured

    return earlier_example(catalogue())


def example_file(folder: Path, name: str = "Example.apq") -> Path:
    """The example as a workspace of its own."""
    path = folder / name
    if not path.exists():
        services.create_workspace(path, example()).close()
    return path


def many_file(folder: Path, number: int) -> Path:
    """The example so many times over, as years leave it: each with ids of its own."""
    path = folder / f"{number} evaluations.apq"
    if not path.exists():
        with Workspace.create(path) as workspace:
            for year in range(number):
                workspace.add(_of_year(year))
    return path


def _of_year(year: int) -> Evaluation:
    evaluation = deepcopy(example())
    evaluation.id = new_id()
    evaluation.title = f"Self-evaluation {2026 + year}/{27 + year}"
    evaluation.changed = f"{2026 + year}-11-22T10:42:00+00:00"
    names = {item.id: new_id() for item in evaluation.evidence}
    items: list[Evidence | Entry] = [*evaluation.evidence]
    for area in evaluation.areas:
        names |= {entry.id: new_id() for entry in (*area.strengths, *area.development_areas)}
        items += (*area.strengths, *area.development_areas)
        area.evidence = [names[key] for key in area.evidence]
    for item in items:
        item.id = names[item.id]
    for action in evaluation.actions:
        action.id = new_id()
        action.development_area = names.get(action.development_area, "")
    return evaluation


def heavy_file(folder: Path) -> Path:
    """The example with 400 entries in its first area, 2,000 sources of evidence and 800 actions."""
    path = folder / "Heavy.apq"
    if not path.exists():
        evaluation = example()
        area = evaluation.areas[0]
        for entries in (area.strengths, area.development_areas):
            entries += [Entry(new_id(), entry.text) for entry in islice(cycle(tuple(entries)), 200 - len(entries))]
        sources = islice(cycle(tuple(evaluation.evidence)), 2_000 - len(evaluation.evidence))
        evaluation.evidence += [replace(item, id=new_id()) for item in sources]
        area.evidence = [item.id for item in evaluation.evidence[:40]]
        _fill_actions(evaluation, 800)
        services.create_workspace(path, evaluation).close()
    return path


def example_with_actions(number: int) -> Evaluation:
    """The example with its actions again and again, until there are so many."""
    evaluation = example()
    _fill_actions(evaluation, number)
    return evaluation


def _fill_actions(evaluation: Evaluation, number: int) -> None:
    more = islice(cycle(tuple(evaluation.actions)), max(number - len(evaluation.actions), 0))
    evaluation.actions += [replace(action, id=new_id(), development_area="") for action in more]


def three_thousand_words(paragraph: int = A_PARAGRAPH) -> str:
    """Words out of the example, in paragraphs of so many words."""
    evaluation = example()
    written = [entry.text for area in evaluation.areas for entry in (*area.strengths, *area.development_areas)]
    words = list(islice(cycle(" ".join(written).split()), WORDS))
    return "\n".join(" ".join(words[start : start + paragraph]) for start in range(0, WORDS, paragraph))


def long_file(folder: Path, paragraph: int) -> Path:
    """The example with 3,000 words in the first field for notes."""
    path = folder / f"Long {paragraph}.apq"
    if not path.exists():
        evaluation = example()
        evaluation.areas[0].questions[0].note = three_thousand_words(paragraph)
        services.create_workspace(path, evaluation).close()
    return path
