"""The CPU time of a letter once everything was visited, against one in a fresh window: who is not concerned sleeps."""

from __future__ import annotations

import json
import sys
import time
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks import material
from tests.benchmarks.measuring import Measurement, alternating, median
from tests.benchmarks.processes import child

if TYPE_CHECKING:
    from tests.benchmarks.open_window import OpenWindow

MOST = 1.5
LETTERS = 60
A_WORD = "learning "
FIELDS = {"note": "of a note", "action": "of an action"}


def measure(folder: Path, repetitions: int) -> list[Measurement]:
    """Each repetition is a fresh window, in which only the area that is typed in was shown, or everything."""
    file = material.example_file(folder)
    fresh, visited = alternating(
        repetitions,
        partial(child, folder, "tests.benchmarks.letter", file),
        partial(child, folder, "tests.benchmarks.letter", file, "visited"),
    )
    return [
        Measurement(
            f"letter-{name}",
            f"CPU time of a letter {words} with everything visited",
            median([run[name] for run in visited]),
            floor_name="the same in a fresh window",
            floor=median([run[name] for run in fresh]),
            limit=MOST,
        )
        for name, words in FIELDS.items()
    ]


def _in_this_process(file: Path, *, visited: bool) -> dict[str, float]:
    """Milliseconds of CPU time for each letter: the median for the field of each name."""
    from tests.benchmarks.open_window import OpenWindow

    opened = OpenWindow(file)
    if visited:
        _visit_everything(opened)
    figures = {}
    for name, field in _fields(opened).items():
        figures[name] = median(_milliseconds_of_each(opened, field))
    opened.close()
    return figures


def _visit_everything(opened: OpenWindow) -> None:
    for area in material.catalogue().areas:
        opened.view.show_area(area.key)
    for page in (opened.view.plan, opened.view.evidence):
        page.refresh()
        page.table.choose(page.model.items[0].id)
    opened.application.processEvents()


def _fields(opened: OpenWindow) -> dict[str, Any]:
    """A note and an action of the first area, whose form is in view."""
    from apq_desktop.evaluation.edits.changes import Target

    assert opened.window.session is not None
    evaluation = opened.window.session.evaluation
    area = evaluation.areas[0]
    form = opened.view.show_area(area.key)
    opened.application.processEvents()
    action = evaluation.actions_of(area.key)[0]
    return {
        "note": form.binding.field(Target("note", area.questions[0].key, area.key), "note"),
        "action": form.binding.field(Target("actions", action.id), "what"),
    }


def _milliseconds_of_each(opened: OpenWindow, field: Any) -> list[float]:
    from PySide6.QtTest import QTest

    field.setFocus()
    opened.application.processEvents()
    figures = []
    for letter in islice(cycle(A_WORD), LETTERS):
        began = time.thread_time()
        QTest.keyClicks(field, letter)
        opened.application.processEvents()
        figures.append((time.thread_time() - began) * 1000)
    return figures


if __name__ == "__main__":
    print(json.dumps(_in_this_process(Path(sys.argv[1]), visited="visited" in sys.argv[2:])))
