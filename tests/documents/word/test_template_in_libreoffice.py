"""The Word template in LibreOffice: each area begins a page, and what was typed survives being saved there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pytest

from apq_desktop import paths
from apq_desktop.documents.word.blank_word import template_word
from apq_desktop.documents.word.filled_word import READ, read_filled_word
from apq_desktop.toolkit.loader import load
from tests.documents.libreoffice import needs, saved_by_libreoffice
from tests.documents.pdf_readers import pages_of
from tests.documents.samples import CREATED

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.long
@needs("libswlo.so")
def test_the_template_has_a_page_for_each_area_and_comes_back_as_it_was_typed(tmp_path: Path) -> None:
    catalogue, typed = load(paths.forms()), tmp_path / "typed.docx"
    typed.write_bytes(template_word(catalogue))
    (printed,) = saved_by_libreoffice(typed, "pdf", ".pdf")
    pages = pages_of(printed)
    assert len(pages) == 1 + len(catalogue.areas)
    for page, area in zip(pages[1:], catalogue.areas, strict=True):
        assert f"{area.number}. {area.title}" in page
    document = docx.Document(str(typed))
    document.tables[0].cell(0, 1).text = "Łódź Ŵyl"
    document.tables[4].cell(0, 1).text = "Calm mornings"
    document.save(str(typed))
    (saved,) = saved_by_libreoffice(typed, "docx", ".docx")
    read = read_filled_word(saved, catalogue, created=CREATED)
    assert read.evaluation.setting.name == "Łódź Ŵyl"
    assert [entry.text for entry in read.evaluation.area("workforce").strengths] == ["Calm mornings"]
    assert read.remarks == (READ,)
