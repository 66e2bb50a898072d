"""A disk that is full, a medium that cannot be written: what was saved stays whole, and the person is told."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from apq_desktop.errors import NotSavedError
from apq_desktop.evaluation.edits.changes import SetField, Target
from apq_desktop.storage.database.migrations import VERSION
from apq_desktop.storage.database.sqlite_errors import NOT_SAVED
from apq_desktop.storage.files.verified_copy import FULL
from apq_desktop.storage.recovery.salvage import salvage
from apq_desktop.storage.workspace import Workspace
from tests.faults import forged_files, large_evaluation, stored_workspaces

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = stored_workspaces.evaluation().id
CHECKOUT = Path(__file__).parents[2]

FILLING = """
import sys
from pathlib import Path
from apq_desktop.errors import NotSavedError, NotWrittenError
from apq_desktop.evaluation.edits.changes import SetField, Target
from apq_desktop.storage.files.backups import Backups
from apq_desktop.storage.files.save_copies import copy_to_stick, rescue, save_copy
from apq_desktop.storage.workspace import Workspace
from tests.faults import stored_workspaces as stored

path, elsewhere, limit = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
if limit:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
saved = ""
with Workspace.open(path) as workspace:
    for number in range(1, 400):
        text = "What was typed. " * 100 * number
        try:
            workspace.apply(stored.evaluation().id, [SetField(stored.NOTE, "note", text, "")], stored.AT)
            saved = text
        except NotSavedError as error:
            print("told:", error)
            break
    try:
        workspace.apply(stored.evaluation().id, [SetField(stored.NOTE, "note", text, "")], stored.AT)
    except NotSavedError as error:
        print("told:", error)
    # What still fits is saved, and what is kept can be read.
    workspace.apply(stored.evaluation().id, [SetField(Target("evaluation"), "title", "Small", "")], stored.AT)
    read = workspace.read(stored.evaluation().id)
    assert (read.title, read.area("workforce").note("1.1").note) == ("Small", saved)
    for make in (save_copy, copy_to_stick):
        try:
            make(workspace, path.with_name("copy.apq"), **({"history": True} if make is save_copy else {}))
        except NotWrittenError as error:
            print("copy:", error.sentence)
    print("backup:", Backups(path.parent / "backups").take(workspace, stored.AT).problem)
    if not limit:
        read.area("workforce").note("1.1").note = text
        print("rescued:", rescue(workspace, [read], stored.AT, elsewhere).exists())
with Workspace.open(path) as workspace:
    assert workspace.read(stored.evaluation().id).title == "Small"
print("beside:", sorted(file.name for file in path.parent.iterdir() if file.is_file()))
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for a small workspace and little more, or a folder where no disk can be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = shutil.which("mount") and os.getuid() == 0
    if mounted:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", disk], check=False)
        mounted = done.returncode == 0
    yield disk
    if mounted:
        subprocess.run(["umount", disk], check=True)


def _fill(path: Path, elsewhere: Path, limit: int) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", FILLING, path, elsewhere, str(limit)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_a_full_disk_is_told_and_what_was_saved_stays_whole(small_disk: Path, tmp_path: Path) -> None:
    path = forged_files.whole(small_disk / "a.apq")
    is_small = shutil.disk_usage(small_disk).total < 10_000_000
    said = _fill(path, tmp_path, 0 if is_small else 500_000)
    if is_small:
        assert said[:2] == [f"told: {NOT_SAVED['SQLITE_FULL']}"] * 2
        assert said[2:4] == [f"copy: {FULL}"] * 2
        assert said[4] == f"backup: No backup could be made: {FULL}"
        assert said[5] == "rescued: True"
    assert said[-1] == "beside: ['a.apq']"


def test_a_limit_on_the_size_of_files_is_told_and_what_was_saved_stays_whole(tmp_path: Path) -> None:
    path = forged_files.whole(tmp_path / "a.apq")
    said = _fill(path, tmp_path, 300_000)
    assert said[0].startswith("told: Not saved, because the disk or stick")
    assert said[1] == said[0]
    assert said[-1].startswith("beside: ['a.apq'")


READING = """
import os, sys
from pathlib import Path
from apq_desktop.storage.workspace import Workspace
from apq_desktop.storage.recovery import salvage
from apq_desktop.storage.files import save_copies
from apq_desktop.paths import own_folder
from tests.faults import stored_workspaces as stored
own_folder("data")  # so that all that is needed is imported while it can be
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
with Workspace.open(Path(sys.argv[1])) as workspace:
    assert workspace.read(stored.evaluation().id) == stored.evaluation(int(sys.argv[3]))
    assert str(workspace.path) == sys.argv[1]
    print(workspace.read_only_reason)
    save_copies.save_copy(workspace, Path(sys.argv[2]), history=True)
"""


def _read_as_another(path: Path, copy: Path, version: int) -> str:
    done = subprocess.run(
        [sys.executable, "-c", READING, path, copy, str(version)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


@pytest.mark.parametrize("version", [VERSION, 1], ids=["half done", "older"])
def test_what_must_be_written_to_be_read_is_read_in_a_temporary_copy(
    for_others: Path, tmp_path: Path, version: int
) -> None:
    medium = for_others / "medium"
    medium.mkdir()
    if version == VERSION:
        made = forged_files.half_done(forged_files.whole(tmp_path / "a.apq"), medium)
        reason = "its last save was interrupted and nothing can be written in its folder"
    else:
        made = medium / "old.apq"
        stored_workspaces.build(version, made)
        reason = "can be read but not changed"
    before = {file: file.read_bytes() for file in medium.iterdir()}
    for file in before:
        file.chmod(0o444)
    medium.chmod(0o555)
    try:
        assert reason in _read_as_another(made, for_others / "copy.apq", version)
    finally:
        medium.chmod(0o755)
    assert {file: file.read_bytes() for file in medium.iterdir()} == before
    with Workspace.open(for_others / "copy.apq") as copy:
        assert copy.read(ID) == stored_workspaces.evaluation(version)


def test_a_save_half_done_is_taken_back_when_the_file_is_opened_for_writing(tmp_path: Path) -> None:
    (tmp_path / "after the crash").mkdir()
    path = forged_files.half_done(forged_files.whole(tmp_path / "a.apq"), tmp_path / "after the crash")
    with Workspace.open(path) as workspace:
        assert workspace.read(ID) == stored_workspaces.evaluation()
        workspace.apply(ID, [SetField(Target("evaluation"), "title", "Goes on", "")], stored_workspaces.AT)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_file_with_a_save_half_done_is_not_touched_when_it_is_only_looked_at(tmp_path: Path) -> None:
    path = forged_files.half_done(forged_files.whole(tmp_path / "a.apq"), tmp_path)
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    with Workspace.open(path, read_only=True) as workspace:
        assert workspace.read(ID) == stored_workspaces.evaluation()
        assert workspace.read_only_reason == "This file was opened for reading only."
        with pytest.raises(NotSavedError):
            workspace.remove(ID)
    (found,) = salvage(path, large_evaluation.catalogue()).evaluations
    assert found.area("workforce").note("1.1").note == stored_workspaces.LAST_WORDS
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before
