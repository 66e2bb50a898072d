"""Puts a PDF of ours into a file, for other programs to read."""

from __future__ import annotations

from pathlib import Path

from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.sending import EVERYTHING, Include
from apq_desktop.instrument import Catalogue
from apq_desktop.report.document import pdf
from apq_desktop.report.finish import Data


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
    target.write_bytes(pdf(evaluation, catalogue, code=code, include=include, data=attached))
