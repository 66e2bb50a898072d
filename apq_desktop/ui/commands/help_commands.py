"""What the Help menu does: shows the help page that fits where the user is, and tells the version."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from apq_desktop import __version__

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from apq_desktop.ui.pages.help.help_page import HelpPage
    from apq_desktop.ui.session.app_context import AppContext

ABOUT = (
    f"APQ Desktop {__version__}\n\n"
    "Self-evaluation against the 13 quality areas of the Alternative Provision Quality Toolkit (2022).\n\n"
    "No AI in it: people write every word, and what is quoted is letter for letter. Nothing gives a mark.\n\n"
    "MIT licence. The file NOTICES names the parts in it, such as Qt for Python (LGPL), with their licences.\n\n"
    "No network connection, unless a council types the address of a server for its library."
)


class HelpCommands(QObject):
    """Help about the window it belongs to."""

    def __init__(self, app: AppContext) -> None:
        super().__init__(app.current)
        self._app = app

    def show_help(self) -> None:
        """Show the help page that fits where the user is."""
        places = self._app.navigator.in_view()
        page = cast("HelpPage", self._app.navigator.show_over("help"))
        if page not in places:  # else it was asked for in the help itself
            page.show_page(next(filter(None, map(help_key, places)), ""))

    def show_about(self) -> None:
        """Tell the version and the licences."""
        self._app.dialogs.tell("About APQ Desktop", ABOUT)


def help_key(widget: QWidget | None) -> str:
    """The key of the help page about a widget or what it stands in; empty where none is."""
    while widget is not None:
        if key := getattr(widget, "help_key", ""):
            return str(key)
        widget = widget.parentWidget()
    return ""
