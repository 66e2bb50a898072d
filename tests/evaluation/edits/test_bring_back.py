"""Bringing a state back makes the evaluation say what it said then, as one step that can be undone."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

from apq_desktop import paths, services
from apq_desktop.evaluation.edits.bring_back import bring_back
from apq_desktop.evaluation.edits.changes import apply, reverse
from apq_desktop.evaluation.model import Entry, Evaluation, Evidence
from apq_desktop.toolkit.loader import load

CATALOGUE = load(paths.forms())


def changed(evaluation: Evaluation) -> Evaluation:
    """The example after a busy afternoon: texts, lists, order, register, plan."""
    now = deepcopy(evaluation)
    now.summary, now.setting.name, now.revision = "Another summary", "Another name", 7
    now.purposes = []
    first, second = now.areas[0], now.areas[1]
    first.applies, first.reason = False, "None"
    first.questions[0].note = "Another note"
    first.strengths.reverse()
    first.strengths[0].text = "Reworded"
    second.strengths[:] = [Entry(text="All new")]
    second.evidence.clear()
    removed = now.evidence.pop(2)
    now.evidence.insert(0, Evidence(title="New"))
    for area in now.areas:
        area.evidence[:] = [one for one in area.evidence if one != removed.id]
    now.actions.append(now.actions.pop(0))
    now.actions[0].what, now.actions[0].progress = "Reworded", "finished"
    del now.actions[3]
    return now


def test_everything_says_again_what_it_said_and_undo_takes_that_back() -> None:
    then = services.example(CATALOGUE)
    now = changed(then)
    before = deepcopy(now)
    change = bring_back(now, then)
    assert change is not None
    assert now == before, "nothing is changed by asking"
    apply(now, change)
    assert now == replace(then, revision=7)
    apply(now, reverse(change))
    assert now == before


def test_where_nothing_changed_there_is_nothing_to_do() -> None:
    then = services.example(CATALOGUE)
    assert bring_back(deepcopy(then), then) is None


def test_an_empty_state_takes_everything_away_and_undo_gives_it_back() -> None:
    now = services.example(CATALOGUE)
    then = replace(services.begun(CATALOGUE, "The Lodge", ""), id=now.id)
    before = deepcopy(now)
    change = bring_back(now, then)
    assert change is not None
    apply(now, change)
    assert not now.actions
    assert not now.evidence
    assert not any(area.strengths or area.evidence for area in now.areas)
    apply(now, reverse(change))
    assert now == before
