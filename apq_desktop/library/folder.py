"""A library in a folder: immutable packs, journals that only their owners append to, and an index on this computer.

No two programs ever write one file, so that a share, a synchronised folder or a USB drive cannot damage it. Whatever is
read is joined with what is known already, in whatever order it comes; what is killed half-way is done again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from apq_desktop.errors import NotWrittenError
from apq_desktop.library import journal
from apq_desktop.library.collection import AnyLine, LineFormat, Outcome, Revision
from apq_desktop.library.files import NOT_REACHED, LibraryFiles, is_library
from apq_desktop.library.indexing.index import discard, open_local
from apq_desktop.library.indexing.line_index import IndexedLine
from apq_desktop.library.indexing.pack_rows import PackRows
from apq_desktop.library.indexing.reading import IndexReading
from apq_desktop.library.packs import PackFolder, is_digest
from apq_desktop.library.removal import Doomed, Settling, last_word, rewrite_without
from apq_desktop.review.exchange_state import fold_lines
from apq_desktop.review.library_lines import LibraryLine, LibraryState, fold_library
from apq_desktop.review.lines import ReviewLine
from apq_desktop.review.review_status import ReviewStatus, review_status

_OF_THE_LIBRARY = ("keeping", "officer", "theme", "mark", "tag", "summary", "shortened", "replied", "withdraw")


class FolderLibrary(IndexReading):
    """See ``collection.Library``. Belongs to one thread."""

    def __init__(self, files: LibraryFiles, line_format: LineFormat, today: date) -> None:
        """Open a library. Raises FileRefusedError where it is open in another program of ours on this computer."""
        self.files, self.who = files, files.who
        self.packs = self._pack_folder()
        self._format = line_format
        self._news: set[str] = set()
        files.back_up_private(today)
        self._open()

    def _pack_folder(self) -> PackFolder:
        return PackFolder(self.files.packs, self.files.folder)

    def _open(self) -> None:
        self._index = open_local(self.files.index)
        self._lines = self._index.lines
        self._state: tuple[int, LibraryState] | None = None
        self._settling = Settling(self.packs, self._index, self._format, self._drop)
        with suppress(OSError):
            self._read_shared()

    def close(self) -> None:
        """Let go of the index."""
        self._index.close()

    def rebuild(self) -> None:
        """Throw the index away. What the packs hold is awaited again (``awaited``)."""
        self._index.close()
        discard(self.files.index)
        self._open()

    # Packs

    def add(self, found: Sequence[PackRows], lines: Sequence[LibraryLine]) -> list[Outcome]:
        """Add received files that are kept; ``lines`` tell colleagues of those that come from outside the library."""
        self._share(lines)
        outcomes = self._index.add(found)
        for rows in found:
            self._index_lines([self._format.read_line(body) for body in rows.lines])
        self._index.mark_seen(self._lines.packs_with("seen", {rows.digest for rows in found}))
        renewed = {rows.evaluation for rows, outcome in zip(found, outcomes, strict=True) if outcome == "new revision"}
        self._stand(renewed | self._lines.with_lines({rows.evaluation for rows in found}))
        self._news |= {rows.evaluation for rows in found}
        return outcomes

    def original(self, revision: Revision) -> bytes:
        """The received file. Raises FileRefusedError where it is gone, or not as it was received."""
        return self.packs.read(revision.digest, revision.suffix)

    def packs_of(self, revision: Revision) -> list[str]:
        """The digests of all files that hold a revision."""
        return self._index.packs_of(revision)

    def names_of(self, revision: Revision) -> dict[str, str]:
        """All files that hold a revision, by their digests: the names under which they came."""
        words = {digest: last_word(self._lines, self._format, digest) for digest in self.packs_of(revision)}
        return {digest: line.text if line else revision.file for digest, line in sorted(words.items())}

    def away(self) -> str:
        """A sentence while what colleagues write cannot be reached; else nothing."""
        return "" if is_library(self.files.folder) else NOT_REACHED

    def is_shared(self) -> bool:
        """Whether somebody else writes in the library too."""
        with suppress(OSError):
            return any(not path.name.startswith(self.who) for path in self.files.journals.glob(f"*{journal.SUFFIX}"))
        return False

    def known(self) -> frozenset[str]:
        """The digests of files, and of the data in them, that are in the index."""
        return self._index.digests()

    def taken_out(self) -> dict[str, str]:
        """The digests of files that were taken out, each with the moment."""
        return self._settling.taken_out()

    def awaited(self) -> dict[str, LibraryLine]:
        """The files that somebody received and that are not in the index yet, where they are there to be read."""
        return {
            digest: last
            for digest in self._lines.packs_without_revision()
            if (last := last_word(self._lines, self._format, digest)) is not None
            and last.what == "received"
            and self.packs.suffix_of(digest)
        }

    # Reading

    def lines(self, evaluation: str) -> list[ReviewLine]:
        """All lines of the exchange about an evaluation that this person may read."""
        known = (self._format.read_known_line(body) for body in self._lines.bodies(evaluation=evaluation))
        return [line for line in known if isinstance(line, ReviewLine)]

    def state(self) -> LibraryState:
        """Names, keeping date, themes, tags and summaries of the library."""
        if self._state is None or self._state[0] != self._lines.generation:
            known = (self._format.read_known_line(body) for body in self._lines.bodies(what=_OF_THE_LIBRARY))
            folded = fold_library(line for line in known if isinstance(line, LibraryLine))
            self._state = self._lines.generation, folded
        return self._state[1]

    # Lines

    def next_sequence(self) -> int:
        """The sequence number of the next line: above all that were seen."""
        return 1 + self._lines.last_sequence()

    def write(self, lines: Sequence[AnyLine]) -> None:
        """Write lines; they are on the disk when this returns. Raises NotWrittenError."""
        self._append(self.files.private, [line for line in lines if line.audience == "me"])
        self._share([line for line in lines if line.audience != "me"])

    def _share(self, lines: Sequence[AnyLine]) -> None:
        """Write lines that colleagues read too.

        Never where the folder is away: a line in an empty mount point would be lost to everybody.
        """
        if lines and not is_library(self.files.folder):
            raise NotWrittenError(self.files.folder, journal.NOT_WRITTEN)
        self._append(self.files.journal, lines)

    def _append(self, path: Path, lines: Sequence[AnyLine]) -> None:
        if not lines:
            return
        journal.append(path, self._bodies(lines))
        self._follow(self._read(path))

    def _bodies(self, lines: Sequence[AnyLine]) -> list[str]:
        """Lines as they are written down. Raises NotWrittenError where one would not be read again: then none is."""
        bodies = [self._format.write_line(line) for line in lines]
        if not all(map(self._line, bodies)):
            raise NotWrittenError(self.files.folder, "it holds something that no line may hold, so it was not written.")
        return bodies

    def news(self) -> Collection[str]:
        """The evaluations about which there is something new since this was asked last; empty: about the library.

        Where the folder is away nothing is new.
        """
        with suppress(OSError):
            self._read_shared()
        news, self._news = self._news, set()
        return news

    def _read_shared(self) -> None:
        """Read and do what is new. Raises OSError where it cannot be reached."""
        new = [line for path in self.files.all_journals() for line in self._read(path)]
        self._follow(new)

    def _read(self, path: Path) -> list[AnyLine]:
        """What is new in a journal."""
        found: list[AnyLine] = []
        name = path.name
        try:
            for part in journal.read_on(path, self._lines.bookmarks().get(name, journal.FROM_THE_START)):
                found += self._taken_in(name, part.lines, part.bookmark)
        except OSError:
            return found  # a share that went away: what is missing comes with the next news
        return found

    def _taken_in(self, name: str, sealed: Sequence[tuple[str, str]], bookmark: journal.Bookmark) -> list[AnyLine]:
        """Keep lines, as (seal, body), and how far what they come from was read. Returns those that are new."""
        lines = {seal: line for seal, body in sealed if (line := self._line(body))}
        rows = [_indexed(seal, line, body) for seal, body in sealed if (line := lines.get(seal))]
        return [lines[seal] for seal in self._lines.add(rows, name, bookmark)]

    def _line(self, body: str) -> AnyLine | None:
        """A line that this version can read. What is not one is passed over, and stays in its journal."""
        with suppress(ValueError):
            return self._format.read_line(body)
        return None

    def _index_lines(self, lines: Sequence[AnyLine]) -> None:
        bodies = [(line, self._format.write_line(line)) for line in lines]
        self._lines.add([_indexed(journal.seal(body.encode()), line, body) for line, body in bodies])

    def _follow(self, lines: Sequence[AnyLine]) -> None:
        """Do what new lines say."""
        if not lines and not self._settling.is_due():
            return
        touched = {line.evaluation for line in lines if isinstance(line, ReviewLine)}
        self._index.mark_seen({line.pack for line in lines if isinstance(line, LibraryLine) and line.what == "seen"})
        touched |= self._settling.settle(lines)
        self._stand(touched)
        self._news |= touched | {line.evaluation for line in lines if line.what in _OF_THE_LIBRARY}

    def _stand(self, evaluations: Iterable[str]) -> None:
        """Find out again how evaluations stand."""
        statuses: dict[str, ReviewStatus | None] = {}
        for evaluation in evaluations:
            revisions = self.revisions(evaluation)
            newest = [one for one in revisions if one.current]
            exchange = fold_lines(self.lines(evaluation))
            is_first = len({one.number for one in revisions}) == 1
            statuses[evaluation] = None
            for now in newest:
                statuses[evaluation] = review_status(exchange, now.number, now.received, is_first=is_first)
        self._lines.set_statuses(statuses)

    # Taking out

    def remove(self, lines: Sequence[LibraryLine]) -> None:
        """Take out for good what ``lines`` of the kind "removed" name. Raises NotWrittenError.

        Where a program is killed in the middle, the next one to open the library goes on.
        """
        self._share(lines)
        left = [line.pack for line in lines if line.pack and self.packs.suffix_of(line.pack)]
        if left:
            raise NotWrittenError(self.files.folder, "not all of it could be taken out yet. Try once more.")

    def _drop(self, pack: str, doomed: Doomed, seals: Sequence[str]) -> None:  # noqa: ARG002 - for what a server keeps
        """Take out of one's own journals what was taken out of the library. Raises NotWrittenError."""
        try:
            for path in self.files.own_journals():
                rewrite_without(path, self._format, doomed)
        except OSError as error:
            raise NotWrittenError(self.files.folder, journal.NOT_WRITTEN) from error


def _indexed(seal: str, line: AnyLine, body: str) -> IndexedLine:
    if isinstance(line, ReviewLine):
        return IndexedLine(seal, line.evaluation, "", "", line.seq, body)
    pack = line.pack if is_digest(line.pack) else ""
    return IndexedLine(seal, line.evaluation, pack, line.what, line.seq, body)
