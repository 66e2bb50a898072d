"""Workspaces: opening one at an evaluation, making one, and what a damaged one still holds."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from apq_desktop import paths
from apq_desktop.errors import FileRefusedError, NotSavedError, NotWrittenError
from apq_desktop.evaluation.model import Evaluation, align
from apq_desktop.storage.files.backups import Backups
from apq_desktop.storage.workspace import EvaluationHeading, Workspace
from apq_desktop.toolkit.catalogue import Catalogue


@dataclass(frozen=True)
class Opened:
    """A workspace, the headings of all its evaluations, and one of them, aligned with the instrument."""

    workspace: Workspace
    headings: tuple[EvaluationHeading, ...]
    evaluation: Evaluation


def now() -> str:
    """This moment as the stamp that files carry: UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def open_workspace(
    path: Path,
    catalogue: Catalogue,
    evaluation_id: str = "",
    *,
    read_only: bool = False,
    backups: Backups | None = None,
) -> Opened:
    """Open a workspace at one evaluation: see ``at_evaluation``."""
    workspace = Workspace.open(path, read_only=read_only, backups=backups)
    try:
        return at_evaluation(workspace, catalogue, evaluation_id)
    except BaseException:
        workspace.close()
        raise


def at_evaluation(workspace: Workspace, catalogue: Catalogue, evaluation_id: str = "") -> Opened:
    """An open workspace at one evaluation: the one asked for, else of those not archived the one changed last."""
    evaluation = workspace.read(_chosen(workspace, evaluation_id), to_edit=not workspace.read_only)
    align(evaluation, catalogue)
    headings = tuple(workspace.evaluations())
    if workspace.read_only:
        return Opened(workspace, headings, evaluation)
    with suppress(NotSavedError):  # a full disk: what is there can still be read
        workspace.add_missing(evaluation)
    return Opened(workspace, headings, evaluation)


def _chosen(workspace: Workspace, evaluation_id: str) -> str:
    headings = workspace.evaluations()
    if not headings:
        raise FileRefusedError(workspace.path, "holds no evaluation yet. Start a new one, or import one into it.")
    chosen = evaluation_id or max(headings, key=lambda heading: (not heading.archived, heading.changed)).id
    if chosen not in {heading.id for heading in headings}:
        raise FileRefusedError(workspace.path, f"holds no evaluation with the id {chosen}.")
    return chosen


def create_workspace(path: Path, evaluation: Evaluation) -> Workspace:
    """A new workspace with one evaluation. Makes the folder where it is missing; refuses a file that is there."""
    _make_folder(path.parent)
    workspace = Workspace.create(path)
    try:
        workspace.add(evaluation)
    except BaseException:
        workspace.close()
        path.unlink(missing_ok=True)
        raise
    return workspace


def example(catalogue: Catalogue) -> Evaluation:
    """The worked example."""
    from apq_desktop.exchange.json import evaluation_json

    return evaluation_json.read(paths.resources() / "example" / "example.json", catalogue).evaluation


def salvage(path: Path, saved: Path, catalogue: Catalogue) -> str:
    """Save what can be read of a damaged file as the new file ``saved``. Returns what the person is told."""
    from apq_desktop.exchange import pack_files
    from apq_desktop.storage.files import save_copies
    from apq_desktop.storage.recovery.salvage import salvage as read_what_reads

    found = read_what_reads(path, catalogue)
    save_copies.write_new(saved, found.evaluations)
    if found.loose_texts:
        loose = saved.with_name(f"{saved.stem} - texts without a place.txt")
        pack_files.write_file(loose, "\n\n".join(found.loose_texts).encode("utf-8"))
    return " ".join(found.remarks[:3])


def ready_folder(folder: Path, *, make: bool = False) -> None:
    """See to it that files can be put into a folder; ``make`` it where it is missing. Raises NotWrittenError."""
    if make:
        _make_folder(folder)
    if not folder.is_dir():
        raise NotWrittenError(folder, "is not a folder. Choose a folder that is there.")
    if not os.access(folder, os.W_OK):
        raise NotWrittenError(folder, "cannot be written to. Choose another folder.")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWrittenError(folder, "the folder could not be made. Choose another place.") from error
