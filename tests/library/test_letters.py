"""What goes out on paper or comes in through the form of a PDF says the same as the file beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from apq_desktop.__main__ import main
from apq_desktop.errors import PackRefusedError
from apq_desktop.evaluation.rules.outgoing_copy import Include, copy_to_send
from apq_desktop.review.lines import Anchor, Quote
from apq_desktop.review.parties import parties
from apq_desktop.services.exports.formats import ExportContent, write_pdf
from apq_desktop.services.libraries import open_library as of_library
from apq_desktop.services.libraries.pack_reading import A_PART
from apq_desktop.services.libraries.replying import letter_path, make_reply
from tests.documents import type_reply
from tests.library import council
from tests.library.loop import Provider

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from apq_desktop.library.folder import FolderLibrary


@pytest.fixture
def elm(tmp_path: Path) -> Provider:
    return Provider(tmp_path / "elm", council.evaluation("Elm"))


def _form(elm: Provider, typed: type_reply.Typed, name: str = "filled.pdf") -> Path:
    """The PDF of an evaluation, with a reply typed into its form."""
    include = Include(reply=True)
    content = ExportContent(copy_to_send(council.replace(elm.made), include), council.catalogue(), include)
    (elm.folder / "form.pdf").write_bytes(write_pdf(content))
    return type_reply.by_pypdf(elm.folder / "form.pdf", typed, elm.folder / name)


def _asked(library: FolderLibrary, elm: Provider) -> None:
    """A question about words, which are in the first strength on attendance."""
    strength = elm.made.area("attendance").strengths[0]
    anchor = Anchor(0, "attendance", "strengths", strength.id, "text", Quote(strength.text[:40]))
    of_library.note(library, elm.id, "question", "How do you know?", anchor, audience="provider", role="Officer")


def test_a_letter_is_made_beside_the_reply_and_opened_as_it_is(
    tmp_path: Path, elm: Provider, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(of_library, "own_libraries", lambda: tmp_path / "own")
    assert main(["library", "create", str(tmp_path / "library")]) == 0
    assert main(["library", "add", str(tmp_path / "library"), str(elm.send())]) == 0
    library = of_library.open_library(tmp_path / "library", council.TODAY)
    _asked(library, elm)
    library.close()
    reply = tmp_path / "reply.json"
    capsys.readouterr()
    words = ["library", "reply", str(tmp_path / "library"), elm.id, "--to", str(reply), "--pdf"]
    assert main(words) == 0
    assert capsys.readouterr().out == f"{reply}\n{letter_path(reply)}\n"
    assert main(["check", str(letter_path(reply))]) == 0
    assert "A reply by Reviewer to revision 0" in capsys.readouterr().out
    elm.open_reply(letter_path(reply))
    (thread,) = elm.exchange().threads
    assert (thread.note.text, thread.waits_for) == ("How do you know?", "setting")
    elm.open_reply(reply)
    assert elm.exchange().threads == (thread,)
    spoilt = tmp_path / "spoilt.pdf"
    spoilt.write_bytes(letter_path(reply).read_bytes()[:-4000])
    assert main(["import", str(spoilt), "--into", str(elm.file)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_what_was_typed_into_a_pdf_comes_into_the_library_with_its_evaluation_once(
    opened: Callable[[str], FolderLibrary], elm: Provider
) -> None:
    library, colleague = opened("officer"), opened("colleague")
    filled = _form(elm, type_reply.TYPED)
    (arrived,) = council.receive(library, filled).arrived
    assert arrived.outcome == "new"
    assert arrived.remarks == ("8 notes that were typed into it are in the library now.",)
    lines = library.lines(elm.id)
    assert all(line.typed and line.audience == "provider" for line in lines)
    requested = of_library.exchange(library, elm.id).waiting_for("setting")
    assert {one.note.text for one in requested} == {
        type_reply.TYPED["area.attendance.request"], type_reply.TYPED["area.needs.request"],
    }  # fmt: skip
    assert [one.outcome for one in council.receive(library, filled).arrived] == ["known"]
    council.catch_up(colleague)
    assert colleague.lines(elm.id) == lines
    saved_again = type_reply.by_pymupdf(elm.folder / "form.pdf", type_reply.TYPED, elm.folder / "again.pdf")
    assert [one.remarks for one in council.receive(colleague, saved_again).arrived] == [()]
    library.rebuild()
    council.catch_up(library)
    assert library.lines(elm.id) == lines


def test_a_form_that_says_nothing_costs_the_library_no_evaluation(library: FolderLibrary, elm: Provider) -> None:
    receipt = council.receive(library, _form(elm, {"role": "Officer"}))
    assert receipt.refused == []
    (arrived,) = receipt.arrived
    assert arrived.outcome == "new"
    assert arrived.remarks[-1].startswith("What was typed into its form is not kept: ")


def test_at_the_next_revision_each_request_has_the_words_before_and_after(
    tmp_path: Path, elm: Provider, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(of_library, "own_libraries", lambda: tmp_path / "own")
    folder = str(tmp_path / "library")
    assert main(["library", "create", folder]) == 0
    assert main(["library", "add", folder, str(elm.send())]) == 0
    library = of_library.open_library(tmp_path / "library", council.TODAY)
    anchor = Anchor(0, "attendance", "area", "attendance", "support")
    of_library.note(library, elm.id, "change", "Say how many.", anchor, audience="provider", role="Officer")
    of_library.note(library, elm.id, "change", "For us.", anchor, audience="us", role="Officer")
    library.close()
    elm.revise("Four pupils in March.")
    assert main(["library", "add", folder, str(elm.send())]) == 0
    capsys.readouterr()
    assert main(["library", "show", folder, elm.id]) == 0
    told = capsys.readouterr().out
    assert told.count("    Before: nothing\n    Now: Four pupils in March.\n") == 2
    assert "Waits for them." in told
    assert "  Say how many.\n" in told


NOTHING_NEW = "has nothing new: all that it says is in the file."


def test_replies_that_are_late_doubled_foreign_newer_or_damaged_are_one_sentence_each_and_lose_nothing(
    tmp_path: Path, library: FolderLibrary, elm: Provider, capsys: pytest.CaptureFixture[str]
) -> None:
    council.receive(library, elm.send())
    (revision,) = library.revisions(elm.id)
    replies = []
    for number in (1, 2):
        _asked(library, elm)
        replies.append(make_reply(library, revision, tmp_path / f"{number}.json", council.catalogue(), letter=True))
    capsys.readouterr()

    def opened(path: Path) -> str:
        """What is said of a file that is opened, which is one sentence or two in one line."""
        main(["import", str(path), "--into", str(elm.file)])
        printed = capsys.readouterr()
        (told,) = (printed.out + printed.err).splitlines()
        return told.removeprefix(f"{path}: ")

    first, second = replies
    assert opened(second) == "is a reply; 2 notes of it are in the file now."
    for path in (first, letter_path(first), second, letter_path(second)):
        assert opened(path) == NOTHING_NEW
    document = json.loads(second.read_bytes())
    for changes, sentence in (
        ({"needs": 99}, "it was made by a newer version of APQ Desktop; install the newer version to open it."),
        ({"about": {**document["about"], "evaluation": "another"}, "digest": ""}, "is about another evaluation"),
        ({"number": 7}, "it was damaged or changed after it was made"),
    ):
        spoilt = tmp_path / "spoilt.json"
        spoilt.write_text(json.dumps(document | changes), encoding="utf-8")
        assert sentence in opened(spoilt)
    for name, content in (
        ("cut.json", second.read_bytes()[:-40]),
        ("cut.pdf", letter_path(second).read_bytes()[:2000]),
        ("flipped.json", second.read_bytes().replace(b"How do you know?", b"How do you knew?", 1)),
    ):
        spoilt = tmp_path / name
        spoilt.write_bytes(content)
        assert opened(spoilt)
    assert len(elm.exchange().threads) == 2
    oak = Provider(tmp_path / "oak", council.evaluation("Oak"))
    assert main(["import", str(letter_path(first)), "--into", str(oak.file)]) == 1
    assert "is a reply to an evaluation that this file does not hold" in capsys.readouterr().err


def test_what_a_peer_types_into_the_pdf_stands_apart_and_a_part_is_no_evaluation_to_receive(
    tmp_path: Path, library: FolderLibrary, elm: Provider
) -> None:
    words = [str(elm.file), "--to", str(tmp_path / "out"), "--areas", "6"]
    assert main(["part", *words, "--peer", "--name", "The Oak Centre"]) == 0
    (form,) = (tmp_path / "out").glob("*.pdf")
    elm.open_reply(type_reply.by_pypdf(form, type_reply.TYPED, tmp_path / "typed.pdf"))
    assert [(one.name, one.as_peer) for one in parties(elm.lines())] == [(type_reply.TYPED["role"], True)]
    assert main(["part", *words, "--name", "Deputy head"]) == 0
    for part in (tmp_path / "out").glob("*_part.*"):
        (refused,) = council.receive(library, part).refused
        assert refused == str(PackRefusedError(part, A_PART))
