"""The lines of all journals in the index of a library, how far each journal was read, and what follows from lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, Select, delete, func, or_, select

from apq_desktop.library.indexing.index_tables import JOURNALS, LINES, PACKS, SETTLED, STATUSES, insert_rows
from apq_desktop.library.journal import Bookmark
from apq_desktop.review.review_status import ReviewStatus

_AT_ONCE = 500
"""Values that are asked for at one time."""


@dataclass(frozen=True, slots=True)
class IndexedLine:
    """A line as the index keeps it: see ``tables.LINES``."""

    seal: str
    evaluation: str
    pack: str
    what: str
    seq: int
    body: str


class LineIndex:
    """Lines are kept by their seals: two that share an id and differ are both there, for the fold to choose."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.generation = 0
        """Another after each change of what is kept."""

    def bookmarks(self) -> dict[str, Bookmark]:
        """How far each journal has been read."""
        with self._engine.connect() as connection:
            return {row.name: Bookmark(row.offset, row.tail) for row in connection.execute(select(JOURNALS))}

    def add(self, lines: Sequence[IndexedLine], journal: str = "", bookmark: Bookmark | None = None) -> set[str]:
        """Keep lines, and how far the journal was read that they come from. Returns the seals that are new."""
        seals = {line.seal for line in lines}
        new = seals - self._among(LINES.c.seal, seals)
        rows = {line.seal: tuple(getattr(line, name) for name in IndexedLine.__slots__) for line in lines}
        self.generation += bool(new)
        with self._engine.begin() as connection:
            insert_rows(connection, LINES, [row for seal, row in rows.items() if seal in new])
            if bookmark is not None:
                connection.execute(delete(JOURNALS).where(JOURNALS.c.name == journal))
                insert_rows(connection, JOURNALS, [(journal, bookmark.offset, bookmark.tail)])
        return new

    def bodies(self, *, evaluation: str | None = None, pack: str = "", what: Sequence[str] = ()) -> list[str]:
        """The bodies of lines: of the exchange about an evaluation, about one file, or of some kinds."""
        query = select(LINES.c.body).order_by(LINES.c.seq)
        if evaluation is not None:
            query = query.where(LINES.c.evaluation == evaluation, LINES.c.what == "")
        if pack:
            query = query.where(LINES.c.pack == pack)
        if what:
            query = query.where(LINES.c.what.in_(what))
        return self._all(query)

    def sealed_bodies(self, evaluation: str, pack: str, provider: str) -> dict[str, str]:
        """Every line that may be about an evaluation, a file or a provider, by its seal."""
        c = LINES.c
        about: list[ColumnElement[bool]] = []
        about += [c.evaluation == evaluation] if evaluation else []
        about += [c.pack == pack] if pack else []
        about += [c.what.in_(("tag", "summary"))] if provider else []
        with self._engine.connect() as connection:
            return {row.seal: row.body for row in connection.execute(select(c.seal, c.body).where(or_(*about)))}

    def packs_with(self, what: str, packs: Iterable[str]) -> set[str]:
        """Those of ``packs`` about which there is a line of a kind."""
        c, asked, found = LINES.c, sorted(packs), set[str]()
        for start in range(0, len(asked), _AT_ONCE):
            among = c.pack.in_(asked[start : start + _AT_ONCE])
            found |= set(self._all(select(c.pack).where(among, c.what == what)))
        return found

    def last_sequence(self) -> int:
        """The largest sequence number of any line."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.max(LINES.c.seq))).scalar() or 0

    def with_lines(self, evaluations: Iterable[str]) -> set[str]:
        """Those of ``evaluations`` about which there are lines."""
        return self._among(LINES.c.evaluation, set(evaluations))

    def packs_without_revision(self) -> list[str]:
        """The digests of files that a line speaks of and that are not in the index."""
        there = select(PACKS.c.digest)
        received = select(LINES.c.pack).where(
            LINES.c.what == "received", LINES.c.pack != "", LINES.c.pack.not_in(there)
        )
        return sorted(set(self._all(received)))

    def forget(self, seals: Iterable[str]) -> None:
        """Forget lines that were taken out."""
        self.generation += 1
        with self._engine.begin() as connection:
            for seal in seals:
                connection.execute(delete(LINES).where(LINES.c.seal == seal))

    def unsettled(self) -> dict[str, str]:
        """The lines that take something out and were not followed to the end, by their seals."""
        query = select(LINES.c.seal, LINES.c.body).where(LINES.c.what == "removed")
        with self._engine.connect() as connection:
            open_ones = query.where(LINES.c.seal.not_in(select(SETTLED.c.seal)))
            return {row.seal: row.body for row in connection.execute(open_ones)}

    def set_settled(self, seal: str) -> None:
        """Remember that a line was followed."""
        with self._engine.begin() as connection:
            insert_rows(connection, SETTLED, [(seal,)])

    def set_statuses(self, statuses: Mapping[str, ReviewStatus | None]) -> None:
        """Keep how evaluations stand; None where nothing of one is left."""
        rows = [
            (evaluation, found.word, found.waits_for, found.since) for evaluation, found in statuses.items() if found
        ]
        with self._engine.begin() as connection:
            for evaluation in statuses:
                connection.execute(delete(STATUSES).where(STATUSES.c.evaluation == evaluation))
            insert_rows(connection, STATUSES, rows)

    def _all(self, query: Select[str]) -> list[str]:
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def _among(self, column: ColumnElement[str], values: set[str]) -> set[str]:
        """The values that are in a column."""
        asked, found = sorted(values), set[str]()
        for start in range(0, len(asked), _AT_ONCE):
            found |= set(self._all(select(column).where(column.in_(asked[start : start + _AT_ONCE]))))
        return found
