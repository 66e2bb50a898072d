"""Lines of a library's journals that are about the library itself: packs, names, themes, tags, summaries.

Like ``lines`` they are only added. ``fold_library`` makes the state from them, in whatever order they come.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le, MaxLen

from apq_desktop.evaluation.model import Id, Key, Line, Stamp, Text, UnknownFields
from apq_desktop.review.exchange_state import merge_lines
from apq_desktop.review.lines import IF_USED, MOST_SEQUENCE, Anchor

LibraryWhat = Literal[
    "received",
    "removed",
    "keeping",
    "officer",
    "theme",
    "mark",
    "tag",
    "summary",
    "shortened",
    "seen",
    "replied",
    "withdraw",
]
DISAGREES = "disagrees"
Digest = Annotated[str, MaxLen(64)]
_STRICT = {"extra": "forbid", "strict": True}


@dataclass(frozen=True, slots=True)
class LibraryLine:
    """One line. Which fields are used depends on ``what``.

    received: ``pack``, ``text`` (the file's name) · removed: ``pack``, or ``evaluation`` (what was written about it;
    with ``on`` only what hangs on the revision of that number) · keeping: ``on`` · officer: ``text`` (a short name for
    colleagues), ``role`` (what settings see) · theme: ``text``; with ``to``, a new name for that theme; with ``into``
    too, that theme is one with another from now on · mark: ``to`` (a theme), ``evaluation``, ``anchors``, and ``text``:
    ``DISAGREES`` where the passage disagrees with what most say · tag: ``provider``, ``text`` · summary: ``provider``,
    ``evaluation``, ``to`` (a theme) or ``area``, ``text``, ``anchors``; of all settings together neither provider nor
    evaluation, ``on`` its title · shortened: ``anchors`` (the words of a report), ``text`` (the same with omissions) ·
    seen: ``pack`` · replied (a reply was made): ``evaluation``, ``text`` (its stage) · withdraw: ``to``.
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
    into: Id = dataclasses.field(default="", metadata=IF_USED)
    unknown_fields: UnknownFields = ""


@dataclass(frozen=True, slots=True)
class LibraryState:
    """What stands after all lines. ``themes`` stand in the order of their making, ``makers`` are who made them.

    ``summaries`` has the last one for each evaluation and theme or area, one for all where there is one; ``beside``
    what others wrote there, what was written for a theme that is one with it now, and what is for its writer alone.

    Which packs are there is for whoever keeps them: the last line that received one or took it out counts.
    """

    keeping: str = ""
    officers: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)
    makers: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, LibraryLine] = field(default_factory=dict)
    tags: Mapping[str, LibraryLine] = field(default_factory=dict)
    summaries: Mapping[tuple[str, str], LibraryLine] = field(default_factory=dict)
    beside: Mapping[tuple[str, str], tuple[LibraryLine, ...]] = field(default_factory=dict)
    replied: Mapping[str, tuple[LibraryLine, ...]] = field(default_factory=dict)
    shortened: Mapping[str, str] = field(default_factory=dict)


def fold_library(lines: Iterable[LibraryLine]) -> LibraryState:
    """The state of a library. The order of ``lines`` does not matter, nor whether some come twice."""
    ordered = merge_lines(lines)
    withdrawn = _withdrawn(ordered)
    by_kind: dict[str, list[LibraryLine]] = {}
    for line in ordered:
        if line.id not in withdrawn:
            by_kind.setdefault(line.what, []).append(line)

    def of(what: LibraryWhat) -> list[LibraryLine]:
        return by_kind.get(what, [])

    themes = _Themes(of("theme"))
    summaries = _summaries(of("summary"), themes)
    replied: dict[str, tuple[LibraryLine, ...]] = {}
    for line in of("replied"):
        replied[line.evaluation] = (*replied.get(line.evaluation, ()), line)
    keeping = of("keeping")
    return LibraryState(
        keeping[-1].on if keeping else "",
        {line.who: line.text for line in of("officer")},
        {line.who: line.role for line in of("officer")},
        themes.names,
        themes.makers,
        {line.id: themes.moved(line) for line in of("mark") if themes.current(line.to)},
        {line.id: line for line in of("tag")},
        {key: there[-1] for key, there in summaries.items()},
        {key: there[:-1] for key, there in summaries.items() if there[:-1]},
        replied,
        {anchor.quote.exact: line.text for line in of("shortened") for anchor in line.anchors if anchor.quote},
    )


def _withdrawn(ordered: Sequence[LibraryLine]) -> set[str]:
    """The ids of lines that their writers took back; who takes back the taking back has them again."""
    by_id = {line.id: line for line in ordered}
    found: set[str] = set()
    for line in reversed(ordered):
        of_own = line.to in by_id and by_id[line.to].who == line.who
        if line.what == "withdraw" and of_own and line.id not in found:
            found.add(line.to)
    return found


class _Themes:
    """Names of themes, and which are one with which."""

    def __init__(self, lines: Sequence[LibraryLine]) -> None:
        names = {line.id: line.text for line in lines if not line.to}
        self._into: dict[str, str] = {}
        for line in lines:
            if not line.into and line.to in names:
                names[line.to] = line.text
            if line.into and line.to not in self._chain(line.into):
                self._into[line.to] = line.into
        self._there = frozenset(names)
        self.names = {theme: name for theme, name in names.items() if self.current(theme) == theme}
        self.makers = {line.id: line.who for line in lines if line.id in self.names}

    def _chain(self, theme: str) -> list[str]:
        found = [theme]
        while found[-1] in self._into:
            found.append(self._into[found[-1]])
        return found

    def current(self, theme: str) -> str:
        """The theme that stands for one; empty where there is none any more."""
        return next((one for one in reversed(self._chain(theme)) if one in self._there), "")

    def moved(self, line: LibraryLine) -> LibraryLine:
        """A line about a theme, as one about the theme that stands for it."""
        now = self.current(line.to)
        return line if now == line.to else dataclasses.replace(line, to=now)


def _summaries(lines: Iterable[LibraryLine], themes: _Themes) -> dict[tuple[str, str], tuple[LibraryLine, ...]]:
    """The last summary of each writer for each evaluation and theme or area, the latest at the end.

    What somebody wrote for themselves alone stands before what is for all: it hides nothing, and nothing hides it.
    """
    found: dict[tuple[str, str], dict[tuple[str, str, str], LibraryLine]] = {}
    for line in lines:
        now = themes.moved(line) if line.to else line
        key, whose = (now.evaluation or now.provider, now.to or now.area), (line.who, line.to, line.audience)
        there = found.setdefault(key, {})
        there.pop(whose, None)
        there[whose] = now
    return {key: tuple(sorted(there.values(), key=lambda line: line.audience != "me")) for key, there in found.items()}
