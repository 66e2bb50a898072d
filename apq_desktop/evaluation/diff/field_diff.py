"""The fields of two versions of one thing, set beside each other as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from apq_desktop.evaluation.diff.word_diff import Segment, same_words, segments
from apq_desktop.evaluation.edits.changes import TargetKind
from apq_desktop.evaluation.fields import find_field, label
from apq_desktop.evaluation.text.cleaning import visible_text

FieldChangeKind = Literal["added", "removed", "reworded", "unchanged"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, earlier and now. ``field`` is its name in the model, ``label`` what people call it."""

    field: str
    label: str
    kind: FieldChangeKind
    before: str
    after: str
    segments: tuple[Segment, ...]


def field_changes(kind: TargetKind, before: Mapping[str, str], after: Mapping[str, str]) -> tuple[FieldChange, ...]:
    """The fields that hold something in either version. A field that is not given is empty."""
    found = []
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name, ""), after.get(name, "")
        if visible_text(was) or visible_text(now):
            found.append(_field_change(kind, name, was, now))
    return tuple(found)


def _field_change(kind: TargetKind, name: str, was: str, now: str) -> FieldChange:
    if same_words(was, now):
        return FieldChange(name, label(kind, name), "unchanged", was, now, (Segment("equal", now),))
    how: FieldChangeKind = "added" if not visible_text(was) else "removed" if not visible_text(now) else "reworded"
    field = find_field(kind, name)
    whole = how != "reworded" or field is None or field.is_compared_whole
    parts = tuple(_whole(was, now)) if whole else segments(was, now)
    return FieldChange(name, label(kind, name), how, was, now, parts)


def _whole(was: str, now: str) -> list[Segment]:
    return [part for part in (Segment("removed", was), Segment("added", now)) if part.text]
