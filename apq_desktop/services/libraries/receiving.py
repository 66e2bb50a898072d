"""Receive packs into a library: one or thousands, in processes beside this one where there are many.

Each file is read by the same steps as everywhere (``importing.read_pack``). A bad one is named in one sentence and
costs no other. What was received is on the disk before it is told of; where the program is killed, receiving the same
files again goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from apq_desktop.errors import FileRefusedError, NotWrittenError
from apq_desktop.evaluation.model import new_id
from apq_desktop.library.collection import Library, Outcome
from apq_desktop.library.packs import SUFFIXES
from apq_desktop.review.library_lines import LibraryLine
from apq_desktop.services.incoming.reviewing import Reply
from apq_desktop.services.libraries.pack_reading import Job, PackReader, ReadFile, read_beside, read_here
from apq_desktop.services.libraries.replying import take_answers, take_typed
from apq_desktop.services.workspaces import now
from apq_desktop.toolkit.catalogue import Catalogue

WORKERS_FROM = 50
"""Files from which on other processes help: each takes a second to start where it is started anew."""
NOT_READ = "this cannot be read now. Reach it again, then receive it once more."
_AT_ONCE = 50
"""Files in one transaction."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """One file that was received: its name, which evaluation, and remarks."""

    path: Path
    outcome: Outcome
    evaluation: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class Receipt:
    """What became of files: those that are in the library now, and a sentence for each that is not."""

    arrived: list[Arrived] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    stopped: bool = False

    def of(self, outcome: Outcome) -> list[Arrived]:
        """The files of which one thing became."""
        return [one for one in self.arrived if one.outcome == outcome]


Progress = Callable[[int, int, int], None]
"""Is told how many files are done, of how many, and how many of them could not be read."""


def files_in(folder: Path) -> list[Path]:
    """The files below a folder that may be packs, in order."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    return sorted(path for path in found if not path.name.startswith((".", "~$")) and not path.is_dir())


def _files_at(path: Path) -> list[Path]:
    """A file, or those in a folder. Raises FileRefusedError."""
    try:
        return files_in(path) if path.is_dir() else [path]
    except OSError as error:
        raise FileRefusedError(path, NOT_READ) from error


def receive(
    library: Library,
    paths: Sequence[Path],
    catalogue: Catalogue,
    *,
    again: bool = False,
    progress: Progress = lambda _done, _all, _refused: None,
    stop: Callable[[], bool] = lambda: False,
) -> Receipt:
    """Receive files, and all that may be packs in folders among them. ``stop`` is asked before each file.

    What colleagues wrote and received is read first: it may be what is answered. A file that was taken out is received
    ``again`` only where that is wanted. Raises NotWrittenError where the library
    cannot be written to, FileRefusedError where a folder cannot be read; what was received before stays received.
    """
    files = [file for path in paths for file in _files_at(path)]
    library.news()
    out = {} if again else dict(library.taken_out())
    reader = PackReader(library.packs, catalogue, library.known() | out.keys(), frozenset(out), now())
    receiving = _Receiving(library, out, progress, lambda: catch_up(library, catalogue))
    return receiving.all(reader, [Job(file) for file in files], stop)


def catch_up(
    library: Library,
    catalogue: Catalogue,
    *,
    progress: Progress = lambda _done, _all, _refused: None,
    stop: Callable[[], bool] = lambda: False,
) -> Receipt:
    """Read into the index what colleagues received, or everything where the index is new."""
    jobs = [
        Job(library.packs.path(digest, library.packs.suffix_of(digest)), line.text, line.at)
        for digest, line in library.awaited().items()
    ]
    reader = PackReader(library.packs, catalogue, frozenset(), frozenset(), now())
    return _Receiving(library, {}, progress).all(reader, jobs, stop)


class _Receiving:
    """Take what is read into a library, some files in each transaction."""

    def __init__(
        self,
        library: Library,
        taken_out: dict[str, str],
        progress: Progress,
        read_first: Callable[[], object] = lambda: None,
    ) -> None:
        self._library, self._taken_out, self._progress, self._read_first = library, taken_out, progress, read_first
        self._receipt = Receipt()
        self._waiting: list[ReadFile] = []
        self._replies: list[tuple[Path, Reply]] = []

    def all(self, reader: PackReader, jobs: Sequence[Job], stop: Callable[[], bool]) -> Receipt:
        results = read_here if len(jobs) < WORKERS_FROM else read_beside
        not_kept, done = "", 0
        for result in results(reader, jobs, stop):
            done += 1
            not_kept = self._take(result) or not_kept
            if len(self._waiting) >= _AT_ONCE:
                self._add()
            self._progress(done, len(jobs), len(self._receipt.refused))
            if not_kept:
                break
        self._add()
        # After the packs: what is answered may have come in the same folder, or to a colleague.
        if self._replies and self._library.awaited():
            self._read_first()
        for path, reply in self._replies:
            self._take_answers(path, reply)
        self._progress(done, len(jobs), len(self._receipt.refused))
        if not_kept:
            raise NotWrittenError(*not_kept.split(": ", 1))
        self._receipt.stopped = done < len(jobs)
        order = {job.path: n for n, job in enumerate(jobs)}
        self._receipt.arrived.sort(key=lambda one: order[one.path])
        return self._receipt

    def _take(self, result: ReadFile) -> str:
        if result.reply is not None:
            self._replies.append((result.job.path, result.reply))
        if result.rows is not None:
            self._waiting.append(result)
        elif result.known:
            outcome: Outcome = "taken out" if result.known in self._taken_out else "known"
            self._receipt.arrived.append(Arrived(result.job.path, outcome))
        elif result.refused:
            self._receipt.refused.append(result.refused)
        return result.not_kept

    def _take_answers(self, path: Path, reply: Reply) -> None:
        if reply.typed:
            self._tell_typed(path, take_typed(self._library, reply))
            return
        try:
            new = take_answers(self._library, reply, path)
        except FileRefusedError as error:
            self._receipt.refused.append(str(error))
            return
        outcome: Outcome = "answers" if new else "known"
        self._receipt.arrived.append(Arrived(path, outcome, reply.evaluation_id, reply.remarks))

    def _tell_typed(self, path: Path, new: int) -> None:
        notes = "1 note that was typed into its form is" if new == 1 else f"{new:,} notes that were typed into it are"
        remark = (f"{notes} in the library now.",) if new else ()
        self._receipt.arrived = [
            replace(one, remarks=one.remarks + remark) if one.path == path else one for one in self._receipt.arrived
        ]

    def _add(self) -> None:
        found = {result.rows.digest: result for result in self._waiting if result.rows}
        rows = [result.rows for result in found.values() if result.rows]
        new = [result.rows for result in found.values() if result.rows and not result.job.received]
        who, first = self._library.who, self._library.next_sequence()
        lines = [
            LibraryLine(new_id(), "received", one.received, first + n, who, pack=one.digest, text=one.file)
            for n, one in enumerate(new)
        ]
        outcomes = dict(zip(found, self._library.add(rows, lines), strict=True))
        for result in self._waiting:
            if result.rows:
                outcome = outcomes.pop(result.rows.digest, "known")
                arrived = Arrived(result.job.path, outcome, result.rows.evaluation, result.rows.remarks)
                self._receipt.arrived.append(arrived)
        self._waiting = []
