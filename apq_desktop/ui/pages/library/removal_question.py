"""Taking a provider, a revision or one of its files out of the library: one question, then it is gone for everybody."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.ui.session.app_context import AppContext
from apq_desktop.ui.widgets.buttons import LinkButton
from apq_desktop.ui.widgets.layouts import ReplaceableColumn, column_in

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library
    from apq_desktop.services.libraries.provider_reading import Reading
    from apq_desktop.ui.widgets.popups.dialogs import Choice

STAYS = (
    "Only a line stays that says that something was taken out, and when. This cannot be undone. Copies elsewhere are "
    "not touched."
)
QUESTION = (
    "What {name} sent is taken out of the library, with what was written about it, here and at colleagues. " + STAYS
)
ONE_FILE = (
    "The file “{name}” is taken out of the library, here and at colleagues. The revision and what was written about it "
    "stay, for another file holds it too. " + STAYS
)
OUT = "It is taken out."
KEEP = ("Keep it", lambda: None)


class RemovalQuestion(QWidget):
    """The ways to take out what is shown; each file has its own where several hold the revision.

    ``done`` is called before it is taken out.
    """

    def __init__(self, app: AppContext, done: Callable[[], object]) -> None:
        super().__init__()
        self._app, self._done = app, done
        self._reading: Reading | None = None
        body = column_in(self)
        self.out = LinkButton("Take out of the library…")
        self.out.clicked.connect(self._ask)
        body.addWidget(self.out)
        self.files = ReplaceableColumn(4)
        body.addWidget(self.files)

    def show_reading(self, reading: Reading) -> None:
        """Show the ways for what is read now."""
        self._reading = reading
        self.files.renew()
        for digest, name in reading.files.items() if len(reading.files) > 1 else ():
            shown = visible_text(name)
            link = LinkButton(f"Take out the file “{shown}” alone…")
            link.clicked.connect(partial(self._ask_file, digest, shown))
            self.files.addWidget(link)
        self.files.show_now()

    def _ask(self) -> None:
        if (reading := self._reading) is None:
            return
        choices: list[Choice] = [KEEP]
        if reading.earlier:
            words = f"Take out revision {reading.revision.number} alone"
            choices.append((words, partial(self._take_out, reading, "revision")))
        choices.append(("Take out this provider", partial(self._take_out, reading, "provider")))
        name = visible_text(reading.revision.name) or "this provider"
        self._app.dialogs.ask("Take out?", QUESTION.format(name=name), choices)

    def _ask_file(self, digest: str, name: str) -> None:
        if (reading := self._reading) is not None:
            choices: list[Choice] = [KEEP, ("Take out this file", partial(self._take_out, reading, digest))]
            self._app.dialogs.ask("Take out?", ONE_FILE.format(name=name), choices)

    def _take_out(self, reading: Reading, what: str) -> None:
        """Take out a revision, a provider, or the file with this digest."""
        app, revision = self._app, reading.revision

        def work(library: Library) -> None:
            from apq_desktop.services.libraries import open_library as services

            if what == "revision":
                services.remove_revision(library, revision)
            elif what == "provider":
                services.remove_provider(library, revision.provider)
            else:
                services.remove_pack(library, what)

        def answer() -> None:
            app.drafts.forget(app.libraries.place_of(revision))
            app.drafts.write()
            app.notifier.say(OUT)

        self._done()
        app.libraries.write(work, title="It was not taken out", then=answer)
