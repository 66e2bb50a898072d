"""What is written is read again, every word of it."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apq_desktop import __version__, paths
from apq_desktop.errors import NotWrittenError
from apq_desktop.evaluation.model import (
    MAX_TEXT,
    Action,
    Entry,
    Evaluation,
    Evidence,
    Setting,
    new_evaluation,
)
from apq_desktop.evaluation.text.cleaning import clean, clean_line
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.toolkit.loader import load

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.toolkit.catalogue import Catalogue

CATALOGUE = load(paths.forms())
STAMP = "2026-11-22T10:42:00+00:00"
ANY_TEXT = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=60),
    st.text('\t\n\r\u200e\u200f\u061c\u202e\u2066\ud83d\x00\x0b\u2028\u00a0é😀مق𝔘"\\/<&', max_size=30),
)
TEXT = ANY_TEXT.map(clean)
LINE = ANY_TEXT.map(clean_line)


@st.composite
def evaluations(draw: st.DrawFn) -> Evaluation:
    setting = Setting(name=draw(LINE), contact=draw(TEXT), places=draw(LINE))
    made = new_evaluation(CATALOGUE, created=STAMP, title=draw(LINE), setting=setting)
    made.summary, made.took_part, made.period = draw(TEXT), draw(TEXT), draw(LINE)
    made.revision = draw(st.integers(0, 1_000_000))
    area = made.areas[draw(st.integers(0, 12))]
    area.questions[0].note, area.support, area.reason = draw(TEXT), draw(TEXT), draw(TEXT)
    area.applies = draw(st.booleans())
    area.strengths = [Entry(text=text) for text in draw(st.lists(TEXT, max_size=3))]
    area.development_areas = [Entry(text=draw(TEXT))]
    made.evidence = [Evidence(title=draw(TEXT), kind=draw(LINE), location=draw(TEXT))]
    area.evidence = [made.evidence[0].id]
    link = area.development_areas[0].id
    made.actions = [Action(area=area.key, what=draw(TEXT), who=draw(LINE), development_area=link)]
    return made


@given(evaluations())
def test_any_text_that_the_window_accepts_is_read_as_it_was_written(made: Evaluation) -> None:
    received = evaluation_json.read_bytes(evaluation_json.write(made, CATALOGUE), "pack.json", CATALOGUE)

    assert received.evaluation == made
    assert received.remarks == ()


def test_every_field_is_written_and_read(evaluation: Evaluation, catalogue: Catalogue, tmp_path: Path) -> None:
    data = evaluation_json.write(evaluation, catalogue)
    path = tmp_path / "pack.json"
    path.write_bytes(data)

    received = evaluation_json.read(path, catalogue)

    assert received.evaluation == evaluation
    assert type(received.evaluation) is Evaluation
    assert received.remarks == ()
    assert received.original == data
    assert received.code == evaluation_json.code_of(data)


def test_the_same_evaluation_gives_the_same_bytes(evaluation: Evaluation, catalogue: Catalogue) -> None:
    before = deepcopy(evaluation)
    data = evaluation_json.write(evaluation, catalogue)

    assert evaluation_json.write(evaluation, catalogue) == data
    assert evaluation == before
    received = evaluation_json.read_bytes(data, "pack.json", catalogue)
    assert evaluation_json.write(received.evaluation, catalogue) == data


def test_the_header_stands_first_and_the_digest_last(evaluation: Evaluation, catalogue: Catalogue) -> None:
    data = evaluation_json.write(evaluation, catalogue)
    document = json.loads(data)

    assert list(document)[:10] == [
        "format",
        "version",
        "program_version",
        "toolkit_edition",
        "id",
        "revision",
        "supersedes",
        "created",
        "changed",
        "title",
    ]
    assert list(document)[-5:] == ["setting", "areas", "evidence", "actions", "digest"]
    assert document["program_version"] == __version__
    assert document["toolkit_edition"] == catalogue.edition
    assert data.startswith(b'{\n  "format": "apq-evaluation",\n')
    assert data.endswith(b"}\n")


def test_letters_are_written_as_they_are(evaluation: Evaluation, catalogue: Catalogue) -> None:
    evaluation.summary = "Ŵyn ąę العربية 😀"
    assert "Ŵyn ąę العربية 😀".encode() in evaluation_json.write(evaluation, catalogue)


def test_citations_of_what_was_deleted_are_not_sent(evaluation: Evaluation, catalogue: Catalogue) -> None:
    gone = evaluation.evidence.pop(3)
    answered = evaluation.areas[5].development_areas.pop()
    evaluation.areas[2].evidence *= 2
    before = deepcopy(evaluation)

    found = evaluation_json.read_bytes(evaluation_json.write(evaluation, catalogue), "pack.json", catalogue)

    assert all(gone.id not in area.evidence for area in found.evaluation.areas)
    assert all(action.development_area != answered.id for action in found.evaluation.actions)
    assert len(found.evaluation.areas[2].evidence) == 2
    assert len(found.evaluation.actions) == len(evaluation.actions)
    assert evaluation == before


def test_what_no_file_may_hold_is_not_written(evaluation: Evaluation, catalogue: Catalogue) -> None:
    evaluation.summary = "one\r\ntwo\x00\ud83d \u202ethree"
    evaluation.title = "Two\nlines"
    before = deepcopy(evaluation)

    received = evaluation_json.read_bytes(evaluation_json.write(evaluation, catalogue), "pack.json", catalogue)

    assert received.evaluation.summary == "one\ntwo three"
    assert received.evaluation.title == "Two lines"
    assert received.remarks == ()
    assert evaluation == before


def test_what_the_receiver_would_refuse_is_said_before_it_is_sent(evaluation: Evaluation, catalogue: Catalogue) -> None:
    evaluation.areas[2].strengths[0].text = "x" * (MAX_TEXT + 1)
    with pytest.raises(NotWrittenError, match="areas, 3rd item, strengths, 1st item, text: is too long"):
        evaluation_json.write(evaluation, catalogue)


def test_more_than_the_receiver_would_read_is_not_written(evaluation: Evaluation, catalogue: Catalogue) -> None:
    evaluation.areas[0].strengths = [Entry(text="x" * MAX_TEXT) for _ in range(130)]
    with pytest.raises(NotWrittenError, match="too long to send"):
        evaluation_json.write(evaluation, catalogue)


def test_notes_on_unknown_questions_are_kept(evaluation: Evaluation, catalogue: Catalogue) -> None:
    document = json.loads(evaluation_json.write(evaluation, catalogue))
    del document["digest"]
    document["areas"][3]["questions"].insert(0, {"key": "local.1", "note": "Ours"})

    received = evaluation_json.read_bytes(json.dumps(document).encode(), "pack.json", catalogue)

    assert received.evaluation.areas[3].questions[-1].note == "Ours"
    assert any("a note on a question that this program does not ask" in remark for remark in received.remarks)


def test_another_edition_of_the_toolkit_is_remarked(evaluation: Evaluation, catalogue: Catalogue) -> None:
    document = json.loads(evaluation_json.write(evaluation, catalogue))
    del document["digest"]
    document["toolkit_edition"] = "2031"

    received = evaluation_json.read_bytes(json.dumps(document).encode(), "pack.json", catalogue)

    assert "It was written for another edition of the toolkit." in received.remarks
