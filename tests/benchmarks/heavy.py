"""A heavy file beside the example: its tabs, its fullest area, and a letter typed in it, in CPU time of the window."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks import material
from tests.benchmarks.measuring import Measurement, alternating, median
from tests.benchmarks.processes import child

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

MOST = 3.0
MOST_MS = 16.0
LETTERS = "learning " * 4
VISITS = {
    "area-first": "Area, first visit until what is in view is painted",
    "area-later": "Area, later visit until what is in view is painted",
    "plan-first": "Action plan, first visit",
    "plan-later": "Action plan, later visit",
    "evidence-first": "Evidence, first visit",
    "evidence-later": "Evidence, later visit",
}


def measure(folder: Path, repetitions: int) -> list[Measurement]:
    """Each repetition is a fresh window: with the example, and with 400 entries, 2,000 sources and 800 actions."""
    light, heavy = alternating(
        repetitions,
        *(
            partial(child, folder, "tests.benchmarks.heavy", file)
            for file in (material.example_file(folder), material.heavy_file(folder))
        ),
    )
    found = [
        Measurement(
            f"heavy-{name}",
            f"In a heavy file, CPU time: {words}",
            median([run[name] for run in heavy]),
            floor_name="the same in the example",
            floor=median([run[name] for run in light]),
            limit=MOST,
        )
        for name, words in VISITS.items()
    ]
    letter = Measurement(
        "heavy-letter",
        "In a heavy file, CPU time: a letter",
        median([run["letter"] for run in heavy]),
        floor_name="the same in the example",
        floor=median([run["letter"] for run in light]),
        limit=MOST_MS,
        limit_on="figure",
    )
    return [*found, letter]


def _in_this_process(file: Path) -> dict[str, float]:
    from tests.benchmarks.open_window import OpenWindow

    opened = OpenWindow(file)
    view = opened.view
    first, second = (area.key for area in material.catalogue().areas[:2])
    view.visit_area(second)
    opened.application.processEvents()
    figures = {"area-first": _taken(lambda: view.visit_area(first).page, whole=False)}
    _let_grow(opened, first)
    view.visit_area(second)
    opened.application.processEvents()
    figures["area-later"] = _taken(lambda: view.visit_area(first).page, whole=False)
    figures["letter"] = _letter(opened, view.visit_area(first))
    for name, key in (("plan", "action_plan"), ("evidence", "evidence")):
        for visit in ("first", "later"):
            view.tabs.setCurrentIndex(0)
            opened.application.processEvents()
            figures[f"{name}-{visit}"] = _taken(partial(_shown, view, key))
    opened.close()
    return figures


def _shown(view: Any, key: str) -> QWidget:
    tab = view._lazy[key]
    view.tabs.setCurrentIndex(view.tabs.indexOf(tab))
    shown: QWidget = tab.page().page
    return shown


def _let_grow(opened: Any, area: str) -> None:
    from tests.benchmarks.open_window import PaintWatch

    form = opened.view.visit_area(area)
    watch = PaintWatch(form.page)
    watch.until_whole(form)
    watch.end()


def _taken(go: Callable[[], QWidget], *, whole: bool = True) -> float:
    """Milliseconds of CPU time until what ``go`` returns is painted, and nothing is left to do if ``whole``."""
    from tests.benchmarks.open_window import PaintWatch

    began = time.thread_time()
    watch = PaintWatch(go())
    if whole:
        watch.until_painted()
    else:
        watch.until_in_view()
    taken = (time.thread_time() - began) * 1000
    watch.end()
    return taken


def _letter(opened: Any, form: Any) -> float:
    from PySide6.QtTest import QTest

    from apq_desktop.evaluation.edits.changes import Target

    area = opened.window.session.evaluation.areas[0]
    field = form.binding.field(Target("strengths", area.strengths[0].id, area.key), "text")
    field.setFocus()
    opened.application.processEvents()
    figures = []
    for letter in LETTERS:
        began = time.thread_time()
        QTest.keyClicks(field, letter)
        opened.application.processEvents()
        figures.append((time.thread_time() - began) * 1000)
    return median(figures)


if __name__ == "__main__":
    print(json.dumps(_in_this_process(Path(sys.argv[1]))))
