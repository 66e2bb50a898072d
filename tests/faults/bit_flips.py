"""Flips single bits in a workspace and looks at what the program makes of it.

    python tests/faults/bit_flips.py --flips 2000 --seed 7

prints how many flips there were, how many were noticed when opening, how many changed nothing that anybody wrote,
and how many rows could be salvaged. It ends with a failure if a changed text went unnoticed.
"""

from __future__ import annotations

import argparse
import random
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from apq_desktop.errors import WorkspaceRefusedError
from apq_desktop.evaluation.edits.changes import SetField, Target
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.storage.history.queries import EarlierText
from apq_desktop.storage.recovery.salvage import ALL_FOUND, salvage
from apq_desktop.storage.workspace import Workspace
from tests.faults import large_evaluation

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NOTE = Target("note", "1.1", "workforce")


@dataclass
class Figures:
    """What came of the flips. ``unnoticed`` must stay empty; ``wrong`` counts texts that salvage got wrong, unsaid."""

    flips: int = 0
    refused: int = 0
    history_flagged: int = 0
    harmless: int = 0
    unnoticed: list[int] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)
    salvaged: list[int] = field(default_factory=list)
    rows: int = 0

    def __str__(self) -> str:
        return (
            f"{self.flips} flips: {self.refused} refused when opened, {self.history_flagged} told beside an earlier"
            f" text, {self.harmless} without effect, {len(self.unnoticed)} unnoticed; salvaged: a median of"
            f" {median(self.salvaged or [0])} of {self.rows} texts in {len(self.salvaged)} files,"
            f" {len(self.wrong)} with a change that was not told"
            f"{f'; bits {self.unnoticed} {self.wrong}' if self.unnoticed or self.wrong else ''}"
        )


PAGE = 4096


def with_damaged_history(path: Path) -> Evaluation:
    """Make a workspace whose evaluation is whole, and a page of whose earlier texts is noise."""
    made = large_evaluation.write(path)
    with Workspace.open(path) as workspace:
        for number in range(60):
            change = SetField(NOTE, "note", f"Version {number}: {large_evaluation.WORDS * 3}", "")
            workspace.apply(made.id, [change], NOW + timedelta(minutes=number))
    data = bytearray(path.read_bytes())
    page = data.index(b"Version 30: ") // PAGE * PAGE
    data[page : page + PAGE] = random.Random(1).randbytes(PAGE)  # noqa: S311
    path.write_bytes(data)
    return made


def texts(evaluation: Evaluation) -> list[str]:
    """Everything that is written in an evaluation, in order."""
    found = [evaluation.title, evaluation.summary, evaluation.setting.name]
    for area in evaluation.areas:
        found += [note.note for note in area.questions]
        found += [entry.text for entry in (*area.strengths, *area.development_areas)]
        found += [area.support, *area.evidence]
    found += [item.title for item in evaluation.evidence]
    return found + [action.what for action in evaluation.actions]


def flip(folder: Path, count: int, seed: int, *, salvage_every: int = 1) -> Figures:
    """Flip ``count`` bits, each in a fresh copy of one workspace."""
    original = folder / "original.apq"
    made = large_evaluation.write(original)
    with Workspace.open(original) as workspace:
        workspace.apply(made.id, [SetField(NOTE, "note", "The words of today.", "")], NOW)
        made = workspace.read(made.id)
        earlier = workspace.history.earlier_texts(made.id, NOTE, "note")
    data = original.read_bytes()
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    figures = Figures(rows=len(texts(made)))
    file = folder / "flipped.apq"
    for number in range(count):
        bit = chance.randrange(len(data) * 8)
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        file.write_bytes(flipped)
        _look(file, bit, made, earlier, figures)
        if number % salvage_every == 0:
            _salvage(file, bit, made, figures)
        assert file.read_bytes() == flipped
    return figures


def _look(file: Path, bit: int, made: Evaluation, earlier: list[EarlierText], figures: Figures) -> None:
    figures.flips += 1
    try:
        with Workspace.open(file, read_only=True) as workspace:
            read = workspace.read(made.id)
            texts_before = workspace.history.earlier_texts(made.id, NOTE, "note")
    except WorkspaceRefusedError:
        figures.refused += 1
        return
    if read != made:
        figures.unnoticed.append(bit)
    elif texts_before == earlier:
        figures.harmless += 1
    elif len(texts_before) == len(earlier) and not all(text.whole for text in texts_before):
        figures.history_flagged += 1
    else:
        figures.unnoticed.append(bit)


def _salvage(file: Path, bit: int, made: Evaluation, figures: Figures) -> None:
    try:
        found = salvage(file, large_evaluation.catalogue())
    except WorkspaceRefusedError:
        figures.salvaged.append(0)
        return
    right = set(texts(found.evaluations[0])) & set(texts(made))
    figures.salvaged.append(sum(text in right for text in texts(made)))
    if texts(found.evaluations[0]) != texts(made) and found.remarks[0] == ALL_FOUND:
        figures.wrong.append(bit)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flips", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with TemporaryDirectory() as temporary:
        result = flip(Path(temporary), asked.flips, asked.seed)
    print(result)
    sys.exit(bool(result.unnoticed or result.wrong))
