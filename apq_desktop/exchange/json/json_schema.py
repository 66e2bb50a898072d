"""The published JSON Schema: what pydantic derives from the model, in written order, with the patterns."""

from __future__ import annotations

import json
from typing import Any

from apq_desktop.evaluation.model import Action, AreaRecord, Entry, Evidence, QuestionNote, Setting
from apq_desktop.exchange.json.envelope import PortableEvaluation, written_order
from apq_desktop.exchange.json.text_values import fields_of

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DIGEST = "([0-9A-Fa-f]{64})?"


def schema_text(derived: dict[str, Any]) -> str:
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
    derived["title"] = "APQ evaluation, format version 1"
    whole = {"$schema": _DIALECT, **derived, "$defs": definitions}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _add_patterns(definition: dict[str, Any], kind: type) -> None:
    for field in fields_of(kind):
        if field.pattern:
            found = definition["properties"][field.name]
            (found["items"] if field.is_list else found)["pattern"] = f"^{field.pattern}$"


def _without_noise(definition: dict[str, Any]) -> None:
    """Property titles only repeat the names; descriptions come from the sources with their line ends."""
    definition.pop("title", None)
    for found in definition["properties"].values():
        found.pop("title", None)
    definition["description"] = " ".join(definition["description"].replace("``", "`").split())
