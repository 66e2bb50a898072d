"""The council's example: a small library of invented settings, made from ``resources/example/council.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from apq_desktop import paths
from apq_desktop.evaluation.model import Entry, Evaluation, Setting, new_id
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.library.collection import Library, Passage, Revision, Wanted
from apq_desktop.review.lines import ReviewLine
from apq_desktop.services.libraries import open_library as services
from apq_desktop.services.libraries.receiving import receive
from apq_desktop.services.locality.themes import anchor_in
from apq_desktop.services.workspaces import begun, example, now
from apq_desktop.toolkit.catalogue import Catalogue

COUNCIL = "Northshire Council"
_OF_SETTING = ("kind", "key_stages", "places")


def fill(library: Library, catalogue: Catalogue) -> None:
    """Receive the settings of the example into an empty library, with what both sides wrote.

    Raises NotWrittenError.
    """
    wanted = tomllib.loads((paths.resources() / "example" / "council.toml").read_text("utf-8"))
    services.introduce(library, role=wanted["role"], short_name=wanted["short_name"])
    role = wanted["role"]
    made = [list(_revisions(one, catalogue)) for one in wanted["settings"]]
    _receive(library, catalogue, [revisions[0] for revisions in made])
    for one, revisions in zip(wanted["settings"], made, strict=True):
        shown = library.revisions(revisions[0].id)[-1]
        for note in one.get("notes", ()):
            _write_note(library, shown, note, role)
        if state := one.get("state"):
            services.set_state(library, shown, state["word"], reason=state.get("reason", ""), role=role)
        if one.get("state", {}).get("word") == "agreed":
            services.mark_seen(library, shown)
    _receive(library, catalogue, [revisions[1] for revisions in made if len(revisions) > 1])


def _revisions(wanted: Mapping[str, Any], catalogue: Catalogue) -> Iterator[Evaluation]:
    """What a setting sent, the earliest first."""
    if wanted.get("example"):
        now_there = replace(example(catalogue), revision=2)
        before = replace(deepcopy(now_there), revision=1)
        for text in wanted["before"]:
            getattr(before.area(text["area"]), text["part"])[0].text = text["text"]
        yield from (before, now_there)
        return
    setting = Setting(name=wanted["name"], local_authority=COUNCIL, **{name: wanted[name] for name in _OF_SETTING})
    made = begun(catalogue, setting, COUNCIL)
    made.revision, made.completed_by, made.summary = 1, "Head of centre", wanted["summary"]
    for text in wanted["texts"]:
        getattr(made.area(text["area"]), text["part"]).append(Entry(text=text["text"]))
    yield made


def _receive(library: Library, catalogue: Catalogue, made: list[Evaluation]) -> None:
    with TemporaryDirectory() as folder:
        for one in made:
            data = evaluation_json.write(one, catalogue)
            (Path(folder) / f"{one.setting.name}, revision {one.revision}.json").write_bytes(data)
        receive(library, [Path(folder)], catalogue)


def _write_note(library: Library, shown: Revision, note: Mapping[str, Any], role: str) -> None:
    passage = _passage(library, shown, note)
    start = passage.text.index(note["quote"])
    anchor = anchor_in(passage, start, start + len(note["quote"]))
    written = services.note(
        library, shown.evaluation, note["kind"], note["text"], anchor, audience=note["audience"], role=role
    )
    for answer in note.get("answers", ()):
        _answer(library, written, answer)
    if note.get("closed"):
        services.write(library, shown.evaluation, "close", to=written.id, role=role)


def _passage(library: Library, shown: Revision, note: Mapping[str, Any]) -> Passage:
    keys = library.places(Wanted(evaluation=shown.evaluation, area=note["area"], parts=(note["part"],)))
    return next(one for one in library.passages(keys) if note["quote"] in one.text)


def _answer(library: Library, note: ReviewLine, text: str) -> None:
    """What the setting answered, as if it had come in a file of its own."""
    answer = ReviewLine(
        id=new_id(),
        what="answer",
        at=now(),
        seq=library.next_sequence(),
        who=new_id(),
        side="setting",
        evaluation=note.evaluation,
        audience="provider",
        role="Head of centre",
        to=note.id,
        text=text,
    )
    library.write([answer])
