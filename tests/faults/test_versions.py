"""Files of every earlier version are opened with every word; a failure on the way leaves them as they were."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from apq_desktop import paths
from apq_desktop.__main__ import main
from apq_desktop.errors import DamagedFileError, NotSavedError, WorkspaceRefusedError
from apq_desktop.evaluation.edits.changes import ListPlace, SetField, Target
from apq_desktop.evaluation.model import Action
from apq_desktop.evaluation.unknown_fields import as_text
from apq_desktop.storage.database import integrity
from apq_desktop.storage.database.migrations import STEPS, VERSION, Step, schema
from apq_desktop.storage.files.backups import Backups, before_update
from apq_desktop.storage.files.opening import open_file
from apq_desktop.storage.files.save_copies import save_copy
from apq_desktop.storage.files.verified_copy import CopySource
from apq_desktop.storage.rows import coercion
from apq_desktop.storage.workspace import Workspace
from tests.faults import stored_workspaces

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

INDEX = Step(
    (
        "DROP INDEX evidence_by_id",
        "CREATE INDEX evidence_by_title ON evidence (title)",
        "UPDATE notes SET note = note || ' (brought up to date)' WHERE note <> ''",
    ),
    rewritten=("notes",),
)
"""A later version whose tables have the columns that this program knows."""
COLUMN = Step(
    (
        (
            "CREATE TABLE areas_new (row_id INTEGER PRIMARY KEY,"
            " evaluation_row INTEGER NOT NULL REFERENCES evaluations (row_id), position INTEGER NOT NULL,"
            ' number INTEGER NOT NULL, applies INTEGER NOT NULL, ready INTEGER NOT NULL, "key" TEXT NOT NULL,'
            " title TEXT NOT NULL, reason TEXT NOT NULL, support TEXT NOT NULL, unknown_fields TEXT NOT NULL,"
            " colour TEXT NOT NULL, checksum BLOB NOT NULL) STRICT"
        ),
        (
            'INSERT INTO areas_new SELECT row_id, evaluation_row, position, number, applies, ready, "key", title,'
            " reason, support, unknown_fields, 'green', checksum FROM areas"
        ),
        "DROP TABLE areas",
        "ALTER TABLE areas_new RENAME TO areas",
        'CREATE UNIQUE INDEX areas_by_key ON areas (evaluation_row, "key")',
        "CREATE TABLE reviews (row_id INTEGER PRIMARY KEY, words TEXT NOT NULL, checksum BLOB NOT NULL) STRICT",
    ),
    rewritten=("areas",),
)
"""A later version that gives a table a column, which other tables refer to, and has one more."""

COST = Step(
    (
        "CREATE TABLE actions_new (row_id INTEGER PRIMARY KEY, unknown_fields, cost, paid_by, checksum)",
        "INSERT INTO actions_new SELECT row_id, unknown_fields, '', '', checksum FROM actions",
        "DROP TABLE actions",
        "ALTER TABLE actions_new RENAME TO actions",
    ),
    rewritten=("actions",),
    gained=(("actions", ("cost", "paid_by")),),
)
"""A later version that knows two fields of an action which this one only keeps."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "From last year.apq"
    stored_workspaces.build(1, path)
    return path


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_a_stored_workspace_of_every_version_opens_with_every_word(version: int, tmp_path: Path) -> None:
    path = tmp_path / "old.apq"
    stored_workspaces.build(version, path)
    with Workspace.open(path, backups=Backups(tmp_path / "backups")) as workspace:
        assert not workspace.read_only
        expected = stored_workspaces.evaluation(version)
        assert workspace.read(expected.id) == expected
        (earlier,) = workspace.history.earlier_texts(expected.id, stored_workspaces.NOTE, "note")
        assert (earlier.text, earlier.whole) == (stored_workspaces.FIRST_WORDS, True)
        (removed,) = workspace.history.removed_items(expected.id)
        assert (removed.place, removed.position, removed.whole) == (ListPlace("actions"), 2, True)
        assert isinstance(removed.item, Action)
        assert removed.item.unknown_fields == (
            stored_workspaces.REMOVED_UNKNOWN if version >= stored_workspaces.KEEPS_UNKNOWN_FIELDS else ""
        )
        has_review = version >= stored_workspaces.KEEPS_REVIEWS
        assert workspace.reviews.lines(expected.id) == (stored_workspaces.review_lines() if has_review else ())
        replies = workspace.reviews.replies(expected.id)
        assert [workspace.reviews.original(one.proof) for one in replies] == [stored_workspaces.REPLY] * has_review
        workspace.apply(expected.id, [SetField(Target("evaluation"), "title", "Goes on", "")], NOW)
    Workspace.open(path).close()


def _workspace(path: Path, steps: tuple[Step, ...], backups: Backups | None, *, read_only: bool = False) -> Workspace:
    return Workspace(open_file(path, read_only=read_only, back_up=before_update(backups), steps=steps))


def test_an_older_file_is_brought_up_to_date_after_a_backup_that_is_kept(old: Path, tmp_path: Path) -> None:
    backups = Backups(tmp_path / "backups")
    with _workspace(old, (*STEPS, INDEX), backups) as workspace:
        assert not workspace.read_only
        evaluation = workspace.read(stored_workspaces.evaluation().id)
        assert evaluation.area("workforce").note("1.1").note == f"{stored_workspaces.LAST_WORDS} (brought up to date)"
        workspace.apply(evaluation.id, [SetField(stored_workspaces.NOTE, "note", "Edited.", "")], NOW)
    with _workspace(old, (*STEPS, INDEX), None, read_only=True) as again:
        assert again.read(evaluation.id).area("workforce").note("1.1").note == "Edited."
    (backup,) = backups.of(old)
    assert backup.before_update
    with Workspace.open(backup.path) as before:
        assert before.read(evaluation.id) == stored_workspaces.evaluation(1)


def test_a_step_may_give_a_table_another_column(old: Path) -> None:
    steps = (*STEPS, INDEX, COLUMN)
    open_file(old, read_only=False, back_up=before_update(None), steps=steps).close()
    opened = open_file(old, read_only=True, steps=steps)
    assert (opened.version, opened.reason) == (VERSION + 2, "This file was opened for reading only.")
    with opened.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT DISTINCT colour FROM areas").fetchall() == [("green",)]
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    opened.close()
    assert (old.parent / "From last year (before update).apq").exists()


def test_what_a_step_leaves_in_the_file_is_what_a_new_file_has(old: Path) -> None:
    steps = (*STEPS, INDEX, COLUMN)
    open_file(old, read_only=False, back_up=before_update(None), steps=steps).close()
    connection = sqlite3.connect(old)
    assert frozenset(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema")) == schema(
        VERSION + 2, steps
    )
    connection.close()


BROKEN = Step(("DELETE FROM actions", "DROP TABLE actions", "INSERT INTO nowhere VALUES (1)"))


def test_an_error_on_the_way_leaves_the_old_file_and_it_can_be_read(old: Path, tmp_path: Path) -> None:
    before = old.read_bytes()
    with _workspace(old, (*STEPS, INDEX), Backups(tmp_path / "backups"), read_only=True) as workspace:
        assert workspace.read_only
    assert old.read_bytes() == before
    with pytest.raises(WorkspaceRefusedError):
        _workspace(old, (*STEPS, INDEX, BROKEN), Backups(tmp_path / "backups"))
    _is_as_before(old, before)


def _is_as_before(old: Path, before: bytes) -> None:
    # A transaction that was begun and taken back may count itself in the header; the pages are the same.
    with Workspace.open(old, read_only=True) as workspace:
        assert workspace.read(stored_workspaces.evaluation().id) == stored_workspaces.evaluation(1)
    assert old.read_bytes()[100:] == before[100:]


def test_a_file_that_cannot_be_backed_up_is_only_read_and_stays_as_it_is(old: Path) -> None:
    before = old.read_bytes()
    opened = open_file(old, read_only=False, back_up=None, steps=(*STEPS, INDEX))
    with Workspace(opened) as workspace:
        assert "made by an earlier version. It could not be backed up" in workspace.read_only_reason
        evaluation = workspace.read(stored_workspaces.evaluation().id)
        assert evaluation.area("workforce").note("1.1").note.endswith("(brought up to date)")
        with pytest.raises(NotSavedError, match="could not be backed up"):
            workspace.remove(evaluation.id)
        assert opened.folder is not None
        there = Path(opened.folder.name)
        assert there.exists()
    assert old.read_bytes() == before
    assert not there.exists()


def test_an_older_file_with_damage_in_its_history_is_not_given_new_checksums(old: Path) -> None:
    connection = sqlite3.connect(old)
    connection.execute("UPDATE earlier_texts SET value = 'Something else'")
    connection.commit()
    connection.close()
    before = old.read_bytes()
    with pytest.raises(DamagedFileError):
        _workspace(old, (*STEPS, INDEX), None)
    assert old.read_bytes()[100:] == before[100:]


def test_two_windows_that_bring_the_same_file_up_to_date_do_not_meet(old: Path) -> None:
    steps = (*STEPS, INDEX)

    def another_window_is_quicker(_source: CopySource) -> None:
        open_file(old, read_only=False, back_up=before_update(None), steps=steps).close()

    with pytest.raises(WorkspaceRefusedError, match="Another program is using the file"):
        open_file(old, read_only=False, back_up=another_window_is_quicker, steps=steps)
    open_file(old, read_only=True, steps=steps).close()


def test_an_interrupted_update_finds_its_backup_beside_the_file_again(old: Path) -> None:
    for _ in range(2):
        with closing(open_file(old, read_only=True, steps=STEPS[:1])) as opened:
            before_update(None)(opened.source())
    first, second = (old.with_name(f"From last year (before update{n}).apq") for n in ("", " 2"))
    assert set(old.parent.iterdir()) == {first, old}
    first.write_bytes(b"another one of this name")
    with closing(open_file(old, read_only=True, steps=STEPS[:1])) as opened:
        before_update(None)(opened.source())
    assert second.exists()


def test_the_document_of_every_version_has_its_digest_over_all_tables_but_the_books_and_the_history() -> None:
    steps = (*STEPS, INDEX, COLUMN)
    assert integrity.content_tables(VERSION + 2, steps) - integrity.content_tables(VERSION + 1, steps) == {"reviews"}


def test_a_newer_file_is_read_with_its_reason_and_not_a_byte_of_it_is_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a later version wrote, in columns and tables that this one does not know, stays in the file."""
    path = tmp_path / "From a newer version.apq"
    stored_workspaces.build(VERSION, path)
    open_file(path, read_only=False, back_up=before_update(None), steps=(*STEPS, COLUMN)).close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION + 1,)
    before, newer = path.read_bytes(), "made by a newer version of APQ Desktop"

    with Workspace.open(path) as workspace:
        assert newer in workspace.read_only_reason
        evaluation = workspace.read(stored_workspaces.evaluation().id)
        assert evaluation == stored_workspaces.evaluation()
        with pytest.raises(NotSavedError, match=newer):
            workspace.apply(evaluation.id, [SetField(stored_workspaces.NOTE, "note", "Edited.", "")], NOW)
        with pytest.raises(NotSavedError, match=newer):
            workspace.remove(evaluation.id)
        copy = tmp_path / "copy.apq"
        save_copy(workspace, copy, history=True)
    pack = tmp_path / "pack.json"
    pack.write_bytes((paths.resources() / "example" / "example.json").read_bytes())
    assert main(["import", str(pack), "--into", str(path)]) == 1
    assert newer in capsys.readouterr().err
    assert main(["check", str(path)]) == 0
    assert newer in capsys.readouterr().out
    assert path.read_bytes() == before
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT DISTINCT colour FROM areas").fetchall() == [("green",)]
        assert connection.execute("SELECT count(*) FROM reviews").fetchone() == (0,)


def test_a_version_that_knows_a_field_finds_what_an_earlier_one_kept_of_it(tmp_path: Path) -> None:
    path = tmp_path / "kept.apq"
    with Workspace.create(path) as workspace:
        made = stored_workspaces.evaluation()
        made.actions[0].unknown_fields = as_text({"cost": "£ 300 – or less", "paid_by": 7, "seen": True})
        made.actions[1].unknown_fields = as_text({"cost": "Nothing"})
        workspace.add(made)
    steps = (*STEPS, COST)
    opened = open_file(path, read_only=False, back_up=before_update(None), steps=steps)
    with closing(opened), opened.database.reading() as connection:
        found = connection.exec_driver_sql("SELECT cost, paid_by, unknown_fields FROM actions").fetchall()
    assert [tuple(row) for row in found] == [
        ("£ 300 – or less", "", as_text({"paid_by": 7, "seen": True})),
        ("Nothing", "", ""),
    ]


@dataclass(slots=True)
class LaterAction(Action):
    """An action as a later version knows it."""

    cost: str = ""
    paid_by: str = ""


def test_a_removed_item_comes_back_with_what_is_known_by_now(tmp_path: Path) -> None:
    kept = as_text({"cost": "£ 300", "paid_by": 7})
    found = coercion.coerce(LaterAction, asdict(Action("a", "needs", unknown_fields=kept)))
    assert (found.cost, found.paid_by, found.unknown_fields) == ("£ 300", "", as_text({"paid_by": 7}))
    later = asdict(LaterAction("a", "needs", unknown_fields=kept))
    assert coercion.coerce(LaterAction, later) == LaterAction("a", "needs", unknown_fields=kept)
