"""Make a new, empty workspace, complete before it has its name."""

from __future__ import annotations

import contextlib
import os
import uuid
from pathlib import Path

from apq_desktop import __version__
from apq_desktop.storage.database.connection import Database
from apq_desktop.storage.database.migrations import migrate
from apq_desktop.storage.database.tables import APPLICATION_ID, META
from apq_desktop.storage.rows.transaction import FileState

EXISTS = "There is a file of this name already; choose another name."
LEFT_OVER = "A file left over from another one of this name is in the folder; choose another name."


def make_empty(path: Path) -> None:
    """Make an empty workspace of an empty file that nobody else knows yet."""
    with contextlib.closing(Database(path, "rw")) as database, database.writing(building=True) as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        migrate(connection, 0)
        file_state = FileState(workspace_id=str(uuid.uuid4()), program=__version__)
        connection.execute(META.insert(), file_state.row())


def put_in_place(made: Path, path: Path) -> None:
    """Give a complete file its name, never over another. Raises FileExistsError or OSError."""
    try:
        os.link(made, path)
    except FileExistsError:
        raise
    except OSError:
        # A stick's file system has no links. On Windows, rename never replaces a file.
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        made.rename(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder last through a power cut, where the system allows."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
