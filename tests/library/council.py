"""Packs of many settings, and officers who each open the same library with a folder of their own."""

from __future__ import annotations

import itertools
from copy import deepcopy
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from apq_desktop import paths, services
from apq_desktop.evaluation.model import Evaluation, new_id
from apq_desktop.exchange.json import evaluation_json
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
    """What is sent."""
    return evaluation_json.write(deepcopy(made), catalogue())


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
