"""What the states of a review and the kinds of a note are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from apq_desktop.review.lines import NoteKind, StateWord

STATES: Mapping[StateWord, str] = MappingProxyType(
    {"received": "Received", "changes-requested": "Changes requested", "agreed": "Agreed"}
)
NOTE_KINDS: Mapping[NoteKind, str] = MappingProxyType(
    {"question": "Question", "change": "Change requested", "agreed": "Agreed", "note": "Comment"}
)
