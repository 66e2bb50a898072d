"""Going from area to area and from tab to tab, until the new page is painted."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import material
from tests.benchmarks.measuring import Measurement, alternating, median
from tests.benchmarks.processes import child

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from apq_desktop.ui.fields.incremental_form import IncrementalForm
    from apq_desktop.ui.window.views.evaluation_view import EvaluationView

MOST_MS = 50.0
KINDS = (
    ("first", "Area, first visit", "first", MOST_MS),
    ("whole", "Area, first visit, until what is out of view is there too", "first", None),
    ("later", "Area, later visit", "later", MOST_MS),
    ("tab-first", "Tab, first visit", "first", MOST_MS),
    ("tab-later", "Tab, later visit", "later", MOST_MS),
)
"""The beginning of what is measured, its words, which figure of the floor belongs to it, and its limit."""
FLOOR = {"first": "a form of plain Qt controls, built and painted", "later": "a form of plain Qt controls, painted"}


def measure(folder: Path, repetitions: int) -> list[Measurement]:
    """Each repetition is a fresh window. Of the 13 areas (or the tabs) the middle one and the slowest are told."""
    file = material.example_file(folder)
    bare, runs = alternating(
        repetitions,
        partial(child, folder, "tests.benchmarks.floors.bare_form"),
        partial(child, folder, "tests.benchmarks.area_switch", file),
    )
    found = []
    for kind, words, visit, limit in KINDS:
        of_kind = [name for name in runs[0] if name.startswith(f"{kind} ")]
        places = [median([run[name] for run in runs]) for name in of_kind]
        for figure, which in ((median(places), "median"), (max(places), "slowest")):
            found.append(
                Measurement(
                    f"switch-{kind}-{which}",
                    f"{words}, {which}",
                    figure,
                    floor_name=FLOOR[visit],
                    floor=median([run[visit] for run in bare]),
                    limit=limit,
                    limit_on="figure",
                )
            )
    return found


def _in_this_process(file: Path) -> dict[str, float]:
    """Milliseconds for each area, first (in view, whole) and later, and for each tab."""
    from apq_desktop.ui.widgets.bars.lazy_tab import LazyTab
    from tests.benchmarks.open_window import OpenWindow

    opened = OpenWindow(file)
    view = opened.view
    figures = {}
    keys = {area.number: area.key for area in material.catalogue().areas}
    for number, key in keys.items():
        figures[f"first {number}"], figures[f"whole {number}"] = until_grown(partial(view.visit_area, key))
    for number, key in keys.items():
        figures[f"later {number}"] = until_painted(partial(_show_area, view, key))
    for visit in ("tab-first", "tab-later"):
        for index in range(view.tabs.count()):
            # The overview was seen when the file opened, the categories with their areas.
            if visit == "tab-later" or isinstance(view.tabs.widget(index), LazyTab):
                figures[f"{visit} {index}"] = until_painted(partial(_show_tab, view, index))
    opened.close()
    return figures


def _show_area(view: EvaluationView, key: str) -> QWidget:
    return view.visit_area(key).page


def _show_tab(view: EvaluationView, index: int) -> QWidget:
    """What is surely painted of a tab: its list of areas, or the page that scrolls."""
    from apq_desktop.ui.widgets.bars.lazy_tab import LazyTab
    from apq_desktop.ui.widgets.scroll_area import FormScroll

    view.tabs.setCurrentIndex(index)
    tab = view.tabs.currentWidget()
    for category in view.categories.values():
        if tab is category:
            return category.areas.viewport()
    shown = tab.page() if isinstance(tab, LazyTab) else tab
    assert isinstance(shown, FormScroll)
    return shown.page


def until_painted(go: Callable[[], QWidget]) -> float:
    """Milliseconds from before ``go``, which returns what is to be painted, until it is and nothing is left to do."""
    from tests.benchmarks.open_window import PaintWatch

    began = time.perf_counter()
    watch = PaintWatch(go())
    watch.until_painted()
    ended = time.perf_counter()
    watch.end()
    return (ended - began) * 1000


def until_grown(go: Callable[[], IncrementalForm]) -> tuple[float, float]:
    """Milliseconds until what is in view of a form is painted, and until the whole form is there.

    What is in view stays as it was painted; ``test_growing.py`` proves it.
    """
    from tests.benchmarks.open_window import PaintWatch

    began = time.perf_counter()
    form = go()
    watch = PaintWatch(form.page)
    watch.until_in_view()
    in_view = time.perf_counter()
    watch.until_whole(form)
    whole = time.perf_counter()
    watch.end()
    return (in_view - began) * 1000, (whole - began) * 1000


if __name__ == "__main__":
    print(json.dumps(_in_this_process(Path(sys.argv[1]))))
