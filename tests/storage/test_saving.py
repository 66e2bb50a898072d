"""A change is saved whole and durably, or the person is told that it is not; nothing else is overwritten."""

from __future__ import annotations

import os
import shutil
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from apq_desktop.errors import FileChangedError, NotSavedError
from apq_desktop.evaluation.edits.changes import SetField, Target
from apq_desktop.evaluation.model import AreaRecord, QuestionNote
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
    workspace: Workspace, path: Path, evaluation: Evaluation
) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(NotSavedError, match="another program"):
        workspace.apply(evaluation.id, [_title("Waiting")], NOW)
    other.rollback()
    other.close()
    workspace.apply(evaluation.id, [_title("Waiting")], NOW)
    assert workspace.read(evaluation.id).title == "Waiting"


def _stopped(workspace: Workspace, evaluation: Evaluation) -> None:
    for _ in range(2):
        with pytest.raises(FileChangedError, match="Saving has stopped"):
            workspace.apply(evaluation.id, [_title("Mine")], NOW)
    workspace.close()


def test_a_second_writer_is_noticed_before_anything_is_overwritten(
    workspace: Workspace, path: Path, evaluation: Evaluation
) -> None:
    with Workspace.open(path) as second:
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
