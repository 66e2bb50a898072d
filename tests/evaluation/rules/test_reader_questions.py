"""What a reader would ask: planted faults are found, good texts are left alone, and each question leads to its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from apq_desktop import services
from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.evaluation.model import Action, Entry, Evaluation
from apq_desktop.evaluation.rules.remarks.checks import Remark
from tests.evaluation.reader_texts import FOLDER, QUESTIONS, measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from apq_desktop.toolkit.catalogue import Catalogue

FILES = sorted(file.name for file in FOLDER.glob("*.toml"))
LEAST_FOUND, MOST_FALSE = 0.8, 1.0


def test_four_planted_faults_in_five_are_found_with_at_most_one_false_question_in_500_words(
    catalogue: Catalogue, record_property: Callable[[str, object], None]
) -> None:
    measured = [measure(file, catalogue) for file in FILES]
    planted, found = sum(one.planted.total() for one in measured), sum(one.found.total() for one in measured)
    words, false = sum(one.words for one in measured), sum(len(one.false) for one in measured)
    share, rate = found / planted, 500 * false / words
    record_property("share of planted faults found", round(share, 3))
    record_property("false questions in 500 words", round(rate, 3))
    print(f"Found {found} of {planted} planted faults; {false} false questions in {words} words")
    assert share >= LEAST_FOUND
    assert rate <= MOST_FALSE


@pytest.mark.parametrize("file", FILES)
def test_the_figures_hold_in_each_file_of_texts(file: str, catalogue: Catalogue) -> None:
    measured = measure(file, catalogue)
    assert measured.false_per_500_words <= MOST_FALSE, measured.false
    assert measured.found.total() >= LEAST_FOUND * measured.planted.total(), measured.missed


def test_every_rule_finds_a_fault_that_was_planted_for_it(catalogue: Catalogue) -> None:
    found = {kind for file in FILES for kind in measure(file, catalogue).found}
    assert found == {rule.key for rule in QUESTIONS.rules}


def test_a_question_quotes_its_text_and_leads_to_it(empty: Evaluation) -> None:
    entry = Entry(text="Support for six pupils in 2026 is ongoing.")
    empty.area("needs").development_areas = [entry]
    (remark,) = services.ask_as_a_reader(empty)
    where = "7 " + empty.area("needs").title
    words = "“Support for six pupils in 2026 is…” Until when is it “ongoing”, and what will be done by then?"
    assert remark == Remark("ongoing", where, words, "needs", Target("development_areas", entry.id, "needs"), "text")


def test_what_is_finished_or_does_not_apply_is_not_asked_about(empty: Evaluation) -> None:
    area = empty.area("post-16")
    area.strengths = [Entry(text="Good")]
    empty.actions = [Action(area="needs", what="Explore options")]
    kinds = {remark.kind for remark in services.ask_as_a_reader(empty)}
    assert kinds == {"strength-what-changed", "action-need", "action-verb", "action-measure"}
    area.applies, empty.actions[0].progress = False, "finished"
    assert services.ask_as_a_reader(empty) == []


def test_nothing_written_raises_no_question(empty: Evaluation) -> None:
    assert services.ask_as_a_reader(empty) == []
