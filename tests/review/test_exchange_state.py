"""The state of an exchange is the same whatever the order in which its lines arrive, and keeps to who may do what."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from apq_desktop.review import exchange_state as state
from apq_desktop.review.exchange_state import Exchange, fold_lines
from apq_desktop.review.lines import Anchor, ReviewLine, next_sequence
from apq_desktop.review.outgoing_lines import outgoing
from apq_desktop.review.turns import turns

OFFICER, COLLEAGUE, SETTING = "officer", "colleague", "setting"
WRITERS: tuple[tuple[str, Any], ...] = ((OFFICER, "reviewer"), (COLLEAGUE, "reviewer"), (SETTING, "setting"))


def line(number: int, what: Any, who: str = OFFICER, **fields: Any) -> ReviewLine:
    side: Any = "setting" if who == SETTING else "reviewer"
    given = {"audience": "provider", "at": f"2026-11-27T10:{number % 60:02}:00+00:00", **fields}
    return ReviewLine(str(number), what, seq=number, who=who, side=side, evaluation="e", **given)


def question(number: int, who: str = OFFICER, **fields: Any) -> ReviewLine:
    given = {"kind": "question", "text": "Which schools?", "anchor": Anchor(1, "attendance"), **fields}
    return line(number, "note", who, **given)


def waits(exchange: Exchange) -> list[str]:
    return [thread.waits_for for thread in exchange.threads]


def test_a_request_waits_for_the_setting_then_for_the_asker_until_the_asker_closes_it() -> None:
    lines = [question(1)]
    assert waits(fold_lines(lines)) == ["setting"]
    lines.append(line(2, "answer", SETTING, to="1", text="Two of them."))
    assert waits(fold_lines(lines)) == ["reviewer"]
    lines.append(line(3, "answer", OFFICER, to="1", text="Which two?"))
    assert waits(fold_lines(lines)) == ["setting"]
    lines.append(line(4, "close", to="1"))
    assert waits(fold_lines(lines)) == [""]
    lines.append(line(5, "reopen", to="1", text="It came up again."))
    assert waits(fold_lines(lines)) == ["setting"]


@pytest.mark.parametrize("kind", ["note", "agreed"])
def test_what_asks_for_nothing_waits_for_nobody(kind: str) -> None:
    assert waits(fold_lines([question(1, kind=kind)])) == [""]


@pytest.mark.parametrize("who", [COLLEAGUE, SETTING])
def test_only_the_asker_closes(who: str) -> None:
    exchange = fold_lines([question(1), line(2, "close", who, to="1")])
    assert waits(exchange) == ["setting"]
    assert [reason for _, reason in exchange.refused] == [state.NOT_THE_ASKER]


def test_a_colleague_may_take_a_request_over_with_a_reason_and_the_setting_never_can() -> None:
    taken = line(2, "take-over", COLLEAGUE, to="1", text="Kim has left.")
    assert waits(fold_lines([question(1), taken, line(3, "close", COLLEAGUE, to="1")])) == [""]
    assert waits(fold_lines([question(1), taken, line(3, "close", OFFICER, to="1")])) == ["setting"]
    by_setting = replace(taken, who=SETTING, side="setting")
    assert [reason for _, reason in fold_lines([question(1), by_setting]).refused] == [state.NOT_A_COLLEAGUE]
    without_reason = fold_lines([question(1), replace(taken, text="")])
    assert [reason for _, reason in without_reason.refused] == [state.INCOMPLETE]


def test_only_the_writer_withdraws_and_a_withdrawal_can_itself_be_withdrawn() -> None:
    withdrawn = line(2, "withdraw", to="1")
    assert fold_lines([question(1), withdrawn]).threads == ()
    assert len(fold_lines([question(1), replace(withdrawn, who=COLLEAGUE)]).threads) == 1
    assert len(fold_lines([question(1), withdrawn, line(3, "withdraw", to="2")]).threads) == 1
    closed = [question(1), line(2, "close", to="1"), line(3, "withdraw", to="2")]
    assert waits(fold_lines(closed)) == ["setting"]


def test_a_state_can_be_taken_back_and_two_peoples_states_are_both_kept() -> None:
    agreed = line(1, "state", state="agreed")
    changes = line(2, "state", COLLEAGUE, state="changes-requested", text="Two requests.")
    exchange = fold_lines([agreed, changes])
    assert [one.state for one in exchange.states[""]] == ["agreed", "changes-requested"]
    back = fold_lines([agreed, changes, line(3, "withdraw", COLLEAGUE, to="2")])
    assert back.state_of() == agreed
    assert fold_lines([line(1, "state", SETTING, state="agreed")]).state_of() is None


def test_an_answer_counts_although_what_it_follows_has_the_larger_number() -> None:
    """As where each side numbered what was typed into a PDF when it read it."""
    lines = [
        question(9),
        line(2, "answer", SETTING, to="9", text="So."),
        line(3, "answer", SETTING, to="2", text="And."),
    ]
    (thread,) = fold_lines(lines).threads
    assert [one.text for one in thread.followed] == ["So.", "And."]
    assert thread.waits_for == "reviewer"
    assert fold_lines(reversed(lines)) == fold_lines(lines)
    assert not fold_lines([*lines, line(1, "withdraw", to="9")]).threads
    circle = [line(4, "answer", to="5"), line(5, "answer", to="4")]
    assert fold_lines([*circle, *lines]).threads == (thread,)


def test_both_sides_see_the_same_two_lists_area_by_area() -> None:
    asked = [question(number, anchor=Anchor(1, area)) for number, area in enumerate("abc", 1)]
    lines = [*asked, line(4, "answer", SETTING, to="2", text="So."), line(5, "close", to="3")]
    ours = list(turns(fold_lines(lines), "abc", "setting"))
    assert [(turn.side, turn.area, turn.counted) for turn in ours] == [
        ("setting", "a", "1 question"),
        ("reviewer", "b", "1 question"),
        ("", "c", "1 question"),
    ]
    theirs = list(turns(fold_lines(outgoing(reversed(lines))), "abc", "reviewer"))
    assert theirs == [ours[1], ours[0], ours[2]], "one’s own turn comes first"


def test_only_lines_for_the_provider_leave_and_none_that_follows_a_private_one() -> None:
    lines = [
        question(1),
        question(2, audience="me"),
        question(3, audience="us"),
        line(4, "answer", to="2", text="A word on a private note."),
        line(5, "answer", to="1", text="A shared word."),
        line(6, "answer", to="1", text="A private word.", audience="us"),
    ]
    assert [one.id for one in outgoing(lines)] == ["1", "5"]


def test_of_what_was_taken_back_only_that_leaves_and_only_where_it_is_known_already() -> None:
    back = line(4, "withdraw", to="1")
    lines = [question(1), line(2, "answer", SETTING, to="1", text="So."), question(3), back]
    assert [one.id for one in outgoing(lines, lambda _line, _back: False)] == ["3"]
    assert [one.id for one in outgoing(lines)] == ["3", "4"]
    told = outgoing(outgoing(lines))
    for there in ([], [question(1)], lines[:2]):
        assert fold_lines([*there, *told]) == fold_lines(outgoing(lines)), "whoever has it and whoever never had it"
    again = [*lines, line(5, "withdraw", to="4")]
    assert [one.id for one in outgoing(again, lambda _line, _back: False)] == ["1", "2", "3"]
    assert fold_lines([*told, *outgoing(again)]).threads == fold_lines(again).threads
    mine = [question(1, audience="me"), line(2, "withdraw", to="1", audience="me")]
    assert outgoing(mine) == []


def test_the_next_sequence_number_is_above_all_that_were_seen() -> None:
    assert next_sequence([]) == 1
    assert next_sequence([question(7), question(3)]) == 8


def _random_journal(chance: random.Random) -> list[ReviewLine]:
    """Lines of three writers, each of whom has seen only some of the others' lines, on clocks a day apart."""
    lines: list[ReviewLine] = []
    whats: list[Any] = ["note", "answer", "close", "reopen", "withdraw", "take-over", "state", "visit"]
    for number in range(1, chance.randint(8, 24)):
        who, side = chance.choice(WRITERS)
        seen = [one for one in lines if one.who == who or chance.random() < 0.7]
        what: Any = chance.choice(whats) if seen else "note"
        made = ReviewLine(
            id=str(number),
            what=what,
            at=f"2026-11-{chance.randint(26, 28)}T10:00:00+00:00",
            seq=next_sequence(seen) if chance.random() < 0.9 else chance.randint(1, 9),
            who=who,
            side=side,
            evaluation="e",
            kind=chance.choice(["question", "change", "agreed", "note"]) if what == "note" else "",
            to=chance.choice(seen).id if seen and what != "note" else "",
            text=chance.choice(["", "Words."]) if what != "note" else "Words.",
            state=chance.choice(["agreed", "changes-requested"]) if what == "state" else "",
            on="2026-12-01" if what == "visit" else "",
            anchor=Anchor(1, "needs") if what == "note" else None,
        )
        lines.append(made)
    if chance.random() < 0.2:
        lines.append(replace(chance.choice(lines), text="A conflicting copy."))
    return lines


@pytest.mark.long
def test_ten_thousand_interleavings_of_journals_end_equal() -> None:
    chance = random.Random(1)  # noqa: S311
    for _ in range(500):
        lines = _random_journal(chance)
        wanted = fold_lines(lines)
        for _ in range(20):
            mixed = lines + chance.choices(lines, k=chance.randint(0, 4))
            chance.shuffle(mixed)
            assert fold_lines(mixed) == wanted
