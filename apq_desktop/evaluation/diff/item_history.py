"""One action or development area over the years: how it stood in each evaluation that it was carried through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from apq_desktop.evaluation.diff.compare import name_of
from apq_desktop.evaluation.diff.field_diff import FieldChange, field_changes
from apq_desktop.evaluation.field_values import FieldReader
from apq_desktop.evaluation.model import Action, Entry, Evaluation
from apq_desktop.toolkit.catalogue import Catalogue

Kind = Literal["actions", "development_areas"]


@dataclass(frozen=True, slots=True)
class ItemState:
    """An item as it stood in one evaluation. ``fields`` sets it beside how it was in the one before, if there is one.

    ``item`` is a copy: changing it changes nothing.
    """

    evaluation_id: str
    name: str
    period: str
    item: Action | Entry
    fields: tuple[FieldChange, ...]

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """What is not as it was in the evaluation before."""
        return tuple(field for field in self.fields if field.kind != "unchanged")


def chain(evaluations: Iterable[Evaluation], evaluation_id: str) -> list[Evaluation]:
    """The evaluation with this id and those that it follows, oldest first; those that are missing end the chain.

    Raises KeyError where there is no evaluation with this id.
    """
    by_id = {evaluation.id: evaluation for evaluation in evaluations}
    found = [by_id.pop(evaluation_id)]
    while before := by_id.pop(found[-1].supersedes, None):
        found.append(before)
    return found[::-1]


def history_of(kind: Kind, item_id: str, years: Sequence[Evaluation], catalogue: Catalogue) -> list[ItemState]:
    """The states of one item over ``years``, oldest first (see ``chain``); none for a year without it."""
    found: list[ItemState] = []
    before: dict[str, str] | None = None
    for evaluation in years:
        entries = {entry.id: entry for area in evaluation.areas for entry in area.development_areas}
        actions = {action.id: action for action in evaluation.actions}
        item = (actions if kind == "actions" else entries).get(item_id)
        if item is None:
            continue
        now = FieldReader(catalogue, {key: entry.text for key, entry in entries.items()}).fields(kind, item)
        found.append(
            ItemState(
                evaluation_id=evaluation.id,
                name=name_of(evaluation),
                period=evaluation.period,
                item=replace(item),
                fields=field_changes(kind, now if before is None else before, now),
            )
        )
        before = now
    return found
