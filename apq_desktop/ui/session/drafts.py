"""Words that are typed outside the evaluation and not kept yet: they stand there again wherever they were typed.

A note on a provider, an answer to a reviewer or the name of a setting to begin with belongs nowhere until a button is
pressed. Until then it lies in a small file of this computer, which is written at each pause, when the field is left,
and when the program ends or fails.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from apq_desktop.errors import ApqError
from apq_desktop.ui.session.typing_pauses import LONGEST_MS, PAUSE_MS

if TYPE_CHECKING:
    from concurrent.futures import Future

    from apq_desktop.ui.session.open_file.store_thread import StoreThread

NOT_KEPT = (
    "What you type here cannot be kept on this computer at the moment. Finish it before you leave this page, or copy "
    "it elsewhere."
)
_log = logging.getLogger(__name__)


class Drafts(QObject):
    """The words by place and name. A place is an open library, one provider in it, an evaluation, or a page.

    Nothing here raises: ``failed`` says that something cannot be written.
    """

    failed = Signal(str)

    def __init__(self, store_thread: StoreThread) -> None:
        super().__init__()
        self._store_thread = store_thread
        self._places: dict[str, dict[str, str]] = {}
        self._changed: set[str] = set()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._longest = QTimer(self, singleShot=True, interval=LONGEST_MS)
        for timer in (self._pause, self._longest):
            timer.timeout.connect(self.write)

    def of(self, place: str) -> dict[str, str]:
        """The words that were typed at a place, by name."""
        if place not in self._places:
            from apq_desktop.services.draft_file import read_drafts

            self._places[place] = read_drafts(place)
        return self._places[place]

    def keep(self, place: str, name: str, words: str) -> None:
        """Keep words from now on; none at all are as if nothing had been typed."""
        if words:
            self.of(place)[name] = words
        else:
            self.of(place).pop(name, None)
        self._changed.add(place)
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def forget(self, place: str, *names: str) -> None:
        """Words found their place, or are not wanted: all of a place where no name is given. For any thread.

        They are gone from the disk with the next ``write``.
        """
        held = self.of(place)
        for name in names or tuple(held):
            held.pop(name, None)
        self._changed.add(place)

    def write(self) -> None:
        """Bring to the disk what changed, without waiting."""
        if held := self._held():
            self._store_thread.run(partial(_write, held), partial(self._answered, held))

    def finish(self) -> str:
        """Bring to the disk what changed, and wait. Returns an empty text, or that it failed."""
        if held := self._held():
            try:
                self._store_thread.do(partial(_write, held))
            except ApqError as error:
                self._go_on_later(held, error)
                return NOT_KEPT
        return ""

    def form(self, fields: Mapping[str, Any]) -> DraftForm:
        """Follow the fields of a form, by their names."""
        return DraftForm(self, fields)

    def _held(self) -> dict[str, dict[str, str]]:
        self._pause.stop()
        self._longest.stop()
        changed, self._changed = self._changed, set()
        return {place: dict(self.of(place)) for place in changed}

    def _answered(self, held: Mapping[str, object], done: Future[None]) -> None:
        if error := done.exception():
            self._go_on_later(held, error)

    def _go_on_later(self, held: Mapping[str, object], error: BaseException) -> None:
        """It was not written: that is said, and tried again with whatever is typed next."""
        _log.error("words could not be kept: %s", type(error).__name__)
        self._changed.update(held)
        self.failed.emit(NOT_KEPT)


class DraftForm:
    """The fields of one form: each shows what was typed at the place that is in view, or in a part of it."""

    def __init__(self, drafts: Drafts, fields: Mapping[str, Any]) -> None:
        self._drafts, self._fields = drafts, dict(fields)
        self.at = ("", "")
        for name, field in self._fields.items():
            field.changed.connect(partial(self._keep, name))
            field.editing_finished.connect(drafts.write)

    def show(self, place: str, part: str = "", **otherwise: str) -> None:
        """Show what was typed there, or what stands there ``otherwise``."""
        self.at = place, part
        typed = self._drafts.of(place)
        for name, field in self._fields.items():
            field.load(typed.get(part + name) or otherwise.get(name, ""))

    def forget(self) -> None:
        """All that was typed at the place in view is kept elsewhere now. The fields go on showing it."""
        place, part = self.at
        self._drafts.forget(place, *(part + name for name in self._fields))
        self._drafts.write()

    def done(self, at: tuple[str, str], *fields: Any) -> None:
        """Words found their place: their fields are empty, if it is still in view. All fields, where none is named."""
        place, part = at
        for name, field in self._fields.items():
            if not fields or field in fields:
                self._drafts.forget(place, part + name)
                if at == self.at:
                    field.load("")
        self._drafts.write()

    def _keep(self, name: str, words: str) -> None:
        place, part = self.at
        if place:
            self._drafts.keep(place, part + name, words)


def _write(places: Mapping[str, Mapping[str, str]]) -> None:
    from apq_desktop.services.draft_file import write_drafts

    for place, words in places.items():
        write_drafts(place, words)
