"""The published JSON Schemas: what pydantic derives from the model, in written order, with the patterns.

The one for writers is closed: it allows no name that the format does not have. The one for readers is open, because
a newer version may have written the file.
"""

from __future__ import annotations

import json
from typing import Any

from apq_desktop.evaluation.model import Action, AreaRecord, Entry, Evidence, QuestionNote, Setting
from apq_desktop.evaluation.unknown_fields import NAME as UNKNOWN
from apq_desktop.exchange.json.envelope import PortableEvaluation, written_order
from apq_desktop.exchange.json.text_values import fields_of

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ID = "urn:apq-desktop:apq-evaluation:1"
_DIGEST = "([0-9A-Fa-f]{64})?"


def schema_text(derived: dict[str, Any], *, for_readers: bool) -> str:
    """The text of the schema file, from the schema that pydantic derived."""
    definitions = derived.pop("$defs")
    for kind in (Action, AreaRecord, Entry, Evidence, QuestionNote, Setting):
        _add_patterns(definitions[kind.__name__], kind)
        _without_noise(definitions[kind.__name__])
    _add_patterns(derived, PortableEvaluation)
    _without_noise(derived)
    properties = derived["properties"]
    properties["digest"]["pattern"] = f"^{_DIGEST}$"
    derived["properties"] = {name: properties[name] for name in written_order()}
    derived["required"] = [name for name in written_order() if name in derived["required"]]
    whom = "readers" if for_readers else "writers"
    derived["title"] = f"APQ evaluation, format version 1, for {whom}"
    for definition in (derived, *definitions.values()):
        definition["additionalProperties"] = for_readers
    whole = {"$schema": _DIALECT, "$id": f"{_ID}:{whom}", **derived, "$defs": definitions}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _add_patterns(definition: dict[str, Any], kind: type) -> None:
    for field in fields_of(kind):
        if field.pattern:
            found = definition["properties"][field.name]
            (found["items"] if field.is_list else found)["pattern"] = f"^{field.pattern}$"


def _without_noise(definition: dict[str, Any]) -> None:
    """Property titles only repeat the names; descriptions come from the sources with their line ends."""
    definition.pop("title", None)
    del definition["properties"][UNKNOWN]
    for found in definition["properties"].values():
        found.pop("title", None)
    definition["description"] = " ".join(definition["description"].replace("``", "`").split())
