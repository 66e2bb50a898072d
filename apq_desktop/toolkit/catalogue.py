"""What the instrument consists of: frozen classes, whose fields are the keys of the files below ``forms/``."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

AREAS = 13
TOOLKIT = "toolkit"
"""The key of the one source whose pages are known to lie in each area's own part."""
NOT_IN_FILES: Mapping[str, bool] = MappingProxyType({"in_files": False})
"""Marks a field that the program fills in, so that no file can."""


@dataclass(frozen=True)
class Asked:
    """A piece of context that one purpose asks for: ``field`` such as ``setting.opens_on``, and a hint."""

    field: str
    hint: str = ""


@dataclass(frozen=True)
class Purpose:
    """What an evaluation is for; one of the toolkit's seven uses.

    ``introduction`` is said to whoever fills it in, ``for_readers`` on the first page of what is sent; ``asks`` is the
    context that matters for this use alone.
    """

    key: str
    title: str
    description: str
    introduction: str = ""
    for_readers: str = ""
    asks: tuple[Asked, ...] = ()


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
class Standard:
    """A theme of the Department for Education's voluntary national standards for non-school AP (August 2025).

    Areas point to it, so that a reader finds what belongs together; nothing says whether a standard is met.
    """

    key: str
    title: str
    about: str


@dataclass(frozen=True)
class ListedStandard:
    """One standard of an outside list, or a topic of it. ``key`` is its number or a name, in a pack ``northshire:2``.

    ``areas`` are the numbers of the areas that it touches, ``words`` (as in ``reader_questions``) hint at it in a text.
    """

    key: str
    title: str
    theme: str
    areas: tuple[int, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """Its number where it has one."""
        number = self.key.rpartition(":")[2]
        return number if number[:1].isdigit() else ""

    @property
    def name(self) -> str:
        """Number and title."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True)
class StandardsList:
    """A list of standards that others set, which what is written may be marked for. Nothing says whether one is met."""

    key: str
    name: str
    edition: str
    about: str
    standards: tuple[ListedStandard, ...]


@dataclass(frozen=True)
class SubArea:
    """A part of a quality area, such as 7a literacy."""

    key: str
    letter: str
    title: str


@dataclass(frozen=True)
class Question:
    """A question to think about. ``key`` is its number, such as ``6.3``, or in a local pack ``northshire:6.1``.

    ``asked_by`` is empty for the toolkit's own questions, else the name of the council or trust.
    """

    key: str
    text: str
    help: str = ""
    sub_area: str = ""
    asked_by: str = field(default="", metadata=NOT_IN_FILES)

    @property
    def label(self) -> str:
        """The number as people read it: ``6.3``, or ``Northshire Council 6.1``."""
        return f"{self.asked_by} {self.key.rpartition(':')[2]}" if self.asked_by else self.key


@dataclass(frozen=True)
class Example:
    """The setting that the toolkit describes as an example of practice. ``page`` is the toolkit's."""

    name: str
    page: int
    about: str
    sub_area: str = ""


@dataclass(frozen=True)
class Guidance:
    """One point of guidance: what a document says, and what we make of it.

    ``kind`` is practice, evidence or research. Whoever looks up the ``finding`` meets it in ``source``, on ``page`` (0
    where the document has none) and under ``sections``: numbers such as ``6.3``, or headings. ``suggestion`` is ours.
    """

    kind: str
    finding: str
    source: str
    page: int = 0
    sections: tuple[str, ...] = ()
    suggestion: str = ""
    sub_area: str = ""


@dataclass(frozen=True)
class Paper:
    """A paper of a council's or trust's own, beside the area of this number.

    ``where`` says where to find it, ``about`` what it is, ``offered_by`` is the name of the council or trust.
    """

    area: int
    title: str
    where: str
    about: str = ""
    sub_area: str = ""
    offered_by: str = field(default="", metadata=NOT_IN_FILES)


@dataclass(frozen=True)
class Area:
    """A quality area. ``page`` is its first page in the toolkit, ``links`` the keys of areas it bears on.

    ``standards`` are the keys of the national standards' themes that it bears on; ``weighs_more`` the keys of the areas
    that weigh more where this one does not apply.
    """

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
    standards: tuple[str, ...] = ()
    weighs_more: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = field(default=(), metadata=NOT_IN_FILES)

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
    """The whole instrument. ``edition`` is the toolkit's year, ``toolkit_last_page`` its last numbered page.

    ``rules`` say how a result is to be read: areas together, nothing scored, kind and means of the setting in mind.
    ``standards_about`` says what the themes in ``standards`` are, and that pointing to them judges nothing.
    ``standards_lists`` are the national standards one by one, then those of councils and trusts.
    """

    edition: str
    toolkit_last_page: int
    rules: tuple[str, ...]
    categories: tuple[Category, ...]
    purposes: tuple[Purpose, ...]
    kinds: tuple[Kind, ...]
    sources: tuple[Source, ...]
    standards_about: str = ""
    standards: tuple[Standard, ...] = ()
    standards_lists: tuple[StandardsList, ...] = field(default=(), metadata=NOT_IN_FILES)

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """All quality areas in order of number."""
        return tuple(area for category in self.categories for area in category.areas)

    @cached_property
    def _by_key(self) -> dict[str, Area]:
        return {area.key: area for area in self.areas}

    def area(self, key: str) -> Area:
        """The area with this key. Raises KeyError."""
        return self._by_key[key]

    def category_of(self, area: Area) -> Category:
        """The category that an area belongs to."""
        return next(category for category in self.categories if area in category.areas)

    def standards_of(self, area: Area) -> tuple[Standard, ...]:
        """The themes of the national standards that an area bears on, in the order of the standards."""
        return tuple(standard for standard in self.standards if standard.key in area.standards)

    def theme_title(self, theme: str) -> str:
        """The title of a theme of the national standards, or the words themselves, as other lists give them."""
        return next((standard.title for standard in self.standards if standard.key == theme), theme)

    def source(self, key: str) -> Source:
        """The publication with this key. Raises KeyError."""
        return next(source for source in self.sources if source.key == key)

    def reference(self, point: Guidance) -> str:
        """Where to look up the finding of a point: ``Toolkit 2022, p. 47, section 6.3``."""
        source = self.source(point.source)
        if point.source == TOOLKIT:
            where = [f"Toolkit {self.edition}"]
        else:
            where = [f"{source.title} ({source.author}, {source.year})"]
        if point.page:
            where.append(f"p. {point.page}")
        numbers = [section for section in point.sections if section[0].isdigit()]
        if numbers:
            where.append(f"section{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}")
        where += [f"“{name}”" if name[0].isupper() else name for name in point.sections if name not in numbers]
        return ", ".join(where)

    def kind_title(self, key: str) -> str:
        """The title of a kind of setting, or the key itself where this instrument does not know it."""
        return next((kind.title for kind in self.kinds if kind.key == key), key)

    def purposes_of(self, keys: Collection[str]) -> tuple[Purpose, ...]:
        """The purposes with these keys, in the order of the instrument; those it does not know are left out."""
        return tuple(purpose for purpose in self.purposes if purpose.key in keys)

    def purpose_title(self, key: str) -> str:
        """The title of a purpose, or the key itself where this instrument does not know it."""
        return next((purpose.title for purpose in self.purposes if purpose.key == key), key)
