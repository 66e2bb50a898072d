"""The notes of an exchange where they belong in the evaluation as it stands now: area, item, and quoted words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.written_texts import Written, everything_written
from apq_desktop.review.anchors import NOT_FOUND, Certainty, Place, Texts, locate, texts_of
from apq_desktop.review.lines import Anchor
from apq_desktop.review.state import Exchange, Thread


@dataclass(frozen=True, slots=True)
class PlacedNote:
    """One note with what followed it.

    ``area``, ``target`` and ``field`` lead to where it belongs, as far as that is found. ``quoted`` are the words that
    it was written about, ``words_now`` those that stand there now, ``certainty`` how sure that is; a note on a whole
    area is always "here".
    """

    thread: Thread
    area: str
    target: Target | None = None
    field: str = ""
    certainty: Certainty = "here"
    quoted: str = ""
    words_now: str = ""


def place_notes(
    exchange: Exchange, now: Evaluation, as_read: Callable[[int], Evaluation | None]
) -> tuple[PlacedNote, ...]:
    """Every note of an exchange in its place. ``as_read`` gives the revision that was read, where it is at hand."""
    placing = _Placing(now, as_read)
    return tuple(placing.placed(thread) for thread in exchange.threads)


class _Placing:
    def __init__(self, now: Evaluation, as_read: Callable[[int], Evaluation | None]) -> None:
        self._now, self._as_read = texts_of(now), as_read
        self._areas = {area.key for area in now.areas}
        self._written: dict[Place, Written] = {
            (one.target.kind, one.target.key, one.field): one for one in everything_written(now)
        }
        self._originals: dict[int, Texts] = {}

    def placed(self, thread: Thread) -> PlacedNote:
        anchor = thread.note.anchor or Anchor()
        area = anchor.area if anchor.area in self._areas else ""
        if anchor.quote is not None and visible_text(anchor.quote.exact):
            return self._words(thread, anchor, area)
        if not anchor.item:
            return PlacedNote(thread, area)
        item = self._item(anchor)
        if item is None:
            return PlacedNote(thread, area, certainty="not found")
        return PlacedNote(thread, item.area or area, item.target, item.field)

    def _item(self, anchor: Anchor) -> Written | None:
        """The item of a note without a quotation: its field, or else the first of its texts."""
        wanted = (anchor.part, anchor.item)
        mine = [one for place, one in self._written.items() if place[:2] == wanted]
        return next((one for one in mine if one.field == anchor.field), mine[0] if mine else None)

    def _words(self, thread: Thread, anchor: Anchor, area: str) -> PlacedNote:
        assert anchor.quote is not None
        quoted = anchor.quote.exact
        found = locate(anchor, self._original(anchor.revision), self._now)
        if found is NOT_FOUND or found.place is None:
            return PlacedNote(thread, area, certainty="not found", quoted=quoted)
        there = self._written[found.place]
        words = there.text[found.start : found.end]
        return PlacedNote(thread, there.area or area, there.target, there.field, found.certainty, quoted, words)

    def _original(self, revision: int) -> Texts:
        if revision not in self._originals:
            read = self._as_read(revision)
            self._originals[revision] = texts_of(read) if read is not None else self._now
        return self._originals[revision]
