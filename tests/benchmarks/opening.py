"""Opening a workspace, as the history and the evaluations in its file grow: until one can be shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import MappingProxyType

from apq_desktop import services
from apq_desktop.evaluation.edits.changes import SetField
from apq_desktop.storage.workspace import Workspace
from apq_desktop.toolkit.catalogue import Catalogue
from tests.benchmarks import material
from tests.benchmarks.measuring import Measurement, alternating, median, timed
from tests.faults.year import targets

REVISIONS: Mapping[str, int] = MappingProxyType({"thousand": 1_000, "ten-thousand": 10_000, "fifty-thousand": 50_000})
BEGIN = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


def measure(folder: Path, repetitions: int) -> list[Measurement]:
    """The same evaluation in files with more and more earlier texts; opened, checked and read."""
    bare = material.example_file(folder, "Without history.apq")
    files = {name: _with_history(folder, name, revisions) for name, revisions in REVISIONS.items()}
    known = material.catalogue()
    floor, *ours = alternating(repetitions, *(timed(partial(_open, path, known)) for path in (bare, *files.values())))
    found = [
        Measurement(
            f"opening-{name}",
            f"Opening a file with {revisions:,} earlier texts, {files[name].stat().st_size / 1e6:.0f} MB",
            median(figures),
            floor_name="the same file without history",
            floor=median(floor),
            limit=2.0 if revisions == max(REVISIONS.values()) else None,
        )
        for (name, revisions), figures in zip(REVISIONS.items(), ours, strict=True)
    ]
    return [*found, _thirty(folder, repetitions, known)]


def _thirty(folder: Path, repetitions: int, known: Catalogue) -> Measurement:
    one, thirty = (material.many_file(folder, number) for number in (1, 30))
    floor, ours = alternating(repetitions, *(timed(partial(_open, path, known)) for path in (one, thirty)))
    return Measurement(
        "opening-thirty",
        f"Opening a file of 30 evaluations, {thirty.stat().st_size / 1e6:.0f} MB",
        median(ours),
        floor_name="a file of one",
        floor=median(floor),
        limit=1.2,
    )


def _open(path: Path, known: Catalogue) -> None:
    """As the window does it: what is not shown is checked when the window stands."""
    services.open_workspace(path, known, prove_later=True).workspace.close()


def _with_history(folder: Path, name: str, revisions: int) -> Path:
    """The example, of which every text was written again and again, a minute apart."""
    path, evaluation = material.example_file(folder, f"History of {name}.apq"), material.example()
    fields = targets(evaluation)
    rounds, rest = divmod(revisions, len(fields))
    with Workspace.open(path) as workspace:
        for number in range(rounds + 1):
            changes = [
                SetField(target, field, f"Version {number}: how pupils get on, and how we know. ", "")
                for target, field in fields[: len(fields) if number < rounds else rest]
            ]
            if changes:
                workspace.apply(evaluation.id, changes, BEGIN + timedelta(minutes=number))
    return path
