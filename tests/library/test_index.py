"""What was received can be read by place and by words, in the order of the settings' names, and is rebuilt on doubt."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import OperationalError

from apq_desktop.errors import FileRefusedError
from apq_desktop.library.collection import Wanted
from apq_desktop.library.indexing import full_text
from apq_desktop.services.libraries import open_library as of_library
from tests.library import council

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from apq_desktop.library.folder import FolderLibrary

IN_ORDER = ["abbey", "Élan", "Elm", "Ŵyn", "Zed"]


def test_settings_stand_in_the_order_of_their_names_whatever_their_accents(library: FolderLibrary) -> None:
    assert [one.name for one in library.providers()] == IN_ORDER
    assert [one.name for one in library.providers(Wanted(name="EL"))] == ["Élan", "Elm"]
    assert [one.name for one in library.providers(Wanted(name="%"))] == []


def test_one_area_is_read_across_settings(library: FolderLibrary) -> None:
    found = library.passages(library.places(Wanted(area="attendance", parts=("development_areas",))))
    texts = [entry.text for entry in council.evaluation("any").area("attendance").development_areas]
    assert [passage.text for passage in found] == texts * len(IN_ORDER)
    assert [passage.name for passage in found[:: len(texts)]] == IN_ORDER


def test_one_evaluation_is_read_from_its_beginning_to_its_end(library: FolderLibrary) -> None:
    (elm,) = library.providers(Wanted(name="Elm"))
    keys = library.places(Wanted(evaluation=elm.evaluation))
    assert keys == sorted(keys)
    assert library.passages(keys[:1])[0].text == "Elm"
    assert len(keys) == len(library.places(Wanted())) / len(IN_ORDER)


@pytest.mark.parametrize("has_full_text", [True, False])
def test_words_are_found_from_their_beginning_whatever_their_accents(
    opened: Callable[[str], FolderLibrary], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_full_text: bool
) -> None:
    if not has_full_text:
        _deny_full_text(monkeypatch)
    changed = council.evaluation("Another")
    changed.area("needs").support = text = "Gŵyl Łódź: •schön_arbeiten…"
    library = opened("officer")
    council.receive(library, *council.put(tmp_path / "inbox", changed, council.evaluation("Plain")))
    for words in ("gwyl", "Lodz gwyl", "ŁÓD", "schon_arb", "arbeiten"):
        (passage,) = library.passages(library.places(Wanted(words=words)))
        assert (passage.name, passage.text) == ("Another", text)
    assert library.places(Wanted(words="wyl")) == []
    assert library.places(Wanted(words="gwyl", area="attendance")) == []
    assert len(library.places(Wanted(words="gwyl", area="needs", parts=("area",)))) == 1
    (revision,) = library.providers(Wanted(name="Another"))
    assert len(library.places(Wanted(words="gwyl", evaluation=revision.evaluation))) == 1


def _deny_full_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """As an SQLite that was built without FTS5."""
    real = full_text.create_search

    class Without:
        def __init__(self, connection: object) -> None:
            self._connection = connection

        def __getattr__(self, name: str) -> object:
            return getattr(self._connection, name)

        def exec_driver_sql(self, sql: str) -> object:
            if "fts5" in sql:
                raise OperationalError(sql, None, Exception("no such module: fts5"))
            return self._connection.exec_driver_sql(sql)  # type: ignore[attr-defined]

    monkeypatch.setattr(
        "apq_desktop.library.indexing.index.create_search",
        lambda connection: real(Without(connection)),  # type: ignore[arg-type]
    )


def test_a_newer_revision_is_read_in_place_of_the_earlier_one(library: FolderLibrary, tmp_path: Path) -> None:
    first = council.evaluation("Twice")
    second = council.later(first, title="Second")
    receipt = council.receive(library, *council.put(tmp_path / "more", second, first))
    assert [one.outcome for one in receipt.arrived] == ["new", "new revision"]
    assert [(one.title, one.current) for one in library.revisions(first.id)] == [(first.title, False), ("Second", True)]
    assert [one.title for one in library.providers(Wanted(name="Twice"))] == ["Second"]
    assert [one.status.word for one in library.providers(Wanted(name="Twice"))] == ["new-version"]


def test_a_revision_is_one_however_its_file_is_written(library: FolderLibrary, tmp_path: Path) -> None:
    (file,) = council.put(tmp_path / "more", council.evaluation("Once"))
    other = tmp_path / "more" / "other.json"
    other.write_text(json.dumps(json.loads(file.read_bytes()), indent=1), "utf-8")
    assert [one.outcome for one in council.receive(library, file, other).arrived] == ["new", "known"]
    (once,) = library.providers(Wanted(name="Once"))
    assert len(library.names_of(once)) == 2
    of_library.remove_provider(library, once.provider)
    third = tmp_path / "third.json"
    third.write_text(json.dumps(json.loads(file.read_bytes())), "utf-8")
    assert [one.outcome for one in council.receive(library, third).arrived] == ["taken out"]


def test_a_damaged_index_is_made_anew_from_the_packs(
    library: FolderLibrary, opened: Callable[[str], FolderLibrary]
) -> None:
    before = library.providers()
    library.close()
    library.files.index.write_bytes(b"not a database" * 400)
    again = opened("officer")
    assert again.providers() == []
    council.catch_up(again)
    assert again.providers() == before


def test_a_rebuilt_index_says_the_same(library: FolderLibrary) -> None:
    before, keys = library.providers(), library.places(Wanted(words="pupils"))
    library.rebuild()
    council.catch_up(library)
    assert library.providers() == before
    assert [one.text for one in library.passages(library.places(Wanted(words="pupils")))] == [
        one.text for one in library.passages(keys)
    ]


def test_two_windows_of_one_person_never_have_one_library_open(
    library: FolderLibrary, opened: Callable[[str], FolderLibrary]
) -> None:
    with pytest.raises(FileRefusedError, match="open in another window"):
        opened("officer")
    assert len(library.providers()) == len(IN_ORDER)
    library.close()
    assert len(opened("officer").providers()) == len(IN_ORDER)


def test_the_list_is_filtered_by_what_a_person_looks_for(library: FolderLibrary) -> None:
    assert len(library.providers(Wanted(state="received", waits_for="reviewer", stage="4"))) == len(IN_ORDER)
    assert library.providers(Wanted(state="agreed")) == []
    assert library.providers(Wanted(waits_for="setting")) == []
    assert library.providers(Wanted(stage="1")) == []
    (elm,) = library.providers(Wanted(name="Elm"))
    assert library.providers(Wanted(providers=frozenset([elm.provider]))) == [elm]
