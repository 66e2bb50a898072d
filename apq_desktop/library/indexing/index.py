"""The index of a library: filled from verified evaluations and from journals, read by ``reading``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, delete, select, update
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import StaticPool

from apq_desktop.errors import FileRefusedError
from apq_desktop.library.collection import Outcome, Revision
from apq_desktop.library.indexing.adding import add_packs
from apq_desktop.library.indexing.full_text import create_search, forget_search
from apq_desktop.library.indexing.index_tables import MOST_PASSAGES, PACKS, PASSAGES, REVISIONS, VERSION, metadata
from apq_desktop.library.indexing.line_index import LineIndex
from apq_desktop.library.indexing.pack_rows import PackRows, searched

IN_USE = "this library is open in another window on this computer. Close it there, then try again."
_BUSY = 5


def open_local(path: Path) -> Index:
    """The index in a file of the program's own, made again on any doubt.

    Raises FileRefusedError where another program of ours has it open.
    """
    try:
        index = Index(_engine(path))
        if index.is_ours():
            return index
        index.close()
    except OperationalError as error:
        if getattr(error.orig, "sqlite_errorcode", 0) == _BUSY:
            raise FileRefusedError(path.parent, IN_USE) from error
    except (DatabaseError, OSError):
        pass
    discard(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    index = Index(_engine(path))
    index.create()
    return index


def discard(path: Path) -> None:
    """Throw an index away, and what SQLite keeps beside it."""
    for name in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))):
        name.unlink(missing_ok=True)


def _engine(path: Path) -> Engine:
    # One connection for the one thread of the library; what SQLite syncs less can be rebuilt.
    engine = create_engine(
        f"sqlite:///{os.fspath(path)}",
        poolclass=StaticPool,
        connect_args={"timeout": 1, "check_same_thread": False},
    )
    try:
        with engine.connect() as connection:
            # Exclusive: the index also says that nobody else on this computer writes the same journal.
            # Room for pages, in kB: fewer are written and read again while thousands of packs are received.
            rarely = ("cache_size = -16000", "wal_autocheckpoint = 4000")
            for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = NORMAL", *rarely):
                connection.exec_driver_sql(f"PRAGMA {pragma}")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            connection.exec_driver_sql("COMMIT")
    except BaseException:
        engine.dispose()
        raise
    return engine


class Index:
    """The index, in SQLite. Belongs to one thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.lines = LineIndex(engine)

    def is_ours(self) -> bool:
        """Whether this is an index of this version."""
        with self._engine.connect() as connection:
            return connection.exec_driver_sql("PRAGMA user_version").scalar() == VERSION

    def create(self) -> None:
        """Make the tables."""
        with self._engine.begin() as connection:
            metadata.create_all(connection)
            create_search(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")

    def reading(self) -> Connection:
        """A connection to read with; it is to be closed."""
        return self._engine.connect()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    # Packs

    def add(self, found: Sequence[PackRows]) -> list[Outcome]:
        """Add received files, all in one transaction. One that is there already is passed over."""
        with self._engine.begin() as connection:
            outcomes = add_packs(connection, found)
            for evaluation in {rows.evaluation for rows, one in zip(found, outcomes, strict=True) if one != "new"}:
                _mark_current(connection, evaluation)
            return outcomes

    def remove(self, digest: str) -> str:
        """Take a file out, and its revision where no other file holds the same. Returns the evaluation, or nothing."""
        with self._engine.begin() as connection:
            revision = connection.execute(select(PACKS.c.revision).where(PACKS.c.digest == digest)).scalar()
            if revision is None:
                return ""
            connection.execute(delete(PACKS).where(PACKS.c.digest == digest))
            evaluation: str = connection.execute(
                select(REVISIONS.c.evaluation).where(REVISIONS.c.pk == revision)
            ).scalar_one()
            other = connection.execute(select(PACKS).where(PACKS.c.revision == revision)).first()
            if other is not None:
                name = f"{other.digest}{other.suffix}"  # the name under which the first file came goes with it
                same = {"digest": other.digest, "suffix": other.suffix, "file": name}
                connection.execute(update(REVISIONS).where(REVISIONS.c.pk == revision).values(same))
                return evaluation
            _forget_revision(connection, revision)
            _mark_current(connection, evaluation)
            return evaluation

    def digests(self) -> frozenset[str]:
        """The digests of all files and of the data in them."""
        with self._engine.connect() as connection:
            files = connection.execute(select(PACKS.c.digest)).scalars()
            return frozenset(files) | frozenset(connection.execute(select(REVISIONS.c.content)).scalars())

    def packs_of(self, revision: Revision) -> list[str]:
        """The digests of the files that hold a revision."""
        query = select(PACKS.c.digest).join_from(PACKS, REVISIONS, PACKS.c.revision == REVISIONS.c.pk)
        with self._engine.connect() as connection:
            return list(connection.execute(query.where(REVISIONS.c.content == revision.content)).scalars())

    def mark_seen(self, digests: Iterable[str]) -> None:
        """Remember that this person has read files."""
        with self._engine.begin() as connection:
            for digest in digests:
                of = select(PACKS.c.revision).where(PACKS.c.digest == digest).scalar_subquery()
                connection.execute(update(REVISIONS).where(REVISIONS.c.pk == of).values(seen=1))


def _forget_revision(connection: Connection, revision: int) -> None:
    p = PASSAGES.c
    of = p.pk.between(revision * MOST_PASSAGES, (revision + 1) * MOST_PASSAGES - 1)
    columns = (p.area, p.part, p.item, p.field, p.sub_area, p.text)
    keys, rows = [], []
    for pk, *row in connection.execute(select(p.pk, *columns).where(of)):
        keys.append(pk)
        rows.append(tuple(row))
    forget_search(connection, [(pk, *words) for pk, words in zip(keys, searched(rows), strict=True)])
    connection.execute(delete(PASSAGES).where(of))
    connection.execute(delete(REVISIONS).where(REVISIONS.c.pk == revision))


def _mark_current(connection: Connection, evaluation: str) -> None:
    """The revision with the highest number is the current one; of two alike the one received last."""
    c = REVISIONS.c
    of = c.evaluation == evaluation
    last = select(c.pk).where(of).order_by(c.number.desc(), c.received.desc(), c.pk.desc()).limit(1).scalar_subquery()
    connection.execute(update(REVISIONS).where(of).values(current=0))
    connection.execute(update(REVISIONS).where(c.pk == last).values(current=1))
