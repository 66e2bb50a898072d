"""What can still be read of a damaged file, put together again by ids; the file itself is not touched.

Rows are read page by page (``pages``). A row's checksum tells what it is and that it is whole. A row that damage
has changed is kept too, and named, since most of its words will be right.
"""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Container, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from apq_desktop.errors import WorkspaceRefusedError
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.text.cleaning import clean
from apq_desktop.review.lines import ReviewLine
from apq_desktop.storage.database import integrity
from apq_desktop.storage.database.connection import Database, real_path
from apq_desktop.storage.database.migrations import VERSION, empty_in_memory
from apq_desktop.storage.database.sqlite_errors import FAILURES
from apq_desktop.storage.database.tables import CONTENT, META, RECEIVED, REVIEW_LINES
from apq_desktop.storage.received_copies import ReceivedCopy
from apq_desktop.storage.recovery.assembly import FoundRow, Gathering
from apq_desktop.storage.recovery.sqlite_pages import RawRow, SqlitePages
from apq_desktop.storage.rows.coercion import from_json
from apq_desktop.storage.rows.row_mapping import NO_ROWS, added_up, checksum
from apq_desktop.toolkit.catalogue import Catalogue

LARGEST = 300_000_000
"""Bytes. A larger file is none of ours, and would not fit into memory."""
NOTHING = "Nothing that APQ Desktop wrote could be read in this file; it was left as it is."
ALL_FOUND = "Everything that was recorded was found, whole."
NOT_ALL = "Not everything that was recorded was found whole; compare it with a backup or with what was sent."
REPLY_LOST = "Not all notes of the review could be read; open the replies again that you received."
MOST_REMARKS = 200
_LONG_ENOUGH = 25
_MARK = tuple(field.name for field in fields(ReceivedCopy))


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was read: evaluations and notes of reviews for a new file, remarks for the user, and texts whose place is
    not known.
    """

    evaluations: tuple[Evaluation, ...]
    remarks: tuple[str, ...]
    loose_texts: tuple[str, ...]
    review_lines: tuple[ReviewLine, ...] = ()
    received: tuple[ReceivedCopy, ...] = ()


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the rows of a table look like in one version."""

    table: str
    columns: tuple[tuple[str, str], ...]

    def fits(self, values: tuple[Any, ...]) -> bool:
        kinds: dict[str, type] = {"INTEGER": int, "TEXT": str, "BLOB": bytes}
        return all(isinstance(value, kinds[kind]) for value, (_, kind) in zip(values, self.columns, strict=True))


def salvage(path: Path, catalogue: Catalogue) -> Salvaged:
    """Read what can be read of a damaged file, which is not touched. Raises WorkspaceRefusedError."""
    path = real_path(path)
    if integrity.size_of(path) > LARGEST:
        raise WorkspaceRefusedError(path, integrity.TOO_LARGE)
    try:
        salvager = _Salvager(SqlitePages(_settled(path)))
    except OSError as error:
        raise WorkspaceRefusedError(path, integrity.UNREADABLE) from error
    gathering = Gathering(salvager.rows, catalogue)
    if not gathering.evaluations:
        raise WorkspaceRefusedError(path, NOTHING)
    first = ALL_FOUND if salvager.is_complete() else NOT_ALL
    loose = [clean(text) for text in (*gathering.loose_texts, *salvager.loose_texts)]
    lines, lost = _review_lines(salvager.rows[REVIEW_LINES.name])
    remarks = (first, *([REPLY_LOST] if lost else ()), *gathering.remarks[:MOST_REMARKS])
    received = _received(salvager.rows[RECEIVED.name], {one.id for one in gathering.evaluations})
    return Salvaged(tuple(gathering.evaluations), remarks, tuple(loose), lines, received)


def _received(rows: Mapping[int, FoundRow], there: Container[str]) -> tuple[ReceivedCopy, ...]:
    """Which evaluations came from somebody else. A mark that damage changed counts too: nobody may write in theirs."""
    marks = (ReceivedCopy(*(clean(found.row[name]) for name in _MARK)) for found in rows.values())
    return tuple(mark for mark in marks if mark.evaluation_id in there)


def _review_lines(rows: Mapping[int, FoundRow]) -> tuple[tuple[ReviewLine, ...], bool]:
    """The notes of reviews that are whole, and whether others are not: words of somebody else are never guessed."""
    lines = [from_json(ReviewLine, found.row["line"]) for found in rows.values() if found.whole]
    whole = tuple(line for line in lines if line is not None)
    return whole, len(whole) < len(rows)


def _settled(path: Path) -> bytes:
    """A file's bytes, after what was half done in it was taken back in a copy, where that is possible."""
    try:
        integrity.check_beside(path)
    except WorkspaceRefusedError:
        return path.read_bytes()
    if not integrity.has_journal(path):
        return path.read_bytes()
    with TemporaryDirectory(prefix="apq-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "copy.apq"
        shutil.copyfile(path, copy)
        shutil.copyfile(f"{path}-journal", f"{copy}-journal")
        with suppress(*FAILURES), closing(Database(copy, "rw")) as database, database.reading() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema")
        return copy.read_bytes()


class _Salvager:
    """The rows of a file, by table and number, and texts of rows that belong to no table."""

    def __init__(self, pages: SqlitePages) -> None:
        self.rows: dict[str, dict[int, FoundRow]] = defaultdict(dict)
        self.loose_texts: list[str] = []
        for is_leaf, rows in pages.leaves():
            changed = [row for row in rows if not self._take_whole(row)]
            if is_leaf:
                self._take_changed(changed, self._shapes_of(rows))

    def is_complete(self) -> bool:
        """Whether all that the file held was found whole, as its digest tells."""
        file_state = self.rows[META.name].get(1)
        found = [one for table in CONTENT for one in self.rows[table.name].values()]
        sums = [one.row["checksum"] for one in found if one.whole]
        all_whole = file_state is not None and file_state.whole and len(sums) == len(found)
        return all_whole and file_state is not None and added_up(NO_ROWS, sums) == file_state.row["digest"]

    def _take_whole(self, raw: RawRow) -> bool:
        shape = _shape_of(raw)
        if shape is not None:
            self._put(shape, raw, whole=True)
        return shape is not None

    def _shapes_of(self, rows: list[RawRow]) -> Counter[_Shape]:
        """What the whole rows of one page are: all rows of a page are of one table."""
        return Counter(shape for row in rows if (shape := _shape_of(row)) is not None)

    def _take_changed(self, rows: list[RawRow], around: Counter[_Shape]) -> None:
        for raw in rows:
            fitting = [shape for shape in _shapes().get(len(raw.values), ()) if shape.fits(raw.values)]
            likely = [shape for shape, _ in around.most_common() if shape in fitting] or ([] if around else fitting)
            if likely:
                self._put(likely[0], raw, whole=False)
            else:
                texts = (value for value in raw.values if isinstance(value, str) and " " in value)
                self.loose_texts += [
                    text for text in texts if len(text) >= _LONG_ENOUGH and not text.startswith("CREATE ")
                ]

    def _put(self, shape: _Shape, raw: RawRow, *, whole: bool) -> None:
        there = self.rows[shape.table].get(raw.number)
        if there is None or (whole and not there.whole):
            names = (name for name, _ in shape.columns)
            self.rows[shape.table][raw.number] = FoundRow(dict(zip(names, raw.values, strict=True)), whole)


def _shape_of(raw: RawRow) -> _Shape | None:
    """What a whole row is, as its checksum tells."""
    *values, expected = raw.values or (None,)
    if not raw.readable or not isinstance(expected, bytes):
        return None
    shapes = _shapes().get(len(raw.values), ())
    return next((shape for shape in shapes if checksum(shape.table, values) == expected), None)


@cache
def _shapes() -> dict[int, tuple[_Shape, ...]]:
    """What the rows of every table in every version look like, by their number of columns; newest first."""
    found: dict[int, dict[_Shape, None]] = defaultdict(dict)
    for version in range(VERSION, 0, -1):
        with closing(empty_in_memory(version)) as memory:
            for (table,) in memory.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
                columns = tuple((row[1], row[2]) for row in memory.execute(f"PRAGMA table_info({table})"))
                found[len(columns)][_Shape(table, columns)] = None
    return {count: tuple(shapes) for count, shapes in found.items()}
