"""What a library is to everybody above it: the protocol, and what it takes and gives."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from apq_desktop.library.indexing.pack_rows import PackRows
from apq_desktop.library.packs import PackFolder
from apq_desktop.review.library_lines import LibraryLine, LibraryState
from apq_desktop.review.lines import ReviewLine, Side
from apq_desktop.review.review_status import ReviewStatus, ReviewStatusWord

AnyLine = ReviewLine | LibraryLine
Outcome = Literal["new", "new revision", "answers", "known", "taken out"]
"""What became of a file: a setting's first, another revision, answers to notes, there already, or taken out before."""


@dataclass(frozen=True, slots=True)
class Revision:
    """What a list shows of one received revision. ``provider`` is the setting's id, ``stages`` its key stages.

    ``status`` is that of the evaluation, with all of its revisions. ``file`` is the name under which it came.
    """

    digest: str
    suffix: str
    content: str
    evaluation: str
    number: int
    current: bool
    seen: bool
    provider: str
    name: str
    title: str
    period: str
    kind: str
    stages: tuple[str, ...]
    authority: str
    changed: str
    file: str
    received: str
    status: ReviewStatus


@dataclass(frozen=True, slots=True)
class Passage:
    """One text with its place, and the revision that it stands in."""

    pk: int
    digest: str
    evaluation: str
    number: int
    name: str
    area: str
    part: str
    item: str
    field: str
    sub_area: str
    text: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which passages or revisions. What is empty does not restrict; ``providers`` None means all.

    ``name`` is a part of the setting's name, ``words`` stand in the texts; both as a person types them. ``field`` is
    that of a passage, such as ``support``; ``authority`` is the council's name as the setting wrote it. ``number`` is
    that of a revision, where an earlier one is asked for.
    """

    area: str = ""
    parts: tuple[str, ...] = ()
    sub_area: str = ""
    field: str = ""
    words: str = ""
    name: str = ""
    kind: str = ""
    stage: str = ""
    authority: str = ""
    state: ReviewStatusWord | Literal[""] = ""
    waits_for: Side | Literal[""] = ""
    evaluation: str = ""
    number: int | None = None
    providers: frozenset[str] | None = None
    unread_only: bool = False
    current_only: bool = True


ALL = Wanted()


@dataclass(frozen=True, slots=True)
class Facets:
    """What the newest revisions can be filtered by; ``waiting`` is how many wait, by whose turn it is."""

    kinds: frozenset[str]
    stages: frozenset[str]
    councils: frozenset[str]
    waiting: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a library holds: how many packs and lines, and a sentence for each thing that is not whole."""

    packs: int
    lines: int
    problems: tuple[str, ...]


class LineFormat(Protocol):
    """How lines are written down."""

    def write_line(self, line: AnyLine) -> str:
        """A line as one line of text."""

    def read_line(self, body: str) -> AnyLine:
        """The line in a text of somebody else's. Raises ValueError."""

    def read_known_line(self, body: str) -> AnyLine:
        """The line in a text that was read before. Raises ValueError."""


class Library(Protocol):
    """What was received, with the lines written about it. Belongs to one thread."""

    who: str
    """The id of the person at this computer, as the writer of lines."""
    packs: PackFolder
    """The received files, byte for byte."""

    def add(self, found: Sequence[PackRows], lines: Sequence[LibraryLine]) -> list[Outcome]:
        """Add received files that are kept; ``lines`` tell colleagues of those that come from outside the library."""

    def original(self, revision: Revision) -> bytes:
        """The received file. Raises FileRefusedError where it is gone, or not as it was received."""

    def packs_of(self, revision: Revision) -> list[str]:
        """The digests of all files that hold a revision."""

    def names_of(self, revision: Revision) -> dict[str, str]:
        """All files that hold a revision, by their digests: the names under which they came."""

    def is_shared(self) -> bool:
        """Whether somebody else writes in the library too."""

    def away(self) -> str:
        """A sentence while what colleagues write cannot be reached; else nothing."""

    def known(self) -> frozenset[str]:
        """The digests of files, and of the data in them, that are in the index."""

    def taken_out(self) -> Mapping[str, str]:
        """The digests of files that were taken out, each with the moment."""

    def awaited(self) -> Mapping[str, LibraryLine]:
        """The files that somebody received and that are not in the index yet, where they are there to be read."""

    def facets(self) -> Facets:
        """What the settings can be filtered by."""

    def providers(self, wanted: Wanted = ALL) -> list[Revision]:
        """The newest revision of each evaluation, in the order of the settings' names."""

    def revisions(self, evaluation: str) -> list[Revision]:
        """All received revisions of an evaluation, the earliest first."""

    def places(self, wanted: Wanted) -> list[int]:
        """The keys of passages, in the order of the settings' names and of reading."""

    def places_by_revision(self, wanted: Wanted) -> list[tuple[Revision, list[int]]]:
        """Each revision that has passages wanted, with their keys; in the same order."""

    def passages(self, keys: Sequence[int]) -> list[Passage]:
        """One page of passages."""

    def passage_at(self, evaluation: str, number: int, item: str, field: str) -> Passage | None:
        """The passage in a field of an item of a received revision; None where it is not there."""

    def lines(self, evaluation: str) -> list[ReviewLine]:
        """All lines of the exchange about an evaluation that this person may read."""

    def state(self) -> LibraryState:
        """Names, keeping date, themes, tags and summaries of the library."""

    def next_sequence(self) -> int:
        """The sequence number of the next line: above all that were seen."""

    def write(self, lines: Sequence[AnyLine]) -> None:
        """Write lines; they are on the disk when this returns. Raises NotWrittenError."""

    def news(self) -> Collection[str]:
        """The evaluations about which there is something new since this was asked last; empty: about the library."""

    def remove(self, lines: Sequence[LibraryLine]) -> None:
        """Take out for good what ``lines`` of the kind "removed" name. Raises NotWrittenError."""

    def rebuild(self) -> None:
        """Throw the index away. What the packs hold is awaited again (``awaited``)."""

    def close(self) -> None:
        """Let go of everything."""
