"""One action over the years: how it stood in each evaluation that it was carried through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from apq_desktop.evaluation.compare import name_of
from apq_desktop.evaluation.compared_fields import FieldChange, Reading, field_changes
from apq_desktop.evaluation.model import Action, Evaluation
from apq_desktop.instrument import Catalogue


@dataclass(frozen=True, slots=True)
class ActionState:
    """An action as it stood in one evaluation. ``changes`` tells what is not as it was in the one before.

    ``action`` is a copy: changing it changes nothing.
    """

    evaluation_id: str
    name: str
    period: str
    action: Action
    changes: tuple[FieldChange, ...]


def chain(evaluations: Iterable[Evaluation], evaluation_id: str) -> list[Evaluation]:
    """The evaluation with this id and those that it follows, oldest first; those that are missing end the chain.

    Raises KeyError where there is no evaluation with this id.
    """
    by_id = {evaluation.id: evaluation for evaluation in evaluations}
    found = [by_id.pop(evaluation_id)]
    while before := by_id.pop(found[-1].supersedes, None):
        found.append(before)
    return found[::-1]


def history_of(action_id: str, years: Sequence[Evaluation], catalogue: Catalogue) -> list[ActionState]:
    """The states of one action over ``years``, oldest first (see ``chain``); none for a year without it."""
    found: list[ActionState] = []
    before: dict[str, str] | None = None
    for evaluation in years:
        action = next((action for action in evaluation.actions if action.id == action_id), None)
        if action is None:
            continue
        needs = {entry.id: entry.text for area in evaluation.areas for entry in area.development_areas}
        now = Reading(catalogue, needs).fields("actions", action)
        changed = field_changes("actions", before, now) if before is not None else ()
        found.append(
            ActionState(
                evaluation_id=evaluation.id,
                name=name_of(evaluation),
                period=evaluation.period,
                action=replace(action),
                changes=tuple(change for change in changed if change.kind != "unchanged"),
            )
        )
        before = now
    return found
