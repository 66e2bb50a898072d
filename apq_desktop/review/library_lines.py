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
from apq_desktop.review.state import united

LibraryWhat = Literal[
    "received", "removed", "keeping", "officer", "theme", "mark", "tag", "summary", "seen", "replied", "withdraw"
]
DISAGREES = "disagrees"
Digest = Annotated[str, MaxLen(64)]
_STRICT = {"extra": "forbid", "strict": True}


@dataclass(frozen=True, slots=True)
class LibraryLine:
    """One line. Which fields are used depends on ``what``.

    received: ``pack``, ``text`` (the file's name) · removed: ``pack``, or ``evaluation`` (what was written about it;
    with ``on`` only what hangs on the revision of that number) · keeping: ``on`` · officer: ``text`` (a short name
    for colleagues), ``role`` (what settings see) · theme: ``text``; with ``to``, a new name for that theme · mark:
    ``to`` (a theme), ``evaluation``, ``anchors``, and ``text``: ``DISAGREES`` where the passage disagrees with what
    most say · tag: ``provider``, ``text`` · summary: ``provider``, ``evaluation``, ``to`` (a theme) or ``area``,
    ``text``, ``anchors`` · seen: ``pack`` · replied (a reply was made): ``evaluation``, ``text`` (its stage) ·
    withdraw: ``to``.
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
    role: Line = dataclasses.field(default="", metadata=IF_USED)
    anchors: tuple[Anchor, ...] = dataclasses.field(default=(), metadata=IF_USED)
    unknown_fields: UnknownFields = ""


@dataclass(frozen=True, slots=True)
class LibraryState:
    """What stands after all lines. ``summaries`` has the last one for each evaluation and theme or area.

    Which packs are there is for whoever keeps them: the last line that received one or took it out counts.
    """

    keeping: str = ""
    officers: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, LibraryLine] = field(default_factory=dict)
    tags: frozenset[tuple[str, str]] = frozenset()
    summaries: Mapping[tuple[str, str], LibraryLine] = field(default_factory=dict)
    replied: Mapping[str, tuple[LibraryLine, ...]] = field(default_factory=dict)


def fold_library(lines: Iterable[LibraryLine]) -> LibraryState:
    """The state of a library. The order of ``lines`` does not matter, nor whether some come twice."""
    ordered = united(lines)
    by_id = {line.id: line for line in ordered}
    withdrawn = {
        line.to for line in ordered if line.what == "withdraw" and line.to in by_id and by_id[line.to].who == line.who
    }
    by_kind: dict[str, list[LibraryLine]] = {}
    for line in ordered:
        if line.id not in withdrawn:
            by_kind.setdefault(line.what, []).append(line)

    def of(what: LibraryWhat) -> list[LibraryLine]:
        return by_kind.get(what, [])

    themes = {line.id: line.text for line in of("theme") if not line.to}
    themes |= {line.to: line.text for line in of("theme") if line.to in themes}
    replied: dict[str, tuple[LibraryLine, ...]] = {}
    for line in of("replied"):
        replied[line.evaluation] = (*replied.get(line.evaluation, ()), line)
    keeping = of("keeping")
    return LibraryState(
        keeping[-1].on if keeping else "",
        {line.who: line.text for line in of("officer")},
        {line.who: line.role for line in of("officer")},
        themes,
        {line.id: line for line in of("mark") if line.to in themes},
        frozenset((line.provider, line.text) for line in of("tag")),
        {(line.evaluation or line.provider, line.to or line.area): line for line in of("summary")},
        replied,
    )
