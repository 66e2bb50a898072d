"""What is said first of an area: what works best there, and what needs work most."""

from __future__ import annotations

from collections.abc import Sequence

from apq_desktop.evaluation.model import AreaRecord, Entry
from apq_desktop.evaluation.text.cleaning import visible_text


def works_best(area: AreaRecord) -> Entry | None:
    """The strength that stands for the area; None where none is written."""
    return _chosen(area.strengths)


def needs_work_most(area: AreaRecord) -> Entry | None:
    """The development area that stands for the area; None where none is written."""
    return _chosen(area.development_areas)


def _chosen(entries: Sequence[Entry]) -> Entry | None:
    """The first entry that says something: people write first what matters most to them."""
    return next((entry for entry in entries if visible_text(entry.text)), None)
