"""Reads the index of a library: revisions by the settings' names, passages place by place, words by search.

Every list is alphabetical; nothing is counted, scored or ranked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from apq_desktop.library.search import found_by_search, place_words
from apq_desktop.library.tables import PASSAGES, REVISIONS

PAGE = 200
"""Passages that are read at one time."""


@dataclass(frozen=True, slots=True)
class Revision:
    """What a list shows of one received revision. ``provider`` is the setting's id, ``stages`` its key stages."""

    digest: str
    suffix: str
    evaluation: str
    number: int
    current: bool
    provider: str
    name: str
    title: str
    period: str
    kind: str
    stages: tuple[str, ...]
    authority: str
    changed: str
    received: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One text with its place, and the revision that it stands in."""

    pk: int
    digest: str
    name: str
    area: str
    part: str
    item: str
    field: str
    sub_area: str
    text: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which passages or revisions. What is empty does not restrict; ``providers`` None means all."""

    area: str = ""
    part: str = ""
    sub_area: str = ""
    kind: str = ""
    stage: str = ""
    words: str = ""
    evaluation: str = ""
    providers: frozenset[str] | None = None
    current_only: bool = True


def revisions(connection: Connection, wanted: Wanted) -> list[Revision]:
    """Received revisions, in the order of the settings' names."""
    c = REVISIONS.c
    query = select(REVISIONS).where(*_conditions(wanted)).order_by(c.sort_key, c.evaluation, c.number, c.pk)
    return [_revision({**row}) for row in connection.execute(query).mappings()]


def places(connection: Connection, wanted: Wanted) -> list[int]:
    """The keys of passages, in the order of the settings' names and of reading."""
    p, r = PASSAGES.c, REVISIONS.c
    conditions = _conditions(wanted)
    conditions += [p[name] == value for name in ("area", "part", "sub_area") if (value := getattr(wanted, name))]
    query = select(p.pk).join_from(PASSAGES, REVISIONS, p.revision == r.pk).where(*conditions)
    parameters: dict[str, str] = {}
    if wanted.words.strip():
        condition, parameters = found_by_search(connection, wanted.words, place_words(wanted.area, wanted.part))
        query = query.where(condition)
    return list(connection.execute(query.order_by(r.sort_key, r.pk, p.position, p.pk), parameters).scalars())


def passages(connection: Connection, keys: Sequence[int]) -> list[Passage]:
    """One page of passages, in the order of ``keys``; at most ``PAGE``."""
    p, r = PASSAGES.c, REVISIONS.c
    query = (
        select(p.pk, r.digest, r.name, p.area, p.part, p.item, p.field, p.sub_area, p.text)
        .join_from(PASSAGES, REVISIONS, p.revision == r.pk)
        .where(p.pk.in_(keys[:PAGE]))
    )
    by_key = {row.pk: Passage(*row) for row in connection.execute(query)}
    return [by_key[key] for key in keys[:PAGE] if key in by_key]


def stage_bits(stages: Iterable[str]) -> int:
    """Key stages as a number whose bits can be asked for."""
    return sum(1 << int(stage) for stage in set(stages))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    c = REVISIONS.c
    found: list[ColumnElement[bool]] = []
    if wanted.current_only and not wanted.evaluation:
        found.append(c.current == 1)
    if wanted.evaluation:
        found.append(c.evaluation == wanted.evaluation)
    if wanted.kind:
        found.append(c.kind == wanted.kind)
    if wanted.stage:
        found.append(c.stages.op("&")(stage_bits([wanted.stage])) != 0)
    if wanted.providers is not None:
        found.append(c.provider.in_(wanted.providers))
    return found


def _revision(row: Mapping[str, Any]) -> Revision:
    values = {name: row[name] for name in Revision.__slots__}
    values["stages"] = tuple(stage for stage in "12345" if values["stages"] & stage_bits([stage]))
    return Revision(**(values | {"current": bool(values["current"])}))
