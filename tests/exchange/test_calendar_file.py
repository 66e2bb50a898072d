"""The dates of the plan arrive in a calendar: whole, once, and in their place again when they move."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from apq_desktop import paths, services
from apq_desktop.evaluation.model import Action, Evaluation, Setting
from apq_desktop.evaluation.rules.carry_forward import carry_forward
from apq_desktop.evaluation.text.cleaning import clean, visible_text
from apq_desktop.exchange.calendar_file import calendar
from apq_desktop.services import workspaces
from apq_desktop.toolkit.loader import load

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.toolkit.catalogue import Catalogue

CATALOGUE = load(paths.forms())
STAMP = "2026-11-22T10:42:00+00:00"


def events(evaluation: Evaluation, catalogue: Catalogue = CATALOGUE) -> list[Any]:
    return list(Calendar.from_ical(calendar(evaluation, catalogue, stamp=STAMP)).walk("VEVENT"))


def with_actions(*actions: Action) -> Evaluation:
    return Evaluation(title="Self-evaluation 2026/27", actions=list(actions), setting=Setting(name="The Oak Centre"))


def test_each_open_action_with_a_day_is_a_whole_day_in_the_calendar() -> None:
    one = Action(
        "one", "attendance", "Ring home", "Siân", "2027-01-08", "under-way", measure="Calls", starting_point="3"
    )
    (event,) = events(with_actions(one))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2027, 1, 8), date(2027, 1, 9))
    assert event["DTSTAMP"].dt == datetime(2026, 11, 22, 10, 42, tzinfo=UTC)
    assert event["SUMMARY"] == "Ring home"
    assert str(event["DESCRIPTION"]).split("\n") == [
        "Action: Ring home",
        "Who: Siân",
        "Progress: Under way",
        "How far: Calls: from 3; where it stands now is not said yet",
        "Quality area: 6 Attendance and engagement",
        "From: Self-evaluation 2026/27",
    ]


def test_what_is_done_stopped_or_without_a_day_is_not_in_the_calendar() -> None:
    made = with_actions(
        Action("a", what="Done", by_when="2027-01-08", progress="finished"),
        Action("b", what="Stopped", by_when="2027-01-08", progress="stopped"),
        Action("c", what="Some day", by_when="by Easter"),
        Action("d", what="Never"),
        Action("e", what="Later", by_when="2027-03-01"),
        Action("f", what="Sooner", by_when="2027-02-01"),
    )
    assert [str(event["SUMMARY"]) for event in events(made)] == ["Sooner", "Later"]


def test_an_action_keeps_its_event_when_it_moves_and_from_year_to_year() -> None:
    made = with_actions(Action("one", what="Ring home", by_when="2027-01-08"))
    following = carry_forward(made, created=STAMP)
    following.actions[0].by_when = "2028-01-10"
    uids = {str(event["UID"]) for year in (made, following) for event in events(year)}
    assert len(uids) == 1
    assert all("one" in uid for uid in uids)


def test_the_file_keeps_to_the_rules_of_the_format() -> None:
    long = "Ask pupils; parents, carers\\staff: Gŵyl 😀 " * 12
    data = calendar(with_actions(Action("one", what=long, by_when="2027-01-08")), CATALOGUE, stamp=STAMP)
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"DTSTART;VALUE=DATE:20270108\r\n" in data
    assert b"VERSION:2.0\r\n" in data
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert long.strip() in str(event["DESCRIPTION"])
    assert len(str(event["SUMMARY"])) <= 120
    assert str(event["SUMMARY"]).endswith("…")


def test_the_same_plan_gives_the_same_bytes() -> None:
    made = with_actions(Action("one", what="Ring home", by_when="2027-01-08"))
    assert calendar(made, CATALOGUE, stamp=STAMP) == calendar(made, CATALOGUE, stamp=STAMP)


def test_a_plan_without_days_is_an_empty_calendar_that_can_be_read() -> None:
    assert events(with_actions()) == []


@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_any_text_travels_whole_and_opens_no_event_of_its_own(text: str) -> None:
    made = with_actions(Action("one", what=text, who=text, by_when="2027-01-08"))
    made.setting.name = text
    (event,) = events(made)
    if said := visible_text(clean(text)):
        assert f"Action: {said}" in str(event["DESCRIPTION"])


def test_an_action_that_is_done_moved_or_gone_since_the_last_file_is_put_right_in_peoples_calendars(
    tmp_path: Path,
) -> None:
    made = with_actions(
        Action("done", what="Ring home", by_when="2027-01-08"),
        Action("moved", what="Visit", by_when="2027-01-09"),
        Action("gone", what="Paint", by_when="2027-01-10"),
    )

    def saved(*shown: Action) -> dict[str, Any]:
        items = shown or made.actions
        services.save(services.ExportRequest(made, CATALOGUE, tmp_path, ("calendar",), items=items), "plan.ics")
        read = Calendar.from_ical((tmp_path / "plan.ics").read_bytes()).walk("VEVENT")
        return {str(event["UID"]).removeprefix("action-").partition("@")[0]: event for event in read}

    first = saved()
    assert {str(event["STATUS"]) for event in first.values()} == {"CONFIRMED"}
    done, moved, _ = made.actions
    done.progress, moved.by_when = "finished", "2027-02-01"
    del made.actions[2]
    second = saved()
    assert {key: str(event["STATUS"]) for key, event in second.items()} == {
        "moved": "CONFIRMED",
        "done": "CANCELLED",
        "gone": "CANCELLED",
    }
    assert second["moved"]["DTSTART"].dt == date(2027, 2, 1)
    assert second["done"]["DTSTART"].dt == date(2027, 1, 8)
    assert second["moved"]["SEQUENCE"] > first["moved"]["SEQUENCE"] > 0
    assert second["moved"]["LAST-MODIFIED"].dt >= first["moved"]["LAST-MODIFIED"].dt
    assert set(saved()) == {"moved"}, "an event is cancelled once"
    following = carry_forward(made, created=STAMP)
    following.actions[1].progress = "stopped"
    made = following
    assert {key: str(event["STATUS"]) for key, event in saved().items()} == {"moved": "CANCELLED"}
    assert saved() == {}


def test_each_later_file_has_a_higher_number() -> None:
    made = with_actions(Action("one", what="Ring home", by_when="2027-01-08"))
    numbers: list[Any] = [
        Calendar.from_ical(calendar(made, CATALOGUE, stamp=stamp)).walk("VEVENT")[0]["SEQUENCE"]
        for stamp in (STAMP, "2026-11-22T10:42:01+00:00")
    ]
    assert numbers[0] < numbers[1] < 2**31


def test_a_file_made_with_the_clock_in_another_year_does_not_keep_later_ones_out_of_peoples_calendars(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = with_actions(Action("one", what="Ring home", by_when="2027-01-08"))
    numbers: list[Any] = []
    for stamp in ("2026-11-22T10:42:00+00:00", "2036-11-22T10:42:00+00:00", STAMP, STAMP):
        monkeypatch.setattr(workspaces, "now", lambda stamp=stamp: stamp)
        services.save(services.ExportRequest(made, CATALOGUE, tmp_path, ("calendar",)), "plan.ics")
        (event,) = Calendar.from_ical((tmp_path / "plan.ics").read_bytes()).walk("VEVENT")
        numbers.append(event["SEQUENCE"])
        made = carry_forward(made, created=STAMP) if len(numbers) == 3 else made
    assert numbers == sorted(set(numbers))
