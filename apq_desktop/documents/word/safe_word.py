"""An untrusted Word document, read within limits: its words and tables, and nothing else. No macro is run."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Never

from lxml import etree

from apq_desktop.documents.pdf.safe_pdf import content_of
from apq_desktop.errors import PackRefusedError

MOST_ENTRIES = 5_000
MOST_BYTES = 20_000_000
"""What one part of a document may unfold to."""
MOST_ELEMENTS = 600_000
MOST_CELLS = 20_000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MAIN = "word/document.xml"
_ASIDE = re.compile(r"word/(comments|footnotes|endnotes|header[0-9]*|footer[0-9]*)\.xml")
_THROUGH = frozenset(
    f"{_WORD}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "body")
)
_NOT_SAID = frozenset(f"{_WORD}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText")) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_DAMAGED = "this Word document is damaged, or is not built as one should be"


@dataclass(frozen=True)
class WordCell:
    """One cell: its paragraphs, and the columns of the table that it takes up."""

    paragraphs: tuple[str, ...]
    column: int = 0
    span: int = 1
    goes_on: bool = False
    """Whether it goes on with the cell above."""


Row = list[WordCell]


@dataclass(frozen=True)
class WordText:
    """What a document says: paragraphs and tables in their order, and what stands beside it (notes, comments)."""

    body: tuple[str | list[Row], ...]
    aside: tuple[str, ...]


def read_word(path: Path, content: bytes | None = None) -> WordText:
    """The words of a .docx file. Raises PackRefusedError in one sentence, whatever is wrong with it."""
    content = content_of(path) if content is None else content
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        sentence = "this is an older Word document, or has a password; save it as .docx without one, then open it again"
        raise PackRefusedError(path, sentence)
    return from_bytes(path, content)


def from_bytes(path: Path, content: bytes) -> WordText:
    """``read_word``, of bytes at hand; ``path`` only stands in the sentence."""
    try:
        return _Reader(path).read(content)
    except PackRefusedError:
        raise
    except (_NOT_A_ZIP, *_NOT_AS_IT_SHOULD_BE) as error:
        raise PackRefusedError(path, _DAMAGED) from error


_NOT_A_ZIP = zipfile.BadZipFile
# zipfile and lxml raise any of these where a file is not built as it should be.
_NOT_AS_IT_SHOULD_BE = (
    ArithmeticError, AttributeError, EOFError, LookupError, MemoryError, NotImplementedError, OSError, RuntimeError,
    TypeError, ValueError, zlib.error, zipfile.LargeZipFile, etree.LxmlError,
)  # fmt: skip


class _Reader:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._cells = 0

    def read(self, content: bytes) -> WordText:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if len(names) > MOST_ENTRIES:
                self._refuse("it has many more parts than a Word document")
            if _MAIN not in names:
                self._refuse("this is not a Word document")
            body = tuple(self._blocks(self._parsed(archive, _MAIN)))
            aside = [self._parsed(archive, name) for name in dict.fromkeys(names) if _ASIDE.fullmatch(name)]
        return WordText(body, tuple(text for root in aside for text in _paragraphs(root)))

    def _parsed(self, archive: zipfile.ZipFile, name: str) -> Any:
        with archive.open(name) as part:
            data = part.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES or data.count(b"<") > MOST_ELEMENTS:
            self._refuse("more stands in it than any evaluation holds; shorten it, then open it again")
        # Word writes the strict form of the format where somebody chose it: the same elements under another name.
        data = data.replace(_STRICT, _WORD[1:-1].encode())
        parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
        root = etree.fromstring(data, parser)
        if root.getroottree().docinfo.doctype:
            self._refuse("it defines words of its own, as no Word document does")
        return root

    def _blocks(self, root: Any) -> Iterator[str | list[Row]]:
        for element in _children(root):
            if element.tag == f"{_WORD}p":
                yield from _paragraphs(element)
            elif element.tag == f"{_WORD}tbl":
                yield [self._row(row) for row in _children(element) if row.tag == f"{_WORD}tr"]

    def _row(self, row: Any) -> Row:
        column, cells = _number(row, "trPr", "gridBefore", 0), []
        for cell in (one for one in _children(row) if one.tag == f"{_WORD}tc"):
            self._cells += 1
            if self._cells > MOST_CELLS:
                self._refuse("its tables have many more cells than the toolkit’s form")
            span = max(1, _number(cell, "tcPr", "gridSpan", 1))
            merged = cell.find(f"{_WORD}tcPr/{_WORD}vMerge")
            goes_on = merged is not None and merged.get(f"{_WORD}val", "continue") == "continue"
            cells.append(WordCell(tuple(_paragraphs(cell)), column, span, goes_on))
            column += span
        return cells

    def _refuse(self, sentence: str) -> Never:
        raise PackRefusedError(self._path, sentence)


def _children(element: Any) -> Iterator[Any]:
    """What stands in an element, also within what only wraps it."""
    for child in element:
        if child.tag in _THROUGH:
            yield from _children(child)
        elif child.tag not in _NOT_SAID:
            yield child


def _number(element: Any, properties: str, name: str, otherwise: int) -> int:
    found = element.find(f"{_WORD}{properties}/{_WORD}{name}")
    value = "" if found is None else found.get(f"{_WORD}val", "")
    return min(int(value), 1_000) if value.isascii() and value.isdigit() else otherwise


def _paragraphs(element: Any) -> list[str]:
    """The text of each paragraph at or below an element that says something, those of tables in it too."""
    texts: list[list[str]] = [[]]
    _say(element, texts)
    return [text for parts in texts if (text := "".join(parts).strip())]


_SAID = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def _say(element: Any, texts: list[list[str]]) -> None:
    """Add what an element says. Documents are at most 256 deep: lxml reads no deeper."""
    name = element.tag.removeprefix(_WORD) if isinstance(element.tag, str) else ""
    if not name or element.tag in _NOT_SAID:
        return
    if name == "t":
        texts[-1].append("".join(element.itertext()))
    elif name in _SAID:
        texts[-1].append(_SAID[name])
    elif name == "p":
        texts.append([])
        for child in element:
            _say(child, texts)
        texts.append([])
    else:
        for child in element:
            _say(child, texts)
