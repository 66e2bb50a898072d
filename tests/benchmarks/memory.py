"""Memory: after every form was opened, against an empty window."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

from tests.benchmarks import material
from tests.benchmarks.measuring import Measurement, alternating, median
from tests.benchmarks.processes import child

MOST = 2.3
FIGURES = (("peak_mb", "the most at once"), ("share_mb", "share at the end, common pages divided"))


def measure(folder: Path, repetitions: int) -> list[Measurement]:
    """Resident memory of fresh processes, the example open and all 13 forms and the details visited."""
    file = material.example_file(folder)
    empty, ours = alternating(
        max(1, repetitions // 2),
        partial(child, folder, "tests.benchmarks.floors.empty_window"),
        partial(child, folder, "tests.benchmarks.memory", file),
    )
    return [
        Measurement(
            f"memory-{name[:-3]}",
            f"Memory with every form open, {words}",
            median([each[name] for each in ours]),
            unit="MB",
            floor_name="an empty PySide6 window",
            floor=median([each[name] for each in empty]),
            limit=MOST,
        )
        for name, words in FIGURES
    ]


def _in_this_process(file: Path) -> dict[str, float]:
    from tests.benchmarks import own_process
    from tests.benchmarks.open_window import OpenWindow

    opened = OpenWindow(file)
    for area in material.catalogue().areas:
        opened.view.show_area(area.key)
        opened.application.processEvents()
    opened.view.show_details()
    opened.application.processEvents()
    figures = own_process.memory()
    opened.close()
    return figures


if __name__ == "__main__":
    print(json.dumps(_in_this_process(Path(sys.argv[1]))))
