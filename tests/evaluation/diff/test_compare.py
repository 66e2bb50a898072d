"""What changed between two evaluations is told once, in its place, in words and never in figures."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import fields, replace
from typing import TYPE_CHECKING

import pytest

from apq_desktop.evaluation.diff.compare import CHANGE_WORDS, Comparison, ItemChange, compare
from apq_desktop.evaluation.diff.item_matching import paired
from apq_desktop.evaluation.edits.changes import Owner, Target, resolve
from apq_desktop.evaluation.fields import fields_of
from apq_desktop.evaluation.model import (
    Action,
    AreaRecord,
    Entry,
    Evaluation,
    Evidence,
    QuestionNote,
    Setting,
    new_id,
)
from tests.cpu_time import least_cpu_seconds

if TYPE_CHECKING:
    from apq_desktop.toolkit.catalogue import Catalogue


@pytest.fixture
def later(example: Evaluation) -> Evaluation:
    return deepcopy(example)


def changes(earlier: Evaluation, later: Evaluation, catalogue: Catalogue) -> list[tuple[str, ItemChange]]:
    found = compare(earlier, later, catalogue)
    return [(section.title, change) for section in found.sections for change in section.changes]


def only(earlier: Evaluation, later: Evaluation, catalogue: Catalogue) -> tuple[str, ItemChange]:
    (found,) = changes(earlier, later, catalogue)
    return found


def marked(change: ItemChange) -> str:
    forms = {"equal": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return " | ".join(
        f"{field.label}: " + "".join(forms[part.kind].format(part.text) for part in field.segments)
        for field in change.fields
        if field.kind != "unchanged"
    )


def test_nothing_changed_is_nothing_told(example: Evaluation, later: Evaluation, catalogue: Catalogue) -> None:
    assert compare(example, later, catalogue).sections == ()


def test_everything_that_stayed_is_told_on_request(
    example: Evaluation, later: Evaluation, catalogue: Catalogue
) -> None:
    found = compare(example, later, catalogue, unchanged=True)
    assert [section.title for section in found.sections][:2] == ["About this evaluation", "1 " + example.areas[0].title]
    assert {change.kind for section in found.sections for change in section.changes} == {"unchanged"}
    texts = {field.after for section in found.sections for change in section.changes for field in change.fields}
    written = [entry.text for area in example.areas for entry in (*area.strengths, *area.development_areas)]
    assert texts.issuperset([*written, *(action.what for action in example.actions), example.summary])


def test_a_reworded_strength_is_told_word_by_word(example: Evaluation, later: Evaluation, catalogue: Catalogue) -> None:
    entry = later.area("attendance").strengths[1]
    entry.text = entry.text.replace("ten absences in March", "twelve absences in May")
    title, change = only(example, later, catalogue)
    assert (title, change.part, change.kind) == ("6 Attendance and engagement", "Strengths", "reworded")
    assert "checked [-ten-]{+twelve+} absences in [-March-]{+May+} and found" in marked(change)
    assert change.before == change.after == Target("strengths", entry.id, "attendance")


def test_what_is_new_and_what_is_gone_lead_to_where_they_are(
    example: Evaluation, later: Evaluation, catalogue: Catalogue
) -> None:
    area = later.area("attendance")
    gone = area.development_areas.pop(0)
    fresh = Entry(text="Fridays: nobody plans them.")
    area.strengths.insert(0, fresh)
    found = {change.kind: change for _, change in changes(example, later, catalogue) if change.part != "Actions"}
    assert set(found) == {"added", "removed"}
    assert found["added"].before is None
    assert found["removed"].after is None
    added, removed = found["added"].after, found["removed"].before
    assert added
    assert resolve(later, added) == fresh
    assert removed
    assert resolve(example, removed) == gone
    assert marked(found["added"]) == "Strength: {+Fridays: nobody plans them.+}"


def test_another_id_does_not_hide_that_a_text_is_the_same(
    example: Evaluation, later: Evaluation, catalogue: Catalogue
) -> None:
    for area in later.areas:
        for entry in area.strengths:
            entry.id = new_id()
    later.area("attendance").strengths[0].text += " We are glad."
    _, change = only(example, later, catalogue)
    assert marked(change).endswith("{+ We are glad.+}")


def test_texts_without_likeness_are_not_taken_for_one_another() -> None:
    old, new = [Entry(text="Calls home by half past nine.")], [Entry(text="Music on Fridays in the church hall.")]
    assert paired(old, new, lambda entry: entry.text) == [(None, new[0]), (old[0], None)]


def test_an_id_counts_more_than_a_likeness() -> None:
    old = [Entry("a", "Reading every day"), Entry("b", "Maths every day")]
    new = [Entry("b", "Reading every day"), Entry("c", "Maths every day at ten")]
    assert paired(old, new, lambda entry: entry.text) == [(old[1], new[0]), (None, new[1]), (old[0], None)]


def test_of_several_the_most_similar_are_paired() -> None:
    old = [Entry("a", "one two three four"), Entry("b", "one two three five")]
    new = [Entry("c", "one two three five six"), Entry("d", "one two three four six")]
    assert paired(old, new, lambda entry: entry.text) == [(old[1], new[0]), (old[0], new[1])]


def test_an_action_tells_every_field_that_changed(example: Evaluation, later: Evaluation, catalogue: Catalogue) -> None:
    action = later.actions[0]
    action.progress, action.by_when, action.current_point = "finished", "2027-03-01", "3 of 3"
    title, change = only(example, later, catalogue)
    assert title.startswith("1 ")
    assert marked(change) == (
        "By when: [-8 January 2027-]{+1 March 2027+} | Progress: [-Under way-]{+Finished+} "
        "| Where it stands now: [-1-]{+3+} of 3"
    )


def test_an_action_that_went_to_another_area_is_told_of_there(
    example: Evaluation, later: Evaluation, catalogue: Catalogue
) -> None:
    later.actions[0].area = "attendance"
    title, change = only(example, later, catalogue)
    assert title.startswith("6 ")
    assert marked(change) == ("Area: [-1 Workforce development and wellbeing-]{+6 Attendance and engagement+}")


def test_a_reworded_development_area_does_not_change_the_action_that_answers_it(
    example: Evaluation, later: Evaluation, catalogue: Catalogue
) -> None:
    needed = later.actions[0].development_area
    entry = next(entry for entry in later.area("workforce").development_areas if entry.id == needed)
    entry.text = f"As we said: {entry.text}"
    _, change = only(example, later, catalogue)
    assert change.part == "Development areas"
    later.actions[0].development_area = ""
    found = [marked(change) for _, change in changes(example, later, catalogue) if change.part == "Actions"]
    assert len(found) == 1
    assert found[0].startswith("The development area it answers: [-As we said")


def test_evidence_is_told_of_in_the_areas_that_cite_it_and_in_the_register(
    example: Evaluation, later: Evaluation, catalogue: Catalogue
) -> None:
    dropped = later.area("attendance").evidence.pop(0)
    fresh = Evidence(title="Bus survey")
    later.evidence.append(fresh)
    later.area("attendance").evidence.append(fresh.id)
    told = [(title, change.part, change.kind) for title, change in changes(example, later, catalogue)]
    assert told == [
        ("6 Attendance and engagement", "Sources of evidence", "removed"),
        ("6 Attendance and engagement", "Sources of evidence", "added"),
        ("Evidence", "Evidence", "added"),
    ]
    later.evidence[3].location = "In the cloud"
    assert changes(example, later, catalogue)[-2][1].kind == "reworded"
    assert any(item.id == dropped for item in later.evidence)


def test_notes_are_told_of_with_their_question(example: Evaluation, later: Evaluation, catalogue: Catalogue) -> None:
    later.area("attendance").note("6.4").note = "By asking them."
    later.area("attendance").questions.append(QuestionNote("northshire:6.1", "At once."))
    told = changes(example, later, catalogue)
    assert [change.title for _, change in told] == [
        f"6.4 {catalogue.area('attendance').questions[3].text}",
        "Question northshire:6.1",
    ]
    assert [change.kind for _, change in told] == ["added", "added"]


def test_what_stands_about_the_evaluation_is_told_field_by_field(
    example: Evaluation, later: Evaluation, catalogue: Catalogue
) -> None:
    later.setting.places, later.setting.kind = "20", "pru"
    later.purposes = ["self-evaluation"]
    later.completed_on, later.commissioner = "2027-11-22", ""
    told = changes(example, later, catalogue)
    assert {title for title, _ in told} == {"About this evaluation"}
    words = [marked(change) for _, change in told]
    assert "Date completed: [-20 November 2026-]{+22 November 2027+}" in words
    assert "For whom: [-Northshire Council-]" in words
    assert any(text.startswith("Kind of setting:") and "{+Pupil referral unit+}" in text for text in words)
    assert len(words) == 5


def test_an_area_that_no_longer_applies_says_so(example: Evaluation, later: Evaluation, catalogue: Catalogue) -> None:
    area = later.area("qualifications")
    area.applies, area.reason, area.support = False, "Short stays.", ""
    told = {change.title: change.kind for _, change in changes(example, later, catalogue)}
    assert told["Whether it applies"] == "reworded"
    assert told["Why it does not apply"] == "added"


def test_order_spaces_and_readiness_are_no_changes(
    example: Evaluation, later: Evaluation, catalogue: Catalogue
) -> None:
    later.actions.reverse()
    later.evidence.reverse()
    for area in later.areas:
        area.strengths.reverse()
        area.evidence.reverse()
        area.ready = not area.ready
        for entry in area.strengths:
            entry.text = entry.text.replace(" ", "\n", 1) + " "
    later.areas[0].strengths.append(Entry(text="  "))
    later.actions.append(Action(area="workforce"))
    assert compare(example, later, catalogue).sections == ()


def test_every_field_of_the_model_is_compared() -> None:
    """A field that is added to the model must be given a label, or be left out on purpose."""
    left_out = {
        *("id", "created", "changed", "revision", "supersedes", "setting", "areas", "evidence", "actions"),
        *("copy_for", "copy_areas", "copy_code"),
        *("number", "key", "ready", "questions", "strengths", "development_areas", "carried_from", "unknown_fields"),
    }
    kinds: dict[str, type[Owner]] = {
        "evaluation": Evaluation,
        "setting": Setting,
        "area": AreaRecord,
        "note": QuestionNote,
        "strengths": Entry,
        "development_areas": Entry,
        "evidence": Evidence,
        "actions": Action,
    }
    for kind, found in kinds.items():
        compared = {field.name for field in fields_of(kind)}
        names = {field.name for field in fields(found)}
        missed = names - compared - left_out - ({"title"} if kind == "area" else set())
        assert missed == set(), kind


def test_no_figure_of_merit_is_in_a_comparison(example: Evaluation, later: Evaluation, catalogue: Catalogue) -> None:
    found: Comparison = compare(example, replace(later, title="Another"), catalogue)
    assert not any(isinstance(getattr(found, name), int | float) for name in found.__slots__)
    assert set(CHANGE_WORDS) == {"added", "removed", "reworded", "unchanged"}


def test_evaluations_of_other_forms_can_be_compared(example: Evaluation, catalogue: Catalogue) -> None:
    other = Evaluation(areas=[AreaRecord(6, "attendance", "Attendance", support="A bus")])
    found = compare(other, example, catalogue)
    assert [section.area for section in found.sections] == ["", *(area.key for area in example.areas), ""]
    section = found.section("attendance")
    assert section
    assert dict(section.parts)["This area"][0].fields[0].before == "A bus"
    assert compare(example, other, catalogue).section("research") is not None


def test_a_large_evaluation_is_compared_in_a_moment(example: Evaluation, catalogue: Catalogue) -> None:
    area = example.area("attendance")
    area.strengths = [Entry(text=f"Strength {n} is that pupils come on day {n * 7}.") for n in range(500)]
    later = deepcopy(example)
    for entry in later.area("attendance").strengths:
        entry.id = new_id()
        entry.text += " More."
    assert compare(example, later, catalogue).section("attendance")
    (seconds,) = least_cpu_seconds(lambda: compare(example, later, catalogue))
    assert seconds < 5
