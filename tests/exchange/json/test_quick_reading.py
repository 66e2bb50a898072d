"""Reading a pack quickly gives what reading it step by step gives, or leaves it to that."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apq_desktop import paths, services
from apq_desktop.errors import PackRefusedError
from apq_desktop.exchange.json import evaluation_json, quick_reading
from apq_desktop.exchange.json.digest import digest_of
from apq_desktop.toolkit.loader import load

if TYPE_CHECKING:
    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.exchange.json.evaluation_json import Received
    from apq_desktop.toolkit.catalogue import Catalogue

CATALOGUE = load(paths.forms())
EXAMPLE = evaluation_json.write(services.example(CATALOGUE), CATALOGUE)
SPOILT: tuple[Any, ...] = (
    "", "ŵ – “quoted” 😀", "two\nlines", "a\ttab", "a\rreturn", "\u202eback", "\u2028", "\x7f", "\x01", "\ud800",
    "2026-99-99T10:00:00+00:00", "../../etc", None, True, 3, 9_007_199_254_740_993, 1.5, [], {}, ["a", "a"],
)  # fmt: skip


def step_by_step(data: bytes) -> Received | str:
    with pytest.MonkeyPatch.context() as slow:
        slow.setattr(evaluation_json, "quickly_read", lambda _data, _catalogue: None)
        return either(data)


def either(data: bytes) -> Received | str:
    try:
        return evaluation_json.read_bytes(data, "pack.json", CATALOGUE)
    except PackRefusedError as error:
        return str(error)


def test_what_this_program_writes_is_read_quickly(evaluation: Evaluation, catalogue: Catalogue) -> None:
    for data in (EXAMPLE, evaluation_json.write(evaluation, catalogue)):
        assert quick_reading.quickly_read(data, catalogue) is not None
        assert either(data) == step_by_step(data)


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every container with every name or position in it, but for ids: without one, each reading gives a new one."""
    pairs = list(value.items()) if isinstance(value, dict) else list(enumerate(value))
    found = [(value, name) for name, _ in pairs if name != "id"]
    for _, inner in pairs:
        found += _places(inner) if isinstance(inner, (dict, list)) else []
    return found


@given(st.integers(0, 10**6), st.sampled_from(SPOILT), st.sampled_from(["replace", "rename", "add", "remove"]))
def test_a_spoilt_pack_is_read_or_refused_in_the_same_words(place: int, value: Any, how: str) -> None:
    document = json.loads(EXAMPLE)
    places = _places(document)
    owner, name = places[place % len(places)]
    if how == "replace" or isinstance(owner, list):
        owner[name] = value
    elif how == "rename":
        owner["unknown_fields" if place % 2 else "ŵ"] = owner.pop(name)
    elif how == "add":
        owner["unknown_fields" if place % 2 else "added"] = "{}"
    else:
        del owner[name]
    try:
        document["digest"] = digest_of(document)
        data = json.dumps(document, ensure_ascii=bool(place % 3)).encode()
    except ValueError:
        data = json.dumps(document).encode()
    assert either(data) == step_by_step(data)


@pytest.mark.parametrize(
    "data",
    [
        EXAMPLE.replace(b'"revision"', b'"revision": 1, "revision"', 1),
        b"\xef\xbb\xbf" + EXAMPLE,
        EXAMPLE.replace(b"Self", b"self", 1),
        EXAMPLE.replace(b'"version": 1', b'"version": 1, "needs": 3', 1),
    ],
)
def test_what_is_not_as_it_was_written_is_left_to_the_long_way(data: bytes) -> None:
    assert quick_reading.quickly_read(data, CATALOGUE) is None
    assert either(data) == step_by_step(data)
