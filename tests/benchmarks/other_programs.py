"""Other ways to a PDF of the same words, measured where they are installed. None is a part of the project.

Each is given the whole story of the evaluation and lays it out as it sees fit, in a fresh process.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from apq_desktop.documents.content.outline import story
from apq_desktop.documents.html.web_page import web_page
from apq_desktop.evaluation.model import Evaluation
from tests.benchmarks import material
from tests.benchmarks.measuring import timed
from tests.benchmarks.processes import child, environment
from tests.benchmarks.rivals.typst_markup import markup

LONGEST_SECONDS = 150
PINS = "packaging/requirements-benchmarks.txt"


@dataclass(frozen=True)
class Program:
    """``makes`` takes a folder, the document and the PDF to make, and returns milliseconds."""

    key: str
    name: str
    ending: str
    is_there: Callable[[], bool]
    had_from: str
    makes: Callable[[Path, Path, Path], float]


def document(evaluation: Evaluation, folder: Path, name: str, ending: str) -> Path:
    """The evaluation as what a program reads: a web page (``.html``) or Typst's markup (``.typ``)."""
    path, known = folder / f"{name}{ending}", material.catalogue()
    if ending == ".html":
        path.write_bytes(web_page(evaluation, known))
    else:
        path.write_text(markup(story(evaluation, known)), encoding="utf-8")
    return path


def _library(name: str) -> Callable[[Path, Path, Path], float]:
    def makes(folder: Path, source: Path, target: Path) -> float:
        module = f"tests.benchmarks.rivals.{name}_pdf"
        return child(folder, module, source, target, longest=LONGEST_SECONDS)["ms"]

    return makes


def _libreoffice(folder: Path, source: Path, target: Path) -> float:
    words = ["soffice", "--headless", "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", str(target.parent)]

    def convert() -> None:
        subprocess.run(
            [*words, str(source)], env=environment(folder), check=True, capture_output=True, timeout=LONGEST_SECONDS
        )

    return timed(convert)()


PROGRAMS = (
    Program(
        "weasyprint",
        "WeasyPrint, from the web page",
        ".html",
        lambda: find_spec("weasyprint") is not None,
        PINS,
        _library("weasyprint"),
    ),
    Program(
        "typst",
        "Typst, from its own markup",
        ".typ",
        lambda: find_spec("typst") is not None,
        PINS,
        _library("typst"),
    ),
    Program(
        "libreoffice",
        "LibreOffice, from the web page, its start included",
        ".html",
        lambda: shutil.which("soffice") is not None,
        "Debian's libreoffice-writer-nogui",
        _libreoffice,
    ),
)
