"""Tables open in a spreadsheet as they were written, and nothing in them runs."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apq_desktop.exchange.csv_tables import actions_csv, evidence_csv, table

if TYPE_CHECKING:
    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.toolkit.catalogue import Catalogue


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_actions_stand_with_their_area_and_their_dates_as_numbers(evaluation: Evaluation, catalogue: Catalogue) -> None:
    evaluation.actions[0].by_when = "8 January 2027"
    evaluation.actions[6].sub_area = "literacy"
    data = actions_csv(evaluation, catalogue)
    header, *found = rows(data)
    assert header == [
        "Setting",
        "Evaluation",
        "Number",
        "Area number",
        "Area",
        "Part of the area",
        "Action",
        "Who",
        "By when",
        "Progress",
        "Priority",
        "How we will know",
        "Starting point",
        "Target",
        "Where it stands now",
        "Readings",
        "Development area it answers",
    ]
    assert len(found) == len(evaluation.actions)
    assert found[0] == [
        "The Oak Centre",
        "Self-evaluation 2026",
        "A1",
        "1",
        "Workforce development and wellbeing",
        "part",
        "Ask pupils",
        "Deputy head",
        "2027-01-08",
        "Under way",
        "First",
        "Answers",
        "None",
        "Twenty",
        "Ten",
        "13 November 2026: Ten",
        "To develop in workforce",
    ]
    assert found[1][8] == "by Easter"
    assert found[6][5] == "Literacy"


def test_only_the_actions_asked_for_in_the_order_asked_for(evaluation: Evaluation, catalogue: Catalogue) -> None:
    found = rows(actions_csv(evaluation, catalogue, [evaluation.actions[4], evaluation.actions[2]]))
    assert [row[2:4] for row in found[1:]] == [["A5", "5"], ["A3", "3"]], "with the numbers of the whole plan"
    assert len(rows(actions_csv(evaluation, catalogue, []))) == 1


def test_evidence_stands_with_the_areas_that_cite_it(evaluation: Evaluation, catalogue: Catalogue) -> None:
    header, *found = rows(evidence_csv(evaluation, catalogue))
    assert header == [
        "Setting",
        "Evaluation",
        "Number",
        "Source of evidence",
        "Kind",
        "Date",
        "Where it is kept",
        "Review date",
        "Standards it bears on",
        "Cited in areas",
    ]
    assert found[2][2:] == ["E3", "Notes", "Minutes", "2026-10-05", "Shelf 3", "2027-10-05", "1.3, 2.1", "3"]
    assert found[0][-1].split("; ")[:3] == ["1", "2", "3"]
    assert rows(evidence_csv(evaluation, catalogue, evaluation.evidence[1:2]))[1][-1] == "2"


def test_excel_is_told_the_encoding_and_gets_its_line_ends(evaluation: Evaluation, catalogue: Catalogue) -> None:
    evaluation.actions[0].what = "Gŵyl, “Łódź”\nand more"
    data = actions_csv(evaluation, catalogue)
    assert data.startswith(b"\xef\xbb\xbfSetting,")
    assert b"\r\n" in data
    assert rows(data)[1][6] == "Gŵyl, “Łódź”\nand more"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", " =", "\t=", "\t", "\n=", "＝", "＋", "－", "＠"])
def test_no_cell_is_taken_for_a_formula(evaluation: Evaluation, catalogue: Catalogue, sign: str) -> None:
    formula = f'{sign}HYPERLINK("x","y")'
    evaluation.actions[0].what = evaluation.setting.name = evaluation.evidence[0].title = formula
    for data, columns in ((actions_csv(evaluation, catalogue), (0, 6)), (evidence_csv(evaluation, catalogue), (0, 3))):
        for column in columns:
            assert rows(data)[1][column] == f"'{formula}"


@pytest.mark.parametrize("number", ["-5", "+3", "-5%", "-0.5 %", "-12,5", "-.5"])
def test_a_plain_number_is_no_formula(evaluation: Evaluation, catalogue: Catalogue, number: str) -> None:
    evaluation.actions[0].starting_point = number
    heads, row, *_ = rows(actions_csv(evaluation, catalogue))
    assert row[heads.index("Starting point")] == number


@given(st.lists(st.text(max_size=20), min_size=2, max_size=2))
def test_every_text_comes_back_but_for_the_apostrophe(cells: list[str]) -> None:
    (found,) = rows(table(("a", "b"), [cells]))[1:]
    assert all(not cell.lstrip().startswith(("=", "+", "-", "@")) or cell[1:2].isdigit() for cell in found)
    assert len(found) == 2
