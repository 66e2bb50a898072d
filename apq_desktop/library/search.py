"""Full-text search in the two databases that can hold the index: all that knows a dialect.

Both search text that ``search_folding.fold`` has folded, word by word from the beginning of words, so that both find
the same: a database's own folding, stemming or collation is never used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, TextClause, text

from apq_desktop.evaluation.text.search_folding import fold

_WORD = re.compile(r"\w+")
Searched = tuple[int, str, str]
"""A passage's key, its text, and the words that say where it stands."""


def place_words(area: str, part: str) -> list[str]:
    """The words that say where a passage stands, for the search: without signs at which a database divides words."""
    named = {"area": area, "part": part}
    return [f"{kind}{key.replace('-', '').replace('_', '')}" for kind, key in named.items() if key]


def create_search(connection: Connection) -> None:
    """Make what full-text search needs, in a new index."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("CREATE TABLE search (pk integer PRIMARY KEY, words tsvector NOT NULL)")
        connection.exec_driver_sql("CREATE INDEX search_words ON search USING gin (words)")
    else:
        connection.exec_driver_sql("CREATE VIRTUAL TABLE search USING fts5(words, place, content='')")


def feed_search(connection: Connection, passages: Iterable[Searched]) -> None:
    """Make passages findable."""
    rows = [(pk, fold(words), place) for pk, words, place in passages]
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        sql = "INSERT INTO search (pk, words) VALUES (%s, to_tsvector('simple', %s || ' ' || %s))"
    else:
        sql = "INSERT INTO search (rowid, words, place) VALUES (?, ?, ?)"
    connection.exec_driver_sql(sql, rows)


def forget_search(connection: Connection, passages: Iterable[Searched]) -> None:
    """Take passages out of the search. They are given as they were fed."""
    rows = [(pk, fold(words), place) for pk, words, place in passages]
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DELETE FROM search WHERE pk = %s", [(pk,) for pk, *_ in rows])
    else:
        sql = "INSERT INTO search (search, rowid, words, place) VALUES ('delete', ?, ?, ?)"
        connection.exec_driver_sql(sql, rows)


def found_by_search(connection: Connection, words: str, places: Sequence[str]) -> tuple[TextClause, dict[str, str]]:
    """A condition on ``passage.pk``, with its parameter. ``words`` as a person typed them, ``places`` as fed."""
    wanted = _WORD.findall(fold(words))
    if connection.dialect.name == "postgresql":
        query = " & ".join([*(f"{word}:*" for word in wanted), *places])
        return text("passage.pk IN (SELECT pk FROM search WHERE words @@ to_tsquery('simple', :query))"), {
            "query": query
        }
    parts = [f'words:"{word}"*' for word in wanted] + [f'place:"{place}"' for place in places]
    return text("passage.pk IN (SELECT rowid FROM search WHERE search MATCH :query)"), {"query": " AND ".join(parts)}
