"""The template to fill in as a Word document: real headings and tables, boxes to tick that Word knows as such."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell

from apq_desktop.documents.blank_form import blank_form
from apq_desktop.documents.blank_form.blank_form import template_title
from apq_desktop.documents.blank_form.field_names import ACTION_ROWS
from apq_desktop.documents.content.document_tree import lines
from apq_desktop.documents.content.phrases import DOES_NOT_APPLY
from apq_desktop.evaluation.edits.changes import TargetKind
from apq_desktop.evaluation.fields import label
from apq_desktop.evaluation.titles import PARTS
from apq_desktop.toolkit.catalogue import Area, Catalogue

OPEN_BOX = "☐"
SETTING = "Your setting"
EVALUATION = "This evaluation"
QUESTIONS, NOTES = "Questions to think about", "Notes"
ON_A_SCREEN = """
Type in the right column of each table; a table grows as you type, and rows can be added to the actions.
Open the saved document in APQ Desktop (“Open…” in the “File” menu): it reads in what you typed.
Say what has changed for pupils, and how you know. Name no pupil. Nothing is marked or added up.
"""
SETTING_FIELDS = ("name", "kind", "site", "local_authority", "contact", "key_stages", "places", "full_or_part_time",
                  "placement_length")  # fmt: skip
EVALUATION_FIELDS = ("title", "period", "purposes", "commissioner", "completed_by", "took_part", "completed_on",
                     "summary")  # fmt: skip
_HALVES = (Mm(63), Mm(107))
_QUESTIONS = (Mm(108), Mm(62))
"""A question is longer than the others that are asked, and its row grows with the notes."""
_ACTION = (Mm(90), Mm(45), Mm(35))
_MADE = datetime(2022, 1, 1)  # noqa: DTZ001 - as the format wants it; the same template is the same bytes
_PARTS: tuple[tuple[TargetKind, str], ...] = (
    ("strengths", blank_form.STRENGTHS),
    ("development_areas", blank_form.DEVELOPMENT_AREAS),
    ("evidence", blank_form.EVIDENCE),
)


def choices(catalogue: Catalogue, field: str) -> dict[str, str]:
    """What can be ticked in a field, by its key; nothing where the field takes words."""
    known = {
        "kind": {kind.key: kind.title for kind in catalogue.kinds},
        "purposes": {purpose.key: purpose.title for purpose in catalogue.purposes},
        "key_stages": {number: f"Key stage {number}" for number in "12345"},
        "full_or_part_time": blank_form.SHORT_TIMES,
    }
    return known.get(field, {})


def asked_fields(catalogue: Catalogue) -> list[tuple[TargetKind, str, str]]:
    """Every field of the setting and the evaluation that the template asks for, with its hint, in order."""
    asked = [one for purpose in catalogue.purposes for one in purpose.asks]
    more: list[tuple[TargetKind, str, str]] = []
    for one in asked:
        kind, _, field = one.field.partition(".")
        more.append(("setting" if kind == "setting" else "evaluation", field, one.hint))
    setting: list[tuple[TargetKind, str, str]] = [("setting", field, "") for field in SETTING_FIELDS]
    return [*setting, *(("evaluation", field, "") for field in EVALUATION_FIELDS), *more]


def template_word(catalogue: Catalogue) -> bytes:
    """The content of a .docx file with nothing filled in."""
    return _WordTemplate(catalogue).content()


class _WordTemplate:
    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._document = Document()
        self._describe(self._document)
        self._document.add_heading("Self-evaluation", 0)
        self._document.add_paragraph(f"The 13 quality areas of the AP Quality Toolkit {catalogue.edition}")
        for line in lines(ON_A_SCREEN):
            self._document.add_paragraph(line, "List Bullet")
        for title, wanted in ((SETTING, "setting"), (EVALUATION, "evaluation")):
            self._document.add_heading(title, 1)
            table = self._table(_HALVES)
            for kind, field, hint in asked_fields(catalogue):
                if kind == wanted:
                    self._field(table, label(kind, field), hint, choices(catalogue, field).values())
        for category in catalogue.categories:
            self._document.add_heading(category.title, 1).paragraph_format.page_break_before = True
            for n, area in enumerate(category.areas):
                self._area(area, new_page=n > 0)

    def content(self) -> bytes:
        written = io.BytesIO()
        self._document.save(written)
        return written.getvalue()

    def _describe(self, document: WordDocument) -> None:
        about = document.core_properties
        about.title, about.author, about.language, about.comments = (
            template_title(self._catalogue), "APQ Desktop", "en-GB", "",
        )  # fmt: skip
        about.created = about.modified = _MADE
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "en-GB")
        document.styles["Normal"].element.get_or_add_rPr().append(language)
        normal: Any = document.styles["Normal"]
        normal.font.name, normal.font.size = "Arial", Pt(10)
        normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(2), 1.0
        title, heading = document.styles["Title"], document.styles["Heading 1"]
        title.font.size, title.paragraph_format.space_after = Pt(20), Pt(4)
        heading.paragraph_format.space_before = Pt(8)
        page = document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = Mm(20)
        page.top_margin = page.bottom_margin = Mm(13)

    def _area(self, area: Area, *, new_page: bool) -> None:
        heading = self._document.add_heading(f"{area.number}. {area.title}", 2)
        heading.paragraph_format.page_break_before = new_page
        for line in (area.summary, *lines(area.does_not_apply)):
            self._document.add_paragraph(line)
        table = self._table(_HALVES)
        self._field(table, DOES_NOT_APPLY, "", [blank_form.REASON])
        table.rows[-1].cells[1].add_paragraph()
        self._space()
        table = self._table(_QUESTIONS, QUESTIONS, NOTES)
        for question in area.questions:
            part = area.sub_area_title(question.sub_area)
            self._field(table, f"{question.label}  {part}: {question.text}" if part else
                        f"{question.label}  {question.text}", question.help)  # fmt: skip
        self._space()
        table = self._table(_HALVES)
        for name, hint in _PARTS:
            parts = blank_form.parts_hint(area) if name == "strengths" else ""
            self._field(table, PARTS[name], f"{hint} {blank_form.EACH_LINE} {parts}".strip())
        self._field(table, label("area", "support"), blank_form.SUPPORT)
        self._space()
        table = self._table(_ACTION, *(title for _, title in blank_form.ACTION_PARTS))
        for _ in range(ACTION_ROWS):
            _row(table)

    def _space(self) -> None:
        """Two tables with nothing between them would be one."""
        between = self._document.add_paragraph().paragraph_format
        between.space_after, between.line_spacing = Pt(0), Pt(6)

    def _table(self, widths: Sequence[Length], *titles: str) -> Table:
        table = self._document.add_table(0, len(widths), "Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        if titles:
            for cell, title in zip(_row(table), titles, strict=True):
                cell.paragraphs[0].add_run(title).bold = True
            table._tbl.tr_lst[0].get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - as its guide says
        return table

    def _field(self, table: Table, title: str, hint: str, boxes: Iterable[str] = ()) -> None:
        """A row: what is asked, with its hint below, and room for the answer or boxes to tick."""
        asked, answer = _row(table)
        asked.paragraphs[0].add_run(title).bold = True
        for line in lines(hint):
            asked.add_paragraph(line)
        for n, words in enumerate(boxes):
            _add_box(answer, words, first=n == 0)


def _row(table: Table) -> tuple[_Cell, ...]:
    """The cells of a new row, which stays on one page."""
    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - as its guide says
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.width = column.width
    return row.cells


def _add_box(cell: _Cell, words: str, *, first: bool) -> None:
    """A line with a box to tick that a click ticks in Word; elsewhere an x before the words does."""
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    control, properties, content = (OxmlElement(name) for name in ("w:sdt", "w:sdtPr", "w:sdtContent"))
    box: Any = properties.makeelement(f"{{{_WORD_2010}}}checkbox", nsmap={"w14": _WORD_2010})
    for name, value in (("checked", {"val": "0"}), ("checkedState", {"val": "2612", "font": "MS Gothic"}),
                        ("uncheckedState", {"val": "2610", "font": "MS Gothic"})):  # fmt: skip
        state = box.makeelement(f"{{{_WORD_2010}}}{name}")
        for key, text in value.items():
            state.set(f"{{{_WORD_2010}}}{key}", text)
        box.append(state)
    properties.append(box)
    content.append(paragraph.add_run(OPEN_BOX)._r)  # noqa: SLF001 - as its guide says
    control.extend((properties, content))
    paragraph._p.append(control)  # noqa: SLF001 - as its guide says
    paragraph.add_run(f" {words}")


_WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
