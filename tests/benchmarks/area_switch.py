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

MOST_MS = 50.0
KINDS = (("first", "Area, first visit"), ("later", "Area, later visit"), ("tab", "Tab, later visit"))


def measure(folder: Path, repetitions: int) -> list[Measurement]:
    """Each repetition is a fresh window. Of the 13 areas (or 4 tabs) the middle one and the slowest are told."""
    file = material.example_file(folder)
    (runs,) = alternating(repetitions, partial(child, folder, "tests.benchmarks.area_switch", file))
    found = []
    for kind, words in KINDS:
        of_kind = [name for name in runs[0] if name.startswith(f"{kind} ")]
        places = [median([run[name] for run in runs]) for name in of_kind]
        for figure, which in ((median(places), "median"), (max(places), "slowest")):
            found.append(
                Measurement(f"switch-{kind}-{which}", f"{words}, {which}", figure, limit=MOST_MS, limit_on="figure")
            )
    return found


def _in_this_process(file: Path) -> dict[str, float]:
    """Milliseconds for each area, first and later, and for each tab."""
    from tests.benchmarks.open_window import OpenWindow

    opened = OpenWindow(file)
    workbench = opened.workbench
    figures = {}
    for visit in ("first", "later"):
        for area in material.catalogue().areas:
            figures[f"{visit} {area.number}"] = _until_painted(
                lambda key=area.key: workbench.show_area(key).viewport()  # type: ignore[misc]
            )
    tabs = workbench.tabs
    for index in range(tabs.count()):

        def show_tab(index: int = index) -> QWidget:
            tabs.setCurrentIndex(index)
            page = tabs.currentWidget()
            assert page is not None
            return page.viewport() if hasattr(page, "viewport") else page

        figures[f"tab {index}"] = _until_painted(show_tab)
    opened.close()
    return figures


def _until_painted(go: Callable[[], QWidget]) -> float:
    from tests.benchmarks.open_window import PaintWatch

    began = time.perf_counter()
    watch = PaintWatch(go())
    watch.until_painted()
    ended = time.perf_counter()
    watch.end()
    return (ended - began) * 1000


if __name__ == "__main__":
    print(json.dumps(_in_this_process(Path(sys.argv[1]))))
