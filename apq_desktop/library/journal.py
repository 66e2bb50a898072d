"""Journals: files of sealed lines, each written by one person on one computer, who only appends.

A line is the first 16 hex digits of the SHA-256 of its body, a space, and the body. The seal shows damage; it proves
no authorship. A copy that a synchronised folder made, a torn last line and a line that stands twice do no harm: all
journals are read, and lines are joined by their seals.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from apq_desktop.errors import NotWrittenError
from apq_desktop.library.durable_file import write_whole

SUFFIX = ".journal"
SEAL_DIGITS = 16
MOST_LINE_BYTES = 400_000
_AT_ONCE = 8_000_000
_TAIL_BYTES = 512
NOT_WRITTEN = "this could not be written there. Make room, or reach the folder again, then try once more."


@dataclass(frozen=True, slots=True)
class Bookmark:
    """How far a journal was read: the offset, and the seal of the bytes that stood before it."""

    offset: int = 0
    tail: str = ""


FROM_THE_START = Bookmark()


@dataclass(frozen=True, slots=True)
class ReadLines:
    """Whole lines, as (seal, body), where to go on reading, and how many lines were damaged."""

    lines: tuple[tuple[str, str], ...]
    bookmark: Bookmark
    damaged: int = 0


def seal(data: bytes) -> str:
    """The seal of a body."""
    return sha256(data).hexdigest()[:SEAL_DIGITS]


def sealed(body: str) -> bytes:
    """A body as a line of a journal. ``body`` is one line of text."""
    data = body.encode("utf-8")
    return b"%s %s\n" % (seal(data).encode("ascii"), data)


def append(path: Path, bodies: Iterable[str]) -> None:
    """Add lines to one's own journal, and return when they are on the disk. Raises NotWrittenError: then none is."""
    data = b"".join(map(sealed, bodies))
    if not data:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            before = file.seek(0, os.SEEK_END)
            # What was torn by a power cut stays a line of its own, which is passed over.
            data = data if not before or _ends_a_line(path) else b"\n" + data
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                with suppress(OSError):
                    os.truncate(path, before)
                raise
    except OSError as error:
        raise NotWrittenError(path, NOT_WRITTEN) from error


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def rewrite(path: Path, bodies: Iterable[str]) -> None:
    """Put other lines in the place of one's own journal, all or nothing. Raises NotWrittenError."""
    try:
        write_whole(path, map(sealed, bodies))
    except OSError as error:
        raise NotWrittenError(path, NOT_WRITTEN) from error


def read_on(path: Path, bookmark: Bookmark = FROM_THE_START) -> Iterator[ReadLines]:
    """The whole lines of a journal since ``bookmark``, some at a time; a last line without an end waits.

    A file that is shorter than it was, or other than it was, is read from its start. Raises OSError.
    """
    with path.open("rb") as file:
        if bookmark.offset and _tail(file, bookmark.offset) != bookmark.tail:
            bookmark = FROM_THE_START
        offset = file.seek(bookmark.offset)
        while data := file.read(_AT_ONCE):
            whole = data[: data.rfind(b"\n") + 1]
            if not whole and len(data) < _AT_ONCE:
                return
            # So many bytes without a line end are no line of ours: passed over.
            offset = file.seek(offset + len(whole or data))
            lines, damaged = _unsealed((whole or data).split(b"\n"))
            yield ReadLines(lines, Bookmark(offset, _tail(file, offset)), damaged)
            file.seek(offset)


def _tail(file: BinaryIO, offset: int) -> str:
    start = file.seek(max(0, offset - _TAIL_BYTES))
    return seal(file.read(offset - start))


def _unsealed(lines: Iterable[bytes]) -> tuple[tuple[tuple[str, str], ...], int]:
    found, damaged = [], 0
    for line in lines:
        if whole := _unsealed_line(line):
            found.append(whole)
        elif line.strip(b"\0 \t\r"):
            damaged += 1
    return tuple(found), damaged


def _unsealed_line(line: bytes) -> tuple[str, str] | None:
    """The seal and the body of a line, or None where it is not as it was written."""
    stated, _, data = line.strip(b"\r\0").partition(b" ")
    found = seal(data)
    if len(line) > MOST_LINE_BYTES or not data or stated != found.encode("ascii"):
        return None
    try:
        return found, data.decode("utf-8")
    except UnicodeDecodeError:
        return None
