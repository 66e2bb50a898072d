"""The action plan finds what is due, whose it is and how far it has come, without reckoning anything."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from apq_desktop.evaluation.model import Action, AreaRecord, Evaluation
from apq_desktop.evaluation.rules.action_plan import (
    by_due_date,
    distance,
    due,
    filtered,
    overdue,
    people,
    sorted_by,
)

if TYPE_CHECKING:
    from apq_desktop.evaluation.model import Progress

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("by_when", "progress", "late"),
    [
        ("2026-11-21", "not-started", True),
        ("2026-11-21", "under-way", True),
        ("2026-11-21", "finished", False),
        ("2026-11-21", "stopped", False),
        ("2026-11-22", "not-started", False),
        ("2026-11-23", "not-started", False),
        ("by Easter 2020", "not-started", False),
        ("", "not-started", False),
    ],
)
def test_an_open_action_is_overdue_from_the_day_after(by_when: str, progress: Progress, late: bool) -> None:
    assert overdue(Action(by_when=by_when, progress=progress), TODAY) is late


def test_a_date_in_ones_own_words_is_no_day() -> None:
    assert due(Action(by_when="by Easter")) is None
    assert due(Action(by_when="8 January 2027")) == date(2027, 1, 8)


def plan() -> list[Action]:
    return [
        Action("a", "needs", "Buy books", "Deputy head", "by Easter", "not-started", "literacy"),
        Action("b", "workforce", "Plan supervision", "Head of centre", "2026-10-16", "finished"),
        Action("c", "needs", "Train tutors", "DSL, with the head of centre", "2026-11-01", "under-way", measure="Łódź"),
        Action("d", "attendance", "", "", "", "stopped"),
        Action("e", "attendance", "Ring home", "Siân", "2026-10-02", "not-started"),
    ]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, "abcde"),
        ({"who": "HEAD CENTRE"}, "bc"),
        ({"who": "sian"}, "e"),
        ({"area": "needs"}, "ac"),
        ({"words": "lodz tutors"}, "c"),
        ({"words": "easter"}, "a"),
        ({"area": "needs", "who": "dsl"}, "c"),
        ({"who": "nobody"}, ""),
    ],
)
def test_a_filter_lets_through_what_it_names(wanted: dict[str, str], found: str) -> None:
    assert "".join(action.id for action in filtered(plan(), **wanted)) == found


def test_the_earliest_day_comes_first_and_no_day_last() -> None:
    assert "".join(action.id for action in by_due_date(plan())) == "ebcad"


@pytest.mark.parametrize(
    ("column", "first", "last"),
    [
        ("area", "bdeac", "acdeb"),
        ("what", "abecd", "cebad"),
        ("who", "acbed", "ebcad"),
        ("by_when", "ebcad", "acbed"),
        ("progress", "aecbd", "dbcae"),
    ],
)
def test_each_column_can_be_sorted_with_nothing_written_last(column: str, first: str, last: str) -> None:
    numbers = {"workforce": 1, "attendance": 6, "needs": 7}
    evaluation = Evaluation(areas=[AreaRecord(number, key, key) for key, number in numbers.items()])
    assert "".join(action.id for action in sorted_by(evaluation, plan(), column)) == first
    assert "".join(action.id for action in sorted_by(evaluation, plan(), column, last_first=True)) == last


def test_the_people_of_a_plan_are_named_once() -> None:
    actions = [Action(who=who) for who in ("Head of centre", " head  of Centre ", "DSL", "", "Älva")]
    assert people(actions) == ["Älva", "DSL", "Head of centre"]


@pytest.mark.parametrize(
    ("measure", "start", "now", "told"),
    [
        ("Attendance on Mondays", "66 %", "71 %", "Attendance on Mondays: from 66 % to 71 %"),
        ("", "0 of 3", "1 of 3", "From 0 of 3 to 1 of 3"),
        ("Calls.", "3\na week", "", "Calls: from 3 a week; where it stands now is not said yet"),
        ("Calls", "", "5", "Calls: now 5; the starting point is not said"),
        ("", "", "5", "Now 5; the starting point is not said"),
        ("Calls", " ", "", ""),
        ("", "", "", ""),
    ],
)
def test_the_way_come_is_told_in_the_persons_words(measure: str, start: str, now: str, told: str) -> None:
    assert distance(Action(measure=measure, starting_point=start, current_point=now)) == told


def test_the_target_is_told_with_the_way_come() -> None:
    action = Action(measure="Mondays", starting_point="66 %", target="80 %", current_point="71 %")
    assert distance(action) == "Mondays: from 66 % to 71 % (target: 80 %)"


def test_priority_orders_and_what_has_none_comes_last_either_way() -> None:
    actions = [Action(what=one, priority=one) for one in ("later", "", "first", "next")]
    for last_first, order in ((False, ["first", "next", "later", ""]), (True, ["later", "next", "first", ""])):
        found = sorted_by(Evaluation(), actions, "priority", last_first=last_first)
        assert [action.what for action in found] == order
