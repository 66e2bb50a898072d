"""Copies that a person asks for: under another name, on a stick, or to keep both versions of a changed file."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from apq_desktop.errors import DamagedFileError, FileRefusedError, NotWrittenError
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.storage import archived_flag, received_copies
from apq_desktop.storage.database.connection import Database
from apq_desktop.storage.database.sqlite_errors import FAILURES
from apq_desktop.storage.files.creation import make_empty
from apq_desktop.storage.files.verified_copy import (
    NOT_THE_SAME,
    copy_whole,
    fill,
    prove,
    sync_file,
    why,
    write,
)
from apq_desktop.storage.received_copies import ReceivedCopy
from apq_desktop.storage.rows.evaluation_reader import Reader
from apq_desktop.storage.rows.row_difference import StoredEvaluation
from apq_desktop.storage.rows.transaction import FileState, Statements, WriteTransaction, read_file_state
from apq_desktop.storage.workspace import Workspace

NEWER_WHOLE_ONLY = (
    "This file was made by a newer version of APQ Desktop, so only a copy with its history can be made here."
)
_BLOCK = 1 << 20


def save_copy(workspace: Workspace, path: Path, *, history: bool, replace: bool = False) -> None:
    """Save a proved copy of an open workspace as the file ``path``, over another one only with ``replace``.

    Without ``history`` the copy is built anew from what the evaluations say now: no earlier text, nothing
    removed and nothing sent is anywhere in its bytes. Raises NotWrittenError; then nothing was changed.
    """
    source = workspace.source()
    if history:
        copy_whole(source, path, replace=replace)
        return
    if source.file_state is None:
        raise NotWrittenError(path, NEWER_WHOLE_ONLY)
    try:
        headings = workspace.evaluations()
        evaluations = [workspace.read(heading.id) for heading in headings]
        received = [one for key, one in workspace.received_copies().items() if key in {each.id for each in headings}]
    except FileRefusedError as error:
        raise NotWrittenError(path, error.sentence) from error
    archived = [heading.id for heading in headings if heading.archived]
    write_new(path, evaluations, archived=archived, received=received, replace=replace, never=source.path)


def write_new(
    path: Path,
    evaluations: Iterable[Evaluation],
    *,
    archived: Iterable[str] = (),
    received: Iterable[ReceivedCopy] = (),
    replace: bool = False,
    never: Path | None = None,
) -> None:
    """Make a new workspace of these evaluations, proved and complete before it has its name.

    ``archived`` are the ids of those that are put away, ``received`` tells which came from somebody else. ``never`` is
    a file that is not replaced in any case.
    Raises NotWrittenError; then nothing was changed.
    """

    def build(making: Path) -> None:
        make_empty(making)
        prove(making, _change(making, put))

    def put(transaction: WriteTransaction) -> None:
        _put(transaction, evaluations)
        for evaluation_id in archived:
            archived_flag.archive(transaction, evaluation_id, datetime.now(UTC))
        for one in received:
            received_copies.note(transaction, one)

    write(path, build, replace=replace, never=never)


def copy_to_stick(workspace: Workspace, path: Path, *, replace: bool = False) -> None:
    """Copy a workspace with its history to a stick, and read the copy back from the stick, byte by byte.

    When this returns, everything is written, and the stick can be taken out once the system allows it. Raises
    NotWrittenError; then the stick holds what it held before.
    """
    source = workspace.source()
    try:
        with TemporaryDirectory(prefix="apq-", ignore_cleanup_errors=True) as folder:
            here = Path(folder) / "copy.apq"
            here.touch()
            fill(source, here)
            write(path, lambda there: _carry(here, there), replace=replace, never=source.path)
    except DamagedFileError as error:
        raise NotWrittenError(path, error.sentence) from error
    except FAILURES as error:
        raise NotWrittenError(path, why(error)) from error


def _carry(here: Path, there: Path) -> None:
    """Copy a closed file's bytes, and compare what can be read back from where they went."""
    with here.open("rb") as reading, there.open("wb") as writing:
        while block := reading.read(_BLOCK):
            writing.write(block)
    sync_file(there)
    if _bytes_of(there) != _bytes_of(here):
        raise DamagedFileError(there, NOT_THE_SAME)


def _bytes_of(path: Path) -> bytes:
    """A digest over all bytes of a file, read from the disk or stick itself where the system allows that."""
    found = blake2b()
    with path.open("rb", buffering=0) as file:
        if hasattr(os, "posix_fadvise"):
            with contextlib.suppress(OSError):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while block := file.read(_BLOCK):
            found.update(block)
    return found.digest()


def rescue(workspace: Workspace, mine: Iterable[Evaluation], at: datetime, folder: Path | None = None) -> Path:
    """Keep what is in memory as a new file, when the open one was changed by something else; returns its path.

    The new file lies beside the changed one, or in ``folder``, and is named for the moment ``at``, in the
    person's own time. It has everything that was saved before, with its history, if that can still be read, and
    the evaluations ``mine`` as they are in memory. The changed file is not touched. Raises NotWrittenError.
    """
    source, evaluations = workspace.source(), list(mine)

    def build(making: Path) -> None:
        try:
            fill(source, making)
        except (*FAILURES, DamagedFileError):
            # The open file is another one by now; what is in memory is all that is left of this one.
            os.truncate(making, 0)
            make_empty(making)
        prove(making, _change(making, lambda transaction: _put(transaction, evaluations)))

    path = next(_free_names(source.path, at, folder))
    write(path, build, replace=False)
    return path


def _free_names(path: Path, at: datetime, folder: Path | None) -> Iterator[Path]:
    name = f"{path.stem} (your version {at:%Y-%m-%d %H.%M}"
    for number in count(1):
        end = ")" if number == 1 else f", {number})"
        candidate = (folder or path.parent) / f"{name}{end}{path.suffix}"
        if not os.path.lexists(candidate):
            yield candidate


def _put(transaction: WriteTransaction, evaluations: Iterable[Evaluation]) -> None:
    reader = Reader(transaction.connection)
    there = {heading.id for heading in reader.headings()}
    for evaluation in evaluations:
        rows = reader.rows(evaluation.id) if evaluation.id in there else {}
        StoredEvaluation(rows).write_all(transaction, evaluation)


def _change(path: Path, change: Callable[[WriteTransaction], object]) -> FileState:
    """Carry out a change in a file that nobody else knows yet; returns its books as they are then."""
    database = Database(path, "rw")
    try:
        with database.writing() as connection:
            file_state = read_file_state(connection)
            if file_state is None:
                raise DamagedFileError(path, NOT_THE_SAME)
            transaction = WriteTransaction(connection, Statements(), file_state)
            change(transaction)
            return transaction.close()
    finally:
        database.close()
