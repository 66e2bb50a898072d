"""Lines of a library's journals that are about the library itself: packs, names, themes, tags, summaries.

Like ``lines`` they are only added. ``fold_library`` makes the state from them, in whatever order they come.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le, MaxLen

from apq_desktop.evaluation.model import Id, Key, Line, Stamp, Text, UnknownFields
from apq_desktop.review.lines import IF_USED, MOST_SEQUENCE, Anchor

LibraryWhat = Literal[
    "received", "removed", "keeping", "officer", "theme", "mark", "tag", "summary", "seen", "withdraw"
]
Digest = Annotated[str, MaxLen(64)]
_STRICT = {"extra": "forbid", "strict": True}


@dataclass(frozen=True, slots=True)
class LibraryLine:
    """One line. Which fields are used depends on ``what``.

    received: ``pack``, ``text`` (the file's name) · removed: ``pack``, or ``evaluation`` (what was written about it;
    with ``on`` only what hangs on the revision of that number) · keeping: ``on`` · officer: ``text`` (a short
    name for colleagues) · theme: ``text``; with ``to``, a new name for that theme · mark: ``to`` (a theme),
    ``evaluation``, ``anchors`` · tag: ``provider``, ``text`` · summary: ``provider``, ``to`` (a theme) or ``area``,
    ``text``, ``anchors`` · seen: ``pack`` · withdraw: ``to``.
    """

    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT

    id: Id
    what: LibraryWhat
    at: Stamp
    seq: Annotated[int, Ge(1), Le(MOST_SEQUENCE)]
    who: Id
    audience: Literal["me", "us"] = "us"
    to: Id = dataclasses.field(default="", metadata=IF_USED)
    pack: Digest = dataclasses.field(default="", metadata=IF_USED)
    provider: Id = dataclasses.field(default="", metadata=IF_USED)
    evaluation: Id = dataclasses.field(default="", metadata=IF_USED)
    area: Key = dataclasses.field(default="", metadata=IF_USED)
    text: Text = dataclasses.field(default="", metadata=IF_USED)
    on: Line = dataclasses.field(default="", metadata=IF_USED)
    anchors: tuple[Anchor, ...] = dataclasses.field(default=(), metadata=IF_USED)
    unknown_fields: UnknownFields = ""


@dataclass(frozen=True, slots=True)
class LibraryState:
    """What stands after all lines. ``summaries`` has the last one for each provider and theme or area."""

    packs: Mapping[str, LibraryLine] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    keeping: str = ""
    officers: Mapping[str, str] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, LibraryLine] = field(default_factory=dict)
    tags: frozenset[tuple[str, str]] = frozenset()
    summaries: Mapping[tuple[str, str], LibraryLine] = field(default_factory=dict)
    seen: frozenset[str] = frozenset()


def fold_library(lines: Iterable[LibraryLine]) -> LibraryState:
    """The state of a library. The order of ``lines`` does not matter, nor whether some come twice."""
    by_id: dict[str, LibraryLine] = {}
    for line in lines:
        there = by_id.setdefault(line.id, line)
        if there != line:
            by_id[line.id] = min(there, line, key=repr)
    ordered = sorted(by_id.values(), key=lambda line: (line.seq, line.at, line.who, line.id))
    withdrawn = {
        line.to for line in ordered if line.what == "withdraw" and line.to in by_id and by_id[line.to].who == line.who
    }
    by_kind: dict[str, list[LibraryLine]] = {}
    for line in ordered:
        if line.id not in withdrawn:
            by_kind.setdefault(line.what, []).append(line)

    def of(what: LibraryWhat) -> list[LibraryLine]:
        return by_kind.get(what, [])

    # What was taken out stays out, whatever copies bring back, until somebody who knew of it receives it again.
    last = {line.pack: line.what for line in ordered if line.what in {"received", "removed"}}
    removed = frozenset(pack for pack, what in last.items() if pack and what == "removed")
    themes = {line.id: line.text for line in of("theme") if not line.to}
    themes |= {line.to: line.text for line in of("theme") if line.to in themes}
    keeping = of("keeping")
    return LibraryState(
        {line.pack: line for line in reversed(of("received")) if line.pack not in removed},
        removed,
        keeping[-1].on if keeping else "",
        {line.who: line.text for line in of("officer")},
        themes,
        {line.id: line for line in of("mark") if line.to in themes},
        frozenset((line.provider, line.text) for line in of("tag")),
        {(line.provider, line.to or line.area): line for line in of("summary")},
        frozenset(line.pack for line in of("seen")),
    )
