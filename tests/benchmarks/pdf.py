"""The PDF of the worked example."""

from __future__ import annotations

from pathlib import Path

from apq_desktop.report import document
from tests.benchmarks import material
from tests.benchmarks.floors import raw_canvas
from tests.benchmarks.measuring import Measurement, alternating, median, timed


def measure(folder: Path, repetitions: int) -> list[Measurement]:
    """Writing the whole document, imports and fonts loaded before."""
    evaluation, catalogue = material.example(), material.catalogue()
    target = folder / "Example.pdf"
    document.write_pdf(evaluation, catalogue, target)
    pages = raw_canvas.lines_of(target)
    floor, ours = alternating(
        repetitions,
        timed(lambda: raw_canvas.draw(pages, folder / "Canvas.pdf")),
        timed(lambda: document.write_pdf(evaluation, catalogue, target)),
    )
    return [
        Measurement(
            "pdf",
            f"PDF of the example, {len(pages)} pages",
            median(ours),
            floor_name="the same lines on a raw ReportLab canvas",
            floor=median(floor),
        )
    ]
