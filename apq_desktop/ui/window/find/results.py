"""What “Find or go to…” finds, in groups: in the user's words first, then in guidance and help, then what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Literal

from apq_desktop import paths
from apq_desktop.evaluation.edits.changes import ListPlace, Target, items, resolve
from apq_desktop.evaluation.rules.search import SearchHit, find, find_in, wanted_words
from apq_desktop.evaluation.titles import ABOUT, area_title, evaluation_name, quoted
from apq_desktop.ui.commands.command_table import COMMANDS
from apq_desktop.ui.pages.help.help_markdown import read_help
from apq_desktop.ui.pages.page_table import PAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.toolkit.catalogue import Area, Catalogue
    from apq_desktop.ui.pages.help.help_markdown import HelpText
    from apq_desktop.ui.session.app_context import OpenEvaluation, Place

MOST = 60
"""Places in one group; who finds more adds a word."""
HELP = "Help"
TITLES = ("title", "what")
"""The fields by which a source of evidence and an action are known."""
Series = Literal["", "words", "questions", "guidance", "help"]
ONE_OF_A_LIST = {"strengths": "strength", "development_areas": "development area"}


@dataclass(frozen=True, slots=True)
class Found:
    """One place: what stands there, where the words are in it, where it is, and what leads there.

    F3 goes on through the places of one ``series``. ``label`` is the whole text, where it is read and not written in.
    """

    text: str
    where: str
    go: Callable[[], object]
    matches: tuple[tuple[int, int], ...] = ()
    series: Series = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Places of one kind. ``more`` says of what there are more than the ones shown ``at_first``."""

    title: str
    found: tuple[Found, ...]
    more: str = "more"
    at_first: int = 3


@dataclass(frozen=True, slots=True)
class Ways:
    """What leads to a place: in the evaluation in view, in another one, to a page, to guidance and to help."""

    go_to: Callable[[Place], object]
    go_to_other: Callable[[str, Place], object]
    show_tab: Callable[[str], object]
    show_guidance: Callable[[str], object]
    show_help: Callable[[str], object]


class Results:
    """Look for words everywhere. ``actions`` are the window's, by the keys of the commands."""

    def __init__(self, ways: Ways, actions: Mapping[str, QAction]) -> None:
        self._ways, self._actions = ways, actions
        self._help = read_help(paths.resources() / "help")

    def of(self, words: str, here: OpenEvaluation | None, others: Iterable[Evaluation]) -> list[Group]:
        """The groups in which something is found, in the order in which they are shown."""
        wanted = wanted_words(words)
        groups: list[Group] = []
        if here is not None:
            evaluation, catalogue = here.session.evaluation, here.session.catalogue
            hits = find(evaluation, words)
            groups = [
                _group("Areas and pages", self._places(catalogue, wanted)),
                _group("You wrote", self._written(hits, here, ("actions", "evidence"), out=True), "in your words"),
                _group("Action plan", self._written(hits, here, ("actions",)), "in the action plan"),
                _group("Evidence", self._written(hits, here, ("evidence",)), "in the evidence"),
                _group("Other evaluations in this file", self._elsewhere(words, evaluation, others)),
                _group("Questions", self._questions(catalogue, wanted), "in the questions"),
                _group("Guidance", self._guidance(catalogue, wanted), "in the guidance"),
            ]
        groups += [
            _group(HELP, self._help_pages(wanted), "in the help"),
            _group("Do", self._commands(wanted)),
        ]
        return [group for group in groups if group.found]

    def _places(self, catalogue: Catalogue, wanted: tuple[str, ...]) -> Iterator[Found]:
        for category in catalogue.categories:
            for area in category.areas:
                place = SearchHit(Target("area", area.key), "", area.key, "", "", "", ())
                name = area_title(area.number, area.title)
                yield from self._if_found(name, wanted, category.title, partial(self._ways.go_to, place))
        for key, title in (("", "Overview"), *((spec.key, spec.title) for spec in PAGES if spec.tab)):
            yield from self._if_found(title, wanted, "Page", partial(self._ways.show_tab, key))
        details = SearchHit(Target("evaluation"), "", "", "", "", "", ())
        yield from self._if_found(f"{ABOUT}: details", wanted, "Page", partial(self._ways.go_to, details))

    def _written(
        self, hits: list[SearchHit], here: OpenEvaluation, kinds: tuple[str, ...], *, out: bool = False
    ) -> Iterator[Found]:
        for hit in hits:
            if (hit.target.kind in kinds) != out:
                where = words_for_place(here.session.evaluation, here.session.catalogue, hit)
                yield Found(hit.excerpt, where, partial(self._ways.go_to, hit), hit.matches, "words")

    def _elsewhere(self, words: str, evaluation: Evaluation, others: Iterable[Evaluation]) -> Iterator[Found]:
        for other in others:
            name = evaluation_name(other.title, other.setting.name, evaluation.setting.name)
            for hit in find(other, words, MOST):
                where = f"{name}: {hit.where}, {_lowered(hit.field_label)}"
                yield Found(hit.excerpt, where, partial(self._ways.go_to_other, other.id, hit), hit.matches)

    def _questions(self, catalogue: Catalogue, wanted: tuple[str, ...]) -> Iterator[Found]:
        for area in catalogue.areas:
            for question in area.questions:
                hit = SearchHit(Target("note", question.key, area.key), "note", area.key, "", "", "", ())
                where = f"Question {question.label}, {area_title(area.number, area.title)}"
                yield from self._if_read(question.text, wanted, where, partial(self._ways.go_to, hit), "questions")

    def _guidance(self, catalogue: Catalogue, wanted: tuple[str, ...]) -> Iterator[Found]:
        for area in catalogue.areas:
            where = f"Guidance, {area_title(area.number, area.title)}"
            for text in _guidance_of(area):
                go = partial(self._ways.show_guidance, area.key)
                yield from self._if_read(text, wanted, where, go, "guidance")

    def _help_pages(self, wanted: tuple[str, ...]) -> list[Found]:
        """One place of each page, for a page is short; those whose title says it come first."""
        pages = (next(self._in_help(page, wanted), None) for page in self._help)
        return sorted(filter(None, pages), key=lambda found: found.where != HELP)

    def _in_help(self, page: HelpText, wanted: tuple[str, ...]) -> Iterator[Found]:
        for text in (page.title, *(text for block in page.blocks for text in block.texts)):
            where = HELP if text == page.title else f"{HELP}, {page.title}"
            yield from self._if_read(text, wanted, where, partial(self._ways.show_help, page.key), "help")

    def _commands(self, wanted: tuple[str, ...]) -> Iterator[Found]:
        for command in COMMANDS:
            action = self._actions[command.key]
            if action.isEnabled() and action.isVisible() and action.menu() is None:
                keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
                text = action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
                yield from self._if_found(text, wanted, keys, action.trigger)

    def _if_found(self, text: str, wanted: tuple[str, ...], where: str, go: Callable[[], object]) -> Iterator[Found]:
        if found := find_in(text, wanted):
            yield Found(found[0], where, go, found[1])

    def _if_read(
        self, text: str, wanted: tuple[str, ...], where: str, go: Callable[[], object], series: Series
    ) -> Iterator[Found]:
        for found in self._if_found(text, wanted, where, go):
            yield replace(found, series=series, label=text)


def words_for_place(evaluation: Evaluation, catalogue: Catalogue, hit: SearchHit) -> str:
    """Where a text stands: ``Community, 2 Home and family engagement, strength 1``."""
    kind = hit.target.kind
    if kind in ("actions", "evidence"):
        return (
            f"{hit.field_label} of {quoted(_title_of(evaluation, hit.target))}"
            if hit.field not in TITLES
            else hit.where
        )
    if kind in ONE_OF_A_LIST:
        ids = [item.id for item in items(evaluation, ListPlace(kind, hit.area))]  # type: ignore[arg-type]
        what = f"{ONE_OF_A_LIST[kind]} {ids.index(hit.target.key) + 1}"
    else:
        what = _lowered(hit.field_label)
    for category in catalogue.categories:
        for area in category.areas:
            if area.key == hit.area:
                return f"{category.title}, {area_title(area.number, area.title)}, {what}"
    return ", ".join(part for part in (hit.where, what) if part)


def _title_of(evaluation: Evaluation, target: Target) -> str:
    item = resolve(evaluation, target)
    return str(next(getattr(item, name) for name in TITLES if hasattr(item, name)))


def _group(title: str, found: Iterable[Found], more: str = "more") -> Group:
    words = "more" if more == "more" else f"more {more}"
    return Group(title, tuple(islice(found, MOST)), words)


def _guidance_of(area: Area) -> Iterator[str]:
    for point in area.guidance:
        yield point.finding
        if point.suggestion:
            yield point.suggestion
    for example in area.examples:
        yield f"{example.name}. {example.about}"


def _lowered(label: str) -> str:
    return label[:1].lower() + label[1:] if label[1:2].islower() else label
