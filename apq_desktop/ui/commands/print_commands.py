"""Prints what is in view: the plan, the evidence or an area; from any other place the whole evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from apq_desktop import services

if TYPE_CHECKING:
    from concurrent.futures import Future

    from apq_desktop.ui.session.app_context import AppContext

TITLES = {"whole": "The whole evaluation", "area": "This area", "plan": "Action plan", "evidence": "Evidence"}


class PrintCommands(QObject):
    """A page that has something of its own to print says so with ``to_print``."""

    def __init__(self, app: AppContext) -> None:
        super().__init__(app.current)
        self._app = app

    def print_view(self) -> None:
        """Show the preview of what is in view."""
        here = self._app.current.get()
        if here is None:
            return
        pages = [page for page in self._app.navigator.in_view() if hasattr(page, "to_print")]
        wanted: services.Printed = pages[0].to_print() if pages else services.Printed()

        def answer(done: Future[str]) -> None:
            if error := done.exception():
                self._app.dialogs.tell_error("It was not printed", error)
            else:
                self._app.dialogs.preview_print(TITLES[wanted.part], done.result())

        session = here.session
        self._app.files.store_thread.run(lambda: services.sheet(session.evaluation, session.catalogue, wanted), answer)
