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

NOT_YET = "Your words are not kept yet"
PAUSE_MS = 900
"""Each pause adds a line to a journal, so that it is longer than for a file of one's own."""
EMPTIED = " "
"""How a text that was emptied waits: among drafts, no words are as if nothing had been typed."""
Keep = Callable[["Library", str], object]


class AutosavedText(TextField):
    """``show_kept`` says what it is about. What could not be written waits, also when another text is shown and when
    the program ends, and is tried again when the library can be reached.

    What ``accepts`` says no to is not written; ``refused`` tells whether that is so.
    """

    kept = Signal()
    refused = Signal(bool)

    def __init__(self, app: AppContext, *, lines: int = 3) -> None:
        super().__init__(lines=lines)
        self._libraries, self._drafts = app.libraries, app.drafts
        self._name = ""
        self._keep: Keep | None = None
        self._waiting: dict[str, tuple[Keep, str]] = {}
        self._written = self._asked = ""
        self.accepts: Callable[[str], bool] = lambda _: True
        self._was_away = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.keep_now)
        self.changed.connect(lambda _: self._pause.start())
        for moment in (self._libraries.leaving, self._libraries.keeping):
            moment.connect(self.keep_now)
        self._libraries.failed.connect(self._try_again)
        self._libraries.changed.connect(self._write_what_waits)

    def show_kept(self, name: str, text: str, keep: Keep) -> None:
        """Show another text, which ``keep`` writes; what was typed before is kept first.

        ``name`` is what it is called among words that wait: where some were typed there, they are shown.
        """
        self.keep_now()
        self._name, self._keep, self._written, self._asked = name, keep, text, text
        waiting = self._drafts.of(self._libraries.place).get(name, text)
        self.load("" if waiting == EMPTIED else waiting)
        if not self.is_kept:
            self._pause.start()

    @property
    def is_kept(self) -> bool:
        """Whether all that is typed is on the disk."""
        return self.value() == self._written

    def keep_now(self, *, anew: bool = False) -> None:
        """Write what was typed; ``anew`` also where it is written, because something that goes with it changed."""
        self._pause.stop()
        text, keep = self.value(), self._keep
        _, waiting = self._waiting.get(self._name, (keep, text))
        if keep is None or (text in {self._written, self._asked} and text == waiting and not anew):
            return
        accepted = self.accepts(text)
        self.refused.emit(not accepted)
        if not accepted:
            return
        self._waiting[self._name] = keep, text
        self._drafts.keep(self._libraries.place, self._name, text or EMPTIED)
        if not self._is_away():
            self._write(self._name, keep, text)

    def _write(self, name: str, keep: Keep, text: str) -> None:
        place = self._libraries.place
        if name == self._name:
            self._asked = text

        def then() -> None:
            if self._waiting.get(name) == (keep, text):
                del self._waiting[name]
                self._drafts.forget(place, name)
                self._drafts.write()
            if name == self._name:
                self._written = text
            self.kept.emit()

        self._libraries.write(lambda library: keep(library, text), title=NOT_YET, then=then)

    def _is_away(self) -> bool:
        return self._libraries.status is not None and bool(self._libraries.status.away)

    def _try_again(self, *_: object) -> None:
        """Something could not be written: at the next pause, or when it is left, it is tried once more."""
        self._asked = self._written

    def _write_what_waits(self) -> None:
        """Write what was typed while the library was away."""
        if self._was_away and not self._is_away():
            for name, (keep, text) in list(self._waiting.items()):
                self._write(name, keep, text)
        self._was_away = self._is_away()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field is a moment to keep it."""
        super().focusOutEvent(event)
        self.keep_now()
