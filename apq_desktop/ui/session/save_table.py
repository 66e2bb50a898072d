"""Save actions or evidence as a table, calendar or PDF, under a name that the user chooses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from apq_desktop import services

if TYPE_CHECKING:
    from apq_desktop.ui.session.app_context import AppContext
    from apq_desktop.ui.session.editing_session import EditingSession

KINDS = {
    "plan": ("Save the action plan as a PDF", "PDF (*.pdf)", "Action plan.pdf"),
    "actions": ("Save the action plan as a table", "Table (*.csv)", "Action plan.csv"),
    "calendar": ("Save the dates for a calendar", "Calendar (*.ics)", "Action plan.ics"),
    "standards": ("Save where the proof stands as a PDF", "PDF (*.pdf)", "Where the proof stands.pdf"),
    "evidence": ("Save the evidence as a table", "Table (*.csv)", "Evidence.csv"),
}


def save_table(app: AppContext, session: EditingSession, kind: str, items: Sequence[Any] | None = None) -> None:
    """Ask for a name, then write ``items``, or all there are, in the background; ``kind`` is a key of ``KINDS``."""
    title, kinds, name = KINDS[kind]
    path = app.dialogs.choose_new_file(title, app.folder / name, kinds)
    if path is None:
        return
    request = services.ExportRequest(session.evaluation, session.catalogue, path.parent, (kind,), items=items)
    said = f"Saved as {path}."
    app.run(lambda: services.save(request, path.name), lambda _: app.notifier.say(said), failed="It was not saved")
