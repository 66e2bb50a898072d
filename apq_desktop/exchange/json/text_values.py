"""Every text of a document with its place and the bound that the model gives it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, Literal, get_args, get_type_hints

from apq_desktop.evaluation.model import Id, Key, Line, QuestionKey, Stamp, Text
from apq_desktop.evaluation.text.cleaning import is_clean
from apq_desktop.evaluation.text.dates import moment
from apq_desktop.exchange.json.validation_messages import Place

TextKind = Literal["line", "text", "id", "key", "question", "stamp", "other"]
_KINDS: tuple[tuple[object, TextKind], ...] = (
    (Line, "line"),
    (Text, "text"),
    (Id, "id"),
    (Key, "key"),
    (QuestionKey, "question"),
    (Stamp, "stamp"),
)
PATTERNS = {
    "id": "[A-Za-z0-9][A-Za-z0-9._-]{0,35}",
    "key": "[A-Za-z0-9][A-Za-z0-9._-]{0,59}",
    "question": "[A-Za-z0-9][A-Za-z0-9._-]{0,59}(:[A-Za-z0-9][A-Za-z0-9._-]{0,18})?",
    "stamp": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})",
}
"""What ids, keys and stamps consist of, so that none can be mistaken for a path, a formula or markup."""


@dataclass(frozen=True, slots=True)
class JsonField:
    """One field of a model's class: the kind of its text, or of the texts in its list.

    ``pattern`` is what the text, or each text in the list, must look like; empty where all may stand.
    """

    name: str
    kind: TextKind
    is_list: bool
    pattern: str


@dataclass(frozen=True, slots=True)
class TextValue:
    """One text where it stands. ``put`` writes another in its place."""

    place: Place
    text: str
    field: JsonField
    put: Callable[[str], None]

    @property
    def fits(self) -> bool:
        """Whether an id, key or stamp looks as one must; other texts always do."""
        return not self.field.pattern or re.fullmatch(self.field.pattern, self.text) is not None


@cache
def fields_of(kind: type) -> tuple[JsonField, ...]:
    """The fields of one of the model's classes."""
    hints = get_type_hints(kind, include_extras=True)
    found = []
    for field in fields(kind):
        bound = hints[field.name]
        listed = next((get_args(part)[0] for part in get_args(bound) if get_args(part)), None)
        text_kind = _kind_of(listed or bound)
        pattern = PATTERNS.get(text_kind, "")
        if pattern and field.default == "":
            pattern = f"({pattern})?"
        found.append(JsonField(field.name, text_kind, listed is not None, pattern))
    return tuple(found)


def _kind_of(bound: object) -> TextKind:
    for known, kind in _KINDS:
        if known == bound:
            return kind
    return "other"


def nothing_to_mend(owner: Any) -> bool:
    """Whether every text below ``owner`` fits and is clean. Quicker than looking at each of ``spots``."""
    found: dict[str, list[str]] = defaultdict(list)
    _gather(owner, found)
    # What joins texts is clean in either kind.
    clean = is_clean(" ".join(found.pop("text", ()))) and is_clean(" ".join(found.pop("line", ())), in_line=True)
    found.pop("other", None)
    return clean and all(_all_fit(pattern, texts) for pattern, texts in found.items())


def _gather(owner: Any, found: dict[str, list[str]]) -> None:
    """The texts below ``owner``, by their pattern, or by their kind where they have none."""
    kind: Any = type(owner)
    alone, together, others = _gathered(kind)
    for alike, name in alone:
        found[alike].append(getattr(owner, name))
    for alike, of in together:
        found[alike] += of(owner)
    for alike, name in others:
        value = getattr(owner, name)
        if isinstance(value, (list, tuple)):
            for item in value:
                if isinstance(item, str):
                    found[alike].append(item)
                else:
                    _gather(item, found)
        elif is_dataclass(value):
            _gather(value, found)


_Named = list[tuple[str, str]]


@cache
def _gathered(kind: type) -> tuple[_Named, list[tuple[str, attrgetter[tuple[Any, ...]]]], _Named]:
    """The fields that hold one text, by what is alike in them: one, or several at once; and those that hold others."""
    texts: dict[str, list[str]] = defaultdict(list)
    others = []
    for field in fields_of(kind):
        if field.kind == "other" or field.is_list:
            others.append((field.pattern or field.kind, field.name))
        else:
            texts[field.pattern or field.kind].append(field.name)
    alone = [(alike, names[0]) for alike, names in texts.items() if len(names) == 1]
    together = [(alike, attrgetter(*names)) for alike, names in texts.items() if len(names) > 1]
    return alone, together, others


def _all_fit(pattern: str, texts: list[str]) -> bool:
    of_stamps = PATTERNS["stamp"] in pattern
    return all(map(re.compile(pattern).fullmatch, texts)) and (not of_stamps or all(map(moment, {*texts} - {""})))


def spots(owner: Any, place: Place = ()) -> Iterator[TextValue]:
    """Every text below ``owner``, in the order of the fields."""
    kind: Any = type(owner)
    for field in fields_of(kind):
        value = getattr(owner, field.name)
        here = (*place, field.name)
        if isinstance(value, str):
            yield TextValue(here, value, field, _field_setter(owner, field.name))
        elif isinstance(value, list):
            yield from _listed(value, field, here)
        elif is_dataclass(value):
            yield from spots(value, here)


def _listed(items: list[Any], field: JsonField, place: Place) -> Iterator[TextValue]:
    for n, item in enumerate(items):
        if isinstance(item, str):
            yield TextValue((*place, n), item, field, _item_setter(items, n))
        else:
            yield from spots(item, (*place, n))


def _field_setter(owner: object, name: str) -> Callable[[str], None]:
    # Lines of a review are frozen; what is put here is put before anybody else has seen them.
    return lambda text: object.__setattr__(owner, name, text)


def _item_setter(items: list[str], position: int) -> Callable[[str], None]:
    def put(text: str) -> None:
        items[position] = text

    return put
