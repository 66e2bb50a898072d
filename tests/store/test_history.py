"""What stood in a field before, and what was taken away, can be found again."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from apq_desktop.errors import NotSavedError
from apq_desktop.evaluation.changes import ListPlace, RemoveItem, SetField, Target
from apq_desktop.store import history, integrity

if TYPE_CHECKING:
    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.store.workspace import Workspace

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NOTE = Target("note", "1.1", "workforce")


def _write(workspace: Workspace, evaluation: Evaluation, text: str, seconds: float) -> None:
    change = SetField(NOTE, "note", text, "")
    workspace.apply(evaluation.id, [change], NOW + timedelta(seconds=seconds))


def _earlier(workspace: Workspace, evaluation: Evaluation) -> list[tuple[object, str]]:
    with workspace._database.reading() as connection:
        found = history.earlier_texts(connection, evaluation.id, NOTE, "note")
    return [(text.value, text.replaced) for text in found]


def test_earlier_texts_are_kept_with_their_time_once_for_each_stretch_of_writing(
    workspace: Workspace, evaluation: Evaluation
) -> None:
    for seconds, text in ((0, "One"), (2, "One t"), (5, "One two"), (90, "Three"), (91, "Three four")):
        _write(workspace, evaluation, text, seconds)
    assert _earlier(workspace, evaluation) == [
        ("One two", "2026-11-23T09:31:30+00:00"),
        ("Everyone is trained.", "2026-11-23T09:30:00+00:00"),
    ]


def test_writing_without_any_pause_is_kept_every_few_minutes(workspace: Workspace, evaluation: Evaluation) -> None:
    for n in range(0, 700, 10):
        _write(workspace, evaluation, f"{n} seconds", n)
    assert [text for text, _ in _earlier(workspace, evaluation)] == [
        "590 seconds",
        "290 seconds",
        "Everyone is trained.",
    ]


def test_a_long_text_deleted_in_mid_writing_is_kept(workspace: Workspace, evaluation: Evaluation) -> None:
    _write(workspace, evaluation, "A whole paragraph. " * 10, 0)
    _write(workspace, evaluation, "", 1)
    assert [text for text, _ in _earlier(workspace, evaluation)] == [
        "A whole paragraph. " * 10,
        "Everyone is trained.",
    ]


def test_a_change_that_was_not_saved_leaves_no_trace_in_the_history(
    workspace: Workspace, evaluation: Evaluation
) -> None:
    with pytest.raises(NotSavedError):
        workspace.apply(
            evaluation.id,
            [SetField(NOTE, "note", "lost", ""), SetField(Target("area", "nowhere"), "support", "", "")],
            NOW,
        )
    assert _earlier(workspace, evaluation) == []
    _write(workspace, evaluation, "kept", 1)
    assert [text for text, _ in _earlier(workspace, evaluation)] == ["Everyone is trained."]


def test_a_removed_item_is_kept_with_every_word(workspace: Workspace, evaluation: Evaluation) -> None:
    action = deepcopy(evaluation.actions[0])
    workspace.apply(evaluation.id, [RemoveItem(ListPlace("actions"), action, 0)], NOW)
    with workspace._database.reading() as connection:
        (found,) = history.removed_items(connection, evaluation.id)
    assert found == history.RemovedItem("actions", "", 0, asdict(action), "2026-11-23T09:30:00+00:00")


def test_a_removed_evaluation_is_kept_whole(workspace: Workspace, evaluation: Evaluation) -> None:
    workspace.remove(evaluation.id)
    with workspace._database.reading() as connection:
        (found,) = history.removed_items(connection, "")
    assert found.item == asdict(evaluation)


def test_the_history_has_a_digest_of_its_own(workspace: Workspace, evaluation: Evaluation) -> None:
    _write(workspace, evaluation, "One", 0)
    assert workspace._books is not None
    with workspace._database.reading() as connection:
        integrity.check_history(workspace.path, connection, workspace._books)
        assert workspace._books.history_digest != bytes(16)
