"""The published schema and its page say what the program does."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from apq_desktop import paths
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.exchange.json.digest import digest_of, short_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.toolkit.catalogue import Catalogue

FOLDER = paths.resources() / "schema"


CLOSED, OPEN = FOLDER / "apq-evaluation-1.schema.json", FOLDER / "apq-evaluation-1-readers.schema.json"


def test_the_published_schemas_are_what_the_program_makes() -> None:
    assert CLOSED.read_bytes() == evaluation_json.schema().encode()
    assert OPEN.read_bytes() == evaluation_json.schema(for_readers=True).encode()
    assert sorted(FOLDER.glob("apq-evaluation-*.schema.json")) == sorted([CLOSED, OPEN])


def _objects(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if part.get("type") == "object":
            yield part
        for inner in part.values():
            yield from _objects(inner)


def test_the_schemas_differ_in_what_they_are_for_and_in_that_one_allows_other_names() -> None:
    closed, opened = (json.loads(path.read_bytes()) for path in (CLOSED, OPEN))
    ids = [schema.pop("$id") for schema in (closed, opened)]
    assert ids == ["urn:apq-desktop:apq-evaluation:1:writers", "urn:apq-desktop:apq-evaluation:1:readers"]
    for schema, allowed in ((closed, False), (opened, True)):
        del schema["title"]
        found = list(_objects(schema))
        assert len(found) == 7
        assert all(one.pop("additionalProperties") is allowed for one in found)
        assert not any("unknown_fields" in one["properties"] for one in found)
    assert closed == opened


def _described(schema: dict[str, Any], found: Any, part: dict[str, Any]) -> None:
    """Every name in ``found`` stands in ``schema``, in the same order, and every text matches its pattern."""
    if "$ref" in part:
        part = schema["$defs"][part["$ref"].rpartition("/")[2]]
    if isinstance(found, dict):
        assert part["additionalProperties"] is False
        assert list(found) == [name for name in part["properties"] if name in found]
        for name, value in found.items():
            _described(schema, value, part["properties"][name])
    elif isinstance(found, list):
        for item in found:
            _described(schema, item, part["items"])
    elif isinstance(found, str):
        assert re.search(part.get("pattern", ""), found)


def test_what_is_written_follows_the_schema_name_by_name(evaluation: Evaluation, catalogue: Catalogue) -> None:
    schema = json.loads(evaluation_json.schema())
    document = json.loads(evaluation_json.write(evaluation, catalogue))
    _described(schema, document, schema)
    assert schema["required"] == ["format", "version", "id", "areas"]


def test_the_example_on_the_page_is_read(catalogue: Catalogue) -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    example = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    assert example
    digest = digest_of(json.loads(example[1]))

    received = evaluation_json.read_bytes(example[1].encode(), "example.json", catalogue)

    assert received.evaluation.setting.name == "The Oak Centre"
    assert received.evaluation.actions[0].area == "research"
    assert received.evaluation.evidence_of("research")[0].title == "Notes of our reading group"
    assert len(received.evaluation.areas[0].questions) == len(catalogue.areas[0].questions)
    assert f"`{digest}`" in page
    assert f"`{short_code(digest)}`" in page
    assert received.code == short_code(digest)


def test_every_name_at_the_top_is_on_the_page() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    names = json.loads(evaluation_json.schema())["properties"]
    spanned = list(names)[list(names).index("title") : list(names).index("completed_on") + 1]
    for name in set(names) - set(spanned[1:-1]):
        assert f"`{name}`" in page, name
