"""A whole exchange between settings and two officers: both sides' lists agree at every step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from apq_desktop.__main__ import main
from apq_desktop.errors import FileRefusedError, NotAllowedError, PackRefusedError
from apq_desktop.review.lines import Anchor
from apq_desktop.services.libraries import open_library as of_library
from apq_desktop.services.libraries import replying
from tests.library import council
from tests.library.loop import Loop, Provider, play
from tests.library.pdf_reply import reply_inside_the_pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from apq_desktop.library.folder import FolderLibrary


def test_the_whole_exchange_through_a_shared_folder(opened: Callable[[str], FolderLibrary], tmp_path: Path) -> None:
    play(Loop(tmp_path, ["Elm", "Oak"], opened))


def test_a_reply_that_is_typed_into_the_pdf_goes_to_and_fro_as_a_file_does(
    opened: Callable[[str], FolderLibrary], tmp_path: Path
) -> None:
    reply_inside_the_pdf(Loop(tmp_path, ["Elm"], opened))


def test_answers_that_belong_nowhere_are_refused_in_one_sentence_each(library: FolderLibrary, tmp_path: Path) -> None:
    elm, oak = (Provider(tmp_path / name, council.evaluation(name)) for name in ("Elm", "Oak"))
    council.receive(library, elm.send())
    of_library.note(library, elm.id, "question", "Which?", Anchor(0, "attendance"), audience="provider")
    reply = replying.make_reply(library, library.revisions(elm.id)[-1], tmp_path / "reply.json", council.catalogue())
    with pytest.raises(NotAllowedError):
        replying.make_reply(library, library.providers()[0], tmp_path / "empty.json", council.catalogue())
    elm.open_reply(reply)
    answers = elm.answer_all("Head")
    other = council.officer(tmp_path / "other council", tmp_path / "other officer")
    council.receive(other, elm.send())
    for receiver, file, sentence in (
        (other, answers, replying.FOLLOWS_NOTHING),
        (library, reply, replying.NOT_FROM_A_SETTING),
    ):
        (refused,) = council.receive(receiver, file).refused
        assert refused == str(PackRefusedError(file, sentence))
    of_library.remove_evaluation(other, elm.id)
    assert council.receive(other, answers).refused == [str(PackRefusedError(answers, replying.NOT_HERE))]
    other.close()
    assert oak.exchange().threads == ()


def test_answers_to_what_a_colleague_asked_and_received_are_taken_by_whoever_gets_them(
    library: FolderLibrary, opened: Callable[[str], FolderLibrary], tmp_path: Path
) -> None:
    colleague = opened("colleague")  # has read nothing of what follows
    elm = Provider(tmp_path / "Elm", council.evaluation("Elm"))
    council.receive(library, elm.send())
    of_library.note(library, elm.id, "question", "Which?", Anchor(0, "attendance"), audience="provider")
    target = tmp_path / "reply.json"
    elm.open_reply(replying.make_reply(library, library.revisions(elm.id)[-1], target, council.catalogue()))
    receipt = council.receive(colleague, elm.answer_all("Head"))
    assert (receipt.refused, [one.outcome for one in receipt.arrived]) == ([], ["answers"])
    (thread,) = of_library.exchange(colleague, elm.id).waiting_for("reviewer")
    assert thread.followed[-1].text == "Answer to: Which?"


def test_the_command_line_keeps_lists_checks_answers_and_takes_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(of_library, "own_libraries", lambda: tmp_path / "own")
    folder, elm = tmp_path / "library", Provider(tmp_path / "elm", council.evaluation("Elm"))
    pack = elm.send()
    capsys.readouterr()

    def run(*words: object) -> tuple[int, str, str]:
        status = main(["library", *map(str, words)])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    assert run("list", folder)[0] == 1
    assert run("create", folder) == (0, f"{folder}\n", "")
    bad = tmp_path / "bad.json"
    bad.write_text("{", encoding="utf-8")
    status, out, error = run("add", folder, pack, bad)
    assert (status, out) == (1, f"{pack}: new.\n")
    assert error.count("\n") == 1
    assert error.startswith(str(bad))
    assert run("list", folder)[1] == f"{elm.id}\tElm\trevision 0\treceived, waits for us\n"
    assert run("reply", folder, elm.id, "--to", tmp_path / "reply.json")[0] == 1
    library = of_library.open_library(folder, council.TODAY)
    of_library.note(library, elm.id, "question", "Which?", Anchor(0, "attendance"), audience="provider")
    library.close()
    assert run("reply", folder, elm.id, "--to", tmp_path / "reply.json")[0] == 0
    elm.open_reply(tmp_path / "reply.json")
    capsys.readouterr()
    assert run("rebuild", folder)[:2] == (0, f"{folder}: the index is made anew. Files: 1.\n")
    assert run("copy", folder, tmp_path / "stick")[0] == 0
    for place in (folder, tmp_path / "stick"):
        assert run("check", place)[:2] == (0, f"{place}: whole. Files: 1. Lines in journals: 3.\n")
    assert run("remove", folder, elm.id, "--file", "other.json")[0] == 1
    assert run("remove", folder, "nobody")[0] == run("remove", folder, elm.id, "--revision", 9)[0] == 1
    assert run("remove", folder, elm.id, "--file", pack.name)[0] == 0
    assert run("list", folder) == (0, "", "")
    assert run("add", folder, pack)[1] == f"{pack}: taken out.\n"


def test_a_library_that_cannot_be_opened_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="holds no library"):
        of_library.open_library(tmp_path, council.TODAY)
