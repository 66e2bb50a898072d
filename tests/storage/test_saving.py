"""A change is saved whole and durably, or the person is told that it is not; nothing else is overwritten."""

from __future__ import annotations

import os
import shutil
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from apq_desktop.errors import FileChangedError, FileInUseError, NotSavedError
from apq_desktop.evaluation.edits.changes import SetField, Target
from apq_desktop.evaluation.model import AreaRecord, QuestionNote
from apq_desktop.storage.files.opening import open_file
from apq_desktop.storage.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.evaluation.model import Evaluation

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def _title(text: str) -> SetField:
    return SetField(Target("evaluation"), "title", text, "")


def test_an_acknowledged_change_is_on_the_disk_at_once(
    workspace: Workspace, path: Path, evaluation: Evaluation, tmp_path: Path
) -> None:
    workspace.apply(evaluation.id, [_title("Acknowledged")], NOW)
    shutil.copy(path, tmp_path / "copy.apq")  # the main file alone, as a sync folder would take it
    with Workspace.open(tmp_path / "copy.apq") as copy:
        assert copy.read(evaluation.id).title == "Acknowledged"


def test_a_full_disk_leaves_the_old_state_and_saving_can_go_on(workspace: Workspace, evaluation: Evaluation) -> None:
    driver = workspace._database.driver
    pages = driver.execute("PRAGMA page_count").fetchone()[0]
    driver.execute(f"PRAGMA max_page_count = {pages}")
    large = SetField(Target("evaluation"), "summary", "x" * 100_000, "")
    for _ in range(3):
        with pytest.raises(NotSavedError, match="full"):
            workspace.apply(evaluation.id, [large], NOW)
        assert workspace.read(evaluation.id) == evaluation
    driver.execute("PRAGMA max_page_count = 100000")
    workspace.apply(evaluation.id, [large], NOW)
    assert workspace.read(evaluation.id).summary == "x" * 100_000


def test_a_file_in_use_is_not_saved_to_until_it_is_free(
    soon_busy: None, workspace: Workspace, path: Path, evaluation: Evaluation
) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(NotSavedError, match="another program"):
        workspace.apply(evaluation.id, [_title("Waiting")], NOW)
    other.rollback()
    other.close()
    workspace.apply(evaluation.id, [_title("Waiting")], NOW)
    assert workspace.read(evaluation.id).title == "Waiting"


def _open_on_another_computer(path: Path) -> Workspace:
    """Open a file as a computer does that sees no lock of this one."""
    return Workspace(open_file(path, read_only=False))


def _stopped(workspace: Workspace, evaluation: Evaluation) -> None:
    for _ in range(2):
        with pytest.raises(FileChangedError, match="Saving has stopped"):
            workspace.apply(evaluation.id, [_title("Mine")], NOW)
    workspace.close()


def test_a_second_writer_is_noticed_before_anything_is_overwritten(
    workspace: Workspace, path: Path, evaluation: Evaluation
) -> None:
    with _open_on_another_computer(path) as second:
        second.apply(evaluation.id, [_title("Theirs")], NOW)
    _stopped(workspace, evaluation)
    with Workspace.open(path) as again:
        assert again.read(evaluation.id).title == "Theirs"


def test_a_file_overwritten_in_place_is_noticed(
    workspace: Workspace, path: Path, evaluation: Evaluation, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.apq"
    shutil.copy(path, copy)
    with Workspace.open(copy) as other:
        other.apply(evaluation.id, [_title("Theirs"), _title("Theirs again")], NOW)
        other.apply(evaluation.id, [_title("Theirs at last")], NOW)
    path.write_bytes(copy.read_bytes())
    before = path.read_bytes()
    _stopped(workspace, evaluation)
    assert path.read_bytes() == before


@pytest.mark.parametrize("what", ["deleted", "moved", "replaced"])
def test_a_file_that_is_not_there_any_more_is_noticed(
    workspace: Workspace, path: Path, evaluation: Evaluation, what: str
) -> None:
    elsewhere = path.with_name("elsewhere.apq")
    if what == "replaced":
        shutil.copy(path, elsewhere)
        with Workspace.open(elsewhere) as other:
            other.apply(evaluation.id, [_title("Theirs")], NOW)
        elsewhere.replace(path)
    elif what == "moved":
        path.rename(elsewhere)
    else:
        path.unlink()
    found = {file: file.read_bytes() for file in (path, elsewhere) if file.exists()}
    _stopped(workspace, evaluation)
    assert {file: file.read_bytes() for file in (path, elsewhere) if file.exists()} == found


def test_a_file_that_was_only_touched_goes_on_being_saved(
    workspace: Workspace, path: Path, evaluation: Evaluation
) -> None:
    for n in range(2):
        os.utime(path, ns=(0, n * 10**9))
        workspace.apply(evaluation.id, [_title(f"Number {n}")], NOW)
        assert workspace.read(evaluation.id).title == f"Number {n}"


def test_saving_goes_on_where_the_same_bytes_lie_in_another_file(
    workspace: Workspace, path: Path, evaluation: Evaluation
) -> None:
    again = path.with_name("again.apq")
    shutil.copy(path, again)
    again.replace(path)  # as a sync folder does
    workspace.apply(evaluation.id, [_title("Typed after")], NOW)
    with pytest.raises(FileInUseError):  # what lies there now is locked like what lay there before
        Workspace.open(path)
    other_name = path.with_name("linked.apq")
    other_name.hardlink_to(path)
    with pytest.raises(FileInUseError):
        Workspace.open(other_name)
    workspace.close()
    with Workspace.open(path) as opened:
        assert opened.read(evaluation.id).title == "Typed after"


@pytest.mark.parametrize("meanwhile", ["nothing", "typed", "edited"])
def test_saving_goes_on_when_a_file_is_renamed_away_and_back(
    workspace: Workspace, path: Path, evaluation: Evaluation, meanwhile: str
) -> None:
    away = path.with_name("away.apq")
    path.rename(away)
    if meanwhile != "nothing":
        with pytest.raises(FileChangedError):
            workspace.apply(evaluation.id, [_title("Typed meanwhile")], NOW)
    if meanwhile == "edited":
        with _open_on_another_computer(away) as other:
            other.apply(evaluation.id, [_title("Theirs")], NOW)
    away.rename(path)
    if meanwhile == "edited":
        _stopped(workspace, evaluation)
    else:
        workspace.apply(evaluation.id, [_title("Typed after")], NOW)
        workspace.close()
    with Workspace.open(path) as opened:
        assert opened.read(evaluation.id).title == ("Theirs" if meanwhile == "edited" else "Typed after")


def test_each_save_makes_the_generation_one_higher_so_that_no_two_states_are_taken_for_one(
    workspace: Workspace, path: Path, evaluation: Evaluation
) -> None:
    state = workspace.source().file_state
    assert state is not None
    with _open_on_another_computer(path) as other:
        other.archive(evaluation.id, NOW)
        other.archive(evaluation.id, None)
        after = other.source().file_state
    assert after is not None
    # The words and the history are the same again; only the count tells that somebody else wrote to the file.
    assert (after.digest, after.history_digest) == (state.digest, state.history_digest)
    assert after.generation == state.generation + 2
    _stopped(workspace, evaluation)


def test_a_file_overwritten_in_place_by_an_older_state_is_noticed(
    workspace: Workspace, path: Path, evaluation: Evaluation
) -> None:
    before = path.read_bytes()
    workspace.apply(evaluation.id, [_title("Mine")], NOW)
    path.write_bytes(before)  # as a sync folder does that brings back an earlier version
    _stopped(workspace, evaluation)
    assert path.read_bytes() == before


@pytest.mark.parametrize("change", ["none", "edited"])
def test_after_a_stick_was_pulled_out_and_put_back_saving_goes_on_if_nobody_changed_the_file(
    path: Path, evaluation: Evaluation, tmp_path: Path, change: str
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    file = stick / "a.apq"
    with Workspace.create(file) as made:
        made.add(evaluation)
        stick.rename(tmp_path / "pulled out")
        for _ in range(2):
            with pytest.raises(NotSavedError, match="not reached") as refused:
                made.apply(evaluation.id, [_title("Typed meanwhile")], NOW)
            assert refused.type is NotSavedError
        shutil.copytree(tmp_path / "pulled out", stick)  # other files for the system, as after a new mount
        if change == "edited":
            with Workspace.open(file) as other:
                other.apply(evaluation.id, [_title("Theirs")], NOW)
            with pytest.raises(FileChangedError):
                made.apply(evaluation.id, [_title("Mine")], NOW)
        else:
            made.apply(evaluation.id, [_title("Typed meanwhile")], NOW)
            made.apply(evaluation.id, [_title("And after")], NOW)
    with Workspace.open(file) as again:
        assert again.read(evaluation.id).title == {"none": "And after", "edited": "Theirs"}[change]


def test_room_is_made_for_a_question_and_an_area_that_the_instrument_has_gained(
    workspace: Workspace, path: Path, evaluation: Evaluation
) -> None:
    before = path.read_bytes()
    workspace.add_missing(evaluation)
    assert path.read_bytes() == before
    evaluation.areas[0].questions.append(QuestionNote("1.9"))
    evaluation.areas.append(AreaRecord(9, "new", "New", questions=[QuestionNote("9.1")]))
    workspace.add_missing(evaluation)
    assert workspace.read(evaluation.id) == evaluation
    for target in (Target("note", "1.9", "workforce"), Target("note", "9.1", "new")):
        workspace.apply(evaluation.id, [SetField(target, "note", "Written.", "")], NOW)
    workspace.close()
    with Workspace.open(path) as again:
        assert again.read(evaluation.id).area("new").note("9.1").note == "Written."
