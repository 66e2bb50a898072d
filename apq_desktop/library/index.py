"""The index of a library: filled from verified evaluations and from journals, read by ``reading``."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, create_engine, delete, func, insert, select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool

from apq_desktop.evaluation.edits.changes import resolve
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.text.search_folding import fold
from apq_desktop.evaluation.text.written_texts import Written, everything_written
from apq_desktop.library import reading
from apq_desktop.library.reading import Passage, Revision, Wanted, stage_bits
from apq_desktop.library.search import Searched, create_search, feed_search, forget_search, place_words
from apq_desktop.library.tables import JOURNALS, LINES, PASSAGES, REVISIONS, VERSION, metadata

AT_ONCE = 50
"""Revisions in one transaction: one for each costs three times the time."""


@dataclass(frozen=True, slots=True)
class Received:
    """One received pack: its file and what is in it. ``received`` is a UTC stamp."""

    digest: str
    suffix: str
    received: str
    evaluation: Evaluation


def open_local(path: Path) -> tuple[Index, bool]:
    """The index in a file of the program's own, and whether it is new and has to be filled: made anew on any doubt."""
    with contextlib.suppress(DatabaseError, OSError):
        index = Index(_engine(path))
        if index.is_whole():
            return index, False
        index.close()
    for name in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))):
        name.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    index = Index(_engine(path))
    index.create()
    return index, True


def _engine(path: Path) -> Engine:
    # One connection for the one thread of the library; what SQLite syncs less can be rebuilt.
    engine = create_engine(f"sqlite:///{os.fspath(path)}", poolclass=StaticPool)
    with engine.connect() as connection:
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "temp_store = MEMORY"):
            connection.exec_driver_sql(f"PRAGMA {pragma}")
    return engine


class Index:
    """The index, in SQLite or PostgreSQL. Belongs to one thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def is_whole(self) -> bool:
        """Whether this is an index of this version."""
        with self._engine.connect() as connection:
            version = connection.exec_driver_sql("PRAGMA user_version").scalar()
            return version == VERSION and connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() == "ok"

    def create(self) -> None:
        """Make the tables."""
        with self._engine.begin() as connection:
            metadata.create_all(connection)
            create_search(connection)
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    # Filling

    def add(self, found: Iterable[Received]) -> None:
        """Add received packs, some in each transaction. One that is there already is passed over."""
        waiting = iter(found)
        while batch := list(itertools.islice(waiting, AT_ONCE)):
            with self._engine.begin() as connection:
                for received in batch:
                    self._add(connection, received)

    def _add(self, connection: Connection, received: Received) -> None:
        evaluation, setting = received.evaluation, received.evaluation.setting
        if connection.execute(select(REVISIONS.c.pk).where(REVISIONS.c.digest == received.digest)).first():
            return
        revision = _next_key(connection, REVISIONS.c.pk)
        row = {
            "pk": revision,
            "digest": received.digest,
            "suffix": received.suffix,
            "evaluation": evaluation.id,
            "number": evaluation.revision,
            "current": 0,
            "provider": setting.id,
            "name": setting.name,
            "sort_key": fold(setting.name),
            "title": evaluation.title,
            "period": evaluation.period,
            "kind": setting.kind,
            "stages": stage_bits(setting.key_stages),
            "authority": setting.local_authority,
            "changed": evaluation.changed,
            "received": received.received,
        }
        connection.execute(insert(REVISIONS), row)
        rows = list(_passages(evaluation, revision, _next_key(connection, PASSAGES.c.pk)))
        if rows:
            connection.execute(insert(PASSAGES), rows)
        feed_search(connection, map(_searched, rows))
        _mark_current(connection, evaluation.id)

    def remove(self, digest: str) -> None:
        """Take one received pack out."""
        with self._engine.begin() as connection:
            wanted = select(REVISIONS.c.pk, REVISIONS.c.evaluation).where(REVISIONS.c.digest == digest)
            found = connection.execute(wanted).first()
            if found is None:
                return
            of = PASSAGES.c.revision == found.pk
            rows = [dict(row) for row in connection.execute(select(PASSAGES).where(of)).mappings()]
            forget_search(connection, map(_searched, rows))
            connection.execute(delete(PASSAGES).where(of))
            connection.execute(delete(REVISIONS).where(REVISIONS.c.pk == found.pk))
            _mark_current(connection, found.evaluation)

    # Reading

    def revisions(self, wanted: Wanted) -> list[Revision]:
        """Received revisions, in the order of the settings' names."""
        with self._engine.connect() as connection:
            return reading.revisions(connection, wanted)

    def places(self, wanted: Wanted) -> list[int]:
        """The keys of passages, in the order of the settings' names and of reading."""
        with self._engine.connect() as connection:
            return reading.places(connection, wanted)

    def passages(self, keys: Sequence[int]) -> list[Passage]:
        """One page of passages, in the order of ``keys``."""
        with self._engine.connect() as connection:
            return reading.passages(connection, keys)

    def digests(self) -> set[str]:
        """The digests of all packs in the index."""
        with self._engine.connect() as connection:
            return set(connection.execute(select(REVISIONS.c.digest)).scalars())

    # Journals

    def offsets(self) -> dict[str, int]:
        """How far each journal has been read."""
        with self._engine.connect() as connection:
            return {row.name: row.offset for row in connection.execute(select(JOURNALS))}

    def add_lines(self, journal: str, offset: int, lines: Sequence[tuple[str, str, str]]) -> set[str]:
        """Keep lines (id, evaluation, body) read from a journal. Returns the evaluations with something new."""
        with self._engine.begin() as connection:
            known: set[str] = set()
            ids = [key for key, *_ in lines]
            for start in range(0, len(ids), 500):
                wanted = select(LINES.c.id).where(LINES.c.id.in_(ids[start : start + 500]))
                known |= set(connection.execute(wanted).scalars())
            new = {
                key: {"id": key, "evaluation": about, "body": body} for key, about, body in lines if key not in known
            }
            if new:
                connection.execute(insert(LINES), list(new.values()))
            connection.execute(delete(JOURNALS).where(JOURNALS.c.name == journal))
            connection.execute(insert(JOURNALS), {"name": journal, "offset": offset})
            return {row["evaluation"] for row in new.values()}

    def lines(self, evaluation: str | None = None) -> list[str]:
        """The bodies of all lines about one evaluation, "" for the library itself; None: of all."""
        query = select(LINES.c.body)
        if evaluation is not None:
            query = query.where(LINES.c.evaluation == evaluation)
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def forget_lines(self, evaluation: str) -> None:
        """Forget the lines about an evaluation that was taken out."""
        with self._engine.begin() as connection:
            connection.execute(delete(LINES).where(LINES.c.evaluation == evaluation))


def _next_key(connection: Connection, column: ColumnElement[int]) -> int:
    return 1 + (connection.execute(select(func.max(column))).scalar() or 0)


def _mark_current(connection: Connection, evaluation: str) -> None:
    """The revision with the highest number is the current one; of two alike the one received last."""
    c = REVISIONS.c
    of = c.evaluation == evaluation
    last = select(c.pk).where(of).order_by(c.number.desc(), c.received.desc(), c.pk.desc()).limit(1).scalar_subquery()
    connection.execute(update(REVISIONS).where(of).values(current=0))
    connection.execute(update(REVISIONS).where(c.pk == last).values(current=1))


def _passages(evaluation: Evaluation, revision: int, first: int) -> Iterator[dict[str, Any]]:
    for n, written in enumerate(everything_written(evaluation)):
        yield {
            "pk": first + n,
            "revision": revision,
            "area": written.area or _area_of(evaluation, written),
            "part": written.target.kind,
            "item": written.target.key,
            "field": written.field,
            "sub_area": getattr(resolve(evaluation, written.target), "sub_area", ""),
            "position": n,
            "text": written.text,
        }


def _area_of(evaluation: Evaluation, written: Written) -> str:
    """The area of a source of evidence that only one area cites; else none."""
    if written.target.kind != "evidence":
        return ""
    citing = [area.key for area in evaluation.areas_citing(written.target.key)]
    return citing[0] if len(citing) == 1 else ""


def _searched(row: Mapping[str, Any]) -> Searched:
    return row["pk"], row["text"], " ".join(place_words(row["area"], row["part"]))
