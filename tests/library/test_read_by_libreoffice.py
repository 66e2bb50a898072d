"""The report for Word and the workbook, opened by LibreOffice and read from what it makes of them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from apq_desktop.documents.locality import report as content
from apq_desktop.documents.locality.report import Chapter, LocalityReport, Said
from apq_desktop.documents.locality.word import report_word
from apq_desktop.services.locality.library_export import export_library
from tests.documents.libreoffice import needs, saved_by_libreoffice
from tests.library import council

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from apq_desktop.library.folder import FolderLibrary

TEXT, OFFICE = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("text", "office"))
AT = "2026-11-27T10:00:00+00:00"


@pytest.mark.long
@needs("libswlo.so")
def test_the_word_report_has_its_headings_comments_and_quotations(tmp_path: Path) -> None:
    quoted = Said("Ŵyn", "“Łódź” and\nBecause – so.", "Ŵyn: Strength, revision 2")
    other = Said("Elm", "On foot.", "Elm: Action, revision 0")
    chapter = Chapter("Getting here", [Said("Ŵyn", "By bus.")], [quoted], [other])
    report = LocalityReport("What we read", "To begin.", "Named.", [chapter], [("most", "more")], AT, "Today")
    path = tmp_path / "report.docx"
    path.write_bytes(report_word(report))
    (saved,) = saved_by_libreoffice(path, "fodt", ".fodt")
    tree = ET.parse(saved)  # noqa: S314 - LibreOffice made it of what we made
    body = tree.getroot().find(f"{OFFICE}body/{OFFICE}text")
    assert body is not None
    comments = ["".join(one.itertext()) for one in body.iter(f"{OFFICE}annotation")]
    assert [where.where in comment for where, comment in zip((quoted, other), comments, strict=True)] == [True, True]
    assert [(_words(one), one.get(f"{TEXT}outline-level")) for one in body.iter(f"{TEXT}h")] == [
        *((content.INTRODUCTION, "1"), ("Getting here", "1"), (content.SUMMARIES, "2"), (content.QUOTATIONS, "2")),
        *((content.DISAGREEMENT, "2"), (content.WORDS, "1")),
    ]
    paragraphs = [_words(one) for one in body.iter(f"{TEXT}p")]
    told = ["Ŵyn: By bus.", "Ŵyn: ““Łódź” and", "Because – so.”", "Elm: “On foot.”"]
    assert [one for one in paragraphs if one in told] == told


def _words(element: ET.Element) -> str:
    """The words of a paragraph without those of comments at it."""
    return "".join(_without_comments(element))


def _without_comments(element: ET.Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag != f"{OFFICE}annotation":
            yield from _without_comments(child)
        yield child.tail or ""


@pytest.mark.long
@needs("libsclo.so")
def test_every_sheet_of_the_workbook_says_the_same_as_the_csv(library: FolderLibrary, tmp_path: Path) -> None:
    export_library(library, council.catalogue(), tmp_path, ["xlsx", "csv"])
    # Comma, quotation mark, UTF-8, dates as shown, and every sheet in a file of its own.
    kind = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    made = saved_by_libreoffice(tmp_path / "library.xlsx", kind, ".csv")
    saved = {path.stem.rpartition("-")[2].lower(): path for path in made}
    assert {path.stem for path in tmp_path.glob("*.csv")} == set(saved)
    for name, path in saved.items():
        assert csv_rows(path) == csv_rows(tmp_path / f"{name}.csv"), name


def csv_rows(path: Path) -> list[list[str]]:
    """The rows of a table: yes and no alike, and without the sign by which a CSV keeps a text from being a formula."""
    rows = csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
    yes_and_no = {"TRUE": "true", "FALSE": "false"}
    return [[yes_and_no.get(one, one.removeprefix("'").replace("\r\n", "\n")) for one in row] for row in rows]
