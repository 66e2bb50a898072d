"""The instrument, the earlier worked example, and a small evaluation with something in every list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from apq_desktop import paths
from apq_desktop.evaluation.model import Action, Entry, Evaluation, Evidence, Setting, new_evaluation
from apq_desktop.toolkit.loader import load
from tests.worked_example import earlier_example

if TYPE_CHECKING:
    from apq_desktop.toolkit.catalogue import Catalogue

CREATED = "2026-09-07T15:20:00+00:00"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load(paths.forms())


@pytest.fixture
def example(catalogue: Catalogue) -> Evaluation:
    return earlier_example(catalogue)


@pytest.fixture
def empty(catalogue: Catalogue) -> Evaluation:
    return new_evaluation(catalogue, created=CREATED)


@pytest.fixture
def evaluation(catalogue: Catalogue) -> Evaluation:
    setting = Setting(name="The Lodge", key_stages=["3", "4"], contact="Head of centre")
    made = new_evaluation(catalogue, created=CREATED, title="Self-evaluation", setting=setting)
    made.purposes = ["self-evaluation"]
    made.evidence = [Evidence(title="Attendance data", location="Office"), Evidence(title="Visit")]
    made.actions = [
        Action(area="workforce", what="Plan supervision", who="Head of centre", by_when="2027-01-08"),
        Action(area="needs", what="Review support plans"),
    ]
    workforce = made.area("workforce")
    workforce.strengths = [Entry(text="Stable team"), Entry(text="Daily briefing")]
    workforce.development_areas = [Entry(text="Supervision")]
    workforce.evidence = [item.id for item in made.evidence]
    workforce.questions[0].note = "Everyone is trained."
    return made
