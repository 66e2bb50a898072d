"""The editor of an action in its area's form: one line once the action is finished or stopped."""

from __future__ import annotations

from apq_desktop.evaluation.edits.changes import Change, Target
from apq_desktop.evaluation.fields import ACTION_WORDS
from apq_desktop.evaluation.model import Action
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.text.dates import shown
from apq_desktop.ui.fields.rows.closable_editor import ClosableEditor
from apq_desktop.ui.session.editing_session import EditingSession

DONE_WITH = ("finished", "stopped")


class ActionEditor(ClosableEditor):
    """Close when its form comes into view, never while somebody is in it, and open when the action goes on."""

    def __init__(self, session: EditingSession, action: Action) -> None:
        super().__init__()
        self._action = action
        session.listeners.add(self._follow, Target("actions", action.id))
        self._tell()

    def _follow(self, _change: Change) -> None:
        self._tell()
        if self._action.progress not in DONE_WITH:
            self.close_it(closed=False)

    def _tell(self) -> None:
        words = " ".join(visible_text(self._action.what).split()) or "An action without words"
        when = shown(self._action.by_when)
        self.say(words, ", ".join(filter(None, (ACTION_WORDS[self._action.progress], when))))

    def settle(self) -> None:
        """Close it where the action is done with."""
        self.close_it(closed=self._action.progress in DONE_WITH)
