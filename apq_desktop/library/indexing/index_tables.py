"""The tables of a library's index. They are derived, so they are never backed up, and rebuilt on any doubt."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Dialect,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    Table,
    Text,
    insert,
)

VERSION = 3
MOST_PASSAGES = 1_000_000
"""More texts than any evaluation holds: a passage's key is its revision's key times this, plus its place in it."""
ELSEWHERE = MOST_PASSAGES // 2
"""From this place on in a revision stands again what belongs to several areas, under each but the first of them."""
metadata = MetaData()


def _columns(kind: type[Text | Integer], names: str) -> list[Column[Any]]:
    return [Column(name, kind, nullable=False) for name in names.split()]


PACKS = Table(
    "pack",
    metadata,
    Column("digest", Text, primary_key=True),
    *_columns(Text, "suffix"),
    *_columns(Integer, "revision"),
    Index("pack_by_revision", "revision"),
)
"""Every file that is kept, with the revision that it holds: a JSON and the PDF that carries it hold the same."""
REVISIONS = Table(
    "revision",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("content", Text, nullable=False, unique=True),
    *_columns(Text, "digest suffix evaluation"),
    *_columns(Integer, "number"),
    *_columns(Text, "provider name sort_key title period kind"),
    *_columns(Integer, "stages"),
    *_columns(Text, "authority changed file received"),
    *_columns(Integer, "current seen"),
    Index("revision_by_evaluation", "evaluation", "number"),
    Index("revision_by_name", "current", "sort_key", "evaluation", "number", "pk"),
    Index("revision_by_provider", "provider"),
)
"""One row for each received revision of an evaluation. ``content`` is the digest of its data however they are written,
``digest`` that of the file that was received first. ``sort_key`` is made by us, never by a database's collation."""
PASSAGES = Table(
    "passage",
    metadata,
    Column("pk", Integer, primary_key=True),
    *_columns(Text, "area part item field sub_area text"),
    Index("passage_by_place", "area", "part", "field", "pk"),
)
"""One row for each text of a revision, in the order of reading: ``part``, ``item`` and ``field`` are its place, as
anchors name it."""
LINES = Table(
    "line",
    metadata,
    Column("seal", Text, primary_key=True),
    *_columns(Text, "evaluation pack what"),
    *_columns(Integer, "seq"),
    *_columns(Text, "body"),
    Index("line_by_evaluation", "evaluation"),
    Index("line_by_pack", "pack"),
    Index("line_by_what", "what"),
    Index("line_by_sequence", "seq"),
)
"""Every line of every journal and of every received file, once. ``evaluation`` and ``what`` are empty and that of
the line where it is about the library itself; lines of an exchange have an empty ``what``."""
STANDINGS = Table(
    "standing", metadata, Column("evaluation", Text, primary_key=True), *_columns(Text, "word waits_for since")
)
"""How each evaluation stands (``review.standing``), so that a list need not fold every exchange."""
JOURNALS = Table(
    "journal",
    metadata,
    Column("name", Text, primary_key=True),
    *_columns(Integer, "offset"),
    *_columns(Text, "tail"),
)
"""How far each journal was read, and the seal of what stood there: a file that was replaced is read from its start."""
SETTLED = Table("settled", metadata, Column("seal", Text, primary_key=True))
"""The lines that take something out and were followed to the end."""
server_metadata = MetaData()
SERVER_LIBRARY = Table(
    "apq_library", server_metadata, Column("id", Text, primary_key=True), *_columns(Integer, "version")
)
"""The one library of a database on a server."""
SERVER_PACKS = Table(
    "apq_pack",
    server_metadata,
    Column("digest", Text, primary_key=True),
    *_columns(Text, "suffix"),
    Column("data", LargeBinary, nullable=False),
)
"""Every received file on a server, byte for byte."""
SERVER_LINES = Table(
    "apq_line",
    server_metadata,
    Column("number", BigInteger, Identity(always=True), primary_key=True),
    Column("seal", Text, nullable=False, unique=True),
    *_columns(Text, "journal body"),
)
"""Every line of every officer on a server, with the name of the journal that it would stand in in a folder."""


def fetch_keys(connection: Connection, query: Select[Any] | str, given: Sequence[Any] = ()) -> list[int]:
    """The first column of all rows, from the driver itself: as rows of SQLAlchemy they take three times as long.

    ``given`` are the parameters of a query that is text.
    """
    if not isinstance(query, str):
        compiled = query.compile(dialect=connection.dialect, compile_kwargs={"render_postcompile": True})
        query, given = str(compiled), [compiled.params[name] for name in compiled.positiontup or ()]
    cursor = connection.connection.cursor()
    cursor.execute(query, given)
    keys = [row[0] for row in cursor.fetchall()]
    cursor.close()
    return keys


def insert_rows(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows with a value for each column in its order: half the time of rows as mappings."""
    if rows:
        connection.exec_driver_sql(_insert_sql(table, connection.dialect), list(rows))


@cache
def _insert_sql(table: Table, dialect: Dialect) -> str:
    return str(insert(table).compile(dialect=dialect))
