"""A reply finds its way back into the file that its evaluation was sent from, once, and is told in one sentence."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from apq_desktop import paths, services
from apq_desktop.__main__ import main
from apq_desktop.evaluation.edits.changes import SetField, Target
from apq_desktop.evaluation.rules.outgoing_copy import Include, Sending, copy_to_send
from apq_desktop.exchange.json.digest import digest_of
from apq_desktop.exchange.json.reviews import review_json
from apq_desktop.exchange.json.reviews.review_document import FORMAT, VERSION, About, PortableReview, Sender
from apq_desktop.review.exchange_state import fold_lines
from apq_desktop.review.lines import Anchor, ReviewLine
from apq_desktop.services.exports.formats import ExportContent, write_pdf
from apq_desktop.services.incoming.reviewing import answer, read_reply, save_answers
from apq_desktop.storage.workspace import Workspace
from apq_desktop.toolkit.loader import load
from tests.documents import type_reply
from tests.exchange import stored_replies

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.toolkit.catalogue import Catalogue

AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(paths.forms())


class Sent:
    """A workspace, and what was sent from it."""

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self.file, self.catalogue, self.folder = folder / "ours.apq", catalogue, folder
        self.evaluation = services.example(catalogue)
        services.create_workspace(self.file, self.evaluation).close()

    def send(self, revision: int, summary: str = "") -> Path:
        """Make and note a pack of the next revision."""
        with Workspace.open(self.file) as workspace:
            evaluation = workspace.read(self.evaluation.id)
            steps = [SetField(Target("evaluation"), "revision", revision, evaluation.revision)]
            if summary:
                steps.append(SetField(Target("evaluation"), "summary", summary, evaluation.summary))
            workspace.apply(evaluation.id, steps, AT)
            copy = copy_to_send(workspace.read(evaluation.id), Include(reply=True))
            content = ExportContent(copy, self.catalogue, Include(reply=True))
            pack = write_pdf(content)
            sending = Sending(f"s{revision}", evaluation.id, revision, "", "2026-11-25T09:30:00+00:00", content.code)
            workspace.note_sent([(sending, pack)], [], AT)
        path = self.folder / f"revision-{revision}.pdf"
        path.write_bytes(pack)
        return path


@pytest.fixture
def sent(tmp_path: Path, catalogue: Catalogue) -> Sent:
    return Sent(tmp_path, catalogue)


def _import(file: Path, into: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    status = main(["import", str(file), "--into", str(into)])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_a_reply_that_was_typed_comes_back_through_the_command_line(
    sent: Sent, capsys: pytest.CaptureFixture[str]
) -> None:
    filled = type_reply.by_pypdf(sent.send(1), type_reply.TYPED, sent.folder / "reply.pdf")
    status, out, err = _import(filled, sent.file, capsys)
    assert (status, err) == (0, "")
    assert out == f"{filled}: is a reply; 8 notes of it are in the file now.\n"
    with Workspace.open(sent.file) as workspace:
        exchange = fold_lines(workspace.reviews.lines(sent.evaluation.id))
        assert [(one.note.kind, one.note.anchor and one.note.anchor.area) for one in exchange.threads] == [
            ("note", ""), ("note", "attendance"), ("change", "attendance"), ("change", "needs"),
        ]  # fmt: skip
        assert {one.note.text for one in exchange.waiting_for("setting")} == {
            type_reply.TYPED["area.attendance.request"],
            type_reply.TYPED["area.needs.request"],
        }
        state = exchange.state_of()
        assert state is not None
        assert (state.state, state.role, state.at[:10]) == (
            "changes-requested", type_reply.TYPED["role"], "2026-12-03",
        )  # fmt: skip
        first, second = (line.action for line in exchange.agreed_actions)
        assert first is not None
        assert (first.area, first.what, first.who, first.by_when) == (
            "attendance", "Meet within five school days", "Head of centre", "2027-02-12",
        )  # fmt: skip
        assert second is not None
        assert (second.area, second.what) == ("", "Share the survey")
        assert exchange.next_review is not None
        assert exchange.next_review.on == "2027-03-01"
        assert exchange.refused == ()
        (kept,) = workspace.reviews.replies(sent.evaluation.id)
        assert (kept.name, kept.sender) == ("reply.pdf", type_reply.TYPED["role"])
        assert workspace.reviews.original(kept.proof) == filled.read_bytes()
        assert workspace.read(sent.evaluation.id).summary == sent.evaluation.summary


def test_a_file_that_is_read_twice_changes_not_a_byte(sent: Sent, capsys: pytest.CaptureFixture[str]) -> None:
    filled = type_reply.by_pypdf(sent.send(1), type_reply.TYPED, sent.folder / "reply.pdf")
    _import(filled, sent.file, capsys)
    before = sent.file.read_bytes()
    status, out, _ = _import(filled, sent.file, capsys)
    assert (status, out) == (0, f"{filled}: has nothing new: all that it says is in the file.\n")
    assert sent.file.read_bytes() == before


def test_the_same_reply_saved_by_another_program_says_nothing_new_and_a_longer_one_only_what_is_new(
    sent: Sent, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = sent.send(1)
    _import(type_reply.by_pypdf(pack, type_reply.TYPED, sent.folder / "reply.pdf"), sent.file, capsys)
    again = type_reply.by_pdfium_appended(pack, type_reply.TYPED, sent.folder / "again.pdf")
    assert "has nothing new" in _import(again, sent.file, capsys)[1]
    more = dict(type_reply.TYPED) | {
        "area.research.request": "Which study?",
        "state": "received",
        "date": "5 December 2026",
    }
    longer = type_reply.by_pypdf(pack, more, sent.folder / "longer.pdf")
    assert "2 notes of it are in the file now" in _import(longer, sent.file, capsys)[1]
    with Workspace.open(sent.file) as workspace:
        exchange = fold_lines(workspace.reviews.lines(sent.evaluation.id))
        assert len(exchange.waiting_for("setting")) == 3
        state = exchange.state_of()
        assert state is not None
        assert state.state == "received"


def test_a_reply_to_an_older_revision_is_kept_and_told_in_one_sentence(
    sent: Sent, capsys: pytest.CaptureFixture[str]
) -> None:
    first = sent.send(1)
    sent.send(2, summary="Written anew.")
    filled = type_reply.by_pypdf(first, type_reply.TYPED, sent.folder / "reply.pdf")
    status, out, _ = _import(filled, sent.file, capsys)
    assert status == 0
    assert out.endswith("in the file now. It is about revision 1; revision 2 has been sent since.\n")


def test_a_reply_to_another_evaluation_is_refused_in_one_sentence(
    sent: Sent, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled = type_reply.by_pypdf(sent.send(1), type_reply.TYPED, sent.folder / "reply.pdf")
    other = tmp_path / "other.apq"
    mine = services.begun(sent.catalogue, "Another", "")
    services.create_workspace(other, mine).close()
    before = other.read_bytes()
    status, out, err = _import(filled, other, capsys)
    assert (status, out) == (1, "")
    expected = "is a reply to an evaluation that this file does not hold; open the file from which that one was sent."
    assert err == f"{filled}: {expected}\n"
    assert other.read_bytes() == before
    missing = tmp_path / "missing.apq"
    assert _import(filled, missing, capsys)[0] == 1
    assert not missing.exists()


def test_a_pdf_with_nothing_typed_is_the_pack_that_it_was(sent: Sent, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = _import(sent.send(1), sent.file, capsys)
    assert status == 1
    assert "was sent from there" in err


def test_a_reply_in_which_only_the_role_is_typed_says_so(sent: Sent, capsys: pytest.CaptureFixture[str]) -> None:
    filled = type_reply.by_pypdf(sent.send(1), {"role": "Officer"}, sent.folder / "reply.pdf")
    status, _, err = _import(filled, sent.file, capsys)
    assert status == 1
    assert "its reply says who replies and nothing else" in err


def test_a_copy_that_was_not_sent_from_this_file_is_told(sent: Sent, capsys: pytest.CaptureFixture[str]) -> None:
    sent.send(1)
    elsewhere = replace(sent.evaluation, summary="As another copy has it.")
    copy = write_pdf(ExportContent(elsewhere, sent.catalogue, Include(reply=True)))
    path = sent.folder / "copy.pdf"
    path.write_bytes(copy)
    filled = type_reply.by_pypdf(path, type_reply.TYPED, sent.folder / "reply.pdf")
    assert "about a copy that was not sent from this file" in _import(filled, sent.file, capsys)[1]


def test_a_forged_choice_of_state_and_an_area_that_is_not_there_do_no_harm(
    sent: Sent, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = {"role": "Officer", "comment": "Fine.", "action.1.area": "99", "action.1.what": "Meet"}
    filled = type_reply.by_pypdf(sent.send(1), typed, sent.folder / "reply.pdf")
    assert _import(filled, sent.file, capsys)[0] == 0
    with Workspace.open(sent.file) as workspace:
        (agreed,) = fold_lines(workspace.reviews.lines(sent.evaluation.id)).agreed_actions
        assert agreed.action is not None
        assert (agreed.action.area, agreed.action.what) == ("", "99: Meet")


def _reply_as_data(evaluation: Evaluation, lines: list[ReviewLine], path: Path, revision: int = 1) -> Path:
    review = PortableReview(
        format=FORMAT,
        version=VERSION,
        id="r1",
        sender=Sender("council", organisation="Northshire", role="Officer"),
        about=About(evaluation.id, revision),
        lines=lines,
    )
    path.write_bytes(review_json.write(review, path.name))
    return path


def _question(evaluation: Evaluation, number: int = 1, text: str = "Which schools?") -> ReviewLine:
    at, anchor = f"2026-12-03T14:{number:02}:00+00:00", Anchor(1, "attendance")
    return ReviewLine(
        f"q{number}", "note", at, number, "council", "reviewer", evaluation.id, "provider", "Officer", "question",
        text=text, anchor=anchor,
    )  # fmt: skip


def test_a_reply_as_data_goes_to_and_fro_until_the_asker_closes_it(
    sent: Sent, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = _question(sent.evaluation)
    first = _reply_as_data(sent.evaluation, [asked], sent.folder / "reply.json")
    assert _import(first, sent.file, capsys)[1] == f"{first}: is a reply; 1 note of it is in the file now.\n"
    with Workspace.open(sent.file) as workspace:
        written = answer(workspace, asked, "Two of the six.\u202e", "Head of centre")
        assert written.who == workspace.reviews.file_id
        (back,) = save_answers(workspace, sent.evaluation, sent.folder / "pack.pdf")
    received = stored_replies.read(back.read_bytes())
    assert received.remarks == ()
    assert [line.text for line in received.review.lines] == ["Which schools?", "Two of the six."]
    close = ReviewLine(
        "c1", "close", "2026-12-05T10:00:00+00:00", 3, "council", "reviewer", asked.evaluation, "provider", to="q1"
    )
    second = _reply_as_data(sent.evaluation, [*received.review.lines, close], sent.folder / "second.json")
    assert "1 note of it is in the file now" in _import(second, sent.file, capsys)[1]
    with Workspace.open(sent.file) as workspace:
        (thread,) = fold_lines(workspace.reviews.lines(sent.evaluation.id)).threads
        assert (thread.status, thread.waits_for) == ("closed", "")


def test_words_that_are_said_to_be_our_own_and_were_not_here_are_told(
    sent: Sent, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = ReviewLine(
        "a1", "answer", "2026-12-04T10:00:00+00:00", 2, "our-file", "setting", sent.evaluation.id, "provider", to="q1",
        text="We agree to everything.",
    )  # fmt: skip
    file = _reply_as_data(sent.evaluation, [_question(sent.evaluation), forged], sent.folder / "reply.json")
    assert "1 of them is marked as your own, and this file did not have it." in _import(file, sent.file, capsys)[1]


def test_a_note_that_comes_again_in_other_words_is_told(sent: Sent, capsys: pytest.CaptureFixture[str]) -> None:
    told = ""
    for text in ("Which schools?", "Which colleges?"):
        file = _reply_as_data(sent.evaluation, [_question(sent.evaluation, text=text)], sent.folder / f"{text}.json")
        told = _import(file, sent.file, capsys)[1]
    assert "is a reply without a new note. 1 note has other words in it than in the reply that came before." in told
    with Workspace.open(sent.file) as workspace:
        assert len(workspace.reviews.replies(sent.evaluation.id)) == 2
        assert len(workspace.reviews.lines(sent.evaluation.id)) == 1


def test_a_reply_as_data_with_damage_is_refused(sent: Sent, capsys: pytest.CaptureFixture[str]) -> None:
    file = _reply_as_data(sent.evaluation, [_question(sent.evaluation)], sent.folder / "reply.json")
    document = json.loads(file.read_bytes())
    document["lines"][0]["text"] = "Something else"
    file.write_text(json.dumps(document), "utf-8")
    assert "damaged or changed" in _import(file, sent.file, capsys)[2]
    document["digest"] = digest_of(document)
    file.write_text(json.dumps(document), "utf-8")
    assert _import(file, sent.file, capsys)[0] == 0


def test_check_says_what_a_reply_holds(sent: Sent, capsys: pytest.CaptureFixture[str]) -> None:
    file = _reply_as_data(sent.evaluation, [_question(sent.evaluation)], sent.folder / "reply.json")
    assert main(["check", str(file)]) == 0
    told = (
        f"{file}: whole. A reply by Officer, Northshire to revision 1 of the evaluation {sent.evaluation.id}, 1 note."
    )
    assert capsys.readouterr().out == f"{told}\n"


def test_a_pack_and_a_template_are_no_replies(sent: Sent) -> None:
    assert read_reply(sent.send(1), sent.catalogue) is None
    assert read_reply(paths.resources() / "example" / "example.json", sent.catalogue) is None


def test_each_reviewer_gets_the_answers_to_itself_and_sees_nothing_of_the_others(sent: Sent) -> None:
    def asked(number: int, who: str, party: str, *, as_peer: bool = False) -> ReviewLine:
        return ReviewLine(
            f"q{number}", "note", "2026-12-03T14:00:00+00:00", number, who, "reviewer", sent.evaluation.id, "provider",
            "Officer", "question", text=f"Asked by {party}.", anchor=Anchor(1, "attendance"), party=party,
            as_peer=as_peer,
        )  # fmt: skip

    pack = sent.folder / "pack_revision-1.pdf"
    notes = [asked(1, "a", "Northshire"), asked(2, "b", "Northshire"), asked(3, "c", "The Oak / Trust", as_peer=True)]
    with Workspace.open(sent.file) as workspace:
        workspace.reviews.add(notes)
        assert services.save_answers(workspace, sent.evaluation, pack) == []
        for note in (notes[0], notes[2]):
            answer(workspace, note, f"Answer to {note.party}.")
        (council,) = services.save_answers(workspace, sent.evaluation, pack)
        (peer,) = services.save_answers(workspace, sent.evaluation, pack, peers=True)
    assert (council.name, peer.name) == (
        "pack_revision-1_answers-for-Northshire.json", "pack_revision-1_answers-for-The-Oak-Trust.json",
    )  # fmt: skip
    for path, own, count in ((council, "Northshire", 3), (peer, "The Oak / Trust", 2)):
        lines = stored_replies.read(path.read_bytes()).review.lines
        assert {line.party for line in lines} == {own, ""}
        assert len(lines) == count
