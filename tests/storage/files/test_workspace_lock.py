"""One file, one writer: whoever may write locks the real file before a byte of it is read; readers never wait."""

from __future__ import annotations

import errno
import json
import os
import platform
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from apq_desktop.errors import FileInUseError, WorkspaceRefusedError
from apq_desktop.paths import own_folder
from apq_desktop.storage.database import connection
from apq_desktop.storage.database.migrations import VERSION
from apq_desktop.storage.files import verified_copy
from apq_desktop.storage.files.save_copies import save_copy
from apq_desktop.storage.files.workspace_lock import WorkspaceLock
from apq_desktop.storage.workspace import Workspace
from tests.cases import first
from tests.faults import stored_workspaces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from apq_desktop.evaluation.model import Evaluation

HOLDING = """
import sys
from pathlib import Path
from apq_desktop.storage.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
workspace.close()
"""
CHECKOUT = Path(__file__).parents[3]


@pytest.fixture
def whole(path: Path, evaluation: Evaluation) -> Path:
    with Workspace.create(path) as made:
        made.add(evaluation)
    return path


@pytest.fixture
def holding() -> Iterator[Callable[[Path], subprocess.Popen[str]]]:
    """Starts another process of this computer that has a file open for writing."""
    started: list[subprocess.Popen[str]] = []

    def hold(file: Path) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", HOLDING, str(file)],
            cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        return process

    yield hold
    for process in started:
        process.communicate(timeout=600)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def refused(path: Path) -> FileInUseError:
    before = contents(path.parent)
    with pytest.raises(FileInUseError) as error:
        Workspace.open(path)
    assert contents(path.parent) == before
    return error.value


@pytest.mark.parametrize(
    "name", first(2, ["itself", "hard link", "symbolic link", "link to the folder", "hard link elsewhere"])
)
def test_a_file_open_in_another_process_is_refused_by_every_name_of_it_and_not_a_byte_is_changed(
    whole: Path, tmp_path_factory: pytest.TempPathFactory, holding: Callable[[Path], subprocess.Popen[str]], name: str
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    other = {
        "itself": whole,
        "symbolic link": whole.with_name("link.apq"),
        "link to the folder": elsewhere / "folder" / whole.name,
        "hard link": whole.with_name("hard.apq"),
        "hard link elsewhere": elsewhere / "hard.apq",
    }[name]
    if name == "symbolic link":
        other.symlink_to(whole)
    elif name == "link to the folder":
        other.parent.symlink_to(whole.parent)
    elif name != "itself":
        other.hardlink_to(whole)
    holding(whole)
    error = refused(other)
    assert error.here
    assert "another APQ Desktop window on this computer" in error.sentence
    with Workspace.open(other, read_only=True) as workspace:
        assert len(workspace.evaluations()) == 1


def test_an_older_file_that_is_open_elsewhere_is_not_brought_up_to_date(tmp_path: Path) -> None:
    old, other_name = tmp_path / "old.apq", tmp_path / "other name.apq"
    stored_workspaces.build(1, old)
    other_name.hardlink_to(old)
    lock = WorkspaceLock.take(other_name)
    refused(old)
    lock.release()
    Workspace.open(old).close()
    assert sqlite3.connect(old).execute("PRAGMA user_version").fetchone()[0] == VERSION


def test_a_lock_left_by_a_crash_on_this_computer_is_taken_over_at_once_and_leaves_nothing(
    whole: Path, holding: Callable[[Path], subprocess.Popen[str]]
) -> None:
    crashed = holding(whole)
    crashed.send_signal(signal.SIGKILL)
    crashed.wait(timeout=600)
    assert Path(f"{whole}.lock").exists()
    with Workspace.open(whole) as workspace:
        assert not workspace.read_only
        refused(whole)
    assert [file.name for file in whole.parent.iterdir()] == [whole.name]
    assert list((own_folder("data") / "locks").iterdir()) == []


def test_a_lock_of_another_account_of_this_computer_is_known_without_its_own_folder(
    whole: Path, holding: Callable[[Path], subprocess.Popen[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    holding(whole)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "another account"))
    assert refused(whole).here


def lock_of(computer: str, **more: object) -> str:
    return json.dumps({"computer": computer, "computer_id": "1" * 16, **more})


def test_another_computers_lock_tells_who_has_the_file_open_since_when_and_is_taken_over_only_when_told_to(
    whole: Path,
) -> None:
    lock = Path(f"{whole}.lock")
    lock.write_text(lock_of("OFFICE-PC", account="office", since="2026-11-23T09:30:00Z"), "utf-8")
    error = refused(whole)
    assert not error.here
    assert error.sentence.startswith("This file seems to be open on the computer “OFFICE-PC”, by office, since ")
    assert "23 November 2026" in error.sentence
    with Workspace.open(whole, take_over=True) as workspace:
        assert json.loads(lock.read_text("utf-8"))["computer"] == platform.node()
        assert not workspace.read_only
    assert not lock.exists()


@pytest.mark.parametrize("since", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "yesterday", ""])
def test_a_lock_with_a_moment_that_no_calendar_holds_is_told_without_it(whole: Path, since: str) -> None:
    Path(f"{whole}.lock").write_text(lock_of("OFFICE-PC", since=since), "utf-8")
    assert "OFFICE-PC" in refused(whole).sentence
    assert "since" not in refused(whole).sentence


def test_a_computer_that_sleeps_while_a_file_is_opened_makes_it_no_less_whole(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_hour_later = count(0, 3_600)
    monkeypatch.setattr(time, "monotonic", lambda: float(next(an_hour_later)))
    with Workspace.open(whole, read_only=True) as workspace:
        assert workspace.evaluations()
    with Workspace.open(whole) as workspace:
        save_copy(workspace, tmp_path / "copy.apq", history=True)
    assert (tmp_path / "copy.apq").is_file()


def test_a_file_that_another_program_keeps_locked_is_not_waited_for_without_end(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.0)
    monkeypatch.setattr(verified_copy, "MOST_WAITS", 2)
    with closing(sqlite3.connect(whole, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(WorkspaceRefusedError, match="Another program is using the file"):
            Workspace.open(whole, read_only=True)


def test_a_computer_of_the_same_name_is_another_computer(whole: Path) -> None:
    Path(f"{whole}.lock").write_text(lock_of(platform.node()), "utf-8")
    assert not refused(whole).here


@pytest.mark.parametrize("rubbish", [b"", b"rubbish", b"[1]", b'"x"', b"[" * 4000, b"\xff\xfe", b'{"computer": 7e999}'])
def test_a_lock_that_cannot_be_read_is_asked_about(whole: Path, rubbish: bytes) -> None:
    Path(f"{whole}.lock").write_bytes(rubbish)
    error = refused(whole)
    assert not error.here
    assert "somewhere" in error.sentence or "computer" in error.sentence


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_a_stranger_puts_in_the_place_of_a_lock_is_neither_followed_nor_written_to(
    whole: Path, tmp_path: Path, kind: str
) -> None:
    lock, victim = Path(f"{whole}.lock"), tmp_path / "letter.txt"
    victim.write_text("somebody's work")
    if kind == "link":
        lock.symlink_to(victim)
    elif kind == "pipe":
        os.mkfifo(lock)
    else:
        lock.mkdir()
    with pytest.raises(FileInUseError):
        Workspace.open(whole)
    Workspace.open(whole, take_over=True).close()
    assert victim.read_text() == "somebody's work"


def test_a_lock_that_was_taken_over_is_not_taken_away_by_whoever_had_it(workspace: Workspace, path: Path) -> None:
    lock = Path(f"{path}.lock")
    lock.unlink()
    lock.write_text(lock_of("OFFICE-PC"), "utf-8")
    workspace.close()
    assert "OFFICE-PC" in lock.read_text("utf-8")


def test_a_reader_sees_one_state_of_a_file_that_is_written_to_meanwhile(
    workspace: Workspace, path: Path, evaluation: Evaluation
) -> None:
    with Workspace.open(path, read_only=True) as reading:
        workspace.add(replace(evaluation, id="another"))
        workspace.remove(evaluation.id)
        assert [heading.id for heading in reading.evaluations()] == [evaluation.id]
        assert reading.read(evaluation.id) == evaluation


def test_a_file_whose_folder_cannot_hold_a_lock_is_opened_all_the_same(
    whole: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "in the way").write_bytes(b"")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "in the way"))
    with Workspace.open(whole) as workspace:
        assert not workspace.read_only
        refused(whole)


def test_a_full_disk_leaves_no_lock_that_says_nothing(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_number: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        opened = Workspace.open(whole)
    assert not Path(f"{whole}.lock").exists()
    assert refused(whole).here
    opened.close()


def test_a_program_on_a_share_knows_the_other_computer_that_has_the_file_open(workspace: Workspace, path: Path) -> None:
    (own,) = (own_folder("data") / "locks").iterdir()
    own.write_text(lock_of("OFFICE-PC"), "utf-8")
    error = refused(path)
    assert not error.here
    assert "OFFICE-PC" in error.sentence


def test_what_is_only_read_leaves_no_lock(whole: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.apq"
    shutil.copy(whole, copy)
    with Workspace.open(copy, read_only=True), Workspace.open(copy):
        pass
    assert not Path(f"{copy}.lock").exists()
