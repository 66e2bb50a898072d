"""A text about many settings that is kept as it is typed: at each pause, and whenever it is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent

from apq_desktop.ui.fields.text_fields import TextField
from apq_desktop.ui.session.app_context import AppContext

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library

PAUSE_MS = 900
"""Each pause adds a line to a journal, so that it is longer than for a file of one's own."""
Keep = Callable[["Library", str], object]


class AutosavedText(TextField):
    """``show_kept`` says what it is about. What could not be written stays, and is tried again.

    What ``accepts`` says no to is not written; ``refused`` tells whether that is so.
    """

    kept = Signal()
    refused = Signal(bool)

    def __init__(self, app: AppContext, *, lines: int = 3) -> None:
        super().__init__(lines=lines)
        self._libraries = app.libraries
        self._keep: Keep | None = None
        self._written = self._asked = ""
        self.accepts: Callable[[str], bool] = lambda _: True
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.keep_now)
        self.changed.connect(lambda _: self._pause.start())
        for moment in (self._libraries.leaving, self._libraries.keeping):
            moment.connect(self.keep_now)
        self._libraries.failed.connect(self._try_again)

    def show_kept(self, text: str, keep: Keep) -> None:
        """Show another text, which ``keep`` writes; what was typed before is kept first."""
        self.keep_now()
        self._keep, self._written, self._asked = keep, text, text
        self.load(text)

    @property
    def is_kept(self) -> bool:
        """Whether all that is typed is on the disk."""
        return self.value() == self._written

    def keep_now(self, *, anew: bool = False) -> None:
        """Write what was typed; ``anew`` also where it is written, because something that goes with it changed."""
        self._pause.stop()
        text, keep = self.value(), self._keep
        if keep is None or (text in {self._written, self._asked} and not anew):
            return
        accepted = self.accepts(text)
        self.refused.emit(not accepted)
        if not accepted:
            return
        self._asked = text

        def then() -> None:
            if self._keep is keep:
                self._written = text
            self.kept.emit()

        self._libraries.write(lambda library: keep(library, text), title="Your words are not kept yet", then=then)

    def _try_again(self, *_: object) -> None:
        """Something could not be written: at the next pause, or when it is left, it is tried once more."""
        self._asked = self._written

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field is a moment to keep it."""
        super().focusOutEvent(event)
        self.keep_now()
