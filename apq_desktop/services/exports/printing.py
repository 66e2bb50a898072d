"""What is printed of an evaluation: the whole, an area, the action plan, the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.rules.outgoing_copy import in_own_time
from apq_desktop.toolkit.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Printed:
    """What to print. ``items`` are the actions or the evidence, in their order, where not all are wanted."""

    part: Literal["whole", "area", "plan", "evidence"] = "whole"
    area: str = ""
    items: Sequence[Any] | None = None


def sheet(evaluation: Evaluation, catalogue: Catalogue, wanted: Printed) -> str:
    """What is wanted as the body of an HTML page."""
    from apq_desktop.documents.content import outline
    from apq_desktop.documents.html.web_page import sheet_of

    evaluation = in_own_time(evaluation)
    match wanted.part:
        case "area":
            return sheet_of(outline.one_area(evaluation, catalogue, wanted.area))
        case "plan":
            return sheet_of(outline.plan(evaluation, catalogue, wanted.items))
        case "evidence":
            return sheet_of(outline.evidence(evaluation, catalogue, wanted.items))
    return sheet_of(outline.story(evaluation, catalogue))
