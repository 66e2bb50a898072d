"""Make a new, empty workspace, complete before it has its name."""

from __future__ import annotations

import contextlib
import os
import uuid
from pathlib import Path

from apq_desktop import __version__
from apq_desktop.errors import WorkspaceRefusedError
from apq_desktop.storage.database.connection import Database
from apq_desktop.storage.database.integrity import has_journal
from apq_desktop.storage.database.migrations import migrate
from apq_desktop.storage.database.sqlite_errors import FAILURES
from apq_desktop.storage.database.tables import APPLICATION_ID, META
from apq_desktop.storage.rows.transaction import FileState

EXISTS = "There is a file of this name already; choose another name."
LEFT_OVER = "A file left over from another one of this name is in the folder; choose another name."
NO_FOLDER = "The folder is not there; choose another place for the file."
NOT_MADE = "The file could not be made; choose a folder where you may write and that has room."


def create(path: Path) -> None:
    """Make an empty workspace at ``path``, or nothing at all. Raises WorkspaceRefusedError."""
    if os.path.lexists(path):
        raise WorkspaceRefusedError(path, EXISTS)
    if not path.parent.is_dir():
        raise WorkspaceRefusedError(path, NO_FOLDER)
    if has_journal(path):
        # SQLite would take it for the new file's own and write the old pages into it.
        raise WorkspaceRefusedError(path, LEFT_OVER)
    making = path.with_name(f".{uuid.uuid4().hex}.apq-new")
    try:
        os.close(os.open(making, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        make_empty(making)
        put_in_place(making, path)
    except FileExistsError as error:
        raise WorkspaceRefusedError(path, EXISTS) from error
    except FAILURES as error:
        raise WorkspaceRefusedError(path, NOT_MADE) from error
    finally:
        for left in (making, Path(f"{making}-journal")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def make_empty(path: Path) -> None:
    """Make an empty workspace of an empty file that nobody else knows yet."""
    database = Database(path, "rw")
    try:
        with database.writing(building=True) as connection:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            migrate(connection, 0)
            file_state = FileState(workspace_id=str(uuid.uuid4()), program=__version__)
            connection.execute(META.insert(), file_state.row())
    finally:
        database.close()


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
