"""“Find or go to…” in the window: goes where a result leads, marks the words there, and goes on to the next place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from apq_desktop.evaluation.edits.changes import resolve
from apq_desktop.evaluation.rules.search import hit_at, places, wanted_words
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.dates import shown
from apq_desktop.evaluation.titles import area_title
from apq_desktop.ui.session.last_places import MOST, continue_at
from apq_desktop.ui.window.find.marked_label import MarkedLabel, centre
from apq_desktop.ui.window.find.overlay import FindOverlay
from apq_desktop.ui.window.find.results import Found, Group, Results, Ways, words_for_place

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.ui.pages.help.help_page import HelpPage
    from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation, Place
    from apq_desktop.ui.session.last_places import PlaceVisit
    from apq_desktop.ui.window.views.evaluation_view import EvaluationView

PAUSE_MS = 120
MOST_SHOWN = 90
"""Characters of a last place's text."""


class Finding(QObject):
    """The one place for finding. ``leave_page`` goes back to the evaluation from a page that is shown over it."""

    def __init__(
        self,
        window: QMainWindow,
        app: AppContext,
        actions: Callable[[], Mapping[str, QAction]],
        leave_page: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._window, self._app, self._actions, self._leave_page = window, app, actions, leave_page
        self._overlay: FindOverlay | None = None
        self._results: Results | None = None
        self._others: list[Evaluation] | None = None
        self._before: QWidget | None = None
        self._all: list[Found] = []
        self._queue: list[Found] = []
        self._at = 0
        self._marked_label = MarkedLabel()
        self._wanted: tuple[str, ...] = ()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.look)

    @property
    def overlay(self) -> FindOverlay:
        """The panel over the window, made at its first use."""
        if self._overlay is None:
            overlay = self._overlay = FindOverlay(self._window)
            ways = Ways(self._go_to, self._go_to_other, self._show_tab, self._show_guidance, self._show_help)
            self._results = Results(ways, self._actions())
            overlay.closed.connect(self.close)
            overlay.panel.words.changed.connect(lambda _: self._pause.start())
            overlay.panel.results.chosen.connect(self.go)
            overlay.panel.results.height_changed.connect(overlay.follow_contents)
        return self._overlay

    def find(self) -> None:
        """Open the panel, or begin again in it."""
        if self.overlay.isHidden():
            self._before, self._others = self._window.focusWidget(), None
            if here := self._app.current.get():
                here.session.flush()
        self.look()
        self.overlay.appear()

    def close(self) -> None:
        """Close the panel where it is open, with the focus and the caret where they were."""
        if self._overlay is None or self._overlay.isHidden():
            return
        self._overlay.hide()
        if self._before is not None and shiboken6.isValid(self._before) and self._before.isVisible():
            self._before.setFocus()

    def look(self) -> None:
        """Show what is found for the words as they are now; without words, the last places."""
        self._pause.stop()
        panel, here = self.overlay.panel, self._app.current.get()
        words = visible_text(panel.words.value())
        assert self._results is not None
        groups = self._results.of(words, here, self._other_evaluations(here)) if words else self._last_places(here)
        panel.results.show_groups(groups)
        self._wanted = wanted_words(words)
        self._all = [found for group in groups for found in group.found if found.series]
        self._queue = self._series_of(self._all[0]) if self._all else []
        self._at = 0
        number = sum(len(group.found) for group in groups)
        panel.count.say("" if not words else f"{number} found" if number else "Nothing found")

    def _other_evaluations(self, here: OpenEvaluation | None) -> list[Evaluation]:
        """The rest of the file, read once while the panel is open."""
        if self._others is None:
            self._others = self._app.files.others(here.session.evaluation.id) if here else []
        return self._others

    def go(self, found: Found) -> None:
        """Go where a result leads, and mark the words there."""
        self._pause.stop()
        self.overlay.hide()
        if self._before is not None and shiboken6.isValid(self._before) and self._before.isVisible():
            self._before.setFocus()  # what is shown next leads back there, where it leads back at all
        found.go()
        if found.series:
            self._queue = self._series_of(found)
            self._at = self._queue.index(found)
            self._show_words(found)

    def _series_of(self, found: Found) -> list[Found]:
        return [one for one in self._all if one.series == found.series]

    def _show_words(self, found: Found) -> None:
        if found.label:
            self._marked_label.mark(self._window, found.label, self._wanted)
        else:
            self._mark(0)

    def find_next(self) -> None:
        """Go to the next place of the words, in the same text first; without words, open the panel."""
        if not self._queue or self._app.current.get() is None:
            self.find()
            return
        if self._overlay is not None and self._overlay.isVisible():
            self._overlay.hide()
        elif self._mark(_end_of_selection(QApplication.focusWidget())):
            return
        else:
            self._at = (self._at + 1) % len(self._queue)
        self._queue[self._at].go()
        self._show_words(self._queue[self._at])

    def _mark(self, after: int) -> bool:
        """Select the first of the words in the field with the focus, behind so many of its units, and centre it."""
        field: Any = QApplication.focusWidget()
        if not hasattr(field, "select_words"):
            return False
        for first, last in places(field.shown_words(), self._wanted):
            if first >= after:
                field.select_words(first, last)
                centre(field)
                return True
        return False

    def _go_to(self, place: Place) -> None:
        if here := self._app.current.get():
            self._leave_page()
            here.view.go_to(place)

    def _go_to_other(self, evaluation_id: str, place: Place) -> None:
        def arrived(there: OpenEvaluation) -> None:
            there.view.go_to(place)
            self._mark(0)

        self._app.current.when_shown(evaluation_id, arrived)
        self._app.navigator.switch_to(evaluation_id)

    def _show_tab(self, key: str) -> None:
        if here := self._app.current.get():
            self._leave_page()
            here.view.show_tab(key) if key else cast("EvaluationView", here.view).show_overview()

    def _show_guidance(self, area: str) -> None:
        if here := self._app.current.get():
            self._leave_page()
            cast("EvaluationView", here.view).show_guidance(area)

    def _show_help(self, key: str) -> None:
        page = cast("HelpPage", self._app.navigator.show_over("help"))
        page.show_page(key)
        page.text.setFocus()

    def _last_places(self, here: OpenEvaluation | None) -> list[Group]:
        """Where the user was last, without the place that they come from."""
        if here is None:
            return []
        visits = self._app.places.of(here.session.evaluation)
        if visits and getattr(self._before, "bound_to", None) == (visits[0].target, visits[0].field):
            visits = visits[1:]
        found = [self._last_place(here, visit) for visit in visits[:MOST]]
        return [Group("Where you were", tuple(found), at_first=MOST)] if found else []

    def _last_place(self, here: OpenEvaluation, visit: PlaceVisit) -> Found:
        evaluation, catalogue = here.session.evaluation, here.session.catalogue
        value = getattr(resolve(evaluation, visit.target), visit.field)
        words = " ".join(visible_text(shown(value)).split()) if isinstance(value, str) else ""
        text = words if len(words) <= MOST_SHOWN else f"{words[: MOST_SHOWN - 1].rstrip()}…"
        titles = {area.key: area_title(area.number, area.title) for area in catalogue.areas}
        hit = hit_at(visit.target, visit.field, visit.area, titles)
        return Found(
            text or hit.field_label, words_for_place(evaluation, catalogue, hit), lambda: self._continue(visit)
        )

    def _continue(self, visit: PlaceVisit) -> None:
        if here := self._app.current.get():
            self._leave_page()
            continue_at(here.view, visit)


def _end_of_selection(field: Any) -> int:
    return int(field.end_of_selection()) if hasattr(field, "end_of_selection") else 0
