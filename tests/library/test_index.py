"""What was received can be read by place and by words, in the order of the settings' names, and is rebuilt on doubt."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from apq_desktop import paths, services
from apq_desktop.evaluation.model import Evaluation, new_id
from apq_desktop.library.index import Index, Received, open_local
from apq_desktop.library.packs import digest_of
from apq_desktop.library.reading import Wanted
from apq_desktop.toolkit.loader import load

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("Zed", "abbey", "Élan", "Elm", "Ŵyn")


def received(evaluation: Evaluation) -> Received:
    return Received(digest_of(repr(evaluation).encode()), ".json", "2026-11-27T10:00:00+00:00", evaluation)


@pytest.fixture(scope="module")
def example() -> Evaluation:
    return services.example(load(paths.forms()))


def of_setting(example: Evaluation, name: str) -> Evaluation:
    evaluation = deepcopy(example)
    evaluation.id = new_id()
    evaluation.setting = replace(example.setting, id=new_id(), name=name)
    return evaluation


@pytest.fixture
def index(tmp_path: Path, example: Evaluation) -> Iterator[Index]:
    found, is_new = open_local(tmp_path / "index.sqlite")
    assert is_new
    found.add(received(of_setting(example, name)) for name in NAMES)
    yield found
    found.close()


def test_settings_stand_in_the_order_of_their_names_whatever_their_accents(index: Index) -> None:
    assert [one.name for one in index.revisions(Wanted())] == ["abbey", "Élan", "Elm", "Ŵyn", "Zed"]


def test_one_area_is_read_across_settings(index: Index, example: Evaluation) -> None:
    keys = index.places(Wanted(area="attendance", part="development_areas"))
    found = index.passages(keys)
    texts = [entry.text for entry in example.area("attendance").development_areas]
    assert [passage.text for passage in found] == texts * len(NAMES)
    assert [passage.name for passage in found[:: len(texts)]] == ["abbey", "Élan", "Elm", "Ŵyn", "Zed"]


def test_words_are_found_from_their_beginning_whatever_their_accents(index: Index, example: Evaluation) -> None:
    changed = of_setting(example, "Another")
    changed.area("needs").support = "Gŵyl Łódź"
    index.add([received(changed)])
    for words in ("gwyl", "Lodz gwyl", "ŁÓD"):
        (passage,) = index.passages(index.places(Wanted(words=words)))
        assert (passage.name, passage.text) == ("Another", "Gŵyl Łódź")
    assert index.places(Wanted(words="gwyl", area="attendance")) == []
    assert len(index.places(Wanted(words="gwyl", area="needs", part="area"))) == 1


def test_a_newer_revision_is_read_in_place_of_the_earlier_one_until_it_is_taken_out(
    index: Index, example: Evaluation
) -> None:
    first = of_setting(example, "Twice")
    second = replace(deepcopy(first), revision=first.revision + 1, title="Second")
    index.add([received(second), received(first), received(first)])
    of = Wanted(evaluation=first.id)
    assert [(one.title, one.current) for one in index.revisions(of)] == [(first.title, False), ("Second", True)]
    index.remove(received(second).digest)
    assert [(one.title, one.current) for one in index.revisions(of)] == [(first.title, True)]
    index.remove(received(first).digest)
    assert index.revisions(of) == []
    assert index.places(of) == []


def test_a_damaged_index_is_made_anew(tmp_path: Path, index: Index) -> None:
    index.close()
    path = tmp_path / "index.sqlite"
    path.write_bytes(b"not a database" * 400)
    found, is_new = open_local(path)
    assert is_new
    assert found.revisions(Wanted()) == []
    found.close()


def test_a_whole_index_is_kept(tmp_path: Path, index: Index) -> None:
    index.close()
    found, is_new = open_local(tmp_path / "index.sqlite")
    assert not is_new
    assert len(found.revisions(Wanted())) == len(NAMES)
    found.close()


def test_lines_are_kept_once_whichever_journal_brings_them(index: Index) -> None:
    assert index.add_lines("a.journal", 10, [("1", "e", "body"), ("2", "", "other")]) == {"e", ""}
    assert index.add_lines("a (conflict).journal", 10, [("1", "e", "body")]) == set()
    assert index.lines("e") == ["body"]
    assert index.offsets() == {"a.journal": 10, "a (conflict).journal": 10}
