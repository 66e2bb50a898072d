"""Notes on a council's own questions travel in the JSON, and are kept where its pack is missing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from apq_desktop import paths
from apq_desktop.errors import PackRefusedError
from apq_desktop.evaluation.model import align, other_notes
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.toolkit.local_questions import load_local, with_local

if TYPE_CHECKING:
    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.toolkit.catalogue import Catalogue

EXAMPLE = paths.resources() / "example" / "northshire-questions.toml"


@pytest.fixture
def local(catalogue: Catalogue) -> Catalogue:
    return with_local(catalogue, [load_local(EXAMPLE)])


@pytest.fixture
def answered(evaluation: Evaluation, local: Catalogue) -> Evaluation:
    align(evaluation, local)
    evaluation.area("attendance").note("northshire:6.1").note = "Within the hour."
    return evaluation


def test_a_note_on_a_local_question_is_written_and_read(answered: Evaluation, local: Catalogue) -> None:
    received = evaluation_json.read_bytes(evaluation_json.write(answered, local), "pack.json", local)
    assert received.evaluation == answered
    assert received.remarks == ()


def test_where_the_pack_is_missing_the_note_is_kept_and_said_to_be(
    answered: Evaluation, catalogue: Catalogue, local: Catalogue
) -> None:
    received = evaluation_json.read_bytes(evaluation_json.write(answered, local), "pack.json", catalogue)
    area = received.evaluation.area("attendance")
    assert [note.note for note in other_notes(area, catalogue.area("attendance"))] == ["Within the hour."]
    assert received.remarks == (
        "It holds a note on a question that this program does not ask; it is kept under other notes.",
    )
    written = evaluation_json.write(received.evaluation, catalogue)
    again = evaluation_json.read_bytes(written, "pack.json", local)
    assert again.evaluation == answered


@pytest.mark.parametrize("key", ["a:b", "northshire:6.1", "A-1.b:6.1", "local.1", "6.3"])
def test_keys_of_any_pack_are_accepted(document: dict[str, Any], catalogue: Catalogue, key: str) -> None:
    document["areas"][3]["questions"].append({"key": key, "note": "x"})
    received = evaluation_json.read_bytes(json.dumps(document).encode(), "pack.json", catalogue)
    assert received.evaluation.areas[3].note(key).note == "x"


@pytest.mark.parametrize("key", ["", ":6.1", "a:", "a:b:c", "a:/etc", "=a:1", "a :1", "a:" + "1" * 20])
def test_what_is_no_key_is_refused(document: dict[str, Any], catalogue: Catalogue, key: str) -> None:
    document["areas"][0]["questions"].append({"key": key, "note": "x"})
    with pytest.raises(PackRefusedError, match="questions"):
        evaluation_json.read_bytes(json.dumps(document).encode(), "pack.json", catalogue)


def test_no_other_key_takes_a_packs_name_before_it(document: dict[str, Any], catalogue: Catalogue) -> None:
    document["setting"]["kind"] = "northshire:pru"
    with pytest.raises(PackRefusedError, match="kind"):
        evaluation_json.read_bytes(json.dumps(document).encode(), "pack.json", catalogue)
