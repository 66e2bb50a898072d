"""Where the person was writing: the last places in each file, with the caret, so that the work goes on from there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.services import now

if TYPE_CHECKING:
    from apq_desktop.ui.session.app_context import CurrentEvaluation

MOST = 5
"""Places kept of one file."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One place: a field of an evaluation, the caret in it, and when it was left, as a UTC stamp."""

    evaluation_id: str
    target: Target
    field: str
    caret: int = 0
    at: str = ""

    @property
    def area(self) -> str:
        """The key of the form, where the target itself says it."""
        return self.target.key if self.target.kind == "area" else self.target.area


class LastPlaces(QObject):
    """Follows the focus from field to field. ``keep`` is given a file's places when they are worth keeping."""

    def __init__(self, current: CurrentEvaluation) -> None:
        super().__init__(current)
        self._current = current
        self._file = ""
        self._visits: list[Visit] = []
        self.keep: Callable[[str, list[dict[str, Any]]], object] = lambda _path, _kept: None
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def begin(self, path: str, kept: list[dict[str, Any]]) -> None:
        """Another file is open, with what was kept of its places. What makes no sense in it is passed over."""
        self._file, self._visits = path, [visit for one in kept if (visit := _as_visit(one))]

    def of(self, evaluation_id: str) -> list[Visit]:
        """The last places in one evaluation, the latest first."""
        return [visit for visit in self._visits if visit.evaluation_id == evaluation_id]

    def note(self, widget: QWidget | None) -> None:
        """Remember the place of a field, if it is one of the evaluation's."""
        bound, here = getattr(widget, "bound_to", None), self._current.get()
        if bound is None or here is None or not shiboken6.isValid(widget):
            return
        target, name = bound
        visit = Visit(here.session.evaluation.id, target, name, _caret(widget), now())
        others = [one for one in self._visits if replace(one, caret=0, at="") != replace(visit, caret=0, at="")]
        self._visits = [visit, *others][: 2 * MOST]

    def save(self, widget: QWidget | None) -> None:
        """Remember the place of the field with the focus, and have everything kept."""
        self.note(widget)
        if self._file and self._visits:
            self.keep(self._file, [asdict(visit) for visit in self._visits])

    def _focus_moved(self, before: QWidget | None, now_there: QWidget | None) -> None:
        self.note(before)
        self.note(now_there)


def _caret(field: Any) -> int:
    """The caret of a field for words, counted in characters."""
    if hasattr(field, "textCursor"):
        return len(field.toPlainText()[: field.textCursor().position()])
    return int(field.cursorPosition()) if hasattr(field, "cursorPosition") else 0


def _as_visit(kept: dict[str, Any]) -> Visit | None:
    try:
        target = Target(**{name: str(value) for name, value in kept["target"].items()})  # type: ignore[arg-type]
        caret = max(0, int(kept["caret"]))
        return Visit(str(kept["evaluation_id"]), target, str(kept["field"]), caret, str(kept["at"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
