"""Read the index of a library: revisions by the settings' names, passages place by place, words by search.

Every list is alphabetical; nothing is counted, scored or ranked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select

from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.search_folding import fold
from apq_desktop.library.collection import ALL, Facets, Passage, Revision, Wanted
from apq_desktop.library.indexing.full_text import found_by_search
from apq_desktop.library.indexing.index import Index
from apq_desktop.library.indexing.index_tables import (
    ELSEWHERE,
    MOST_PASSAGES,
    PASSAGES,
    REVISIONS,
    STANDINGS,
    fetch_keys,
)
from apq_desktop.library.indexing.pack_rows import place_words, stage_bits
from apq_desktop.review.standing import Standing

_UNTOUCHED = Standing("received", "reviewer")
"""How an evaluation stands of which one revision was received and nothing was written: it has no row of its own."""
PAGE = 200
"""Passages that are read at one time."""


class IndexReading:
    """What is read of a library, all of it from the index. Belongs to one thread."""

    _index: Index

    def facets(self) -> Facets:
        """What the settings can be filtered by."""
        c = REVISIONS.c
        turn = func.coalesce(STANDINGS.c.waits_for, _UNTOUCHED.waits_for)
        joined = REVISIONS.outerjoin(STANDINGS, STANDINGS.c.evaluation == c.evaluation)
        counted = select(turn, func.count()).select_from(joined).where(c.current == 1).group_by(turn)
        with self._index.reading() as connection:
            kinds, stages, councils = (
                connection.execute(select(column).where(c.current == 1).distinct()).scalars().all()
                for column in (c.kind, c.stages, c.authority)
            )
            waiting = {row[0]: row[1] for row in connection.execute(counted)}
        there = frozenset(stage for bits in stages for stage in _stages(bits))
        return Facets(frozenset(kinds), there, frozenset(councils), waiting)

    def providers(self, wanted: Wanted = ALL) -> list[Revision]:
        """The newest revision of each evaluation, in the order of the settings' names."""
        with self._index.reading() as connection:
            found = connection.execute(_in_order(select(REVISIONS, STANDINGS), wanted)).mappings()
            return [_revision(row) for row in found]

    def revisions(self, evaluation: str) -> list[Revision]:
        """All received revisions of an evaluation, the earliest first."""
        return self.providers(Wanted(evaluation=evaluation))

    def places(self, wanted: Wanted) -> list[int]:
        """The keys of passages, in the order of the settings' names and of reading."""
        with self._index.reading() as connection:
            in_order = fetch_keys(connection, _in_order(select(REVISIONS.c.pk), wanted))
            by_revision = _by_revision(connection, wanted, in_order)
        return list(chain.from_iterable(by_revision[revision] for revision in in_order))

    def places_by_revision(self, wanted: Wanted) -> list[tuple[Revision, list[int]]]:
        """Each revision that has passages wanted, with their keys; in the same order."""
        with self._index.reading() as connection:
            rows = connection.execute(_in_order(select(REVISIONS, STANDINGS), wanted)).mappings().all()
            by_revision = _by_revision(connection, wanted, [row[REVISIONS.c.pk] for row in rows])
        return [(_revision(row), there) for row in rows if (there := by_revision[row[REVISIONS.c.pk]])]

    def passages(self, keys: Sequence[int]) -> list[Passage]:
        """One page of passages, in the order of ``keys``; at most ``PAGE``."""
        p, r = PASSAGES.c, REVISIONS.c
        texts = select(p.pk, p.area, p.part, p.item, p.field, p.sub_area, p.text).where(p.pk.in_(keys[:PAGE]))
        with self._index.reading() as connection:
            by_key = {row.pk: row for row in connection.execute(texts)}
            of = select(r.pk, r.digest, r.evaluation, r.number, r.name).where(
                r.pk.in_({pk // MOST_PASSAGES for pk in by_key})
            )
            stands_in = {row.pk: row for row in connection.execute(of)}
        return [
            Passage(key, *stands_in[key // MOST_PASSAGES][1:], *by_key[key][1:]) for key in keys[:PAGE] if key in by_key
        ]

    def passage_at(self, evaluation: str, number: int, item: str, field: str) -> Passage | None:
        """The passage in a field of an item of a received revision; None where it is not there."""
        p, r = PASSAGES.c, REVISIONS.c
        of = select(func.max(r.pk)).where(r.evaluation == evaluation, r.number == number)
        with self._index.reading() as connection:
            if (revision := connection.execute(of).scalar()) is None:
                return None
            among = and_(p.pk >= revision * MOST_PASSAGES, p.pk < (revision + 1) * MOST_PASSAGES)
            key = connection.execute(select(func.min(p.pk)).where(among, p.item == item, p.field == field)).scalar()
        return self.passages([key])[0] if key is not None else None


def _by_revision(connection: Connection, wanted: Wanted, in_order: Sequence[int]) -> dict[int, list[int]]:
    keys = sorted(_passage_keys(connection, wanted, in_order))
    # Where no area is named, what stands elsewhere too is there already.
    room = MOST_PASSAGES if wanted.area else ELSEWHERE
    starts = {revision: revision * MOST_PASSAGES for revision in in_order}
    return {
        revision: keys[bisect_left(keys, start) : bisect_left(keys, start + room)] for revision, start in starts.items()
    }


def _passage_keys(connection: Connection, wanted: Wanted, in_order: Sequence[int]) -> list[int]:
    p = PASSAGES.c
    if visible_text(wanted.words):
        found: list[int] = []
        for part in wanted.parts or ("",):
            there = found_by_search(connection, wanted.words, place_words(wanted.area, part, wanted.sub_area))
            found += _of_field(connection, there, wanted.field) if wanted.field else there
        return found
    query = select(p.pk).where(
        *(p[name] == value for name in ("area", "sub_area", "field") if (value := getattr(wanted, name))),
        *([p.part.in_(wanted.parts)] if wanted.parts else []),
    )
    if not wanted.evaluation:
        return fetch_keys(connection, query)
    found = []
    for revision in in_order:
        of = and_(p.pk >= revision * MOST_PASSAGES, p.pk < (revision + 1) * MOST_PASSAGES)
        found += fetch_keys(connection, query.where(of))
    return found


def _of_field(connection: Connection, keys: Sequence[int], field: str) -> Iterator[int]:
    p = PASSAGES.c
    for start in range(0, len(keys), PAGE):
        among = p.pk.in_(keys[start : start + PAGE])
        yield from fetch_keys(connection, select(p.pk).where(among, p.field == field))


def _in_order(query: Select[Any], wanted: Wanted) -> Select[Any]:
    c, s = REVISIONS.c, STANDINGS.c
    if STANDINGS in query.get_final_froms() or wanted.state or wanted.waits_for:
        query = query.select_from(REVISIONS.outerjoin(STANDINGS, s.evaluation == c.evaluation))
    return query.where(*_conditions(wanted)).order_by(c.sort_key, c.evaluation, c.number, c.pk)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    c, s = REVISIONS.c, STANDINGS.c
    found: list[ColumnElement[bool]] = []
    if wanted.current_only and not wanted.evaluation:
        found.append(c.current == 1)
    equal = {
        c.evaluation: wanted.evaluation,
        c.kind: wanted.kind,
        c.authority: wanted.authority,
        func.coalesce(s.word, _UNTOUCHED.word): wanted.state,
        func.coalesce(s.waits_for, _UNTOUCHED.waits_for): wanted.waits_for,
    }
    found += [column == value for column, value in equal.items() if value]
    if wanted.number is not None:
        found.append(c.number == wanted.number)
    if wanted.stage:
        found.append(c.stages.op("&")(stage_bits((wanted.stage,))) != 0)
    if name := visible_text(wanted.name):
        found.append(c.sort_key.contains(fold(name), autoescape=True))
    if wanted.unread_only:
        found.append(c.seen == 0)
    if wanted.providers is not None:
        found.append(c.provider.in_(wanted.providers))
    return found


def _stages(bits: int) -> tuple[str, ...]:
    return tuple(stage for stage in "12345" if bits & stage_bits((stage,)))


def _revision(row: Mapping[Any, Any]) -> Revision:
    values = {name: row[REVISIONS.c[name]] for name in Revision.__slots__ if name != "standing"}
    values["stages"] = _stages(values["stages"])
    word = row[STANDINGS.c.word]
    standing = Standing(word, row[STANDINGS.c.waits_for], row[STANDINGS.c.since]) if word else _UNTOUCHED
    if not word:
        standing = replace(standing, since=values["received"])
    return Revision(**(values | {"current": bool(values["current"]), "seen": bool(values["seen"])}), standing=standing)
