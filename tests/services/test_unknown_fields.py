"""What a newer version wrote in a pack survives all that is done with the evaluation here, word for word."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from apq_desktop import paths, services
from apq_desktop.__main__ import main
from apq_desktop.evaluation.diff.compare import compare
from apq_desktop.evaluation.edits.changes import AddItem, ListPlace, RemoveItem, SetField, Target
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.text.written_texts import everything_written
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.exchange.json.digest import digest_of
from apq_desktop.exchange.json.forward_compatibility import known_names
from apq_desktop.storage.files.backups import Backups
from apq_desktop.storage.files.save_copies import save_copy
from apq_desktop.storage.workspace import Workspace
from apq_desktop.toolkit.loader import load
from tests.storage.history import past_changes

CATALOGUE = load(paths.forms())
EXAMPLE = json.loads(evaluation_json.write(services.example(CATALOGUE), CATALOGUE))
Document = dict[str, Any]
AT = datetime(2027, 1, 11, 9, 30, tzinfo=UTC)
WORDS = "Typed here after it was received"
HEADER = {"format", "version", "needs", "program_version", "toolkit_edition", "digest"}
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\n\r\x85\u202e"), max_size=12)
SCALARS = st.none() | st.booleans() | st.integers(1 - 2**53, 2**53 - 1) | TEXTS


def _values(depth: int) -> st.SearchStrategy[Any]:
    """Any values of JSON within the limits, nested at most so deep."""
    if not depth:
        return SCALARS
    inner = _values(depth - 1)
    return SCALARS | st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3)


NAMES = TEXTS | st.sampled_from(["cost", "unknown_fields", "row_id", "checksum", "position", "list_name", "visibility"])


def _objects(kind: type, plain: Document) -> list[tuple[type, Document]]:
    """Every object of the document, with its class."""
    found = [(kind, plain)]
    for name, inner in known_names(kind).items():
        if inner is not None:
            for item in plain[name] if isinstance(plain[name], list) else [plain[name]]:
                found += _objects(inner, item)
    return found


MOST_OBJECTS = len(_objects(Evaluation, EXAMPLE))
UNKNOWN = st.dictionaries(NAMES, _values(4), min_size=1, max_size=3)


def _pack(added: dict[int, Document]) -> Document:
    """The example with unknown names in some of its objects, of which the last is the last action."""
    document: Document = deepcopy(EXAMPLE)
    objects = _objects(Evaluation, document)
    for number, unknown in added.items():
        kind, plain = objects[number]
        plain.update({name: value for name, value in unknown.items() if name not in {*known_names(kind), *HEADER}})
    document["digest"] = digest_of(document)
    return document


def _written(workspace: Workspace, folder: Path) -> Path:
    folder.mkdir()
    (heading,) = workspace.evaluations()
    (pack,) = services.export(services.ExportRequest(workspace.read(heading.id), CATALOGUE, folder, ("json",)))
    return pack.files[0]


def _content(path: Path) -> Document:
    """What a pack says of the evaluation, after its digest was found right."""
    document = json.loads(path.read_bytes())
    assert document["digest"] == digest_of(document)
    return {name: value for name, value in document.items() if name not in HEADER | {"changed"}}


def test_unknown_names_survive_the_whole_way(tmp_path: Path) -> None:
    of_an_area = {"cost": 12, "unknown_fields": [{"row_id": None}], "\u202esaid": "Quokka\x85"}
    _goes_the_whole_way(tmp_path / "out", _pack({0: {"": True}, 3: of_an_area, MOST_OBJECTS - 1: {"checksum": "0"}}))


@pytest.mark.long
@settings(max_examples=10, phases=(Phase.explicit, Phase.generate))  # one example takes long to make smaller
@given(st.dictionaries(st.integers(0, MOST_OBJECTS - 1), UNKNOWN, max_size=6), UNKNOWN)
def test_any_unknown_names_survive_the_whole_way(
    tmp_path_factory: pytest.TempPathFactory, added: dict[int, Document], of_the_removed_action: Document
) -> None:
    document = _pack({**added, MOST_OBJECTS - 1: of_the_removed_action})
    _goes_the_whole_way(tmp_path_factory.mktemp("unknown") / "out", document)


def _goes_the_whole_way(folder: Path, document: Document) -> None:
    folder.mkdir()
    pack, file = folder / "received.json", folder / "received.apq"
    pack.write_bytes(json.dumps(document).encode())
    assert services.import_packs([pack], file, CATALOGUE).refused == ()
    expected = _content(pack)

    with Workspace.open(file) as workspace:
        assert _content(_written(workspace, folder / "as received")) == expected
        key, last = document["id"], len(document["actions"]) - 1
        area = document["areas"][0]
        note = Target("note", area["questions"][0]["key"], area["key"])
        removed = workspace.read(key).actions[last]
        workspace.apply(key, [SetField(note, "note", WORDS, "")], AT)
        workspace.apply(key, [RemoveItem(ListPlace("actions"), removed, last)], AT)
        expected["areas"][0]["questions"][0]["note"] = WORDS
        gone = expected["actions"].pop()
        assert _content(_written(workspace, folder / "removed")) == expected

        (kept,) = past_changes.removed_items(workspace, key)
        assert kept.item == removed
        workspace.apply(key, [AddItem(kept.place, kept.item, kept.position)], AT)
        expected["actions"].append(gone)
        save_copy(workspace, folder / "with history.apq", history=True)
        save_copy(workspace, folder / "without history.apq", history=False)
        backups = Backups(folder / "backups")
        backups.take(workspace, AT)
        (backup,) = backups.of(file)
        backups.restore_as(backup, folder / "restored.apq")

    written = pack
    for name in ("received", "with history", "without history", "restored"):
        with Workspace.open(folder / f"{name}.apq") as copy:
            written = _written(copy, folder / name)
        assert _content(written) == expected
    second = folder / "second.apq"
    assert services.import_packs([written], second, CATALOGUE).refused == ()
    with Workspace.open(second) as again:
        assert _content(_written(again, folder / "again")) == expected


def test_what_is_not_known_is_in_the_data_and_nowhere_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = _pack({number: {"said": "Quokka"} for number in range(MOST_OBJECTS)})
    pack, folder = tmp_path / "received.json", tmp_path / "out"
    pack.write_bytes(json.dumps(document).encode())
    folder.mkdir()
    evaluation = services.read_pack(pack, CATALOGUE).evaluation
    (made,) = services.export(services.ExportRequest(evaluation, CATALOGUE, folder, tuple(services.FORMATS)))
    pdf, data, *others = made.files
    assert _content(data) == _content(pack)
    assert services.read_pack(pdf, CATALOGUE).evaluation == evaluation
    for path in others:
        assert b"Quokka" not in path.read_bytes()
    assert not any("Quokka" in written.text for written in everything_written(evaluation))
    without = services.example(CATALOGUE)
    assert compare(without, evaluation, CATALOGUE).sections == ()
    assert main(["check", str(pack), str(pdf)]) == 0
    said = capsys.readouterr().out
    assert said.count(f"{MOST_OBJECTS} details that this version does not know are kept.") == 2
    assert "Pages and data agree." in said
    assert "Quokka" not in said
