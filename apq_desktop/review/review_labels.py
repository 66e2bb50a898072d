"""What the states of a review and the kinds of a note are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from apq_desktop.review.exchange_state import Thread
from apq_desktop.review.lines import NoteKind, StateWord
from apq_desktop.review.review_status import ReviewStatusWord

STATES: Mapping[StateWord, str] = MappingProxyType(
    {"received": "Received", "changes-requested": "Changes requested", "agreed": "Agreed"}
)
STATUSES: Mapping[ReviewStatusWord, str] = MappingProxyType(
    {
        "received": "Received",
        "new-version": "New version",
        "changes-requested": "Changes requested",
        "agreed": "Agreed",
    }
)
NOTE_KINDS: Mapping[NoteKind, str] = MappingProxyType(
    {"question": "Question", "change": "Change requested", "agreed": "Agreed", "note": "Comment"}
)

STAGES: Mapping[str, str] = MappingProxyType({"": "", "initial-feedback": "Initial feedback", "final": "Final reply"})


def words_for_mark(threads: tuple[Thread, ...]) -> str:
    """What the mark at an area's form says, empty where nothing was written on the area."""
    count, waiting = len(threads), sum(thread.waits_for == "setting" for thread in threads)
    if not count:
        return ""
    notes = "1 note in the review" if count == 1 else f"{count:,} notes in the review"
    return f"{notes}, {waiting:,} waiting for you" if waiting else notes
