"""Who is told of which changes: each widget names what it shows, and a letter typed wakes nobody else."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable
from weakref import WeakMethod

import shiboken6

from apq_desktop.evaluation.edits.changes import (
    Change,
    ListName,
    ListPlace,
    MoveItem,
    RemoveItem,
    SetField,
    Step,
    Target,
    TargetKind,
    item_id,
    single_steps,
)
from apq_desktop.evaluation.model import Action, Evaluation

Topic = Target | tuple[Target, str] | ListPlace | TargetKind | ListName
"""What a listener can ask for: a thing (an area with all that is in it), one field of a thing, a list, or everything
of one kind."""
Listener = Callable[[Change], None]


class Listeners:
    """The listeners of one evaluation. Each is a method of a Qt object, and is forgotten with it."""

    def __init__(self) -> None:
        self._by_topic: defaultdict[Topic, dict[WeakMethod[Listener], None]] = defaultdict(dict)

    def add(self, listener: Listener, *wanted: Topic) -> None:
        """Tell ``listener`` once of each change that is about one of these topics."""
        for topic in wanted:
            self._by_topic[topic][WeakMethod(listener)] = None

    def remove(self, listener: Listener, *unwanted: Topic) -> None:
        """Tell ``listener`` no longer of these topics."""
        for topic in unwanted:
            self._by_topic[topic].pop(WeakMethod(listener), None)

    def tell(self, change: Change, evaluation: Evaluation) -> None:
        """Call everybody whom a change concerns, once. ``evaluation`` is as it stands after the change."""
        concerned = [self._by_topic[topic] for topic in topics(change, evaluation) if topic in self._by_topic]
        for reference in dict.fromkeys(one for listeners in concerned for one in listeners):
            listener = reference()
            if listener is None or not shiboken6.isValid(listener.__self__):  # type: ignore[attr-defined]
                for listeners in concerned:
                    listeners.pop(reference, None)
                continue
            try:
                listener(change)
            except Exception:  # noqa: BLE001 - as Qt does where a slot fails: the others are told all the same
                sys.excepthook(*sys.exc_info())


def topics(change: Change, evaluation: Evaluation) -> list[Topic]:
    """Everything that a change is about, in the order of its steps. ``evaluation`` is as it stands after it."""
    found: list[Topic] = []
    for step in single_steps(change):
        if isinstance(step, SetField):
            found += [(step.target, step.field), step.target, step.target.kind]
        else:
            found += [step.place, step.place.name]
        found += [Target("area", key) for key in _areas(step, evaluation)]
    return list(dict.fromkeys(found))


def _areas(step: Step, evaluation: Evaluation) -> list[str]:
    """The keys of the areas in whose forms a step shows: of its own, of the action's, or of all that cite it."""
    kind: str
    if isinstance(step, SetField):
        kind, area, key = step.target.kind, step.target.area, step.target.key
    else:
        kind, area = step.place.name, step.place.area
        key = step.item_id if isinstance(step, MoveItem) else item_id(step.item)
    if kind == "actions":
        gone = (step.item,) if isinstance(step, RemoveItem) else ()
        return [one.area for one in (*evaluation.actions, *gone) if isinstance(one, Action) and one.id == key]
    if kind == "evidence":
        return [record.key for record in evaluation.areas_citing(key)]
    return [area] if area else []
