"""Packs that are kept as test data: one of each state of the format, and one with unknown names at every level.

`python tests/exchange/stored_packs.py` writes the one of the newest state in resources/schema/HISTORY.md, from what is
said here. It is written once, when the format has that state, and never again: it is what people have sent.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from apq_desktop import paths
from apq_desktop.evaluation.model import Action, Entry, Evaluation, Evidence, QuestionNote, Setting, align
from apq_desktop.exchange.json import evaluation_json
from apq_desktop.exchange.json.digest import digest_of
from apq_desktop.toolkit.loader import load

FOLDER = Path(__file__).parent / "packs"
HISTORY = paths.resources() / "schema" / "HISTORY.md"
ENTRY = re.compile(r"^## State (\d+)\n.*?^Shape: `([0-9a-f]{64})`$", re.MULTILINE | re.DOTALL)


def history() -> list[tuple[int, str]]:
    """The number and the shape of each state of the format, oldest first."""
    return [(int(number), shape) for number, shape in ENTRY.findall(HISTORY.read_text("utf-8"))]


def shape(schema: str | None = None) -> str:
    """The SHA-256 of the canonical form of a closed schema without what is only said of it."""
    return digest_of(_bare(json.loads(evaluation_json.schema() if schema is None else schema)))


def _bare(part: Any) -> Any:
    if isinstance(part, list):
        return [_bare(item) for item in part]
    if not isinstance(part, dict):
        return part
    said = {name for name in ("$schema", "$id", "title", "description") if isinstance(part.get(name), str)}
    return {name: _bare(value) for name, value in part.items() if name not in said}


def evaluation() -> Evaluation:
    """An evaluation in which every field holds something. A field that is added gets its value here."""
    made = Evaluation(
        id="oak-2026",
        revision=2,
        supersedes="oak-2025",
        created="2026-09-01T08:00:00+00:00",
        changed="2026-11-22T10:42:00+00:00",
        title="Self-evaluation 2026",
        period="September 2026 to July 2027",
        purposes=["self-evaluation", "peer-review"],
        commissioner="Anytown Council",
        other_commissioners=["The Oak Trust"],
        completed_by="The head",
        reviewed_by="The head of another setting",
        took_part="All staff\nand pupils",
        summary="A calm year – we learned much.",
        completed_on="2026-11-22",
        setting=Setting(
            id="oak",
            name="The Oak Centre",
            kind="non-school",
            site="Mill Lane",
            local_authority="Anytown",
            contact="The office",
            key_stages=["3", "4"],
            places="24",
            full_or_part_time="both",
            placement_length="Two terms",
            opens_on="2027-09-01",
            host_school="Anytown Academy",
            hours_a_week="15 hours on three days",
            weeks_a_year="38",
            on_roll="21",
            with_ehcp="6",
            with_sen_support="12",
            looked_after="Fewer than five",
            rest_of_week="Their schools, on two days",
            registration="Not registered",
            urn="100000",
            ukprn="10000000",
            company_number="01234567",
            charity_number="1234567",
            facts_as_at="2026-11-02",
        ),
        evidence=[Evidence("e1", "Notes", "Minutes", "2026-10-05", "Library 3", "2027-10-05", "oak-2025")],
        copy_for="colleague",
        copy_areas=["education"],
        copy_code="ABCD-EFGH",
        actions=[Action("a1", "education", "Ask pupils", "Deputy head", "by Easter", "under-way", "literacy")],
    )
    align(made, load(paths.forms()))
    action, area = made.actions[0], made.area("education")
    action.measure, action.starting_point, action.current_point = "Answers", "None", "Ten"
    action.target, action.readings, action.priority = "All", "Two\n[2026-11-13] Ten", "first"
    action.development_area, action.carried_from = "d1", "oak-2025"
    area.ready, area.applies, area.reason, area.support = True, False, "Taught elsewhere", "A visit"
    area.questions = [QuestionNote(note.key, f"Note on {note.key}") for note in area.questions]
    area.strengths = [Entry("s1", "What we read changes what we do.", "literacy", "oak-2025")]
    area.development_areas = [Entry("d1", "We have not asked pupils yet.", "literacy", "oak-2025")]
    area.evidence = ["e1"]
    made.evidence[0].standards = ["1.3"]
    for entry in (*area.strengths, *area.development_areas):
        entry.preparation, entry.standards = "planned", ["1.3", "northshire:2"]
    return made


if __name__ == "__main__":
    newest, _ = history()[-1]
    target = FOLDER / f"state-{newest}.json"
    if target.exists():
        sys.exit(f"{target} is kept as it is")
    target.write_bytes(evaluation_json.write(evaluation(), load(paths.forms())))
