"""The sheets to print are one page each, in our words, and as accessible as every other document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest

from apq_desktop import paths, services
from apq_desktop.documents.blank_form.sheet_pages import sheet_tree
from apq_desktop.errors import InstrumentError
from apq_desktop.toolkit.sheets import FILE, load_sheets
from tests.documents.pdf_validation import assert_sound, failures
from tests.documents.tag_checker import problems
from tests.plain_english import grade, sentences

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.toolkit.catalogue import Catalogue
    from apq_desktop.toolkit.sheets import Sheet

SHEETS = load_sheets(paths.forms())
EACH = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)


@pytest.fixture(scope="session")
def folder(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sheets")
    assert [path.name for path in services.save_sheets(catalogue, folder)] == [sheet.file_name for sheet in SHEETS]
    return folder


@EACH
def test_a_sheet_is_one_page(sheet: Sheet, folder: Path) -> None:
    with pikepdf.open(folder / sheet.file_name) as pdf:
        assert len(pdf.pages) == 1


@EACH
@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_a_sheet_keeps_to_both_standards(sheet: Sheet, profile: str, folder: Path) -> None:
    assert failures(folder / sheet.file_name, profile) == []


@EACH
def test_what_is_read_is_what_is_told(sheet: Sheet, folder: Path, catalogue: Catalogue) -> None:
    assert problems(folder / sheet.file_name, sheet_tree(sheet, catalogue)) == []
    assert_sound(folder / sheet.file_name)


@EACH
def test_a_sheet_reads_easily(sheet: Sheet) -> None:
    texts = [sheet.about, *(line.text for line in sheet.lines)]
    assert grade(texts) < 6
    assert not [told for text in texts for told in sentences(text) if len(told.split()) > 30]


def test_there_are_questions_by_area_for_pupils_and_families_and_sheets_for_areas_5_and_8() -> None:
    areas = {sheet.key: [line.area for line in sheet.lines] for sheet in SHEETS}
    everything = list(range(1, 14))
    assert areas == {
        "pupils": everything,
        "families": everything,
        "referral": [5] * len(areas["referral"]),
        "curriculum": [8] * len(areas["curriculum"]),
    }


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("area = 1\n", "area = 14\n", "sheets.1.lines.1.area"),
        ('"Area", "Question"', '"Question"', "sheets.1.columns"),
        ('key = "families"', 'key = "pupils"', "sheets"),
        ("Questions to put to pupils", "Pupils: questions", "sheets.1.title"),
    ],
)
def test_a_slip_in_the_file_is_named(old: str, new: str, key: str, tmp_path: Path) -> None:
    text = (paths.forms() / FILE).read_text("utf-8")
    assert old in text
    (tmp_path / FILE).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InstrumentError, match=rf"^{FILE}: {key}: "):
        load_sheets(tmp_path)
