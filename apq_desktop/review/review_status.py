"""How an evaluation stands in the list of what was received: its state, whose turn it is, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from apq_desktop.review.exchange_state import Exchange
from apq_desktop.review.lines import ReviewLine, Side

ReviewStatusWord = Literal["received", "new-version", "changes-requested", "agreed"]
"""The first two come from the program, the others from people."""


@dataclass(frozen=True, slots=True)
class ReviewStatus:
    """What a list shows of an exchange. ``since`` is a stamp, empty where it waits for nobody."""

    word: ReviewStatusWord = "received"
    waits_for: Side | Literal[""] = ""
    since: str = ""


def review_status(exchange: Exchange, revision: int, received: str, *, is_first: bool) -> ReviewStatus:
    """How an evaluation stands whose newest ``revision`` was ``received`` then; ``is_first``: none came before it.

    A state that a person gave holds for the revision that was read; a newer one waits to be read.
    """
    given = exchange.state_of()
    if given and _is_about(given, revision, received) and given.state in {"changes-requested", "agreed"}:
        word: ReviewStatusWord = "agreed" if given.state == "agreed" else "changes-requested"
    else:
        given, word = None, "received" if is_first else "new-version"
    ours = [thread.since for thread in exchange.waiting_for("reviewer")]
    theirs = [thread.since for thread in exchange.waiting_for("setting")]
    if given is None:
        ours.append(received)
    elif word == "changes-requested" and not theirs:
        theirs.append(given.at)
    if ours:
        return ReviewStatus(word, "reviewer", min(ours))
    return ReviewStatus(word, "setting", min(theirs)) if theirs else ReviewStatus(word)


def _is_about(given: ReviewLine, revision: int, received: str) -> bool:
    return given.anchor.revision >= revision if given.anchor else given.at >= received
