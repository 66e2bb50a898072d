"""The letter that carries a reply file, as bytes of a PDF."""

from __future__ import annotations

from apq_desktop.documents.pdf.pdf_a import PdfDetails
from apq_desktop.documents.pdf.post_process import Data
from apq_desktop.documents.pdf.renderer import Foot, printed
from apq_desktop.documents.reply_letter.letter import Letter, letter_tree

DATA_SAYS = "The reply as data, for APQ Desktop and other programs"


def letter_pdf(letter: Letter, data: bytes, name: str) -> bytes:
    """The bytes of a letter with the reply file ``data`` inside, under its ``name``, which ends in ``.json``."""
    author = letter.organisation or letter.role
    about = PdfDetails(f"{letter.heading}: {letter.title}", author, letter.written, letter.written)
    return printed(letter_tree(letter), about, Foot(letter.footer, letter.code), Data(data, name, DATA_SAYS))
