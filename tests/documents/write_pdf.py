"""Puts a PDF of ours into a file, for other programs to read."""

from __future__ import annotations

from pathlib import Path

from apq_desktop.documents.blank_form.blank_flowables import FormBlanks
from apq_desktop.documents.pdf.post_process import Data
from apq_desktop.documents.pdf.renderer import pdf
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.rules.outgoing_copy import EVERYTHING, Include
from apq_desktop.toolkit.catalogue import Catalogue


def write_pdf(
    evaluation: Evaluation,
    catalogue: Catalogue,
    target: Path,
    *,
    code: str = "",
    include: Include = EVERYTHING,
    data: bytes = b"",
    data_name: str = "evaluation.json",
) -> None:
    attached = Data(data, data_name) if data else None
    target.write_bytes(pdf(evaluation, catalogue, code=code, include=include, data=attached, blanks=FormBlanks()))
