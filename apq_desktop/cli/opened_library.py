"""Open the library that a command names, and say what is made on the way."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from apq_desktop.errors import FileRefusedError
from apq_desktop.toolkit.catalogue import Catalogue

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library, Revision

LoadCatalogue = Callable[[], Catalogue]
NO_SUCH = "no evaluation of this id is in the library. The list shows the ids."


@contextmanager
def telling_of(folder: Path) -> Iterator[None]:
    """Say so where a folder is made on the way; on standard error, since what is printed may be read by a script."""
    was_there = folder.exists()
    yield
    if not was_there and folder.exists():
        print(f"Made the folder {folder}.", file=sys.stderr)


def today() -> date:
    """The day on this computer."""
    return datetime.now(UTC).astimezone().date()


def ask_password(address: str) -> str:
    """Ask for a password; where nobody sits there, read it from standard input."""
    return getpass(f"Password for {address}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


@contextmanager
def opened_library(arguments: argparse.Namespace, catalogue: Catalogue) -> Iterator[Library]:
    """The library that is named, with what colleagues received; closed again afterwards."""
    from apq_desktop.services.libraries.receiving import catch_up
    from apq_desktop.services.libraries.server_libraries import open_place

    with closing(open_place(arguments.library, today(), ask_password)) as library:
        catch_up(library, catalogue)
        yield library


def revisions_of(library: Library, arguments: argparse.Namespace) -> list[Revision]:
    """The revisions of the evaluation that is named. Raises FileRefusedError where there is none."""
    found = library.revisions(arguments.evaluation)
    numbers = {one.number for one in found}
    if not found or getattr(arguments, "revision", 0) not in {0, *numbers}:
        raise FileRefusedError(arguments.evaluation, NO_SUCH)
    return found
