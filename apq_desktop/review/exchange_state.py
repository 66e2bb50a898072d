"""Fold the lines of one exchange into its state: a pure function, the same for every order in which lines arrive.

Lines are joined by id and ordered by (sequence, time, writer, id), each behind the one that it follows, so that
conflict copies, doubled lines and clocks that differ come out the same everywhere. A line that its writer was not
allowed to write is left out and listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from types import MappingProxyType
from typing import Literal, Protocol, TypeVar

from apq_desktop.review.lines import ReviewLine, Side, missing_fields

Status = Literal["open", "answered", "closed"]
ASKING = ("question", "change")
"""The kinds of note that wait for an answer."""
OTHER: Mapping[Side, Side] = MappingProxyType({"reviewer": "setting", "setting": "reviewer"})


@dataclass(frozen=True, slots=True)
class Thread:
    """A note with what followed it. ``asker`` is the id of whoever may close it: its writer, or who took it over."""

    note: ReviewLine
    asker: str
    status: Status = "open"
    followed: tuple[ReviewLine, ...] = ()

    @property
    def is_request(self) -> bool:
        """Whether the note asks for something."""
        return self.note.kind in ASKING

    @property
    def waits_for(self) -> Side | Literal[""]:
        """Whose turn it is; empty where nobody waits. The other side is never asked what it does not see."""
        if not self.is_request or self.status == "closed" or self.note.audience != "provider":
            return ""
        return self.note.side if self.status == "answered" else OTHER[self.note.side]

    @property
    def since(self) -> str:
        """The moment since which it waits: that of the last line."""
        return (self.followed or (self.note,))[-1].at


@dataclass(frozen=True, slots=True)
class Exchange:
    """What stands after all lines. Withdrawn lines and what followed a withdrawn note are not in it.

    ``states`` holds the last state that each writer gave, by area ("" is the whole evaluation), the latest one last:
    two people can differ, and both are shown. ``refused`` holds lines left out, each with the reason in words.
    """

    threads: tuple[Thread, ...] = ()
    states: Mapping[str, tuple[ReviewLine, ...]] = field(default_factory=dict)
    agreed_actions: tuple[ReviewLine, ...] = ()
    visits: tuple[ReviewLine, ...] = ()
    next_review: ReviewLine | None = None
    refused: tuple[tuple[ReviewLine, str], ...] = ()

    def waiting_for(self, side: Side) -> tuple[Thread, ...]:
        """The requests on which it is this side's turn, the longest waiting first."""
        waiting = (thread for thread in self.threads if thread.waits_for == side)
        return tuple(sorted(waiting, key=lambda thread: (thread.since, thread.note.id)))

    def about_area(self, area: str) -> tuple[Thread, ...]:
        """The notes that were written on an area."""
        return tuple(thread for thread in self.threads if thread.note.anchor and thread.note.anchor.area == area)

    def state_of(self, area: str = "") -> ReviewLine | None:
        """The latest state of an area, or of the whole evaluation."""
        return self.states.get(area, (None,))[-1]


class _Line(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def seq(self) -> int: ...
    @property
    def to(self) -> str: ...


_L = TypeVar("_L", bound=_Line)


def merge_lines(lines: Iterable[_L]) -> tuple[_L, ...]:
    """Each line once, in order. Of two that share an id and differ, the same one stands everywhere."""
    found: dict[str, _L] = {}
    for line in lines:
        there = found.setdefault(line.id, line)
        if there is not line and there != line:
            found[line.id] = min(there, line, key=repr)
    ordered = sorted(found.values(), key=_order)
    if any(line.to in found and found[line.to].seq >= line.seq for line in ordered if line.to):
        places = _behind(ordered, found)
        ordered.sort(key=lambda line: places[line.id])  # else the order stays
    return tuple(ordered)


def _behind(ordered: list[_L], found: Mapping[str, _L]) -> dict[str, int]:
    """The sequence number of each line, raised above that of the line that it follows.

    What was typed into a PDF is numbered by each side when it is read, so that an answer may have the smaller number.
    """
    places: dict[str, int] = {}
    for line in ordered:
        chain = {line.id: line}
        while (last := next(reversed(chain.values()))).to in found and last.to not in chain and last.to not in places:
            chain[last.to] = found[last.to]
        before = places.get(last.to, 0)
        for one in reversed(chain.values()):
            before = places[one.id] = max(one.seq, before + 1)
    return places


def fold_lines(lines: Iterable[ReviewLine]) -> Exchange:
    """The state of one exchange. The order of ``lines`` does not matter, nor whether some come twice."""
    return _Folding(merge_lines(lines)).exchange()


def taken_back(lines: Iterable[ReviewLine]) -> set[str]:
    """The ids of the lines that their writers took back, and did not take up again."""
    return _Folding(merge_lines(lines)).withdrawn


_order = attrgetter("seq", "at", "who", "id")

NOTHING_TO_FOLLOW = "It follows a line that is not there."
NOT_THE_WRITER = "Only whoever wrote a line can withdraw it."
NOT_THE_ASKER = "Only whoever asked can close or reopen a request."
NOT_A_COLLEAGUE = "Only a colleague of whoever asked can take a request over."
NOT_THE_REVIEWER = "Only a reviewer can write this."
INCOMPLETE = "It is not complete."


class _Folding:
    """One pass over lines that are merged, and so in order."""

    def __init__(self, lines: tuple[ReviewLine, ...]) -> None:
        self._refused: list[tuple[ReviewLine, str]] = []
        whole = [line for line in lines if self._allowed(line, not missing_fields(line), INCOMPLETE)]
        self._by_id = {line.id: line for line in whole}
        self.withdrawn = self._withdrawn(whole)
        self._standing = [line for line in whole if line.id not in self.withdrawn and line.what != "withdraw"]
        self._threads: dict[str, Thread] = {}
        self._note_of = {line.id: line.id for line in whole if line.what == "note"}
        """For each line of a thread the note that it began with: what follows an answer follows its note."""

    def exchange(self) -> Exchange:
        """The state after all lines."""
        states: dict[str, dict[str, ReviewLine]] = {}
        for line in self._standing:
            match line.what:
                case "note":
                    self._threads[line.id] = Thread(line, line.who)
                case "answer" | "close" | "reopen" | "take-over":
                    self._follow(line)
                case "state" if self._by_reviewer(line):
                    of_area = states.setdefault(line.area, {})
                    of_area.pop(line.who, None)
                    of_area[line.who] = line
        reviews = self._kind("next-review")
        return Exchange(
            tuple(self._threads.values()),
            {area: tuple(lines.values()) for area, lines in sorted(states.items())},
            self._kind("agreed-action"),
            self._kind("visit"),
            reviews[-1] if reviews else None,
            tuple(self._refused),
        )

    def _withdrawn(self, lines: list[ReviewLine]) -> set[str]:
        """The ids of lines that were withdrawn and whose withdrawing was not withdrawn itself: from the last back."""
        gone: set[str] = set()
        seen: set[str] = set()
        for line in reversed(lines):
            if line.what == "withdraw" and line.id not in gone:
                target = self._by_id.get(line.to)
                # What was taken back before it came here is not missed.
                if target is not None and self._allowed(line, line.to not in seen, NOTHING_TO_FOLLOW):
                    own = (target.who, target.side) == (line.who, line.side)
                    if self._allowed(line, own, NOT_THE_WRITER):
                        gone.add(line.to)
            seen.add(line.id)
        return gone

    def _follow(self, line: ReviewLine) -> None:
        note = self._note_of.get(line.to, "")
        thread = self._threads.get(note)
        if thread is None:
            # What followed a withdrawn note goes with it, and is nobody's fault.
            self._allowed(line, bool(note), NOTHING_TO_FOLLOW)
            return
        self._note_of[line.id] = note
        is_colleague = line.side == thread.note.side
        allowed, reason = is_colleague and line.who == thread.asker, NOT_THE_ASKER
        status, asker = thread.status, thread.asker
        match line.what:
            case "answer":
                allowed, status = True, _answered(thread, same_side=is_colleague)
            case "close":
                status = "closed"
            case "reopen":
                status = "open"
            case _:
                allowed, reason, asker = is_colleague and line.side == "reviewer", NOT_A_COLLEAGUE, line.who
        if self._allowed(line, allowed, reason):
            self._threads[note] = Thread(thread.note, asker, status, (*thread.followed, line))

    def _kind(self, what: str) -> tuple[ReviewLine, ...]:
        return tuple(line for line in self._standing if line.what == what and self._by_reviewer(line))

    def _by_reviewer(self, line: ReviewLine) -> bool:
        return self._allowed(line, line.side == "reviewer", NOT_THE_REVIEWER)

    def _allowed(self, line: ReviewLine, allowed: bool, reason: str) -> bool:
        if not allowed:
            self._refused.append((line, reason))
        return allowed


def _answered(thread: Thread, *, same_side: bool) -> Status:
    """The asked side's answer makes it the asker's turn, a further word of the asking side the asked side's again."""
    if thread.status == "closed":
        return "closed"
    return "open" if same_side else "answered"
