"""A sheet to print: its title, how to use it, and a table to write in."""

from __future__ import annotations

from apq_desktop.documents.content.document_tree import Element
from apq_desktop.documents.pdf.pdf_a import PdfDetails
from apq_desktop.documents.pdf.renderer import Foot, printed
from apq_desktop.toolkit.catalogue import Catalogue
from apq_desktop.toolkit.sheets import Sheet


def sheet_pdf(sheet: Sheet, catalogue: Catalogue) -> bytes:
    """The bytes of one sheet to print and to write on."""
    return printed(sheet_tree(sheet, catalogue), PdfDetails(sheet.title), Foot(sheet.title))


def sheet_tree(sheet: Sheet, catalogue: Catalogue) -> Element:
    """The tree of one sheet."""
    document = Element("Document")
    section = document.add("Sect", bookmark=sheet.title)
    areas = sorted({line.area for line in sheet.lines})
    about = f", area {areas[0]}" if len(areas) == 1 else ", by area"
    section.add("P", f"AP Quality Toolkit {catalogue.edition}{about}", style="eyebrow")
    section.add("H1", sheet.title, style="title")
    section.add("P", sheet.about, style="lead")
    table = section.add("Table", style=_table_style(sheet))
    head = table.add("TR")
    for name in sheet.columns:
        head.add("TH", style="cell-head", scope="Column").add("P", name, style="cell-head")
    for line in sheet.lines:
        row = table.add("TR")
        texts = (str(line.area), line.text, "") if sheet.shows_areas else (line.text, "", "")
        for text in texts:
            cell = row.add("TD")
            if text:
                cell.add("P", text, style="cell")
    return document


def _table_style(sheet: Sheet) -> str:
    return "sheet-by-area" if sheet.shows_areas else "sheet-ticks" if sheet.has_ticks else "sheet"
