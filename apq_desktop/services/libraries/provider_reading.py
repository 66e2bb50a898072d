"""A received revision as it is read: what its writer wrote in the order of reading, and where each note hangs in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from apq_desktop.errors import FileRefusedError
from apq_desktop.evaluation.diff.word_diff import Segment, segments
from apq_desktop.evaluation.fields import label
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.written_texts import Written, everything_written
from apq_desktop.evaluation.titles import ABOUT, ACTION_PLAN, PARTS, REGISTER, area_title
from apq_desktop.library.collection import Library, Passage, Revision
from apq_desktop.review.anchors import Location, Place, texts_of
from apq_desktop.review.library_lines import LibraryLine
from apq_desktop.review.lines import Anchor
from apq_desktop.services.libraries.open_library import exchange, located, mark_seen, received_evaluation, reply_lines
from apq_desktop.services.locality.tags import tag_lines, tag_words
from apq_desktop.services.locality.themes import anchor_in, themed_words

if TYPE_CHECKING:
    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.review.exchange_state import Exchange
    from apq_desktop.toolkit.catalogue import Catalogue

MAIN_FIELDS = {("strengths", "text"), ("development_areas", "text"), ("actions", "what"), ("evidence", "title")}
"""What needs no label: the heading above says it."""


@dataclass(frozen=True, slots=True)
class ReadText:
    """One text. ``label`` is empty where the heading says what it is. ``segments`` are what changed, where asked for;
    what is gone has no ``text``.
    """

    place: Place
    label: str
    text: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class ReadPart:
    """The texts under one heading."""

    title: str
    texts: tuple[ReadText, ...]


@dataclass(frozen=True, slots=True)
class ReadSection:
    """One area, with an empty key what stands around the areas."""

    area: str
    title: str
    parts: tuple[ReadPart, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that the page of one provider shows. ``earlier`` are the revisions before the one shown.

    ``replies`` were made before; ``has_reply`` says that there is something to send. ``tags`` are the lines of those on
    the setting, ``all_tags`` the words of all that there are in the library. ``themes`` are the words that one is on,
    where they surely stand in this revision: the place, from where to where, and the theme's name. ``files`` hold what
    is shown: the names under which they came, by their digests.
    """

    revision: Revision
    earlier: tuple[Revision, ...]
    sections: tuple[ReadSection, ...]
    exchange: Exchange
    locations: Mapping[str, Location]
    who: str
    shared: bool
    names: Mapping[str, str] = field(default_factory=dict)
    replies: tuple[LibraryLine, ...] = ()
    has_reply: bool = False
    files: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[LibraryLine, ...] = ()
    all_tags: tuple[str, ...] = ()
    themes: tuple[tuple[Place, int, int, str], ...] = ()

    def themes_at(self, place: Place) -> list[str]:
        """The names of the themes on words of a text, in the order of the words."""
        return list(dict.fromkeys(name for there, _, _, name in sorted(self.themes) if there == place))

    def passage(self, place: Place) -> Passage:
        """A text with its place; without words where there is none. Its key is that of no passage of the index."""
        shown = self.revision
        of = (0, shown.digest, shown.evaluation, shown.number, shown.name)
        for section in self.sections:
            for part in section.parts:
                for one in part.texts:
                    if one.place == place and one.text:
                        return Passage(*of, section.area, *place, "", one.text)
        return Passage(*of, "", *place, "", "")

    def anchor(self, place: Place, start: int, end: int) -> Anchor:
        """The anchor of words of a text. Raises NotAllowedError where there are none."""
        passage = self.passage(place)
        return anchor_in(passage, start, end) if passage.text else Anchor(self.revision.number)

    def area_anchor(self, area: str) -> Anchor:
        """The anchor of a whole area; of the whole evaluation where none is named."""
        return Anchor(self.revision.number, area, part="area" if area else "evaluation")


def read_provider(
    library: Library, revision: Revision, catalogue: Catalogue, changed_since: int | None = None
) -> Reading:
    """Read a revision, with what changed since an earlier one where that is asked for, and remember that it was read.

    Raises FileRefusedError, NotWrittenError.
    """
    revisions = library.revisions(revision.evaluation)
    before = next((one for one in revisions if one.number == changed_since), None)
    packs = library.packs
    if (away := library.away()) and (packs.is_away() or not packs.suffix_of(revision.digest)):
        raise FileRefusedError(visible_text(revision.name), away)
    evaluation = received_evaluation(library, revision, catalogue)
    earlier = received_evaluation(library, before, catalogue) if before else None
    state = exchange(library, revision.evaluation)
    mark_seen(library, revision)
    return Reading(
        revision,
        tuple(one for one in revisions if one.number < revision.number),
        tuple(_Sections(evaluation, earlier, catalogue).all()),
        state,
        located(library, revision, [thread.note for thread in state.threads], catalogue),
        library.who,
        library.is_shared(),
        files=library.names_of(revision),
        themes=themed_words(library, revision, catalogue),
        **_around(library, revision),
    )


def read_again(library: Library, shown: Reading) -> Reading:
    """What is shown, with what was written about it since: for while the received file cannot be reached."""
    return replace(shown, exchange=exchange(library, shown.revision.evaluation), **_around(library, shown.revision))


def read_as_it_stands(
    library: Library,
    revision: Revision,
    load_catalogue: Callable[[], Catalogue],
    changed_since: int | None,
    shown: Reading | None,
) -> Reading | None:
    """Read a revision; while the library is away, what is ``shown`` of it already. None where it was taken out.

    Raises FileRefusedError, NotWrittenError.
    """
    if shown is not None and library.away():
        return read_again(library, shown)
    there = next((one for one in library.revisions(revision.evaluation) if one.content == revision.content), None)
    return read_provider(library, there, load_catalogue(), changed_since) if there else None


def _around(library: Library, revision: Revision) -> dict[str, Any]:
    """Who writes here, what went out before, and the setting's tags."""
    state = library.state()
    return {
        "names": dict(state.officers),
        "replies": state.replied.get(revision.evaluation, ()),
        "has_reply": bool(reply_lines(library, revision.evaluation)),
        "tags": tuple(tag_lines(library, revision.provider)),
        "all_tags": tag_words(library),
    }


class _Sections:
    """Group the texts by area and part, with what is gone since ``earlier`` at the end of each section."""

    def __init__(self, evaluation: Evaluation, earlier: Evaluation | None, catalogue: Catalogue) -> None:
        self._now, self._earlier, self._catalogue = evaluation, earlier, catalogue
        self._before = texts_of(earlier) if earlier else None
        self._questions = {one.key: f"{one.label} {one.text}" for area in catalogue.areas for one in area.questions}
        self._titles = {area.key: area.title for area in catalogue.areas}

    def all(self) -> Iterator[ReadSection]:
        """Every section that holds something."""
        texts = [*((one, False) for one in everything_written(self._now)), *((one, True) for one in self._gone())]
        grouped: dict[str, dict[str, list[ReadText]]] = {key: {} for key in self._order()}
        for written, gone in texts:
            part = PARTS[written.target.kind]
            grouped.setdefault(self._section(written), {}).setdefault(part, []).append(self._text(written, gone=gone))
        for area in self._now.areas:
            if cited := self._cited(area.evidence):
                grouped[area.key].setdefault(PARTS["evidence"], []).extend(cited)
        for key, parts in grouped.items():
            if parts:
                found = tuple(ReadPart(title, tuple(there)) for title, there in parts.items())
                yield ReadSection("" if key in (ABOUT, ACTION_PLAN, REGISTER) else key, self._title(key), found)

    def _order(self) -> list[str]:
        return [ABOUT, *(area.key for area in self._now.areas), ACTION_PLAN, REGISTER]

    def _section(self, written: Written) -> str:
        if written.area:
            return written.area
        return {"actions": ACTION_PLAN, "evidence": REGISTER}.get(written.target.kind, ABOUT)

    def _title(self, key: str) -> str:
        area = next((one for one in self._now.areas if one.key == key), None)
        return area_title(area.number, self._titles.get(key, area.title)) if area else key

    def _gone(self) -> list[Written]:
        if self._earlier is None:
            return []
        there = texts_of(self._now)
        return [one for one in everything_written(self._earlier) if _place(one) not in there]

    def _cited(self, ids: Any) -> list[ReadText]:
        titles = {item.id: item.title for item in self._now.evidence}
        named = [titles[one] for one in ids if titles.get(one)]
        if not named:
            return []
        return [ReadText(("", "", ""), "Relies on", "; ".join(named), (Segment("equal", "; ".join(named)),))]

    def _text(self, written: Written, *, gone: bool) -> ReadText:
        kind, name = written.target.kind, written.field
        words = self._questions.get(written.target.key, "") if kind == "note" else label(kind, name)
        place = _place(written)
        shown = "" if (kind, name) in MAIN_FIELDS else words
        if gone:
            return ReadText(place, shown, "", (Segment("removed", written.text),))
        before = written.text if self._before is None else self._before.get(place, "")
        return ReadText(place, shown, written.text, segments(before, written.text))


def _place(written: Written) -> Place:
    return written.target.kind, written.target.key, written.field
