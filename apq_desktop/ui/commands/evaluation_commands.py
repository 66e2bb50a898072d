"""What is done with the open evaluation and the others of its file: compare them, start another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from apq_desktop.evaluation.model import Evaluation
    from apq_desktop.evaluation.rules.outgoing_copy import Include, Sending
    from apq_desktop.services import Snapshot
    from apq_desktop.ui.pages.evaluations.compare_page import ComparePage
    from apq_desktop.ui.pages.read_through.read_page import ReadPage
    from apq_desktop.ui.pages.snapshots_page import SnapshotsPage
    from apq_desktop.ui.session.app_context import AppContext


class EvaluationCommands(QObject):
    """Each does nothing where no evaluation is open."""

    def __init__(self, app: AppContext) -> None:
        super().__init__(app.current)
        self._app = app
        self._snapshots_page: SnapshotsPage | None = None

    def start_another(self) -> None:
        """Start an empty evaluation of the same setting in the open file."""
        if (here := self._app.current.get()) and self._app.saving.finish_saving():
            evaluation = here.session.evaluation
            self._app.files.start_another(replace(evaluation.setting), evaluation.commissioner)

    def show_snapshots(self) -> None:
        """Show what was kept under a name, with the way to what changed since."""
        if self._app.current.get() is None:
            return
        page = cast("SnapshotsPage", self._app.navigator.show_page("snapshots"))
        if page is not self._snapshots_page:
            self._snapshots_page = page
            page.changes_requested.connect(lambda key: self.show_comparison(chosen=key))
            page.look_requested.connect(self._look_at)

    def _look_at(self, snapshot: Snapshot) -> None:
        page = cast("ReadPage", self._app.navigator.show_page("read"))
        page.show_kept(snapshot.name, snapshot.evaluation)

    def show_comparison(self, since: Sending | None = None, chosen: str = "") -> None:
        """Show what changed ``since`` a sending, since the snapshot ``chosen`` by its key, or else between any two.

        Offered first is the evaluation before this, then what was sent of this one, then the others.
        """
        from apq_desktop.evaluation.rules.outgoing_copy import EVERYTHING

        if not (here := self._app.current.get()):
            return
        if here.opened.sent is not None:  # it is compared with what stands now, not with itself
            self.show_changes_since(here.opened.sent)
            return
        session = here.session
        evaluations, sendings = self._comparable(session.evaluation)
        supersedes = [one for one in evaluations if one[0] == session.evaluation.supersedes]
        files = self._app.files
        held = files.workspace
        kept = {one.key: one for one in files.store_thread.do(lambda: held.snapshots.of(session.evaluation.id))}
        snapshots = [(key, f"Snapshot: {one.name}") for key, one in kept.items()]
        choices = [*supersedes, *sendings, *snapshots, *(one for one in evaluations if one not in supersedes)]
        if not choices:
            self._app.notifier.say("There is nothing in this file to compare with yet.")
            return
        were_sent = {key for key, _ in sendings}

        def read(key: str) -> tuple[Evaluation, Include]:
            if key in were_sent:
                return self._app.files.read_sent(key)
            if key in kept:
                return kept[key].evaluation, EVERYTHING
            return self._app.files.read(key) if key else session.evaluation, EVERYTHING

        def pair(earlier: str, later: str) -> tuple[Evaluation, Evaluation]:
            return _as_comparable(read(earlier), read(later), one_was_sent=bool(were_sent & {earlier, later}))

        page = cast("ComparePage", self._app.navigator.show_page("compare"))
        page.offer(choices, pair, since.id if since else chosen)

    def show_changes_since(self, sending: Sending) -> None:
        """Show what changed since a sending of the open file, in the evaluation that was sent."""
        self.at_evaluation(sending.evaluation_id, lambda: self.show_comparison(sending))

    def at_evaluation(self, evaluation_id: str, act: Callable[[], object]) -> None:
        """Go to an evaluation of the open file, unless it is in view, and ``act`` there."""
        here = self._app.current.get()
        if here is not None and here.session.evaluation.id == evaluation_id and here.opened.sent is None:
            act()
        else:
            self._app.current.when_shown(evaluation_id, lambda _: act())
            self._app.navigator.switch_to(evaluation_id)

    def _comparable(self, current: Evaluation) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """The other evaluations of the file, newest first, and what was sent of any: ids with words."""
        from apq_desktop.evaluation.titles import evaluation_name
        from apq_desktop.ui.pages.send.send_log_card import in_words

        files = self._app.files
        evaluations, sendings = [], []
        headings = files.headings()[::-1]
        headings.sort(key=lambda heading: heading.id != current.id)
        for one in headings:
            name = evaluation_name(one.title, one.setting_name, current.setting.name)
            which = "" if one.id == current.id else f"{name}, "
            if which:
                evaluations.append((one.id, name))
            sendings += [(sent.id, f"{which}As sent: {in_words(sent)}") for sent in files.sendings(one.id)]
        return evaluations, sendings


def _as_comparable(
    earlier: tuple[Evaluation, Include], later: tuple[Evaluation, Include], *, one_was_sent: bool
) -> tuple[Evaluation, Evaluation]:
    """Two evaluations without what is no change of them: what one left out when it was sent, whom a pack is for."""
    from apq_desktop.evaluation.rules.outgoing_copy import copy_to_send

    (first, in_first), (second, in_second) = earlier, later
    first, second = copy_to_send(first, in_second), copy_to_send(second, in_first)
    if one_was_sent:
        first.commissioner, first.other_commissioners = second.commissioner, [*second.other_commissioners]
    return first, second
