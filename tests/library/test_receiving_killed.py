"""A program that is killed while it receives goes on where it was, and a disk that is full loses nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from apq_desktop.errors import NotWrittenError
from apq_desktop.services.libraries import receiving
from tests.cases import first
from tests.library import council
from tests.library.loop import put_many

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from apq_desktop.library.folder import FolderLibrary

GOOD, BAD = 280, 20
KILLED_AT = (1, 60, 149, 290)
"""Files that are done when the program is killed, one after the other."""
CHILD = """
import sys
from pathlib import Path
from apq_desktop.services.libraries import receiving
from tests.library import council
library = council.officer(Path(sys.argv[1]), Path(sys.argv[2]))
receiving.receive(library, [Path(sys.argv[3])], council.catalogue(), progress=lambda *n: print(*n, flush=True))
"""


def killed_after(done: int, *words: Path) -> None:
    """Receive in a process of its own until so many files are done, then kill it."""
    command = [sys.executable, "-c", CHILD, *map(str, words)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if int(line.split()[0]) >= done:
                child.kill()
                break
        assert child.wait() != 0, "it was killed before its end"


@pytest.mark.long
@pytest.mark.timeout(1800)  # it receives three hundred files again and again
def test_killed_at_any_moment_it_goes_on_where_it_was(opened: Callable[[str], FolderLibrary], tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    bad = put_many(inbox, GOOD, BAD)
    council.officer(tmp_path / "shared", tmp_path / "officer").close()
    for done in KILLED_AT:
        killed_after(done, tmp_path / "shared", tmp_path / "officer", inbox)
    library = opened("officer")
    council.catch_up(library)
    before = len(library.providers())
    assert before >= 100, "what was told of before it was killed is there"
    receipt = council.receive(library, inbox)
    assert len(receipt.of("new")) + len(receipt.of("known")) == GOOD
    assert sorted(name for name in bad for sentence in receipt.refused if name in sentence) == sorted(bad)
    colleague = opened("colleague")
    council.catch_up(colleague)
    assert len(library.providers()) == len(colleague.providers()) == GOOD
    assert len(dict(library.packs)) == GOOD
    library.rebuild()
    council.catch_up(library)
    assert len(library.providers()) == GOOD
    checked = council.maintenance.check(library.files, council.line_json)
    assert (checked.packs, checked.problems) == (GOOD, ())


@pytest.mark.parametrize("room", first(2, range(0, 12, 2)))
def test_where_the_disk_is_full_what_came_stays_and_the_rest_can_come_later(
    library: FolderLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    files = council.put(tmp_path / "more", *(council.evaluation(f"Setting {n}") for n in range(10)))
    synced, left = os.fsync, [room]

    def full(handle: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        synced(handle)

    with monkeypatch.context() as no_room:
        no_room.setattr(os, "fsync", full)
        with pytest.raises(NotWrittenError):
            council.receive(library, *files)
    packs = dict(library.packs)
    assert len(packs) <= len(council.NAMES) + room
    assert all(library.packs.read(digest, suffix) for digest, suffix in packs.items())
    receipt = council.receive(library, *files)
    assert receipt.refused == []
    assert len(receipt.of("new")) + len(receipt.of("known")) == 10
    assert len(library.providers()) == len(council.NAMES) + 10
    assert council.maintenance.check(library.files, council.line_json).problems == ()


def test_where_the_system_lets_it_start_no_other_process_it_reads_all_by_itself(
    library: FolderLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    # What processes that share work need, and a sandbox without shared memory lacks.
    monkeypatch.setattr("multiprocessing.synchronize._multiprocessing.SemLock", denied)
    (pack,) = council.put(tmp_path / "more", council.evaluation("Oak"))
    receipt = council.receive(library, *[pack] * receiving.WORKERS_FROM)
    assert receipt.refused == []
    assert len(receipt.of("new")) == 1
    assert len(receipt.of("known")) == receiving.WORKERS_FROM - 1
