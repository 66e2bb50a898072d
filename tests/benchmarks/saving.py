"""Saving: one edit, from handing it to the store until it is on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, cycle
from pathlib import Path

from apq_desktop.evaluation.edits.changes import SetField, Target
from apq_desktop.storage.workspace import Workspace
from tests.benchmarks import material
from tests.benchmarks.floors.bare_commit import BareFile
from tests.benchmarks.measuring import Measurement, alternating, median, timed

MOST = 3.0
EDITS = 40
"""In each repetition."""


def measure(folder: Path, repetitions: int) -> list[Measurement]:
    """One note grows by a word with each edit, in the program's file and in a bare copy on the same disk."""
    evaluation = material.example()
    target = Target("note", evaluation.areas[0].questions[0].key, evaluation.areas[0].key)
    texts = _growing(evaluation.areas[0].questions[0].note)
    bare_texts = _growing(evaluation.areas[0].questions[0].note)
    bare = BareFile(material.example_file(folder, "Bare.apq"))
    moment = datetime(2026, 11, 22, 10, 42, tzinfo=UTC)
    at = (moment + timedelta(seconds=seconds) for seconds in count())
    with Workspace.open(material.example_file(folder, "Saving.apq")) as workspace:

        def edit() -> None:
            before, after = next(texts)
            workspace.apply(evaluation.id, [SetField(target, "note", after, before)], next(at))

        floor, ours = alternating(repetitions * EDITS, timed(lambda: bare.write(next(bare_texts)[1])), timed(edit))
    bare.close()
    return [
        Measurement(
            "edit",
            "An edit acknowledged",
            median(ours),
            floor_name="a bare sqlite3 commit with the same pragmas",
            floor=median(floor),
            limit=MOST,
        )
    ]


def _growing(text: str) -> Iterator[tuple[str, str]]:
    """A text before and after one more word, again and again; after 200 words it starts anew."""
    for words in cycle(range(200)):
        yield text + " learning" * words, text + " learning" * (words + 1)
