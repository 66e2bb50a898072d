"""The look before sending finds what the person would want to know, says where, and leads there."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING

import pytest

from apq_desktop import services
from apq_desktop.evaluation.edits.changes import Target, resolve
from apq_desktop.evaluation.model import Action, Entry, Evaluation, Evidence
from apq_desktop.evaluation.rules.remarks.checks import Remark
from apq_desktop.evaluation.text.written_texts import REPEATED
from apq_desktop.evaluation.titles import ABOUT, ACTION_PLAN, MOST_QUOTED, REGISTER
from tests.cpu_time import least_cpu_seconds

if TYPE_CHECKING:
    from apq_desktop.toolkit.catalogue import Catalogue

TODAY = date(2026, 11, 22)
WORKFORCE = "1 Workforce development and wellbeing"
UPN = "H801200001001"


def look(evaluation: Evaluation, catalogue: Catalogue) -> list[Remark]:
    return services.run_checks(evaluation, catalogue, TODAY)


def of_kind(kind: str, evaluation: Evaluation, catalogue: Catalogue) -> list[Remark]:
    return [remark for remark in look(evaluation, catalogue) if remark.kind == kind]


@pytest.fixture
def whole(catalogue: Catalogue, evaluation: Evaluation) -> Evaluation:
    """An evaluation that leaves nothing to remark."""
    register = [Evidence(title="Survey", location="Office, blue folder")]
    evaluation.evidence, evaluation.actions = register, []
    evaluation.setting.contact = "Head of centre, office@lodge.example, 01632 960018"
    evaluation.period, evaluation.completed_by = "2025/26", "Head of centre"
    for area in evaluation.areas:
        area.strengths, area.development_areas = [Entry(text="Team")], [Entry(text="Reading")]
        area.evidence = [register[0].id]
        evaluation.actions.append(Action(area=area.key, what="Read", who="Tutor", by_when="2027-01-08"))
    assert look(evaluation, catalogue) == []
    return evaluation


def typed_fields(evaluation: Evaluation) -> list[tuple[Target, str]]:
    """Every field of every object that a person can type a text into."""
    area = evaluation.areas[0]
    targets = [
        Target("evaluation"),
        Target("setting"),
        Target("area", area.key),
        Target("note", area.questions[0].key, area.key),
        Target("strengths", area.strengths[0].id, area.key),
        Target("development_areas", area.development_areas[0].id, area.key),
        Target("evidence", evaluation.evidence[0].id),
        Target("actions", evaluation.actions[0].id),
    ]
    return [
        (target, field.name)
        for target in targets
        for field in fields(resolve(evaluation, target))
        if field.type in ("Line", "Text") and field.name not in REPEATED
    ]


def test_an_area_in_which_nothing_is_written_is_remarked(catalogue: Catalogue, whole: Evaluation) -> None:
    area = whole.area("research")
    area.strengths, area.development_areas, area.evidence = [Entry(text=" ")], [], []
    whole.actions = [action for action in whole.actions if action.area != "research"]
    target = Target("area", "research")
    words = "Nothing is written yet."
    assert look(whole, catalogue) == [Remark("empty-area", "4 Research and innovation", words, "research", target)]


def test_an_empty_evaluation_has_one_remark_for_each_area(catalogue: Catalogue, empty: Evaluation) -> None:
    remarks = look(empty, catalogue)
    assert [remark.area for remark in remarks if remark.kind == "empty-area"] == [area.key for area in catalogue.areas]
    assert [remark.where for remark in remarks[13:]] == [ABOUT] * 4


@pytest.mark.parametrize(
    ("empty_lists", "words"),
    [
        (["strengths"], "Not provided yet: strengths."),
        (["strengths", "evidence"], "Not provided yet: strengths and sources of evidence."),
        (["strengths", "development_areas", "evidence"], None),
    ],
)
def test_the_parts_that_are_missing_are_named(
    catalogue: Catalogue, whole: Evaluation, empty_lists: list[str], words: str | None
) -> None:
    for name in empty_lists:
        setattr(whole.area("needs"), name, [])
    (remark,) = look(whole, catalogue)
    assert (remark.kind, remark.area) == ("part-not-provided", "needs")
    assert remark.text == (words or "Not provided yet: strengths, development areas and sources of evidence.")


def test_development_areas_without_an_action_are_remarked_and_nothing_to_develop_needs_none(
    catalogue: Catalogue, whole: Evaluation
) -> None:
    whole.actions = [action for action in whole.actions if action.area != "needs"]
    (remark,) = look(whole, catalogue)
    assert remark.text == "Not provided yet: actions."
    whole.area("needs").development_areas = []
    (remark,) = look(whole, catalogue)
    assert remark.text == "Not provided yet: development areas."


def test_does_not_apply_needs_a_reason_and_nothing_else(catalogue: Catalogue, whole: Evaluation) -> None:
    area = whole.area("post-16")
    area.applies, area.strengths, area.evidence = False, [], []
    (remark,) = look(whole, catalogue)
    assert (remark.kind, remark.where) == ("no-reason", "13 Post-16 destinations")
    assert (remark.target, remark.field) == (Target("area", "post-16"), "reason")
    assert remark.text == "Marked “does not apply” without a reason."
    area.reason = "We have no year 11."
    assert look(whole, catalogue) == []


@pytest.mark.parametrize(
    ("who", "by_when", "kind", "words", "field"),
    [
        ("", "2027-01-08", "action-without-who", "“Read” has no one to do it.", "who"),
        ("Tutor", " ", "action-without-date", "“Read” has no date.", "by_when"),
        (" ", "", "action-without-who-and-date", "“Read” has no one to do it and no date.", "who"),
    ],
)
def test_an_action_needs_somebody_and_a_date(
    catalogue: Catalogue, whole: Evaluation, who: str, by_when: str, kind: str, words: str, field: str
) -> None:
    action = whole.actions[2]
    action.who, action.by_when = who, by_when
    target = Target("actions", action.id)
    assert look(whole, catalogue) == [Remark(kind, ACTION_PLAN, words, "partnerships", target, field)]
    action.progress = "stopped"
    assert look(whole, catalogue) == []


def test_an_action_that_does_not_say_what_is_remarked(catalogue: Catalogue, whole: Evaluation) -> None:
    whole.actions.append(Action(area="needs", who="Tutor", by_when="2027-01-08"))
    (remark,) = look(whole, catalogue)
    assert (remark.kind, remark.field) == ("action-without-what", "what")


def test_lines_that_were_added_and_left_empty_are_not_remarked(catalogue: Catalogue, whole: Evaluation) -> None:
    whole.actions.append(Action(area="needs"))
    whole.evidence.append(Evidence())
    whole.area("needs").evidence.append(whole.evidence[-1].id)
    whole.area("needs").strengths.append(Entry())
    assert look(whole, catalogue) == []


@pytest.mark.parametrize("written", ["2026-10-03", "3 Oct 2026", "03/10/26"])
def test_an_open_action_whose_date_is_past_is_remarked(catalogue: Catalogue, whole: Evaluation, written: str) -> None:
    action = whole.actions[0]
    action.by_when = written
    (remark,) = look(whole, catalogue)
    assert (remark.kind, remark.where, remark.field) == ("date-in-the-past", ACTION_PLAN, "by_when")
    assert remark.text == "“Read” was due on 3 October 2026 and is not finished."
    action.progress = "finished"
    assert look(whole, catalogue) == []


@pytest.mark.parametrize("written", ["2026-11-22", "2026-11-23", "by Easter"])
def test_today_and_later_and_a_persons_own_words_are_not_past(
    catalogue: Catalogue, whole: Evaluation, written: str
) -> None:
    whole.actions[0].by_when = written
    assert look(whole, catalogue) == []


def test_evidence_without_a_place_is_remarked_once_in_the_first_area_that_cites_it(
    catalogue: Catalogue, whole: Evaluation
) -> None:
    item = whole.evidence[0]
    item.location = " "
    words = "“Survey” does not say where it is kept."
    target = Target("evidence", item.id)
    expected = Remark("evidence-without-place", WORKFORCE, words, "workforce", target, "location")
    assert look(whole, catalogue) == [expected]


def test_evidence_that_no_area_cites_is_remarked_after_the_action_plan(catalogue: Catalogue, whole: Evaluation) -> None:
    whole.evidence.append(Evidence(title="Visit"))
    whole.actions[0].who = ""
    whole.period = ""
    remarks = look(whole, catalogue)
    assert [remark.where for remark in remarks] == [ACTION_PLAN, REGISTER, ABOUT]
    assert remarks[1].area == ""


def test_evidence_that_was_to_be_reviewed_is_remarked(catalogue: Catalogue, whole: Evaluation) -> None:
    whole.evidence[0].review_date = "2026-11-21"
    (remark,) = look(whole, catalogue)
    assert (remark.kind, remark.field) == ("review-in-the-past", "review_date")
    assert remark.text == "“Survey” was to be reviewed by 21 November 2026."


@pytest.mark.parametrize(
    ("kind", "field"),
    [("setting", "name"), ("setting", "contact"), ("evaluation", "period"), ("evaluation", "completed_by")],
)
def test_what_an_officer_needs_first_is_remarked_when_missing(
    catalogue: Catalogue, whole: Evaluation, kind: str, field: str
) -> None:
    target = next(found for found, name in typed_fields(whole) if (found.kind, name) == (kind, field))
    setattr(resolve(whole, target), field, " ")
    (remark,) = look(whole, catalogue)
    assert (remark.kind, remark.where, remark.target, remark.field) == ("about-not-provided", ABOUT, target, field)


def test_every_text_that_can_be_typed_is_looked_at(catalogue: Catalogue, whole: Evaluation) -> None:
    places = typed_fields(whole)
    assert len(places) >= 30
    for target, name in places:
        tried = deepcopy(whole)
        found = resolve(tried, target)
        setattr(found, name, f"{getattr(found, name)} {UPN}")
        remarks = [remark for remark in look(tried, catalogue) if remark.kind == "looks-like-pupil"]
        assert [(remark.target, remark.field) for remark in remarks] == [(target, name)]
        words = f"“{UPN}” looks like a unique pupil number (UPN). Please take it out."
        assert remarks[0].text == words


def test_characters_that_the_pdf_cannot_show_are_named_with_their_field(
    catalogue: Catalogue, whole: Evaluation
) -> None:
    for target, name in typed_fields(whole):
        tried = deepcopy(whole)
        found = resolve(tried, target)
        setattr(found, name, f"{getattr(found, name)} ᠠ")
        (remark,) = of_kind("cannot-be-shown", tried, catalogue)
        assert (remark.target, remark.field) == (target, name)
        assert remark.text == "The PDF cannot show “ᠠ” and prints � there. The data file keeps what you wrote."


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("ᠡ before ᠠ, and ᠡ again", "“ᠡ” and “ᠠ”"),
        ("\uf0b7 A list from another program", "U+F0B7"),
        ("ᠠᠡᠢᠣᠤᠨᠩ", "“ᠠ”, “ᠡ”, “ᠢ”, “ᠣ”, “ᠤ” and 2 more"),
        ("\U00013000 \u0378 \U0010fffd", "“\U00013000”, U+0378 and U+10FFFD"),
    ],
)
def test_what_cannot_be_shown_is_named_in_its_order(
    catalogue: Catalogue, whole: Evaluation, text: str, named: str
) -> None:
    whole.area("workforce").support = text
    (remark,) = look(whole, catalogue)
    assert remark.text == f"The PDF cannot show {named} and prints � there. The data file keeps what you wrote."


def test_what_joins_and_combines_raises_no_alarm(catalogue: Catalogue, whole: Evaluation) -> None:
    whole.area(
        "workforce"
    ).support = "👩🏽‍🚀 ❤️ 1️⃣ 🇬🇧 🏴󠁧󠁢󠁷󠁬󠁳󠁿 e\u0301 q\u0323\u0302 soft\u00adhyphen ⇒ ∞ ☑ שָׁ مُّ क्ष \u3000 \u202f \u200e"
    assert look(whole, catalogue) == []


def test_every_note_and_every_item_is_looked_at(catalogue: Catalogue, whole: Evaluation) -> None:
    whole.area("needs").applies, whole.area("needs").reason = False, "Not here"
    for area in whole.areas:
        for note in area.questions:
            note.note = f"See {UPN}"
    whole.area("research").strengths += [Entry(text="Fine"), Entry(text="Jordan Smith, Y10")]
    remarks = of_kind("looks-like-pupil", whole, catalogue)
    assert len(remarks) == sum(len(area.questions) for area in catalogue.areas) + 1
    assert [remark.area for remark in remarks] == sorted(
        (remark.area for remark in remarks), key=[area.key for area in catalogue.areas].index
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (UPN, f"“{UPN}” looks like a unique pupil number (UPN). Please take it out."),
        ("943 476 5919", "“943 476 5919” looks like an NHS number. Please take it out."),
        (
            "born 4 May 2011",
            "“born 4 May 2011” looks like a date of birth. Please take it out if it is a pupil’s.",
        ),
        (
            "07700 900123",
            "“07700 900123” looks like a telephone number. Please take it out if it is a pupil’s or a family’s.",
        ),
        (
            "mum@home.example",
            "“mum@home.example” looks like an email address. Please take it out if it is a pupil’s or a family’s.",
        ),
        ("Jordan Smith, Y10", "“Jordan Smith, Y10” looks like a pupil’s name. Please leave names out."),
    ],
)
def test_what_looks_like_a_pupil_is_quoted_and_explained(
    catalogue: Catalogue, whole: Evaluation, text: str, words: str
) -> None:
    whole.area("workforce").support = f"Help for ({text})"
    target = Target("area", "workforce")
    assert look(whole, catalogue) == [Remark("looks-like-pupil", WORKFORCE, words, "workforce", target, "support")]


def test_the_settings_own_contact_may_be_reached_and_repeated(catalogue: Catalogue, whole: Evaluation) -> None:
    whole.summary = "Ask us: OFFICE@lodge.example or (01632) 960 018."
    assert look(whole, catalogue) == []
    whole.summary = "Ask us: tutor@lodge.example or 01632 960019."
    assert len(of_kind("looks-like-pupil", whole, catalogue)) == 2


def test_the_settings_own_contact_may_not_name_a_pupil(catalogue: Catalogue, whole: Evaluation) -> None:
    whole.setting.contact += f"\n{UPN}, Jordan Smith, Y10"
    assert [remark.field for remark in of_kind("looks-like-pupil", whole, catalogue)] == ["contact", "contact"]


def test_a_long_text_is_quoted_by_its_beginning(catalogue: Catalogue, whole: Evaluation) -> None:
    whole.actions[0].what = "Agree with all placing schools\nwho writes the weekly information, and on which day"
    whole.actions[0].who = ""
    whole.actions[1].what, whole.actions[1].who = "w" * 400, ""
    first, second = (remark.text for remark in look(whole, catalogue))
    assert first == "“Agree with all placing schools who…” has no one to do it."
    assert second == f"“{'w' * MOST_QUOTED}…” has no one to do it."


def test_remarks_come_by_area_then_the_action_plan_then_about(catalogue: Catalogue, whole: Evaluation) -> None:
    whole.summary = UPN
    whole.setting.site = UPN
    whole.actions.reverse()
    for action in whole.actions:
        action.who = ""
    whole.area("needs").strengths = []
    whole.area("induction").support = UPN
    remarks = look(whole, catalogue)
    keys = [area.key for area in catalogue.areas]
    assert [remark.where for remark in remarks] == [
        "5 Pupil induction",
        "7 Supporting pupils’ needs",
        *[ACTION_PLAN] * 13,
        *[ABOUT] * 2,
    ]
    assert [remark.area for remark in remarks[2:15]] == keys


def test_looking_changes_nothing(catalogue: Catalogue, example: Evaluation) -> None:
    before = deepcopy(example)
    assert look(example, catalogue) == look(example, catalogue)
    assert example == before


def test_the_earlier_example_shows_real_gaps_and_names_no_pupil(catalogue: Catalogue, example: Evaluation) -> None:
    kinds = {remark.kind for remark in look(example, catalogue)}
    assert {"action-without-who", "action-without-date", "date-in-the-past", "evidence-without-place"} <= kinds
    assert "looks-like-pupil" not in kinds


def test_remarks_are_plain_sentences_without_counts(
    catalogue: Catalogue, example: Evaluation, empty: Evaluation
) -> None:
    for remark in look(example, catalogue) + look(empty, catalogue):
        assert remark.text.endswith(".")
        assert "!" not in remark.text
        assert remark.target is not None


def test_the_example_is_looked_over_at_once(catalogue: Catalogue, example: Evaluation) -> None:
    (seconds,) = least_cpu_seconds(lambda: look(example, catalogue))
    assert seconds < 0.2
