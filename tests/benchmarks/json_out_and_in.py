"""The portable JSON of the worked example, written and read."""

from __future__ import annotations

import json
from pathlib import Path

from apq_desktop.exchange.json import evaluation_json
from tests.benchmarks import material
from tests.benchmarks.measuring import Measurement, alternating, median, timed


def measure(folder: Path, repetitions: int) -> list[Measurement]:
    """In memory: writing checks what it writes, reading goes through every check for strangers' files."""
    evaluation, catalogue = material.example(), material.catalogue()
    data = evaluation_json.write(evaluation, catalogue)
    document = json.loads(data)
    dumps, out, loads, back = alternating(
        repetitions * 5,
        timed(lambda: json.dumps(document, ensure_ascii=False, indent=2).encode()),
        timed(lambda: evaluation_json.write(evaluation, catalogue)),
        timed(lambda: json.loads(data)),
        timed(lambda: evaluation_json.read_bytes(data, "Example.json", catalogue)),
    )
    size = f"{len(data) / 1000:.0f} kB"
    return [
        Measurement("json-out", f"JSON out, {size}", median(out), floor_name="json.dumps", floor=median(dumps)),
        Measurement("json-in", f"JSON in, {size}", median(back), floor_name="json.loads", floor=median(loads)),
    ]
