"""Kills the program at random instants, and looks whether every edit that was acknowledged is still there.

    python tests/faults/kill.py --kills 300 --seed 1

A child process works on a file as the program does: it types, adds, moves and removes items, and in between takes
backups, saves copies, exports, and thins the history; or it brings a file of an earlier version up to date. It
tells each edit once the store has acknowledged it. It is killed (SIGKILL; on Windows TerminateProcess) after a
random while, the file is opened as a person would open it next, and compared with what was acknowledged.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
import uuid
from collections import Counter
from contextlib import suppress
from copy import deepcopy
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

sys.path.insert(0, str(Path(__file__).parents[2]))

from apq_desktop.evaluation.edits.changes import (
    AddItem,
    Change,
    ListPlace,
    MoveItem,
    RemoveItem,
    SetField,
    Target,
    apply,
    items,
)
from apq_desktop.evaluation.model import Entry, Evaluation
from apq_desktop.exchange import pack_files
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.storage.files.backups import Backups, before_update
from apq_desktop.storage.files.opening import open_file
from apq_desktop.storage.files.save_copies import save_copy
from apq_desktop.storage.workspace import Workspace
from tests.faults import large_evaluation, stored_workspaces

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from apq_desktop.storage.files.verified_copy import CopySource

READY = -1
LONGEST_WAIT = 0.4
"""Seconds: how long a child works at most before it is killed."""
_WAYS = multiprocessing.get_all_start_methods()
_PROCESSES: Any = multiprocessing.get_context("fork" if "fork" in _WAYS else "spawn")


def next_change(evaluation: Evaluation, chance: Random) -> Change:
    """What is done next: for the same evaluation and the same ``chance``, always the same."""
    area = chance.choice(evaluation.areas)
    kind: Literal["strengths", "development_areas"] = chance.choice(("strengths", "development_areas"))
    place = ListPlace(kind, area.key)
    there = items(evaluation, place)
    verb = chance.choice(("type", "type", "type", "add", "remove", "move", "edit"))
    if verb == "type" or not there:
        note = chance.choice(area.questions)
        text = f"{note.note[:3000]} {chance.choice(large_evaluation.WORDS.split())}"
        return SetField(Target("note", note.key, area.key), "note", text, note.note)
    position = chance.randrange(len(there))
    item = there[position]
    if verb == "add":
        new = Entry(str(uuid.UUID(int=chance.getrandbits(128))), large_evaluation.WORDS)
        return AddItem(place, new, position)
    if verb == "remove":
        return RemoveItem(place, deepcopy(item), position)
    if verb == "move":
        return MoveItem(place, item.id, chance.randrange(len(there)), position)
    return SetField(Target(kind, item.id, area.key), "text", f"{item.text[:2000]} more", item.text)


def edit(told: Connection, folder: Path, seed: int) -> None:
    """The child that edits: one change after the other, each told once it is acknowledged."""
    chance, others = Random(seed), Random(seed + 1)  # noqa: S311 - nothing secret
    backups = Backups(folder / "backups")
    with Workspace.open(folder / "a.apq", backups=backups) as workspace:
        evaluation = workspace.read(workspace.evaluations()[0].id)
        told.send(READY)
        for number in count():
            change = next_change(evaluation, chance)
            apply(evaluation, change)
            workspace.apply(evaluation.id, [change], datetime.now(UTC))
            told.send(number)
            match others.randrange(12):
                case 0:
                    backups.take(workspace, datetime.now(UTC))
                case 1:
                    save_copy(workspace, folder / "copy.apq", history=bool(number % 2), replace=True)
                case 2:
                    data = evaluation_json.write(workspace.read(evaluation.id), large_evaluation.catalogue())
                    pack_files.write_file(folder / "sent.json", data)
                case 3:
                    workspace.history.thin(datetime.now(UTC))


def bring_up_to_date(told: Connection, folder: Path, _seed: int) -> None:
    """The child that opens a file of the first version, which is backed up and then brought up to date."""
    back_up = before_update(Backups(folder / "backups"))

    def tell_when_backed_up(source: CopySource) -> None:
        back_up(source)
        told.send(READY)

    told.send(READY)
    opened = open_file(folder / "old.apq", read_only=False, back_up=tell_when_backed_up)
    Workspace(opened).close()


def run(work: Any, folder: Path, seed: int, after: int, seconds: float) -> list[int]:
    """Let a child work until it has told so much, and so many seconds more, then kill it; returns what it told."""
    reading, telling = _PROCESSES.Pipe(duplex=False)
    child = _PROCESSES.Process(target=work, args=(telling, folder, seed))
    child.start()
    telling.close()
    told: list[int] = []
    with suppress(EOFError):
        while len(told) < after:
            told.append(reading.recv())
        time.sleep(seconds)
        child.kill()
        while True:
            told.append(reading.recv())
    child.join()
    child.close()
    reading.close()
    return told


def kill_while_editing(folder: Path, seed: int, chance: Random) -> int:
    """Kill a child in the midst of editing; returns how many edits were acknowledged. Raises AssertionError."""
    path = folder / "a.apq"
    with Workspace.open(path) as workspace:
        memory = workspace.read(workspace.evaluations()[0].id)
    told = run(edit, folder, seed, 1, chance.uniform(0, LONGEST_WAIT))
    same = Random(seed)  # noqa: S311 - nothing secret
    for _ in told[1:]:
        apply(memory, next_change(memory, same))
    with Workspace.open(path) as workspace:
        found = workspace.read(memory.id)
    # The edit under way may have reached the disk before its acknowledgement reached us.
    further = deepcopy(memory)
    apply(further, next_change(further, same))
    memory.changed = further.changed = found.changed
    assert found in (memory, further), f"an acknowledged edit is missing: seed {seed}, {len(told)} told"
    _look_at_copies(folder, path)
    return len(told) - 1


def _look_at_copies(folder: Path, path: Path) -> None:
    for backup in Backups(folder / "backups").of(path)[:3]:  # the older ones were looked at after earlier kills
        Workspace.open(backup.path, read_only=True).close()
    if (folder / "copy.apq").exists():
        Workspace.open(folder / "copy.apq", read_only=True).close()
    if (folder / "sent.json").exists():
        evaluation_json.read(folder / "sent.json", large_evaluation.catalogue())


def kill_while_bringing_up_to_date(folder: Path, seed: int, chance: Random) -> str:
    """Kill a child that opens an older file; returns what the file is then. Raises AssertionError."""
    path = folder / "old.apq"
    path.unlink(missing_ok=True)
    Path(f"{path}-journal").unlink(missing_ok=True)
    stored_workspaces.build(1, path)
    # Half of them while it is checked and backed up, half while its tables are made anew.
    if chance.randrange(2):
        run(bring_up_to_date, folder, seed, 1, chance.uniform(0, LONGEST_WAIT / 4))
    else:
        run(bring_up_to_date, folder, seed, 2, chance.uniform(0, LONGEST_WAIT / 20))
    when = _stage(path)
    for backup in Backups(folder / "backups").of(path)[:3]:
        with Workspace.open(backup.path, read_only=True) as before:
            assert before.read(stored_workspaces.evaluation().id) == stored_workspaces.evaluation(1)
    with Workspace.open(path, backups=Backups(folder / "backups")) as workspace:
        assert not workspace.read_only
        assert workspace.read(stored_workspaces.evaluation().id) == stored_workspaces.evaluation(1)
    return when


def _stage(path: Path) -> str:
    journal = Path(f"{path}-journal")
    if journal.exists() and journal.stat().st_size > 0:
        return "in the midst of it"
    return "before it" if path.read_bytes()[60:64] == b"\0\0\0\x01" else "after it"


def kill(folder: Path, kills: int, seed: int) -> str:
    """Kill as often as asked, every fifth time while a file is brought up to date; returns figures in words."""
    chance = Random(seed)  # noqa: S311 - nothing secret
    large_evaluation.write(folder / "a.apq")
    acknowledged, updates = 0, Counter[str]()
    for number in range(kills):
        if number % 5 == 4:
            updates[kill_while_bringing_up_to_date(folder, seed + number, chance)] += 1
        else:
            acknowledged += kill_while_editing(folder, 1000 * seed + number, chance)
    left = [file.name for file in folder.iterdir() if file.name.endswith(".apq-new")]
    return (
        f"{kills} kills: {acknowledged} edits acknowledged, none missing; no damaged file, backup, copy or export;"
        f" while bringing a file up to date: {dict(updates)}; unfinished copies left: {len(left)}"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with TemporaryDirectory() as temporary:
        print(kill(Path(temporary), asked.kills, asked.seed))
