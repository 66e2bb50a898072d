"""The lines of an exchange about one evaluation: notes on it, answers, states, visits, agreed actions.

A line is written once and never changed or deleted; a later line answers, closes or withdraws it. The same classes
are kept in journals, in the provider's file and in reply files (``exchange.json``), so every bound stands here once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le

from apq_desktop.evaluation.model import (
    ADDED_LATER,
    MAX_REGISTER,
    MAX_TEXT,
    Action,
    Id,
    Key,
    Line,
    QuestionKey,
    Stamp,
    Text,
    UnknownFields,
)

What = Literal[
    "note", "answer", "close", "reopen", "withdraw", "take-over", "state", "agreed-action", "visit", "next-review"
]
NoteKind = Literal["", "question", "change", "agreed", "note"]
Side = Literal["reviewer", "setting"]
Audience = Literal["me", "us", "provider"]
"""Who may read a line: its writer, the colleagues of one library, or the provider too. Only the third ever leaves."""
StateWord = Literal["", "received", "changes-requested", "agreed"]
Part = Literal["evaluation", "setting", "area", "note", "strengths", "development_areas", "evidence", "actions"]

MOST_SEQUENCE = 1_000_000_000
MOST_LINES = MAX_REGISTER
"""Lines of one exchange."""
IF_USED = ADDED_LATER
"""Marks a field that is written only where it holds something: most lines use few of them."""
_STRICT = {"extra": "forbid", "strict": True}


@dataclass(frozen=True, slots=True)
class Quote:
    """The quoted words with up to 32 characters before and after them, and where they began in the original text."""

    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT

    exact: Text
    prefix: Line = dataclasses.field(default="", metadata=IF_USED)
    suffix: Line = dataclasses.field(default="", metadata=IF_USED)
    start: Annotated[int, Ge(0), Le(MAX_TEXT)] = dataclasses.field(default=0, metadata=IF_USED)
    unknown_fields: UnknownFields = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a note hangs on: an area, one item of it, or quoted words in a field of that item.

    ``part`` and ``item`` are the kind and the key of an ``edits.changes.Target`` (both empty: the whole area).
    ``revision`` is the revision that was read, and the words are always looked for from there.
    """

    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT

    revision: Annotated[int, Ge(0), Le(1_000_000)] = 0
    area: Key = dataclasses.field(default="", metadata=IF_USED)
    part: Part = "area"
    item: QuestionKey = dataclasses.field(default="", metadata=IF_USED)
    field: Key = dataclasses.field(default="", metadata=IF_USED)
    quote: Quote | None = dataclasses.field(default=None, metadata=IF_USED)
    unknown_fields: UnknownFields = ""


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One line. Which fields are used depends on ``what``, see ``REQUIRED``.

    ``at`` is the writer's clock and only shown; ``seq`` is 1 more than the largest that the writer had seen (a
    Lamport clock) and orders lines. ``who`` is the id of the writer's library or file, ``role`` what is shown of the
    person. ``to`` is the id of the line that this one follows. ``area`` is empty where a state is about all of it.
    ``party`` is the organisation whose reply it came in, ``as_peer`` tells that it reviews as a peer, and ``typed``
    that the line was typed into the form in a PDF.
    """

    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT

    id: Id
    what: What
    at: Stamp
    seq: Annotated[int, Ge(1), Le(MOST_SEQUENCE)]
    who: Id
    side: Side
    evaluation: Id
    audience: Audience = "me"
    role: Line = dataclasses.field(default="", metadata=IF_USED)
    kind: NoteKind = dataclasses.field(default="", metadata=IF_USED)
    to: Id = dataclasses.field(default="", metadata=IF_USED)
    text: Text = dataclasses.field(default="", metadata=IF_USED)
    area: Key = dataclasses.field(default="", metadata=IF_USED)
    state: StateWord = dataclasses.field(default="", metadata=IF_USED)
    on: Line = dataclasses.field(default="", metadata=IF_USED)
    anchor: Anchor | None = dataclasses.field(default=None, metadata=IF_USED)
    action: Action | None = dataclasses.field(default=None, metadata=IF_USED)
    party: Line = dataclasses.field(default="", metadata=IF_USED)
    as_peer: bool = dataclasses.field(default=False, metadata=IF_USED)
    typed: bool = dataclasses.field(default=False, metadata=IF_USED)
    unknown_fields: UnknownFields = ""


REQUIRED = MappingProxyType(
    {
        "note": ("kind", "text", "anchor"),
        "answer": ("to",),
        "close": ("to",),
        "reopen": ("to", "text"),
        "withdraw": ("to",),
        "take-over": ("to", "text"),
        "state": ("state",),
        "agreed-action": ("action",),
        "visit": ("on", "text"),
        "next-review": ("on",),
    }
)
"""For each kind of line the fields that must be filled in. An answer may be a change in the evaluation alone."""


def missing_fields(line: ReviewLine) -> tuple[str, ...]:
    """The fields that a line of its kind needs and that are empty."""
    needed = REQUIRED[line.what]
    if line.what == "state" and line.state == "changes-requested":
        needed = (*needed, "text")
    return tuple(name for name in needed if not getattr(line, name))


def next_sequence(lines: Iterable[ReviewLine]) -> int:
    """The sequence number of the next line of somebody who has seen these."""
    return 1 + max((line.seq for line in lines), default=0)
