"""Next year's evaluation from this year's: nothing that still holds is typed again."""

from __future__ import annotations

from copy import deepcopy
from typing import Literal

from apq_desktop.evaluation.model import AreaRecord, Evaluation, new_id
from apq_desktop.evaluation.rules.progress import is_open
from apq_desktop.evaluation.text.school_years import a_year_later

Choice = Literal["everything", "unfinished"]


def carry_forward(evaluation: Evaluation, *, created: str, choice: Choice = "everything") -> Evaluation:
    """The evaluation that follows ``evaluation``, which is not touched. ``created`` is a UTC stamp.

    It has an id of its own, and names the other in ``supersedes``. Ids of entries, evidence and actions stay, so that
    a comparison and comments find them; each carries the id of the evaluation it came from. No area is ready, and
    nothing is completed, reviewed or sent. Setting, readers and what does not apply are the same in either choice.
    What a newer version wrote about the evaluation or an area is left behind: it may say of one year what is not true
    of the next.

    ``unfinished`` keeps the actions that are open with the development areas they answer, and the evidence with
    the areas that cite it; what else was written is left behind.
    """
    following = deepcopy(evaluation)
    following.id, following.revision, following.supersedes = new_id(), 0, evaluation.id
    following.created = following.changed = created
    following.title, following.period = a_year_later(evaluation.title), a_year_later(evaluation.period)
    following.copy_for, following.copy_areas, following.copy_code = "", [], ""
    following.completed_on = following.reviewed_by = following.unknown_fields = ""
    if choice == "unfinished":
        _leave_behind(following)
    for area in following.areas:
        area.ready, area.unknown_fields = False, ""
        for entry in (*area.strengths, *area.development_areas):
            entry.carried_from = evaluation.id
    for item in following.evidence:
        item.carried_from = evaluation.id
    for action in following.actions:
        action.carried_from = evaluation.id
    return following


def _leave_behind(following: Evaluation) -> None:
    """Take out all but the open actions, what they answer, and the evidence."""
    following.summary = following.took_part = ""
    following.actions = [action for action in following.actions if is_open(action)]
    answered = {action.development_area for action in following.actions}
    for area in following.areas:
        _leave_behind_in(area, answered)


def _leave_behind_in(area: AreaRecord, answered: set[str]) -> None:
    area.strengths = []
    area.development_areas = [entry for entry in area.development_areas if entry.id in answered]
    area.support = ""
    for note in area.questions:
        note.note = note.unknown_fields = ""
