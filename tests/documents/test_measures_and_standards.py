"""Facts, targets, readings, what is planned, and where the proof stands are told in the document and the web page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from apq_desktop import services
from apq_desktop.documents.html.web_page import web_page
from apq_desktop.documents.pdf.renderer import standards_pdf
from apq_desktop.evaluation.model import Action, Entry, Evidence
from apq_desktop.evaluation.rules.outgoing_copy import Include
from tests.documents.outloud_findings import ANNEXES, findings
from tests.documents.pdf_readers import text_of
from tests.documents.pdf_validation import failures
from tests.documents.samples import sample
from tests.documents.tag_checker import read_aloud
from tests.documents.write_pdf import write_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.toolkit.catalogue import Catalogue

STANDARDS = Include(annexes=("standards",))


@pytest.fixture
def evaluation(catalogue: Catalogue) -> Evaluation:
    evaluation = sample("empty", catalogue)
    setting = evaluation.setting
    setting.on_roll, setting.hours_a_week, setting.facts_as_at = "16", "15 hours on three days", "2026-11-13"
    area = evaluation.area("workforce")
    area.strengths = [Entry("s1", "All staff are trained. Twice a year.", standards=["1.4"], preparation="planned")]
    area.evidence = ["e1"]
    evaluation.evidence = [
        Evidence("e1", "Training log", location="Office", review_date="2027-01-08", standards=["1.4", "1.6"])
    ]
    readings = "9 of 16\n[2026-09-25] 10 of 16\n[2026-11-13] 11 of 16"
    evaluation.actions = [
        Action("a1", "workforce", "Train", measure="Staff trained", starting_point="5 of 16", target="16 of 16"),
        Action("a2", "workforce", "Ask", priority="first", readings=readings, current_point="11 of 16"),
    ]
    return evaluation


def _words(evaluation: Evaluation, catalogue: Catalogue, target: Path, include: Include) -> list[str]:
    write_pdf(evaluation, catalogue, target, include=include)
    page = web_page(evaluation, catalogue, include=include).decode()
    return [" ".join(text.split()) for text in (text_of(target), page)]


def test_every_new_field_is_a_label_and_a_value(evaluation: Evaluation, catalogue: Catalogue, tmp_path: Path) -> None:
    paper, page = _words(evaluation, catalogue, tmp_path / "a.pdf", Include())
    for told in (
        "Staff trained. Start: 5 of 16. Target: 16 of 16.",
        "Now: 11 of 16 (13 Nov 2026). Before: 10 of 16 (25 Sep 2026); 9 of 16.",
        "Not started (priority: first)",
        "Planned: All staff are trained.",
        "On roll 16; as at: 13 November 2026",
        "Time 15 hours on three days",
    ):
        assert told in paper
    for value in ("Target:", "(13 Nov 2026)", "(priority: first)", "Planned:", "as at: 13 November"):
        assert value in page


def test_facts_of_the_setting_stay_behind_with_its_context(evaluation: Evaluation, catalogue: Catalogue) -> None:
    assert "on three days" not in web_page(evaluation, catalogue, include=Include(context=False)).decode()


def test_the_annex_leads_from_each_standard_to_text_and_proof_and_names_the_rest_last(
    evaluation: Evaluation, catalogue: Catalogue, tmp_path: Path
) -> None:
    paper, page = _words(evaluation, catalogue, tmp_path / "a.pdf", STANDARDS)
    national = catalogue.standards_lists[0]
    assert "E1 Training log (Office; look again 8 Jan 2027)" in paper
    assert "1 All staff are trained." in paper
    annex = page.rpartition("Where the proof stands")[2]
    places = [annex.index(standard.name) for standard in national.standards]
    rest = annex.index("Nothing is marked yet for these")
    assert [one.key for one, place in zip(national.standards, places, strict=True) if place < rest] == ["1.4", "1.6"]
    assert "%" not in annex
    assert findings(tmp_path / "a.pdf", ANNEXES) == []
    assert [failures(tmp_path / "a.pdf", profile) for profile in ("ua1", "3a")] == [[], []]


def test_it_can_be_printed_alone(evaluation: Evaluation, catalogue: Catalogue, tmp_path: Path) -> None:
    target = services.save(services.ExportRequest(evaluation, catalogue, tmp_path, ("standards",)), "proof.pdf")
    assert target.read_bytes() == standards_pdf(evaluation, catalogue)
    assert ("H1", "Where the proof stands") in read_aloud(target)
    assert findings(target) == []
    assert [failures(target, profile) for profile in ("ua1", "3a")] == [[], []]
