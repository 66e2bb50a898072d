"""Print what is in view: the plan, the evidence or an area; from any other place the whole evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from apq_desktop import services
from apq_desktop.ui.session.print_sheet import print_sheet

if TYPE_CHECKING:
    from apq_desktop.ui.session.app_context import AppContext


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
        pages: list[Any] = [page for page in self._app.navigator.in_view() if hasattr(page, "to_print")]
        print_sheet(self._app, here.session, pages[0].to_print() if pages else services.Printed())
