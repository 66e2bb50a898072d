"""A report of an area, a theme or the whole locality, made of the officer's summaries and of settings' own words.

Private lines are in no report. Where settings are not named, the officer looks first at all that may name one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from apq_desktop.errors import FileRefusedError, NotAllowedError
from apq_desktop.evaluation.fields import label
from apq_desktop.evaluation.text.cleaning import clean
from apq_desktop.evaluation.text.dates import local_day
from apq_desktop.evaluation.text.search_folding import fold
from apq_desktop.exchange import pack_files
from apq_desktop.library.collection import Library, Wanted
from apq_desktop.review.library_lines import LibraryLine
from apq_desktop.review.lines import Anchor, Quote
from apq_desktop.services.libraries.open_library import write_about_library
from apq_desktop.services.locality.naming_words import NamesOfSettings
from apq_desktop.services.locality.reading_across import names_of, read_across
from apq_desktop.services.locality.themes import PassageFinder, Quotation, themes_by_name
from apq_desktop.services.workspaces import now, ready_folder
from apq_desktop.toolkit.catalogue import Catalogue

if TYPE_CHECKING:
    from apq_desktop.documents.locality.report import LocalityReport, Said

OMISSION = "[…]"
UNNAMED = "A setting"
LOOK_FIRST = "Some of the words may name a setting, a place or a person. Look at them, or shorten them, first."
NOT_SHORTENED = f"A shortened quotation keeps its words and their order, with {OMISSION} where something is left out."
NOT_READ = "this text cannot be read; it must be a text file in UTF-8."
NO_OMISSIONS = "this is no list of words, each with the same words shortened."
NOTHING_TO_SAY = "There are no summaries and no marked passages for this report yet."
NAMED_SAYS = "Settings are named, in alphabetical order. Quotations are their own words, unchanged."
UNNAMED_SAYS = f"Settings are not named. Quotations are their own words; {OMISSION} shows where some were left out."
QUANTITIES = (
    ("all", "every setting that was read"),
    ("nearly all", "more than nine in ten of the settings that were read, but not all"),
    ("most", "more than three quarters, up to nine in ten"),
    ("many", "more than half, up to three quarters"),
    ("some", "a quarter to a half"),
    ("a few", "fewer than a quarter, but more than one"),
)
"""Words of quantity and what they mean in a report. The program itself uses none."""


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What to report: areas and themes by their keys, in this order; none means all about which there is something.

    ``omissions`` has for words of a quotation, or for what the officer wrote, the same words shortened.
    """

    title: str
    introduction: str = ""
    areas: Sequence[str] = ()
    themes: Sequence[str] = ()
    named: bool = True
    omissions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Summary:
    """An officer's summary of what one setting says."""

    setting: str
    text: str


@dataclass(frozen=True, slots=True)
class DraftChapter:
    """What is gathered for one area or theme, with settings by their names whether they are told or not."""

    title: str
    summaries: tuple[Summary, ...]
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A report before it is made, with settings whose marked words are ``missing``, or left out as ``private``.

    ``titles`` are those that the officer gave: the report's and the themes'.
    """

    request: ReportRequest
    titles: tuple[str, ...]
    chapters: tuple[DraftChapter, ...]
    missing: tuple[str, ...]
    private: tuple[str, ...]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class IdentifyingWords:
    """Words of a report that may tell who is meant: the text that they stand in, and the words.

    ``whole`` is the text before anything was left out of it.
    """

    text: str
    words: str
    whole: str


def draft_report(library: Library, catalogue: Catalogue, request: ReportRequest) -> Draft:
    """Gather what a report is made of. Raises FileRefusedError, NotAllowedError where there is nothing to report."""
    gathering = _Gathering(library, catalogue)
    everything = not request.areas and not request.themes
    areas = [area for area in catalogue.areas if everything or area.key in request.areas]
    subjects = [(area.key, f"{area.number} {area.title}") for area in areas]
    of_catalogue = frozenset(title for _, title in subjects)
    subjects += [pair for pair in themes_by_name(library) if everything or pair[0] in request.themes]
    chapters = [gathering.chapter(key, title) for key, title in subjects]
    told = tuple(one for one in chapters if one.summaries or one.quotations)
    if not told:
        raise NotAllowedError(NOTHING_TO_SAY)
    request = replace(request, omissions={**library.state().shortened, **request.omissions})
    titles = tuple(one for one in (request.title, *(one.title for one in told)) if one not in of_catalogue)
    return Draft(request, titles, told, tuple(gathering.missing), tuple(gathering.private), gathering.names())


def shorten(library: Library, words: str, shorter: str) -> LibraryLine:
    """Keep the same words shortened, for each report without names. Raises NotAllowedError, NotWrittenError."""
    if not is_shortened(words, shorter):
        raise NotAllowedError(NOT_SHORTENED)
    return write_about_library(library, "shortened", text=shorter, anchors=(Anchor(quote=Quote(words)),))


def identifying(draft: Draft) -> list[IdentifyingWords]:
    """Everything in an unnamed report that may name a setting, a place or a person; nothing where they are named."""
    if draft.request.named:
        return []
    names = NamesOfSettings(draft.names)
    texts = [*draft.titles, draft.request.introduction]
    for chapter in draft.chapters:
        texts += [one.text for one in chapter.summaries] + [one.words for one in chapter.quotations]
    shown = {text: _shortened(draft, text) for text in texts}
    return [
        IdentifyingWords(shorter, words, text)
        for text, shorter in shown.items()
        for words in names.words_that_name(shorter)
    ]


def make_report(draft: Draft, *, looked_at: bool = False) -> LocalityReport:
    """The report. Raises NotAllowedError where words that may name somebody were not ``looked_at``."""
    from apq_desktop.documents.locality.report import Chapter, LocalityReport

    if identifying(draft) and not looked_at:
        raise NotAllowedError(LOOK_FIRST)
    made, request = now(), draft.request
    chapters = tuple(
        Chapter(
            _shortened(draft, one.title),
            _said_in_summaries(draft, one.summaries),
            _said(draft, [quotation for quotation in one.quotations if not quotation.disagrees]),
            _said(draft, [quotation for quotation in one.quotations if quotation.disagrees]),
        )
        for one in draft.chapters
    )
    about = NAMED_SAYS if request.named else UNNAMED_SAYS
    title, introduction = _shortened(draft, request.title), _shortened(draft, request.introduction)
    own = [introduction, *(one.text for chapter in draft.chapters for one in chapter.summaries)]
    day = local_day(made)
    return LocalityReport(title, introduction, about, chapters, quantities_in(own), made, day)


def write_report(report: LocalityReport, folder: Path) -> list[Path]:
    """Write the report as PDF, web page and Word document; returns the files. Raises NotWrittenError."""
    from apq_desktop.documents.locality.report import report_page, report_pdf
    from apq_desktop.documents.locality.word import report_word

    ready_folder(folder)
    written = []
    for suffix, write in ((".pdf", report_pdf), (".html", report_page), (".docx", report_word)):
        path = folder / f"library-report{suffix}"
        pack_files.write_file(path, write(report))
        written.append(path)
    return written


def read_text(path: Path) -> str:
    """A text that somebody wrote in a file. Raises FileRefusedError."""
    try:
        return clean(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise FileRefusedError(path, NOT_READ) from error


def read_omissions(path: Path) -> dict[str, str]:
    """Words with the same words shortened, from a JSON object in a file. Raises FileRefusedError."""
    try:
        found = json.loads(read_text(path))
    except ValueError as error:
        raise FileRefusedError(path, NO_OMISSIONS) from error
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise FileRefusedError(path, NO_OMISSIONS)
    return found


def quantities_in(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The whole table of words of quantity where one of them is used, else nothing."""
    used = re.compile(rf"\b(?:{'|'.join(re.escape(word) for word, _ in QUANTITIES)})\b", re.IGNORECASE)
    return QUANTITIES if any(map(used.search, texts)) else ()


def is_shortened(words: str, shorter: str) -> bool:
    """Whether ``shorter`` is ``words`` with nothing but omissions, each marked."""
    parts = [re.escape(part.strip()) for part in shorter.split(OMISSION)]
    return re.fullmatch(r"\s*" + r".*".join(parts) + r"\s*", words, re.DOTALL) is not None


class _Gathering:
    def __init__(self, library: Library, catalogue: Catalogue) -> None:
        self._library, self._catalogue = library, catalogue
        self._state = library.state()
        self._finder = PassageFinder(library, catalogue)
        self._settings = names_of(library.providers())
        self.missing, self.private = dict[str, None](), dict[str, None]()

    def chapter(self, key: str, title: str) -> DraftChapter:
        """What is there about an area or a theme."""
        summaries, lines = [], []
        for evaluation, setting in self._settings.items():
            line, beside = self._state.summaries.get((evaluation, key)), self._state.beside.get((evaluation, key), ())
            if line is not None and line.audience != "me" and line.text:
                summaries.append(Summary(setting, line.text))
                lines.append(line)
            if any(one and one.audience == "me" and one.text for one in (line, *beside)):
                self.private[setting] = None
        marks = [line for line in self._state.marks.values() if line.audience != "me"]
        quotations = [*self._quotations(marks, key, of_theme=True), *self._quotations(lines, key, of_theme=False)]
        order = {evaluation: n for n, evaluation in enumerate(self._settings)}
        unique = {(one.evaluation, one.number, one.place, one.start, one.end): one for one in reversed(quotations)}
        told = sorted(unique.values(), key=lambda one: (order[one.evaluation], one.place, one.start))
        return DraftChapter(title, tuple(summaries), tuple(told))

    def _quotations(self, lines: Iterable[LibraryLine], key: str, *, of_theme: bool) -> Iterator[Quotation]:
        for line in lines:
            if line.evaluation not in self._settings:
                continue
            for anchor in line.anchors:
                if of_theme and key not in (line.to, anchor.area):
                    continue
                found = self._finder.quotation(line, anchor)
                if found is None:
                    self.missing[self._settings[line.evaluation]] = None
                else:
                    yield replace(found, setting=self._settings[line.evaluation])

    def names(self) -> frozenset[str]:
        """The names of all settings, and of the places of those that are quoted or not."""
        wanted = (Wanted(parts=("setting",), field=name) for name in ("name", "site", "local_authority", "host_school"))
        found = (passage.text for one in wanted for passage in read_across(self._library, one))
        return frozenset(name for name in found if len(name.strip()) > 1)


def _shortened(draft: Draft, words: str) -> str:
    shorter = draft.request.omissions.get(words, words)
    if not is_shortened(words, shorter):
        raise NotAllowedError(NOT_SHORTENED)
    return words if draft.request.named else shorter


def _said_in_summaries(draft: Draft, summaries: Sequence[Summary]) -> list[Said]:
    from apq_desktop.documents.locality.report import Said

    who = draft.request.named
    told = [Said(one.setting if who else UNNAMED, _shortened(draft, one.text)) for one in summaries]
    return told if who else sorted(told, key=lambda one: fold(one.text))


def _said(draft: Draft, quotations: Sequence[Quotation]) -> list[Said]:
    """Quotations in the order of names; where these are not told, in one that says nothing about them."""
    from apq_desktop.documents.locality.report import Said

    told = []
    for one in quotations:
        where = label(one.place[0], one.place[2])  # type: ignore[arg-type] # places hold the kinds of targets
        if draft.request.named:
            told.append(Said(one.setting, one.words, f"{one.setting}: {where}, revision {one.number}"))
        else:
            told.append(Said(UNNAMED, _shortened(draft, one.words), where))
    return told if draft.request.named else sorted(told, key=lambda one: fold(one.text))
