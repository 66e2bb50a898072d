"""The instrument: categories, quality areas and questions, read strictly from ``forms/``.

Source: IntegratED, *Alternative Provision Quality Toolkit*, 2022. Numbers and keys are part of the file
format and never change; texts are our own. ``forms/README.md`` describes the files.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args, get_origin, get_type_hints

from apq_desktop.errors import InstrumentError

AREAS = 13
GUIDANCE_KINDS = ("practice", "evidence", "research")
TOOLKIT = "toolkit"
"""The key of the one source whose pages are known to lie in each area's own part."""
_NUMBER = re.compile("[1-9][0-9]{0,3}")


@dataclass(frozen=True)
class Purpose:
    """What an evaluation is for; one of the toolkit's seven uses."""

    key: str
    title: str
    description: str


@dataclass(frozen=True)
class Kind:
    """A kind of setting, for the context that a reader needs."""

    key: str
    title: str


@dataclass(frozen=True)
class Source:
    """A publication that guidance is drawn from."""

    key: str
    title: str
    author: str
    year: int


@dataclass(frozen=True)
class SubArea:
    """A part of a quality area, such as 7a literacy."""

    key: str
    letter: str
    title: str


@dataclass(frozen=True)
class Question:
    """A question to think about. ``key`` is its number, such as ``6.3``."""

    key: str
    text: str
    help: str = ""
    sub_area: str = ""


@dataclass(frozen=True)
class Example:
    """The setting that the toolkit describes as an example of practice. ``page`` is the toolkit's."""

    name: str
    page: int
    about: str
    sub_area: str = ""


@dataclass(frozen=True)
class Guidance:
    """One point of guidance. ``kind`` is practice, evidence or research; ``page`` 0 where a source has none."""

    kind: str
    text: str
    source: str
    page: int = 0
    sub_area: str = ""


@dataclass(frozen=True)
class Area:
    """A quality area. ``page`` is its first page in the toolkit, ``links`` the keys of areas it bears on."""

    number: int
    key: str
    title: str
    page: int
    summary: str
    links: tuple[str, ...]
    examples: tuple[Example, ...]
    questions: tuple[Question, ...]
    guidance: tuple[Guidance, ...]
    sub_areas: tuple[SubArea, ...] = ()
    does_not_apply: str = ""

    def sub_area_title(self, key: str) -> str:
        """The title of a sub-area, or the key itself where this instrument does not know it."""
        return next((part.title for part in self.sub_areas if part.key == key), key)


@dataclass(frozen=True)
class Category:
    """One of the toolkit's three C's, with its areas in order."""

    key: str
    title: str
    summary: str
    description: str
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """The whole instrument. ``edition`` is the toolkit's year, ``toolkit_last_page`` its last numbered page."""

    edition: str
    toolkit_last_page: int
    categories: tuple[Category, ...]
    purposes: tuple[Purpose, ...]
    kinds: tuple[Kind, ...]
    sources: tuple[Source, ...]

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """All quality areas in order of number."""
        return tuple(area for category in self.categories for area in category.areas)

    @cached_property
    def _by_key(self) -> Mapping[str, Area]:
        return MappingProxyType({area.key: area for area in self.areas})

    def area(self, key: str) -> Area:
        """The area with this key. Raises KeyError."""
        return self._by_key[key]

    def category_of(self, area: Area) -> Category:
        """The category that an area belongs to."""
        return next(category for category in self.categories if area in category.areas)

    def source(self, key: str) -> Source:
        """The publication with this key. Raises KeyError."""
        return next(source for source in self.sources if source.key == key)

    def kind_title(self, key: str) -> str:
        """The title of a kind of setting, or the key itself where this instrument does not know it."""
        return next((kind.title for kind in self.kinds if kind.key == key), key)

    def purpose_title(self, key: str) -> str:
        """The title of a purpose, or the key itself where this instrument does not know it."""
        return next((purpose.title for purpose in self.purposes if purpose.key == key), key)


def load(folder: Path) -> Catalogue:
    """Read and check the whole instrument below ``folder``. Raises InstrumentError naming file and key."""
    catalogue: Catalogue = _build(Catalogue, _read(folder, "catalogue.toml"), "catalogue.toml", ())
    categories = []
    for category in catalogue.categories:
        if category.areas:
            raise InstrumentError("catalogue.toml", "categories.areas", "areas have files of their own")
        areas = []
        for path in sorted((folder / category.key).glob("*.toml")):
            file = f"{category.key}/{path.name}"
            area = _build(Area, _read(folder, file), file, ())
            if path.name != (name := _file_name(area)):
                raise InstrumentError(file, "key", f"a file of this number and key is called {name}")
            _check_area(area, file, catalogue)
            areas.append(area)
        categories.append(replace(category, areas=tuple(sorted(areas, key=lambda area: area.number))))
    catalogue = replace(catalogue, categories=tuple(categories))
    _check_whole(catalogue)
    return catalogue


def _read(folder: Path, file: str) -> dict[str, Any]:
    try:
        # utf-8-sig: some editors put a byte-order mark in front, which TOML does not know.
        return tomllib.loads((folder / file).read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise InstrumentError(file, "file", f"cannot be read ({error})") from error
    except tomllib.TOMLDecodeError as error:
        raise InstrumentError(file, "file", f"is not TOML ({error})") from error


def _build(kind: type[Any], table: object, file: str, where: tuple[str, ...]) -> Any:
    """Make the dataclass ``kind`` from a TOML table, refusing unknown and missing keys and wrong types."""
    if not isinstance(table, dict):
        raise InstrumentError(file, ".".join(where), "must be a table")
    hints = get_type_hints(kind)
    known = {field.name: field for field in fields(kind)}
    for key in table:
        if key not in known:
            raise InstrumentError(file, ".".join((*where, key)), "unknown key")
    values = {}
    for name, field in known.items():
        if name in table:
            values[name] = _value(hints[name], table[name], file, (*where, name))
        elif field.default is MISSING:
            raise InstrumentError(file, ".".join((*where, name)), "is missing")
    return kind(**values)


def _value(hint: Any, value: object, file: str, where: tuple[str, ...]) -> Any:
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise InstrumentError(file, ".".join(where), "must be a list")
        return tuple(_value(get_args(hint)[0], item, file, (*where, str(n))) for n, item in enumerate(value, 1))
    if hint in (str, int):
        if type(value) is not hint:
            raise InstrumentError(file, ".".join(where), f"must be {'text' if hint is str else 'a number'}")
        if isinstance(value, str) and not value.strip():
            raise InstrumentError(file, ".".join(where), "is empty")
        return value
    return _build(hint, value, file, where)


def _check_area(area: Area, file: str, catalogue: Catalogue) -> None:
    """The rules within one area's file: question numbers, sub-areas, pages and sources."""
    _check_question_numbers(area, file)
    parts = {part.key for part in area.sub_areas}
    sources = {source.key for source in catalogue.sources}
    _no_repeats(file, "sub_areas", (part.key for part in area.sub_areas))
    _check_page(area.page, 1, catalogue.toolkit_last_page, file, "page")
    tables: dict[str, tuple[Question | Example | Guidance, ...]] = {
        "questions": area.questions,
        "examples": area.examples,
        "guidance": area.guidance,
    }
    for name, items in tables.items():
        for n, item in enumerate(items, 1):
            if item.sub_area and item.sub_area not in parts:
                raise InstrumentError(file, f"{name}.{n}.sub_area", f"no sub-area {item.sub_area!r} here")
    for n, point in enumerate(area.guidance, 1):
        if point.kind not in GUIDANCE_KINDS:
            raise InstrumentError(file, f"guidance.{n}.kind", f"must be one of {', '.join(GUIDANCE_KINDS)}")
        if point.source not in sources:
            raise InstrumentError(file, f"guidance.{n}.source", f"no source {point.source!r} in the catalogue")
        if point.page < 0:
            raise InstrumentError(file, f"guidance.{n}.page", "must be a page, or be left out")


def _check_question_numbers(area: Area, file: str) -> None:
    """Numbers grow, and may leave gaps: one that was withdrawn is never used again."""
    if not area.questions:
        raise InstrumentError(file, "questions", "is empty")
    last = 0
    for n, question in enumerate(area.questions, 1):
        prefix, _, number = question.key.partition(".")
        if prefix != str(area.number) or not _NUMBER.fullmatch(number) or int(number) <= last:
            raise InstrumentError(file, f"questions.{n}.key", f"must be {area.number}. and a number above {last}")
        last = int(number)


def _check_page(page: int, first: int, last: int, file: str, key: str) -> None:
    if not first <= page <= last:
        raise InstrumentError(file, key, f"must be a page from {first} to {last}")


def _check_whole(catalogue: Catalogue) -> None:
    """The rules across files: all areas once, in order, with links and pages that lead somewhere."""
    for name in ("categories", "purposes", "kinds", "sources"):
        _no_repeats("catalogue.toml", name, (item.key for item in getattr(catalogue, name)))
    _check_all_there(catalogue)
    ends = [area.page - 1 for area in catalogue.areas[1:]] + [catalogue.toolkit_last_page]
    for area, end in zip(catalogue.areas, ends, strict=True):
        _check_leads(area, end, _file(catalogue, area), catalogue)


def _check_all_there(catalogue: Catalogue) -> None:
    numbers = Counter(area.number for area in catalogue.areas)
    keys = Counter(area.key for area in catalogue.areas)
    for area in catalogue.areas:
        if numbers[area.number] > 1:
            raise InstrumentError(_file(catalogue, area), "number", f"{area.number} is used twice")
        if keys[area.key] > 1:
            raise InstrumentError(_file(catalogue, area), "key", f"{area.key!r} is used twice")
    for number in range(1, AREAS + 1):
        if number not in numbers:
            raise InstrumentError("catalogue.toml", "areas", f"area {number} is missing")
    if [area.number for area in catalogue.areas] != list(range(1, AREAS + 1)):
        raise InstrumentError("catalogue.toml", "areas", f"must be areas 1 to {AREAS}, in the order of the categories")


def _check_leads(area: Area, last_page: int, file: str, catalogue: Catalogue) -> None:
    """Links lead to other areas, and pages lie within the area's own part of the toolkit."""
    known = {other.key for other in catalogue.areas} - {area.key}
    _no_repeats(file, "links", area.links)
    for n, link in enumerate(area.links, 1):
        if link not in known:
            raise InstrumentError(file, f"links.{n}", f"leads to no other area: {link!r}")
    for n, example in enumerate(area.examples, 1):
        _check_page(example.page, area.page, last_page, file, f"examples.{n}.page")
    for n, point in enumerate(area.guidance, 1):
        if point.source == TOOLKIT:
            _check_page(point.page, area.page, last_page, file, f"guidance.{n}.page")


def _file(catalogue: Catalogue, area: Area) -> str:
    return f"{catalogue.category_of(area).key}/{_file_name(area)}"


def _file_name(area: Area) -> str:
    return f"{area.number:02}-{area.key}.toml"


def _no_repeats(file: str, key: str, values: Iterable[str]) -> None:
    for value, count in Counter(values).items():
        if count > 1:
            raise InstrumentError(file, key, f"{value!r} stands there twice")
