"""What was typed into a form of ours, taken out of an untrusted PDF: names and values, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Never

import pikepdf
from pikepdf import Array, Dictionary, Name

from apq_desktop.documents.blank_form import field_names
from apq_desktop.documents.blank_form.field_names import FieldMark
from apq_desktop.documents.pdf.safe_pdf import opened, unpacked
from apq_desktop.errors import PackRefusedError

MOST_FIELDS = 5_000
"""Several times as many as the template has with every local question that an instrument can hold."""
MOST_DEPTH = 8
MOST_BYTES = 4_000_000
"""Of all values together."""
_TOO_MUCH = "more stands in it than any evaluation holds; shorten the longest texts in it, then open it again"


@dataclass(frozen=True)
class Values:
    """What a form of ours says of itself, and what is in its fields, by their names without the mark.

    A box that is ticked has the value that it stands for; fields with nothing in them are left out.
    """

    mark: FieldMark
    by_name: dict[str, str]


def values_in(path: Path, form: str = field_names.FORMAT, content: bytes | None = None) -> Values | None:
    """What was filled in, or None where the PDF has no such form of ours. Raises PackRefusedError in one sentence.

    ``content`` are the PDF's bytes where they are at hand.
    """
    with opened(path, content) as pdf:
        return _Form(path, form).read(pdf)


class _Form:
    """Read one form, within limits."""

    def __init__(self, path: Path, form: str) -> None:
        self._path, self._form = path, form
        self._fields = self._bytes = 0
        self._seen: set[tuple[int, int]] = set()
        self._values: dict[str, str] = {}

    def read(self, pdf: pikepdf.Pdf) -> Values | None:
        form = pdf.Root.get("/AcroForm", Dictionary())
        named = self._named(form.get("/Fields", Array()))
        marked = [(field, found) for field, name in named if (found := field_names.read_mark(name))]
        roots = [(field, found) for field, found in marked if found.form == self._form]
        if not roots:
            return None
        mark = roots[0][1]
        if any(other != mark for _, other in roots):
            self._refuse("this PDF holds more than one form, so it is not clear which is meant")
        if mark.version > field_names.VERSIONS[self._form]:
            self._refuse("it was made by a newer version of APQ Desktop; install the newer version to open it")
        for field, _ in roots:
            self._read(field, "", 1)
        return Values(mark, self._values)

    def _read(self, field: Any, name: str, depth: int) -> None:
        """Read a field, or all fields below it."""
        if depth > MOST_DEPTH or (field.is_indirect and field.objgen in self._seen):
            self._refuse("its fields are not built as in our template")
        self._seen.add(field.objgen)
        below = list(self._named(field.get("/Kids", Array())))
        for kid, part in below:
            self._read(kid, f"{name}.{part}" if name else part, depth + 1)
        value = "" if below else self._value(field)
        if value and self._values.setdefault(name, value) != value:
            self._refuse("this PDF holds the same field twice, so it is not clear which is meant")

    def _named(self, fields: Any) -> Iterator[tuple[Any, str]]:
        """Those among ``fields`` that have a name of their own; the others are only places on a page."""
        for field in islice(fields, MOST_FIELDS + 1):
            self._fields += 1
            if self._fields > MOST_FIELDS:
                self._refuse("it has many more fields than our template")
            if isinstance(field, pikepdf.Dictionary) and "/T" in field:
                yield field, str(field.T)

    def _value(self, field: Any) -> str:
        value = field.get("/V")
        if field.get("/FT") == Name.Btn:
            return self._state(field)
        if isinstance(value, pikepdf.String):
            self._count(len(bytes(value)))
            return str(value)
        if isinstance(value, pikepdf.Stream):
            content = unpacked(self._path, value, MOST_BYTES)
            self._count(len(content))
            return str(pikepdf.String(content))
        return ""

    def _state(self, field: Any) -> str:
        """What a box stands for, or that one of several that is chosen; some programs write a text for a name."""
        places = [field, *islice(field.get("/Kids", Array()), MOST_FIELDS)]
        for state in (field.get("/V"), *(place.get("/AS") for place in places)):
            if isinstance(state, pikepdf.Name | pikepdf.String) and str(state) not in ("/Off", "Off", ""):
                self._count(len(str(state)))
                return str(state).removeprefix("/")
        return ""

    def _count(self, length: int) -> None:
        self._bytes += length
        if self._bytes > MOST_BYTES:
            self._refuse(_TOO_MUCH)

    def _refuse(self, sentence: str) -> Never:
        raise PackRefusedError(self._path, sentence)
