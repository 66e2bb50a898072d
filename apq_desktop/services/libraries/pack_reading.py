"""Read received files for a library, here or in processes beside this one, so that none costs another."""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from apq_desktop.errors import FileRefusedError, NotWrittenError, PackRefusedError
from apq_desktop.evaluation.model import MAX_LINE
from apq_desktop.evaluation.text.cleaning import clean_line
from apq_desktop.library.indexing.pack_rows import PackRows, passage_rows, revision_row, searched
from apq_desktop.library.packs import PackFolder, digest_of
from apq_desktop.services.incoming.importing import bytes_of_pack, read_pack
from apq_desktop.services.incoming.reviewing import Reply, typed_reply, written_reply
from apq_desktop.toolkit.catalogue import Catalogue

_WORKERS = 2
_IN_MESSAGE = 10
_MOST_IN_FLIGHT = 4
"""Messages that wait at one time: without a limit their rows fill the memory."""
ENDED_THE_READER = "reading it ended the program that read it; ask whoever sent it for a fresh copy."
A_PART = "it is a part for a colleague and not the whole; whoever gave it out can bring it in and send the whole"
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
    """What became of a file that was read: its rows, or answers, or its digest where it is known, or a sentence.

    Rows and a reply come from a PDF in whose form somebody typed.
    """

    job: Job
    rows: PackRows | None = None
    reply: Reply | None = None
    known: str = ""
    refused: str = ""
    not_kept: str = ""


@dataclass(frozen=True, slots=True)
class PackReader:
    """Read files for a library, in this process or another."""

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
        if reply := written_reply(job.path, original):
            return ReadFile(job, reply=reply)
        typed, not_typed = self._typed(job, original)
        received = read_pack(job.path, self.catalogue, original)
        if received.evaluation.copy_for == "colleague":
            raise PackRefusedError(job.path, A_PART)
        content = digest_of(received.original) if received.code else digest
        if content in self.taken_out:
            return ReadFile(job, known=content)
        if not job.received:
            self.packs.add(original, suffix)
        passages, elsewhere = passage_rows(received.evaluation)
        rows = PackRows(
            digest=digest,
            suffix=suffix,
            content=content,
            file=job.name or clean_line(job.path.name)[:MAX_LINE],
            received=job.received or self.moment,
            revision=revision_row(received.evaluation),
            passages=passages,
            elsewhere=elsewhere,
            words=tuple(map(searched, (*passages, *elsewhere))),
            remarks=(*received.remarks, *not_typed),
        )
        return ReadFile(job, rows, typed)

    def _typed(self, job: Job, original: bytes) -> tuple[Reply | None, tuple[str, ...]]:
        """What was typed into the form of a PDF that comes from outside, or why that cannot be kept."""
        if job.received or job.path.suffix.lower() != ".pdf":
            return None, ()
        try:
            return typed_reply(job.path, original, self.catalogue), ()
        except PackRefusedError as error:
            return None, (f"What was typed into its form is not kept: {error.sentence}.",)


def read_here(reader: PackReader, jobs: Sequence[Job], stop: Callable[[], bool]) -> Iterator[ReadFile]:
    """Read files one after the other in this process. ``stop`` is asked before each."""
    for job in jobs:
        if stop():
            return
        yield reader.read(job)


_reader: PackReader | None = None


def _start_worker(reader: PackReader) -> None:
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


def _pool(reader: PackReader, workers: int) -> ProcessPoolExecutor:
    if sys.platform == "win32" and getattr(sys, "frozen", False):
        raise OSError  # under Wine the bundle waits for them for ever, and nobody has seen it on Windows
    # Started anew, as Windows does: a copy of a process with threads of Qt can hang.
    anew = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=anew, initializer=_start_worker, initargs=(reader,))


def read_beside(reader: PackReader, jobs: Sequence[Job], stop: Callable[[], bool]) -> Iterator[ReadFile]:
    """Read files in processes beside this one, some at a time. ``stop`` is asked before each message."""
    try:
        beside = _pool(reader, min(_WORKERS, os.cpu_count() or 1))
    except OSError:  # the system lets this program start none
        yield from read_here(reader, jobs, stop)
        return
    left = deque(tuple(jobs[start : start + _IN_MESSAGE]) for start in range(0, len(jobs), _IN_MESSAGE))
    flying: deque[tuple[tuple[Job, ...], Future[list[ReadFile]]]] = deque()
    broken = False
    with beside as pool:
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
        yield from read_beside(reader, [job for message in left for job in message], stop)


def _read_one_by_one(reader: PackReader, jobs: Sequence[Job]) -> Iterator[ReadFile]:
    """Read files each in a process of its own, so that one that ends its process is known by name."""
    for job in jobs:
        with _pool(reader, 1) as pool:
            try:
                yield from pool.submit(_read_message, (job,)).result()
            except BrokenProcessPool:
                yield ReadFile(job, refused=f"{clean_line(str(job.path))}: {ENDED_THE_READER}")
