"""A part that comes back loses nothing of either side, and what both changed is shown with both wordings."""

from __future__ import annotations

import random
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

from apq_desktop import paths, services
from apq_desktop.evaluation.edits.changes import apply, reverse
from apq_desktop.evaluation.edits.merge import Merged, merge
from apq_desktop.evaluation.model import Action, Entry, Evaluation, Evidence, new_id
from apq_desktop.evaluation.rules.outgoing_copy import Include, copy_to_send
from apq_desktop.evaluation.text.written_texts import everything_written
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.services.copies.returned_parts import in_words
from apq_desktop.toolkit.loader import load

if TYPE_CHECKING:
    from collections.abc import Iterable

CATALOGUE = load(paths.forms())
AREAS = ("partnerships", "attendance")
PART = Include(copy_for="colleague", areas=AREAS)


class Three:
    """The whole, the part as it was given out, and the part as the colleague has it."""

    def __init__(self) -> None:
        self.mine = services.example(CATALOGUE)
        self.base = copy_to_send(self.mine, PART)
        self.theirs = deepcopy(self.base)

    def merged(self) -> Evaluation:
        """The whole after the merge; taking that back leads to what was there."""
        self.found = merge(self.mine, self.base, self.theirs)
        after = deepcopy(self.mine)
        if self.found.change is not None:
            apply(after, self.found.change)
            again = deepcopy(after)
            apply(again, reverse(self.found.change))
            assert again == self.mine
        return after


@pytest.fixture
def three() -> Three:
    return Three()


def test_a_part_that_comes_back_as_it_went_brings_nothing(three: Three) -> None:
    assert three.merged() == three.mine
    assert three.found == Merged(None, ())


def test_what_one_of_the_two_changed_is_taken_and_nothing_outside_the_part_changes(three: Three) -> None:
    three.theirs.area("attendance").support = "A visit in March."
    three.theirs.area("attendance").strengths[0].text = "Theirs."
    three.mine.area("attendance").strengths[1].text = "Mine."
    three.mine.summary = "Mine too."
    after = three.merged()
    assert after.area("attendance").support == "A visit in March."
    assert [one.text for one in after.area("attendance").strengths][:2] == ["Theirs.", "Mine."]
    assert three.found.both == ()
    after.area("attendance").support = three.mine.area("attendance").support
    after.area("attendance").strengths[0].text = three.mine.area("attendance").strengths[0].text
    assert after == three.mine


def test_both_wordings_stand_where_both_changed_a_text_and_one_where_there_is_room_for_one(three: Three) -> None:
    action = next(action for action in three.base.actions if action.area == "attendance")

    def of(evaluation: Evaluation) -> Action:
        return next(one for one in evaluation.actions if one.id == action.id)

    three.mine.area("attendance").strengths[0].text = "Mine."
    three.theirs.area("attendance").strengths[0].text = "Theirs."
    of(three.mine).who, of(three.theirs).who = "Head", "Deputy"
    of(three.mine).by_when, of(three.theirs).by_when = "2027-01-01", "2027-02-02"
    of(three.mine).progress, of(three.theirs).progress = "finished", "stopped"
    after = three.merged()
    assert after.area("attendance").strengths[0].text == "Mine.\n\nTheirs."
    assert (of(after).who, of(after).by_when, of(after).progress) == ("Head / Deputy", "2027-01-01", "finished")
    told = {(one.field, one.mine, one.theirs, one.together) for one in three.found.both}
    assert told == {
        ("text", "Mine.", "Theirs.", True),
        ("who", "Head", "Deputy", True),
        ("by_when", "2027-01-01", "2027-02-02", False),
        ("progress", "finished", "stopped", False),
    }
    three.mine, three.base = after, three.theirs
    assert three.merged() == after


def test_items_come_and_go_by_their_ids(three: Three) -> None:
    mine, theirs = three.mine.area("attendance"), three.theirs.area("attendance")
    gone, kept = theirs.strengths[0].id, theirs.strengths[1].id
    mine.strengths[1].text = "I went on with this."
    theirs.strengths = [Entry("new", "A new one."), *theirs.strengths[2:]]
    three.theirs.evidence.append(Evidence("e-new", "A new source"))
    theirs.evidence.append("e-new")
    first = theirs.evidence.pop(0)
    three.theirs.actions.append(Action("a-new", "attendance", "A new action"))
    after = three.merged()
    there = {one.id: one.text for one in after.area("attendance").strengths}
    assert gone not in there
    assert there[kept] == "I went on with this."
    assert there["new"] == "A new one."
    assert [(one.mine, one.theirs) for one in three.found.both] == [("I went on with this.", "")]
    assert after.area("attendance").evidence[-1] == "e-new"
    assert first not in after.area("attendance").evidence
    assert first in {item.id for item in after.evidence}
    assert "a-new" in {action.id for action in after.actions}
    evaluation_json.write(after, CATALOGUE)


def test_the_order_that_one_of_the_two_changed_is_taken(three: Three) -> None:
    mine, theirs = three.mine.area("attendance"), three.theirs.area("attendance")
    mine.strengths.insert(1, Entry("mine", "Mine."))
    theirs.strengths.reverse()
    theirs.strengths.insert(1, Entry("theirs", "Theirs."))
    theirs.evidence.reverse()
    three.theirs.actions.reverse()
    after = three.merged()
    there = [one.id for one in after.area("attendance").strengths]
    assert [one for one in there if one != "mine"] == [one.id for one in theirs.strengths]
    assert there.index("mine") == 2, "what is mine stays between its neighbours’ places"
    assert after.area("attendance").evidence == theirs.evidence
    given = {one.id for one in three.theirs.actions}
    assert [one.id for one in after.actions if one.id in given] == [one.id for one in three.theirs.actions]
    elsewhere = [(n, one.id) for n, one in enumerate(three.mine.actions) if one.id not in given]
    assert [(n, one.id) for n, one in enumerate(after.actions) if one.id not in given] == elsewhere
    assert three.found.both == ()


def test_where_both_changed_the_order_mine_stays_and_theirs_is_told(three: Three) -> None:
    mine, theirs = three.mine.area("attendance"), three.theirs.area("attendance")
    mine.strengths = [*mine.strengths[1:], mine.strengths[0]]
    theirs.strengths.reverse()
    order = [one.id for one in mine.strengths]
    assert [one.id for one in three.merged().area("attendance").strengths] == order
    (both,) = three.found.both
    assert (both.field, both.together) == ("order", False)
    assert both.mine != both.theirs
    assert in_words(both, CATALOGUE).startswith("6 Attendance and engagement, Strengths, order: yours is “")


def test_what_was_taken_out_here_and_changed_there_comes_back(three: Three) -> None:
    del three.mine.area("attendance").strengths[0]
    three.theirs.area("attendance").strengths[0].text = "Still true."
    assert "Still true." in {one.text for one in three.merged().area("attendance").strengths}


def test_an_entry_that_was_moved_there_and_changed_here_stands_in_both_places_and_can_be_sent(three: Three) -> None:
    moved = three.theirs.area("attendance").strengths.pop(0)
    three.theirs.area("attendance").development_areas.append(moved)
    three.mine.area("attendance").strengths[0].text = "Changed here."
    after = three.merged().area("attendance")
    assert after.strengths[0].text == "Changed here."
    assert after.development_areas[-1].text == moved.text
    evaluation_json.write(three.merged(), CATALOGUE)


def test_without_the_part_as_it_went_out_no_wording_is_lost(three: Three) -> None:
    three.theirs.area("attendance").strengths[0].text = "Theirs."
    before = three.mine.area("attendance").strengths[0].text
    three.base = Evaluation(id=three.mine.id)
    assert three.merged().area("attendance").strengths[0].text == f"{before}\n\nTheirs."


@pytest.mark.parametrize("seeds", [range(8), pytest.param(range(8, 60), marks=pytest.mark.long)], ids=str)
def test_no_text_of_either_is_dropped_whatever_both_do(seeds: range) -> None:
    for seed in seeds:
        chance, three = random.Random(seed), Three()  # noqa: S311
        for side in (three.mine, three.theirs):
            _work(side, chance, f"{seed} {'mine' if side is three.mine else 'theirs'}")
        written = [set(_texts(one)) for one in (three.mine, three.base, three.theirs)]
        after = three.merged()
        told = {text for one in three.found.both for text in (one.mine, one.theirs)}
        whole = "\n".join([*_texts(after), *told])
        for new in (written[0] | written[2]) - written[1]:
            assert new in whole, (seed, new)
        evaluation_json.write(after, CATALOGUE)
        three.mine, three.base = after, deepcopy(three.theirs)
        assert three.merged() == after


def _texts(evaluation: Evaluation) -> Iterable[str]:
    return (one.text for one in everything_written(evaluation) if "#" in one.text)


def _work(evaluation: Evaluation, chance: random.Random, mark: str) -> None:
    """Some edits at random in the areas of the part. Each new text has a sign of its own."""
    for n in range(chance.randrange(1, 12)):
        area: Any = evaluation.area(chance.choice(AREAS))
        entries = chance.choice([area.strengths, area.development_areas])
        text = f"#{mark} {n}#"
        match chance.randrange(8):
            case 0:
                entries.insert(chance.randrange(len(entries) + 1), Entry(new_id(), text))
            case 1 if entries:
                entries[chance.randrange(len(entries))].text = text
            case 2 if entries and "#" not in entries[0].text:
                entries.pop(0)
            case 3:
                area.questions[chance.randrange(len(area.questions))].note = text
            case 4:
                evaluation.evidence.append(Evidence(new_id(), text))
                area.evidence.append(evaluation.evidence[-1].id)
            case 7:
                chance.shuffle(entries)
            case 5:
                evaluation.actions.append(Action(new_id(), area.key, text))
            case _:
                area.support = text
