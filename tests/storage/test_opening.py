"""A file that cannot be used gets one plain sentence, and not a byte of it is changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from apq_desktop.errors import DamagedFileError, NewerFileError, NotSavedError, WorkspaceRefusedError
from apq_desktop.storage.database.migrations import VERSION
from apq_desktop.storage.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from apq_desktop.evaluation.model import Evaluation

JARGON = ("sqlite", "database", "schema", "table", "trigger", "digest", "checksum", "errno", "lock", "byte")


@pytest.fixture
def whole(path: Path, evaluation: Evaluation) -> Path:
    with Workspace.create(path) as made:
        made.add(evaluation)
    return path


def _sentence(path: Path, kind: type[WorkspaceRefusedError] = WorkspaceRefusedError) -> str:
    """The sentence that opening gives; the file and its folder are as before."""
    before = path.read_bytes() if path.is_file() else None
    beside = sorted(path.parent.iterdir())
    with pytest.raises(kind) as refused:
        Workspace.open(path)
    assert refused.type is kind
    assert (path.read_bytes() if path.is_file() else None) == before
    assert sorted(path.parent.iterdir()) == beside
    sentence = refused.value.sentence
    assert not any(word in sentence.lower() for word in JARGON), sentence
    assert sentence.endswith(".")
    return sentence


def _sql(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_missing_file_is_said_to_be_missing_and_never_made(path: Path) -> None:
    assert "not there" in _sentence(path)
    assert not path.exists()


def test_a_folder_is_said_to_be_a_folder(path: Path) -> None:
    path.mkdir()
    assert "folder" in _sentence(path)


def test_a_pipe_is_not_waited_for(path: Path) -> None:
    os.mkfifo(path)
    assert "not an ordinary file" in _sentence(path)


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x" * 2000)


@pytest.mark.parametrize(
    ("write", "word"),
    [
        (lambda path: path.write_bytes(b""), "empty"),
        (lambda path: path.write_bytes(b"SQLite format 3\0"), "not made by"),
        (lambda path: path.write_text("Dear colleague, " * 200), "not made by"),
        (_zip, "not made by"),
        (lambda path: _sql(path, "CREATE TABLE t (x)"), "not made by"),
        (lambda path: _sql(path, "PRAGMA journal_mode = WAL", "CREATE TABLE t (x)"), "not made by"),
        (lambda path: _sql(path, "CREATE TABLE t (x)", "PRAGMA user_version = 9"), "not made by"),
    ],
    ids=[
        "empty",
        "16 bytes",
        "text",
        "zip",
        "other program's",
        "other program's with a log",
        "other version",
    ],
)
def test_a_file_that_is_not_ours_is_refused(path: Path, write: Callable[[Path], object], word: str) -> None:
    write(path)
    assert word in _sentence(path)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER UPDATE ON meta BEGIN DELETE FROM notes; END",
        "CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x FROM c) SELECT x FROM c",
        "CREATE TABLE extra (x)",
        "CREATE INDEX extra ON notes (note)",
        "CREATE VIRTUAL TABLE f USING fts5(x)",
    ],
    ids=["trigger", "view", "table", "index", "virtual table"],
)
def test_a_file_with_parts_that_are_not_ours_is_refused(whole: Path, statement: str) -> None:
    _sql(whole, statement)
    assert "did not put there" in _sentence(whole)


def test_a_view_in_the_place_of_a_table_is_refused(whole: Path) -> None:
    _sql(whole, "DROP TABLE citations", "CREATE VIEW citations AS SELECT * FROM notes")
    assert "did not put there" in _sentence(whole)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE notes SET note = 'other words' WHERE \"key\" = '1.1'",
        "DELETE FROM entries WHERE text = 'Supervision'",
        "UPDATE actions SET position = position + 1",
        "UPDATE areas SET ready = 1",
        "UPDATE citations SET area_row = (SELECT max(row_id) FROM areas)",
        "UPDATE meta SET generation = generation + 1",
        "UPDATE meta SET digest = zeroblob(16)",
        "DELETE FROM meta",
        "DELETE FROM evaluations",
        "INSERT INTO citations SELECT row_id + 99, area_row, position, evidence_id, checksum FROM citations",
        "DROP TABLE actions",
        "DROP INDEX areas_by_key",
    ],
)
def test_a_change_made_past_the_program_is_noticed(whole: Path, statement: str) -> None:
    _sql(whole, statement)
    assert "damaged" in _sentence(whole, DamagedFileError)


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_said_to_be_damaged(whole: Path, part: float) -> None:
    data = whole.read_bytes()
    whole.write_bytes(data[: int(len(data) * part)])
    assert "damaged" in _sentence(whole, DamagedFileError)


def test_a_file_with_a_page_of_noise_is_said_to_be_damaged(whole: Path) -> None:
    data = bytearray(whole.read_bytes())
    data[8192:12288] = bytes(range(256)) * 16
    whole.write_bytes(data)
    assert "damaged" in _sentence(whole, DamagedFileError)


def test_a_file_kept_with_a_log_by_another_program_is_not_opened(whole: Path) -> None:
    data = bytearray(whole.read_bytes())
    data[18:20] = b"\x02\x02"
    whole.write_bytes(data)
    assert "did not put there" in _sentence(whole)


def test_a_newer_file_is_read_but_not_a_byte_is_changed(whole: Path, evaluation: Evaluation) -> None:
    _sql(
        whole,
        "CREATE TABLE reviews (x)",
        "ALTER TABLE notes ADD COLUMN colour TEXT",
        "PRAGMA user_version = 99",
    )
    before = whole.read_bytes()
    with Workspace.open(whole) as workspace:
        assert workspace.read_only
        assert "newer version of APQ Desktop (0.1.0)" in workspace.read_only_reason
        assert workspace.read(evaluation.id) == evaluation
        with pytest.raises(NotSavedError, match="newer version"):
            workspace.apply(evaluation.id, [], at=None)  # type: ignore[arg-type]
    assert whole.read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE notes",
        "ALTER TABLE notes RENAME COLUMN note TO words",
        "CREATE TRIGGER t AFTER UPDATE ON meta BEGIN DELETE FROM notes; END",
    ],
)
def test_a_newer_file_that_cannot_be_read_says_which_version_is_needed(whole: Path, statement: str) -> None:
    _sql(whole, statement, f"PRAGMA user_version = {VERSION + 1}")
    assert "newer version" in _sentence(whole, NewerFileError)


def test_a_file_opened_for_reading_only_is_not_written(whole: Path, evaluation: Evaluation) -> None:
    before = whole.read_bytes()
    with Workspace.open(whole, read_only=True) as workspace:
        assert workspace.read_only
        assert workspace.read(evaluation.id) == evaluation
        with pytest.raises(NotSavedError, match="reading only"):
            workspace.add(evaluation)
    assert whole.read_bytes() == before


READ_ONLY_PROGRAM = """
import os, sys
from pathlib import Path
from apq_desktop.storage.workspace import Workspace
Workspace.create(Path(sys.argv[2])).close()  # so that all that is needed is imported while it can be
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
with Workspace.open(Path(sys.argv[1])) as workspace:
    (heading,) = workspace.evaluations()
    assert workspace.read(heading.id).title == "Self-evaluation"
    print(workspace.read_only, workspace.read_only_reason)
"""


@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "reason"),
    [
        (0o777, 0o444, "True This file can be read but not changed; save a copy"),
        (
            0o555,
            0o666,
            "True This file can be read but not changed, because nothing can be written in its folder",
        ),
        (0o777, 0o666, "False "),
    ],
    ids=["read-only file", "read-only folder", "neither"],
)
def test_what_cannot_be_written_is_opened_for_reading_with_a_reason(
    whole: Path, for_others: Path, folder_mode: int, file_mode: int, reason: str
) -> None:
    folder = for_others / "shared"
    folder.mkdir()
    file = folder / "a.apq"
    shutil.copy(whole, file)
    file.chmod(file_mode)
    folder.chmod(folder_mode)
    before = file.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", READ_ONLY_PROGRAM, file, folder.parent / f"{folder.name}.apq"],
        capture_output=True,
        text=True,
        check=False,
    )
    folder.chmod(0o777)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(reason)
    assert file.read_bytes() == before
    assert list(folder.iterdir()) == [file]


def test_a_file_that_another_program_is_writing_is_said_to_be_in_use(whole: Path, soon_busy: None) -> None:
    other = sqlite3.connect(whole, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(WorkspaceRefusedError, match="Another program is using the file"):
        Workspace.open(whole)
    other.rollback()
    other.close()
    Workspace.open(whole).close()
