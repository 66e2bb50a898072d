"""Print a part of an evaluation: it is set in the background, and shown page by page before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from apq_desktop import services

if TYPE_CHECKING:
    from apq_desktop.ui.session.app_context import AppContext
    from apq_desktop.ui.session.editing_session import EditingSession

TITLES = {"whole": "The whole evaluation", "area": "This area", "plan": "Action plan", "evidence": "Evidence"}


def print_sheet(app: AppContext, session: EditingSession, wanted: services.Printed) -> None:
    """Show the preview of what is wanted."""
    # Nothing of Qt goes into the other thread, for it must not end there.
    evaluation, catalogue = session.evaluation, session.catalogue
    app.run(
        lambda: services.sheet(evaluation, catalogue, wanted),
        partial(app.dialogs.preview_print, TITLES[wanted.part], app.folder),
        failed="It was not printed",
        saying="Making the pages to print…",
    )
