"""What was taken out is gone from packs, index and own journals; colleagues follow, and it does not come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from apq_desktop.__main__ import main
from apq_desktop.library import maintenance
from apq_desktop.library.collection import Wanted
from apq_desktop.review.lines import Anchor, Quote
from apq_desktop.services.libraries import open_library as services
from tests.library import council
from tests.library.loop import Provider

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from apq_desktop.library.folder import FolderLibrary

PUPIL = "Quintilian"


@pytest.fixture
def named(library: FolderLibrary, tmp_path: Path) -> str:
    """The id of an evaluation whose first revision names a pupil, as notes of the officer do."""
    first = council.evaluation(f"With {PUPIL}")
    first.area("attendance").support = f"{PUPIL} came to fewer than half."
    second = council.later(first, setting=council.replace(first.setting, name="Without"))
    second.area("attendance").support = "One pupil came to fewer than half."
    council.receive(library, *council.put(tmp_path / "named", first, second))
    quoted = Anchor(0, "attendance", "area", "attendance", "support", Quote(PUPIL))
    for audience in ("us", "me"):
        note = council.question(library, first.id, text=f"Is {PUPIL} named?", anchor=quoted, audience=audience)
        library.write([note])
        follow = council.question(
            library, first.id, what="answer", to=note.id, text=PUPIL, audience=audience, anchor=None
        )
        library.write([council.replace(follow, kind="")])
    library.write([council.question(library, first.id, text="Later?", anchor=Anchor(1, "attendance"))])
    return first.id


def holding(folder: Path, words: str) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def test_a_revision_is_taken_out_with_the_notes_on_its_words(
    library: FolderLibrary, named: str, opened: Callable[[str], FolderLibrary], tmp_path: Path
) -> None:
    assert holding(tmp_path / "shared", PUPIL)
    assert holding(tmp_path / "officer", PUPIL)
    first, _ = library.revisions(named)
    services.remove_revision(library, first)
    assert [one.name for one in library.revisions(named)] == ["Without"]
    assert [line.text for line in library.lines(named)] == ["Later?"]
    assert library.places(Wanted(words=PUPIL, current_only=False)) == []
    library.close()
    assert holding(tmp_path / "shared", PUPIL) == []
    assert [path.suffix for path in holding(tmp_path / "officer", PUPIL)] in ([], [".sqlite"])
    assert maintenance.check(library.files, council.line_json).problems == ()


def test_the_private_backups_lose_it_too(
    library: FolderLibrary, named: str, opened: Callable[[str], FolderLibrary]
) -> None:
    library.close()
    again = opened("officer")
    assert holding(again.files.own / "backups", PUPIL)
    services.remove_evaluation(again, named)
    assert holding(again.files.own / "backups", PUPIL) == []


def test_one_file_is_taken_out_alone_and_the_revision_stays_while_another_holds_it(
    library: FolderLibrary, opened: Callable[[str], FolderLibrary], tmp_path: Path
) -> None:
    elm, out = Provider(tmp_path / "Elm", council.evaluation("Elm")), tmp_path / "sent"
    assert main(["export", str(elm.file), "--to", str(out), "--json", "--pdf"]) == 0
    (data,), (pdf,) = out.glob("*.json"), out.glob("*.pdf")
    assert [one.outcome for one in council.receive(library, data, pdf).arrived] == ["new", "known"]
    (revision,) = library.revisions(elm.id)
    library.write([council.question(library, elm.id)])
    colleague = opened("colleague")
    council.catch_up(colleague)
    packs = {name: digest for digest, name in colleague.names_of(revision).items()}
    assert set(packs) == {data.name, pdf.name}
    services.remove_pack(library, packs[data.name])
    council.catch_up(colleague)
    for one in (library, colleague):
        (left,) = one.revisions(elm.id)
        assert list(one.names_of(left).values()) == [pdf.name]
        assert one.original(left) == pdf.read_bytes()
        assert data.name not in left.file
        assert len(one.lines(elm.id)) == 1, "notes stay with the revision"
    assert [one.outcome for one in council.receive(library, data).arrived] == ["taken out"]
    services.remove_pack(colleague, packs[pdf.name])
    council.catch_up(library)
    assert library.revisions(elm.id) == colleague.revisions(elm.id) == []
    assert maintenance.check(library.files, council.line_json).problems == ()


def test_a_colleague_follows_with_index_and_own_journal(
    library: FolderLibrary, named: str, opened: Callable[[str], FolderLibrary]
) -> None:
    colleague = opened("colleague")
    council.catch_up(colleague)
    colleague.write([council.question(colleague, named, text=f"{PUPIL}?")])
    services.remove_evaluation(library, named)
    assert named in colleague.news()
    assert colleague.revisions(named) == []
    assert colleague.lines(named) == []
    assert PUPIL.encode() not in colleague.files.journal.read_bytes()
    assert len(colleague.providers()) == len(council.NAMES)


def test_a_provider_goes_with_everything_and_a_line_says_only_that_and_when(
    library: FolderLibrary, named: str, tmp_path: Path
) -> None:
    provider = library.revisions(named)[0].provider
    services.write_about_library(library, "tag", provider=provider, text=f"{PUPIL}’s school")
    services.remove_provider(library, provider)
    assert library.revisions(named) == []
    assert library.state().tags == {}
    assert holding(tmp_path / "shared", PUPIL) == holding(tmp_path / "shared", "Without") == []
    removed = map(council.line_json.read_line, library._lines.bodies(what=("removed",)))
    assert {line.text for line in removed} == {""}


def test_it_does_not_come_back_by_itself_and_can_be_received_again(
    library: FolderLibrary, named: str, opened: Callable[[str], FolderLibrary], tmp_path: Path
) -> None:
    colleague = opened("colleague")
    council.catch_up(colleague)
    first, _ = library.revisions(named)
    services.remove_revision(library, first)
    old = colleague.files.journal.with_name("old copy.journal")
    old.write_bytes(b"".join(map(council.journal.sealed, _received(colleague, first.digest))))
    council.catch_up(colleague)
    council.catch_up(library)
    receipt = council.receive(library, tmp_path / "named")
    assert [one.outcome for one in receipt.arrived] == ["taken out", "known"]
    assert len(library.revisions(named)) == len(colleague.revisions(named)) == 1
    receipt = council.receive(library, tmp_path / "named", again=True)
    assert [one.outcome for one in receipt.arrived] == ["new revision", "known"]
    council.catch_up(colleague)
    assert len(library.revisions(named)) == len(colleague.revisions(named)) == 2


def _received(library: FolderLibrary, digest: str) -> list[str]:
    line = council.LibraryLine(
        "r1", "received", "2026-11-01T10:00:00+00:00", 1, library.who, pack=digest, text="old.json"
    )
    return [council.line_json.write_line(line)]


def test_where_it_was_cut_off_the_next_opening_goes_on(
    library: FolderLibrary, named: str, opened: Callable[[str], FolderLibrary], tmp_path: Path
) -> None:
    """As after a kill between the line, which is on the disk, and what it says."""
    (digest, *_) = library.packs_of(library.revisions(named)[0])
    seq = library.next_sequence()
    lines = [
        council.LibraryLine("x1", "removed", "2026-11-27T10:00:00+00:00", seq, library.who, pack=digest),
        council.LibraryLine("x2", "removed", "2026-11-27T10:00:00+00:00", seq + 1, library.who, evaluation=named),
    ]
    library.close()
    council.journal.append(library.files.journal, map(council.line_json.write_line, lines))
    again = opened("officer")
    assert again.lines(named) == []
    assert len(again.revisions(named)) == 1
    assert digest not in dict(again.packs)
    assert holding(again.files.journals, PUPIL) == []
