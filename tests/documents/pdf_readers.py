"""What other programs make of a PDF of ours: its text, words and their places, bookmarks and links."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pymupdf

from apq_desktop.documents.content.document_tree import Element


class PlacedWord(NamedTuple):
    """A word on a page, from 0, with its left, upper, right and lower edge, in points from the upper left."""

    page: int
    text: str
    box: tuple[float, float, float, float]


def run(*words: str | Path, seconds: float = 600) -> str:
    done = subprocess.run([str(word) for word in words], capture_output=True, check=False, timeout=seconds)
    assert done.returncode == 0, done.stderr.decode() + done.stdout.decode()
    # Poppler writes the two halves of a rare character of the title one by one.
    return done.stdout.decode("utf-8", "surrogatepass")


def letters(text: str) -> str:
    """A text without white space, which line ends add, and without marks that have no shape."""
    return "".join(
        one
        for one in unicodedata.normalize("NFC", text)
        if not (one.isspace() or unicodedata.category(one) == "Cf" or "\ufe00" <= one <= "\ufe0f")
    )


def text_of(pdf: Path) -> str:
    """The text in the order of drawing, pages joined, without what stands around each."""
    pages = run("pdftotext", "-raw", "-enc", "UTF-8", pdf, "-").split("\f")
    return "\n".join(_without_footer(page.rstrip().split("\n")) for page in pages)


def _without_footer(lines: list[str]) -> str:
    """Pdftotext joins the two parts of a footer where they stand close to each other."""
    if re.fullmatch(r"(Code \S+ · )?Page \d+ of \d+", lines[-1]):
        lines = lines[:-2]
    elif re.search(r" Page \d+ of \d+$", lines[-1]):
        lines = lines[:-1]
    return "\n".join(lines[:-1] if lines and lines[-1].endswith(", continued") else lines)


def pages_of(pdf: Path) -> list[str]:
    return run("pdftotext", "-layout", "-enc", "UTF-8", pdf, "-").split("\f")[:-1]


def placed_words(pdf: Path) -> list[PlacedWord]:
    words, page = [], -1
    for line in run("pdftotext", "-bbox", pdf, "-").splitlines():
        page += "<page " in line
        if found := re.search(r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', line):
            left, upper, right, lower = (float(edge) for edge in found.groups()[:4])
            words.append(PlacedWord(page, found[5], (left, upper, right, lower)))
    return words


def bookmarks(pdf: Path) -> list[tuple[int, str, int]]:
    """Depth, title and page (from 0) of every bookmark, in order."""
    found: list[tuple[int, str, int]] = []
    with pikepdf.open(pdf) as document, document.open_outline() as outline:
        numbers = {page.obj.objgen: n for n, page in enumerate(document.pages)}

        def walk(items: list[pikepdf.OutlineItem], depth: int) -> None:
            for item in items:
                found.append((depth, item.title, numbers[item.destination[0].objgen]))  # type: ignore[index]
                walk(item.children, depth + 1)

        walk(list(outline.root), 0)
    return found


def links(pdf: Path) -> list[tuple[int, str, int]]:
    """Page, description and target page (from 0) of every link inside the document."""
    with pikepdf.open(pdf) as document:
        numbers = {page.obj.objgen: n for n, page in enumerate(document.pages)}
        return [
            (n, str(link.Contents), numbers[link.Dest[0].objgen])
            for n, page in enumerate(document.pages)
            for link in page.obj.get("/Annots", [])
            if "/Dest" in link
        ]


def all_that_can_be_read(path: Path) -> str:
    """The bytes of a file; of a PDF also its pages as they are copied out, and what is attached."""
    parts = [path.read_bytes()]
    if path.suffix == ".pdf":
        with pymupdf.open(path) as document:
            parts += [page.get_text().encode() for page in document]
        with pikepdf.open(path) as pdf:
            parts += [one.get_file().read_bytes() for one in pdf.attachments.values()]
    return "\n".join(part.decode("utf-8", "replace") for part in parts)


NOT_EUROPEAN = re.compile("[^A-Za-z\u00c0-\u04ff\u1e00-\u1fff]")


def drawn(story: Element) -> str:
    """What the story tells, without what is told to the ear alone: pdfinfo does not know that."""
    return "".join(run.text for one in story.walk() for run in one.runs if run.tone != "aloud")


def read_by_pdfinfo(path: Path) -> str:
    """What pdfinfo finds in the tags, in order, without numbers: those of pages the story does not know."""
    leaves = re.findall(r'^ +"(.*)"$', run("pdfinfo", "-struct-text", path, seconds=500), re.MULTILINE)
    assert len(leaves) > 70
    return without_numbers("".join(leaves))


def without_numbers(text: str) -> str:
    return re.sub("[0-9]", "", letters(text))
