"""What independent validators and readers say against a PDF."""

from __future__ import annotations

import re
from pathlib import Path

import page
import pikepdf

from tests.documents.pdf_readers import PlacedWord, placed_words, run

TOLERATED = "PDFA3A-STREAM-LENGTH-001"


def failures(path: Path, profile: str) -> list[str]:
    """What the validator finds. It miscounts a stream whose last byte is a carriage return: that is left out."""
    found = [(failure.rule_id, failure.message) for failure in page.validate_pdf(str(path), profile=profile).failures]
    miscounted = len(re.findall(rb"\r\nendstream|\r\r?endstream", path.read_bytes()))
    if sum(rule == TOLERATED for rule, _ in found) <= miscounted:
        found = [pair for pair in found if pair[0] != TOLERATED]
    return [f"{rule}: {message}" for rule, message in found]


def assert_sound(path: Path) -> None:
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", path)
    faces = [line.split()[-5:-2] for line in run("pdffonts", path).splitlines()[2:]]
    assert faces
    assert faces == [["yes", "yes", "yes"]] * len(faces), "embedded, a subset, with a map to Unicode"


def outside_margins(path: Path) -> list[PlacedWord]:
    """The words that stand outside the margins of their page."""
    with pikepdf.open(path) as document:
        sizes = [[float(edge) for edge in page.mediabox][2:] for page in document.pages]
    words = placed_words(path)
    assert len(words) > 300
    return [word for word in words if not _within(word.box, *sizes[word.page])]


def _within(box: tuple[float, float, float, float], width: float, height: float) -> bool:
    left, upper, right, lower = box
    return left > 50 and right < width - 50 and upper > 20 and lower < height - 20
