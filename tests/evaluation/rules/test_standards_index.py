"""The index by an outside list of standards leads to what is written, and says nothing about how well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from apq_desktop import paths
from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.evaluation.model import Entry, Evaluation, Evidence
from apq_desktop.evaluation.rules.standards_index import MarkedText, index, suggested
from apq_desktop.toolkit.local_questions import load_local, with_local

if TYPE_CHECKING:
    from apq_desktop.toolkit.catalogue import Catalogue


@pytest.fixture
def marked(empty: Evaluation) -> Evaluation:
    area = empty.area("workforce")
    area.strengths = [
        Entry("s1", "All staff are trained.", standards=["1.4", "northshire:2"]),
        Entry(standards=["1.4"]),
    ]
    area.development_areas = [Entry("d1", "The gate stays open.", standards=["1.6"])]
    log = Evidence("e1", "Training log", location="Office", review_date="2027-01-08", standards=["1.4"])
    empty.evidence = [log, Evidence("e2", "Site plan", standards=["1.6"])]
    area.evidence = ["e1"]
    empty.area("needs").evidence = ["e1"]
    return empty


def test_each_standard_has_what_is_written_then_its_proof_and_what_has_nothing_comes_last(
    marked: Evaluation, catalogue: Catalogue
) -> None:
    national = catalogue.standards_lists[0]
    entries = index(marked, catalogue, national)
    assert sorted(entry.standard.key for entry in entries) == sorted(one.key for one in national.standards)
    assert [entry.standard.key for entry in entries if entry.marked] == ["1.4", "1.6"]
    assert [entry.standard.key for entry in entries[:2]] == ["1.4", "1.6"]
    assert entries[0].theme == "Safeguarding and welfare"
    where = "1 Workforce development and wellbeing"
    assert entries[0].marked == (
        MarkedText(where, "All staff are trained.", "workforce", Target("strengths", "s1", "workforce"), "text"),
        MarkedText(where, "Training log", "", Target("evidence", "e1"), "title", "Office", "2027-01-08"),
    )
    assert [one.where for one in entries[1].marked] == [where, "Evidence"]


def test_a_councils_own_list_comes_in_its_pack(marked: Evaluation, catalogue: Catalogue) -> None:
    pack = load_local(paths.resources() / "example" / "northshire-questions.toml")
    both = with_local(catalogue, [pack])
    national, own = both.standards_lists
    assert (national.key, own.name, own.edition) == ("national", "Northshire Council", "2026")
    assert [entry.standard.key for entry in index(marked, both, own) if entry.marked] == ["northshire:2"]


def test_suggested_is_what_touches_the_area_with_what_a_word_hints_at_first(catalogue: Catalogue) -> None:
    area = catalogue.area("workforce")
    found = suggested(catalogue, area, "The DSL has deputies on every day.")
    assert found[0].key == "1.5"
    assert all(area.number in standard.areas for standard in found)
    assert suggested(catalogue, area, "")[0].key == "1.1"
