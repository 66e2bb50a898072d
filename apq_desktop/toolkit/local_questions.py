"""Questions and papers that a council or a trust adds to the toolkit: a pack of its own, opened by who fills in.

A pack comes from outside, so that it is read with limits, and nothing but questions and titles of papers can be in it.
``forms/README.md`` describes the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from apq_desktop.errors import InstrumentError
from apq_desktop.toolkit.catalogue import (
    AREAS,
    Area,
    Catalogue,
    Category,
    ListedStandard,
    Paper,
    Question,
    StandardsList,
)
from apq_desktop.toolkit.catalogue_rules import NUMBER, check_standards
from apq_desktop.toolkit.toml_reader import MOST_BYTES, build, parsed

MOST_IN_AN_AREA = 20
MOST_IN_AN_AREA_ALTOGETHER = 60
"""With the toolkit's own. The format holds 100 notes for each area; the rest is for notes of older forms."""
MOST_PAPERS = 10
"""Of one pack, beside one area."""
MOST_STANDARDS = 100
MOST_CHARACTERS = {
    "name": 100, "edition": 40, "text": 1_000, "help": 2_000, "title": 200, "where": 300, "about": 1_000, "word": 60
}  # fmt: skip
_STANDARD_KEY = re.compile("[a-z0-9][a-z0-9.-]{0,39}")
_PACK_KEY = re.compile("[a-z][a-z0-9-]{1,30}")
_TURNS_TEXT = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class LocalQuestions:
    """The questions, papers and standards of one council or trust.

    ``key`` begins each question's key, ``name`` is who asks, ``edition`` says which issue of the pack this is.
    """

    key: str
    name: str
    edition: str
    questions: tuple[Question, ...] = ()
    papers: tuple[Paper, ...] = ()
    standards: tuple[ListedStandard, ...] = ()


def load_local(path: Path) -> LocalQuestions:
    """Read and check a pack of local questions. Raises InstrumentError naming file and key; nothing is changed."""
    file = path.name
    pack: LocalQuestions = build(LocalQuestions, parsed(_content(path), file), file)
    if not _PACK_KEY.fullmatch(pack.key):
        raise InstrumentError(file, "key", "must be 2 to 31 small letters, digits and hyphens, such as northshire")
    _check_text(pack.name, "name", "name", file)
    _check_text(pack.edition, "edition", "edition", file)
    if not (pack.questions or pack.papers or pack.standards):
        raise InstrumentError(file, "questions", "is empty")
    _check_questions(pack, file)
    _check_papers(pack, file)
    _check_standards(pack, file)
    return replace(
        pack,
        questions=tuple(replace(question, asked_by=pack.name) for question in pack.questions),
        papers=tuple(replace(paper, offered_by=pack.name) for paper in pack.papers),
    )


def with_local(catalogue: Catalogue, packs: Iterable[LocalQuestions]) -> Catalogue:
    """The instrument with what ``packs`` add: questions after its own in each area, papers beside it, standards.

    Raises InstrumentError where two packs have the same key, a part is not known, or there are too many questions.
    """
    chosen = tuple(packs)
    used = Counter(pack.key for pack in chosen)
    used.update({_pack_of(question) for area in catalogue.areas for question in area.questions} - {""})
    for pack in chosen:
        if used[pack.key] > 1:
            raise InstrumentError(pack.name, "key", f"{pack.key!r} is used by another pack that is open")
    categories = (_category_with(category, chosen) for category in catalogue.categories)
    lists = tuple(
        StandardsList(pack.key, pack.name, pack.edition, "", pack.standards) for pack in chosen if pack.standards
    )
    return replace(catalogue, categories=tuple(categories), standards_lists=(*catalogue.standards_lists, *lists))


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise InstrumentError(path.name, "file", "is not there, or is not a file")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InstrumentError(path.name, "file", f"cannot be read ({error})") from error
    return data


def _check_questions(pack: LocalQuestions, file: str) -> None:
    """Keys are the pack's key, a colon, the area's number and a number that grows within the area."""
    last: Counter[int] = Counter()
    found: Counter[int] = Counter()
    for n, question in enumerate(pack.questions, 1):
        area, number = _numbers(question, pack)
        if not 1 <= area <= AREAS or number <= last[area]:
            wanted = f"must be {pack.key}: with the number of an area, a dot, and a number that grows"
            raise InstrumentError(file, f"questions.{n}.key", f"{wanted}, such as {pack.key}:2.1")
        last[area] = number
        found[area] += 1
        if found[area] > MOST_IN_AN_AREA:
            raise InstrumentError(file, f"questions.{n}", f"is one more than {MOST_IN_AN_AREA} for area {area}")
        _check_text(question.text, "text", f"questions.{n}.text", file)
        _check_text(question.help, "help", f"questions.{n}.help", file)


def _check_papers(pack: LocalQuestions, file: str) -> None:
    found: Counter[int] = Counter()
    for n, paper in enumerate(pack.papers, 1):
        if not 1 <= paper.area <= AREAS:
            raise InstrumentError(file, f"papers.{n}.area", f"must be the number of an area, from 1 to {AREAS}")
        found[paper.area] += 1
        if found[paper.area] > MOST_PAPERS:
            raise InstrumentError(file, f"papers.{n}", f"is one more than {MOST_PAPERS} for area {paper.area}")
        for kind in ("title", "where", "about"):
            _check_text(getattr(paper, kind), kind, f"papers.{n}.{kind}", file)


def _check_standards(pack: LocalQuestions, file: str) -> None:
    if len(pack.standards) > MOST_STANDARDS:
        raise InstrumentError(file, "standards", f"holds more than {MOST_STANDARDS}")
    check_standards(pack.standards, file)
    for n, standard in enumerate(pack.standards, 1):
        if not _STANDARD_KEY.fullmatch(standard.key.removeprefix(f"{pack.key}:")) or ":" not in standard.key:
            wanted = f"must be {pack.key}: with a number or a name in small letters, such as {pack.key}:2"
            raise InstrumentError(file, f"standards.{n}.key", wanted)
        for kind, text in (
            ("title", standard.title),
            ("title", standard.theme),
            *(("word", one) for one in standard.words),
        ):
            _check_text(text, kind, f"standards.{n}", file)


def _numbers(question: Question, pack: LocalQuestions) -> tuple[int, int]:
    """The numbers of the area and of the question; zeros where the key is not formed as it must be."""
    prefix, _, rest = question.key.partition(":")
    area, _, number = rest.partition(".")
    if prefix != pack.key or not NUMBER.fullmatch(area) or not NUMBER.fullmatch(number):
        return 0, 0
    return int(area), int(number)


def _check_text(text: str, kind: str, where: str, file: str) -> None:
    if len(text) > MOST_CHARACTERS[kind]:
        raise InstrumentError(file, where, f"is longer than {MOST_CHARACTERS[kind]:,} characters")
    allowed = "\n\t" if kind in ("text", "help", "about") else ""
    if any(
        sign in _TURNS_TEXT or (unicodedata.category(sign) in ("Cc", "Cs") and sign not in allowed) for sign in text
    ):
        raise InstrumentError(file, where, "holds a sign that is no part of a text")


def _category_with(category: Category, packs: tuple[LocalQuestions, ...]) -> Category:
    return replace(category, areas=tuple(_area_with(area, packs) for area in category.areas))


def _area_with(area: Area, packs: tuple[LocalQuestions, ...]) -> Area:
    added, papers = [], []
    for pack in packs:
        for n, question in enumerate(pack.questions, 1):
            if _numbers(question, pack)[0] == area.number:
                _check_sub_area(question, area, pack, f"questions.{n}.sub_area")
                added.append(question)
        for n, paper in enumerate(pack.papers, 1):
            if paper.area == area.number:
                _check_sub_area(paper, area, pack, f"papers.{n}.sub_area")
                papers.append(paper)
    if len(area.questions) + len(added) > MOST_IN_AN_AREA_ALTOGETHER:
        problem = f"there are more than {MOST_IN_AN_AREA_ALTOGETHER} for area {area.number}"
        raise InstrumentError(packs[-1].name, "questions", problem)
    if not added and not papers:
        return area
    return replace(area, questions=(*area.questions, *added), papers=(*area.papers, *papers))


def _check_sub_area(item: Question | Paper, area: Area, pack: LocalQuestions, key: str) -> None:
    if item.sub_area and item.sub_area not in {part.key for part in area.sub_areas}:
        raise InstrumentError(pack.name, key, f"no sub-area {item.sub_area!r} in area {area.number}")


def _pack_of(question: Question) -> str:
    return question.key.rpartition(":")[0]
