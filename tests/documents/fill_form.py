"""Fills in a template as a program for PDF files does: with pypdf, which knows nothing of ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pikepdf
from pypdf import PdfWriter

from apq_desktop.documents.blank_form.blank_form import template_pdf
from apq_desktop.toolkit.catalogue import Catalogue

MARK = "apq-form-1-2022"
TICK = "/yes"


def fill_in(template: Path, values: Mapping[str, str], target: Path) -> Path:
    """Type ``values`` into the fields that they are named after, tick boxes where the value is ``TICK``, and save."""
    writer = PdfWriter(clone_from=template)
    whole = {f"{MARK}.{name}": value for name, value in values.items()}
    writer.update_page_form_field_values(None, whole, auto_regenerate=False)
    writer.write(target)
    return target


def blank_template(catalogue: Catalogue, target: Path) -> Path:
    """The template to fill in."""
    target.write_bytes(template_pdf(catalogue, fillable=True))
    return target


def field(pdf: pikepdf.Pdf, name: str) -> Any:
    """A field of ours by its name."""
    found: Any = pdf.Root.AcroForm.Fields[0]
    for part in name.split(".") if name else []:
        found = next(kid for kid in found.Kids if str(kid.get("/T", "")) == part)
    return found


def typed(path: Path, name: str, text: str, target: Path) -> Path:
    """A copy of a form with ``text`` in one field."""

    def put(pdf: pikepdf.Pdf) -> None:
        field(pdf, name).V = pikepdf.String(text)

    return changed(path, target, put)


def changed(path: Path, target: Path, change: Callable[[pikepdf.Pdf], None]) -> Path:
    """A copy of a form that ``change`` did something to."""
    with pikepdf.open(path) as pdf:
        change(pdf)
        pdf.save(target)
    return target
