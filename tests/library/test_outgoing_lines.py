"""Only what is for the provider ever leaves: every command that writes files is found, and every byte looked at."""

from __future__ import annotations

import argparse
import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

import pikepdf
import pymupdf
import pytest

from apq_desktop.__main__ import main, parser
from apq_desktop.evaluation.model import new_id
from apq_desktop.review.exchange_state import fold_lines
from apq_desktop.review.lines import Anchor, Audience, Quote, ReviewLine, What
from apq_desktop.services.libraries import open_library as of_library
from apq_desktop.services.libraries.replying import make_reply
from apq_desktop.services.locality import tags, themes
from apq_desktop.storage.workspace import Workspace
from tests.library import council
from tests.library.loop import Provider

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from apq_desktop.library.collection import Library
    from apq_desktop.library.folder import FolderLibrary

WORDS: dict[Audience, str] = {"me": "Zarthmem", "us": "Quorblus", "provider": "Vostrigive"}
"""Begins every word that a line of this audience holds, so that it is known wherever it turns up."""
DAYS: dict[Audience, str] = {"me": "2031-04-17", "us": "2032-05-18", "provider": "2033-06-19"}
THEME, NAME, TAKEN_BACK = "Getting here", "Knapfwort", "Rueckwarts"
ENCODINGS = ("utf-8", "utf-16-be", "utf-16-le")
WRITING = {"to", "target"}
"""What a command calls the place that it writes to."""


def write_all(library: Library, about: str, audience: Audience) -> None:
    """A line of every kind that there is, for these people."""
    word, action = WORDS[audience], council.evaluation("Elm").actions[0]
    anchor = Anchor(0, "attendance", "area", "attendance", "support", Quote("five pupils"))
    fields: dict[str, dict[str, Any]] = {
        "note": {"kind": "question", "text": f"{word}note", "anchor": anchor},
        "answer": {"text": f"{word}answer"},
        "close": {"text": f"{word}close"},
        "reopen": {"text": f"{word}reopen"},
        "take-over": {"text": f"{word}takeover"},
        "withdraw": {"text": f"{word}withdraw"},
        "state": {"state": "agreed", "text": f"{word}state", "area": "attendance"},
        "agreed-action": {"action": replace(action, id=new_id(), what=f"{word}action", area="attendance")},
        "visit": {"on": DAYS[audience], "text": f"{word}visit"},
        "next-review": {"on": DAYS[audience]},
    }
    assert set(fields) == set(get_args(What)), "a new kind of line is tried too"
    first = of_library.write(library, about, "note", audience=audience, **fields.pop("note"))
    taken_back = of_library.note(library, about, "note", f"{word}{TAKEN_BACK}", anchor, audience=audience)
    for what, given in fields.items():
        follows = {"withdraw": taken_back.id}.get(what, first.id)
        to = {"to": follows} if what in {"answer", "close", "reopen", "take-over", "withdraw"} else {}
        of_library.write(library, about, what, audience=audience, **to, **given)  # type: ignore[arg-type]


def commands(made: argparse.ArgumentParser, before: tuple[str, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every command of the command line that writes files somewhere, as (words, parser)."""
    inner = [action for action in made._actions if isinstance(action, argparse._SubParsersAction)]
    for action in inner:
        for name, one in action.choices.items():
            yield from commands(one, (*before, name))
    if not inner and any(action.dest in WRITING for action in made._actions):
        yield before, made


def arguments(made: argparse.ArgumentParser, given: dict[str, list[str]]) -> list[str]:
    """Everything that a command can be told: each switch on, each place filled in."""
    words: list[str] = []
    for action in made._actions:
        if isinstance(action, argparse._StoreTrueAction):
            words += [action.option_strings[0]] if action.dest not in given.get("off", ()) else []
        elif action.dest in given:
            words += [*action.option_strings[:1], *given[action.dest]]
    return words


def every_byte(name: str, data: bytes) -> Iterator[bytes]:
    """The bytes of a file, of all that is packed in it, and of a PDF its streams and its words as they are copied."""
    yield name.encode()
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for one in packed.namelist():
                yield from every_byte(one, packed.read(one))
    if data.startswith(b"%PDF"):
        with pymupdf.open(stream=data) as document:
            yield from (page.get_text().encode() for page in document)
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for found in pdf.objects:
                yield found.read_bytes() if isinstance(found, pikepdf.Stream) else repr(found).encode()


def holds(folder: Path, word: str) -> list[str]:
    """The files in which a word stands, however it is written."""
    wanted = [word.encode(encoding) for encoding in ENCODINGS]
    return [
        path.name
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(one in part for part in every_byte(path.name, path.read_bytes()) for one in wanted)
    ]


@pytest.fixture
def exchange(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """A library and a setting's file that hold lines of every kind and audience; what commands are told of them."""
    monkeypatch.setattr(of_library, "own_libraries", lambda: tmp_path / "own")
    elm = Provider(tmp_path / "Elm", council.evaluation("Elm"))
    library = of_library.create_library(tmp_path / "library", council.TODAY)
    council.receive(library, elm.send())
    of_library.introduce(library, role="Quality officer", short_name=NAME)
    for audience in WORDS:
        write_all(library, elm.id, audience)
    revision = library.revisions(elm.id)[-1]
    for word, audience in ((WORDS["me"], "me"), (WORDS["us"], "us")):
        tags.give_tag(library, revision.provider, f"{word}tag", audience=audience)
    theme = themes.add_theme(library, THEME).id
    anchor = Anchor(0, "attendance", "area", "attendance", "support", Quote("five pupils"))
    secret = themes.add_theme(library, f"{WORDS['me']}theme", audience="me").id
    themes.put_theme(library, theme, elm.id, anchor, audience="me")
    themes.put_theme(library, secret, elm.id, anchor, audience="me")
    themes.summarise(library, revision, f"{WORDS['me']}summary", anchor, theme=theme, audience="me")
    themes.summarise(library, revision, f"{WORDS['me']}area", anchor, area="attendance", audience="me")
    themes.summarise(library, revision, "Most of it is about buses.", anchor, theme=theme)  # written to be reported
    library.close()
    with Workspace.open(elm.file) as workspace:  # as a forged or mistaken file of a setting's would hold them
        for n, (audience, word) in enumerate(WORDS.items(), 1):
            note = ReviewLine(
                f"n{n}", "note", "2026-11-27T10:00:00+00:00", n, "council", "reviewer", elm.id, audience,
                kind="question", text=f"{word}note", anchor=Anchor(0, "attendance"),
            )  # fmt: skip
            answer = replace(note, id=f"a{n}", what="answer", seq=n + 9, side="setting", who="us", kind="", to=note.id)
            workspace.reviews.add([note, replace(answer, text=f"{word}answer", anchor=None)])
    return {"library": [str(tmp_path / "library")], "file": [str(elm.file)], "evaluation": [elm.id]}


TOLD: dict[tuple[str, ...], dict[str, list[str]]] = {
    ("export",): {"annex": ["notes"]},
    ("part",): {"areas": ["6"], "name": ["The Oak Centre"]},
    ("template",): {"off": ["word", "fillable"]},
    ("sheets",): {},
    ("library", "reply"): {"organisation": ["Northshire"], "role": ["Quality officer"]},
    ("library", "export"): {},
    ("library", "report"): {"theme": [THEME], "area": ["6"]},
    ("library", "copy"): {},
}
"""What else a command is told, by its words."""
HERE = {("library", "copy")}
"""Brings a library to colleagues or a successor, so it holds what is for us."""
WITH_NOTES = {("export",), ("library", "reply"), ("library", "export"), ("library", "copy")}
"""What goes out with notes in it, so that the search is seen to find what is there."""


def test_every_command_that_writes_files_is_tried() -> None:
    assert {words for words, _ in commands(parser())} == set(TOLD)


@pytest.mark.parametrize("words", TOLD, ids=" ".join)
def test_only_what_is_for_the_provider_leaves(
    words: tuple[str, ...], exchange: dict[str, list[str]], tmp_path: Path
) -> None:
    made = dict(commands(parser()))[words]
    out = tmp_path / "out"
    target = out / "reply.json" if words[-1] == "reply" else out
    if target is not out or words in HERE:
        out.mkdir()
    given = {**exchange, "to": [str(target)], "target": [str(target)], **TOLD[words]}
    if words == ("export",):
        del given["evaluation"]
    assert main([*words, *arguments(made, given)]) == 0
    left = [path for path in out.rglob("*") if path.is_file()]
    assert left
    stays: list[Audience] = ["me"] if words in HERE else ["me", "us"]
    assert [holds(out, table[audience]) for audience in stays for table in (WORDS, DAYS)] == [[]] * 2 * len(stays)
    assert words in HERE or holds(out, NAME) == [], "a short name is for colleagues"
    assert bool(holds(out, WORDS["provider"])) == (words in WITH_NOTES)
    assert words in HERE or holds(out, TAKEN_BACK) == [], "it was taken back before any reply"


def test_what_was_taken_back_after_a_reply_is_gone_from_the_next_and_from_the_setting_and_answers_do_not_bring_it_back(
    library: FolderLibrary, tmp_path: Path
) -> None:
    elm = Provider(tmp_path / "Elm", council.evaluation("Elm"))
    council.receive(library, elm.send())
    asked = [
        of_library.note(library, elm.id, "question", f"{word}?", Anchor(0, "attendance"), audience="provider")
        for word in ("Stays", "Goes", "Never")
    ]
    of_library.write(library, elm.id, "withdraw", to=asked[2].id)

    def reply(number: int) -> Path:
        target = tmp_path / f"reply {number}.json"
        make_reply(library, library.revisions(elm.id)[-1], target, council.catalogue(), letter=True)
        elm.open_reply(target)
        return target

    first = reply(1)
    assert b"Goes?" in first.read_bytes()
    assert asked[2].id.encode() not in first.read_bytes()
    elm.answer_all("Head")
    of_library.write(library, elm.id, "withdraw", to=asked[1].id)
    second = reply(2)
    assert not [path for path in (second, second.with_suffix(".pdf")) if path.name in holds(tmp_path, "Goes?")]
    assert [one.id.encode() in second.read_bytes() for one in asked] == [True, True, False]
    assert [thread.note.text for thread in elm.exchange().threads] == ["Stays?"]
    assert council.receive(library, elm.answer_all("Head")).refused == []
    assert fold_lines(elm.lines()) == of_library.shared_exchange(library, elm.id)
