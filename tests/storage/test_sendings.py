"""What was sent stays known, can be opened again as it was, and goes where the file goes."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from apq_desktop.errors import DamagedFileError, FileRefusedError, NotSavedError
from apq_desktop.evaluation.edits.changes import SetField, Target
from apq_desktop.evaluation.rules.outgoing_copy import Sending
from apq_desktop.storage.files import save_copies
from apq_desktop.storage.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.evaluation.model import Evaluation

AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
PACK = b"%PDF-1.7 " + bytes(range(256)) * 40


def _sending(evaluation: Evaluation, number: int = 1, recipient: str = "Cyngor Gwynedd") -> Sending:
    name = f"Oak_revision-{number}.pdf"
    stamp = "2026-11-25T09:30:00+00:00"
    return Sending(f"sending-{number}-{recipient[:3]}", evaluation.id, number, recipient, stamp, "PBDJ-9NGD", (name,))


def _revision(number: int) -> SetField:
    return SetField(Target("evaluation"), "revision", number, number - 1)


@pytest.fixture
def workspace(tmp_path: Path, evaluation: Evaluation) -> Workspace:
    made = Workspace.create(tmp_path / "oak.apq")
    made.add(evaluation)
    return made


def test_what_was_sent_is_known_after_opening_again_newest_first(workspace: Workspace, evaluation: Evaluation) -> None:
    first, other, second = (
        _sending(evaluation),
        _sending(evaluation, recipient="Ysgol y Bont"),
        _sending(evaluation, 2),
    )
    workspace.note_sent([(first, PACK), (other, b"%PDF of theirs")], [_revision(1)], AT)
    workspace.note_sent([(second, b"%PDF another")], [_revision(2)], AT)
    workspace.close()
    with Workspace.open(workspace.path) as again:
        assert again.send_log.of_evaluation(evaluation.id) == [second, other, first]
        assert again.send_log.pack(first.id) == PACK
        assert again.send_log.pack(other.id) == b"%PDF of theirs"
        assert again.read(evaluation.id).revision == 2
        assert again.send_log.of_evaluation("another") == []
        with pytest.raises(FileRefusedError, match="does not hold this pack"):
            again.send_log.pack("unknown")


def test_a_sending_that_cannot_be_noted_leaves_the_revision_as_it_was(
    workspace: Workspace, evaluation: Evaluation
) -> None:
    with pytest.raises(NotSavedError):
        workspace.note_sent(
            [(_sending(evaluation), PACK)], [SetField(Target("note", "9.9", "none"), "note", "", "")], AT
        )
    assert workspace.send_log.of_evaluation(evaluation.id) == []
    assert workspace.read(evaluation.id).revision == 0
    workspace.close()


def test_a_pack_that_damage_has_changed_is_refused_and_nothing_else_is(
    workspace: Workspace, evaluation: Evaluation
) -> None:
    sending = _sending(evaluation)
    workspace.note_sent([(sending, PACK)], [_revision(1)], AT)
    workspace.close()
    connection = sqlite3.connect(workspace.path)
    connection.execute("UPDATE sent_packs SET pack = ?", (PACK[:-1] + b"x",))
    connection.commit()
    connection.close()
    with Workspace.open(workspace.path) as damaged:
        assert damaged.read(evaluation.id).revision == 1
        assert damaged.send_log.of_evaluation(evaluation.id) == [sending]
        with pytest.raises(DamagedFileError):
            damaged.send_log.pack(sending.id)
        save_copies.save_copy(damaged, workspace.path.with_name("copy.apq"), history=True)


def test_a_copy_with_history_has_the_packs_and_one_without_tells_nothing_of_them(
    workspace: Workspace, evaluation: Evaluation
) -> None:
    sending = _sending(evaluation, recipient="A council of no one's business")
    workspace.note_sent([(sending, PACK)], [_revision(1)], AT)
    whole, bare = (workspace.path.with_name(name) for name in ("whole.apq", "bare.apq"))
    save_copies.save_copy(workspace, whole, history=True)
    save_copies.save_copy(workspace, bare, history=False)
    workspace.close()
    with Workspace.open(whole) as copy:
        assert copy.send_log.pack(sending.id) == PACK
    with Workspace.open(bare) as copy:
        assert copy.send_log.of_evaluation(evaluation.id) == []
    assert b"no one's business" not in bare.read_bytes()


def test_an_evaluation_that_is_put_away_stays_and_can_be_taken_out_again(
    workspace: Workspace, evaluation: Evaluation
) -> None:
    workspace.archive(evaluation.id, AT)
    workspace.archive(evaluation.id, AT)
    bare = workspace.path.with_name("bare.apq")
    save_copies.save_copy(workspace, bare, history=False)
    workspace.close()
    for path in (workspace.path, bare):
        with Workspace.open(path) as again:
            assert [heading.archived for heading in again.evaluations()] == [True]
            assert again.read(evaluation.id) == evaluation
            again.archive(evaluation.id, None)
            assert [heading.archived for heading in again.evaluations()] == [False]
    with Workspace.open(bare) as again:
        again.archive(evaluation.id, AT)
        again.remove(evaluation.id)
        again.add(evaluation)
        assert [heading.archived for heading in again.evaluations()] == [False]
