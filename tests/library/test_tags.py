"""An officer's tags on settings: given, taken away with undo, for colleagues or for their writer alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from apq_desktop.__main__ import main
from apq_desktop.errors import NotAllowedError
from apq_desktop.services.libraries import open_library as of_library
from apq_desktop.services.locality import tags, themes
from tests.library import council

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from apq_desktop.library.folder import FolderLibrary


def names(library: FolderLibrary, tag: str) -> list[str]:
    return [one.name for one in library.providers(tags.tagged(library, tag))]


def test_a_tag_is_found_whatever_accents_are_typed_and_spelled_as_it_was_first(library: FolderLibrary) -> None:
    first, second, *_ = library.providers()
    tags.give_tag(library, first.provider, " Ŵyl  visit ", audience="us")
    tags.give_tag(library, second.provider, "wyl VISIT", audience="us")
    assert tags.tag_words(library) == ("Ŵyl visit",)
    assert names(library, "WYL visit") == [first.name, second.name]
    assert names(library, "") == [one.name for one in library.providers()]
    for words in ("ŵyl visit", "  "):
        with pytest.raises(NotAllowedError):
            tags.give_tag(library, first.provider, words, audience="us")


def test_only_its_giver_takes_a_tag_away_and_that_is_undone(
    library: FolderLibrary, opened: Callable[[str], FolderLibrary]
) -> None:
    first = library.providers()[0]
    tags.give_tag(library, first.provider, "Visit", audience="us")
    colleague = opened("colleague")
    council.catch_up(colleague)
    assert names(colleague, "Visit") == [first.name]
    with pytest.raises(NotAllowedError):
        tags.take_tag_away(colleague, first.provider, "visit")
    (taken,) = tags.take_tag_away(library, first.provider, "visit")
    colleague.news()
    assert names(colleague, "Visit") == names(library, "Visit") == []
    themes.undo(library, taken)
    colleague.news()
    assert names(colleague, "Visit") == names(library, "Visit") == [first.name]


def test_a_tag_for_me_is_in_no_byte_of_the_shared_folder(
    library: FolderLibrary, opened: Callable[[str], FolderLibrary], tmp_path: Path
) -> None:
    first = library.providers()[0]
    tags.give_tag(library, first.provider, "Zarthmem", audience="me")
    tags.take_tag_away(library, first.provider, "Zarthmem")
    tags.give_tag(library, first.provider, "Zarthmem", audience="me")
    tags.give_tag(library, first.provider, "Quorblus", audience="us")
    shared = b"".join(path.read_bytes() for path in (tmp_path / "shared").rglob("*") if path.is_file())
    assert b"Zarthmem" not in shared
    assert b"Quorblus" in shared
    assert tags.tags_of(library) == {first.provider: ("Quorblus", "Zarthmem")}
    assert tags.tags_of(opened("colleague")) == {first.provider: ("Quorblus",)}


def test_the_command_line_gives_lists_and_takes_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(of_library, "own_libraries", lambda: tmp_path / "own")
    folder, made = tmp_path / "library", [council.evaluation(name) for name in ("Elm", "Oak")]

    def run(*words: object) -> tuple[int, list[str]]:
        status = main(["library", *map(str, words)])
        return status, [line.split("\t", 1)[1] for line in capsys.readouterr().out.splitlines() if "\t" in line]

    run("create", folder)
    run("add", folder, *council.put(tmp_path / "inbox", *made))
    assert run("tag", folder, made[1].id, "To visit")[0] == 0
    assert run("tag", folder, made[1].id, "Maths", "--for-me")[0] == 0
    assert run("tag", folder, made[0].id, "to visit")[0] == 0
    stands = "revision 0\treceived, waits for us"
    assert run("list", folder)[1] == [f"Elm\t{stands}\tTo visit", f"Oak\t{stands}\tMaths; To visit"]
    assert run("list", folder, "--tag", "maths")[1] == [f"Oak\t{stands}\tMaths; To visit"]
    assert run("tag", folder, made[1].id, "maths", "--take-away")[0] == 0
    assert run("tag", folder, made[1].id, "maths", "--take-away")[0] == 1
    assert run("list", folder, "--tag", "maths")[1] == []
