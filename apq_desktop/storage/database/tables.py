"""The tables of the .apq file, as queries see them. ``migrations`` holds the steps that make them.

Columns that carry what a user wrote have the names of the fields in ``evaluation.model``. Every row has a
``row_id`` that is never used twice in a file, and a ``checksum`` over all its other columns (see ``rows``).
Order within a list is by ``position``, which has gaps, so that inserting or moving touches one row.
"""

from __future__ import annotations

from sqlalchemy import BLOB, Column, Integer, MetaData, Table, Text

from apq_desktop.evaluation.model import (
    Action,
    AreaRecord,
    Entry,
    Evaluation,
    Evidence,
    QuestionNote,
    Setting,
)

APPLICATION_ID = 0x41505157
"""Marks a SQLite file as a workspace of APQ Desktop: the letters APQW."""

STEP = 1 << 32
"""The gap between neighbours in a list."""

_metadata = MetaData()


def _table(name: str, texts: str, numbers: str = "", blobs: str = "") -> Table:
    columns: list[Column[int] | Column[str] | Column[bytes]] = [Column("row_id", Integer, primary_key=True)]
    columns += [Column(column, Integer) for column in numbers.split()]
    columns += [Column(column, Text) for column in texts.split()]
    columns += [Column(column, BLOB) for column in (blobs + " checksum").split()]
    return Table(name, _metadata, *columns)


META = _table("meta", "workspace_id program", "generation next_row", "digest history_digest")
EVALUATIONS = _table(
    "evaluations",
    "id supersedes created changed title period purposes commissioner completed_by took_part summary completed_on"
    " other_commissioners reviewed_by unknown_fields",
    "revision",
)
SETTINGS = _table(
    "settings",
    "id name kind site local_authority contact key_stages places full_or_part_time placement_length"
    " opens_on host_school unknown_fields",
    "evaluation_row",
)
AREAS = _table("areas", "key title reason support unknown_fields", "evaluation_row position number applies ready")
NOTES = _table("notes", "key note unknown_fields", "area_row position")
ENTRIES = _table("entries", "list_name id text sub_area carried_from unknown_fields", "area_row position")
CITATIONS = _table("citations", "evidence_id", "area_row position")
EVIDENCE = _table(
    "evidence", "id title kind date location review_date carried_from unknown_fields", "evaluation_row position"
)
ACTIONS = _table(
    "actions",
    "id area what who by_when progress sub_area measure starting_point current_point development_area carried_from"
    " unknown_fields",
    "evaluation_row position",
)
EARLIER_TEXTS = _table("earlier_texts", "evaluation_id target_kind target_key area field value replaced")
REMOVED_ITEMS = _table("removed_items", "evaluation_id list_name area item removed", "position")

SENDINGS = _table("sendings", "id evaluation_id recipient sent code files proof", "revision")
ARCHIVED = _table("archived", "evaluation_id since")
RECEIVED = _table("received", "evaluation_id received code")
REVIEW_LINES = _table("review_lines", "id evaluation_id line")
REPLIES = _table("replies", "evaluation_id received name sender proof")


def _files(name: str, column: str) -> Table:
    return Table(name, _metadata, Column("row_id", Integer, primary_key=True), Column(column, BLOB))


SENT_PACKS = _files("sent_packs", "pack")
REPLY_FILES = _files("reply_files", "file")
KEPT_FILES = {SENDINGS: SENT_PACKS, REPLIES: REPLY_FILES}
"""Whole files, by the row ids of the tables that tell of them. They are large, so they are proved by ``proof``, when
one is asked for or the workspace is copied, and not at each opening."""

OF_AREA = (NOTES, ENTRIES, CITATIONS)
OF_EVALUATION = (SETTINGS, EVIDENCE, ACTIONS)
OF_FILE = (SENDINGS, ARCHIVED, RECEIVED, REVIEW_LINES, REPLIES)
CONTENT = (EVALUATIONS, SETTINGS, AREAS, *OF_AREA, EVIDENCE, ACTIONS, *OF_FILE)
HISTORY = (EARLIER_TEXTS, REMOVED_ITEMS)

JSON_COLUMNS = frozenset({"purposes", "key_stages", "other_commissioners", "standards"})
BOOL_COLUMNS = frozenset({"applies", "ready"})
NUMBER_COLUMNS = BOOL_COLUMNS | {"revision", "number"}

KEPT_IN: dict[type, Table] = {
    Evaluation: EVALUATIONS,
    Setting: SETTINGS,
    AreaRecord: AREAS,
    QuestionNote: NOTES,
    Entry: ENTRIES,
    Evidence: EVIDENCE,
    Action: ACTIONS,
}
