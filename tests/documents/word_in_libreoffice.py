"""Tries the Word template in LibreOffice: each area on a page of its own, and what was typed survives saving there.

``python -m tests.documents.word_in_libreoffice`` takes ten seconds. It is no test of the suite: LibreOffice is
too large to be installed for each run.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import docx

from apq_desktop import paths
from apq_desktop.documents.word.blank_word import template_word
from apq_desktop.documents.word.filled_word import READ, read_filled_word
from apq_desktop.toolkit.loader import load
from tests.documents.pdf_readers import pages_of
from tests.documents.samples import CREATED


def main() -> int:
    """Print what was found. Returns 0 where all is well, 1 where it is not, 2 where LibreOffice is not there."""
    if shutil.which("soffice") is None:
        print("LibreOffice (soffice) is not installed.")
        return 2
    with TemporaryDirectory() as folder:
        found = _faults(Path(folder))
    print("\n".join(found) or "The template has a page for each area, and comes back from LibreOffice as it was typed.")
    return 1 if found else 0


def _faults(folder: Path) -> list[str]:
    catalogue = load(paths.forms())
    typed, saved = folder / "typed.docx", folder / "saved"
    typed.write_bytes(template_word(catalogue))
    pages = pages_of(_converted(typed, "pdf", folder))
    faults = []
    for page, area in zip(pages[1:], catalogue.areas, strict=False):
        if f"{area.number}. {area.title}" not in page:
            faults.append(f"Area {area.number} does not begin a page.")
    if len(pages) != 1 + len(catalogue.areas):
        faults.append(f"There are {len(pages)} pages.")
    document = docx.Document(str(typed))
    document.tables[0].cell(0, 1).text = "Łódź Ŵyl"
    document.tables[4].cell(0, 1).text = "Calm mornings"
    document.save(str(typed))
    read = read_filled_word(_converted(typed, "docx", saved), catalogue, created=CREATED)
    strengths = [entry.text for entry in read.evaluation.area("workforce").strengths]
    if (read.evaluation.setting.name, strengths, read.remarks) != ("Łódź Ŵyl", ["Calm mornings"], (READ,)):
        faults.append(f"It came back as {read.evaluation.setting.name}, {strengths}, {read.remarks}.")
    return faults


def _converted(path: Path, kind: str, folder: Path) -> Path:
    """The document as LibreOffice saves it, with a profile of its own beside it."""
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    words = ("soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(path))
    subprocess.run(words, check=True, capture_output=True, timeout=300)
    return folder / f"{path.stem}.{kind}"


if __name__ == "__main__":
    sys.exit(main())
