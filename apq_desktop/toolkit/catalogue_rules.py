"""The rules that the files of the instrument keep among themselves; each breach is named with file and key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from apq_desktop.errors import InstrumentError
from apq_desktop.toolkit.catalogue import AREAS, TOOLKIT, Area, Catalogue, Example, Guidance, ListedStandard, Question

GUIDANCE_KINDS = ("practice", "evidence", "research")
CONTEXT = ("setting.opens_on", "setting.host_school", "evaluation.reviewed_by")
"""What a purpose may ask for beyond the context that every reader needs."""
NUMBER = re.compile("[1-9][0-9]{0,3}")


def check_area(area: Area, file: str, catalogue: Catalogue) -> None:
    """The rules within one area's file: question numbers, sub-areas, pages and sources."""
    _check_question_numbers(area, file)
    parts = {part.key for part in area.sub_areas}
    sources = {source.key for source in catalogue.sources}
    no_repeats(file, "sub_areas", (part.key for part in area.sub_areas))
    _check_standards(area, file, catalogue)
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


def _check_standards(area: Area, file: str, catalogue: Catalogue) -> None:
    known = {standard.key for standard in catalogue.standards}
    no_repeats(file, "standards", area.standards)
    for n, key in enumerate(area.standards, 1):
        if key not in known:
            raise InstrumentError(file, f"standards.{n}", f"no standard {key!r} in the catalogue")


def _check_question_numbers(area: Area, file: str) -> None:
    """Numbers grow, and may leave gaps: one that was withdrawn is never used again."""
    if not area.questions:
        raise InstrumentError(file, "questions", "is empty")
    last = 0
    for n, question in enumerate(area.questions, 1):
        prefix, _, number = question.key.partition(".")
        if prefix != str(area.number) or not NUMBER.fullmatch(number) or int(number) <= last:
            raise InstrumentError(file, f"questions.{n}.key", f"must be {area.number}. and a number above {last}")
        last = int(number)


def _check_page(page: int, first: int, last: int, file: str, key: str) -> None:
    if not first <= page <= last:
        raise InstrumentError(file, key, f"must be a page from {first} to {last}")


def check_standards(standards: Iterable[ListedStandard], file: str) -> None:
    """The rules of a list of standards: each key once, and areas that there are."""
    no_repeats(file, "standards", (standard.key for standard in standards))
    for n, standard in enumerate(standards, 1):
        no_repeats(file, f"standards.{n}.areas", map(str, standard.areas))
        if not all(1 <= area <= AREAS for area in standard.areas):
            raise InstrumentError(file, f"standards.{n}.areas", f"must be numbers of areas, from 1 to {AREAS}")


def check_whole(catalogue: Catalogue) -> None:
    """The rules across files: all areas once, in order, with links and pages that lead somewhere."""
    for name in ("categories", "purposes", "kinds", "sources", "standards"):
        no_repeats("catalogue.toml", name, (item.key for item in getattr(catalogue, name)))
    no_repeats("catalogue.toml", "rules", catalogue.rules)
    if not catalogue.rules:
        raise InstrumentError("catalogue.toml", "rules", "is empty")
    _check_asks(catalogue)
    _check_all_there(catalogue)
    ends = [area.page - 1 for area in catalogue.areas[1:]] + [catalogue.toolkit_last_page]
    for area, end in zip(catalogue.areas, ends, strict=True):
        _check_leads(area, end, _file(catalogue, area), catalogue)


def _check_asks(catalogue: Catalogue) -> None:
    for n, purpose in enumerate(catalogue.purposes, 1):
        no_repeats("catalogue.toml", f"purposes.{n}.asks", (asked.field for asked in purpose.asks))
        for place, asked in enumerate(purpose.asks, 1):
            if asked.field not in CONTEXT:
                key = f"purposes.{n}.asks.{place}.field"
                raise InstrumentError("catalogue.toml", key, f"must be one of {', '.join(CONTEXT)}")


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
    """Pointers lead to other areas, and pages lie within the area's own part of the toolkit."""
    known = {other.key for other in catalogue.areas} - {area.key}
    for name, keys in (("links", area.links), ("weighs_more", area.weighs_more)):
        no_repeats(file, name, keys)
        for n, key in enumerate(keys, 1):
            if key not in known:
                raise InstrumentError(file, f"{name}.{n}", f"leads to no other area: {key!r}")
    for n, example in enumerate(area.examples, 1):
        _check_page(example.page, area.page, last_page, file, f"examples.{n}.page")
    for n, point in enumerate(area.guidance, 1):
        if point.source == TOOLKIT:
            _check_page(point.page, area.page, last_page, file, f"guidance.{n}.page")
            if any(not section.startswith(f"{area.number}.") for section in point.sections):
                raise InstrumentError(file, f"guidance.{n}.sections", f"must be sections such as {area.number}.1")
        elif not point.page and not point.sections:
            raise InstrumentError(file, f"guidance.{n}.sections", "must say where in the document the finding stands")


def _file(catalogue: Catalogue, area: Area) -> str:
    return f"{catalogue.category_of(area).key}/{file_name(area)}"


def file_name(area: Area) -> str:
    """What the file of an area is called."""
    return f"{area.number:02}-{area.key}.toml"


def no_repeats(file: str, key: str, values: Iterable[str]) -> None:
    """Refuse a value that stands in a list twice."""
    for value, count in Counter(values).items():
        if count > 1:
            raise InstrumentError(file, key, f"{value!r} stands there twice")
