"""Remarks of one kind together, each group one sentence with its count first: ``8 areas are empty: 3, 5 to 13``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from apq_desktop.evaluation.rules.remarks.checks import Remark

_KINDS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("looks-like-pupil",), "1 place may say who a pupil is", "{} places may say who a pupil is"),
    (("cannot-be-shown",), "1 text has signs that the PDF cannot show", "{} texts have signs that the PDF cannot show"),
    (("no-reason",), "1 area does not apply, without a reason", "{} areas do not apply, without a reason"),
    (("empty-area",), "1 area is empty", "{} areas are empty"),
    (("part-not-provided",), "1 area has a part that is not provided", "{} areas have parts that are not provided"),
    (("date-in-the-past",), "1 action is overdue", "{} actions are overdue"),
    (("action-without-what",), "1 action does not say what is to be done", "{} actions do not say what is to be done"),
    (
        ("action-without-who-and-date", "action-without-who", "action-without-date"),
        "1 action has nobody to do it, or no date",
        "{} actions have nobody to do them, or no date",
    ),
    (
        ("evidence-without-place",),
        "1 source does not say where it is kept",
        "{} sources do not say where they are kept",
    ),
    (
        ("review-in-the-past",),
        "1 source was to be looked at again by now",
        "{} sources were to be looked at again by now",
    ),
    (("about-not-provided",), "1 fact about this evaluation is missing", "{} facts about this evaluation are missing"),
)
_OTHER = "1 more thing", "{} more things"


@dataclass(frozen=True, slots=True)
class RemarkGroup:
    """Remarks of one kind and the sentence for all of them. A count here is of things to look at, never of quality."""

    sentence: str
    remarks: tuple[Remark, ...]


def grouped(remarks: Sequence[Remark], numbers: Mapping[str, int]) -> list[RemarkGroup]:
    """The remarks in groups, what concerns pupils first. ``numbers`` are those of the areas by their keys."""
    groups, left = [], list(remarks)
    for kinds, one, many in (*_KINDS, (tuple({remark.kind for remark in remarks}), *_OTHER)):
        mine = tuple(remark for remark in left if remark.kind in kinds)
        if mine:
            left = [remark for remark in left if remark.kind not in kinds]
            areas = sorted({numbers[remark.area] for remark in mine if remark.area in numbers})
            sentence = one if len(mine) == 1 else many.format(len(mine))
            groups.append(RemarkGroup(f"{sentence}: {ranges(areas)}" if areas else sentence, mine))
    return groups


def ranges(numbers: Sequence[int]) -> str:
    """Rising numbers in words, three or more in a row as a range: ``3, 5 to 13``."""
    parts: list[str] = []
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        row = [number for _, number in run]
        parts += [f"{row[0]} to {row[-1]}"] if len(row) > 2 else map(str, row)
    return ", ".join(parts)
