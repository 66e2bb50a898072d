"""One area read across settings: the right passages, the right words, alphabetical, whatever accents are typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from apq_desktop.library.collection import Wanted
from apq_desktop.services.libraries import open_library as library_service
from apq_desktop.services.locality import reading_across, tags
from apq_desktop.services.locality.reading_across import places_of_words, read_across, wanted_part
from tests.library import council

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.library.folder import FolderLibrary

ORDER = ["abbey", "Élan", "Elm", "Ŵyn", "Zed"]


def whose(library: FolderLibrary, wanted: Wanted) -> list[str]:
    return list(dict.fromkeys(passage.name for passage in read_across(library, wanted)))


@pytest.mark.parametrize("part", ["development_areas", "actions", "support"])
def test_all_of_a_kind_stands_in_one_list_of_settings_by_their_names(part: str, library: FolderLibrary) -> None:
    wanted = wanted_part(part, Wanted())
    found = list(read_across(library, wanted))
    assert list(dict.fromkeys(passage.name for passage in found)) == ORDER
    assert {(passage.part, passage.field) for passage in found} == {(wanted.parts[0], wanted.field)}
    one = library.providers()[0]
    evaluation = library_service.received_evaluation(library, one, council.catalogue())
    texts = {
        "development_areas": [entry.text for area in evaluation.areas for entry in area.development_areas],
        "actions": [action.what for area in evaluation.areas for action in evaluation.actions_of(area.key)],
        "area": [area.support for area in evaluation.areas if area.support],
    }[wanted.parts[0]]
    assert [passage.text for passage in found if passage.evaluation == one.evaluation] == texts
    of_one_area = list(read_across(library, wanted_part(part, Wanted(area="attendance"))))
    assert of_one_area == [passage for passage in found if passage.area == "attendance"]


def test_words_are_found_with_a_field_as_without(library: FolderLibrary) -> None:
    word = next(read_across(library, wanted_part("actions", Wanted()))).text.split()[0]
    every = list(read_across(library, Wanted(words=word, parts=("actions",))))
    only = list(read_across(library, wanted_part("actions", Wanted(words=word))))
    assert only
    assert only == [passage for passage in every if passage.field == "what"]
    assert not list(read_across(library, Wanted(words="!?")))


def test_filters_leave_those_that_fit(library: FolderLibrary, tmp_path: Path) -> None:
    other = council.evaluation("Far away")
    other.setting.local_authority, other.setting.kind, other.setting.key_stages = "Northshire", "hospital", ["1"]
    council.receive(library, *council.put(tmp_path / "more", other))
    library_service.write_about_library(library, "tag", provider=other.setting.id, text="Ŵyl")
    for wanted in (
        Wanted(authority="Northshire"),
        Wanted(kind="hospital"),
        Wanted(stage="1"),
        tags.tagged(library, "wyl"),
    ):
        assert whose(library, wanted) == ["Far away"], wanted
    there = reading_across.choices(library)
    assert ("Northshire" in there.councils, "hospital" in there.kinds, there.tags) == (True, True, ("Ŵyl",))


def test_a_source_that_several_areas_cite_stands_under_each_and_once_among_all(
    library: FolderLibrary, tmp_path: Path
) -> None:
    made = council.evaluation("Citing")
    source, citing = made.evidence[0], made.areas[3:6]
    source.title = "Zarthvisit"
    for area in made.areas:
        area.evidence = [source.id] if area in citing else []
    council.receive(library, *council.put(tmp_path / "more", made))
    for words in ("", "zarth"):
        wanted = wanted_part("evidence", Wanted(words=words))
        found = {
            area.key: [one.area for one in read_across(library, replace(wanted, area=area.key)) if one.name == "Citing"]
            for area in made.areas
        }
        assert {key: areas for key, areas in found.items() if areas} == {area.key: [area.key] for area in citing}
        there = [one.text for one in read_across(library, wanted) if one.name == "Citing"]
        assert there.count("Zarthvisit") == 1
    library.rebuild()
    council.catch_up(library)
    library_service.remove_evaluation(library, made.id)
    assert not list(read_across(library, Wanted(words="zarth")))


def test_an_earlier_revision_is_read_on_request(library: FolderLibrary, tmp_path: Path) -> None:
    first = library.providers()[0]
    made = council.evaluation("Again")
    newer = council.later(made, summary="Something new altogether.")
    council.receive(library, *council.put(tmp_path / "more", made, newer))
    assert first.current
    current = Wanted(name="again", parts=("evaluation",), field="summary")
    assert [passage.text for passage in read_across(library, current)] == ["Something new altogether."]
    both = Wanted(evaluation=made.id, parts=("evaluation",), field="summary")
    assert [passage.number for passage in read_across(library, both)] == [made.revision, newer.revision]


def test_words_are_marked_where_they_begin_in_the_text_itself() -> None:
    text = "Café at 8. The CAFÉS are full; decaf is out."
    assert [text[first:last] for first, last in places_of_words(text, "cafe")] == ["Café", "CAFÉ"]
    assert not places_of_words(text, " !")
