"""A change is saved whole and durably, or the person is told that it is not; nothing else is overwritten."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from apq_desktop.errors import FileChangedError, NotSavedError
from apq_desktop.evaluation.changes import SetField, Target
from apq_desktop.store.workspace import Workspace

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
