"""A workspace with one evaluation in it, small but with something in every table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from apq_desktop.evaluation.model import (
    Action,
    AreaRecord,
    Entry,
    Evaluation,
    Evidence,
    QuestionNote,
    Setting,
)
from apq_desktop.storage.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def evaluation() -> Evaluation:
    register = [
        Evidence(title="Attendance data", date="2026-09-01"),
        Evidence(title="Visit", kind="observation"),
    ]
    return Evaluation(
        title="Self-evaluation",
        period="2026/27",
        created="2026-11-22T10:42:00+00:00",
        changed="2026-11-22T10:42:00+00:00",
        commissioner="Riverside Council",
        purposes=["improve", "commission"],
        setting=Setting(name="The Lodge", key_stages=["3", "4"], places="24"),
        areas=[
            AreaRecord(
                1,
                "workforce",
                "Workforce",
                questions=[QuestionNote("1.1", "Everyone is trained."), QuestionNote("1.2")],
                strengths=[Entry(text="Stable team"), Entry(text="Daily briefing")],
                development_areas=[Entry(text="Supervision")],
                evidence=[register[0].id],
            ),
            AreaRecord(7, "needs", "Needs", applies=False, reason="None", strengths=[Entry(sub_area="literacy")]),
        ],
        evidence=register,
        actions=[
            Action(area="workforce", what="Plan supervision", by_when="by Easter"),
            Action(area="needs"),
        ],
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Our evaluation.apq"


@pytest.fixture
def workspace(path: Path, evaluation: Evaluation) -> Iterator[Workspace]:
    with Workspace.create(path) as made:
        made.add(evaluation)
        yield made
