"""A library with the packs of five settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.library import council

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from apq_desktop.library.folder import FolderLibrary


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[str], FolderLibrary]]:
    """Opens the one shared library as an officer of a name; everybody's is closed at the end."""
    there: list[FolderLibrary] = []

    def open_as(name: str) -> FolderLibrary:
        library = council.officer(tmp_path / "shared", tmp_path / name)
        there.append(library)
        return library

    yield open_as
    for library in there:
        library.close()


@pytest.fixture
def library(opened: Callable[[str], FolderLibrary], tmp_path: Path) -> FolderLibrary:
    """The library of one officer, who received the packs of five settings."""
    made = opened("officer")
    council.receive(made, *council.put(tmp_path / "inbox", *map(council.evaluation, council.NAMES)))
    made.news()
    return made
