"""Full-text search in the index of a library, which SQLite holds on each computer.

All search text that ``search_folding.fold`` has folded, word by word from the beginning of words, so that all find the
same: a database's own folding, stemming or collation is never used. An SQLite without FTS5 looks through every text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from apq_desktop.evaluation.text.search_folding import fold
from apq_desktop.library.indexing.index_tables import fetch_keys
from apq_desktop.library.indexing.pack_rows import WORD

Searched = tuple[int, str, str]
"""A passage's key, its words as ``PackRows`` has them, and the words that say where it stands."""


def create_search(connection: Connection) -> None:
    """Make what full-text search needs, in a new index."""
    try:
        # Which words a passage holds is enough: where in it they stand, and how many, is not kept.
        least = "content='', detail=column, columnsize=0, tokenize='ascii'"
        connection.exec_driver_sql(f"CREATE VIRTUAL TABLE search USING fts5(words, place, {least})")
    except OperationalError:
        connection.exec_driver_sql("CREATE TABLE search (words text NOT NULL, place text NOT NULL)")


def feed_search(connection: Connection, passages: Sequence[Searched]) -> None:
    """Make passages findable."""
    if not passages:
        return
    sql = "INSERT INTO search (rowid, words, place) VALUES (?, ?, ?)"
    connection.exec_driver_sql(sql, list(passages))


def forget_search(connection: Connection, passages: Iterable[Searched]) -> None:
    """Take passages out of the search. They are given as they were fed."""
    rows = list(passages)
    if not rows:
        return
    if _is_full_text(connection):
        sql = "INSERT INTO search (search, rowid, words, place) VALUES ('delete', ?, ?, ?)"
        connection.exec_driver_sql(sql, rows)
        return
    connection.exec_driver_sql("DELETE FROM search WHERE rowid = ?", [(pk,) for pk, *_ in rows])


def found_by_search(connection: Connection, words: str, places: Sequence[str]) -> list[int]:
    """The keys of the passages that hold all ``words``, as a user typed them, at ``places``, as fed; by key."""
    wanted = WORD.findall(fold(words))
    if not wanted:
        return []
    if _is_full_text(connection):
        parts = [f'words:"{word}"*' for word in wanted] + [f'place:"{place}"' for place in places]
        sql = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid"
        return fetch_keys(connection, sql, (" AND ".join(parts),))
    return _looked_through(connection, wanted, places)


def _is_full_text(connection: Connection) -> bool:
    sql = "SELECT count(*) FROM sqlite_master WHERE name = 'search' AND sql LIKE '%fts5%'"
    return bool(connection.exec_driver_sql(sql).scalar())


def _looked_through(connection: Connection, words: Sequence[str], places: Sequence[str]) -> list[int]:
    conditions = ["' ' || place || ' ' LIKE ?"] * len(places) + ["words LIKE ?"] * len(words)
    given = (*(f"% {place} %" for place in places), *(f"%{word}%" for word in words))
    sql = f"SELECT rowid, words FROM search WHERE {' AND '.join(conditions)} ORDER BY rowid"  # noqa: S608
    begins = [re.compile(rf"\b{re.escape(word)}", re.IGNORECASE) for word in words]
    found = connection.exec_driver_sql(sql, given)
    return [row.rowid for row in found if all(begin.search(row.words) for begin in begins)]
