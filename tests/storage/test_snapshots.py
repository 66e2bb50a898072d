"""A snapshot keeps a whole evaluation under a name, in the history: not among what was removed, not in a bare copy."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from apq_desktop.evaluation.edits.bring_back import bring_back
from apq_desktop.evaluation.edits.changes import SetField, Target
from apq_desktop.storage.files import save_copies
from apq_desktop.storage.workspace import Workspace
from tests.storage.history import past_changes

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.evaluation.model import Evaluation

AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
NAME = "before the governors’ meeting"


def test_a_snapshot_is_there_after_opening_again_and_can_be_brought_back(
    tmp_path: Path, evaluation: Evaluation
) -> None:
    with Workspace.create(tmp_path / "oak.apq") as workspace:
        workspace.add(evaluation)
        workspace.snapshots.keep(evaluation.id, NAME, AT)
        then = workspace.read(evaluation.id)
        workspace.apply(evaluation.id, [SetField(Target("evaluation"), "summary", "New", then.summary)], AT)
        workspace.snapshots.keep(evaluation.id, "later", AT)
    with Workspace.open(tmp_path / "oak.apq") as again:
        later, first = again.snapshots.of(evaluation.id)
        assert (first.name, first.at, first.whole) == (NAME, "2026-11-25T09:30:00+00:00", True)
        assert first.evaluation == then
        assert later.evaluation.summary == "New"
        assert again.snapshots.of("another") == []
        now = again.read(evaluation.id)
        change = bring_back(deepcopy(now), first.evaluation)
        assert change is not None
        again.apply(evaluation.id, [change], AT)
        assert again.read(evaluation.id).summary == then.summary


def test_a_snapshot_is_nothing_that_was_removed(tmp_path: Path, evaluation: Evaluation) -> None:
    with Workspace.create(tmp_path / "oak.apq") as workspace:
        workspace.add(evaluation)
        workspace.snapshots.keep(evaluation.id, NAME, AT)
        assert past_changes.removed_items(workspace, evaluation.id) == []
        assert workspace.history.removed_evaluations() == []
        assert workspace.history.recent_changes(evaluation.id) == []
        workspace.history.thin(datetime(2036, 1, 1, tzinfo=UTC))
        assert len(workspace.snapshots.of(evaluation.id)) == 1


def test_a_copy_with_history_has_the_snapshots_and_one_without_does_not(tmp_path: Path, evaluation: Evaluation) -> None:
    whole, bare = tmp_path / "whole.apq", tmp_path / "bare.apq"
    with Workspace.create(tmp_path / "oak.apq") as workspace:
        workspace.add(evaluation)
        workspace.snapshots.keep(evaluation.id, NAME, AT)
        save_copies.save_copy(workspace, whole, history=True)
        save_copies.save_copy(workspace, bare, history=False)
    for path, count in ((whole, 1), (bare, 0)):
        with Workspace.open(path) as copy:
            assert len(copy.snapshots.of(evaluation.id)) == count
    assert NAME.encode() not in bare.read_bytes()
