"""The examples among the program's own files: what was only looked at goes when the next one is made.

Whatever somebody has open stays, and so does all into which a word was written: it might be missed.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from apq_desktop.errors import ApqError
from apq_desktop.library import journal
from apq_desktop.library.files import LibraryFiles, is_library
from apq_desktop.library.folder import FolderLibrary
from apq_desktop.services.draft_file import read_drafts
from apq_desktop.services.libraries import library_example
from apq_desktop.services.libraries.open_library import open_library
from apq_desktop.storage.files.workspace_lock import WorkspaceLock
from apq_desktop.storage.workspace import Workspace

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library
    from apq_desktop.storage.files.backups import Backups
    from apq_desktop.toolkit.catalogue import Catalogue

AS_MADE = 1
"""The generation of a file with one evaluation into which nothing was saved since it was made."""


def remove_unused(folder: Path, backups: Backups | None) -> None:
    """Remove the evaluations' examples of ``folder`` that were only looked at, with their backups."""
    for path in sorted(folder.glob("*.apq")):
        with suppress(ApqError, OSError):
            lock = WorkspaceLock.take(path.resolve())
            try:
                with Workspace.open(path, read_only=True, prove_later=True) as workspace:
                    source = workspace.source()
                if source.file_state is not None and source.file_state.generation == AS_MADE:
                    path.unlink()
                    if backups is not None:
                        backups.forget(source)
            finally:
                lock.release()


def fill_library(library: Library, catalogue: Catalogue) -> None:
    """Fill the council's example (``library_example.fill``), and remove those that were only looked at.

    Raises NotWrittenError.
    """
    library_example.fill(library, catalogue)
    _remove_unused_libraries(library)


def _remove_unused_libraries(fresh: Library) -> None:
    """Remove the councils' examples beside ``fresh``, which was just made, that hold no other lines than it does."""
    assert isinstance(fresh, FolderLibrary)
    today, made, here = datetime.now().astimezone().date(), _kinds_of_lines(fresh.files), fresh.files.folder
    for folder in sorted(here.parent.iterdir()):
        if folder == here or not is_library(folder):
            continue
        with suppress(ApqError, OSError, ValueError):
            with closing(open_library(folder, today)) as library:
                places = [str(folder), *(f"{folder}\n{one.evaluation}" for one in library.providers())]
                is_used = _kinds_of_lines(library.files) != made or any(map(read_drafts, places))
            if not is_used:
                rmtree(folder)
                rmtree(library.files.own)


def _kinds_of_lines(files: LibraryFiles) -> Counter[str]:
    """How many lines of each kind a library holds, but for those that say that something was read."""
    parts = (part for path in files.all_journals() for part in journal.read_on(path))
    bodies = dict(line for part in parts for line in part.lines)
    kinds = [str(json.loads(body)["what"]) for body in bodies.values()]
    return Counter(kind for kind in kinds if kind != "seen")
