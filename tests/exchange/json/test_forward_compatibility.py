"""A pack of a later state of the format is read, and what it says is given on; one of an earlier state too."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import MISSING, asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any

import pytest

from apq_desktop.errors import NotWrittenError, PackRefusedError
from apq_desktop.evaluation.model import (
    ADDED_LATER,
    Action,
    AreaRecord,
    Entry,
    Evaluation,
    Evidence,
    Line,
    QuestionNote,
    Setting,
)
from apq_desktop.evaluation.unknown_fields import MOST_KEPT, as_text
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.exchange.json.digest import digest_of
from apq_desktop.exchange.json.envelope import READER_LEVEL
from apq_desktop.exchange.json.forward_compatibility import known_names, put_back
from tests.exchange import stored_packs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apq_desktop.toolkit.catalogue import Catalogue

Document = dict[str, Any]
STATES = [number for number, _ in stored_packs.history()]
UNKNOWN = stored_packs.FOLDER / "unknown-names.json"
CLASSES = (Evaluation, Setting, AreaRecord, QuestionNote, Entry, Evidence, Action)


def _state(number: int) -> Document:
    return dict(json.loads((stored_packs.FOLDER / f"state-{number}.json").read_bytes()))


def _objects(kind: type, plain: Document) -> Iterator[tuple[type, Document]]:
    """Every object of the document, with its class."""
    yield kind, plain
    for name, inner in known_names(kind).items():
        if inner is not None and name in plain:
            for item in plain[name] if isinstance(plain[name], list) else [plain[name]]:
                yield from _objects(inner, item)


def _without_header(document: Document) -> Document:
    return {name: value for name, value in document.items() if name not in ("program_version", "digest")}


def _without_later_questions(document: Document, before: Document) -> Document:
    """A document without the empty notes on questions that the instrument has gained since ``before``."""
    told = deepcopy(document)
    for area, then in zip(told["areas"], before["areas"], strict=True):
        asked = {note["key"] for note in then["questions"]}
        area["questions"] = [note for note in area["questions"] if note["key"] in asked or note["note"]]
    return told


def _read(document: Document, catalogue: Catalogue) -> evaluation_json.Received:
    return evaluation_json.read_bytes(json.dumps(document).encode(), "pack.json", catalogue)


def _written_again(received: evaluation_json.Received, catalogue: Catalogue) -> Document:
    written = dict(json.loads(evaluation_json.write(received.evaluation, catalogue)))
    assert written["digest"] == digest_of(written)
    return written


def test_the_newest_state_of_the_format_has_its_entry_in_the_history() -> None:
    """Where this fails, the format has changed: HISTORY.md says what to do. The new shape is the one found here."""
    assert [number for number, _ in stored_packs.history()] == list(range(1, len(STATES) + 1))
    assert len({shape for _, shape in stored_packs.history()}) == len(STATES)
    assert stored_packs.history()[-1] == (STATES[-1], stored_packs.shape())


def test_a_pack_of_every_state_is_kept() -> None:
    kept = {f"state-{number}.json" for number in STATES}
    assert {path.name for path in stored_packs.FOLDER.iterdir()} == kept | {UNKNOWN.name}


@pytest.mark.parametrize("number", STATES)
def test_a_pack_of_every_state_is_read_without_remark_and_written_again_word_for_word(
    number: int, catalogue: Catalogue
) -> None:
    document = _state(number)
    received = _read(document, catalogue)
    assert received.remarks == ()
    again = _without_later_questions(_written_again(received, catalogue), document)
    assert _without_header(again) == _without_header(document)


def test_the_newest_pack_holds_something_under_every_name() -> None:
    filled: dict[type, set[str]] = {kind: set() for kind in CLASSES}
    for kind, plain in _objects(Evaluation, _state(STATES[-1])):
        filled[kind] |= {name for name, value in plain.items() if value}
    for kind, names in filled.items():
        assert set(known_names(kind)) - names == set(), kind


def test_what_the_format_gained_has_a_default_and_is_left_out_while_it_holds_nothing() -> None:
    first: dict[type, set[str]] = {kind: set() for kind in CLASSES}
    for kind, plain in _objects(Evaluation, _state(1)):
        first[kind] |= set(plain)
    for kind in CLASSES:
        for one in fields(kind):
            if one.name in known_names(kind) and one.name not in first[kind]:
                assert one.metadata.items() >= ADDED_LATER.items(), (kind, one.name)
                assert (one.default, one.default_factory) != (MISSING, MISSING), (kind, one.name)


@dataclass(slots=True)
class LaterEntry(Entry):
    """An entry as a later state may have it."""

    seen_by: list[Line] = field(default_factory=list, metadata=ADDED_LATER)
    cost: Line = field(default="", metadata=ADDED_LATER)


def test_a_later_field_is_written_only_where_it_holds_something() -> None:
    old = asdict(Entry("s1", "Calm"))
    for name in ("unknown_fields", "preparation", "standards"):
        del old[name]
    assert put_back(asdict(LaterEntry("s1", "Calm")), LaterEntry) == old
    assert put_back(asdict(LaterEntry("s1", "Calm", cost="1")), LaterEntry) == {**old, "cost": "1"}


def test_what_is_known_by_now_is_never_written_twice() -> None:
    kept = as_text({"cost": ["not a line"], "colour": "green"})
    later = asdict(LaterEntry("s1", unknown_fields=kept))
    assert put_back(later, LaterEntry).get("cost") is None
    assert put_back(later, LaterEntry)["colour"] == "green"


def test_what_is_not_known_is_kept_at_every_level_and_written_again_in_its_place(catalogue: Catalogue) -> None:
    document = dict(json.loads(UNKNOWN.read_bytes()))
    strange: dict[type, int] = dict.fromkeys(CLASSES, 0)
    for kind, plain in _objects(Evaluation, document):
        strange[kind] += len(set(plain) - set(known_names(kind)))
    strange[Evaluation] -= len(("format", "version", "program_version", "toolkit_edition", "digest"))
    assert all(strange.values())

    received = evaluation_json.read(UNKNOWN, catalogue)

    assert received.remarks == (f"{sum(strange.values())} details that this version does not know are kept.",)
    assert received.code == evaluation_json.short_code(digest_of(document))
    written = _written_again(received, catalogue)
    assert _without_header(_without_later_questions(written, document)) == _without_header(document)
    assert list(written)[-3:] == ["id_of_form", "replies", "digest"]
    assert _read(written, catalogue).evaluation == received.evaluation


def test_one_detail_is_said_in_the_singular(document: Document, catalogue: Catalogue) -> None:
    document["areas"][2]["strengths"][1]["visibility"] = ""
    assert "1 detail that this version does not know is kept." in _read(document, catalogue).remarks


def test_a_change_to_what_is_not_known_is_noticed_by_the_digest(catalogue: Catalogue) -> None:
    document = dict(json.loads(UNKNOWN.read_bytes()))
    document["actions"][0]["cost"] = "£ 3,000"
    with pytest.raises(PackRefusedError, match="damaged or changed"):
        _read(document, catalogue)


def _required(kind: type) -> set[str]:
    schema = json.loads(evaluation_json.schema())
    return set((schema if kind is Evaluation else schema["$defs"][kind.__name__]).get("required", ()))


def test_whatever_is_optional_may_be_missing_and_the_rest_may_not(catalogue: Catalogue) -> None:
    whole = _state(STATES[-1])
    del whole["digest"], whole["actions"][0]["development_area"]
    whole["areas"] = [area | {"evidence": []} for area in whole["areas"]]
    sparse = deepcopy(whole)
    for kind, plain in list(_objects(Evaluation, sparse)):
        for name in set(plain) - _required(kind) - {"areas", "setting", "evidence", "actions", "questions"}:
            if name not in ("strengths", "development_areas", "area"):
                del plain[name]
    read = _read(sparse, catalogue).evaluation
    assert (read.title, read.setting.name, read.actions[0].what) == ("", "", "")
    for kind, name in ((one, name) for one in CLASSES for name in _required(one)):
        spoilt = deepcopy(whole)
        del next(plain for found, plain in _objects(Evaluation, spoilt) if found is kind)[name]
        with pytest.raises(PackRefusedError):
            _read(spoilt, catalogue)
    assert {kind: _required(kind) for kind in CLASSES if _required(kind)} == {
        Evaluation: {"format", "version", "id", "areas"},
        AreaRecord: {"number", "key", "title"},
        QuestionNote: {"key"},
    }


def test_as_much_as_can_be_kept_is_kept_and_no_more(document: Document, catalogue: Catalogue) -> None:
    strength = document["areas"][2]["strengths"][0]
    strength["where"] = "x" * (MOST_KEPT - len('{"where":""}'))
    received = _read(document, catalogue)
    assert len(received.evaluation.areas[2].strengths[0].unknown_fields) == MOST_KEPT
    document["setting"]["where"] = ""
    with pytest.raises(PackRefusedError, match="more than 200 kB of details that this version of APQ Desktop does not"):
        _read(document, catalogue)
    received.evaluation.setting.unknown_fields = as_text({"where": ""})
    with pytest.raises(NotWrittenError, match="more than 200 kB"):
        evaluation_json.write(received.evaluation, catalogue)


def test_the_level_of_a_reader_that_everybody_has_is_not_written(document: Document, catalogue: Catalogue) -> None:
    assert "needs" not in document
    document["needs"] = 1
    assert "needs" not in _written_again(_read(document, catalogue), catalogue)


@pytest.mark.parametrize("level", [READER_LEVEL + 1, 10**9])
def test_a_pack_that_needs_a_newer_reader_is_refused_with_the_advice_to_install_it(
    level: int, document: Document, catalogue: Catalogue
) -> None:
    document |= {"needs": level, "areas": []}
    with pytest.raises(PackRefusedError) as refused:
        _read(document, catalogue)
    sentence = "it was made by a newer version of APQ Desktop; install the newer version to open it."
    assert refused.value.sentence == sentence


def test_a_part_for_a_colleague_needs_a_reader_that_knows_parts(evaluation: Evaluation, catalogue: Catalogue) -> None:
    evaluation.copy_for, evaluation.copy_areas = "colleague", ["attendance"]
    assert json.loads(evaluation_json.write(evaluation, catalogue))["needs"] == READER_LEVEL
    evaluation.copy_for = "peer"
    assert "needs" not in json.loads(evaluation_json.write(evaluation, catalogue))


def test_what_a_forged_workspace_would_make_unreadable_is_not_written(
    evaluation: Evaluation, catalogue: Catalogue
) -> None:
    evaluation.areas[0].strengths[0].unknown_fields = as_text({"deep": [[[[[[[[[[]]]]]]]]]]})
    with pytest.raises(NotWrittenError, match="more than any can"):
        evaluation_json.write(evaluation, catalogue)
