"""The document of a reply, format ``apq-review`` version 1: the lines of an exchange with a header and a summary.

The lines (``review.lines``) are what counts. Besides them stands what they come to (states, agreed actions, visits, the
next review), for programs that do not fold lines; it is made from the fold and compared with it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from annotated_types import Ge, Le, MaxLen

from apq_desktop.evaluation.model import ADDED_LATER, MAX_ITEMS, Action, Id, Key, Line, Stamp, Text, UnknownFields
from apq_desktop.review.exchange_state import fold_lines
from apq_desktop.review.lines import MOST_LINES, ReviewLine, Side, StateWord

FORMAT: Literal["apq-review"] = "apq-review"
VERSION: Literal[1] = 1
"""Changes only when a reader of the version before would misread a document."""
READER_LEVEL = 1
"""Changes when a document may hold what must not be passed over, such as a new kind of line."""
Stage = Literal["", "initial-feedback", "final"]
_STRICT: dict[str, object] = {"extra": "forbid", "strict": True}


@dataclass(slots=True)
class Sender:
    """Who wrote the file. ``id`` is that of the sender's file or library, ``role`` is no person's name."""

    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT

    id: Id
    side: Side = "reviewer"
    organisation: Line = ""
    role: Line = ""
    unknown_fields: UnknownFields = ""


@dataclass(slots=True)
class About:
    """Which evaluation the exchange is about: its id, the newest revision that was read, and the digest of its JSON.

    ``setting`` and ``title`` are for people and decide nothing.
    """

    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT

    evaluation: Id
    revision: Annotated[int, Ge(0), Le(1_000_000)] = 0
    digest: Annotated[str, MaxLen(64)] = ""
    setting: Line = ""
    title: Line = ""
    unknown_fields: UnknownFields = ""


@dataclass(slots=True)
class StatedState:
    """The latest state that a reviewer gave, with the reason where changes are requested."""

    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT

    state: StateWord = ""
    reason: Text = ""
    at: Stamp = ""
    by: Line = ""
    unknown_fields: UnknownFields = ""


@dataclass(slots=True)
class AreaState:
    """The latest state of one area."""

    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT

    key: Key
    state: StateWord = ""
    unknown_fields: UnknownFields = ""


@dataclass(slots=True)
class Visit:
    """A visit that a reviewer noted: when, who, and what was seen."""

    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT

    id: Id
    on: Line = ""
    who: Line = ""
    text: Text = ""
    unknown_fields: UnknownFields = ""


@dataclass(slots=True, kw_only=True)
class PortableReview:
    """A reply as a file. It holds the whole exchange so far, so that a lost file costs nothing.

    ``needs`` is the least level of a reader that may open it, 1 where it is left out; ``number`` counts the sender's
    files about this evaluation. ``lines`` are the exchange; what follows them is its summary. ``digest`` is the
    SHA-256, in hexadecimal, of the canonical form (RFC 8785) of the document without it.
    """

    __pydantic_config__: ClassVar[dict[str, object]] = _STRICT

    format: Literal["apq-review"]
    version: Literal[1]
    needs: Annotated[int, Ge(1)] = dataclasses.field(default=1, metadata=ADDED_LATER)
    id: Id
    number: Annotated[int, Ge(1), Le(1_000_000)] = 1
    program_version: Line = ""
    written: Stamp = ""
    stage: Stage = ""
    sender: Sender
    about: About
    lines: Annotated[list[ReviewLine], MaxLen(MOST_LINES)]
    state: StatedState = dataclasses.field(default_factory=StatedState)
    areas: Annotated[list[AreaState], MaxLen(100)] = dataclasses.field(default_factory=list)
    agreed_actions: Annotated[list[Action], MaxLen(MAX_ITEMS)] = dataclasses.field(default_factory=list)
    visits: Annotated[list[Visit], MaxLen(MAX_ITEMS)] = dataclasses.field(default_factory=list)
    next_review: Line = ""
    unknown_fields: UnknownFields = ""
    digest: Annotated[str, MaxLen(64)] = ""


def written_order() -> tuple[str, ...]:
    """The names at the top of the document in the order of writing."""
    return tuple(field.name for field in dataclasses.fields(PortableReview) if field.name != "unknown_fields")


def summary(lines: Iterable[ReviewLine]) -> dict[str, Any]:
    """What lines come to, under the names of the document."""
    exchange = fold_lines(lines)
    whole = exchange.state_of()
    states = ((area, exchange.state_of(area)) for area in exchange.states if area)
    return {
        "state": StatedState(whole.state, whole.text, whole.at, whole.role) if whole else StatedState(),
        "areas": [AreaState(area, line.state) for area, line in states if line],
        "agreed_actions": [line.action for line in exchange.agreed_actions if line.action],
        "visits": [Visit(line.id, line.on, line.role, line.text) for line in exchange.visits],
        "next_review": exchange.next_review.on if exchange.next_review else "",
    }


def disagreement(review: PortableReview) -> str:
    """One sentence where the summary of a file says something else than its lines; empty where it does not.

    A part that the file leaves empty says nothing.
    """
    for name, made in summary(review.lines).items():
        stated = getattr(review, name)
        if stated not in (StatedState(), [], "") and _known(stated) != _known(made):
            return "Its summary says something else than the notes in it; what the notes say counts here."
    return ""


def _known(value: Any) -> Any:
    """A part of a summary without what a newer version says of it."""
    if isinstance(value, list):
        return [_known(item) for item in value]
    known = dataclasses.is_dataclass(value) and not isinstance(value, type)
    return dataclasses.replace(value, unknown_fields="") if known else value
