"""The data inside a PDF, of an evaluation or a reply: put in byte for byte, and taken out of an untrusted file.

Of a received PDF one attachment is read, and that is all.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from apq_desktop.documents.pdf.pdf_a import PROGRAM
from apq_desktop.documents.pdf.safe_pdf import opened, unpacked
from apq_desktop.errors import PackRefusedError

MOST_DATA_BYTES = 20_000_000
MOST_LISTED = 200
"""More attachments than any evaluation carries."""
EVALUATION_DATA = f"The evaluation as data, for {PROGRAM} and other programs"
_SUFFIX = ".json"
NOTHING_OF_OURS = (
    "this PDF carries no evaluation and is no template of ours that was filled in; ask for the JSON file, or for the "
    "PDF as it was saved, not printed anew"
)


def attach(pdf: pikepdf.Pdf, data: bytes, name: str, says: str, date: str) -> None:
    """Attach ``data`` as the source of the document's content; ``says`` tells people what it is.

    ``date`` is as PDF writes it, or empty.
    """
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
            Desc=String(says),
            AFRelationship=Name.Data,
            EF=Dictionary(F=content, UF=content),
        )
    )
    pdf.Root.AF = Array([attached])
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String(name), attached])))


def attached_data(path: Path, content: bytes | None = None) -> bytes:
    """The data that a PDF of ours carries, as it was put in. Raises PackRefusedError with one plain sentence.

    ``content`` are its bytes where they are at hand; ``path`` then only stands in the sentence.
    """
    with opened(path, content) as pdf:
        return unpacked(path, _only_one(path, _attached(pdf)), MOST_DATA_BYTES)


def keywords_of(path: Path, content: bytes | None = None) -> str:
    """What a PDF of ours says went into it; empty where it says nothing. Raises PackRefusedError."""
    with opened(path, content) as pdf:
        return str(pdf.docinfo.get("/Keywords", ""))


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
        raise PackRefusedError(path, NOTHING_OF_OURS)
    if len(different) > 1:
        raise PackRefusedError(path, "this PDF carries more than one evaluation, so it is not clear which is meant")
    return different.popitem()[1]
