"""Starting: how long until the window is painted, and until an evaluation can be edited."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tests.benchmarks import material
from tests.benchmarks.measuring import Measurement, alternating, median
from tests.benchmarks.processes import child, compile_program

MOST = 1.3
MOST_PAINTED = 1.35


def measure(folder: Path, repetitions: int) -> list[Measurement]:
    """Fresh processes of compiled code, the program and its floors in turn."""
    compile_program()
    example, ten_years = material.example_file(folder), material.many_file(folder, 10)
    program = partial(child, folder, "apq_desktop", "--exit-after-paint")
    reading = partial(child, folder, "tests.benchmarks.floors.reading_window")
    empty, ours, reads, ours_long, reads_long = alternating(
        repetitions,
        partial(child, folder, "tests.benchmarks.floors.empty_window"),
        partial(program, example),
        partial(reading, example),
        partial(program, ten_years),
        partial(reading, ten_years),
    )
    return [
        Measurement(
            "start-painted",
            "Start to painted",
            _middle(ours, "painted_ms"),
            floor_name="an empty PySide6 window",
            floor=_middle(empty, "painted_ms"),
            limit=MOST_PAINTED,
        ),
        Measurement(
            "start-editable",
            "Start to editable, the example",
            _middle(ours, "editable_ms"),
            floor_name="a window that imports SQLAlchemy and reads the same rows",
            floor=_middle(reads, "editable_ms"),
            limit=MOST,
        ),
        Measurement(
            "start-editable-ten-years",
            "Start to editable, ten evaluations in one file",
            _middle(ours_long, "editable_ms"),
            floor_name="the same window, ten times the rows",
            floor=_middle(reads_long, "editable_ms"),
            limit=MOST,
        ),
    ]


def _middle(figures: list[dict[str, float]], name: str) -> float:
    return median([each[name] for each in figures])
