"""One evaluation in which nothing is empty, and the plain values of its file to be spoilt."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from apq_desktop import paths
from apq_desktop.evaluation.model import Action, Entry, Evaluation, Evidence, Setting, new_evaluation
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.toolkit.loader import load

if TYPE_CHECKING:
    from apq_desktop.toolkit.catalogue import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load(paths.forms())


@pytest.fixture
def evaluation(catalogue: Catalogue) -> Evaluation:
    """Every field holds something, and everything that can name something else does."""
    setting = Setting(
        name="The Oak Centre",
        kind="non-school",
        site="Mill Lane",
        local_authority="Anytown",
        contact="The office\n01632 960000",
        key_stages=["3", "4"],
        places="24",
        full_or_part_time="both",
        placement_length="Two terms",
    )
    made = new_evaluation(catalogue, created="2026-09-01T08:00:00+00:00", title="Self-evaluation 2026", setting=setting)
    made.revision, made.supersedes, made.changed = 2, "oak-2025", "2026-11-22T10:42:00+00:00"
    made.period, made.purposes = "2026 to 2027", ["self-evaluation", "commissioning"]
    made.commissioner, made.completed_by, made.took_part = (
        "Anytown Council",
        "The head",
        "All staff\nand pupils",
    )
    made.summary, made.completed_on = "A calm year – we learned much.", "2026-11-22"
    for area in made.areas:
        area.ready = area.number % 2 == 0
        area.support = "A visit"
        for note in area.questions:
            note.note = f"A note on {note.key}"
        area.strengths = [Entry(text=f"Strength {n} of {area.key}", carried_from="oak-2025") for n in (1, 2)]
        area.development_areas = [Entry(text=f"To develop in {area.key}", sub_area="part")]
        source = Evidence(
            title="Notes", kind="Minutes", date="2026-10-05", location="Shelf 3", review_date="2027-10-05"
        )
        source.carried_from, source.standards = "oak-2025", ["1.3", "2.1"]
        made.evidence.append(source)
        area.evidence = [source.id, made.evidence[0].id][: area.number]
        made.actions.append(
            Action(
                area=area.key,
                what="Ask pupils",
                who="Deputy head",
                by_when="by Easter",
                progress="under-way",
                sub_area="part",
                measure="Answers",
                starting_point="None",
                target="Twenty",
                readings="[2026-11-13] Ten",
                priority="first",
                development_area=area.development_areas[0].id,
                carried_from="oak-2025",
            )
        )
    made.areas[12].applies, made.areas[12].reason = False, "Our pupils are younger."
    return made


@pytest.fixture
def document(evaluation: Evaluation, catalogue: Catalogue) -> dict[str, Any]:
    """The plain values of the file, without the digest, so that a test can spoil them."""
    values = json.loads(evaluation_json.write(evaluation, catalogue))
    del values["digest"]
    return dict(values)
