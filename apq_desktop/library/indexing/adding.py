"""Add received files to the index, many at once: what is there is asked once for all, and all rows go in together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Result, Table, func, select

from apq_desktop.library.collection import Outcome
from apq_desktop.library.indexing.full_text import Searched, feed_search
from apq_desktop.library.indexing.index_tables import (
    ELSEWHERE,
    MOST_PASSAGES,
    PACKS,
    PASSAGES,
    REVISIONS,
    insert_rows,
)
from apq_desktop.library.indexing.pack_rows import PackRows


def add_packs(connection: Connection, found: Sequence[PackRows]) -> list[Outcome]:
    """Add received files, and say what became of each. One that is there already is passed over."""
    adding = _Adding(connection, found)
    outcomes = [adding.put(rows) for rows in found]
    adding.insert(connection)
    return outcomes


class _Adding:
    def __init__(self, connection: Connection, found: Sequence[PackRows]) -> None:
        c = REVISIONS.c

        def there(column: ColumnElement[str], asked: Iterable[str], *told: ColumnElement[int]) -> Result[Any]:
            return connection.execute(select(column, *told).where(column.in_(set(asked))))

        self._digests = set(there(PACKS.c.digest, (rows.digest for rows in found)).scalars())
        self._evaluations = set(there(c.evaluation, (rows.evaluation for rows in found)).scalars())
        revisions = there(c.content, (rows.content for rows in found), c.pk)
        self._revisions: dict[str, int] = {row.content: row.pk for row in revisions}
        self._last: int = connection.execute(select(func.max(c.pk))).scalar() or 0
        self._rows: dict[Table, list[tuple[Any, ...]]] = {PACKS: [], REVISIONS: [], PASSAGES: []}
        self._searched: list[Searched] = []

    def put(self, rows: PackRows) -> Outcome:
        if rows.digest in self._digests:
            return "known"
        self._digests.add(rows.digest)
        same = self._revisions.get(rows.content)
        self._rows[PACKS].append((rows.digest, rows.suffix, same or self._last + 1))
        if same:
            return "known"
        has_earlier = rows.evaluation in self._evaluations
        self._put_revision(rows, is_current=not has_earlier)
        return "new revision" if has_earlier else "new"

    def _put_revision(self, rows: PackRows, *, is_current: bool) -> None:
        self._last += 1
        self._revisions[rows.content] = self._last
        self._evaluations.add(rows.evaluation)
        key = (self._last, rows.content, rows.digest, rows.suffix)
        self._rows[REVISIONS].append((*key, *rows.revision, rows.file, rows.received, int(is_current), 0))
        first = self._last * MOST_PASSAGES
        keys = [*range(first, first + len(rows.passages))]
        keys += range(first + ELSEWHERE, first + ELSEWHERE + len(rows.elsewhere))
        passages = (*rows.passages, *rows.elsewhere)
        self._rows[PASSAGES] += [(pk, *row) for pk, row in zip(keys, passages, strict=True)]
        self._searched += [(pk, *words) for pk, words in zip(keys, rows.words, strict=True)]

    def insert(self, connection: Connection) -> None:
        for table, rows in self._rows.items():
            insert_rows(connection, table, rows)
        feed_search(connection, self._searched)
