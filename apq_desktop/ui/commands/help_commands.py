"""What the Help menu does: shows the page that fits where the person is, leads back there, and tells the version."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from apq_desktop import __version__
from apq_desktop.ui.widgets import dialogs

if TYPE_CHECKING:
    from apq_desktop.ui.pages.help.help_page import HelpPage
    from apq_desktop.ui.window.evaluation_view import EvaluationView
    from apq_desktop.ui.window.main_window import MainWindow

ABOUT = (
    f"APQ Desktop {__version__}\n\n"
    "Self-evaluation for alternative provision, against the 13 quality areas of the Alternative Provision Quality "
    "Toolkit (2022).\n\n"
    "APQ Desktop has the MIT licence. It uses Qt for Python under the LGPL, and other parts and fonts under free "
    "licences, such as MIT, BSD, Apache, MPL and the SIL Open Font Licence. The file NOTICES names each part with its "
    "licence.\n\n"
    "It keeps everything on this computer and makes no network connection."
)
FITTING = {
    "StartPage": "first-steps",
    "Overview": "first-steps",
    "DetailsPage": "first-steps",
    "CategoryTab": "writing-well",
    "GuidancePanel": "guidance",
    "ActionPlan": "action-plan",
    "EvidencePage": "evidence",
    "CheckAndSend": "check-and-send",
    "SearchPage": "search",
    "ComparePage": "next-year",
    "NextYearPage": "next-year",
    "ItemHistoryPage": "next-year",
    "EvaluationsPage": "several-evaluations",
    "HistoryPage": "going-back",
    "StandardsPage": "where-the-proof-stands",
    "BackupsPage": "going-back",
    "HelpPage": "lists-and-keys",
}
"""The help page for each part of the window, by the name of its class: importing them would slow the start."""


class HelpCommands(QObject):
    """Help about the window it belongs to."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._beside: HelpPage | None = None
        self._alone: HelpPage | None = None
        self._before: tuple[QWidget, QWidget | None] | None = None

    def show(self, start: str = "") -> None:
        """Show the help page with the key ``start``, else the one that fits where the person is."""
        focus, workbench = self._window.focusWidget(), self._window.workbench
        if workbench is not None and workbench.isVisible():
            before = workbench.currentWidget()
            page = self._show_beside(workbench)
        else:
            page = self._made_alone()
            before = self._window.show_instead(page)
            page.focus_first()
        if before is not None and before is not page:  # else it was asked for in the help itself
            self._before = before, focus
            page.show_page(start or help_for(focus) or _in_view(before))
        elif start:
            page.show_page(start)

    def show_about(self) -> None:
        """Tell the version and the licences."""
        dialogs.tell(self._window, "About APQ Desktop", ABOUT)

    def _show_beside(self, workbench: EvaluationView) -> HelpPage:
        from apq_desktop.ui.pages.help.help_page import HelpPage

        page = workbench.show_beside(HelpPage, HelpPage)
        if page is not self._beside:
            self._beside = page
            page.closed.connect(self._go_back_beside)
        return page

    def _made_alone(self) -> HelpPage:
        from apq_desktop.ui.pages.help.help_page import HelpPage

        if self._alone is None:
            self._alone = HelpPage()
            self._alone.closed.connect(self._go_back_alone)
        return self._alone

    def _go_back_beside(self) -> None:
        """After the workbench has gone back to its tabs: back to the page that was in view, and into its field."""
        workbench = self._window.workbench
        if workbench is None or self._before is None:
            return
        page, focus = self._before
        if shiboken6.isValid(page) and workbench.indexOf(page) >= 0:
            workbench.setCurrentWidget(page)
            _give_focus(focus)

    def _go_back_alone(self) -> None:
        if self._before is not None and shiboken6.isValid(self._before[0]):
            self._window.show_instead(self._before[0])
            _give_focus(self._before[1])


def help_for(widget: QWidget | None) -> str:
    """The key of the help page about a widget or what it stands in; empty where none is."""
    while widget is not None:
        if key := FITTING.get(type(widget).__name__):
            return key
        widget = widget.parentWidget()
    return ""


def _in_view(page: QWidget) -> str:
    """The key of the help page about what ``page`` shows, wherever the focus is."""
    from apq_desktop.ui.widgets.tabs import LazyTab, Tabs

    shown = page.currentWidget() if isinstance(page, Tabs) else page
    return help_for(shown.page() if isinstance(shown, LazyTab) else shown)


def _give_focus(widget: QWidget | None) -> None:
    if widget is not None and shiboken6.isValid(widget) and widget.isVisible():
        widget.setFocus()
