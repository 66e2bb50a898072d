"""Settings by themes or areas: the officer's summaries, last year's, and the passages that they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from apq_desktop.library.collection import ALL, Library, Passage, Revision, Wanted
from apq_desktop.review.library_lines import LibraryLine
from apq_desktop.review.lines import Anchor
from apq_desktop.services.locality.reading_across import names_of


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What one evaluation says to a theme or area: the officer's summary, and the passages that were marked.

    ``beside`` is what colleagues wrote there, ``earlier`` the summary of the evaluation before.
    """

    summary: LibraryLine | None = None
    earlier: LibraryLine | None = None
    marks: tuple[LibraryLine, ...] = ()
    beside: tuple[LibraryLine, ...] = ()


NOTHING = MatrixCell()


@dataclass(frozen=True, slots=True)
class Matrix:
    """Settings by themes or areas. ``rows`` are alphabetical; ``filled`` has the cells that hold something.

    ``names`` tell what the setting of each evaluation is called.
    """

    rows: tuple[Revision, ...]
    columns: tuple[tuple[str, str], ...]
    filled: Mapping[tuple[str, str], MatrixCell]
    officers: Mapping[str, str]
    names: Mapping[str, str]

    def cell(self, evaluation: str, column: str) -> MatrixCell:
        """What stands in the row of an evaluation, in the column of this key."""
        return self.filled.get((evaluation, column), NOTHING)


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """Words that a theme is on. ``text`` is the whole passage, or only the words where it is not there any more."""

    line: LibraryLine
    anchor: Anchor
    passage: Passage
    start: int
    end: int


def matrix(library: Library, columns: Sequence[tuple[str, str]], wanted: Wanted = ALL) -> Matrix:
    """Settings by ``columns``, which are themes or areas as (key, name)."""
    state, rows = library.state(), tuple(library.providers(wanted))
    everything = library.providers()
    before, keys = _before(everything), frozenset(key for key, _ in columns)
    marks: dict[tuple[str, str], list[LibraryLine]] = {}
    for line in state.marks.values():
        for key in {line.to, *(anchor.area for anchor in line.anchors)} & keys:
            marks.setdefault((line.evaluation, key), []).append(line)
    filled = {}
    for row in rows:
        for key, _ in columns:
            place, earlier = (row.evaluation, key), before.get(row.evaluation, "")
            cell = MatrixCell(
                state.summaries.get(place),
                state.summaries.get((earlier, key)) if earlier else None,
                tuple(marks.get(place, ())),
                state.beside.get(place, ()),
            )
            if cell != NOTHING:
                filled[place] = cell
    return Matrix(rows, tuple(columns), filled, dict(state.officers), names_of(everything))


def _before(everything: Sequence[Revision]) -> dict[str, str]:
    """For each evaluation the one of the same setting that came before it."""
    of_setting: dict[str, list[Revision]] = {}
    for one in everything:
        of_setting.setdefault(one.provider, []).append(one)
    found = {}
    for several in of_setting.values():
        in_time = sorted(several, key=lambda one: one.changed)
        for earlier, later in pairwise(in_time):
            if earlier.changed < later.changed:
                found[later.evaluation] = earlier.evaluation
    return found


def marked_by(library: Library, theme: str) -> list[tuple[LibraryLine, Anchor]]:
    """Every place that a theme is on, in the order of the settings' names and of areas."""
    order = {one.evaluation: n for n, one in enumerate(library.providers())}
    found = [(line, anchor) for line in library.state().marks.values() if line.to == theme for anchor in line.anchors]
    return sorted((one for one in found if one[0].evaluation in order), key=lambda one: order[one[0].evaluation])


def in_place(library: Library, places: Sequence[tuple[LibraryLine, Anchor]]) -> Iterator[MarkedPassage]:
    """Words that a theme is on, each with the passage around it."""
    names = {one.evaluation: one.name for one in library.providers()}
    for line, anchor in places:
        quote = anchor.quote.exact if anchor.quote else ""
        place = (line.evaluation, anchor.revision, anchor.item, anchor.field)
        passage = library.passage_at(*place)
        start = _found(passage.text, anchor) if passage and quote else 0
        if passage is None or start < 0:
            kind = (anchor.area, anchor.part, anchor.item, anchor.field, "")
            name = names.get(line.evaluation, "")
            passage, start = Passage(0, "", line.evaluation, anchor.revision, name, *kind, quote), 0
        yield MarkedPassage(line, anchor, passage, start, start + len(quote) if quote else len(passage.text))


def _found(text: str, anchor: Anchor) -> int:
    """Where the words of an anchor stand in the text that they were taken from; -1 where they do not."""
    assert anchor.quote is not None
    exact, start = anchor.quote.exact, anchor.quote.start
    return start if text[start : start + len(exact)] == exact else text.find(exact)
