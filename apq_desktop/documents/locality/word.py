"""The report of a locality as a Word document: real headings, and comments that say where words stand."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from apq_desktop.documents.content.document_tree import lines
from apq_desktop.documents.locality.report import (
    INTRODUCTION,
    NO_ORDER,
    WORDS,
    WORDS_SAY,
    LocalityReport,
    Said,
    quoted_lines,
)

AUTHOR = "APQ Desktop"


def report_word(report: LocalityReport) -> bytes:
    """The content of a .docx file."""
    document = Document()
    _describe(document, report)
    document.add_heading(report.title, 0)
    document.add_paragraph(report.day)
    document.add_heading(INTRODUCTION, 1)
    for line in [*lines(report.introduction), f"{report.about} {NO_ORDER}"]:
        document.add_paragraph(line)
    for chapter in report.chapters:
        document.add_heading(chapter.title, 1)
        for heading, said, quoted in chapter.parts:
            document.add_heading(heading, 2)
            for one in said:
                _add(document, one, quoted=quoted)
    if report.words:
        document.add_heading(WORDS, 1)
        document.add_paragraph(WORDS_SAY)
        table = document.add_table(0, 2, "Table Grid")
        for pair in report.words:
            for cell, text in zip(table.add_row().cells, pair, strict=True):
                cell.text = text
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _describe(document: WordDocument, report: LocalityReport) -> None:
    made = datetime.fromisoformat(report.made).astimezone(UTC).replace(tzinfo=None)
    about = document.core_properties
    about.title, about.author, about.language, about.comments = report.title, AUTHOR, "en-GB", ""
    about.created = about.modified = made
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    document.styles["Normal"].element.get_or_add_rPr().append(language)


def _add(document: WordDocument, said: Said, *, quoted: bool) -> None:
    first, *rest = quoted_lines(said, quoted=quoted) or [""]
    style = "Quote" if quoted else "Normal"
    paragraph = document.add_paragraph(style=style)
    paragraph.add_run(f"{said.who}: ").bold = True
    words = paragraph.add_run(first)
    if said.where:
        document.add_comment([words], said.where, AUTHOR, "APQ")
    for line in rest:
        document.add_paragraph(line, style)
