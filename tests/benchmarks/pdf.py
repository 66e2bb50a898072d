"""The PDF of the worked example, and of ten and fifty times its text."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable, Mapping
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from types import MappingProxyType

from pypdf import PdfReader

from apq_desktop.documents.pdf import renderer
from apq_desktop.documents.pdf.post_process import Data
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.exchange.json import evaluation_json
from tests.benchmarks import material, other_programs
from tests.benchmarks.floors import raw_canvas, untagged
from tests.benchmarks.measuring import Measurement, NotMeasured, alternating, median, timed
from tests.documents.samples import tenfold

SIZES: Mapping[str, int] = MappingProxyType({"example": 1, "tenfold": 10, "fiftyfold": 50})
MOST_FOR_TAGS = 1.5
MOST_FOR_LINES = 1.8
MOST_FOR_TENFOLD = 10.0
ACTIONS, MOST_FOR_ACTIONS = 4_990, 2.9
"""Half of what commit 5a01286 takes: 5.8 times the same floor, in CPU time, each the middle of six runs."""


def measure(folder: Path, repetitions: int) -> list[Measurement | NotMeasured]:
    """The whole document, imports and fonts loaded before; the long ones fewer times."""
    example = material.example()
    pages = _lines_of_example(folder, example)
    found: list[Measurement | NotMeasured] = []
    ours: dict[str, float] = {}
    for name, times in SIZES.items():
        evaluation = tenfold(example, times)
        canvas, plain, whole = alternating(
            max(1, repetitions // min(times, 3)) if times <= 10 else 1,
            timed(partial(raw_canvas.draw, pages * times, folder / "Canvas.pdf")),
            timed(_untagged(evaluation)),
            timed(_whole(evaluation)),
        )
        ours[name] = median(whole)
        found += _beside_floors(name, times, ours[name], median(canvas), median(plain))
        found += _beside_others(folder, name, evaluation, ours[name])
    found.append(
        Measurement(
            "pdf-growth",
            "PDF of ten times the text",
            ours["tenfold"],
            floor_name="that of the example",
            floor=ours["example"],
            limit=MOST_FOR_TENFOLD,
        )
    )
    found.append(_of_many_actions(folder, max(1, repetitions // 3), pages))
    return found


def _of_many_actions(folder: Path, repetitions: int, pages: list[list[str]]) -> Measurement:
    """The example with as many actions as a file may hold, beside as many pages of the example's lines."""
    evaluation, known = material.example_with_actions(ACTIONS), material.catalogue()
    whole = partial(renderer.pdf, evaluation, known)
    as_many = list(islice(cycle(pages), len(PdfReader(io.BytesIO(whole())).pages)))
    canvas, ours = alternating(
        repetitions, timed(partial(raw_canvas.draw, as_many, folder / "Canvas.pdf")), timed(whole)
    )
    return Measurement(
        "pdf-actions",
        f"PDF of {ACTIONS:,} actions",
        median(ours),
        floor_name="as many pages of the example's lines on a raw ReportLab canvas",
        floor=median(canvas),
        limit=MOST_FOR_ACTIONS,
    )


def _lines_of_example(folder: Path, example: Evaluation) -> list[list[str]]:
    target = folder / "Example.pdf"
    target.write_bytes(renderer.pdf(example, material.catalogue()))
    return raw_canvas.lines_of(target)


def _whole(evaluation: Evaluation) -> Callable[[], object]:
    known = material.catalogue()
    data = Data(evaluation_json.write(evaluation, known), "Evaluation.json")
    return lambda: renderer.pdf(evaluation, known, data=data)


def _untagged(evaluation: Evaluation) -> Callable[[], object]:
    known = material.catalogue()
    return lambda: untagged.pdf(evaluation, known)


def _beside_floors(name: str, times: int, ours: float, canvas: float, plain: float) -> list[Measurement]:
    return [
        Measurement(
            f"pdf-canvas-{name}",
            _title(times),
            ours,
            floor_name="its lines on a raw ReportLab canvas",
            floor=canvas,
            limit=MOST_FOR_LINES if name == "example" else None,
        ),
        Measurement(
            f"pdf-untagged-{name}",
            _title(times),
            ours,
            floor_name="the same flowables without tags, archive and data",
            floor=plain,
            limit=MOST_FOR_TAGS if name == "example" else None,
        ),
    ]


def _beside_others(folder: Path, name: str, evaluation: Evaluation, ours: float) -> list[Measurement | NotMeasured]:
    found: list[Measurement | NotMeasured] = []
    for program in other_programs.PROGRAMS:
        key, what = f"pdf-{program.key}-{name}", f"{_title(SIZES[name])} by {program.name}"
        if not program.is_there():
            found.append(NotMeasured(key, what, f"not installed here; it is had from {program.had_from}"))
            continue
        source = other_programs.document(evaluation, folder, name, program.ending)
        try:
            theirs = program.makes(folder, source, folder / f"{name}.pdf")
        except subprocess.TimeoutExpired:
            found.append(NotMeasured(key, what, f"ended after {other_programs.LONGEST_SECONDS} seconds"))
            continue
        found.append(Measurement(key, _title(SIZES[name]), ours, floor_name=program.name, floor=theirs))
    return found


def _title(times: int) -> str:
    return "PDF of the example" if times == 1 else f"PDF of {times} times its text"
