"""Packs of many settings, and officers who each open the same library with a folder of their own."""

from __future__ import annotations

import itertools
import json
import pickle
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from apq_desktop import paths, services
from apq_desktop.evaluation.model import Evaluation, new_id
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.exchange.json.digest import canonical
from apq_desktop.exchange.json.reviews import line_json
from apq_desktop.library import journal, maintenance
from apq_desktop.library.files import create, files_of, is_library
from apq_desktop.library.folder import FolderLibrary
from apq_desktop.review.library_lines import LibraryLine
from apq_desktop.review.lines import Anchor, ReviewLine
from apq_desktop.services.libraries import receiving
from apq_desktop.toolkit.loader import load

if TYPE_CHECKING:
    from pathlib import Path

    from apq_desktop.toolkit.catalogue import Catalogue

__all__ = ["LibraryLine", "journal", "line_json", "maintenance", "replace"]
TODAY = date(2026, 11, 27)
NAMES = ("Zed", "abbey", "Élan", "Elm", "Ŵyn")
ANY_ID = ("4a0a5b52-0000-4000-8000-00000000000a", "4a0a5b52-0000-4000-8000-00000000000b")
ANY_NAME, ANY_DIGEST = "Any setting of these tests", "any digest"
_written: dict[bytes, tuple[str, str]] = {}
"""What is sent and its canonical form, for the content of an evaluation without what is its own."""


@cache
def catalogue() -> Catalogue:
    return load(paths.forms())


@cache
def _example() -> Evaluation:
    return services.example(catalogue())


def evaluation(name: str, **changes: Any) -> Evaluation:
    """An evaluation of a setting of this name, with every text of the worked example."""
    made = deepcopy(_example())
    made.id = new_id()
    made.setting = replace(made.setting, id=new_id(), name=name)
    return replace(made, **changes)


def later(earlier: Evaluation, **changes: Any) -> Evaluation:
    """The next revision of an evaluation."""
    return replace(deepcopy(earlier), revision=earlier.revision + 1, **changes)


def data(made: Evaluation) -> bytes:
    """What is sent. Of evaluations that differ in ids and in the setting's name alone, the first is written for all."""
    setting = replace(made.setting, id=ANY_ID[1], name=ANY_NAME)
    shared = replace(made, id=ANY_ID[0], setting=setting)
    key = pickle.dumps(shared)
    if key not in _written:
        written = evaluation_json.write(shared, catalogue()).decode()
        document = json.loads(written)
        stated = document.pop("digest")
        _written[key] = written.replace(stated, ANY_DIGEST), canonical(document)
    file, content = _written[key]
    for common, own in zip((*ANY_ID, ANY_NAME), (made.id, made.setting.id, made.setting.name), strict=True):
        quoted = json.dumps(common), json.dumps(own, ensure_ascii=False)
        file, content = file.replace(*quoted), content.replace(*quoted)
    return file.replace(ANY_DIGEST, sha256(content.encode()).hexdigest()).encode()


def put(folder: Path, *made: Evaluation) -> list[Path]:
    """Packs in a folder, as they were sent."""
    folder.mkdir(exist_ok=True)
    numbers = itertools.count(len(list(folder.iterdir())) + 1)
    files = [folder / f"{next(numbers):03} {one.setting.name}.json" for one in made]
    for file, one in zip(files, made, strict=True):
        file.write_bytes(data(one))
    return files


def officer(folder: Path, own: Path) -> FolderLibrary:
    """A library as one officer opens it, made where it is not there."""
    if not is_library(folder):
        create(folder)
    return FolderLibrary(files_of(folder, own), line_json, TODAY)


def receive(library: FolderLibrary, *files: Path, again: bool = False) -> receiving.Receipt:
    """Receive files."""
    return receiving.receive(library, files, catalogue(), again=again)


def catch_up(library: FolderLibrary) -> None:
    """Hear what colleagues wrote, and read what they received."""
    library.news()
    receiving.catch_up(library, catalogue())
    library.news()


def question(library: FolderLibrary, about: str, **fields: Any) -> ReviewLine:
    """A question about attendance, or what ``fields`` make of it, not yet written."""
    given = {
        "id": new_id(),
        "what": "note",
        "at": "2026-11-27T10:00:00+00:00",
        "seq": library.next_sequence(),
        "who": library.who,
        "side": "reviewer",
        "evaluation": about,
        "audience": "us",
        "kind": "question",
        "text": "Which?",
        "anchor": Anchor(0, "attendance"),
    }
    return ReviewLine(**{**given, **fields})
