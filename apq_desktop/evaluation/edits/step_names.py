"""What a step is called beside Undo and Redo in the menu: "typing in 2.1", "removing a strength in 2"."""

from __future__ import annotations

from typing import Any

from apq_desktop.evaluation.edits.changes import (
    AddItem,
    Change,
    CompoundChange,
    ListPlace,
    MoveItem,
    SetField,
    Target,
    area_of,
    single_steps,
)
from apq_desktop.evaluation.fields import MAIN_FIELDS, label
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.text.splice import splice
from apq_desktop.toolkit.catalogue import Catalogue

THINGS = {
    "strengths": ("a strength", "strengths"),
    "development_areas": ("a development area", "development areas"),
    "evidence": ("a source of evidence", "sources of evidence"),
    "citations": ("a source of evidence", "sources of evidence"),
    "actions": ("an action", "actions"),
}


def step_name(change: Change, evaluation: Evaluation, catalogue: Catalogue) -> str:
    """A step in a few words, to follow "Undo" or "Redo"."""
    steps = single_steps(change)
    if not steps:
        return ""
    if isinstance(change, CompoundChange) and change.name:
        return change.name
    names = _Names(evaluation, catalogue)
    first = steps[0]
    if isinstance(first, SetField):
        return names.setting(first)
    added = [step for step in steps if isinstance(step, AddItem) and step.place.name != "citations"]
    if len(added) > 1:
        return f"adding {len(added)} {THINGS[added[0].place.name][1]}{names.of_list(added[0].place, added[0].item)}"
    verb = "adding" if isinstance(first, AddItem) else "moving" if isinstance(first, MoveItem) else "removing"
    lists = [step for step in steps if not isinstance(step, SetField)]
    cited = next((step for step in lists if step.place.area), first)
    item = cited.item_id if isinstance(cited, MoveItem) else cited.item
    return f"{verb} {THINGS[first.place.name][0]}{names.of_list(cited.place, item)}"


class _Names:
    """Numbers of areas and labels of questions."""

    def __init__(self, evaluation: Evaluation, catalogue: Catalogue) -> None:
        self._evaluation, self._catalogue = evaluation, catalogue

    def setting(self, step: SetField) -> str:
        where = self._where(step.target, step.field)
        if not (isinstance(step.value, str) and isinstance(step.before, str)):
            return f"a change of {where}"
        difference = splice(step.before, step.value)
        if not difference.inserted:
            return f"deleting in {where}"
        return f"typing in {where}" if step.typed else f"a change in {where}"

    def of_list(self, place: ListPlace, item: Any) -> str:
        return self._in(
            place.area or getattr(item, "area", "") or area_of(self._evaluation, Target("actions", str(item)))
        )

    def _where(self, target: Target, field: str) -> str:
        quoted = f"“{label(target.kind, field)}”"
        match target.kind:
            case "evaluation" | "setting":
                return quoted
            case "area":
                return f"{quoted}{self._in(target.key)}"
            case "note":
                return self._question(target)
            case kind:
                thing = THINGS[kind][0]
                where = self._in(target.area or area_of(self._evaluation, Target("actions", target.key)))
                return f"{thing}{where}" if field == MAIN_FIELDS[kind] else f"{quoted} of {thing}{where}"

    def _question(self, target: Target) -> str:
        area = next((area for area in self._catalogue.areas if area.key == target.area), None)
        questions = area.questions if area else ()
        return next((question.label for question in questions if question.key == target.key), target.key)

    def _in(self, area: str) -> str:
        number = next((one.number for one in self._evaluation.areas if one.key == area), 0)
        return f" in {number}" if number else ""
