"""What leads through one provider: the requests by whose turn it is, then what was written, area by area."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from apq_desktop.evaluation.text import dates
from apq_desktop.evaluation.text.cleaning import visible_text
from apq_desktop.evaluation.titles import area_title
from apq_desktop.review.note_wording import ON_THE_WHOLE, WAITS
from apq_desktop.review.review_labels import STATES, STATUSES
from apq_desktop.review.turns import turns
from apq_desktop.ui.widgets.side_rows import SideRow

if TYPE_CHECKING:
    from apq_desktop.services.libraries.provider_reading import Reading
    from apq_desktop.toolkit.catalogue import Catalogue

WRITTEN = "As they wrote it"


def titles_in(reading: Reading, catalogue: Catalogue) -> dict[str, str]:
    """The heading of each area by its key, in order: those of the toolkit, and what else the provider has."""
    known = {area.key: area_title(area.number, area.title) for area in catalogue.areas}
    return known | {section.area: section.title for section in reading.sections if section.area}


def about_words(reading: Reading, catalogue: Catalogue) -> str:
    """The line under the provider's name: what is read, what the setting is, when it came, and how it stands."""
    shown = reading.revision
    kind = catalogue.kind_title(shown.kind) if shown.kind else ""
    received = f"Revision {shown.number}, received on {dates.local_day(shown.received)}"
    parts = [visible_text(shown.title), kind, received, STATUSES[shown.status.word]]
    return "".join(f"{part}. " for part in parts if part).rstrip()


def side_rows(reading: Reading, titles: Mapping[str, str]) -> list[SideRow]:
    """The rows of the list. A key begins with ``note`` or ``section``, then comes the note's id or the number."""
    rows, heading = [], ""
    for turn in turns(reading.exchange, titles, "reviewer"):
        words = WAITS["reviewer"].get(turn.side, "")
        if words and words != heading:
            rows.append(SideRow(words))
        heading = words
        if words:
            name = titles.get(turn.area, ON_THE_WHOLE)
            rows.append(SideRow(name, turn.counted, f"note {turn.threads[0].note.id}"))
    rows.append(SideRow(WRITTEN))
    rows += [
        SideRow(section.title, _said(reading, section.area), f"section {number}")
        for number, section in enumerate(reading.sections)
    ]
    return rows


def _said(reading: Reading, area: str) -> str:
    """The state of an area and how many notes there are on it."""
    if not area:
        return ""
    given, count = reading.exchange.state_of(area), len(reading.exchange.about_area(area))
    notes = "1 note" if count == 1 else f"{count:,} notes" if count else ""
    return ", ".join(part for part in (STATES[given.state] if given else "", notes) if part)
