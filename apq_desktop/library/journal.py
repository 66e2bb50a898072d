"""Journals: files of sealed lines, each written by one person on one computer, who only appends.

A line is the first 16 hex digits of the SHA-256 of its body, a space, and the body. The seal shows damage; it proves
no authorship. A copy that a synchronised folder made, a torn last line and a line that stands twice do no harm: all
journals are read, and lines are joined by their ids.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from apq_desktop.errors import NotWrittenError

SUFFIX = ".journal"
SEAL_DIGITS = 16
MOST_LINE_BYTES = 400_000
MOST_BYTES = 500_000_000
NOT_WRITTEN = "the note could not be written there. Make room, or reach the folder again, then try once more."


@dataclass(frozen=True, slots=True)
class ReadLines:
    """The bodies of whole lines from an offset on, where to go on reading, and how many lines were damaged."""

    bodies: tuple[str, ...]
    offset: int
    damaged: int = 0


def sealed(body: str) -> bytes:
    """A body as a line of a journal. ``body`` is one line of text."""
    data = body.encode("utf-8")
    return b"%s %s\n" % (_seal(data), data)


def _seal(data: bytes) -> bytes:
    return sha256(data).hexdigest()[:SEAL_DIGITS].encode("ascii")


def append(path: Path, bodies: Sequence[str]) -> None:
    """Add lines to one's own journal, and return when they are on the disk. Raises NotWrittenError."""
    data = b"".join(map(sealed, bodies))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            if file.tell() and not _ends_a_line(path):
                # What was torn by a power cut stays a line of its own, which is passed over.
                data = b"\n" + data
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise NotWrittenError(path, NOT_WRITTEN) from error


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def read_from(path: Path, offset: int = 0) -> ReadLines:
    """The whole lines of a journal from ``offset`` on; a last line without an end waits. Raises OSError."""
    with path.open("rb") as file:
        file.seek(offset)
        data = file.read(MOST_BYTES)
    whole = data[: data.rfind(b"\n") + 1]
    bodies, damaged = [], 0
    for line in whole.splitlines():
        if body := _body(line):
            bodies.append(body)
        elif line.strip(b"\0 \t"):
            damaged += 1
    return ReadLines(tuple(bodies), offset + len(whole), damaged)


def _body(line: bytes) -> str:
    """The body of a line, or nothing where it is not as it was written."""
    seal, _, data = line.rstrip(b"\r\0").partition(b" ")
    if len(line) > MOST_LINE_BYTES or not data or seal != _seal(data):
        return ""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
