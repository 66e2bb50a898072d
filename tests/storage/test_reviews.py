"""What reviewers and the setting wrote stays in the file, comes in once, and goes where the file goes."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from apq_desktop import paths
from apq_desktop.errors import DamagedFileError, FileRefusedError, NotSavedError
from apq_desktop.evaluation.model import Action
from apq_desktop.evaluation.unknown_fields import as_text
from apq_desktop.review.exchange_state import fold_lines
from apq_desktop.review.lines import Anchor, Quote, ReviewLine
from apq_desktop.services.workspaces import salvage
from apq_desktop.storage import reviews
from apq_desktop.storage.database.tables import REVIEW_LINES
from apq_desktop.storage.files import save_copies
from apq_desktop.storage.kept_files import proof_of
from apq_desktop.storage.reviews import KeptReply
from apq_desktop.storage.workspace import Workspace
from apq_desktop.toolkit.loader import load

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.evaluation.model import Evaluation

REPLY = b"%PDF-1.7 " + bytes(range(256)) * 40
WORDS = "Somebody else's words that nobody else may read"


def _line(evaluation: Evaluation, number: int, what: Any, side: Any = "reviewer", **fields: Any) -> ReviewLine:
    at, who = f"2026-12-03T14:{number:02}:00+00:00", "council" if side == "reviewer" else "our-file"
    return ReviewLine(f"l{number}", what, at, number, who, side, evaluation.id, "provider", **fields)


def _lines(evaluation: Evaluation) -> tuple[ReviewLine, ...]:
    quote = Quote("Everyone is trained", start=0, unknown_fields=as_text({"language": "cy"}))
    anchor = Anchor(1, "workforce", "note", "1.1", "note", quote)
    return (
        _line(evaluation, 1, "note", kind="question", text=f"{WORDS}. Ŵyn?", anchor=anchor),
        _line(evaluation, 2, "answer", "setting", to="l1", text="All of us."),
        _line(evaluation, 3, "agreed-action", action=Action("a9", "needs", "Visit")),
    )


def _reply(evaluation: Evaluation, content: bytes = REPLY) -> KeptReply:
    return KeptReply(evaluation.id, "2026-12-04T09:00:00+00:00", "Reply.pdf", "Officer", proof_of(content))


@pytest.fixture
def reviewed(workspace: Workspace, evaluation: Evaluation) -> Workspace:
    assert workspace.reviews.add(_lines(evaluation), _reply(evaluation), REPLY) == 3
    return workspace


def test_lines_and_the_file_they_came_in_are_there_after_opening_again(
    reviewed: Workspace, evaluation: Evaluation
) -> None:
    reviewed.close()
    with Workspace.open(reviewed.path) as again:
        assert again.reviews.lines(evaluation.id) == _lines(evaluation)
        assert again.reviews.replies(evaluation.id) == [_reply(evaluation)]
        assert again.reviews.original(proof_of(REPLY)) == REPLY
        assert again.reviews.lines("another") == ()
        assert again.read(evaluation.id) == evaluation
        with pytest.raises(FileRefusedError, match="does not hold this reply"):
            again.reviews.original("unknown")


def test_what_comes_twice_changes_not_a_byte(reviewed: Workspace, evaluation: Evaluation) -> None:
    before = reviewed.path.read_bytes()
    assert reviewed.reviews.add(_lines(evaluation), _reply(evaluation), REPLY) == 0
    assert reviewed.reviews.add(_lines(evaluation)[::-1]) == 0
    assert reviewed.path.read_bytes() == before


def test_a_file_with_one_line_more_adds_that_line_and_itself(reviewed: Workspace, evaluation: Evaluation) -> None:
    more = _line(evaluation, 4, "close", to="l1")
    second = _reply(evaluation, b"another")
    assert reviewed.reviews.add([*_lines(evaluation), more], second, b"another") == 1
    assert reviewed.reviews.replies(evaluation.id) == [second, _reply(evaluation)]
    (thread,) = fold_lines(reviewed.reviews.lines(evaluation.id)).threads
    assert thread.status == "closed"


def test_what_comes_never_changes_what_the_setting_wrote(reviewed: Workspace, evaluation: Evaluation) -> None:
    asked, answer, _ = _lines(evaluation)
    reviewed.reviews.add([replace(answer, text="A forged answer"), replace(asked, evaluation="another")])
    assert reviewed.reviews.lines(evaluation.id) == _lines(evaluation)


def test_two_that_share_an_id_come_out_the_same_in_either_order(reviewed: Workspace, evaluation: Evaluation) -> None:
    asked, *_ = _lines(evaluation)
    other = replace(asked, text="A different question")
    reviewed.reviews.add([other])
    first = reviewed.reviews.lines(evaluation.id)[0]
    reviewed.reviews.add([asked])
    assert reviewed.reviews.lines(evaluation.id)[0] == first


def test_a_copy_with_history_has_the_review_and_one_without_no_word_of_it(
    reviewed: Workspace, evaluation: Evaluation
) -> None:
    whole, bare, stick = (reviewed.path.with_name(name) for name in ("whole.apq", "bare.apq", "stick.apq"))
    save_copies.save_copy(reviewed, whole, history=True)
    save_copies.save_copy(reviewed, bare, history=False)
    save_copies.copy_to_stick(reviewed, stick)
    for path in (whole, stick):
        with Workspace.open(path) as copy:
            assert copy.reviews.lines(evaluation.id) == _lines(evaluation)
            assert copy.reviews.original(proof_of(REPLY)) == REPLY
    with Workspace.open(bare) as copy:
        assert copy.reviews.lines(evaluation.id) == ()
    assert WORDS.encode() not in bare.read_bytes()
    assert WORDS.encode() in whole.read_bytes()


def test_a_removed_evaluation_that_comes_back_has_its_review(reviewed: Workspace, evaluation: Evaluation) -> None:
    reviewed.remove(evaluation.id)
    reviewed.add(evaluation)
    assert reviewed.reviews.lines(evaluation.id) == _lines(evaluation)


def _change(path: Path, statement: str, *values: object) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement, values)
    connection.commit()
    connection.close()


def test_a_line_that_damage_has_changed_is_noticed_at_opening(reviewed: Workspace) -> None:
    reviewed.close()
    _change(reviewed.path, "UPDATE review_lines SET line = replace(line, 'All of us', 'None of us')")
    with pytest.raises(DamagedFileError):
        Workspace.open(reviewed.path)


def test_a_reply_that_damage_has_changed_is_refused_and_nothing_else_is(
    reviewed: Workspace, evaluation: Evaluation
) -> None:
    reviewed.close()
    _change(reviewed.path, "UPDATE reply_files SET file = ?", REPLY[:-1] + b"x")
    with Workspace.open(reviewed.path) as damaged:
        assert damaged.reviews.lines(evaluation.id) == _lines(evaluation)
        with pytest.raises(DamagedFileError):
            damaged.reviews.original(proof_of(REPLY))
        save_copies.save_copy(damaged, reviewed.path.with_name("copy.apq"), history=True)


@pytest.mark.parametrize(("damage", "left"), [("", 3), ("UPDATE review_lines SET line = '{}' WHERE id = 'l2'", 2)])
def test_salvage_brings_every_line_that_is_whole_into_the_new_file(
    reviewed: Workspace, evaluation: Evaluation, damage: str, left: int
) -> None:
    reviewed.close()
    if damage:
        _change(reviewed.path, damage)
    saved = reviewed.path.with_name("saved.apq")
    told = salvage(reviewed.path, saved, load(paths.forms()))
    with Workspace.open(saved) as workspace:
        lines = workspace.reviews.lines(evaluation.id)
        assert lines == tuple(line for line in _lines(evaluation) if line.id != "l2" or left == 3)
    assert ("open the replies again" in told) is bool(damage)


def test_what_a_forged_file_keeps_as_lines_is_passed_over(reviewed: Workspace, evaluation: Evaluation) -> None:
    def forge(transaction: Any) -> None:
        for n, line in enumerate(('[[[["', "[]", "7", '{"id": 7}', "[" * 100_000, '{"id": "f5", "what": "note"}')):
            row = {"row_id": transaction.next_row(), "id": f"f{n}", "evaluation_id": evaluation.id, "line": line}
            transaction.insert(REVIEW_LINES, [row])

    reviewed._save(forge)
    assert reviewed.reviews.lines(evaluation.id) == _lines(evaluation)


def test_more_lines_than_one_exchange_can_hold_are_not_kept(
    reviewed: Workspace, evaluation: Evaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviews, "MOST_LINES", 3)
    with pytest.raises(NotSavedError, match="notes on this evaluation already"):
        reviewed.reviews.add([_line(evaluation, 9, "close", to="l1")])
    assert len(reviewed.reviews.lines(evaluation.id)) == 3


def test_a_file_has_an_id_of_its_own_that_it_keeps(reviewed: Workspace) -> None:
    own = reviewed.reviews.file_id
    reviewed.close()
    with Workspace.open(reviewed.path) as again:
        assert again.reviews.file_id == own != ""
