"""Simulates a year's work in one file, and tells how large it gets and how long a save takes at the end.

    python tests/faults/year.py --days 200 --edits 300 --at-once 10

Each edit gives one field a text of some 400 characters, long enough after the edit before for the earlier text to
be kept; the fields are all questions, strengths, development areas and actions. The history is thinned once a
day, as the program does.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from apq_desktop.evaluation.edits.changes import SetField, Target
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.storage.history.retention import AT_ONCE
from apq_desktop.storage.workspace import Workspace
from tests.faults import large_evaluation

BEGIN = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Year:
    """Sizes in bytes, times in seconds."""

    largest: int
    kept: int
    written: int
    last_saves: float
    longest_thinning: float

    def __str__(self) -> str:
        return (
            f"{self.written} edits: the file grew to {self.largest / 1e6:.1f} MB at most and keeps {self.kept}"
            f" earlier texts; a save took {self.last_saves * 1000:.1f} ms at the end (median), the longest day's"
            f" thinning {self.longest_thinning * 1000:.0f} ms"
        )


def targets(evaluation: Evaluation) -> list[tuple[Target, str]]:
    """Every field that people write at length in."""
    found = [(Target("evaluation"), "summary")]
    for area in evaluation.areas:
        found += [(Target("note", note.key, area.key), "note") for note in area.questions]
        found += [(Target("strengths", entry.id, area.key), "text") for entry in area.strengths]
        found += [(Target("development_areas", entry.id, area.key), "text") for entry in area.development_areas]
        found.append((Target("area", area.key), "support"))
    return found + [(Target("actions", action.id), "what") for action in evaluation.actions]


def work(folder: Path, days: int, edits: int, at_once: int = 1) -> Year:
    """Work for so many days, five a week; ``at_once`` edits are saved together, to be done sooner."""
    path = folder / "a.apq"
    evaluation = large_evaluation.write(path)
    fields, chance = targets(evaluation), Random(1)  # noqa: S311 - nothing secret
    largest, longest, saves = 0, 0.0, [0.0]
    with Workspace.open(path) as workspace:
        for day in range(days):
            now = BEGIN + timedelta(days=day // 5 * 7 + day % 5)
            for number in range(0, edits, at_once):
                now += timedelta(minutes=at_once)
                changes = [_change(fields, chance, f"Day {day}, edit {number + n}. ") for n in range(at_once)]
                began = time.perf_counter()
                workspace.apply(evaluation.id, changes, now)
                saves = [*saves[-200:], time.perf_counter() - began]
            began = time.perf_counter()
            while workspace.history.thin(now) == AT_ONCE:
                pass
            longest = max(longest, time.perf_counter() - began)
            largest = max(largest, path.stat().st_size)
        kept = len(workspace.history.recent_changes(evaluation.id, 1_000_000))
    Workspace.open(path).close()
    return Year(largest, kept, days * edits, median(saves) / at_once, longest)


def _change(fields: list[tuple[Target, str]], chance: Random, begin: str) -> SetField:
    target, field = chance.choice(fields)
    words = large_evaluation.WORDS.split()
    text = begin + " ".join(chance.choice(words) for _ in range(80))
    return SetField(target, field, text, "")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=200)
    parser.add_argument("--edits", type=int, default=300)
    parser.add_argument("--at-once", type=int, default=1, help="edits in one save, to be done sooner")
    asked = parser.parse_args()
    with TemporaryDirectory() as temporary:
        print(work(Path(temporary), asked.days, asked.edits, asked.at_once))
