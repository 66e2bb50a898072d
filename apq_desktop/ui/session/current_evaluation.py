"""The evaluation in view: how it was opened, and what its view can show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from apq_desktop.evaluation.edits.changes import Change, Target
    from apq_desktop.services import Opened
    from apq_desktop.ui.session.editing_session import EditingSession
    from apq_desktop.ui.widgets.page import Page

_Widget = TypeVar("_Widget", bound="QWidget")


class Place(Protocol):
    """What leads somewhere: a remark, or a place that search found."""

    @property
    def area(self) -> str:
        """The key of the form, or empty."""

    @property
    def target(self) -> Target | None:
        """What the field belongs to."""

    @property
    def field(self) -> str:
        """The field's name, or empty for the form as a whole."""


class EvaluationView(Protocol):
    """The tabs of the open evaluation, and the pages shown beside them."""

    def show_page(self, key: str) -> Page:
        """Show a page of ``PAGES`` beside the tabs, made at its first visit."""

    def show_tab(self, key: str) -> QWidget:
        """Show a tab of ``PAGES``. Returns its page."""

    def visit_area(self, key: str) -> object:
        """Show the form of an area, from its beginning."""

    def write_in(self, key: str) -> None:
        """Show the form of an area with the caret in its first field."""

    def go_to(self, place: Place) -> None:
        """Show a field."""

    def show_change(self, change: Change) -> None:
        """Show where a change was made."""

    def isAncestorOf(self, child: QWidget) -> bool:
        """Whether a widget stands on one of the pages."""

    def findChildren(self, kind: type[_Widget]) -> list[_Widget]:
        """The widgets of a kind, on all pages made so far."""


class OpenEvaluation(NamedTuple):
    """The evaluation in view, and how it was opened."""

    session: EditingSession
    view: EvaluationView
    opened: Opened

    @property
    def path(self) -> Path:
        """The .apq file."""
        return self.opened.workspace.path

    @property
    def may_be_sent(self) -> bool:
        """Whether it is the user's own: neither received nor shown as it was sent, nor a part of somebody else's."""
        return self.opened.received is None and self.opened.sent is None and not self.is_part

    @property
    def is_part(self) -> bool:
        """Whether it is a part that the user writes on for somebody else."""
        return self.opened.evaluation.copy_for == "colleague" and not self.opened.read_only


class CurrentEvaluation(QObject):
    """Which evaluation is open, if any. ``changed`` carries an OpenEvaluation or None.

    ``parent`` is the window. Commands have this as theirs, so that all of them end with the window and in its thread,
    not where Python happens to collect its garbage.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open: OpenEvaluation | None = None
        self._waiting: tuple[str, Callable[[OpenEvaluation], object]] | None = None

    def get(self) -> OpenEvaluation | None:
        """The open evaluation, or None."""
        return self._open

    def set(self, now: OpenEvaluation | None) -> None:
        """For the main window alone."""
        self._open = now
        self.changed.emit(now)

    def when_shown(self, evaluation_id: str, work: Callable[[OpenEvaluation], object]) -> None:
        """Do ``work`` once with this evaluation, when it is shown; never, where another one is shown first."""
        self._waiting = evaluation_id, work

    def note_shown(self) -> None:
        """What is open is on the screen. For the main window alone."""
        waiting, self._waiting = self._waiting, None
        if waiting and self._open and self._open.session.evaluation.id == waiting[0]:
            waiting[1](self._open)
