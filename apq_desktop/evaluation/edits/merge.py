"""Bring what a colleague wrote on a part back into the whole: by ids, against the part as it was given out.

What only one of the two changed is taken from there. Where both changed a text, both wordings stand in it afterwards;
where a field holds only one value, the one of the whole stays, and the other is told. Nothing of either is dropped.
The order of a list is such a value.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import Field, dataclass, fields, replace
from functools import cache
from typing import Any, cast

from apq_desktop.evaluation.edits.changes import (
    AddItem,
    CompoundChange,
    Item,
    ListName,
    ListPlace,
    MoveItem,
    Owner,
    RemoveItem,
    SetField,
    Step,
    Target,
    TargetKind,
    Value,
    apply,
    item_id,
    items,
)
from apq_desktop.evaluation.fields import is_date
from apq_desktop.evaluation.model import MAX_LINE, MAX_TEXT, AreaRecord, Entry, Evaluation, new_id
from apq_desktop.evaluation.text.cleaning import visible_text

NAME = "bringing in a part"
ORDER, SHORT = "order", 40
"""What is told where both changed the order of a list, and the letters by which its items are named."""
_NEVER = frozenset(
    {"id", "revision", "supersedes", "created", "changed", "copy_for", "copy_areas", "copy_code", "number", "key"}
    | {"carried_from", "current_point", "unknown_fields", "commissioner", "other_commissioners"}
)
"""What tells which evaluation, copy or item it is, or says again what another field says; nobody writes it there."""
_BETWEEN = {"Text": ("\n\n", MAX_TEXT), "Line": (" / ", MAX_LINE)}
"""What stands between two wordings, and the longest text: by the type of the field."""


@dataclass(frozen=True, slots=True)
class BothChanged:
    """A field that both changed. ``together``: both wordings stand in it now; else ``mine`` does.

    ``area``, ``target`` and ``field`` lead there. An empty wording is one that was taken out.
    """

    area: str
    target: Target
    field: str
    mine: str
    theirs: str
    together: bool


@dataclass(frozen=True, slots=True)
class Merged:
    """``change`` brings in what came back, as one step, or is None; ``both`` is for people to look at."""

    change: CompoundChange | None
    both: tuple[BothChanged, ...]


def merge(mine: Evaluation, base: Evaluation, theirs: Evaluation) -> Merged:
    """What ``theirs`` adds to ``mine``, where ``base`` is the part as it was given out. Nothing is changed."""
    work = _Merging(mine, base, theirs)
    work.all()
    return Merged(CompoundChange(tuple(work.steps), NAME) if work.steps else None, tuple(work.both))


class _Merging:
    """Collect the steps, each carried out on a copy, so that positions are those at its turn."""

    def __init__(self, mine: Evaluation, base: Evaluation, theirs: Evaluation) -> None:
        self._mine, self._base, self._theirs = deepcopy(mine), base, theirs
        self.steps: list[Step] = []
        self.both: list[BothChanged] = []

    def all(self) -> None:
        """The evidence before what cites it, the development areas before the actions that answer them."""
        mine, base, theirs = self._mine, self._base, self._theirs
        self._fields(Target("setting"), "", mine.setting, base.setting, theirs.setting)
        self._fields(Target("evaluation"), "", mine, base, theirs)
        self._list(ListPlace("evidence"))
        there = {area.key for area in mine.areas}
        for area in theirs.areas:
            if area.key in there:
                self._area(area.key)
        self._list(ListPlace("actions"))

    def _area(self, key: str) -> None:
        mine, theirs = self._mine.area(key), self._theirs.area(key)
        base = next((area for area in self._base.areas if area.key == key), AreaRecord(mine.number, key, mine.title))
        self._fields(Target("area", key), key, mine, base, theirs)
        notes, before = ({note.key: note for note in area.questions} for area in (mine, base))
        for note in theirs.questions:
            was = before.get(note.key)
            target = Target("note", note.key, key)
            if note.key in notes:
                self._fields(target, key, notes[note.key], was or type(note)(note.key), note)
            elif visible_text(note.note):
                self.both.append(BothChanged(key, target, "note", "", note.note, together=False))
        self._list(ListPlace("strengths", key))
        self._list(ListPlace("development_areas", key))
        self._list(ListPlace("citations", key))

    def _list(self, place: ListPlace) -> None:
        base, theirs = (_by_id(_items(one, place)) for one in (self._base, self._theirs))
        self._order(place, list(base), list(theirs))
        before = ""
        for key, item in theirs.items():
            mine = _by_id(items(self._mine, place))
            if key in mine:
                self._item(place, mine[key], base.get(key), item)
            elif key not in base or item != base[key]:
                self._do(AddItem(place, self._own(item), _after(list(mine), before)))
            before = key
        for key, was in base.items():
            if key not in theirs:
                self._take_out(place, key, was)

    def _order(self, place: ListPlace, base: Sequence[str], theirs: Sequence[str]) -> None:
        """The order of what all three have: theirs where only they changed it; where both did, mine stays."""
        there = [item_id(one) for one in items(self._mine, place)]
        everywhere = set(there) & set(base) & set(theirs)
        now, was, new = ([key for key in keys if key in everywhere] for keys in (there, base, theirs))
        if new in (was, now):
            return
        if now == was:
            coming = iter(new)
            for position, key in enumerate([next(coming) if one in everywhere else one for one in there]):
                if there[position] != key:
                    self._do(MoveItem(place, key, position, there.index(key)))
                    there.remove(key)
                    there.insert(position, key)
        else:
            target = Target(cast(TargetKind, place.name), now[0], place.area)
            mine, other = (self._in_short(place, keys) for keys in (now, new))
            self.both.append(BothChanged(place.area, target, ORDER, mine, other, together=False))

    def _in_short(self, place: ListPlace, keys: Sequence[str]) -> str:
        """Items by their first words, in this order."""
        titles = {item.id: item.title for item in self._mine.evidence}
        found = _by_id(items(self._mine, place))
        words = (getattr(found[key], _MAIN.get(place.name, "title"), titles.get(key, "")) for key in keys)
        return "; ".join(textwrap.shorten(visible_text(str(one)), SHORT, placeholder="…") for one in words)

    def _take_out(self, place: ListPlace, key: str, was: Item) -> None:
        """What they removed goes, where it is as it was given out."""
        there = items(self._mine, place)
        position = next((n for n, one in enumerate(there) if item_id(one) == key), -1)
        # A source of evidence may be cited elsewhere in the whole, so it stays in the register.
        if position < 0 or place.name == "evidence":
            return
        if there[position] == was:
            self._do(RemoveItem(place, deepcopy(there[position]), position))
        else:
            target, field = Target(cast("TargetKind", place.name), key, place.area), _MAIN[place.name]
            self.both.append(
                BothChanged(place.area, target, field, getattr(there[position], field), "", together=False)
            )

    def _own(self, item: Item) -> Item:
        """An item to add. One that was moved from another list, and is still there, gets an id of its own."""
        entries = (one.id for area in self._mine.areas for one in (*area.strengths, *area.development_areas))
        return replace(item, id=new_id()) if isinstance(item, Entry) and item.id in entries else item

    def _item(self, place: ListPlace, mine: Item, base: Item | None, theirs: Item) -> None:
        if not isinstance(mine, str):
            base = base or type(mine)(id=mine.id)
            kind = cast("TargetKind", place.name)
            area = place.area or getattr(mine, "area", "")
            self._fields(Target(kind, mine.id, place.area), area, mine, cast("Owner", base), cast("Owner", theirs))

    def _fields(self, target: Target, area: str, mine: Owner, base: Owner, theirs: Owner) -> None:
        for field in _mergeable(cast("Any", type(mine)), target.kind):
            now, was, new = (_value(getattr(one, field.name)) for one in (mine, base, theirs))
            if new in (was, now):
                continue
            if now == was:
                self._do(SetField(target, field.name, new, now))
            elif not (isinstance(new, str) and isinstance(now, str) and new and new in now):
                self._do_both(target, area, field, now, new)

    def _do_both(self, target: Target, area: str, field: Field[Any], mine: Value, theirs: Value) -> None:
        between, most = _BETWEEN.get(str(field.type), ("", 0))
        joined = f"{mine}{between}{theirs}" if between and not is_date(target.kind, field.name) else ""
        joined = str(theirs) if joined and not visible_text(str(mine)) else joined
        together = bool(joined) and len(joined) <= most and bool(visible_text(str(theirs)))
        if together:
            self._do(SetField(target, field.name, joined, mine))
        self.both.append(BothChanged(area, target, field.name, _words(mine), _words(theirs), together))

    def _do(self, step: Step) -> None:
        apply(self._mine, step)
        self.steps.append(step)


@cache
def _mergeable(kind: Any, owner: TargetKind) -> tuple[Field[Any], ...]:
    """The fields that people fill in. Lists of items have rules of their own; an area's title is the instrument's."""
    left_out = _NEVER | ({"title", *_LISTS} if owner == "area" else {*_LISTS, "setting", "areas"})
    return tuple(field for field in fields(kind) if field.name not in left_out)


_MAIN = {"strengths": "text", "development_areas": "text", "actions": "what"}
_LISTS: frozenset[ListName | str] = frozenset({"questions", "strengths", "development_areas", "evidence", "actions"})


def _items(evaluation: Evaluation, place: ListPlace) -> Sequence[Item]:
    known = not place.area or any(area.key == place.area for area in evaluation.areas)
    return items(evaluation, place) if known else ()


def _by_id(found: Sequence[Item]) -> dict[str, Item]:
    return {item_id(one): one for one in found}


def _after(there: Sequence[str], before: str) -> int:
    """The position after the item that it followed; the end where that is not there."""
    return there.index(before) + 1 if before in there else len(there)


def _value(value: Any) -> Value:
    return tuple(value) if isinstance(value, list) else value


def _words(value: Value) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
