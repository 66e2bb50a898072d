"""Every text that a user wrote in an evaluation, with the way to its field, in the order of reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache
from typing import Any, NamedTuple

from apq_desktop.evaluation.edits.changes import Owner, Target, TargetKind
from apq_desktop.evaluation.fields import find_field
from apq_desktop.evaluation.model import AreaRecord, Evaluation
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.dates import shown
from apq_desktop.evaluation.text.readings import told

REPEATED = ("current_point",)
"""What only says again what stands in another field: it is the latest of the readings."""


class Written(NamedTuple):
    """One text as it is shown. ``area`` is the key of the area that its form belongs to, or empty."""

    target: Target
    field: str
    area: str
    text: str


def everything_written(evaluation: Evaluation) -> Iterator[Written]:
    """Every text that says something: about the evaluation, area by area with its actions, then the evidence."""
    yield from _texts(evaluation.setting, Target("setting"))
    yield from _texts(evaluation, Target("evaluation"))
    known = {area.key for area in evaluation.areas}
    for area in evaluation.areas:
        yield from _area(evaluation, area)
    for action in evaluation.actions:
        if action.area not in known:
            yield from _texts(action, Target("actions", action.id), action.area)
    for item in evaluation.evidence:
        yield from _texts(item, Target("evidence", item.id))


def _area(evaluation: Evaluation, area: AreaRecord) -> Iterator[Written]:
    key = area.key
    yield from _texts(area, Target("area", key), key, leave_out=("title",))
    for note in area.questions:
        yield from _texts(note, Target("note", note.key, key), key)
    for entry in area.strengths:
        yield from _texts(entry, Target("strengths", entry.id, key), key)
    for entry in area.development_areas:
        yield from _texts(entry, Target("development_areas", entry.id, key), key)
    for action in evaluation.actions_of(key):
        yield from _texts(action, Target("actions", action.id), key)


def _texts(owner: Owner, target: Target, area: str = "", leave_out: tuple[str, ...] = ()) -> Iterator[Written]:
    kind: Any = type(owner)
    for name, as_read in _text_fields(kind, target.kind):
        text: str = getattr(owner, name)
        if text and name not in leave_out and visible_text(text):
            yield Written(target, name, area, as_read(text))


@cache
def _text_fields(owner: type, kind: TargetKind) -> tuple[tuple[str, Callable[[str], str]], ...]:
    """The names of the fields with text, each with how it is read."""
    names = (field.name for field in fields(owner) if field.type in ("Line", "Text") and field.name not in REPEATED)
    return tuple((name, _reader(kind, name)) for name in names)


def _reader(kind: TargetKind, name: str) -> Callable[[str], str]:
    field = find_field(kind, name)
    if field is not None and field.editor == "readings":
        return told
    return shown if field is not None and field.is_date else str
