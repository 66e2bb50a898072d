"""Spoils a workspace's bytes in every way it can think of, and looks whether the program stays calm.

    python tests/faults/fuzz.py --minutes 5 --seed 3
    python tests/faults/fuzz.py --atheris -max_total_time=300 /tmp/corpus

The second form is led by coverage, and needs `pip install atheris`. Both end with a failure, and leave the bytes that
caused it in `spoilt.apq`, if a file was opened that does not say what it said, or if anything but a plain refusal
was raised.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from contextlib import suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
if "--atheris" in sys.argv:  # it follows only what is imported under its eyes
    with importlib.import_module("atheris").instrument_imports(include=["apq_desktop.storage"]):
        importlib.import_module("apq_desktop.storage.recovery.salvage")
        importlib.import_module("apq_desktop.storage.workspace")

from apq_desktop.errors import WorkspaceRefusedError
from apq_desktop.storage.recovery.salvage import salvage
from apq_desktop.storage.workspace import Workspace
from tests.faults import forged_files, large_evaluation, stored_workspaces

PAGE = 4096
VERBS = ("flip", "overwrite", "insert", "delete", "copy", "cut")
TELLING = (
    b"\xff" * 8,
    bytes(64),
    b"\x0d\0\0\0\x10",
    b"\x7f\xff\xff\xff\xff\xff\xff\xff",
    b"\x81" * 9,
    b"CREATE TRIGGER",
)
Edit = tuple[str, float, bytes]


def spoilt(data: bytes, edits: list[Edit]) -> bytes:
    """The bytes after edits, each a verb, a place between 0 and 1, and bytes to use there."""
    for verb, part, more in edits:
        at = int(part * len(data))
        match verb:
            case "flip":
                data = data[:at] + bytes(byte ^ (more[0] or 1) for byte in data[at : at + 1]) + data[at + 1 :]
            case "overwrite":
                data = data[:at] + more + data[at + len(more) :]
            case "insert":
                data = data[:at] + more + data[at:]
            case "delete":
                data = data[:at] + data[at + len(more) :]
            case "copy":
                page, other = at // PAGE * PAGE, more[0] * PAGE
                data = data[:page] + data[other : other + PAGE] + data[page + PAGE :]
            case _:
                data = data[: max(at, 1)]
    return data


def look(path: Path) -> bool:
    """Open and salvage a file of ``stored``'s evaluation; whether it opened. Raises what should never be raised."""
    opened = False
    with suppress(WorkspaceRefusedError), Workspace.open(path) as workspace:
        opened = True
        read = workspace.read(stored_workspaces.evaluation().id)
        if read != stored_workspaces.evaluation():
            raise AssertionError("a changed file was taken for a whole one")
        workspace.history.recent_changes(read.id)
    with suppress(WorkspaceRefusedError):
        salvage(path, large_evaluation.catalogue())
    return opened


def _by_chance(folder: Path, minutes: float, seed: int) -> str:
    chance = Random(seed)  # noqa: S311 - nothing secret
    data = forged_files.whole(folder / "whole.apq").read_bytes()
    count = opened = 0
    until = time.monotonic() + 60 * minutes
    while time.monotonic() < until:
        edits = [_edit(chance) for _ in range(chance.randint(1, 6))]
        opened += _look(folder / f"{count % 2}.apq", spoilt(data, edits))
        count += 1
    return f"{count} spoilt files: {count - opened} refused, {opened} opened and right, none opened and wrong"


def _edit(chance: Random) -> Edit:
    more = chance.choice((chance.choice(TELLING), chance.randbytes(chance.randint(1, 64))))
    return chance.choice(VERBS), chance.random(), more


def _look(path: Path, data: bytes) -> bool:
    path.write_bytes(data)
    try:
        return look(path)
    except BaseException:
        Path("spoilt.apq").write_bytes(data)
        raise


def _by_coverage(folder: Path, words: list[str]) -> None:
    atheris = importlib.import_module("atheris")
    whole = forged_files.whole(folder / "whole.apq").read_bytes()

    def one(data: bytes) -> None:
        given: Any = atheris.FuzzedDataProvider(data)
        edits: list[Edit] = []
        while given.remaining_bytes() and len(edits) < 8:
            verb = VERBS[given.ConsumeIntInRange(0, len(VERBS) - 1)]
            place = given.ConsumeProbability() * 0.999
            edits.append((verb, place, given.ConsumeBytes(given.ConsumeIntInRange(1, 64)) or b"\0"))
        _look(folder / "one.apq", spoilt(whole, edits))

    atheris.Setup([sys.argv[0], *words], one)
    atheris.Fuzz()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--atheris", action="store_true")
    asked, others = parser.parse_known_args()
    with TemporaryDirectory() as temporary:
        if asked.atheris:
            _by_coverage(Path(temporary), others)
        else:
            print(_by_chance(Path(temporary), asked.minutes, asked.seed))
