"""What the open file holds as a whole: its evaluations are renamed, archived, removed and brought back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.services import EvaluationHeading, RemovedEvaluation, Workspace
    from apq_desktop.ui.session.open_file.store_thread import StoreThread


_Answer = TypeVar("_Answer")


class EvaluationsInFile(NamedTuple):
    """Everything a file holds: worked on, archived, and removed but not brought back, newest first."""

    current: tuple[EvaluationHeading, ...] = ()
    archived: tuple[EvaluationHeading, ...] = ()
    removed: tuple[RemovedEvaluation, ...] = ()


class EvaluationList(QObject):
    """The evaluations of the one open workspace. Each method waits for the store thread and may raise ApqError."""

    changed = Signal()

    def __init__(self, store_thread: StoreThread) -> None:
        super().__init__()
        self._store_thread = store_thread
        self._workspace: Workspace | None = None

    def attach(self, workspace: Workspace | None) -> None:
        """Serve this workspace; None where it is about to be closed."""
        self._workspace = workspace

    def held(self) -> EvaluationsInFile:
        """What there is now. Of one that was removed more than once, the newest."""

        def look(workspace: Workspace) -> EvaluationsInFile:
            headings = workspace.evaluations()
            there = {heading.id for heading in headings}
            gone: dict[str, RemovedEvaluation] = {}
            for removed in workspace.history.removed_evaluations():
                if removed.evaluation.id not in there:
                    gone.setdefault(removed.evaluation.id, removed)
            return EvaluationsInFile(
                tuple(heading for heading in headings if not heading.archived),
                tuple(heading for heading in headings if heading.archived),
                tuple(gone.values()),
            )

        return self._do(look, EvaluationsInFile())

    def rename(self, evaluation_id: str, title: str) -> None:
        """Give an evaluation another title."""
        from apq_desktop.evaluation.edits.changes import SetField, Target

        def change(workspace: Workspace) -> None:
            before = workspace.read(evaluation_id).title
            step = SetField(Target("evaluation"), "title", title, before)
            workspace.apply(evaluation_id, [step], datetime.now(UTC))

        self._do(change, None)

    def archive(self, evaluation_id: str, *, away: bool) -> None:
        """Put an evaluation away, or take it out of the archive again."""

        def change(workspace: Workspace) -> None:
            workspace.archive(evaluation_id, datetime.now(UTC) if away else None)

        self._do(change, None)

    def remove(self, evaluation_id: str) -> None:
        """Take an evaluation out of the file, which keeps it to be brought back."""
        self._do(lambda workspace: workspace.remove(evaluation_id), None)

    def bring_back(self, evaluation: Evaluation) -> None:
        """Put a removed evaluation into the file again."""
        self._do(lambda workspace: workspace.add(evaluation), None)

    def _do(self, work: Callable[[Workspace], _Answer], nothing: _Answer) -> _Answer:
        workspace = self._workspace
        return nothing if workspace is None else self._store_thread.do(lambda: work(workspace))
