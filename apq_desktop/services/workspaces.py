"""Workspaces: opening one at an evaluation, making one, and what a damaged one still holds."""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apq_desktop import paths
from apq_desktop.errors import FileRefusedError, NotSavedError, NotWrittenError
from apq_desktop.evaluation.model import Evaluation, Setting, align, new_evaluation
from apq_desktop.evaluation.rules.outgoing_copy import Include, Sending
from apq_desktop.evaluation.text.dates import moment
from apq_desktop.evaluation.text.school_years import school_year
from apq_desktop.evaluation.titles import unique_title
from apq_desktop.exchange import pack_files
from apq_desktop.review.lines import ReviewLine
from apq_desktop.storage.files.backups import Backups
from apq_desktop.storage.received_copies import ReceivedCopy
from apq_desktop.storage.rows.evaluation_reader import EvaluationHeading
from apq_desktop.storage.workspace import Workspace
from apq_desktop.toolkit.catalogue import Catalogue

_log = logging.getLogger(__name__)
EXAMPLE_ID = "f92c7b9f-6bf3-42a0-a3f0-304b6d929ab8"
"""The worked example's own id, by which it is known wherever it lies."""


@dataclass(frozen=True)
class Opened:
    """A workspace, the headings of all its evaluations, and one of them, aligned with the instrument.

    ``received`` is there where the evaluation came from somebody else, ``sent`` where it is shown as one sending had
    it; ``review_lines`` are what was written about it on either side.
    """

    workspace: Workspace
    headings: tuple[EvaluationHeading, ...]
    evaluation: Evaluation
    received: ReceivedCopy | None = None
    sent: Sending | None = None
    review_lines: tuple[ReviewLine, ...] = ()

    @property
    def read_only(self) -> bool:
        """Whether the evaluation is only for reading: because of its file, or because it is somebody else's words."""
        return self.workspace.read_only or self.received is not None or self.sent is not None

    @property
    def is_example(self) -> bool:
        """Whether it is the worked example."""
        return self.evaluation.id == EXAMPLE_ID


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
    take_over: bool = False,
    prove_later: bool = False,
) -> Opened:
    """Open a workspace at one evaluation: see ``Workspace.open`` and ``at_evaluation``."""
    workspace = Workspace.open(path, read_only=read_only, backups=backups, take_over=take_over, prove_later=prove_later)
    return _opened(workspace, catalogue, evaluation_id)


def evaluations_in(path: Path) -> list[EvaluationHeading]:
    """What a workspace holds, in order of adding; it is only read. Raises FileRefusedError where it cannot be."""
    with Workspace.open(path, read_only=True) as workspace:
        return workspace.evaluations()


def open_again(opened: Opened, catalogue: Catalogue, evaluation_id: str = "", backups: Backups | None = None) -> Opened:
    """A file that is open already, which is only read again where another program changed it; see ``at_evaluation``."""
    if opened.workspace.is_unchanged():
        return at_evaluation(opened.workspace, catalogue, evaluation_id or opened.evaluation.id)
    return _opened(opened.workspace.open_anew(backups), catalogue, evaluation_id)


def _opened(workspace: Workspace, catalogue: Catalogue, evaluation_id: str) -> Opened:
    try:
        opened = at_evaluation(workspace, catalogue, evaluation_id)
    except BaseException:
        workspace.close()
        raise
    state = "read only" if workspace.read_only else "to write"
    _log.info("opened: a file of %s evaluations, %s", len(opened.headings), state)
    return opened


def at_evaluation(workspace: Workspace, catalogue: Catalogue, evaluation_id: str = "") -> Opened:
    """An open workspace at one evaluation: the one asked for, else of those not archived the one changed last."""
    evaluation = workspace.read(_chosen(workspace, evaluation_id), to_edit=not workspace.read_only)
    align(evaluation, catalogue)
    headings = tuple(workspace.evaluations())
    received = workspace.received_copies().get(evaluation.id)
    lines = () if workspace.newer else workspace.reviews.lines(evaluation.id)
    if workspace.read_only or received is not None:
        return Opened(workspace, headings, evaluation, received=received, review_lines=lines)
    with suppress(NotSavedError):  # a full disk: what is there can still be read
        workspace.add_missing(evaluation)
    return Opened(workspace, headings, evaluation, review_lines=lines)


def as_sent(workspace: Workspace, catalogue: Catalogue, sending: Sending) -> Opened:
    """An evaluation as one sending of an open workspace had it. Raises FileRefusedError, PackRefusedError."""
    evaluation, _ = read_sent(workspace, sending.id, catalogue)
    return Opened(workspace, tuple(workspace.evaluations()), evaluation, sent=sending)


def read_sent(workspace: Workspace, sending_id: str, catalogue: Catalogue) -> tuple[Evaluation, Include]:
    """An evaluation as one sending of an open workspace had it, and what went in.

    Raises FileRefusedError, PackRefusedError.
    """
    from apq_desktop.documents.pdf.attachment import attached_data, keywords_of
    from apq_desktop.exchange.json import evaluation_json

    pack = workspace.send_log.pack(sending_id)
    data = attached_data(workspace.path, pack)
    evaluation = evaluation_json.read_bytes(data, workspace.path, catalogue).evaluation
    return evaluation, Include.from_words(keywords_of(workspace.path, pack))


def _chosen(workspace: Workspace, evaluation_id: str) -> str:
    headings = workspace.evaluations()
    if not headings:
        raise FileRefusedError(workspace.path, "holds no evaluation yet. Start a new one, or import one into it.")
    chosen = evaluation_id or max(headings, key=_how_late).id
    if chosen not in {heading.id for heading in headings}:
        raise FileRefusedError(workspace.path, f"holds no evaluation with the id {chosen}.")
    return chosen


def _how_late(heading: EvaluationHeading) -> tuple[bool, datetime]:
    """What was changed last comes last; a change that is still to come was made with the clock in another year."""
    never, at = datetime.min.replace(tzinfo=UTC), moment(heading.changed)
    return not heading.archived, at if at and at < datetime.now(UTC) + timedelta(days=1) else never


def create_workspace(path: Path, evaluation: Evaluation, *, received: str = "") -> Workspace:
    """A new workspace with one evaluation. Makes the folder (``ready_folder``); refuses a file that is there.

    ``received`` is the code of the pack where the evaluation came in as one.
    """
    ready_folder(path.parent)
    workspace = Workspace.create(path)
    try:
        workspace.add(evaluation, received=received)
    except BaseException:
        workspace.close()
        path.unlink(missing_ok=True)
        raise
    return workspace


def begun(catalogue: Catalogue, setting: Setting | str, commissioner: str) -> Evaluation:
    """An empty evaluation of this school year; ``setting`` is one that is known, or the name of a new one."""
    stamp = now()
    title = f"Self-evaluation {school_year(stamp)}"
    setting = Setting(name=setting) if isinstance(setting, str) else setting
    evaluation = new_evaluation(catalogue, created=stamp, title=title, setting=setting)
    evaluation.commissioner, evaluation.purposes = commissioner, ["self-evaluation"]
    return evaluation


def add_begun(workspace: Workspace, catalogue: Catalogue, evaluation: Evaluation) -> Opened:
    """Add an evaluation that is begun here, with a title that tells it from the others of its setting."""
    name = evaluation.setting.name
    taken = {heading.title for heading in workspace.evaluations() if heading.setting_name == name}
    evaluation.title = unique_title(evaluation.title, taken)
    workspace.add(evaluation)
    return at_evaluation(workspace, catalogue, evaluation.id)


def example(catalogue: Catalogue) -> Evaluation:
    """The worked example."""
    from apq_desktop.exchange.json import evaluation_json

    return evaluation_json.read(paths.resources() / "example" / "example.json", catalogue).evaluation


def copy_workspace(path: Path, copy: Path) -> None:
    """Copy one state of a file, with all its evaluations and their history, whoever has it open. Raises ApqError."""
    from apq_desktop.storage.files import save_copies

    with Workspace.open(path, read_only=True) as workspace:
        save_copies.save_copy(workspace, copy, history=True)


def salvage(path: Path, saved: Path, catalogue: Catalogue) -> str:
    """Save what can be read of a damaged file as the new file ``saved``. Returns what the user is told."""
    from apq_desktop.storage.files import save_copies
    from apq_desktop.storage.recovery.salvage import salvage as read_what_reads

    found = read_what_reads(path, catalogue)
    save_copies.write_new(saved, found.evaluations, received=found.received, review_lines=found.review_lines)
    if found.loose_texts:
        loose = saved.with_name(f"{saved.stem} - texts without a place.txt")
        pack_files.write_file(loose, "\n\n".join(found.loose_texts).encode("utf-8"))
    return " ".join(found.remarks[:3])


def ready_folder(folder: Path) -> None:
    """See to it that files can be put into a folder, which is made where only it is missing. Raises NotWrittenError.

    The one rule for making folders: a path of which more is missing was mistyped.
    """
    if not folder.exists():
        _make_folder(folder)
    if not folder.is_dir():
        raise NotWrittenError(folder, "is not a folder. Choose a folder that is there.")
    if not os.access(folder, os.W_OK):
        raise NotWrittenError(folder, "cannot be written to. Choose another folder.")


def _make_folder(folder: Path) -> None:
    if not folder.parent.is_dir():
        sentence = "the folder could not be made, because the folder it would be in is not there. Choose another place."
        raise NotWrittenError(folder, sentence)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise NotWrittenError(folder, "the folder could not be made. Choose another place.") from error
