"""Copies that a user asks for: under another name, on a USB drive, or to keep both versions of a changed file."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from apq_desktop.errors import DamagedFileError, FileRefusedError, NotWrittenError, WorkspaceRefusedError
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.review.lines import ReviewLine
from apq_desktop.storage import archived_flag, received_copies
from apq_desktop.storage.database import integrity
from apq_desktop.storage.database.connection import Database
from apq_desktop.storage.database.sqlite_errors import FAILURES, is_kind
from apq_desktop.storage.files.creation import make_empty
from apq_desktop.storage.files.opening import open_file
from apq_desktop.storage.files.verified_copy import (
    NOT_THE_SAME,
    CopySource,
    copy_whole,
    fill,
    prove,
    sync_file,
    why,
    write,
)
from apq_desktop.storage.received_copies import ReceivedCopy
from apq_desktop.storage.reviews import put_lines
from apq_desktop.storage.rows.evaluation_reader import EvaluationReader
from apq_desktop.storage.rows.row_difference import StoredEvaluation
from apq_desktop.storage.rows.transaction import FileState, WriteTransaction, read_file_state
from apq_desktop.storage.workspace import Workspace

NEWER_WHOLE_ONLY = (
    "This file was made by a newer version of APQ Desktop, so only a copy with its history can be made here."
)
_BLOCK = 1 << 20


def save_copy(workspace: Workspace, path: Path, *, history: bool, replace: bool = False) -> None:
    """Save a proved copy of an open workspace as the file ``path``, over another one only with ``replace``.

    Without ``history`` the copy is built again from what the evaluations say now: no earlier text, nothing
    removed, nothing sent and nothing of a review (which quotes earlier texts) is anywhere in its bytes.
    Raises NotWrittenError; then nothing was changed.
    """
    source = workspace.source()
    if history:
        copy_whole(source, path, replace=replace)
    elif source.file_state is None:
        raise NotWrittenError(path, NEWER_WHOLE_ONLY)
    else:
        _write_without_history(workspace, path, replace=replace, never=source.path)


def _write_without_history(workspace: Workspace, path: Path, *, replace: bool, never: Path) -> None:
    try:
        headings = workspace.evaluations()
        evaluations = [workspace.read(heading.id) for heading in headings]
        received = [one for key, one in workspace.received_copies().items() if key in {each.id for each in headings}]
    except FileRefusedError as error:
        raise NotWrittenError(path, error.sentence) from error
    archived = [heading.id for heading in headings if heading.archived]
    write_new(path, evaluations, archived=archived, received=received, replace=replace, never=never)


def write_new(
    path: Path,
    evaluations: Iterable[Evaluation],
    *,
    archived: Iterable[str] = (),
    received: Iterable[ReceivedCopy] = (),
    review_lines: Iterable[ReviewLine] = (),
    replace: bool = False,
    never: Path | None = None,
) -> None:
    """Make a new workspace of these evaluations, proved and complete before it has its name.

    ``archived`` are the ids of those that are put away, ``received`` tells which came from somebody else,
    ``review_lines`` what was written about them. ``never`` is a file that is not replaced in any case.
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
        put_lines(transaction, tuple(review_lines))

    write(path, build, replace=replace, never=never)


def copy_to_stick(workspace: Workspace, path: Path, *, replace: bool = False) -> None:
    """Copy a workspace with its history to a USB drive, and read the copy back from the USB drive, byte by byte.

    When this returns, everything is written, and the USB drive can be taken out once the system allows it. Raises
    NotWrittenError; then the USB drive holds what it held before.
    """
    source = workspace.source()
    with _made_here(path, lambda here: fill(source, here)) as here:
        write(path, lambda there: _carry(here, there), replace=replace, never=source.path)


@contextlib.contextmanager
def _made_here(path: Path, make: Callable[[Path], None]) -> Iterator[Path]:
    """A file that ``make`` fills in a temporary folder, on its way to ``path``. Raises NotWrittenError."""
    try:
        with TemporaryDirectory(prefix="apq-", ignore_cleanup_errors=True) as folder:
            here = Path(folder) / "copy.apq"
            here.touch()
            make(here)
            yield here
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
    """A digest over all bytes of a file, read from the disk or USB drive itself where the system allows that."""
    found = blake2b()
    with path.open("rb", buffering=0) as file:
        if hasattr(os, "posix_fadvise"):
            with contextlib.suppress(OSError):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while block := file.read(_BLOCK):
            found.update(block)
    return found.digest()


def save_mine(
    workspace: Workspace, mine: Iterable[Evaluation], path: Path, *, history: bool, replace: bool = False
) -> bool:
    """Save the evaluations ``mine`` as they are in memory, with all others of the open file, as the file ``path``.

    The open file need not be there any more, nor be as it was saved last. Returns False where nothing else of it
    could be read, so that the new file holds ``mine`` only. Raises NotWrittenError; then nothing was changed.
    """
    source, evaluations, all_read = workspace.source(), list(mine), False

    def build(making: Path) -> None:
        nonlocal all_read
        all_read = _copy_what_reads(source, making)
        prove(making, _change(making, lambda transaction: _put(transaction, evaluations)))

    if history:
        write(path, build, replace=replace, never=source.path)
    else:
        with _made_here(path, build) as here, Workspace.open(here, read_only=True) as whole:
            _write_without_history(whole, path, replace=replace, never=source.path)
    return all_read


def _copy_what_reads(source: CopySource, making: Path) -> bool:
    """Fill ``making`` with what was saved, else with what lies there now, else with nothing; False for nothing."""
    try:
        fill(source, making)
    except (*FAILURES, WorkspaceRefusedError) as error:
        os.truncate(making, 0)
        in_use = is_kind(error, "SQLITE_BUSY") or getattr(error, "sentence", "") == integrity.IN_USE
        if not in_use and _copy_what_lies_there(source, making):
            return True
        make_empty(making)
        return False
    return True


def _copy_what_lies_there(source: CopySource, making: Path) -> bool:
    """Copy what another program made of the open file since, if it is a whole workspace and still the same one."""
    try:
        with contextlib.closing(open_file(source.path, read_only=True)) as opened:
            state = opened.file_state
            if state is None or state.workspace_id != source.workspace_id:
                return False
            fill(opened.source(), making)
    except (*FAILURES, FileRefusedError):
        os.truncate(making, 0)
        return False
    return True


def rescue(workspace: Workspace, mine: Iterable[Evaluation], at: datetime, folder: Path | None = None) -> Path:
    """Keep what is in memory as a new file, when the open one was changed by something else; returns its path.

    The new file lies beside the changed one, or in ``folder``, and is named for the moment ``at``, in the
    person's own time. It is made by ``save_mine``, with its history. Raises NotWrittenError.
    """
    path = next(_free_names(workspace.path, at, folder))
    save_mine(workspace, mine, path, history=True)
    return path


def _free_names(path: Path, at: datetime, folder: Path | None) -> Iterator[Path]:
    name = f"{path.stem} (your version {at:%Y-%m-%d %H.%M}"
    for number in count(1):
        end = ")" if number == 1 else f", {number})"
        candidate = (folder or path.parent) / f"{name}{end}{path.suffix}"
        if not os.path.lexists(candidate):
            yield candidate


def _put(transaction: WriteTransaction, evaluations: Iterable[Evaluation]) -> None:
    reader = EvaluationReader(transaction.connection)
    there = {heading.id for heading in reader.headings()}
    for evaluation in evaluations:
        rows = reader.rows(evaluation.id) if evaluation.id in there else {}
        StoredEvaluation(rows).write_all(transaction, evaluation)


def _change(path: Path, change: Callable[[WriteTransaction], object]) -> FileState:
    """Carry out a change in a file that nobody else knows yet; returns its books as they are then."""
    with contextlib.closing(Database(path, "rw")) as database, database.writing() as connection:
        file_state = read_file_state(connection)
        if file_state is None:
            raise DamagedFileError(path, NOT_THE_SAME)
        transaction = WriteTransaction(connection, file_state)
        change(transaction)
        return transaction.close()
