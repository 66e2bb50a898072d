"""The published JSON Schemas: what pydantic derives from the model, in written order, with the patterns.

The one for writers is closed: it allows no name that the format does not have. The one for readers is open, because
a newer version may have written the file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from apq_desktop.evaluation.unknown_fields import NAME as UNKNOWN
from apq_desktop.exchange.json.text_values import fields_of

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
DIGEST = "([0-9A-Fa-f]{64})?"


@dataclass(frozen=True, slots=True)
class PublishedSchema:
    """What a schema is of: the class of the document, the classes of the objects in it, the order of its names."""

    title: str
    format: str
    version: int
    document: type
    parts: tuple[type, ...]
    order: tuple[str, ...]


def schema_text(derived: dict[str, Any], published: PublishedSchema, *, for_readers: bool) -> str:
    """The text of the schema file, from the schema that pydantic derived."""
    definitions = derived.pop("$defs")
    for kind in published.parts:
        _describe(definitions[kind.__name__], kind)
    _describe(derived, published.document)
    properties = derived["properties"]
    derived["properties"] = {name: properties[name] for name in published.order}
    derived["required"] = [name for name in published.order if name in derived["required"]]
    whom = "readers" if for_readers else "writers"
    derived["title"] = f"{published.title}, format version {published.version}, for {whom}"
    for definition in (derived, *definitions.values()):
        definition["additionalProperties"] = for_readers
    name = f"urn:apq-desktop:{published.format}:{published.version}:{whom}"
    whole = {"$schema": _DIALECT, "$id": name, **derived, "$defs": definitions}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _describe(definition: dict[str, Any], kind: type) -> None:
    """Add the patterns. Property titles only repeat the names; descriptions come with the line ends of the sources."""
    properties = definition["properties"]
    for field in fields_of(kind):
        if field.pattern:
            found = properties[field.name]
            (found["items"] if field.is_list else found)["pattern"] = f"^{field.pattern}$"
    if "digest" in properties:
        properties["digest"]["pattern"] = f"^{DIGEST}$"
    definition.pop("title", None)
    del properties[UNKNOWN]
    for name, found in properties.items():
        found.pop("title", None)
        properties[name] = _without_null(found)
    definition["description"] = " ".join(definition["description"].replace("``", "`").split())


def _without_null(found: dict[str, Any]) -> dict[str, Any]:
    """What may be missing is left out of a document and never null."""
    choices = [choice for choice in found.get("anyOf", ()) if choice != {"type": "null"}]
    return dict(choices[0]) if len(choices) == 1 else found
