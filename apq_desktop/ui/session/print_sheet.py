"""Print a part of an evaluation: it is set in the background, and shown page by page before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apq_desktop import services

if TYPE_CHECKING:
    from concurrent.futures import Future

    from apq_desktop.ui.session.app_context import AppContext
    from apq_desktop.ui.session.editing_session import EditingSession

TITLES = {"whole": "The whole evaluation", "area": "This area", "plan": "Action plan", "evidence": "Evidence"}


def print_sheet(app: AppContext, session: EditingSession, wanted: services.Printed) -> None:
    """Show the preview of what is wanted."""

    def answer(done: Future[str]) -> None:
        app.notifier.hide()
        if error := done.exception():
            app.dialogs.tell_error("It was not printed", error)
        else:
            app.dialogs.preview_print(TITLES[wanted.part], done.result(), app.folder)

    app.notifier.say("Making the pages to print…")
    # Nothing of Qt goes into the other thread, for it must not end there.
    evaluation, catalogue = session.evaluation, session.catalogue
    app.files.store_thread.run(lambda: services.sheet(evaluation, catalogue, wanted), answer)
