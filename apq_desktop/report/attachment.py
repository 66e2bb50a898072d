"""The evaluation's own data inside the PDF: put in byte for byte, and taken out of a file from a stranger.

Nothing in a received PDF is ever run, followed or shown: one attachment is read, within limits, and that is all.
"""

from __future__ import annotations

import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import pikepdf
import pikepdf.settings
from pikepdf import Array, Dictionary, Name, String

from apq_desktop.errors import PackRefusedError
from apq_desktop.report.archive import PROGRAM

MOST_FILE_BYTES = 50_000_000
MOST_DATA_BYTES = 20_000_000
MOST_DECODED_BYTES = 200_000_000
"""What any one stream of a received file may unfold to."""
MOST_LISTED = 200
"""More attachments than any evaluation carries."""
_SUFFIX = ".json"


def attach(pdf: pikepdf.Pdf, data: bytes, name: str, date: str) -> None:
    """Attach ``data`` as the source of the document's content. ``date`` is as PDF writes it, or empty."""
    content = pdf.make_stream(data)
    content.Type = Name.EmbeddedFile
    content.Subtype = Name("/application/json")
    content.Params = Dictionary(Size=len(data))
    if date:
        content.Params.ModDate = String(date)
    attached = pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(name),
            UF=String(name),
            Desc=String(f"The evaluation as data, for {PROGRAM} and other programs"),
            AFRelationship=Name.Data,
            EF=Dictionary(F=content, UF=content),
        )
    )
    pdf.Root.AF = Array([attached])
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String(name), attached])))


def attached_data(path: Path) -> bytes:
    """The data that a PDF of ours carries, as it was put in. Raises PackRefusedError with one plain sentence."""
    content = _content(path)
    if b"%PDF-" not in content[:1024]:
        raise PackRefusedError(path, "this is not a PDF")
    try:
        with _limits(), pikepdf.open(io.BytesIO(content), attempt_recovery=False, suppress_warnings=True) as pdf:
            return _unpacked(path, _only_one(path, _attached(pdf)))
    except pikepdf.PasswordError as error:
        raise PackRefusedError(path, "this PDF is locked with a password; ask for one without") from error
    except _NOT_AS_IT_SHOULD_BE as error:
        raise PackRefusedError(path, "this PDF is damaged, or is not built as a PDF should be") from error


# pikepdf raises any of these where a file is not built as it should be.
_NOT_AS_IT_SHOULD_BE = (
    pikepdf.PikepdfError, ArithmeticError, AttributeError, LookupError, MemoryError, OSError, RuntimeError,
    TypeError, ValueError, zlib.error,
)  # fmt: skip


def _content(path: Path) -> bytes:
    """The bytes of a regular file. A device or a pipe is never opened, because that alone can do something."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise PackRefusedError(path, "this is a folder, not a file; open the PDF in it")
        if not stat.S_ISREG(status.st_mode):
            raise PackRefusedError(path, "this is a device or a pipe, not a file")
        if status.st_size > MOST_FILE_BYTES:
            raise PackRefusedError(path, f"this PDF is larger than any of ours ({MOST_FILE_BYTES // 1_000_000} MB)")
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


def _attached(pdf: pikepdf.Pdf) -> list[Any]:
    """The content of every attachment that may be an evaluation, those that say so first."""
    listed: list[Any] = [pdf.attachments[name].obj for name in islice(pdf.attachments, MOST_LISTED)]
    associated: Any = pdf.Root.get("/AF", Array())
    listed += list(islice(associated, MOST_LISTED))
    files = [file for file in listed if str(file.get("/UF", file.get("/F", ""))).lower().endswith(_SUFFIX)]
    said = [file for file in files if file.get("/AFRelationship") == Name.Data]
    return [file.EF.F for file in said or files]


def _only_one(path: Path, found: list[Any]) -> Any:
    different = {content.objgen: content for content in found}
    if not different:
        raise PackRefusedError(path, "this PDF carries no evaluation; ask for the JSON file, or for a PDF with data")
    if len(different) > 1:
        raise PackRefusedError(path, "this PDF carries more than one evaluation, so it is not clear which is meant")
    return different.popitem()[1]


def _unpacked(path: Path, content: Any) -> bytes:
    """What was attached, unfolded here, so that it stops at the limit."""
    packed: bytes = content.read_raw_bytes()
    filters = content.get("/Filter", Array())
    names = [str(filters)] if isinstance(filters, Name) else [str(name) for name in filters]
    if names not in ([], ["/FlateDecode"]) or "/DecodeParms" in content:
        raise PackRefusedError(path, "its data is packed in a way that no program of ours uses")
    data = zlib.decompressobj().decompress(packed, MOST_DATA_BYTES + 1) if names else packed
    if len(data) > MOST_DATA_BYTES:
        raise PackRefusedError(path, f"its data is longer than any evaluation ({MOST_DATA_BYTES // 1_000_000} MB)")
    return data
