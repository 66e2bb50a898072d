"""What SQLite says went wrong, in plain words."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from apq_desktop.errors import FileChangedError, NotSavedError

FAILURES = (SQLAlchemyError, sqlite3.Error, OSError, UnicodeError)
"""Whatever reading or writing a file may raise; the last where damage is in what SQLite says of it."""
UNFIT = (LookupError, TypeError, ValueError, ArithmeticError, AttributeError)
"""What a change raises that does not fit the file, such as one to an item that is not there."""

CHANGED = (
    "Saving has stopped, because the file was changed, moved or replaced by something else;"
    " save a copy under another name to keep both versions."
)
DAMAGED = (
    "Saving has stopped, because the file is damaged, and nothing was written to it;"
    " save a copy under another name, which keeps what you typed."
)
_BUSY = "Not saved yet, because another program is using the file; it is tried again."
_FILE = "Not saved, because the file may not be changed; save a copy in another folder."
_FOLDER = "Not saved, because nothing can be written in its folder; save a copy elsewhere."
NOT_SAVED = {
    "SQLITE_FULL": "Not saved, because the disk or stick is full; make room on it, or save a copy elsewhere.",
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "SQLITE_READONLY_DIRECTORY": _FOLDER,
    "SQLITE_READONLY": _FILE,
    "SQLITE_PERM": _FILE,
    "SQLITE_CANTOPEN": _FOLDER,
    "SQLITE_IOERR": "Not saved, because the disk or stick was not reached; check it, or save a copy.",
    "SQLITE_CORRUPT": "Not saved, because the file is damaged; save a copy under another name.",
    "SQLITE_NOTADB": CHANGED,
}
UNKNOWN = "Not saved, because the file could not be written; save a copy elsewhere."
DOES_NOT_FIT = "Not saved, because the change does not fit what is in the file; save a copy under another name."


def code(error: BaseException) -> str:
    """SQLite's extended name for a failure, such as ``SQLITE_IOERR_WRITE``; else nothing."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return str(getattr(cause, "sqlite_errorname", ""))


def is_kind(error: BaseException, *kinds: str) -> bool:
    """Whether a failure is one of SQLite's ``kinds``, such as ``SQLITE_BUSY``, in any variety."""
    return any(code(error).startswith(kind) for kind in kinds)


def not_saved(error: BaseException) -> NotSavedError:
    """The sentence for a change that could not be written."""
    if is_kind(error, "SQLITE_READONLY_DBMOVED", "SQLITE_NOTADB"):
        return FileChangedError(CHANGED)
    if isinstance(error, UNFIT) or is_kind(error, "SQLITE_CONSTRAINT", "SQLITE_MISMATCH", "SQLITE_TOOBIG"):
        return NotSavedError(DOES_NOT_FIT)
    kind = next((kind for kind in NOT_SAVED if code(error).startswith(kind)), "")
    return NotSavedError(NOT_SAVED.get(kind, UNKNOWN))
