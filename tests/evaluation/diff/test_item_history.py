"""An action and a development area keep their history across the years that they were carried through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from apq_desktop.evaluation.diff.item_history import chain, history_of
from apq_desktop.evaluation.model import Action, Evaluation
from apq_desktop.evaluation.rules.carry_forward import carry_forward

if TYPE_CHECKING:
    from apq_desktop.toolkit.catalogue import Catalogue


@pytest.fixture
def years(example: Evaluation) -> list[Evaluation]:
    second = carry_forward(example, created="2027-09-06T08:00:00+00:00")
    second.actions[0].progress, second.actions[0].current_point = "under-way", "2 of 3"
    third = carry_forward(second, created="2028-09-04T08:00:00+00:00", choice="unfinished")
    third.actions[0].progress = "finished"
    third.actions.append(Action("new-one", "research", "Read"))
    return [example, second, third]


def test_the_chain_leads_from_the_first_year_to_the_one_asked_for(years: list[Evaluation]) -> None:
    first, second, third = years
    other = Evaluation(supersedes=first.id)
    assert chain([third, other, first, second], third.id) == years
    assert chain(years, second.id) == [first, second]
    assert chain([second, third], third.id) == [second, third], "a year that is not in the file ends the chain"
    with pytest.raises(KeyError):
        chain(years, "nowhere")


def test_evaluations_that_follow_each_other_in_a_ring_do_no_harm(years: list[Evaluation]) -> None:
    years[0].supersedes = years[2].id
    assert chain(years, years[2].id) == years
    years[1].supersedes = years[1].id
    assert chain(years, years[1].id) == [years[1]]


def test_each_year_shows_how_the_action_stood_and_what_changed(years: list[Evaluation], catalogue: Catalogue) -> None:
    states = history_of("actions", years[0].actions[0].id, years, catalogue)
    assert [state.name for state in states] == [f"Self-evaluation {year}" for year in ("2026/27", "2027/28", "2028/29")]
    assert [state.item.progress for state in states if isinstance(state.item, Action)] == [
        "under-way",
        "under-way",
        "finished",
    ]
    assert [[change.label for change in state.changes] for state in states] == [
        [],
        ["Where it stands now"],
        ["Progress"],
    ]
    assert (states[1].changes[0].before, states[1].changes[0].after) == ("1 of 3", "2 of 3")


def test_a_year_without_the_action_is_passed_over(years: list[Evaluation], catalogue: Catalogue) -> None:
    assert [state.evaluation_id for state in history_of("actions", "new-one", years, catalogue)] == [years[2].id]
    assert history_of("actions", "nowhere", years, catalogue) == []


def test_a_state_is_a_copy(years: list[Evaluation], catalogue: Catalogue) -> None:
    item = history_of("actions", "new-one", years, catalogue)[0].item
    assert isinstance(item, Action)
    item.what = "Changed"
    assert years[2].actions[-1].what == "Read"


def test_a_development_area_has_its_history_too(years: list[Evaluation], catalogue: Catalogue) -> None:
    first, second, _ = years
    entry = first.areas[0].development_areas[0]
    second.areas[0].development_areas[0].text = f"{entry.text} We have begun."
    states = history_of("development_areas", entry.id, [first, second], catalogue)
    assert states[0].changes == ()
    assert states[0].fields[0].after == entry.text
    assert [(change.before, change.after) for change in states[1].changes] == [
        (entry.text, f"{entry.text} We have begun.")
    ]
