"""The floor for the PDF: its own lines drawn on a raw canvas, with no layout, tags or attachments."""

from __future__ import annotations

import io
from pathlib import Path

import pymupdf_fonts
from pypdf import PdfReader
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONT = "Noto Sans"
SIZE = 9.5


def lines_of(path: Path) -> list[list[str]]:
    """The lines of text on each page."""
    return [page.extract_text().splitlines() for page in PdfReader(path).pages]


def draw(pages: list[list[str]], target: Path) -> None:
    """Write the lines one below the other, page for page."""
    pdfmetrics.registerFont(TTFont(FONT, io.BytesIO(pymupdf_fonts.fontbuffers["notos"]())))
    canvas = Canvas(str(target), pagesize=A4)
    for lines in pages:
        canvas.setFont(FONT, SIZE)
        for number, line in enumerate(lines):
            canvas.drawString(40, A4[1] - 40 - number * SIZE * 1.2, line)
        canvas.showPage()
    canvas.save()
