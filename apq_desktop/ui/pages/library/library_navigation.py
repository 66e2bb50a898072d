"""What leads through a library: the providers, those that wait, themes, reports, and each area of all providers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from apq_desktop.evaluation.titles import area_title
from apq_desktop.ui.widgets.side_rows import SideRow

if TYPE_CHECKING:
    from apq_desktop.toolkit.catalogue import Catalogue

AREA, WAITS = "area ", "waits "
"""Begin the keys of rows: then comes the area, empty for all of them, or whose turn it is."""
ONE_AREA, ALL_AREAS = "One area, all providers", "All areas"
TURNS = (("reviewer", "Waits for us"), ("setting", "Waits for them"))


def library_rows(waits: Mapping[str, int], catalogue: Catalogue) -> list[SideRow]:
    """The rows of the list. Their keys are those of pages, or begin as said above.

    ``waits`` is how many wait, by whose turn it is: what there is to do, and nothing about a setting.
    """
    rows = [SideRow("Providers"), SideRow("All providers", "", "providers")]
    rows += [SideRow(words, _providers(waits[turn]), WAITS + turn) for turn, words in TURNS if waits.get(turn)]
    rows.append(SideRow("Look after this library", "", "care"))
    rows += [SideRow("Read together"), SideRow("Themes", "", "themes"), SideRow("Reports and tables", "", "report")]
    rows.append(SideRow(ONE_AREA))
    rows += [SideRow(area_title(one.number, one.title), "", AREA + one.key) for one in catalogue.areas]
    return [*rows, SideRow(ALL_AREAS, "", AREA)]


def _providers(count: int) -> str:
    return "1 provider" if count == 1 else f"{count:,} providers"
