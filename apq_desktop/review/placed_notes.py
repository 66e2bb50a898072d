"""The notes of an exchange where they belong in the evaluation as it stands now: area, item, and quoted words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from apq_desktop.evaluation.diff.word_diff import same_words
from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.written_texts import Written, everything_written
from apq_desktop.review.anchors import NOT_FOUND, Certainty, Place, locate
from apq_desktop.review.exchange_state import Exchange, Thread
from apq_desktop.review.lines import Anchor


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """One note with what followed it.

    ``area``, ``target`` and ``field`` lead to where it belongs, as far as that is found. ``quoted`` are the words that
    it was written about, ``words_now`` those that stand there now, ``certainty`` how sure that is; a note on a whole
    area is always "here". ``text`` is the whole text as it stands now, with those words from ``start`` to ``end``.
    ``changes`` are the texts that it is about, as they were read and as they stand now, where they differ: one of an
    item, or all in an area; an empty text is one that was not there.
    """

    thread: Thread
    area: str
    target: Target | None = None
    field: str = ""
    certainty: Certainty = "here"
    quoted: str = ""
    words_now: str = ""
    text: str = ""
    start: int = 0
    end: int = 0
    changes: tuple[tuple[str, str], ...] = ()


def place_notes(
    exchange: Exchange,
    now: Evaluation,
    as_read: Callable[[int], Evaluation | None],
    as_sent: Callable[[int], Evaluation] | None = None,
) -> tuple[PlacedNote, ...]:
    """Every note of an exchange in its place. ``as_read`` gives the revision that was read, where it is at hand.

    ``as_sent`` gives what stands now without what was left out of that revision, which is no change.
    """
    placing = _Placing(now, as_read, as_sent or (lambda _: now))
    return tuple(placing.placed(thread) for thread in exchange.threads)


class _Placing:
    def __init__(
        self, now: Evaluation, as_read: Callable[[int], Evaluation | None], as_sent: Callable[[int], Evaluation]
    ) -> None:
        self._as_read, self._as_sent = as_read, as_sent
        self._areas = {area.key for area in now.areas}
        self._written = _written(now)
        self._now = _texts(self._written)
        self._originals: dict[int, dict[Place, Written]] = {}

    def placed(self, thread: Thread) -> PlacedNote:
        anchor = thread.note.anchor or Anchor()
        placed = self._placed(thread, anchor)
        changes = (pair for pair in self._pairs(anchor, placed) if not same_words(*pair))
        return replace(placed, changes=tuple(dict.fromkeys(changes)))

    def _placed(self, thread: Thread, anchor: Anchor) -> PlacedNote:
        area = anchor.area if anchor.area in self._areas else ""
        if anchor.quote is not None and visible_text(anchor.quote.exact):
            return self._words(thread, anchor, area)
        if not anchor.item:
            return PlacedNote(thread, area)
        item = self._item(anchor)
        if item is None:
            return PlacedNote(thread, area, certainty="not found")
        return PlacedNote(thread, item.area or area, item.target, item.field, text=item.text)

    def _item(self, anchor: Anchor) -> Written | None:
        """The item of a note without a quotation: its field, or else the first of its texts."""
        wanted = (anchor.part, anchor.item)
        mine = [one for place, one in self._written.items() if place[:2] == wanted]
        return next((one for one in mine if one.field == anchor.field), mine[0] if mine else None)

    def _words(self, thread: Thread, anchor: Anchor, area: str) -> PlacedNote:
        assert anchor.quote is not None
        quoted = anchor.quote.exact
        found = locate(anchor, _texts(self._original(anchor.revision)), self._now)
        if found is NOT_FOUND or found.place is None:
            return PlacedNote(thread, area, certainty="not found", quoted=quoted)
        there = self._written[found.place]
        words = there.text[found.start : found.end]
        return PlacedNote(
            thread, there.area or area, there.target, there.field, found.certainty, quoted, words,
            there.text, found.start, found.end,
        )  # fmt: skip

    def _pairs(self, anchor: Anchor, placed: PlacedNote) -> Iterator[tuple[str, str]]:
        """Each text that a note is about, as it was read and as it stands now."""
        before, moved = self._original(anchor.revision), placed.target if placed.quoted else None
        now = _written(self._as_sent(anchor.revision))
        texts, texts_now = _texts(before), _texts(now)
        for place, one in {**now, **before}.items():
            if anchor.item:
                is_wanted = place[:2] == (anchor.part, anchor.item) and anchor.field in ("", place[2])
            else:
                is_wanted = bool(anchor.area) and one.area == anchor.area
            if is_wanted:
                found = (moved.kind, moved.key, placed.field) if moved else place
                yield texts.get(place, ""), texts_now.get(found, "")

    def _original(self, revision: int) -> dict[Place, Written]:
        if revision not in self._originals:
            read = self._as_read(revision)
            self._originals[revision] = _written(read) if read is not None else self._written
        return self._originals[revision]


def _written(evaluation: Evaluation) -> dict[Place, Written]:
    return {(one.target.kind, one.target.key, one.field): one for one in everything_written(evaluation)}


def _texts(written: dict[Place, Written]) -> dict[Place, str]:
    return {place: one.text for place, one in written.items()}
