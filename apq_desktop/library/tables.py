"""The tables of a library's index. They are derived, so they are never backed up, and rebuilt on any doubt."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text

VERSION = 1
metadata = MetaData()

REVISIONS = Table(
    "revision",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("digest", Text, nullable=False, unique=True),
    Column("suffix", Text, nullable=False),
    Column("evaluation", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("current", Integer, nullable=False),
    Column("provider", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("sort_key", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("stages", Integer, nullable=False),
    Column("authority", Text, nullable=False),
    Column("changed", Text, nullable=False),
    Column("received", Text, nullable=False),
    Index("revision_by_evaluation", "evaluation", "number"),
    Index("revision_by_name", "current", "sort_key", "pk"),
)
"""One row for each received revision of an evaluation. ``sort_key`` is made by us, never by a database's collation."""

PASSAGES = Table(
    "passage",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("area", Text, nullable=False),
    Column("part", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("sub_area", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Index("passage_by_place", "area", "part", "revision", "position", "pk"),
    Index("passage_by_revision", "revision", "pk"),
)
"""One row for each text of a revision: ``part``, ``item`` and ``field`` are its place, as anchors name it."""

LINES = Table(
    "line",
    metadata,
    Column("id", Text, primary_key=True),
    Column("evaluation", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("line_by_evaluation", "evaluation"),
)
"""Every line of every journal, once; ``evaluation`` is empty for lines about the library itself."""

JOURNALS = Table(
    "journal",
    metadata,
    Column("name", Text, primary_key=True),
    Column("offset", Integer, nullable=False),
)
"""How far each journal has been read."""
