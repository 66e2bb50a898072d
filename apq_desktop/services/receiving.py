"""Receive packs into a library: one or thousands, in processes beside this one where there are many.

Each file is read by the same steps as everywhere (``importing.read_pack``). A bad one is named in one sentence and
costs no other. What was received is on the disk before it is told of; where the program is killed, receiving the same
files again goes on where it was.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

from apq_desktop.errors import FileRefusedError, NotWrittenError
from apq_desktop.evaluation.model import MAX_LINE, new_id
from apq_desktop.evaluation.text.cleaning import clean_line
from apq_desktop.library.collection import Library, Outcome
from apq_desktop.library.pack_rows import PackRows, passage_rows, revision_row, searched
from apq_desktop.library.packs import SUFFIXES, PackFolder, digest_of
from apq_desktop.review.library_lines import LibraryLine
from apq_desktop.services.importing import bytes_of_pack, read_pack
from apq_desktop.services.workspaces import now
from apq_desktop.toolkit.catalogue import Catalogue

WORKERS_FROM = 50
"""Files from which on other processes help: each takes a second to start where it is started anew."""
_WORKERS = 2
_IN_MESSAGE = 10
_MOST_IN_FLIGHT = 4
"""Messages that wait at one time: without a limit their rows fill the memory."""
_AT_ONCE = 50
"""Files in one transaction."""
ENDED_THE_READER = "reading it ended the program that read it; ask whoever sent it for a fresh copy."
UNFORESEEN = "it could not be read; ask whoever sent it for a fresh copy."
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read. ``received`` is the stamp of one that a colleague received, with the ``name`` it had."""

    path: Path
    name: str = ""
    received: str = ""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What became of a file that was read: its rows, or its digest where it is known, or a sentence."""

    job: Job
    rows: PackRows | None = None
    known: str = ""
    refused: str = ""
    not_kept: str = ""


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


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads files for a library, in this process or another."""

    packs: PackFolder
    catalogue: Catalogue
    known: frozenset[str]
    taken_out: frozenset[str]
    moment: str

    def read(self, job: Job) -> ReadFile:
        """Read one file, and keep it in the library's folder where it is good and new. Raises nothing."""
        try:
            return self._read(job)
        except NotWrittenError as error:
            return ReadFile(job, not_kept=str(error))
        except FileRefusedError as error:
            return ReadFile(job, refused=str(error))
        except Exception as error:  # noqa: BLE001 - none stops the rest, whatever is in it
            _log.warning("a received file could not be read: %s", type(error).__name__)
            return ReadFile(job, refused=f"{clean_line(str(job.path))}: {UNFORESEEN}")

    def _read(self, job: Job) -> ReadFile:
        original = bytes_of_pack(job.path)
        digest = digest_of(original)
        if digest in self.known:
            return ReadFile(job, known=digest)
        suffix = job.path.suffix.lower()
        received = read_pack(job.path, self.catalogue, original)
        content = digest_of(received.original) if received.code else digest
        if content in self.taken_out:
            return ReadFile(job, known=content)
        if not job.received:
            self.packs.add(original, suffix)
        passages = passage_rows(received.evaluation)
        rows = PackRows(
            digest=digest,
            suffix=suffix,
            content=content,
            file=job.name or clean_line(job.path.name)[:MAX_LINE],
            received=job.received or self.moment,
            revision=revision_row(received.evaluation),
            passages=passages,
            words=tuple(map(searched, passages)),
            remarks=received.remarks,
        )
        return ReadFile(job, rows)


Progress = Callable[[int, int, int], None]
"""Is told how many files are done, of how many, and how many of them could not be read."""


def files_in(folder: Path) -> list[Path]:
    """The files below a folder that may be packs, in order."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    return sorted(path for path in found if not path.name.startswith((".", "~$")) and not path.is_dir())


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

    A file that was taken out is received ``again`` only where that is wanted. Raises NotWrittenError where the library
    cannot be written to; what was received before stays received.
    """
    files = [file for path in paths for file in (files_in(path) if path.is_dir() else [path])]
    out = {} if again else dict(library.taken_out())
    reader = Reader(library.packs, catalogue, library.known() | out.keys(), frozenset(out), now())
    return _Receiving(library, out, progress).all(reader, [Job(file) for file in files], stop)


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
    reader = Reader(library.packs, catalogue, frozenset(), frozenset(), now())
    return _Receiving(library, {}, progress).all(reader, jobs, stop)


class _Receiving:
    """Takes what is read into a library, some files in each transaction."""

    def __init__(self, library: Library, taken_out: dict[str, str], progress: Progress) -> None:
        self._library, self._taken_out, self._progress = library, taken_out, progress
        self._receipt = Receipt()
        self._waiting: list[ReadFile] = []

    def all(self, reader: Reader, jobs: Sequence[Job], stop: Callable[[], bool]) -> Receipt:
        results = _read_here if len(jobs) < WORKERS_FROM else _read_beside
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
        if not_kept:
            raise NotWrittenError(*not_kept.split(": ", 1))
        self._receipt.stopped = done < len(jobs)
        order = {job.path: n for n, job in enumerate(jobs)}
        self._receipt.arrived.sort(key=lambda one: order[one.path])
        return self._receipt

    def _take(self, result: ReadFile) -> str:
        if result.rows is not None:
            self._waiting.append(result)
        elif result.known:
            outcome: Outcome = "taken out" if result.known in self._taken_out else "known"
            self._receipt.arrived.append(Arrived(result.job.path, outcome))
        elif result.refused:
            self._receipt.refused.append(result.refused)
        return result.not_kept

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


def _read_here(reader: Reader, jobs: Sequence[Job], stop: Callable[[], bool]) -> Iterator[ReadFile]:
    for job in jobs:
        if stop():
            return
        yield reader.read(job)


_reader: Reader | None = None


def _start_worker(reader: Reader) -> None:
    global _reader  # noqa: PLW0603 - each process has one, given when it starts
    _reader = reader
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Where the program was killed nobody else ends this process, which would wait for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _read_message(jobs: tuple[Job, ...]) -> list[ReadFile]:
    assert _reader is not None
    return [_reader.read(job) for job in jobs]


def _pool(reader: Reader, workers: int) -> ProcessPoolExecutor:
    # Started anew, as Windows does: a copy of a process with threads of Qt can hang.
    anew = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=anew, initializer=_start_worker, initargs=(reader,))


def _read_beside(reader: Reader, jobs: Sequence[Job], stop: Callable[[], bool]) -> Iterator[ReadFile]:
    left = deque(tuple(jobs[start : start + _IN_MESSAGE]) for start in range(0, len(jobs), _IN_MESSAGE))
    flying: deque[tuple[tuple[Job, ...], Future[list[ReadFile]]]] = deque()
    broken = False
    with _pool(reader, min(_WORKERS, os.cpu_count() or 1)) as pool:
        while True:
            while left and len(flying) < _MOST_IN_FLIGHT and not broken and not stop():
                try:
                    flying.append((left[0], pool.submit(_read_message, left[0])))
                    left.popleft()
                except BrokenProcessPool:
                    broken = True
            if not flying:
                break
            message, future = flying.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                broken = True
                yield from _read_one_by_one(reader, message)
    if broken and left and not stop():
        yield from _read_beside(reader, [job for message in left for job in message], stop)


def _read_one_by_one(reader: Reader, jobs: Sequence[Job]) -> Iterator[ReadFile]:
    """Read files each in a process of its own, so that one that ends its process is known by name."""
    for job in jobs:
        with _pool(reader, 1) as pool:
            try:
                yield from pool.submit(_read_message, (job,)).result()
            except BrokenProcessPool:
                yield ReadFile(job, refused=f"{clean_line(str(job.path))}: {ENDED_THE_READER}")
