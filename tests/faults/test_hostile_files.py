"""A file from a stranger does no harm: it is refused in one plain sentence, or what is in it is made harmless."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from apq_desktop import paths, services
from apq_desktop.errors import NotSavedError, WorkspaceRefusedError
from apq_desktop.evaluation.edits.changes import AddItem, ListPlace, MoveItem, SetField, Target
from apq_desktop.evaluation.model import Entry
from apq_desktop.evaluation.unknown_fields import MOST_KEPT
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.storage.database.connection import Database
from apq_desktop.storage.database.migrations import VERSION
from apq_desktop.storage.recovery.salvage import salvage
from apq_desktop.storage.rows import evaluation_reader
from apq_desktop.storage.workspace import Workspace
from apq_desktop.toolkit.loader import load
from tests.faults import forged_files, large_evaluation, stored_workspaces

ID = stored_workspaces.evaluation().id
SCHEMA = [
    "CREATE TRIGGER t AFTER UPDATE ON meta BEGIN DELETE FROM notes; END",
    "CREATE TRIGGER t AFTER UPDATE ON evaluations BEGIN UPDATE evaluations SET title = new.title || 'x'; END",
    "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c",
    "CREATE VIRTUAL TABLE f USING fts5(x)",
    "CREATE VIRTUAL TABLE f USING rtree(id, low, high)",
    "CREATE TABLE extra (x)",
    "CREATE INDEX extra ON notes (length(note))",
    "ALTER TABLE notes ADD COLUMN colour TEXT",
    "ALTER TABLE notes ADD COLUMN doubled TEXT AS (note || note)",
    "ALTER TABLE notes RENAME TO scribbles",
    "ANALYZE",
]


def _refused(path: Path) -> str:
    before, beside = path.read_bytes(), sorted(path.parent.iterdir())
    with pytest.raises(WorkspaceRefusedError):
        Workspace.open(path, read_only=True)
    with pytest.raises(WorkspaceRefusedError) as refused:
        Workspace.open(path)
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == beside
    return refused.value.sentence


@pytest.mark.parametrize("statement", SCHEMA)
def test_a_part_that_is_not_ours_is_refused_even_where_every_checksum_fits(tmp_path: Path, statement: str) -> None:
    path = forged_files.whole(tmp_path / "a.apq")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(statement)
    assert "did not put there" in _refused(path)


def test_thousands_of_tables_are_refused_at_once(tmp_path: Path) -> None:
    path = forged_files.whole(tmp_path / "a.apq")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        for number in range(2_000):
            connection.execute(f"CREATE TABLE t{number} (x)")
        connection.execute("COMMIT")
    assert "did not put there" in _refused(path)


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        ("notes", "UPDATE notes SET note = x'00ff00ff'"),
        ("notes", "UPDATE notes SET note = NULL"),
        ("notes", "UPDATE notes SET note = 3.5"),
        ("areas", "UPDATE areas SET number = 'seven'"),
        ("areas", "UPDATE areas SET ready = x'01'"),
        ("evaluations", "UPDATE evaluations SET revision = 1e300"),
        ("settings", "UPDATE settings SET key_stages = 4"),
        ("entries", "UPDATE entries SET position = 'first'"),
        ("meta", "UPDATE meta SET generation = 'many'"),
        ("meta", "UPDATE meta SET workspace_id = 7"),
        ("removed_items", "UPDATE removed_items SET item = x'ff'"),
    ],
)
def test_a_value_of_another_type_is_refused(tmp_path: Path, table: str, statement: str) -> None:
    path = forged_files.forge(tmp_path / "a.apq", statement, untyped=table)
    assert "damaged" in _refused(path)
    salvage(path, large_evaluation.catalogue())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE settings SET key_stages = 'not a list'",
        "UPDATE settings SET key_stages = '{\"3\": 4}'",
        "UPDATE settings SET key_stages = ''",
        "UPDATE evaluations SET purposes = '[1, 2]'",
        "UPDATE evaluations SET purposes = '[\"' || printf('%.9000c', '9') || '\", NaN]'",
        "UPDATE evaluations SET purposes = replace(printf('%.100000c', 'x'), 'x', '[')",
        "DELETE FROM settings",
    ],
)
def test_what_cannot_be_an_evaluation_is_said_to_be_damaged(tmp_path: Path, statement: str) -> None:
    path = forged_files.forge(tmp_path / "a.apq", statement, "UPDATE meta SET next_row = 1000000")
    assert "damaged" in _refused(path)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE meta SET next_row = 9223372036854775807",
        "UPDATE meta SET next_row = 3",
        "UPDATE meta SET next_row = -1",
        "UPDATE meta SET generation = 9223372036854775807",
        "UPDATE meta SET generation = -9",
        "UPDATE notes SET row_id = 9223372036854775807 WHERE row_id = (SELECT max(row_id) FROM notes)",
        "UPDATE notes SET area_row = 999",
        "UPDATE areas SET evaluation_row = 999",
    ],
)
def test_books_that_leave_no_room_and_rows_that_belong_nowhere_are_refused(tmp_path: Path, statement: str) -> None:
    assert "damaged" in _refused(forged_files.forge(tmp_path / "a.apq", statement))


def test_texts_and_numbers_of_strangers_are_made_fit(tmp_path: Path) -> None:
    path = forged_files.forge(
        tmp_path / "a.apq",
        "UPDATE notes SET note = 'a' || char(0) || 'b' || char(8238) || 'c' || char(27) || '[2J'",
        "UPDATE evaluations SET title = 'a' || char(8238, 0, 13, 10) || 'b', revision = -5",
        "UPDATE areas SET number = 99, applies = 7, ready = -1",
        "UPDATE settings SET full_or_part_time = 'sideways', key_stages = '[\"3\", \"99\"]'",
        "UPDATE actions SET progress = '<b>done</b>'",
        "UPDATE entries SET list_name = '../../etc'",
    )
    with Workspace.open(path) as workspace:
        (heading,) = workspace.evaluations()
        read = workspace.read(heading.id)
    assert {note.note for note in read.areas[0].questions} == {"abc[2J"}
    assert (read.title, heading.title, read.revision) == ("a\nb", "a\nb", 0)
    assert {(area.number, area.applies, area.ready) for area in read.areas} == {(13, True, True)}
    assert (read.setting.full_or_part_time, read.setting.key_stages) == ("", ["3"])
    assert {action.progress for action in read.actions} == {"not-started"}


def test_lists_with_extreme_positions_and_equal_ids_can_be_edited(tmp_path: Path) -> None:
    path = forged_files.forge(
        tmp_path / "a.apq",
        "UPDATE entries SET id = 'same', position = 9223372036854775807 WHERE row_id % 2",
        "UPDATE entries SET id = 'same', position = -9223372036854775808 WHERE NOT row_id % 2",
    )
    place = ListPlace("strengths", "workforce")
    with Workspace.open(path) as workspace:
        for position in (0, 1, 2):
            workspace.apply(ID, [AddItem(place, Entry(f"new {position}"), position)], stored_workspaces.AT)
        workspace.apply(ID, [MoveItem(place, "same", 0, 1)], stored_workspaces.AT)
        strengths = workspace.read(ID).area("workforce").strengths
        assert len(strengths) == 5
    Workspace.open(path).close()


def test_a_text_of_more_than_64_megabytes_is_not_loaded(tmp_path: Path) -> None:
    path = forged_files.whole(tmp_path / "a.apq")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE evaluations SET summary = printf('%.70000000c', 'x')")
    assert "damaged" in _refused(path)


def _verdicts(path: Path) -> list[str]:
    """What checking, looking at and working on one file say of it: nothing where it is whole."""
    catalogue, said = load(paths.forms()), []
    for open_it in (
        partial(services.open_workspace, read_only=True),
        services.open_workspace,
        partial(services.open_workspace, evaluation_id=ID),
        services.check,
    ):
        try:
            opened = open_it(path, catalogue)
        except WorkspaceRefusedError as error:
            said.append(error.sentence)
        else:
            said.append("")
            if isinstance(opened, services.Opened):
                opened.workspace.close()
    return said


MANY = """
    INSERT INTO citations
    WITH RECURSIVE c(n) AS (SELECT 1000 UNION ALL SELECT n + 1 FROM c WHERE n < 12000)
    SELECT n, (SELECT min(row_id) FROM areas), n, 'x', x'' FROM c
"""


@pytest.mark.parametrize(
    ("statements", "is_whole"),
    [
        ((), True),
        (("UPDATE settings SET key_stages = 'not a list'",), False),
        (("DELETE FROM settings",), False),
        (("UPDATE evaluations SET purposes = '7'",), False),
        (("UPDATE actions SET progress = 'nonsense'",), True),
        (("UPDATE removed_items SET item = 'null'",), True),
        ((MANY, "UPDATE meta SET next_row = 200000"), False),
    ],
)
def test_checking_looking_and_working_give_the_same_verdict_on_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, statements: tuple[str, ...], is_whole: bool
) -> None:
    monkeypatch.setattr(evaluation_reader, "MOST_ROWS", 10_000)
    verdicts = _verdicts(forged_files.forge(tmp_path / "a.apq", *statements))
    assert len(set(verdicts)) == 1
    assert (verdicts[0] == "") == is_whole
    assert is_whole or "damaged" in verdicts[0]


@pytest.mark.parametrize("bound", ["MOST_CHARACTERS", "MOST_ROWS"])
def test_more_than_anybody_writes_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str) -> None:
    path = forged_files.forge(
        tmp_path / "a.apq",
        "INSERT INTO citations WITH RECURSIVE c(n) AS (SELECT 1000 UNION ALL SELECT n + 1 FROM c WHERE n < 1999)"
        " SELECT n, 3, n, 'x', x'' FROM c",
        "UPDATE meta SET next_row = 2000",
    )
    monkeypatch.setattr(evaluation_reader, bound, 1_000)  # the real bounds would take a file of 100 MB
    assert "damaged" in _refused(path)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE removed_items SET item = replace(printf('%.100000c', 'x'), 'x', '[')",
        'UPDATE removed_items SET item = \'{"id": 7, "what": []}\'',
        "UPDATE removed_items SET item = 'null', list_name = 'evaluations', evaluation_id = ''",
        "UPDATE removed_items SET item = '{\"areas\": [{}]}', list_name = 'evaluations', evaluation_id = ''",
        "UPDATE removed_items SET list_name = 'nowhere'",
        "UPDATE earlier_texts SET target_kind = 'nowhere'",
        "UPDATE earlier_texts SET field = 'purposes'",
        "UPDATE earlier_texts SET replaced = 'never'",
    ],
)
def test_a_history_that_makes_no_sense_is_passed_over(tmp_path: Path, statement: str) -> None:
    path = forged_files.forge(tmp_path / "a.apq", statement)
    with Workspace.open(path) as workspace:
        workspace.history.recent_changes(ID)
        workspace.history.removed_evaluations()
        workspace.history.thin(stored_workspaces.AT)
        assert workspace.read(ID) == stored_workspaces.evaluation()


def test_a_loop_among_pages_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.apq"
    large_evaluation.write(path)
    data = path.read_bytes()
    pages = range(len(data) // 4096)
    inner = [page for page in pages if data[page * 4096 + (100 if page == 0 else 0)] in (2, 5)]
    assert len(inner) > 2
    for page in inner:
        looped = bytearray(data)
        at = page * 4096 + (100 if page == 0 else 0) + 8
        looped[at : at + 4] = (page + 1).to_bytes(4, "big")  # its last branch is itself
        path.write_bytes(looped)
        assert "damaged" in _refused(path)
        salvage(path, large_evaluation.catalogue())


@pytest.mark.parametrize(
    "statement",
    [
        "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
        "ATTACH 'other.apq' AS other",
        "PRAGMA writable_schema = ON",
        "PRAGMA journal_mode = WAL; ",
        "SELECT load_extension('x')",
        "SELECT * FROM pragma_database_list",
        "CREATE TABLE t (x)",
        "VACUUM INTO 'elsewhere.apq'",
    ],
)
def test_the_connection_carries_out_nothing_that_this_program_never_asks(tmp_path: Path, statement: str) -> None:
    database = Database(forged_files.whole(tmp_path / "a.apq"), "ro")
    with closing(database), pytest.raises(sqlite3.Error):
        database.driver.execute(statement).fetchall()
    assert [file.name for file in tmp_path.iterdir()] == ["a.apq"]


def test_a_statement_that_runs_away_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apq_desktop.storage.database.connection.LONGEST_SECONDS", 0.2)
    database = Database(forged_files.whole(tmp_path / "a.apq"), "ro")
    many = ", ".join(f"entries AS e{n}" for n in range(30))
    with closing(database), pytest.raises(Exception, match="interrupted"), database.reading() as connection:
        connection.exec_driver_sql(f"SELECT count(*) FROM {many}").fetchall()


def test_a_journal_that_asks_for_another_file_to_be_deleted_is_not_played_back(tmp_path: Path) -> None:
    victim = tmp_path / "Accounts.xlsx"
    victim.write_bytes(b"somebody's work " * 10)
    path = forged_files.half_done(forged_files.whole(tmp_path / "a.apq"), tmp_path)
    forged_files.name_a_victim(path.with_name(f"{path.name}-journal"), victim)
    assert "did not put there" in _refused(path)
    salvage(path, large_evaluation.catalogue())
    assert victim.exists()
    # SQLite itself would do it:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("SELECT count(*) FROM notes").fetchone()
    assert not victim.exists()


def test_a_link_to_a_file_with_such_a_journal_does_no_harm_either(tmp_path: Path) -> None:
    victim, elsewhere = tmp_path / "Accounts.xlsx", tmp_path / "elsewhere"
    victim.write_bytes(b"somebody's work " * 10)
    elsewhere.mkdir()
    path = forged_files.half_done(forged_files.whole(tmp_path / "a.apq"), elsewhere)
    forged_files.name_a_victim(path.with_name(f"{path.name}-journal"), victim)
    link = tmp_path / "report.apq"
    link.symlink_to(path)
    before = path.read_bytes()
    assert "did not put there" in _refused(link)
    salvage(link, large_evaluation.catalogue())
    assert victim.exists()
    assert path.read_bytes() == before


def test_a_link_to_a_file_with_a_save_half_done_opens_it_as_by_its_own_name(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    path = forged_files.half_done(forged_files.whole(tmp_path / "a.apq"), elsewhere)
    link = tmp_path / "report.apq"
    link.symlink_to(path)
    for read_only in (True, False):
        with Workspace.open(link, read_only=read_only) as workspace:
            assert workspace.read(ID) == stored_workspaces.evaluation()
            assert workspace.path == path
    # What lies beside the link is of no file:
    link.with_name("report.apq-journal").write_bytes(path.read_bytes())
    Workspace.open(link).close()
    assert [file.name for file in elsewhere.iterdir()] == [path.name]


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
@pytest.mark.parametrize("kind", ["pipe", "folder", "link", "dangling link"])
def test_what_is_no_file_beside_a_file_is_neither_waited_for_nor_followed(
    tmp_path: Path, ending: str, kind: str
) -> None:
    path, victim = forged_files.whole(tmp_path / "a.apq"), tmp_path / "Accounts.xlsx"
    beside = Path(f"{path}{ending}")
    if kind == "pipe":
        os.mkfifo(beside)
    elif kind == "folder":
        beside.mkdir()
    else:
        beside.symlink_to(victim)
        if kind == "link":
            victim.write_bytes(b"somebody's work")
    assert "lies beside the file" in _refused(path)
    salvage(path, large_evaluation.catalogue())
    assert victim.exists() == (kind == "link")
    if kind == "link":
        assert victim.read_bytes() == b"somebody's work"


def test_a_log_that_somebody_put_beside_a_file_is_not_written_into_it(tmp_path: Path) -> None:
    path, other = forged_files.whole(tmp_path / "a.apq"), tmp_path / "other.apq"
    other.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("UPDATE notes SET note = 'a stranger''s words'")
        Path(f"{path}-wal").write_bytes(Path(f"{other}-wal").read_bytes())
    log = Path(f"{path}-wal").read_bytes()
    assert "lies beside the file" in _refused(path)
    assert Path(f"{path}-wal").read_bytes() == log


def test_a_file_in_another_encoding_or_page_size_is_either_read_right_or_refused(tmp_path: Path) -> None:
    for pragma in ("encoding = 'UTF-16'", "page_size = 512", "page_size = 65536", "auto_vacuum = 1"):
        path = tmp_path / "a.apq"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA {pragma}")
            connection.executescript((stored_workspaces.FOLDER / f"version-{VERSION}.sql").read_text("utf-8"))
        with Workspace.open(path) as workspace:
            assert workspace.read(ID) == stored_workspaces.evaluation()
            workspace.apply(ID, [SetField(Target("evaluation"), "title", "T", "")], stored_workspaces.AT)
        assert salvage(path, large_evaluation.catalogue()).evaluations
        path.unlink()


def test_an_edit_that_cannot_be_carried_out_is_told_and_the_file_stays_whole(tmp_path: Path) -> None:
    path = forged_files.forge(tmp_path / "a.apq", "DELETE FROM notes")
    with Workspace.open(path) as workspace:
        with pytest.raises(NotSavedError, match="does not fit"):
            workspace.apply(ID, [SetField(stored_workspaces.NOTE, "note", "x", "")], stored_workspaces.AT)
        workspace.add_missing(stored_workspaces.evaluation())
        workspace.apply(ID, [SetField(stored_workspaces.NOTE, "note", "x", "")], stored_workspaces.AT)


@pytest.mark.parametrize(
    "text",
    [
        "not an object",
        "[1]",
        "7",
        '{"a": 1}',
        '{"b":1,"a":2}',
        '{"a":1,"a":1}',
        '{"a":1.5}',
        '{"a":NaN}',
        '{"a":9007199254740992}',
        '{"a":' + "9" * 5_000 + "}",
        '{"a":"\\u0000"}',
        '{"a":"\\ud800"}',
        '{"a":' * 50_000,
        '{"a":"' + "x" * MOST_KEPT + '"}',
        '{"\\u001b[2J":0}',
    ],
)
def test_what_no_pack_can_have_brought_is_not_kept_beside_what_is_known(tmp_path: Path, text: str) -> None:
    """A workspace can be forged so that what it keeps of a newer version could never be sent."""
    quoted = text.replace("'", "''")
    path = forged_files.forge(tmp_path / "a.apq", f"UPDATE notes SET unknown_fields = '{quoted}'")
    with Workspace.open(path) as workspace:
        found = workspace.read(ID)
    assert [note.unknown_fields for area in found.areas for note in area.questions] == ["", ""]
    assert found.area("workforce").unknown_fields
    evaluation_json.write(found, large_evaluation.catalogue())
    (salvaged,) = salvage(path, large_evaluation.catalogue()).evaluations
    assert not any(note.unknown_fields for area in salvaged.areas for note in area.questions)


def test_a_name_that_this_version_knows_is_not_written_twice(tmp_path: Path) -> None:
    statement = 'UPDATE notes SET unknown_fields = \'{"note":"Forged"}\''
    path = forged_files.forge(tmp_path / "a.apq", statement)
    with Workspace.open(path) as workspace:
        data = evaluation_json.write(workspace.read(ID), large_evaluation.catalogue())
    assert b"Forged" not in data
    assert stored_workspaces.LAST_WORDS.encode() in data
