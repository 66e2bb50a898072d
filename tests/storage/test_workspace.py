"""What a workspace takes in, it gives back; and it is one file."""

from __future__ import annotations

import sqlite3
from copy import deepcopy
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from apq_desktop.errors import FileRefusedError, NotSavedError, NotWrittenError
from apq_desktop.evaluation.edits.changes import AddItem, ListPlace, RemoveItem, SetField, Target
from apq_desktop.evaluation.model import AreaRecord, Entry, QuestionNote, Setting, new_id
from apq_desktop.storage.database import migrations, tables
from apq_desktop.storage.rows.evaluation_reader import EvaluationHeading
from apq_desktop.storage.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.evaluation.model import Evaluation

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def test_an_evaluation_comes_back_as_it_was_put_in(workspace: Workspace, evaluation: Evaluation) -> None:
    assert workspace.read(evaluation.id) == evaluation


def test_an_evaluation_is_there_after_closing_and_opening(path: Path, evaluation: Evaluation) -> None:
    with Workspace.create(path) as workspace:
        workspace.add(evaluation)
    with Workspace.open(path) as workspace:
        assert workspace.read(evaluation.id) == evaluation
        assert not workspace.read_only
        assert workspace.read_only_reason == ""


def test_two_evaluations_of_the_same_setting_live_in_one_file(workspace: Workspace, evaluation: Evaluation) -> None:
    second = deepcopy(evaluation)
    second.id, second.title, second.revision = new_id(), "Next year", 2
    workspace.add(second)
    workspace.apply(second.id, [SetField(Target("setting"), "name", "The New Lodge", "")], NOW)
    assert workspace.read(evaluation.id) == evaluation
    assert workspace.evaluations() == [
        EvaluationHeading(
            evaluation.id,
            "Self-evaluation",
            "2026/27",
            "The Lodge",
            "Riverside Council",
            evaluation.changed,
            0,
        ),
        EvaluationHeading(
            second.id,
            "Next year",
            "2026/27",
            "The New Lodge",
            "Riverside Council",
            "2026-11-23T09:30:00+00:00",
            2,
        ),
    ]


def test_areas_and_questions_that_no_form_knows_are_kept(workspace: Workspace) -> None:
    from apq_desktop.evaluation.model import Evaluation

    strange = Evaluation(
        setting=Setting(),
        areas=[AreaRecord(3, "from-the-future", "A title", questions=[QuestionNote("99.x", "kept")], support="yes")],
    )
    workspace.add(strange)
    change = SetField(Target("note", "99.x", "from-the-future"), "note", "changed", "kept")
    workspace.apply(strange.id, [change], NOW)
    strange.areas[0].questions[0].note = "changed"
    assert workspace.read(strange.id).areas == strange.areas


def test_adding_an_evaluation_twice_is_refused_and_changes_nothing(
    workspace: Workspace, evaluation: Evaluation
) -> None:
    with pytest.raises(NotSavedError, match="already"):
        workspace.add(deepcopy(evaluation))
    assert workspace.read(evaluation.id) == evaluation


def test_removing_one_evaluation_leaves_the_other_whole(
    workspace: Workspace, path: Path, evaluation: Evaluation
) -> None:
    second = deepcopy(evaluation)
    second.id = new_id()
    workspace.add(second)
    workspace.remove(evaluation.id)
    with pytest.raises(FileRefusedError, match="no such evaluation"):
        workspace.read(evaluation.id)
    workspace.close()
    with Workspace.open(path) as again:
        assert [heading.id for heading in again.evaluations()] == [second.id]
        assert again.read(second.id) == second


def test_a_closed_workspace_is_one_file_with_its_own_mark(path: Path, evaluation: Evaluation) -> None:
    with Workspace.create(path) as workspace:
        workspace.add(evaluation)
        workspace.apply(evaluation.id, [SetField(Target("evaluation"), "title", "T", "")], NOW)
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    assert path.read_bytes()[:16] == b"SQLite format 3\0"
    assert path.read_bytes()[68:72] == b"APQW"


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "truncate"),
        ("synchronous", 3),
        ("locking_mode", "normal"),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
    ],
)
def test_the_file_is_opened_with_the_settings_that_lose_nothing(
    workspace: Workspace, pragma: str, value: object
) -> None:
    assert workspace._database.driver.execute(f"PRAGMA {pragma}").fetchone() == (value,)


def test_making_a_workspace_never_replaces_a_file(path: Path) -> None:
    path.write_bytes(b"somebody's own")
    with pytest.raises(NotWrittenError, match="already"):
        Workspace.create(path)
    assert path.read_bytes() == b"somebody's own"
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_a_journal_left_by_another_file_is_not_taken_for_the_new_ones(path: Path) -> None:
    left = path.with_name(path.name + "-journal")
    left.write_bytes(b"pages of another file")
    with pytest.raises(NotWrittenError, match="left over"):
        Workspace.create(path)
    assert not path.exists()
    assert left.read_bytes() == b"pages of another file"


def test_a_workspace_in_a_missing_folder_is_refused_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(NotWrittenError, match="folder is not there"):
        Workspace.create(tmp_path / "gone" / "a.apq")


@pytest.mark.parametrize("name", ["50% of it #1?.apq", "Żółć Ψ 🙂.apq", "a b&mode=ro;'\".apq"])
def test_a_file_may_have_any_name(tmp_path: Path, evaluation: Evaluation, name: str) -> None:
    with Workspace.create(tmp_path / name) as workspace:
        workspace.add(evaluation)
    assert [found.name for found in tmp_path.iterdir()] == [name]
    with Workspace.open(tmp_path / name) as workspace:
        assert workspace.read(evaluation.id) == evaluation


def test_queries_see_the_tables_that_the_steps_make() -> None:
    memory = sqlite3.connect(":memory:")
    for step in migrations.STEPS:
        for statement in step.statements:
            memory.execute(statement)
    made = {name for (name,) in memory.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    known = (tables.META, *tables.CONTENT, *tables.KEPT_FILES.values(), *tables.HISTORY)
    assert made == {table.name for table in known}
    for table in known:
        columns = [row[1] for row in memory.execute(f"PRAGMA table_info({table.name})")]
        assert columns == table.c.keys()
    memory.close()


def test_a_change_touches_a_few_rows_however_long_the_lists_are(workspace: Workspace, evaluation: Evaluation) -> None:
    area = evaluation.areas[0]
    area.strengths.extend(Entry(text=f"Number {n}") for n in range(300))
    evaluation.id = new_id()
    workspace.add(evaluation)
    workspace.read(evaluation.id, to_edit=True)
    middle = area.strengths[150]
    place = ListPlace("strengths", "workforce")
    changes = (
        SetField(Target("strengths", middle.id, "workforce"), "text", "New words", middle.text),
        AddItem(place, Entry(text="Between"), 100),
        RemoveItem(place, middle, 151),
    )
    for change in changes:
        statements: list[str] = []
        workspace._database.driver.set_trace_callback(statements.append)
        workspace.apply(evaluation.id, [change], NOW)
        workspace._database.driver.set_trace_callback(None)
        assert len(statements) <= 9, statements
