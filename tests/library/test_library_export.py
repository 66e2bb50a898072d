"""What is taken out of a library is read by programs that know nothing of ours, and says the same."""

from __future__ import annotations

import csv
import io
import warnings
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from icalendar import Calendar

from apq_desktop.__main__ import main
from apq_desktop.evaluation.text.written_texts import everything_written
from apq_desktop.exchange.workbook import CUT, MOST_IN_A_CELL
from apq_desktop.library.collection import Wanted
from apq_desktop.review.lines import Anchor
from apq_desktop.services.libraries import open_library as library_service
from apq_desktop.services.locality import themes
from apq_desktop.services.locality.library_export import LIBRARY_FORMATS, export_library
from tests.library import council

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.library.folder import FolderLibrary

FORMULA = '=HYPERLINK("https://example.org")'


@pytest.fixture
def out(library: FolderLibrary, tmp_path: Path) -> Path:
    """Everything that a library of five settings gives out, with a request, an answer, and notes of three audiences."""
    first = library.providers()[0]
    about = first.evaluation
    request = library_service.note(library, about, "question", FORMULA, Anchor(0, "attendance"), audience="provider")
    library_service.write(library, about, "answer", to=request.id, text="By Monday.")
    library_service.note(library, about, "question", "Between ourselves", Anchor(0, "attendance"), audience="us")
    library_service.note(library, about, "question", "SECRET", Anchor(0, "attendance"), audience="me")
    library_service.write(library, about, "next-review", on="2027-03-01", text="", audience="provider")
    folder = tmp_path / "out"
    export_library(library, council.catalogue(), folder, list(LIBRARY_FORMATS))
    return folder


def csv_rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_frictionless_finds_the_csv_tables_as_described(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own, about Python
        from frictionless import Package

        report = Package(str(out / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])[:5]
    assert {task.name for task in report.tasks} == {
        *("evaluations", "areas", "entries", "evidence", "actions", "requests", "answers"),
    }


def test_every_row_says_whose_it_is_and_settings_are_alphabetical(out: Path) -> None:
    for path in out.glob("*.csv"):
        rows = csv_rows(path)
        assert rows, path
        assert all(row["Setting"] and row["Evaluation id"] and row["Revision"] and row["State"] for row in rows)
    order = [row["Setting"] for row in csv_rows(out / "evaluations.csv")]
    assert order == ["abbey", "Élan", "Elm", "Ŵyn", "Zed"]


def test_the_workbook_says_the_same_as_the_csv_with_dates_that_can_be_reckoned_with(out: Path) -> None:
    book = openpyxl.load_workbook(out / "library.xlsx")
    for sheet in book:
        (table,) = sheet.tables.values()
        head, *body = sheet[table.ref]
        names = [cell.value for cell in head]
        assert all(cell.data_type != "f" and not cell.hyperlink for row in body for cell in row)
        told = [dict(zip(names, map(_as_csv, row), strict=True)) for row in body]
        plain = [
            {name: value.removeprefix("'").replace("\r\n", "\n") for name, value in row.items()}
            for row in csv_rows(out / f"{sheet.title.lower()}.csv")
        ]
        assert told == plain, sheet.title
    values = [cell.value for row in book["Actions"].iter_rows() for cell in row]
    assert any(isinstance(value, datetime) for value in values)
    assert FORMULA in {cell.value for row in book["Requests"].iter_rows() for cell in row}


def _as_csv(cell: Any) -> str:
    value = cell.value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value).removeprefix("'")


def test_a_text_longer_than_a_cell_is_cut_and_says_so(library: FolderLibrary, tmp_path: Path) -> None:
    long = council.evaluation("Long")
    long.summary = "🙂" * 20_000
    council.receive(library, *council.put(tmp_path / "more", long))
    export_library(library, council.catalogue(), tmp_path / "out", ["xlsx"], wanted=Wanted(name="long"))
    sheet = openpyxl.load_workbook(tmp_path / "out" / "library.xlsx")["Evaluations"]
    (cut,) = [cell.value for cell in sheet[2] if isinstance(cell.value, str) and cell.value.startswith("🙂")]
    assert cut.endswith(CUT)
    assert len(cut.encode("utf-16-le")) // 2 <= MOST_IN_A_CELL


def test_every_selection_of_the_coded_project_is_read_back_letter_for_letter(
    library: FolderLibrary, tmp_path: Path
) -> None:
    from pyrefiqda import RefiProject

    first = library.providers()[0]
    theme = themes.add_theme(library, "Getting here").id
    hidden = themes.add_theme(library, "Only mine", audience="me").id
    (key, *_) = library.places(Wanted(evaluation=first.evaluation, area="attendance", parts=("strengths",)))
    (passage,) = library.passages([key])
    words = passage.text[3:20]
    themes.put_theme(library, theme, first.evaluation, themes.anchor_in(passage, 3, 20))
    themes.put_theme(library, hidden, first.evaluation, themes.anchor_in(passage, 4, 9), audience="me")
    export_library(library, council.catalogue(), tmp_path, ["qdpx"])
    project = RefiProject.load(tmp_path / "library.qdpx", extract_dir=str(tmp_path / "read"))
    codes = {child.guid: child.name for group in project.code_book.codes.code for child in group.code}
    assert "Getting here" in codes.values()
    assert "Only mine" not in codes.values()
    assert {case.name for case in project.cases.case} == set(council.NAMES)
    selected: list[tuple[str, str]] = []
    for source in project.sources.text_source:
        file = tmp_path / "read" / "sources" / source.plain_text_path.removeprefix("internal://")
        text = file.read_bytes().decode()
        for one in source.plain_text_selection:
            (code,) = [coding.code_ref.target_guid for coding in one.coding]
            selected.append((codes[code], text[one.start_position : one.end_position]))
    evaluation = library_service.received_evaluation(library, first, council.catalogue())
    titles = {area.key: f"{area.number} {area.title}" for area in council.catalogue().areas}
    written = [(titles[one.area], one.text) for one in everything_written(evaluation) if one.area]
    assert sorted(selected) == sorted([*written * len(council.NAMES), ("Getting here", words)])


def test_review_dates_become_days_of_a_calendar(out: Path) -> None:
    (event,) = Calendar.from_ical((out / "library-review-dates.ics").read_bytes()).walk("VEVENT")
    assert event.decoded("dtstart") == date(2027, 3, 1)
    assert event.decoded("summary") == "Review: abbey"


def test_the_command_line_writes_what_is_named(
    library: FolderLibrary, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library.close()
    folder = library.files.folder
    assert main(["library", "export", str(folder), "--to", str(tmp_path / "to"), "--csv", "--qdpx"]) == 0
    told = capsys.readouterr().out.split()
    assert sorted(path.name for path in (tmp_path / "to").iterdir()) == sorted(line.rsplit("/", 1)[-1] for line in told)
    assert (tmp_path / "to" / "library.qdpx").is_file()
    assert len(csv_rows(tmp_path / "to" / "evaluations.csv")) == len(council.NAMES)
    assert main(["library", "export", str(tmp_path / "inbox"), "--to", str(tmp_path), "--xlsx"]) == 1


def test_a_setting_gets_the_tables_of_its_own_evaluation(tmp_path: Path) -> None:
    file = tmp_path / "example.apq"
    assert main(["example", str(file)]) == 0
    assert main(["export", str(file), "--to", str(tmp_path / "to"), "--xlsx"]) == 0
    (written,) = (tmp_path / "to").iterdir()
    assert openpyxl.load_workbook(written).sheetnames[0] == "Evaluations"
