"""An untrusted PDF, opened within limits. Nothing in it is ever run, followed or shown: some of it is read."""

from __future__ import annotations

import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
import pikepdf.settings
from pikepdf import Array, Name

from apq_desktop.errors import PackRefusedError

MOST_FILE_BYTES = 50_000_000
MOST_DECODED_BYTES = 200_000_000
"""What any one stream of a received file may unfold to."""


@contextmanager
def opened(path: Path, content: bytes | None = None) -> Iterator[pikepdf.Pdf]:
    """A received PDF. Whatever is wrong with it, then or while it is read, is a PackRefusedError.

    ``content`` are its bytes where they are at hand; ``path`` then only stands in the sentence.
    """
    # Mail gateways and disks pad files with zeros; behind 1,024 of them the end that a PDF is read from is not found.
    content = (content_of(path) if content is None else content).rstrip(b"\0\t\n\f\r ")
    if b"%PDF-" not in content[:1024]:
        raise PackRefusedError(path, "this is not a PDF")
    try:
        with _limits(), pikepdf.open(io.BytesIO(content), attempt_recovery=False, suppress_warnings=True) as pdf:
            yield pdf
    except pikepdf.PasswordError as error:
        raise PackRefusedError(path, "this PDF is locked with a password; ask for one without") from error
    except _NOT_AS_IT_SHOULD_BE as error:
        raise PackRefusedError(path, "this PDF is damaged, or is not built as a PDF should be") from error


# pikepdf raises any of these where a file is not built as it should be.
_NOT_AS_IT_SHOULD_BE = (
    pikepdf.PikepdfError, ArithmeticError, AttributeError, LookupError, MemoryError, OSError, RuntimeError,
    TypeError, ValueError, zlib.error,
)  # fmt: skip


def content_of(path: Path) -> bytes:
    """The bytes of a regular file. Raises PackRefusedError.

    A device or a pipe is never opened, because that alone can do something.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise PackRefusedError(path, "this is a folder, not a file; open the file in it")
        if not stat.S_ISREG(status.st_mode):
            raise PackRefusedError(path, "this is a device or a pipe, not a file")
        if status.st_size > MOST_FILE_BYTES:
            raise PackRefusedError(path, f"this file is larger than any of ours ({MOST_FILE_BYTES // 1_000_000} MB)")
        with open(path, "rb", opener=_open_without_waiting) as file:
            return file.read(MOST_FILE_BYTES)
    except FileNotFoundError as error:
        raise PackRefusedError(path, "there is no such file; look at its name and place") from error
    except (OSError, ValueError) as error:
        raise PackRefusedError(path, "this file could not be read; copy it to this computer first") from error


def _open_without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


@contextmanager
def _limits() -> Iterator[None]:
    """Keep a small file from unfolding without end, where this version of pikepdf can."""
    change = getattr(pikepdf.settings, "set_qpdf_limits", None)
    if change is None:
        yield
        return
    before = change(flate_max_memory=MOST_DECODED_BYTES, run_length_max_memory=MOST_DECODED_BYTES, max_stream_filters=2)
    try:
        yield
    finally:
        change(**before)


def unpacked(path: Path, content: Any, most: int) -> bytes:
    """What was attached, unfolded here, so that it stops at the limit."""
    packed: bytes = content.read_raw_bytes()
    filters = content.get("/Filter", Array())
    names = [str(filters)] if isinstance(filters, Name) else [str(name) for name in filters]
    if names not in ([], ["/FlateDecode"]) or "/DecodeParms" in content:
        raise PackRefusedError(path, "its data is packed in a way that no program of ours uses")
    data = zlib.decompressobj().decompress(packed, most + 1) if names else packed
    if len(data) > most:
        raise PackRefusedError(path, f"its data is longer than any evaluation ({most // 1_000_000} MB)")
    return data
