"""A table or a list copied elsewhere becomes items, whatever program it comes from, and no word of it is lost."""

from __future__ import annotations

from typing import Any

import pytest

from apq_desktop.evaluation.edits.pasted_items import items_in

AREAS = {"3 partnership working": "partnerships", "partnership working": "partnerships"}


def told(text: str) -> list[tuple[str, str, str]]:
    found: list[Any] = items_in("actions", text, AREAS)
    return [(item.what, item.who, item.by_when) for item in found]


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        (
            "Ring home\tHead\t1/3/27\nVisit\tSENCO\tby Easter",
            [("Ring home", "Head", "2027-03-01"), ("Visit", "SENCO", "by Easter")],
        ),
        ("Ring home\nVisit\n\n", [("Ring home", "", ""), ("Visit", "", "")]),
        ("• Ring home\n• Visit", [("Ring home", "", ""), ("Visit", "", "")]),
        ("1.\tRing home\tHead\r\n2.\tVisit\tSENCO", [("Ring home", "Head", ""), ("Visit", "SENCO", "")]),
        ("Who\tBy when\tAction\nHead\t1 March 2027\tRing home", [("Ring home", "Head", "2027-03-01")]),
        ("No\tWhat\tLead\n1\tRing home\tHead", [("Ring home", "Head", "")]),
        ('"Ring home\nand write"\tHead', [("Ring home\nand write", "Head", "")]),
        ('"Ring home" first\tHead\nVisit\tSENCO', [('"Ring home" first', "Head", ""), ("Visit", "SENCO", "")]),
        ("\tRing home\tHead\n\tVisit\tSENCO", [("Ring home", "Head", ""), ("Visit", "SENCO", "")]),
        ("Action\tWho\n\tHead", [("", "Head", "")]),
        ("a)\tRing home\nb)\tVisit", [("Ring home", "", ""), ("Visit", "", "")]),
        ("a)\tRing home\tHead\nb)\tVisit\tSENCO", [("Ring home", "Head", ""), ("Visit", "SENCO", "")]),
        ("•\tRing home\x0band write\n•\tVisit", [("Ring home\nand write", "", ""), ("Visit", "", "")]),
        ('"Ring home\nand write"\nVisit', [("Ring home\nand write", "", ""), ("Visit", "", "")]),
        ("Target\tBy whom?\tBy when?\nRing home\tHead\tMay", [("Ring home", "Head", "May")]),
        ("Actions", [("Actions", "", "")]),
        ("Partnership working", [("Partnership working", "", "")]),
        ("\t \t\n\n", []),
        ("", []),
    ],
)
def test_rows_and_lines_become_actions(text: str, actions: list[tuple[str, str, str]]) -> None:
    assert told(text) == actions


def test_what_belongs_in_no_field_stays_with_the_action() -> None:
    assert told("Ring home\tHead\tMay\t£200") == [("Ring home\n£200", "Head", "May")]
    assert told("Action\tCost\nRing home\t£200") == [("Ring home\nCost: £200", "", "")]
    assert told(f"Ring home\t{'Head ' * 200}")[0][0].endswith("Head")
    assert len(told(f"Action\tMeasure\tCost\nRing home\t{'x' * 41_000}\t{'y' * 41_000}")[0][0]) > 82_000


def test_an_area_that_a_row_names_is_the_actions() -> None:
    (action,) = items_in("actions", "3 Partnership working\tRing home\tHead", AREAS)
    assert (action.area, action.what, action.who) == ("partnerships", "Ring home", "Head")
    (action,) = items_in("actions", "Area\tAction\nPartnership working\tRing home", AREAS)
    assert (action.area, action.what) == ("partnerships", "Ring home")
    _, merged = items_in("actions", "Partnership working\tRing home\tHead\n\tVisit\tSENCO", AREAS)
    assert (merged.area, merged.what, merged.who) == ("", "Visit", "SENCO")


def test_sources_of_evidence_are_pasted_likewise() -> None:
    first, second = items_in("evidence", "Survey\tview\t1 May 2026\tOffice, file 3\nVisit report", AREAS)
    assert (first.title, first.kind, first.date, first.location) == ("Survey", "view", "2026-05-01", "Office, file 3")
    assert (second.title, second.kind) == ("Visit report", "")
    (placed,) = items_in("evidence", "Title\tWhere\n\tOffice, file 3", AREAS)
    assert placed.location == "Office, file 3"
