"""What goes into a copy that leaves the computer."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from apq_desktop.evaluation.model import Evaluation


@dataclass(frozen=True)
class Include:
    """What goes into a copy beside the four columns of the template, which always do."""

    notes: bool = True
    """Notes on the questions."""
    contact: bool = True
    """How the setting can be reached."""
    context: bool = True
    """Key stages, places, full or part time, length of placements."""
    support: bool = True
    """Support wanted from the commissioner."""


EVERYTHING = Include()


def copy_to_send(evaluation: Evaluation, include: Include) -> Evaluation:
    """The evaluation without what is not to go in. The one in hand is not touched."""
    sent = deepcopy(evaluation)
    for area in sent.areas:
        if not include.notes:
            for note in area.questions:
                note.note = ""
        if not include.support:
            area.support = ""
    if not include.contact:
        sent.setting.contact = ""
    if not include.context:
        setting = sent.setting
        setting.key_stages, setting.places, setting.full_or_part_time, setting.placement_length = [], "", "", ""
    return sent
