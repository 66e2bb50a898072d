"""Numbers, order and first words are decided once, for every document and table."""

from __future__ import annotations

from datetime import date
from itertools import product

from apq_desktop.evaluation.model import Action, AreaRecord, Entry, Evaluation, Evidence
from apq_desktop.evaluation.rules.action_plan import as_at, plan_order
from apq_desktop.evaluation.rules.highlights import needs_work_most, works_best
from apq_desktop.evaluation.rules.numbering import numbers
from apq_desktop.evaluation.rules.outgoing_copy import Annex, Include

ANNEXES: tuple[tuple[Annex, ...], ...] = ((), ("notes",), ("toolkit-form", "notes"))


def test_actions_and_evidence_are_numbered_in_their_order() -> None:
    evaluation = Evaluation(actions=[Action("x"), Action("y")], evidence=[Evidence("z")])
    assert numbers(evaluation).actions == {"x": "A1", "y": "A2"}
    assert numbers(evaluation).evidence == {"z": "E1"}


def test_a_plan_is_in_the_order_in_which_it_is_worked_through() -> None:
    actions = [
        Action("stopped", by_when="2026-01-01", progress="stopped"),
        Action("none"),
        Action("words", by_when="by Easter"),
        Action("late", by_when="2027-06-01"),
        Action("soon", by_when="2027-01-01"),
        Action("overdue", by_when="2026-02-01", progress="under-way"),
        Action("finished", by_when="2026-03-01", progress="finished"),
    ]
    order = [action.id for action in plan_order(actions, date(2026, 11, 20))]
    assert order == ["overdue", "soon", "late", "words", "none", "stopped", "finished"]


def test_a_copy_stands_as_at_its_last_change_and_else_as_at_its_completion() -> None:
    assert as_at(Evaluation(changed="2026-11-20T16:42:00+00:00", completed_on="2026-01-01")) == date(2026, 11, 20)
    assert as_at(Evaluation(completed_on="2026-01-01")) == date(2026, 1, 1)
    assert as_at(Evaluation()) is None


def test_the_first_entry_that_says_something_stands_for_its_area() -> None:
    empty, first, second = Entry("1", " "), Entry("2", "First"), Entry("3", "Second")
    area = AreaRecord(1, "a", "A", strengths=[empty, first, second], development_areas=[empty])
    assert works_best(area) is first
    assert needs_work_most(area) is None


def test_what_went_in_can_be_read_back_from_its_words() -> None:
    for notes, contact, context, support in product((True, False), repeat=4):
        for annexes in ANNEXES:
            include = Include(notes, contact, context, support, annexes)
            assert Include.from_words(include.words()) == include
    assert Include.from_words("notes, something from later") == Include(contact=False, context=False, support=False)
