"""Types a reply into a PDF of ours as programs for PDF files do, each of which saves it in its own way."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pypdf import PdfWriter

from apq_desktop.documents.blank_form.filled_reply import AgreedAction
from tests.documents import javascript

Typed = Mapping[str, str]
"""Values by the names of the fields without the mark of the form; a choice is the name of its state."""
TYPED: Typed = {
    "role": "School improvement officer, Northshire ŵŷ",
    "date": "3 December 2026",
    "state": "changes-requested",
    "comment": "Thank you – “calm” and clear.\nTwo requests.",
    "next-review": "1 March 2027",
    "area.attendance.comment": "The table helps.",
    "area.attendance.request": "Which schools were slow?\nPlease name the months.",
    "area.needs.request": "Say what has changed for these five pupils.",
    "action.1.area": "6",
    "action.1.what": "Meet within five school days",
    "action.1.who": "Head of centre",
    "action.1.by_when": "12/02/2027",
    "action.2.what": "Share the survey",
}

EXPECTED: dict[str, Any] = {
    "role": TYPED["role"],
    "date": "3 December 2026",
    "state": "changes-requested",
    "comment": "Thank you – “calm” and clear.\nTwo requests.",
    "next_review": "1 March 2027",
    "areas": {
        "attendance": ("The table helps.", "Which schools were slow?\nPlease name the months."),
        "needs": ("", "Say what has changed for these five pupils."),
    },
    "actions": (
        AgreedAction(1, "6", "Meet within five school days", "Head of centre", "12/02/2027"),
        AgreedAction(2, "", "Share the survey", "", ""),
    ),
}
"""What is read from the form into which ``TYPED`` was typed."""


def by_pypdf(path: Path, typed: Typed, target: Path) -> Path:
    """pypdf, which writes the whole file anew."""
    return _with_pypdf(path, typed, target, incremental=False)


def by_pypdf_appended(path: Path, typed: Typed, target: Path) -> Path:
    """pypdf, which adds what was typed to the end of the file."""
    _with_pypdf(path, typed, target, incremental=True)
    assert target.read_bytes().startswith(path.read_bytes())
    return target


def _with_pypdf(path: Path, typed: Typed, target: Path, *, incremental: bool) -> Path:
    writer = PdfWriter(path, incremental=True) if incremental else PdfWriter(clone_from=path)
    mark = mark_of(path)
    values = {f"{mark}.{name}": f"/{text}" if name == "state" else text for name, text in typed.items()}
    writer.update_page_form_field_values(None, values, auto_regenerate=False)
    writer.write(target)
    return target


def by_pymupdf(path: Path, typed: Typed, target: Path) -> Path:
    """MuPDF, which writes the whole file anew."""
    return _with_pymupdf(path, typed, target, incremental=False)


def by_pymupdf_appended(path: Path, typed: Typed, target: Path) -> Path:
    """MuPDF, which adds what was typed to the end of the file."""
    return _with_pymupdf(path, typed, target, incremental=True)


def _with_pymupdf(path: Path, typed: Typed, target: Path, *, incremental: bool) -> Path:
    target.write_bytes(path.read_bytes())
    mark = mark_of(path)
    with pymupdf.open(target) as document:
        for page in document:
            for widget in page.widgets():
                name = widget.field_name.removeprefix(f"{mark}.")
                if name not in typed:
                    continue
                if name != "state":
                    widget.field_value = typed[name]
                elif widget.on_state() == typed[name]:
                    widget.field_value = True
                else:
                    continue
                widget.update()
        if incremental:
            document.saveIncr()
        else:
            target.with_suffix(".new").write_bytes(document.tobytes(garbage=3, deflate=True))
    if not incremental:
        target.with_suffix(".new").replace(target)
    return target


def by_pdfium(path: Path, typed: Typed, target: Path) -> Path:
    """PDFium, as in Chrome, which writes the whole file anew."""
    return _with_pdfium(path, typed, target, pdfium_c.FPDF_NO_INCREMENTAL)


def by_pdfium_appended(path: Path, typed: Typed, target: Path) -> Path:
    """PDFium, which adds what was typed to the end of the file."""
    return _with_pdfium(path, typed, target, pdfium_c.FPDF_INCREMENTAL)


def _with_pdfium(path: Path, typed: Typed, target: Path, how: int) -> Path:
    """Typed through its form engine: each field is given the focus by a press on it, as with a mouse."""
    document = pdfium.PdfDocument(path)
    document.init_forms()
    mark, places = mark_of(path), places_of(path)
    for name, text in typed.items():
        key = f"{mark}.{name}" + (f"={text}" if name == "state" else "")
        number, (left, lower, right, upper) = places[key]
        page = document[number]
        form, middle = document.formenv.raw, ((left + right) / 2, (lower + upper) / 2)
        pdfium_c.FORM_OnAfterLoadPage(page.raw, form)
        pdfium_c.FORM_OnLButtonDown(form, page.raw, 0, *middle)
        pdfium_c.FORM_OnLButtonUp(form, page.raw, 0, *middle)
        if name != "state":
            encoded = (text + "\0").encode("utf-16-le")
            letters = ctypes.cast(ctypes.create_string_buffer(encoded), ctypes.POINTER(ctypes.c_ushort))
            pdfium_c.FORM_ReplaceSelection(form, page.raw, letters)
        pdfium_c.FORM_ForceToKillFocus(form)
    document.save(target, flags=how)
    document.close()
    return target


def by_pdf_lib(path: Path, typed: Typed, target: Path) -> Path:
    """pdf-lib, which writes the whole file anew."""
    return _with_javascript("pdf-lib", path, typed, target)


def by_pdf_js(path: Path, typed: Typed, target: Path) -> Path:
    """pdf.js, as in Firefox, which adds what was typed to the end of the file."""
    return _with_javascript("pdf.js", path, typed, target)


def _with_javascript(program: str, path: Path, typed: Typed, target: Path) -> Path:
    mark = mark_of(path)
    return javascript.typed_with(program, path, {f"{mark}.{name}": text for name, text in typed.items()}, target)


PROGRAMS: dict[str, Callable[[Path, Typed, Path], Path]] = {
    "pypdf": by_pypdf,
    "pypdf, appended": by_pypdf_appended,
    "MuPDF": by_pymupdf,
    "MuPDF, appended": by_pymupdf_appended,
    "PDFium": by_pdfium,
    "PDFium, appended": by_pdfium_appended,
    "pdf-lib": by_pdf_lib,
    "pdf.js": by_pdf_js,
}
"""The programs that can be asked here, by name."""


def mark_of(path: Path) -> str:
    """The first part of the names of the fields."""
    with pikepdf.open(path) as pdf:
        root: Any = pdf.Root.AcroForm.Fields[0]
        return str(root.T)


def places_of(path: Path) -> dict[str, tuple[int, tuple[float, ...]]]:
    """Page and box of each field by its whole name; for each box of a choice, with ``=`` and its state."""
    found: dict[str, tuple[int, tuple[float, ...]]] = {}
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages):
            widgets: Any = page.obj.get("/Annots", ())
            for widget in widgets:
                if widget.Subtype == "/Widget":
                    name = _whole_name(widget)
                    states = [key for key in dict(widget.AP.N) if key != "/Off"] if "/AS" in widget else []
                    key = f"{name}={states[0].removeprefix('/')}" if states else name
                    found[key] = number, tuple(float(edge) for edge in widget.Rect)
    return found


def _whole_name(field: Any) -> str:
    parts = []
    while field is not None:
        parts += [str(field.T)] if "/T" in field else []
        field = field.get("/Parent")
    return ".".join(reversed(parts))
