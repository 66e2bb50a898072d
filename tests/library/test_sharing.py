"""Several officers write in one shared folder, whatever a share or a synchronised folder does to its files."""

from __future__ import annotations

import os
import random
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from apq_desktop.errors import FileRefusedError, NotWrittenError
from apq_desktop.library import journal
from apq_desktop.library.collection import Wanted
from apq_desktop.review.exchange_state import fold_lines
from apq_desktop.review.lines import Anchor, ReviewLine
from apq_desktop.services.libraries import open_library as of_library
from apq_desktop.services.libraries.provider_reading import read_provider
from apq_desktop.services.locality import tags, themes
from tests.library import council

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from apq_desktop.library.folder import FolderLibrary

Opened = "Callable[[str], FolderLibrary]"
PRIVATE = "Unvergleichlich geheim"


def test_a_colleague_sees_what_the_other_received_and_wrote(
    library: FolderLibrary, opened: Callable[[str], FolderLibrary]
) -> None:
    colleague = opened("colleague")
    council.catch_up(colleague)
    assert colleague.providers() == library.providers()
    (elm,) = library.providers(Wanted(name="Elm"))
    asked = council.question(library, elm.evaluation)
    library.write([asked])
    assert colleague.news() == {elm.evaluation}
    assert colleague.news() == set()
    assert colleague.lines(elm.evaluation) == [asked]
    assert colleague.next_sequence() == asked.seq + 1
    answered = ReviewLine("a1", "answer", asked.at, asked.seq + 1, colleague.who, "reviewer", elm.evaluation, "us")
    colleague.write([council.replace(answered, to=asked.id, text="Two.")])
    assert library.news() == {elm.evaluation}
    assert fold_lines(library.lines(elm.evaluation)) == fold_lines(colleague.lines(elm.evaluation))


def test_each_writes_only_a_journal_of_its_own(library: FolderLibrary, opened: Callable[[str], FolderLibrary]) -> None:
    colleague = opened("colleague")
    before = {path: path.read_bytes() for path in library.files.journals.iterdir()}
    colleague.write([council.question(colleague, "e1")])
    council.catch_up(colleague)
    assert colleague.files.journal not in before
    assert {path: path.read_bytes() for path in before} == before


def test_nothing_lies_in_the_shared_folder_but_packs_journals_and_what_says_that_it_is_a_library(
    library: FolderLibrary, opened: Callable[[str], FolderLibrary]
) -> None:
    colleague = opened("colleague")
    council.catch_up(colleague)
    first, second, *_ = library.providers()
    for officer, audience in ((library, "us"), (colleague, "me")):
        theme = themes.add_theme(officer, f"For {audience}", audience=audience).id
        themes.put_theme(officer, theme, first.evaluation, Anchor(first.number, "attendance"), audience=audience)
        themes.summarise(officer, first, "By bus.", theme=theme, audience=audience)
        tags.give_tag(officer, first.provider, f"Tag for {audience}", audience=audience)
        officer.write([council.question(officer, first.evaluation, audience=audience)])
    of_library.remove_evaluation(library, second.evaluation)
    council.catch_up(colleague)
    colleague.rebuild()
    council.catch_up(colleague)
    folder = library.files.folder
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    told = re.compile(r"library\.json|packs/[0-9a-f]{2}/[0-9a-f]{64}\.(json|pdf)|journals/[^/]+\.journal")
    assert [name for name in files if not told.fullmatch(name)] == []
    assert len(files) == 1 + len(council.NAMES) - 1 + 1, "who writes only for themselves has no journal here"


def test_the_same_file_that_two_officers_receive_is_one(
    library: FolderLibrary, opened: Callable[[str], FolderLibrary], tmp_path: Path
) -> None:
    colleague = opened("colleague")
    receipt = council.receive(colleague, tmp_path / "inbox")
    assert len(receipt.of("new")) == len(council.NAMES)
    council.catch_up(library)
    assert len(library.providers()) == len(list(library.packs)) == len(council.NAMES)


def test_what_is_for_me_never_lies_in_the_shared_folder(
    library: FolderLibrary, opened: Callable[[str], FolderLibrary]
) -> None:
    (elm,) = library.providers(Wanted(name="Elm"))
    private = council.question(library, elm.evaluation, audience="me", text=PRIVATE)
    library.write([private, council.question(library, elm.evaluation)])
    assert private in library.lines(elm.evaluation)
    assert not [path for path in library.files.folder.rglob("*") if path.is_file() and _holds(path, PRIVATE)]
    colleague = opened("colleague")
    council.catch_up(colleague)
    assert private not in colleague.lines(elm.evaluation)
    library.close()
    again = opened("officer")
    assert private in again.lines(elm.evaluation)


def _holds(path: Path, words: str) -> bool:
    return words.encode() in path.read_bytes()


def test_a_lost_private_journal_comes_back_from_its_backup(
    library: FolderLibrary, opened: Callable[[str], FolderLibrary]
) -> None:
    private = council.question(library, "e1", audience="me", text=PRIVATE)
    library.write([private])
    library.close()
    opened("officer").close()
    library.files.private.unlink()
    library.files.index.unlink()
    assert opened("officer").lines("e1") == [private]


def test_a_share_that_is_away_loses_nothing_and_says_so(library: FolderLibrary, tmp_path: Path) -> None:
    (elm,) = library.providers(Wanted(name="Elm"))
    away = tmp_path / "away"
    library.files.folder.rename(away)
    # What a share leaves behind when it goes: a place where nothing can be made.
    library.files.folder.write_bytes(b"")
    assert library.news() == set()
    assert len(library.providers()) == len(council.NAMES)
    asked = council.question(library, elm.evaluation)
    with pytest.raises(NotWrittenError, match="reach the folder again"):
        library.write([asked])
    with pytest.raises(FileRefusedError, match="cannot be read now"):
        library.original(elm)
    library.files.folder.unlink()
    # An empty mount point: a line in it would be lost to everybody, and hidden when the share is back.
    library.files.folder.mkdir()
    with pytest.raises(NotWrittenError, match="reach the folder again"):
        library.write([asked])
    with pytest.raises(NotWrittenError):
        council.receive(library, *council.put(tmp_path / "more", council.evaluation("Oak")))
    assert list(library.files.folder.iterdir()) == []
    library.files.folder.rmdir()
    away.rename(library.files.folder)
    library.write([asked])
    assert library.lines(elm.evaluation) == [asked]


def test_a_share_that_fails_in_ways_of_its_own_is_away_too(library: FolderLibrary, tmp_path: Path) -> None:
    (elm,) = library.providers(Wanted(name="Elm"))
    asked = council.question(library, elm.evaluation)
    library.write([asked])
    library.news()
    packs, place = council.put(tmp_path / "more", council.evaluation("Oak")), library.files.folder
    place.rename(tmp_path / "away")
    # The system answers neither that it is there nor that it is not, as where a share or a drive gives errors.
    place.symlink_to("/" + "a" * 300)
    assert "cannot be reached" in library.away()
    assert library.news() == set()
    assert not library.is_shared()
    for act in (lambda: library.write([asked]), lambda: council.receive(library, *packs)):
        with pytest.raises(NotWrittenError, match="each the folder again"):
            act()
    with pytest.raises(NotWrittenError):
        of_library.remove_evaluation(library, elm.evaluation)
    with pytest.raises(FileRefusedError, match="the folder of this library cannot be reached"):
        read_provider(library, elm, council.catalogue())
    with pytest.raises(FileRefusedError, match="the folder of this library cannot be reached"):
        of_library.check_library(place)
    with pytest.raises(FileRefusedError, match="cannot be read now"):
        council.receive(library, place)
    place.unlink()
    (tmp_path / "away").rename(place)
    council.receive(library, *packs)
    assert library.lines(elm.evaluation) == [asked]
    assert [one.name for one in library.providers(Wanted(name="Oak"))] == ["Oak"]


def test_what_a_newer_version_or_a_stranger_wrote_in_a_journal_is_passed_over(library: FolderLibrary) -> None:
    (elm,) = library.providers(Wanted(name="Elm"))
    asked = council.line_json.write_line(council.question(library, elm.evaluation))
    bodies = (
        asked.replace('"what":"note"', '"what":"rate"'),
        asked.replace('"id":"', '"id":"../'),
        '{"what":"removed","pack":"../../etc/passwd"}',
        "[" * 5000,
        asked,
    )
    journal.append(library.files.journals / "other.journal", bodies)
    assert library.news() == {elm.evaluation}
    assert len(library.lines(elm.evaluation)) == 1


def _mixed_up(folder: Path, chance: random.Random) -> None:
    """What synchronised folders and sticks do to journals."""
    # Not copies of copies of copies: their number would double each time.
    for path in sorted(path for path in folder.glob("*.journal") if path.stem.count("(conflict") < 2):
        copy = path.with_name(f"{path.stem} (conflict {chance.randrange(9)}).journal")
        lines = path.read_bytes().splitlines(keepends=True)
        match chance.randrange(6):
            case 0:
                shutil.copyfile(path, copy)
            case 1:
                copy.write_bytes(b"".join(chance.sample(lines, len(lines))))
            case 2:
                copy.write_bytes(path.read_bytes()[: chance.randrange(1 + path.stat().st_size)])
            case 3:
                copy.write_bytes(b"")
            case 4:
                copy.write_bytes(b"".join(lines + lines).replace(b"\n", b"\r\n"))
            case _:
                copy.write_bytes(path.read_bytes() + b"\0" * 512)


@pytest.mark.long
def test_journals_that_were_copied_cut_doubled_and_mixed_up_end_equal_everywhere(
    opened: Callable[[str], FolderLibrary], tmp_path: Path
) -> None:
    chance = random.Random(3)  # noqa: S311 - nothing secret
    officers = [opened(f"officer {n}") for n in range(3)]
    for n in range(60):
        library = chance.choice(officers)
        if chance.random() < 0.5:
            library.news()
        # Clocks that are a day apart.
        at = f"2026-11-{chance.randint(26, 28)}T10:00:00+00:00"
        there = library.lines("e1")
        if not there or chance.random() < 0.5:
            library.write([council.question(library, "e1", at=at, text=f"Question {n}")])
        else:
            to = chance.choice(there).id
            answer = council.question(library, "e1", at=at, what="answer", to=to, text=f"{n}", kind="", anchor=None)
            library.write([answer])
        if n % 5 == 0:
            _mixed_up(library.files.journals, chance)
    wanted = None
    for library in officers:
        library.news()
        found = fold_lines(library.lines("e1"))
        assert wanted in (None, found)
        wanted = found
    library = opened("somebody new")
    assert fold_lines(library.lines("e1")) == wanted
    assert wanted is not None
    assert sum(1 + len(thread.followed) for thread in wanted.threads) + len(wanted.refused) == 60


def test_a_copy_for_a_stick_or_a_successor_holds_everything_but_what_is_private(
    library: FolderLibrary, tmp_path: Path
) -> None:
    asked = council.question(library, "e1")
    library.write([asked, council.question(library, "e1", audience="me", text=PRIVATE)])
    target = tmp_path / "stick"
    assert council.maintenance.copy(library.files, target) == len(council.NAMES)
    assert council.maintenance.copy(library.files, target) == 0
    assert not [path for path in target.rglob("*") if path.is_file() and _holds(path, PRIVATE)]
    successor = council.officer(target, tmp_path / "successor")
    council.catch_up(successor)
    assert [one.content for one in successor.providers()] == [one.content for one in library.providers()]
    assert successor.lines("e1") == [asked]
    successor.write([council.question(successor, "e1")])
    successor.close()
    council.maintenance.copy(library.files, target)
    again = council.officer(target, tmp_path / "successor")
    assert len(again.lines("e1")) == 2
    again.close()


def test_all_that_is_written_into_the_folder_is_on_the_disk_and_can_be_read_by_whoever_shares_it(
    opened: Callable[[str], FolderLibrary], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced, sync = set[int](), os.fsync

    def noted(file: int) -> None:
        sync(file)
        synced.add(os.fstat(file).st_ino)

    monkeypatch.setattr(os, "fsync", noted)
    library = opened("officer")
    council.receive(library, *council.put(tmp_path / "inbox", council.evaluation("Elm")))
    library.write([council.question(library, "e1")])
    council.maintenance.copy(library.files, tmp_path / "stick")
    written = [path for folder in (library.files.folder, tmp_path / "stick") for path in folder.rglob("*.*")]
    assert len(written) == 2 * len(("mark", "journal", "pack"))
    assert [path.name for path in written if path.stat().st_ino not in synced] == []
    (tmp_path / "any").write_bytes(b"")
    assert {path.stat().st_mode for path in written} == {(tmp_path / "any").stat().st_mode}


@pytest.mark.parametrize("place", ["itself", "other files"])
def test_a_copy_never_goes_where_something_else_is(library: FolderLibrary, tmp_path: Path, place: str) -> None:
    target = library.files.folder / "packs" if place == "itself" else tmp_path / "inbox"
    with pytest.raises(FileRefusedError):
        council.maintenance.copy(library.files, target)


def test_a_whole_library_is_said_to_be_whole_and_damage_is_named(library: FolderLibrary) -> None:
    library.write([council.question(library, "e1")])
    checked = council.maintenance.check(library.files, council.line_json)
    assert (checked.packs, checked.problems) == (len(council.NAMES), ())
    digest, suffix = next(iter(library.packs))
    damaged = library.packs.path(digest, suffix)
    damaged.write_bytes(damaged.read_bytes()[:-1])
    own = library.files.journal
    own.write_bytes(own.read_bytes().replace(b"Which?", b"Whose?"))
    problems = council.maintenance.check(library.files, council.line_json).problems
    assert len(problems) == 2
    assert "was damaged in the library" in problems[0]
    assert "1 line damaged or cut off" in problems[1]
