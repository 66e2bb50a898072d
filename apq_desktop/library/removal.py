"""Taking out of a library what must not stay: from packs, index and own journals, and following what colleagues did.

A line of the kind "removed" says only that, and when. Everybody's program does what it says, with its own files; it
may be done twice, and is done again where it was cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from apq_desktop.errors import NotWrittenError
from apq_desktop.library import journal
from apq_desktop.library.collection import AnyLine, LineFormat
from apq_desktop.library.indexing.index import Index
from apq_desktop.library.indexing.line_index import LineIndex
from apq_desktop.library.packs import PackFolder
from apq_desktop.review.exchange_state import merge_lines
from apq_desktop.review.library_lines import LibraryLine

Doomed = Callable[[AnyLine], bool]
Drop = Callable[[str, Doomed, Sequence[str]], None]
"""Takes out what this person keeps: the digest of a file or nothing, which lines, and the seals of those known."""


def last_word(index: LineIndex, line_format: LineFormat, pack: str) -> LibraryLine | None:
    """The line that says whether a file is in the library: the last one that received it or took it out."""
    bodies = index.bodies(pack=pack, what=("received", "removed"))
    lines = [line for body in bodies if isinstance(line := line_format.read_known_line(body), LibraryLine)]
    return max(lines, key=lambda line: (line.seq, line.at, line.who, line.id), default=None)


class Settling:
    """Do what lines of the kind "removed" say, each until it is done."""

    def __init__(self, packs: PackFolder, index: Index, line_format: LineFormat, drop: Drop) -> None:
        self._packs, self._index, self._format, self._drop = packs, index, line_format, drop
        self._lines = index.lines

    def is_due(self) -> bool:
        """Whether something was not done to its end."""
        return bool(self._lines.unsettled())

    def taken_out(self) -> dict[str, str]:
        """The digests of files that were taken out, each with the moment."""
        lines = (self._read(body) for body in self._lines.bodies(what=("removed",)))
        packs = {line.pack for line in lines if line.pack}
        words = {pack: last_word(self._lines, self._format, pack) for pack in packs}
        return {pack: word.at for pack, word in words.items() if word and word.what == "removed"}

    def settle(self, new: Sequence[AnyLine]) -> set[str]:
        """Do what is due, and what ``new`` lines about something that was taken out make due again.

        Returns the evaluations that it touched.
        """
        touched: set[str] = set()
        due = {seal: self._read(body) for seal, body in self._lines.unsettled().items()}
        about = {line.evaluation for line in new if line.evaluation}
        again = [
            line for body in self._lines.bodies(what=("removed",)) if (line := self._read(body)).evaluation in about
        ]
        for seal, line in due.items():
            with suppress(NotWrittenError):  # a share that went away: it stays due
                touched |= self._settle(line)
                self._lines.set_settled(seal)
        for line in again:
            with suppress(NotWrittenError):
                touched |= self._settle(line)
        return touched

    def _settle(self, line: LibraryLine) -> set[str]:
        touched = {line.evaluation} - {""}
        if line.pack:
            word = last_word(self._lines, self._format, line.pack)
            if word is None or word.what != "removed":
                return touched
            touched |= {self._index.remove(line.pack)} - {""}
            self._packs.remove(line.pack)
        doomed = self._doomed(line)
        bodies = self._lines.sealed_bodies(line.evaluation, line.pack, line.provider)
        gone = {seal for seal, body in bodies.items() if doomed(self._format.read_known_line(body))}
        self._drop(line.pack, doomed, sorted(gone))
        self._lines.forget(gone)
        return touched

    def _doomed(self, removed: LibraryLine) -> Doomed:
        """Whether a line goes with what was taken out. Lines that say that something was taken out stay."""
        followed: set[str] = set()
        if removed.evaluation and removed.on:
            known = map(self._format.read_known_line, self._lines.bodies(evaluation=removed.evaluation))
            for line in merge_lines(known):
                if _hangs_on(line, removed.on) or line.to in followed:
                    followed.add(line.id)

        def doomed(line: AnyLine) -> bool:
            if line.seq >= removed.seq:
                return False
            if isinstance(line, LibraryLine) and line.what == "removed":
                return False
            if isinstance(line, LibraryLine) and (line.pack or line.provider):
                return bool(
                    (removed.pack and line.pack == removed.pack)
                    or (removed.provider and line.provider == removed.provider)
                )
            if not removed.evaluation or line.evaluation != removed.evaluation:
                return False
            return not removed.on or line.id in followed or _hangs_on(line, removed.on)

        return doomed

    def _read(self, body: str) -> LibraryLine:
        line = self._format.read_known_line(body)
        assert isinstance(line, LibraryLine)
        return line


def rewrite_without(path: Path, line_format: LineFormat, doomed: Doomed) -> None:
    """Write one's own journal again without what was taken out; what cannot be read goes with it."""
    bodies = [body for part in journal.read_on(path) for _, body in part.lines]
    kept = [body for body in bodies if not _is_doomed(body, line_format, doomed)]
    if len(kept) < len(bodies):
        journal.rewrite(path, kept)


def _is_doomed(body: str, line_format: LineFormat, doomed: Doomed) -> bool:
    with suppress(ValueError):
        return doomed(line_format.read_line(body))
    return False


def _hangs_on(line: AnyLine, revision: str) -> bool:
    """Whether a line is about words of one revision."""
    anchors = line.anchors if isinstance(line, LibraryLine) else (line.anchor,) if line.anchor else ()
    return any(str(anchor.revision) == revision for anchor in anchors)
