"""What a stranger may send: one plain sentence each, within bounded time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apq_desktop import paths
from apq_desktop.errors import PackRefusedError
from apq_desktop.evaluation.model import MAX_LINE, MAX_TEXT
from apq_desktop.evaluation.unknown_fields import MOST_KEPT
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.exchange.json.safe_json import MOST_BYTES
from apq_desktop.toolkit.loader import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from apq_desktop.toolkit.catalogue import Catalogue

CATALOGUE = load(paths.forms())
MOST_SECONDS = 15
MOST_MEMORY = 250_000_000
Document = dict[str, Any]


def refusal(data: bytes, catalogue: Catalogue) -> PackRefusedError:
    """The one sentence with which ``data`` is refused."""
    with pytest.raises(PackRefusedError) as caught:
        evaluation_json.read_bytes(data, "pack.json", catalogue)
    sentence = str(caught.value)
    assert sentence.startswith("pack.json: ")
    assert len(sentence) < 400
    assert sentence.isprintable()
    assert len(caught.value.problems) <= 20
    return caught.value


NOT_DOCUMENTS: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "is empty"),
    "spaces": (b" \n\t ", "is empty"),
    "sixteen bytes": (b"\x8f" * 16, "not text in UTF-8"),
    "a database": (b"SQLite format 3\x00" + b"\xff" * 200, "not text in UTF-8"),
    "a zip": (b"PK\x03\x04\x14\x00\x08\x00\xf0\xe1", "not text in UTF-8"),
    "UTF-16": ('{"format": "apq-evaluation"}'.encode("utf-16"), "not text in UTF-8"),
    "overlong UTF-8": (b'{"a": "\xc0\xaf"}', "not text in UTF-8"),
    "a surrogate in UTF-8": (b'{"a": "\xed\xa0\x80"}', "not text in UTF-8"),
    "plain words": (b"Dear council, here is our form.", "not JSON, or not all of it"),
    "a broken end": (b'{"format": "apq-evaluation", "version": 1, "areas": [', "not JSON, or not all of it"),
    "two documents": (b"{} {}", "not JSON, or not all of it"),
    "a raw control character": (b'{"a": "\x01"}', "not JSON, or not all of it"),
    "a list": (b"[]", "this is JSON, but not an evaluation"),
    "a text": (b'"apq-evaluation"', "this is JSON, but not an evaluation"),
    "null": (b"null", "this is JSON, but not an evaluation"),
    "another program's JSON": (b'{"name": "x"}', "not an evaluation made by APQ Desktop or for it"),
    "another format": (b'{"format": "apq-reply", "version": 1}', "not an evaluation made by APQ Desktop"),
    "a list as format": (b'{"format": ["apq-evaluation"], "version": 1}', "not an evaluation made by"),
    "no version": (b'{"format": "apq-evaluation"}', "which version"),
    "version true": (b'{"format": "apq-evaluation", "version": true}', "which version"),
    "version in words": (b'{"format": "apq-evaluation", "version": "1"}', "which version"),
    "version 0": (b'{"format": "apq-evaluation", "version": 0}', "no version 0"),
    "version -1": (b'{"format": "apq-evaluation", "version": -1}', "no version -1"),
    "version 2": (b'{"format": "apq-evaluation", "version": 2}', "made by a newer version of APQ Desktop"),
    "NaN": (b'{"a": NaN}', "“NaN”, where only whole numbers"),
    "infinity": (b'{"a": -Infinity}', "“-Infinity”, where only whole numbers"),
    "a fraction": (b'{"revision": 1.5}', "“1.5”, where only whole numbers"),
    "an exponent": (b'{"revision": 1e999}', "“1e999”, where only whole numbers"),
    "17 digits": (b'{"revision": 12345678901234567}', "more than 16 digits"),
    "16 digits": (b'{"format": "apq-evaluation", "version": 1, "a": 9999999999999999}', "too large"),
    "a name twice": (b'{"a": {"title": "x", "title": "y"}}', "“title” stands twice"),
    "a name twice by escapes": (b'{"title": 1, "t\\u0069tle": 2}', "“title” stands twice"),
    "half a character": (b'{"a": "\\ud83d"}', "a: holds a control character or half a character"),
    "NUL": (b'{"a": ["", "x\\u0000"]}', "a, 2nd item: holds a control character or half a character"),
    "an escape sequence": (b'{"a": "\\u001b[2J"}', "a: holds a control character"),
    "half a character as name": (b'{"\\udc00": 1}', "is a name with a control character or half a character"),
}


@pytest.mark.parametrize("case", NOT_DOCUMENTS)
def test_what_is_no_evaluation_is_refused_in_one_sentence(case: str, catalogue: Catalogue) -> None:
    data, words = NOT_DOCUMENTS[case]
    assert words in str(refusal(data, catalogue))


def _set(*path: str | int, value: object) -> Callable[[Document], None]:
    def spoil(document: Document) -> None:
        there: Any = document
        for step in path[:-1]:
            there = there[step]
        there[path[-1]] = value

    return spoil


def _drop(*path: str | int) -> Callable[[Document], None]:
    def spoil(document: Document) -> None:
        there: Any = document
        for step in path[:-1]:
            there = there[step]
        del there[path[-1]]

    return spoil


def _same_id_twice(document: Document) -> None:
    document["evidence"][1]["id"] = document["areas"][0]["strengths"][0]["id"]


def _swapped_areas(document: Document) -> None:
    document["areas"][2:4] = reversed(document["areas"][2:4])


def _strength_as_link(document: Document) -> None:
    document["actions"][0]["development_area"] = document["areas"][0]["strengths"][0]["id"]


SPOILT: dict[str, tuple[Callable[[Document], None], str]] = {
    "no id": (_drop("id"), "id: is missing"),
    "no areas": (_drop("areas"), "areas: is missing"),
    "an empty id": (_set("id", value=""), "id: is empty"),
    "a path as id": (_set("id", value="../../etc/passwd"), "id: “../../etc/passwd” is not in the form"),
    "an id with a line end": (_set("id", value="a\n"), "id: “a” is not in the form needed here"),
    "a long id": (_set("id", value="a" * 37), "id: is too long (at most 36 characters)"),
    "a number as id": (_set("id", value=7), "id: must be text"),
    "markup as key": (_set("purposes", value=["<b>"]), "purposes, 1st item: “<b>” is not in the form"),
    "a purpose twice": (
        _set("purposes", value=["peer-review"] * 2),
        "purposes, 2nd item: “peer-review” is there",
    ),
    "key stage 9": (_set("setting", "key_stages", value=["9"]), "setting, key stages, 1st item: must be"),
    "key stage twice": (_set("setting", "key_stages", value=["3", "3"]), "setting, key stages, 2nd item"),
    "a setting of null": (_set("setting", value=None), "setting: must be a group of named values"),
    "a control character in what is not known": (
        _set("areas", 2, "strengths", 0, "grade?", value=[{"a": "\x1b[2J"}]),
        "areas, 3rd item, strengths, 1st item, “grade?”, 1st item, a: holds a control character",
    ),
    "a fraction in what is not known": (_set("setting", "where", value={"north": 53.5}), "“53.5”, where only whole"),
    "many digits in what is not known": (_set("setting", "where", value=[10**16]), "more than 16 digits"),
    "a large number in what is not known": (_set("setting", "where", value=[2**53]), "number that is too large"),
    "a long list of what is not known": (_set("setting", "where", value=[0] * 5001), "longer list than any evaluation"),
    "something deep that is not known": (
        _set("areas", 2, "strengths", 0, "where", value=json.loads("[" * 7 + "]" * 7)),
        "nested deeper",
    ),
    "more than can be kept of what is not known": (
        _set("areas", 2, "strengths", 0, "where", value="x" * (MOST_KEPT - 11)),
        "it holds more than 200 kB of details that this version of APQ Desktop does not know; install the newest",
    ),
    "needs 3": (_set("needs", value=3), "made by a newer version of APQ Desktop; install the newer version"),
    "needs 0": (_set("needs", value=0), "needs: must be at least 1"),
    "needs true": (_set("needs", value=True), "needs: must be a whole number"),
    "needs a text": (_set("needs", value="2"), "needs: must be a whole number"),
    "a long text": (
        _set("areas", 2, "strengths", 0, "text", value="x" * (MAX_TEXT + 1)),
        "areas, 3rd item, strengths, 1st item, text: is too long",
    ),
    "a long line": (_set("title", value="x" * (MAX_LINE + 1)), "title: is too long (at most 500 characters)"),
    "text for a list": (
        _set("areas", 0, "strengths", value="x"),
        "areas, 1st item, strengths: must be a list",
    ),
    "a list for text": (_set("summary", value=["x"]), "summary: must be text"),
    "1 for true": (_set("areas", 0, "ready", value=1), "areas, 1st item, ready: must be true or false"),
    "true for 1": (_set("revision", value=True), "revision: must be a whole number"),
    "a negative revision": (_set("revision", value=-1), "revision: must be at least 0"),
    "a large revision": (_set("revision", value=10**7), "revision: must be at most 1,000,000"),
    "another progress": (
        _set("actions", 0, "progress", value="done"),
        "actions, 1st item, progress: must be",
    ),
    "501 strengths": (
        _set("areas", 0, "strengths", value=[{"id": f"s{n}"} for n in range(501)]),
        "areas, 1st item, strengths: has too many items (at most 500)",
    ),
    "5,001 actions": (
        _set("actions", value=[{"id": f"s{n}"} for n in range(5001)]),
        "longer list than any evaluation",
    ),
    "12 areas": (_drop("areas", 4), "areas: has too few items (at least 13)"),
    "areas in another order": (_swapped_areas, "areas, 3rd item: must be area 3, “partnerships”, not 4"),
    "another area's number": (_set("areas", 0, "number", value=2), "areas, 1st item: must be area 1"),
    "an unknown area": (
        _set("areas", 0, "key", value="staff"),
        "must be area 1, “workforce”, not 1, “staff”",
    ),
    "area 14": (_set("areas", 12, "number", value=14), "areas, 13th item, number: must be at most 13"),
    "a question twice": (_set("areas", 0, "questions", 1, "key", value="1.1"), "questions, 2nd item: “1.1”"),
    "a strange question": (
        _set("areas", 0, "questions", 1, "key", value="=1+1"),
        "“=1+1” is not in the form",
    ),
    "a citation of nothing": (
        _set("areas", 0, "evidence", value=["gone"]),
        "areas, 1st item, evidence, 1st item: “gone” names no item of the evidence",
    ),
    "an action for no area": (
        _set("actions", 1, "area", value=""),
        "actions, 2nd item, area: “” names no area",
    ),
    "an action for nothing": (
        _set("actions", 1, "development_area", value="x"),
        "“x” names no development area",
    ),
    "an action for a strength": (_strength_as_link, "actions, 1st item, development area: “"),
    "an id twice": (_same_id_twice, "evidence, 2nd item, id: “"),
    "a strange stamp": (_set("changed", value="yesterday"), "changed: “yesterday” is not in the form"),
    "no such day": (
        _set("changed", value="2026-02-30T10:00:00Z"),
        "changed: “2026-02-30T10:00:00Z” is not a",
    ),
    "a number as digest": (_set("digest", value=5), "digest: must be text"),
    "a wrong digest": (_set("digest", value="0" * 64), "was damaged or changed"),
    "words as digest": (_set("digest", value="none"), "was damaged or changed"),
    "something deep": (_set("title", value=json.loads("[" * 40 + "]" * 40)), "nested deeper"),
    "a reversed word in a place": (_set("x\u202ey" * 50, value="\x00"), "“xyxyxyxy"),
}


@pytest.mark.parametrize("case", SPOILT)
def test_what_breaks_the_format_is_refused_with_its_place(case: str, document: Document, catalogue: Catalogue) -> None:
    spoil, words = SPOILT[case]
    spoil(document)
    assert words in str(refusal(json.dumps(document).encode(), catalogue))


def test_every_problem_is_told_up_to_twenty(document: Document, catalogue: Catalogue) -> None:
    for n in range(13):
        document["areas"][n]["ready"] = "yes"
        document["areas"][n]["applies"] = "no"
    error = refusal(json.dumps(document).encode(), catalogue)
    assert len(error.problems) == 20
    assert error.problems[1] == "areas, 1st item, ready: must be true or false"
    assert "(and 25 more problems)" in str(error)


def test_far_too_many_problems_are_counted_and_not_listed(document: Document, catalogue: Catalogue) -> None:
    document["actions"] = [{"what": 1}] * 3_000
    error = refusal(json.dumps(document).encode(), catalogue)
    assert error.problems == ("the document: 3,000 things in it are not as they must be",)


def _filled(unit: bytes, before: bytes = b"[", after: bytes = b"0]") -> bytes:
    return before + unit * ((MOST_BYTES - len(before) - len(after)) // len(unit)) + after


def _headed(rest: str) -> bytes:
    return f'{{"format":"apq-evaluation","version":1,{rest}}}'.encode()


def _names(count: int) -> str:
    return ",".join(f'"{n:x}":0' for n in range(count))


FLOODS: dict[str, Callable[[], bytes]] = {
    "lists in lists": lambda: b"[" * MOST_BYTES,
    "objects in objects": lambda: _filled(b'{"a":', after=b""),
    "empty lists": lambda: _filled(b"[],"),
    "empty objects": lambda: _filled(b"{},"),
    "short texts": lambda: _filled(b'"ab",'),
    "many names": lambda: b"{" + _names(480_000).encode() + b"}",
    "many unknown names": lambda: _headed(_names(200_000)),
    "the same name": lambda: _filled(b'"a":0,', b"{", b'"a":0}'),
    "a long number": lambda: _filled(b"9", b'{"a":', b"}"),
    "a long fraction": lambda: _filled(b"9", b'{"a":0.', b"}"),
    "one long text": lambda: _filled(b"x", b'{"a":"', b'"}'),
    "escapes": lambda: _filled(b"\\u0041", b'{"a":"', b'"}'),
    "halves of characters": lambda: _filled(b'"\\ud800",', b'{"a":[', b"0]}"),
    "lists of lists": lambda: _headed('"areas":[' + ",".join(["[" + "[]," * 4998 + "[]]"] * 330) + "]"),
    "things of the wrong kind": lambda: _headed('"areas":[' + ",".join(['{"x":0}'] * 4_000) + "]"),
    "actions of unknown names": lambda: _headed('"actions":[' + ",".join(["{" + _names(40) + "}"] * 5_000) + "]"),
    "one byte too many": lambda: b" " * MOST_BYTES + b"0",
}
A_FEW = ("lists in lists", "many unknown names", "one long text", "one byte too many")
READS_EACH = """
import json, pathlib, resource, sys, time
from apq_desktop import errors
from apq_desktop import paths
from apq_desktop.toolkit.loader import load
from apq_desktop.evaluation.unknown_fields import MOST_KEPT
from apq_desktop.exchange.json import evaluation_json
catalogue = load(paths.forms())
unit = 1 if sys.platform == "darwin" else 1024
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    started = time.process_time()
    try:
        evaluation_json.read(path, catalogue)
    except errors.PackRefusedError as error:
        seconds = time.process_time() - started
        memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * unit
        print(json.dumps([path.stem, seconds, memory, str(error), error.problems]))
"""

if os.name == "posix":  # Windows does not tell how much memory a process used at most.

    @pytest.mark.parametrize("names", [A_FEW, pytest.param(tuple(FLOODS), marks=pytest.mark.long)], ids=["few", "all"])
    def test_a_flood_costs_little_time_and_memory(tmp_path: Path, names: tuple[str, ...]) -> None:
        for name in names:
            (tmp_path / f"{name}.json").write_bytes(FLOODS[name]())
        told = subprocess.run(
            [sys.executable, "-c", READS_EACH, str(tmp_path)], capture_output=True, text=True, check=True
        )
        found = [json.loads(line) for line in told.stdout.splitlines()]
        assert sorted(name for name, *_ in found) == sorted(names)
        for name, seconds, memory, sentence, problems in found:
            assert seconds < MOST_SECONDS, name
            assert memory < MOST_MEMORY, name
            assert len(sentence) < 400, name
            assert "\n" not in sentence, name
            assert len(problems) <= 20, name


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.binary(max_size=400))
def test_any_bytes_end_in_one_sentence(data: bytes) -> None:
    refusal(data, CATALOGUE)


@given(
    st.sampled_from(["id", "title", "setting", "areas", "evidence", "actions", "digest", "other"]),
    JSON_VALUES,
)
def test_any_value_in_any_place_ends_in_one_sentence_or_is_read(name: str, value: object) -> None:
    areas = [{"number": area.number, "key": area.key, "title": area.title} for area in CATALOGUE.areas]
    document = {"format": "apq-evaluation", "version": 1, "id": "a", "areas": areas, name: value}
    data = json.dumps(document).encode()
    try:
        evaluation_json.read_bytes(data, "pack.json", CATALOGUE)
    except PackRefusedError:
        refusal(data, CATALOGUE)
