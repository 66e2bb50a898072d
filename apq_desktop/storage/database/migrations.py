"""How the tables came to be as they are: ordered steps, counted in the file's ``user_version``.

A step is never changed once a release has written files with it; a new version of the tables is a new step.
All steps that a file needs run in one transaction, so that a crash leaves the old tables. A table whose columns
change is made again under another name, filled, and given the old name: its last column stays the checksum.
For each version, tests/faults/workspaces keeps a file as that version wrote it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection

from apq_desktop.evaluation.unknown_fields import NAME as UNKNOWN
from apq_desktop.evaluation.unknown_fields import as_text, as_values, harmless
from apq_desktop.storage.rows.row_mapping import checksum, kept_value


@dataclass(frozen=True, slots=True)
class Step:
    """What leads from one version of the tables to the next.

    ``rewritten`` names the tables (by their new names) whose rows get new checksums, because a statement gave
    them other columns or other values. ``gained`` names tables with their new columns for fields that the portable
    format gained: what an earlier version kept of them in ``unknown_fields`` moves into its column.
    """

    statements: tuple[str, ...]
    rewritten: tuple[str, ...] = ()
    gained: tuple[tuple[str, tuple[str, ...]], ...] = ()


_ROW = "row_id INTEGER PRIMARY KEY"
_SUM = "checksum BLOB NOT NULL"


def _columns(kind: str, names: str) -> str:
    return ", ".join(f'"{name}" {kind} NOT NULL' for name in names.split())


def _parent(table: str) -> str:
    return f"{table}_row INTEGER NOT NULL REFERENCES {table}s (row_id), position INTEGER NOT NULL"


def _create(table: str, *columns: str) -> str:
    return f"CREATE TABLE {table} ({', '.join((_ROW, *columns, _SUM))}) STRICT"


class _Table:
    """A table that later versions make again with more texts. ``first`` is what stands before the texts: the names of
    the columns, and their SQL.
    """

    def __init__(self, name: str, first: tuple[str, str], texts: str, *indexes: str) -> None:
        self._name, self._first, self._texts, self._indexes = name, first, texts, indexes

    def made(self) -> tuple[str, ...]:
        """The statements that make it with its indexes."""
        return (_create(self._name, self._first[1], _columns("TEXT", self._texts)), *self._indexes)

    def with_more(self, more: str) -> tuple[str, ...]:
        """The statements that make it again with ``more`` texts, which are empty in the rows that are there.

        A text that begins ``=`` in ``more`` is a list, which is empty as ``[]``.
        """
        name, kept = self._name, ", ".join(f'"{column}"' for column in f"row_id {self._first[0]} {self._texts}".split())
        empty = "".join("'[]', " if column.startswith("=") else "'', " for column in more.split())
        self._texts += f" {more.replace('=', '')}"
        return (
            _create(f"{name}_new", self._first[1], _columns("TEXT", self._texts)),
            f"INSERT INTO {name}_new SELECT {kept}, {empty}checksum FROM {name}",  # noqa: S608 - our own names
            f"DROP TABLE {name}",
            f"ALTER TABLE {name}_new RENAME TO {name}",
            *self._indexes,
        )


_OF_AREA = ("area_row position", _parent("area"))
_OF_EVALUATION = ("evaluation_row position", _parent("evaluation"))
_EVALUATIONS = _Table(
    "evaluations",
    ("revision", _columns("INTEGER", "revision")),
    "id supersedes created changed title period purposes commissioner completed_by took_part summary completed_on",
    "CREATE UNIQUE INDEX evaluations_by_id ON evaluations (id)",
)
_SETTINGS = _Table(
    "settings",
    ("evaluation_row", "evaluation_row INTEGER NOT NULL UNIQUE REFERENCES evaluations (row_id)"),
    "id name kind site local_authority contact key_stages places full_or_part_time placement_length",
)
_AREAS = _Table(
    "areas",
    (
        f"{_OF_EVALUATION[0]} number applies ready",
        f"{_OF_EVALUATION[1]}, {_columns('INTEGER', 'number applies ready')}",
    ),
    "key title reason support",
    'CREATE UNIQUE INDEX areas_by_key ON areas (evaluation_row, "key")',
)
_NOTES = _Table("notes", _OF_AREA, "key note", 'CREATE UNIQUE INDEX notes_by_key ON notes (area_row, "key")')
_ENTRIES = _Table(
    "entries",
    _OF_AREA,
    "list_name id text sub_area",
    "CREATE INDEX entries_by_position ON entries (area_row, list_name, position)",
)
_EVIDENCE = _Table(
    "evidence",
    _OF_EVALUATION,
    "id title kind date location review_date",
    "CREATE INDEX evidence_by_position ON evidence (evaluation_row, position)",
    "CREATE INDEX evidence_by_id ON evidence (id)",
)
_ACTIONS = _Table(
    "actions",
    _OF_EVALUATION,
    "id area what who by_when progress sub_area measure starting_point current_point development_area",
    "CREATE INDEX actions_by_position ON actions (evaluation_row, position)",
    "CREATE INDEX actions_by_id ON actions (id)",
)

VERSION_1 = (
    _create(
        "meta",
        _columns("INTEGER", "generation next_row"),
        _columns("TEXT", "workspace_id program"),
        _columns("BLOB", "digest history_digest"),
    ),
    *(made for table in (_EVALUATIONS, _SETTINGS, _AREAS, _NOTES, _ENTRIES) for made in table.made()),
    _create("citations", _parent("area"), _columns("TEXT", "evidence_id")),
    "CREATE INDEX citations_by_position ON citations (area_row, position)",
    *_EVIDENCE.made(),
    *_ACTIONS.made(),
    _create("earlier_texts", _columns("TEXT", "evaluation_id target_kind target_key area field value replaced")),
    "CREATE INDEX earlier_texts_by_field ON earlier_texts (evaluation_id, target_key, field)",
    _create(
        "removed_items",
        _columns("INTEGER", "position"),
        _columns("TEXT", "evaluation_id list_name area item removed"),
    ),
    "CREATE INDEX removed_items_by_evaluation ON removed_items (evaluation_id)",
)
VERSION_2 = tuple(made for table in (_ENTRIES, _EVIDENCE, _ACTIONS) for made in table.with_more("carried_from"))
"""Which evaluation an item was carried forward from."""
VERSION_3 = (
    *_EVALUATIONS.with_more("=other_commissioners reviewed_by"),
    *_SETTINGS.with_more("opens_on host_school"),
    _create(
        "sendings",
        _columns("INTEGER", "revision"),
        _columns("TEXT", "id evaluation_id recipient sent code files proof"),
    ),
    "CREATE INDEX sendings_by_evaluation ON sendings (evaluation_id)",
    "CREATE TABLE sent_packs (row_id INTEGER PRIMARY KEY REFERENCES sendings (row_id), pack BLOB NOT NULL) STRICT",
    _create("archived", _columns("TEXT", "evaluation_id since")),
)
"""What was sent, to whom and when; evaluations put away; what is asked for other purposes."""
VERSION_4 = tuple(
    made
    for table in (_EVALUATIONS, _SETTINGS, _AREAS, _NOTES, _ENTRIES, _EVIDENCE, _ACTIONS)
    for made in table.with_more(UNKNOWN)
)
"""What a newer version of the portable format says and this one only keeps."""
VERSION_5 = (_create("received", _columns("TEXT", "evaluation_id received code")),)
"""Which evaluations came in as packs from somebody else."""
VERSION_6 = (
    _create("review_lines", _columns("TEXT", "id evaluation_id line")),
    "CREATE UNIQUE INDEX review_lines_by_id ON review_lines (evaluation_id, id)",
    _create("replies", _columns("TEXT", "evaluation_id received name sender proof")),
    "CREATE TABLE reply_files (row_id INTEGER PRIMARY KEY REFERENCES replies (row_id), file BLOB NOT NULL) STRICT",
)
"""What reviewers and the setting wrote to each other, and the files in which it came."""

STEPS: tuple[Step, ...] = (
    Step(VERSION_1),
    Step(VERSION_2, ("entries", "evidence", "actions")),
    Step(VERSION_3, ("evaluations", "settings")),
    Step(VERSION_4, ("evaluations", "settings", "areas", "notes", "entries", "evidence", "actions")),
    Step(VERSION_5),
    Step(VERSION_6),
)
"""What leads from version n to n + 1, at index n."""

VERSION = len(STEPS)
"""The version of the tables that this program writes."""

Schema = frozenset[tuple[str, str, str, str | None]]
"""Type, name, table and SQL of everything in a file's schema."""

READ_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_schema"


def migrate(connection: Connection, version: int, steps: tuple[Step, ...] = STEPS) -> None:
    """Bring the tables from ``version`` to the newest, within the caller's transaction."""
    for step in steps[version:]:
        for statement in step.statements:
            connection.exec_driver_sql(statement)
        for table, names in step.gained:
            _move_known(connection, table, names)
        for table in step.rewritten:
            _renew_checksums(connection, table)
    connection.exec_driver_sql(f"PRAGMA user_version = {len(steps)}")


def _move_known(connection: Connection, table: str, names: tuple[str, ...]) -> None:
    """Move what was kept of fields that are columns now; what does not fit them stays where it is."""
    wanted = f"SELECT row_id, {UNKNOWN} FROM \"{table}\" WHERE {UNKNOWN} <> ''"  # noqa: S608 - our own tables' names
    for row_id, text in connection.exec_driver_sql(wanted).fetchall():
        kept = as_values(harmless(text))
        moved: dict[str, Any] = {}
        for name in names:
            with suppress(KeyError, TypeError):
                moved[name] = kept_value(name, kept[name])
                del kept[name]
        moved[UNKNOWN] = as_text(kept)
        columns = ", ".join(f'"{name}" = ?' for name in moved)
        update = f'UPDATE "{table}" SET {columns} WHERE row_id = ?'  # noqa: S608 - our own tables' names
        connection.exec_driver_sql(update, (*moved.values(), row_id))


def _renew_checksums(connection: Connection, table: str) -> None:
    rows = connection.exec_driver_sql(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 - our own tables' names
    renewed = [(checksum(table, row[:-1]), row[0]) for row in rows]
    if renewed:
        connection.exec_driver_sql(f'UPDATE "{table}" SET checksum = ? WHERE row_id = ?', renewed)  # noqa: S608


@cache
def schema(version: int, steps: tuple[Step, ...] = STEPS) -> Schema:
    """What a whole file of ``version`` has in its schema, learnt by making an empty one in memory."""
    with closing(empty_in_memory(version, steps)) as memory:
        return frozenset(memory.execute(READ_SCHEMA).fetchall())


def empty_in_memory(version: int, steps: tuple[Step, ...] = STEPS) -> sqlite3.Connection:
    """A file of ``version`` with nothing in it, that is nowhere but in memory."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    for statement in chain.from_iterable(step.statements for step in steps[:version]):
        memory.execute(statement)
    return memory


def tables_of(version: int, steps: tuple[Step, ...] = STEPS) -> frozenset[str]:
    """The names of the tables that a file of ``version`` has."""
    return frozenset(name for kind, name, _, _ in schema(version, steps) if kind == "table")
