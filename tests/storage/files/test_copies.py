"""A copy is whole and proved before it has its name; a copy without history holds no earlier word."""

from __future__ import annotations

import errno
import sqlite3
from copy import deepcopy
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from apq_desktop.errors import NotWrittenError
from apq_desktop.evaluation.edits.changes import ListPlace as Place
from apq_desktop.evaluation.edits.changes import RemoveItem, SetField, Target
from apq_desktop.evaluation.model import new_id
from apq_desktop.storage.files.opening import open_file
from apq_desktop.storage.files.save_copies import copy_to_stick, rescue, save_copy, save_mine, write_new
from apq_desktop.storage.files.verified_copy import FULL, MAKING, why
from apq_desktop.storage.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from apq_desktop.evaluation.model import Evaluation

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NOTE = Target("note", "1.1", "workforce")


@pytest.fixture
def edited(workspace: Workspace, evaluation: Evaluation) -> Workspace:
    """A workspace with an earlier text, a removed item and a removed evaluation."""
    second = deepcopy(evaluation)
    second.id, second.summary = new_id(), "of the one thrown away"
    workspace.add(second)
    workspace.remove(second.id)
    workspace.apply(evaluation.id, [SetField(NOTE, "note", "What stands now.", "")], NOW)
    workspace.apply(evaluation.id, [RemoveItem(Place("actions"), evaluation.actions[0], 0)], NOW)
    return workspace


COPIES: list[Callable[[Workspace, Path], None]] = [
    lambda workspace, path: save_copy(workspace, path, history=True),
    lambda workspace, path: save_copy(workspace, path, history=False),
    copy_to_stick,
]


@pytest.mark.parametrize("make", COPIES, ids=["with history", "without", "stick"])
def test_a_copy_holds_what_the_open_file_holds_and_is_one_file(
    edited: Workspace, evaluation: Evaluation, tmp_path: Path, make: Callable[[Workspace, Path], None]
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    make(edited, folder / "copy.apq")
    with Workspace.open(folder / "copy.apq") as copy:
        assert copy.read(evaluation.id) == edited.read(evaluation.id)
    assert [file.name for file in folder.iterdir()] == ["copy.apq"]
    edited.apply(evaluation.id, [SetField(NOTE, "note", "Goes on.", "")], NOW)


def test_a_copy_with_history_can_bring_back_what_was_there(
    edited: Workspace, evaluation: Evaluation, tmp_path: Path
) -> None:
    save_copy(edited, tmp_path / "copy.apq", history=True)
    with Workspace.open(tmp_path / "copy.apq") as copy:
        assert copy.history.earlier_texts(evaluation.id, NOTE, "note") == edited.history.earlier_texts(
            evaluation.id, NOTE, "note"
        )
        assert copy.history.removed_items(evaluation.id) == edited.history.removed_items(evaluation.id)
        assert len(copy.history.removed_evaluations()) == 1


def test_a_copy_without_history_holds_no_earlier_word_anywhere_in_its_bytes(
    edited: Workspace, evaluation: Evaluation, tmp_path: Path
) -> None:
    words = (b"Everyone is trained", b"Plan supervision", b"of the one thrown away")
    save_copy(edited, tmp_path / "all.apq", history=True)
    save_copy(edited, tmp_path / "now.apq", history=False)
    assert all(word in (tmp_path / "all.apq").read_bytes() for word in words)
    assert not any(word in (tmp_path / "now.apq").read_bytes() for word in words)
    with Workspace.open(tmp_path / "now.apq") as copy:
        assert copy.history.recent_changes(evaluation.id) == []
        assert copy.history.removed_evaluations() == []


@pytest.mark.parametrize("make", COPIES, ids=["with history", "without", "stick"])
def test_a_copy_never_replaces_a_file_unasked(
    edited: Workspace, tmp_path: Path, make: Callable[[Workspace, Path], None]
) -> None:
    there = tmp_path / "there.apq"
    there.write_bytes(b"somebody's own")
    with pytest.raises(NotWrittenError, match="already"):
        make(edited, there)
    assert there.read_bytes() == b"somebody's own"
    assert not list(tmp_path.glob(f".*{MAKING}"))


@pytest.mark.parametrize("history", [True, False])
def test_a_copy_replaces_another_file_when_asked_but_never_the_open_one(
    edited: Workspace, path: Path, evaluation: Evaluation, tmp_path: Path, history: bool
) -> None:
    there = tmp_path / "there.apq"
    there.write_bytes(b"last week's")
    save_copy(edited, there, history=history, replace=True)
    copy_to_stick(edited, there, replace=True)
    Workspace.open(there).close()
    before = path.read_bytes()
    for name in (path, path.parent / "." / path.name):
        with pytest.raises(NotWrittenError, match="open file itself"):
            save_copy(edited, name, history=history, replace=True)
        with pytest.raises(NotWrittenError, match="open file itself"):
            copy_to_stick(edited, name, replace=True)
    assert path.read_bytes() == before


def test_a_copy_to_a_folder_that_is_not_there_says_so(edited: Workspace, tmp_path: Path) -> None:
    for make in COPIES:
        with pytest.raises(NotWrittenError, match="folder is not there"):
            make(edited, tmp_path / "gone" / "copy.apq")


def test_a_copy_beside_a_journal_of_another_file_is_refused(edited: Workspace, tmp_path: Path) -> None:
    left = tmp_path / "copy.apq-journal"
    left.write_bytes(b"pages of another file")
    for make in COPIES:
        with pytest.raises(NotWrittenError, match="left over"):
            make(edited, tmp_path / "copy.apq")
    assert left.read_bytes() == b"pages of another file"


def test_a_full_disk_and_a_pulled_stick_have_sentences_of_their_own() -> None:
    assert why(OSError(errno.ENOSPC, "")) == FULL
    assert "not reached" in why(OSError(errno.EIO, ""))
    assert "another folder" in why(PermissionError(errno.EACCES, ""))


def test_a_read_only_file_can_be_copied(edited: Workspace, path: Path, evaluation: Evaluation, tmp_path: Path) -> None:
    stored = edited.read(evaluation.id)
    edited.close()
    with Workspace.open(path, read_only=True) as again:
        for number, make in enumerate(COPIES):
            make(again, tmp_path / f"{number}.apq")
            with Workspace.open(tmp_path / f"{number}.apq") as copy:
                assert copy.read(evaluation.id) == stored


def test_a_newer_file_can_be_copied_whole_but_not_rebuilt(edited: Workspace, path: Path, tmp_path: Path) -> None:
    edited.close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("CREATE TABLE reviews (x)")
    other.execute("PRAGMA user_version = 99")
    other.close()
    with Workspace.open(path) as newer:
        save_copy(newer, tmp_path / "copy.apq", history=True)
        copy_to_stick(newer, tmp_path / "stick.apq")
        with pytest.raises(NotWrittenError, match="newer version"):
            save_copy(newer, tmp_path / "rebuilt.apq", history=False)
    with Workspace.open(tmp_path / "copy.apq") as copy:
        assert "newer version" in copy.read_only_reason
    assert (tmp_path / "stick.apq").exists()


def test_a_new_file_of_many_evaluations_has_them_all(evaluation: Evaluation, tmp_path: Path) -> None:
    second = deepcopy(evaluation)
    second.id = new_id()
    write_new(tmp_path / "new.apq", [evaluation, second])
    with Workspace.open(tmp_path / "new.apq") as made:
        assert [made.read(heading.id) for heading in made.evaluations()] == [evaluation, second]


@pytest.mark.parametrize("what", ["deleted", "overwritten"])
def test_when_the_file_was_changed_both_versions_are_kept_under_clear_names(
    workspace: Workspace, path: Path, evaluation: Evaluation, tmp_path: Path, what: str
) -> None:
    workspace.apply(evaluation.id, [SetField(NOTE, "note", "Saved.", "")], NOW)
    if what == "deleted":
        path.unlink()
    else:
        write_new(tmp_path / "theirs.apq", [deepcopy(evaluation)])
        path.write_bytes((tmp_path / "theirs.apq").read_bytes())
    theirs = path.read_bytes() if path.exists() else None
    mine = deepcopy(evaluation)
    mine.area("workforce").note("1.1").note = "Typed and not saved."
    first, second = (rescue(workspace, [mine], NOW) for _ in range(2))
    assert first.name == "Our evaluation (your version 2026-11-23 09.30).apq"
    assert second.name == "Our evaluation (your version 2026-11-23 09.30, 2).apq"
    assert (path.read_bytes() if path.exists() else None) == theirs
    with Workspace.open(first) as kept:
        assert kept.read(evaluation.id) == mine
        # What was saved before is there as long as the system still gives it.
        assert len(kept.history.earlier_texts(evaluation.id, NOTE, "note")) == (what == "deleted")


def test_your_version_of_a_file_changed_elsewhere_holds_the_other_evaluations_with_their_history(
    edited: Workspace, path: Path, evaluation: Evaluation
) -> None:
    other = deepcopy(evaluation)
    other.id, other.title = new_id(), "The other one"
    with Workspace(open_file(path, read_only=False)) as elsewhere:  # a computer that sees no lock of this one
        elsewhere.add(other)
    mine = deepcopy(evaluation)
    mine.area("workforce").note("1.1").note = "Typed and not saved."
    theirs = path.read_bytes()
    with Workspace.open(rescue(edited, [mine], NOW)) as kept:
        assert kept.read(evaluation.id) == mine
        assert kept.read(other.id) == other
        assert kept.history.earlier_texts(evaluation.id, NOTE, "note")
    assert path.read_bytes() == theirs


@pytest.mark.parametrize("history", [True, False])
def test_what_is_in_memory_is_never_put_in_the_place_of_the_open_file(
    edited: Workspace, path: Path, evaluation: Evaluation, history: bool
) -> None:
    before = path.read_bytes()
    link = path.with_name("link.apq")
    link.symlink_to(path)
    for name in (path, link):
        with pytest.raises(NotWrittenError, match="open file itself"):
            save_mine(edited, [evaluation], name, history=history, replace=True)
    assert path.read_bytes() == before


def test_what_is_in_memory_can_be_kept_in_another_folder(
    workspace: Workspace, evaluation: Evaluation, tmp_path: Path
) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    assert rescue(workspace, [evaluation], NOW, folder).parent == folder
    with pytest.raises(NotWrittenError, match="folder is not there"):
        rescue(workspace, [evaluation], NOW, tmp_path / "gone")
