"""Search finds words wherever they were written, however they are spelt, and leads to their field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apq_desktop.evaluation.edits.changes import Target, resolve
from apq_desktop.evaluation.fields import FIELDS, fields_of, is_date
from apq_desktop.evaluation.model import Action, Evaluation
from apq_desktop.evaluation.rules.search import find
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.dates import shown
from apq_desktop.evaluation.text.search_folding import fold, folded_with_places
from apq_desktop.evaluation.text.written_texts import everything_written
from tests.cpu_time import least_cpu_seconds

if TYPE_CHECKING:
    from apq_desktop.evaluation.rules.search import SearchHit


def marked(hit: SearchHit) -> str:
    text, end = "", 0
    for first, last in hit.matches:
        text += f"{hit.excerpt[end:first]}[{hit.excerpt[first:last]}]"
        end = last
    return text + hit.excerpt[end:]


def in_summary(text: str, words: str) -> list[str]:
    return [marked(hit) for hit in find(Evaluation(summary=text), words)]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("A visit from Łódź", "lodz", "A visit from [Łódź]"),
        ("A visit from Lodz", "ŁÓDŹ", "A visit from [Lodz]"),
        ("Gŵyl a sŵn", "gwyl", "[Gŵyl] a sŵn"),
        ("Straße", "strasse", "[Straße]"),
        ("Straße", "ras", "St[raß]e"),
        ("the ﬁrst day", "first", "the [ﬁrst] day"),
        ("Cafe\u0301 work", "café", "[Cafe\u0301] work"),
        ("Pupils’ voice", "pupils' voice", "[Pupils’] [voice]"),
        ("half\u2011term", "half-term", "[half\u2011term]"),
        ("İzmir", "izmir", "[İzmir]"),
        ("Ærø", "aero", "[Ærø]"),
        ("Attendance on Mondays", "monday attend", "[Attend]ance on [Monday]s"),
        ("banana", "ana nana", "b[anana]"),
        ("line\none", "line one", "[line] [one]"),
        ("مدرسة", "مدرسة", "[مدرسة]"),
    ],
)
def test_accents_case_and_signs_do_not_matter(text: str, words: str, found: str) -> None:
    assert in_summary(text, words) == [found]


@pytest.mark.parametrize(("text", "words"), [("Monday", "monday tuesday"), ("", "a"), ("a", ""), ("a", "  ")])
def test_all_words_must_occur(text: str, words: str) -> None:
    assert in_summary(text, words) == []


def test_an_excerpt_is_short_and_says_where_it_was_cut() -> None:
    text = "Many words stand before it, and " * 9 + "here is the boatyard, " + "and many words come after " * 9
    (hit,) = find(Evaluation(summary=text), "boatyard")
    assert len(hit.excerpt) <= 130
    assert hit.excerpt.startswith("…")
    assert hit.excerpt.endswith("…")
    assert "[boatyard]" in marked(hit)
    assert in_summary("x" * 500, "x" * 300)[0].startswith("[xxx")


def test_a_date_is_found_as_it_is_shown() -> None:
    evaluation = Evaluation(actions=[Action("a", by_when="2026-11-22")])
    assert [marked(hit) for hit in find(evaluation, "november 2026")] == ["22 [November] [2026]"]
    assert find(evaluation, "2026-11-22") == []


def test_every_text_of_the_example_is_found_and_its_field_is_where_the_hit_leads(example: Evaluation) -> None:
    example.area("attendance").support, example.area("attendance").reason = "A minibus", "No reason"
    example.setting.opens_on, example.setting.host_school = "Easter", "The Bridge School"
    for fact in fields_of("setting", "setting facts"):
        setattr(example.setting, fact.name, f"Fact {fact.name}")
    example.actions[0].target = "All of them"
    example.reviewed_by = "Headteacher of another setting"
    seen = set()
    for written in everything_written(example):
        value = getattr(resolve(example, written.target), written.field)
        assert written.text == (shown(value) if is_date(written.target.kind, written.field) else value)
        hits = find(example, written.text)
        assert (written.target, written.field) in {(hit.target, hit.field) for hit in hits}
        seen.add((written.target.kind, written.field))
    typed = {(field.kind, field.name) for field in FIELDS if field.is_text}
    assert typed - seen == set()


def test_a_hit_says_where_it_is(example: Evaluation) -> None:
    example.actions[0].measure = "Zebra"
    example.area("needs").note("7.1").note = "Zebra"
    example.evidence[0].location = "Zebra"
    example.setting.contact = "Zebra"
    example.area("needs").strengths[0].text = "Zebra"
    found = [(hit.where, hit.field_label, hit.area) for hit in find(example, "zebra")]
    assert found == [
        ("About this evaluation", "Contact", ""),
        ("1 Workforce development and wellbeing", "How we will know", "workforce"),
        ("7 Supporting pupils' needs", "Question 7.1", "needs"),
        ("7 Supporting pupils' needs", "Strength", "needs"),
        ("Evidence", "Where it is kept", ""),
    ]
    assert find(example, "zebra")[1].target == Target("actions", example.actions[0].id)


def test_an_action_of_an_area_that_is_not_there_is_found_all_the_same() -> None:
    (hit,) = find(Evaluation(actions=[Action("a", "lost", "Zebra")]), "zebra")
    assert (hit.area, hit.where) == ("lost", "lost")


def test_not_more_than_asked_for_are_found(example: Evaluation) -> None:
    assert len(find(example, "e", most=7)) == 7


def test_the_example_is_searched_in_a_moment(example: Evaluation) -> None:
    (seconds,) = least_cpu_seconds(lambda: find(example, "attendance monday"))
    assert seconds < 0.1


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_is_folded_letter_by_letter(text: str) -> None:
    plain, places = folded_with_places(text)
    assert plain == fold(text)
    assert len(places) == len(plain) + 1
    assert list(places) == sorted(places)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.data())
def test_any_part_of_any_text_is_found_and_its_place_told(text: str, data: st.DataObject) -> None:
    words = [word for word in text.split() if fold(word).strip()]
    if not words or not visible_text(text):
        return
    word = data.draw(st.sampled_from(words))
    (hit,) = find(Evaluation(summary=text), word.swapcase() if fold(word.swapcase()) == fold(word) else word)
    assert hit.matches
    assert all(0 <= first < last <= len(hit.excerpt) for first, last in hit.matches)
