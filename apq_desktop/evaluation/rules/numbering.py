"""The numbers by which actions and sources of evidence are spoken of in one revision: A1, A2 …, E1, E2 …

PDF, web page and tables take them from here, so that a number means the same wherever it is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apq_desktop.evaluation.model import Evaluation


@dataclass(frozen=True, slots=True)
class Numbers:
    """The number of each action and of each source of evidence, by its id."""

    actions: Mapping[str, str]
    evidence: Mapping[str, str]


def numbers(evaluation: Evaluation) -> Numbers:
    """Number the actions in the order of the plan, and the evidence in the order of the register."""
    return Numbers(
        {action.id: f"A{number}" for number, action in enumerate(evaluation.actions, 1)},
        {item.id: f"E{number}" for number, item in enumerate(evaluation.evidence, 1)},
    )
