"""How a version of the program reads, and gives on, what a newer version writes: unknown names, taken off and put back.

A name that this version does not know is taken off its object before the document is checked strictly, kept with that
object (``evaluation.unknown_fields``), and written out again in the same place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

from apq_desktop.errors import PackRefusedError
from apq_desktop.evaluation.unknown_fields import MOST_KEPT, NAME, as_text, as_values, unused
from apq_desktop.exchange.json.safe_json import UnusableError

TOO_MUCH_UNKNOWN = (
    f"it holds more than {MOST_KEPT // 1000} kB of details that this version of APQ Desktop does not know;"
    " install the newest version to open it"
)


@dataclass(frozen=True, slots=True)
class ReadFormat:
    """A format as this version reads it: its name, its version, the level of this reader, and the sentence for JSON
    that is something else.
    """

    name: str
    version: int
    level: int
    not_this: str


def check_version(document: Mapping[str, Any], label: str, format_: ReadFormat) -> None:
    """Raise PackRefusedError where a document is of another format than ``format_``, or too new."""
    if document.get("format") != format_.name:
        raise PackRefusedError(label, format_.not_this)
    version = document.get("version")
    if type(version) is not int:
        raise PackRefusedError(label, "it does not say which version of the format it is written in")
    needs = document.get("needs")
    if version > format_.version or (type(needs) is int and needs > format_.level):
        raise PackRefusedError(
            label, "it was made by a newer version of APQ Desktop; install the newer version to open it"
        )
    if version != format_.version:
        raise PackRefusedError(label, f"there is no version {version} of this format")


@cache
def known_names(kind: type) -> Mapping[str, type | None]:
    """The names that the format gives to one of the model's classes, each with the class of the objects in it."""
    hints = get_type_hints(kind)
    return {field.name: _class_in(hints[field.name]) for field in fields(kind) if field.name != NAME}


def _class_in(hint: Any) -> type | None:
    found = (*get_args(hint), hint)[0]
    return found if is_dataclass(found) and isinstance(found, type) else None


class KnownPart:
    """What this version knows of a document; each object holds the text of what was taken off, under ``NAME``.

    ``taken_off`` counts the names, ``remarks`` says so to a user. Raises UnusableError where they hold more than can
    be kept.
    """

    def __init__(self, document: dict[str, Any], kind: type) -> None:
        self.taken_off = 0
        self._kept = 0
        self.document: dict[str, Any] = self._known(document, kind)

    @property
    def remarks(self) -> list[str]:
        """What is said of the names that were taken off."""
        if not self.taken_off:
            return []
        details = "1 detail" if self.taken_off == 1 else f"{self.taken_off:,} details"
        kept = "is kept" if self.taken_off == 1 else "are kept"
        return [f"{details} that this version does not know {kept}."]

    def _known(self, plain: Any, kind: type | None) -> Any:
        if kind is None:
            return plain
        if isinstance(plain, list):
            return [self._known(item, kind) for item in plain]
        if not isinstance(plain, dict):
            return plain
        names = known_names(kind)
        known = {name: self._known(value, names[name]) for name, value in plain.items() if name in names}
        if len(known) < len(plain):
            known[NAME] = self._taken_off({name: value for name, value in plain.items() if name not in names})
        return known

    def _taken_off(self, unknown: dict[str, Any]) -> str:
        text = as_text(unknown)
        self.taken_off += len(unknown)
        self._kept += len(text)
        if self._kept > MOST_KEPT:
            raise UnusableError(TOO_MUCH_UNKNOWN)
        return text


def put_back(values: Any, kind: type | None) -> Any:
    """The document of ``values`` (the fields of an object of ``kind``), with all that was taken off in its place.

    What the format gained after its first state is left out where it holds nothing.
    """
    if kind is None or values is None:
        return values
    if isinstance(values, (list, tuple)):
        return [put_back(item, kind) for item in values]
    names = known_names(kind)
    left_out = unused(kind, values)
    written = {name: put_back(values[name], names[name]) for name in names if name not in left_out}
    return written | {name: value for name, value in as_values(values[NAME]).items() if name not in names}
