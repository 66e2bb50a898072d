"""What stood in a field before, and what was taken away, can be found again."""

from __future__ import annotations

import sqlite3
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from apq_desktop.errors import NotSavedError
from apq_desktop.evaluation.edits.changes import AddItem, ListPlace, RemoveItem, SetField, Target
from apq_desktop.evaluation.model import Action
from apq_desktop.storage.database import integrity
from apq_desktop.storage.history.queries import EarlierText, RemovedItem
from apq_desktop.storage.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.evaluation.model import Evaluation

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NOTE = Target("note", "1.1", "workforce")


def _write(workspace: Workspace, evaluation: Evaluation, text: str, seconds: float) -> None:
    change = SetField(NOTE, "note", text, "", typed=True)
    workspace.apply(evaluation.id, [change], NOW + timedelta(seconds=seconds))


def _earlier(workspace: Workspace, evaluation: Evaluation) -> list[tuple[object, str]]:
    return [(text.text, text.at) for text in workspace.history.earlier_texts(evaluation.id, NOTE, "note")]


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


def test_a_short_text_that_is_deleted_pasted_over_or_cut_in_mid_writing_is_kept(
    workspace: Workspace, evaluation: Evaluation
) -> None:
    _write(workspace, evaluation, "First. Second.", 0)
    for n, (text, before) in enumerate((("", "First. Second."), ("Pasted", ""), ("Again", "Pasted"))):
        workspace.apply(evaluation.id, [SetField(NOTE, "note", text, before)], NOW + timedelta(seconds=n + 1))
    assert [text for text, _ in _earlier(workspace, evaluation)] == [
        "Pasted",
        "First. Second.",
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


def test_a_removed_item_comes_back_where_it_was_with_every_word(workspace: Workspace, evaluation: Evaluation) -> None:
    removed = [
        RemoveItem(ListPlace("actions"), deepcopy(evaluation.actions[0]), 0),
        RemoveItem(ListPlace("citations", "workforce"), evaluation.areas[0].evidence[0], 0),
        RemoveItem(ListPlace("strengths", "workforce"), deepcopy(evaluation.areas[0].strengths[1]), 1),
    ]
    for change in removed:
        workspace.apply(evaluation.id, [change], NOW)
    found = workspace.history.removed_items(evaluation.id)
    assert [(item.place, item.item, item.position) for item in reversed(found)] == [
        (change.place, change.item, change.position) for change in removed
    ]
    assert {item.at for item in found} == {"2026-11-23T09:30:00+00:00"}
    for item in found:
        workspace.apply(evaluation.id, [AddItem(item.place, item.item, item.position)], NOW)
    stored = workspace.read(evaluation.id)
    stored.changed = evaluation.changed
    assert stored == evaluation


def test_an_earlier_text_comes_back_by_an_ordinary_change(workspace: Workspace, evaluation: Evaluation) -> None:
    key_stages = SetField(Target("setting"), "key_stages", ("5",), ("3", "4"))
    workspace.apply(evaluation.id, [key_stages], NOW)
    (earlier,) = workspace.history.earlier_texts(evaluation.id, Target("setting"), "key_stages")
    back = SetField(earlier.target, earlier.field, earlier.text, ("5",))
    workspace.apply(evaluation.id, [back], NOW + timedelta(hours=1))
    assert workspace.read(evaluation.id).setting == evaluation.setting


def test_a_removed_evaluation_comes_back_whole(workspace: Workspace, evaluation: Evaluation) -> None:
    workspace.remove(evaluation.id)
    (found,) = workspace.history.removed_evaluations()
    assert found.evaluation == evaluation
    workspace.add(found.evaluation)
    assert workspace.read(evaluation.id) == evaluation


def test_the_last_changes_are_told_newest_first_up_to_a_limit(workspace: Workspace, evaluation: Evaluation) -> None:
    _write(workspace, evaluation, "One", 0)
    workspace.apply(evaluation.id, [RemoveItem(ListPlace("actions"), evaluation.actions[0], 0)], NOW)
    _write(workspace, evaluation, "Two", 60)
    changes = workspace.history.recent_changes(evaluation.id, 10)
    assert [type(change) for change in changes] == [EarlierText, RemovedItem, EarlierText]
    first = changes[0]
    assert isinstance(first, EarlierText)
    assert (first.target, first.field, first.text) == (NOTE, "note", "One")
    assert workspace.history.recent_changes(evaluation.id, 2) == changes[:2]


def test_a_text_of_the_history_that_damage_changed_says_so(
    workspace: Workspace, path: Path, evaluation: Evaluation
) -> None:
    _write(workspace, evaluation, "One", 0)
    workspace.apply(evaluation.id, [RemoveItem(ListPlace("actions"), evaluation.actions[0], 0)], NOW)
    workspace.close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("UPDATE earlier_texts SET value = 'Everyone is drained.'")
    other.execute("UPDATE removed_items SET item = replace(item, 'Plan', 'Flan')")
    other.close()
    with Workspace.open(path) as again:
        (text,) = again.history.earlier_texts(evaluation.id, NOTE, "note")
        (item,) = again.history.removed_items(evaluation.id)
    assert (text.text, text.whole) == ("Everyone is drained.", False)
    assert not item.whole


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("earlier_texts", "target_kind = 'nota'"),
        ("earlier_texts", "area = 'workforge'"),
        ("earlier_texts", "replaced = 'x'"),
        ("removed_items", "list_name = 'ac4ions'"),
        ("removed_items", "item = substr(item, 3)"),
        ("removed_items", "position = 77"),
    ],
)
def test_nothing_of_the_history_is_passed_over_because_damage_changed_it(
    workspace: Workspace, path: Path, evaluation: Evaluation, table: str, change: str
) -> None:
    _write(workspace, evaluation, "One", 0)
    workspace.apply(evaluation.id, [RemoveItem(ListPlace("actions"), evaluation.actions[0], 0)], NOW)
    workspace.close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute(f"UPDATE {table} SET {change}")
    other.close()
    with Workspace.open(path) as again:
        (item, text) = again.history.recent_changes(evaluation.id)
        assert len(again.history.removed_items(evaluation.id)) == 1
        assert again.history.earlier_texts(evaluation.id, NOTE, "note") == [text]
    assert isinstance(text, EarlierText)
    assert isinstance(item, RemovedItem)
    assert isinstance(item.item, Action)
    assert (text.text, text.whole) == ("Everyone is trained.", table != "earlier_texts")
    assert ("Plan supervision" in item.item.what, item.whole) == (True, table != "removed_items")


def test_the_history_has_a_digest_of_its_own(workspace: Workspace, evaluation: Evaluation) -> None:
    _write(workspace, evaluation, "One", 0)
    assert workspace._file_state is not None
    with workspace._database.reading() as connection:
        integrity.check_history(workspace.path, connection, workspace._file_state)
        assert workspace._file_state.history_digest != bytes(16)
