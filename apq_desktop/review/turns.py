"""Whose turn it is, area by area: the same lists for the side that asks and for the side that answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from apq_desktop.review.exchange_state import OTHER, Exchange, Thread
from apq_desktop.review.lines import NoteKind, Side

_COUNTED = MappingProxyType(
    {
        "question": ("1 question", "{} questions"),
        "change": ("1 change requested", "{} changes requested"),
        "agreed": ("1 agreed", "{} agreed"),
        "note": ("1 comment", "{} comments"),
    }
)


@dataclass(frozen=True, slots=True)
class AreaTurn:
    """The notes on one area of which it is the turn of ``side``; with an empty one those that wait for nobody.

    ``area`` is empty for notes on the whole.
    """

    side: Side | Literal[""]
    area: str
    threads: tuple[Thread, ...]

    @property
    def counted(self) -> str:
        """How many notes of each kind, in words."""
        kinds: list[NoteKind] = [thread.note.kind for thread in self.threads]
        counts = [(kinds.count(kind), words) for kind, words in _COUNTED.items() if kind in kinds]
        return ", ".join(one if count == 1 else many.format(count) for count, (one, many) in counts)


def turns(exchange: Exchange, areas: Iterable[str], reader: Side) -> Iterator[AreaTurn]:
    """Who must act where: what waits for the ``reader``, for the other side, then areas in which nothing waits.

    ``areas`` are the keys in their order; notes on others count as on the whole, which comes last.
    """
    order = [*areas, ""]
    found: dict[str, list[Thread]] = {}
    for thread in exchange.threads:
        area = thread.note.anchor.area if thread.note.anchor else ""
        found.setdefault(area if area in order else "", []).append(thread)
    sides: tuple[Side | Literal[""], ...] = (reader, OTHER[reader], "")
    for side in sides:
        for area in order:
            there = found.get(area, [])
            mine = tuple(thread for thread in there if thread.waits_for == side)
            if mine and (side or len(mine) == len(there)):
                yield AreaTurn(side, area, mine)
