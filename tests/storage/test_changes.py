"""Whatever is changed in memory is changed in the file, and can be taken back."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apq_desktop.errors import NotSavedError
from apq_desktop.evaluation.edits.changes import (
    AddItem,
    Change,
    CompoundChange,
    Item,
    ListPlace,
    MoveItem,
    RemoveItem,
    SetField,
    Target,
    apply,
    item_id,
    items,
    resolve,
    reverse,
    single_steps,
)
from apq_desktop.evaluation.model import (
    Action,
    AreaRecord,
    Entry,
    Evaluation,
    Evidence,
    QuestionNote,
    new_id,
)
from apq_desktop.evaluation.text.cleaning import clean
from apq_desktop.storage.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TEXT = st.text(max_size=60).map(clean)
PLACES = [
    *(ListPlace(name, area) for name in ("strengths", "development_areas", "citations") for area in ("a", "b")),
    ListPlace("evidence"),
    ListPlace("actions"),
]
FIELDS = [
    (Target("evaluation"), "title"),
    (Target("evaluation"), "purposes"),
    (Target("setting"), "key_stages"),
    (Target("setting"), "contact"),
    (Target("area", "a"), "applies"),
    (Target("area", "b"), "support"),
    (Target("note", "1.1", "a"), "note"),
    (Target("note", "2.1", "b"), "note"),
]
OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["set", "set item", "add", "remove", "move", "together"]),
        st.integers(0, 99),
        st.integers(0, 99),
        TEXT,
    ),
    max_size=25,
)


def _start() -> Evaluation:
    return Evaluation(
        areas=[
            AreaRecord(1, "a", "A", questions=[QuestionNote("1.1")], strengths=[Entry(text="s")]),
            AreaRecord(2, "b", "B", questions=[QuestionNote("2.1")]),
        ],
        evidence=[Evidence(title="e")],
        actions=[Action(area="a"), Action(area="b"), Action(area="a")],
    )


def _item(place: ListPlace, text: str) -> Item:
    match place.name:
        case "citations":
            return new_id()
        case "evidence":
            return Evidence(title=text)
        case "actions":
            return Action(area="a", what=text)
        case _:
            return Entry(text=text)


def _change(evaluation: Evaluation, operation: tuple[str, int, int, str]) -> Change | None:
    """The change that an operation means in an evaluation as it stands."""
    verb, first, second, text = operation
    place = PLACES[first % len(PLACES)]
    there = items(evaluation, place)
    if verb == "set":
        target, field = FIELDS[first % len(FIELDS)]
        before = getattr(resolve(evaluation, target), field)
        some = tuple("12345"[second % 5 :]) if field == "key_stages" else tuple(text[:3])
        value: Any = {bool: bool(second % 2), list: some, str: text}[type(before)]
        return SetField(target, field, value, tuple(before) if isinstance(before, list) else before)
    if verb == "add":
        return AddItem(place, _item(place, text), second % (len(there) + 1))
    if verb == "together":
        parts = (("add", first, second, text), ("set", second, first, text))
        return CompoundChange(tuple(change for part in parts if (change := _change(evaluation, part))))
    return _change_of_item(place, there, operation) if there else None


def _change_of_item(place: ListPlace, there: list[Any], operation: tuple[str, int, int, str]) -> Change | None:
    verb, first, second, text = operation
    position = second % len(there)
    item = there[position]
    if verb == "remove":
        return RemoveItem(place, deepcopy(item), position)
    if verb == "move":
        return MoveItem(place, item_id(item), first % len(there), position)
    if place.name == "citations":
        return None
    field = {"evidence": "title", "actions": "what"}.get(place.name, "text")
    return SetField(Target(place.name, item.id, place.area), field, text, getattr(item, field))


def _agree(workspace: Workspace, memory: Evaluation) -> None:
    stored = workspace.read(memory.id)
    stored.changed = memory.changed
    assert stored == memory


def _make(workspace: Workspace, memory: Evaluation, changes: Sequence[Change]) -> None:
    for change in changes:
        apply(memory, change)
    workspace.apply(memory.id, changes, NOW)


@given(OPERATIONS)
def test_any_changes_give_the_same_in_the_file_as_in_memory_and_undo_gives_the_start(
    tmp_path_factory: pytest.TempPathFactory, operations: list[tuple[str, int, int, str]]
) -> None:
    path = tmp_path_factory.mktemp("changes") / "a.apq"
    memory = _start()
    done: list[Change] = []
    with Workspace.create(path) as workspace:
        workspace.add(memory)
        start = deepcopy(memory)
        for operation in operations:
            change = _change(memory, operation)
            if change is not None:
                _make(workspace, memory, [change])
                done.append(change)
        _agree(workspace, memory)
    with Workspace.open(path) as workspace:  # which checks every row and the digest
        _agree(workspace, memory)
        _make(workspace, memory, [reverse(change) for change in reversed(done)])
        assert memory == start
        _agree(workspace, memory)
    Workspace.open(path, read_only=True).close()


def test_an_item_can_be_put_in_at_the_same_place_without_end(workspace: Workspace, evaluation: Evaluation) -> None:
    for n in range(120):
        change = AddItem(ListPlace("strengths", "workforce"), Entry(text=str(n)), 1)
        apply(evaluation, change)
        workspace.apply(evaluation.id, [change], NOW)
    assert workspace.read(evaluation.id).areas == evaluation.areas


def test_the_file_knows_when_an_evaluation_was_last_changed(workspace: Workspace, evaluation: Evaluation) -> None:
    change = SetField(Target("evaluation"), "period", "2027/28", "2026/27")
    workspace.apply(evaluation.id, [change], NOW + timedelta(hours=1))
    assert workspace.read(evaluation.id).changed == "2026-11-23T10:30:00+00:00"


@pytest.mark.parametrize(
    "change",
    [
        SetField(Target("note", "99.1", "workforce"), "note", "x", ""),
        SetField(Target("area", "nowhere"), "support", "x", ""),
        SetField(Target("evaluation"), "checksum", "x", ""),
        SetField(Target("evaluation"), "id", "x", ""),
        SetField(Target("evaluation"), "purposes", "x", ()),
        SetField(Target("evaluation"), "revision", "x", 0),
        SetField(Target("evaluation"), "revision", 1 << 70, 0),
        SetField(Target("evaluation"), "title", 5, ""),
        RemoveItem(ListPlace("actions"), Action(), 0),
        MoveItem(ListPlace("strengths", "workforce"), "gone", 0, 1),
        AddItem(ListPlace("strengths", "workforce"), Evidence(), 0),
    ],
    ids=lambda change: type(change).__name__,
)
def test_a_change_that_does_not_fit_is_refused_whole_and_saving_goes_on(
    workspace: Workspace, evaluation: Evaluation, change: Change
) -> None:
    fits = SetField(Target("evaluation"), "title", "Half a change", "")
    with pytest.raises(NotSavedError, match="does not fit"):
        workspace.apply(evaluation.id, [fits, change], NOW)
    assert workspace.read(evaluation.id) == evaluation
    workspace.apply(evaluation.id, [fits], NOW)
    assert workspace.read(evaluation.id).title == "Half a change"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("half \ud83d an emoji", "half  an emoji"),
        ("nul \0 inside", "nul  inside"),
        ("no\u00a0break", "no\u00a0break"),
        ("🙂 👩‍🏫", "🙂 👩‍🏫"),
        ("שלום עולם \u200f", "שלום עולם \u200f"),
        ("x" * 1_000_000, "x" * 1_000_000),
    ],
    ids=["surrogate", "nul", "no-break space", "emoji", "right to left", "1 MB"],
)
def test_any_text_is_saved_or_cleaned_and_saving_goes_on(
    workspace: Workspace, evaluation: Evaluation, typed: str, kept: str
) -> None:
    workspace.apply(evaluation.id, [SetField(Target("evaluation"), "summary", typed, "")], NOW)
    assert workspace.read(evaluation.id).summary == kept
    workspace.apply(evaluation.id, [SetField(Target("evaluation"), "title", "Next", "")], NOW)
    assert workspace.read(evaluation.id).title == "Next"


def test_a_change_of_many_steps_is_flat_in_the_file_too(workspace: Workspace, evaluation: Evaluation) -> None:
    register = evaluation.evidence[0]
    change = CompoundChange(
        (
            RemoveItem(ListPlace("citations", "workforce"), register.id, 0),
            CompoundChange((RemoveItem(ListPlace("evidence"), register, 0),)),
        )
    )
    assert len(single_steps(change)) == 2
    _make(workspace, evaluation, [change])
    _agree(workspace, evaluation)
    assert not evaluation.areas[0].evidence
