"""The table of all pages of an open evaluation, beside its overview and its areas.

A new page is a module and one line here; a command with ``page`` shows it from a menu.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pkgutil import resolve_name
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from apq_desktop.ui.session.app_context import AppContext, OpenEvaluation


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page, made of the context and the open evaluation.

    ``make`` names its module below this folder and its class, which is imported at the first visit: all of them
    together would add 40 ms to every start. One that is no ``tab`` is a ``Page``, shown beside the tabs; with
    ``tab_if_reviewed`` it is a tab once something came back.
    """

    key: str
    title: str
    make: str
    tab: bool = False
    tab_if_reviewed: bool = False


PAGES: tuple[PageSpec, ...] = (
    PageSpec("action_plan", "Action plan", "action_plan_page:ActionPlan", tab=True),
    PageSpec("evidence", "Evidence", "evidence_page:EvidencePage", tab=True),
    PageSpec("details", "About this evaluation", "details_page:DetailsPage"),
    PageSpec("send", "Check and send", "send.send_page:CheckAndSend"),
    PageSpec("read", "Read it through", "read_through.read_page:ReadPage"),
    PageSpec("history", "Earlier versions", "history_page:HistoryPage"),
    PageSpec("snapshots", "Snapshots", "snapshots_page:SnapshotsPage"),
    PageSpec("backups", "Backups", "backups_page:BackupsPage"),
    PageSpec("evaluations", "All evaluations", "evaluations.evaluations_page:EvaluationsPage"),
    PageSpec("next_year", "Start the next year", "evaluations.next_year_page:NextYearPage"),
    PageSpec("compare", "What changed", "evaluations.compare_page:ComparePage"),
    PageSpec("item_history", "Over the years", "evaluations.item_history_page:ItemHistoryPage"),
    PageSpec("copies", "A part or a copy", "send.copies_page:CopiesPage"),
    PageSpec("came_back", "A part came back", "send.returned_part_page:ReturnedPartPage"),
    PageSpec("reviews", "Reviews", "reviews.reviews_page:ReviewsPage", tab_if_reviewed=True),
    PageSpec("standards", "Where the proof stands", "standards_page:StandardsPage"),
    PageSpec("open_library", "Open a library", "library.choose_library_page:OpenLibraryPage"),
    PageSpec("new_library", "New library", "library.choose_library_page:NewLibraryPage"),
    PageSpec("help", "Help", "help.help_page:HelpPage"),
)


def read_ahead() -> None:
    """Import the form of areas and the pages in tabs, for each of which its first visit would wait some 10 ms."""
    for module in ("area.area_form", *(spec.make.partition(":")[0] for spec in PAGES if spec.tab)):
        import_module(f"{__package__}.{module}")


def make_page(key: str, app: AppContext, here: OpenEvaluation | None) -> QWidget:
    """Make a page. ``here`` is None only for one that shows nothing of an evaluation, such as help."""
    spec = next(spec for spec in PAGES if spec.key == key)
    page: QWidget = resolve_name(f"{__package__}.{spec.make}")(app, here)
    if not spec.tab:
        page.show_title(spec.title)  # type: ignore[attr-defined]
    return page
