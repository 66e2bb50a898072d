"""Taking a provider, or one revision, out of the library: one question, then it is gone for everybody."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.services.libraries import open_library as services
from apq_desktop.ui.session.app_context import AppContext

if TYPE_CHECKING:
    from apq_desktop.library.collection import Library, Revision
    from apq_desktop.ui.widgets.popups.dialogs import Choice

QUESTION = (
    "What {name} sent is taken out of the library, with what was written about it, here and at colleagues. Only a line "
    "stays that says that something was taken out, and when. This cannot be undone. Copies elsewhere are not touched."
)
OUT = "It is taken out."


def ask(app: AppContext, revision: Revision, several: bool, done: Callable[[], object]) -> None:
    """Ask what is to be taken out, and do it after ``done``. ``several``: there are other revisions of it too."""
    choices: list[Choice] = [("Keep it", lambda: None)]
    if several:
        words = f"Take out revision {revision.number} alone"
        choices.append((words, partial(_take_out, app, revision, "revision", done)))
    choices.append(("Take out this provider", partial(_take_out, app, revision, "provider", done)))
    app.dialogs.ask("Take out?", QUESTION.format(name=visible_text(revision.name) or "this provider"), choices)


def _take_out(app: AppContext, revision: Revision, what: str, done: Callable[[], object]) -> None:
    def work(library: Library) -> None:
        if what == "revision":
            services.remove_revision(library, revision)
        else:
            services.remove_provider(library, revision.provider)

    def answer() -> None:
        app.drafts.forget(app.libraries.place_of(revision))
        app.drafts.write()
        app.notifier.say(OUT)

    done()
    app.libraries.write(work, title="It was not taken out", then=answer)
