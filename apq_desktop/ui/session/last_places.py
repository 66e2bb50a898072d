"""Where the user was writing: the last places in each file, with the caret, so that the work goes on from there."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, get_args

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from apq_desktop import services

if TYPE_CHECKING:
    from apq_desktop.evaluation.edits.changes import Target
    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.ui.session.current_evaluation import CurrentEvaluation, EvaluationView

MOST = 5
"""Places that are offered."""
MOST_FILES = 10


class PlaceSettings(Protocol):
    """Keep places from one start to the next, by the paths of their files."""

    places: dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class PlaceVisit:
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

    def is_in(self, evaluation: Evaluation) -> bool:
        """Whether the place is still there."""
        from apq_desktop.evaluation.edits.changes import resolve  # which the first painting does not wait for

        try:
            return hasattr(resolve(evaluation, self.target), self.field)
        except KeyError:
            return False


class LastPlaces(QObject):
    """Follow the focus from field to field. Without ``settings`` the places are known until another file opens."""

    def __init__(self, current: CurrentEvaluation, settings: PlaceSettings | None = None) -> None:
        super().__init__(current)
        self._current, self._settings = current, settings
        self._file = ""
        self._visits: list[PlaceVisit] = []
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def go_on(self) -> None:
        """Where another file was opened than before, go to the place where it was left."""
        here = self._current.get()
        if here is None or not self._begin(str(here.path.absolute())) or here.session.read_only:
            return
        if visits := self.of(here.session.evaluation):
            continue_at(here.view, visits[0])

    def _begin(self, path: str) -> bool:
        """Know what was kept of a file. Returns whether it is another one than before."""
        if path == self._file:
            return False
        kept = self._settings.places.get(path, []) if self._settings else []
        self._file, self._visits = path, [visit for one in kept if (visit := _as_visit(one))]
        return True

    def of(self, evaluation: Evaluation) -> list[PlaceVisit]:
        """The last places in one evaluation that are still there, the latest first."""
        return [one for one in self._visits if one.evaluation_id == evaluation.id and one.is_in(evaluation)]

    def note(self, widget: QWidget | None) -> None:
        """Remember the place of a field, if it is one of the evaluation's."""
        bound, here = getattr(widget, "bound_to", None), self._current.get()
        if widget is None or bound is None or here is None or not shiboken6.isValid(widget):
            return
        if not here.view.isAncestorOf(widget):
            return  # it is of the evaluation that was in view before
        target, name = bound
        visit = PlaceVisit(here.session.evaluation.id, target, name, _caret(widget), services.now())
        others = [one for one in self._visits if replace(one, caret=0, at="") != replace(visit, caret=0, at="")]
        self._visits = [visit, *others][: 2 * MOST]

    def save(self, widget: QWidget | None) -> None:
        """Remember the place of the field with the focus, and keep all of them for the next start."""
        self.note(widget)
        if self._settings and self._file and self._visits:
            others = {path: kept for path, kept in self._settings.places.items() if path != self._file}
            latest = [asdict(visit) for visit in self._visits]
            self._settings.places = dict([(self._file, latest), *others.items()][:MOST_FILES])

    def _focus_moved(self, before: QWidget | None, now_there: QWidget | None) -> None:
        self.note(before)
        self.note(now_there)


def _caret(field: Any) -> int:
    """The caret of a field for words, counted in characters."""
    if hasattr(field, "textCursor"):
        return len(field.toPlainText()[: field.textCursor().position()])
    return int(field.cursorPosition()) if hasattr(field, "cursorPosition") else 0


def _as_visit(kept: dict[str, Any]) -> PlaceVisit | None:
    from apq_desktop.evaluation.edits.changes import Target, TargetKind  # which the first painting does not wait for

    try:
        target = Target(**{name: str(value) for name, value in kept["target"].items()})  # type: ignore[arg-type]
        if target.kind not in get_args(TargetKind):
            return None
        caret = max(0, int(kept["caret"]))
        return PlaceVisit(str(kept["evaluation_id"]), target, str(kept["field"]), caret, str(kept["at"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def continue_at(view: EvaluationView, visit: PlaceVisit) -> None:
    """Go to a place, with the caret where it was."""
    view.go_to(visit)
    field: Any = QApplication.focusWidget()
    if getattr(field, "bound_to", None) == (visit.target, visit.field) and hasattr(field, "put_cursor"):
        field.put_cursor(visit.caret)
