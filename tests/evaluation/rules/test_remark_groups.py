"""Remarks of one kind are one sentence with its count, and none is lost."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from apq_desktop import paths, services
from apq_desktop.evaluation.model import Evaluation
from apq_desktop.evaluation.rules.remarks.checks import Remark
from apq_desktop.evaluation.rules.remarks.remark_groups import grouped, ranges
from apq_desktop.toolkit.loader import load

KINDS = st.sampled_from(["empty-area", "date-in-the-past", "looks-like-pupil", "no-reason", "of-a-later-version"])


def remark(kind: str, area: str = "") -> Remark:
    return Remark(kind, "Where", "What", area)


def test_areas_stand_as_ranges() -> None:
    assert ranges([3, *range(5, 14)]) == "3, 5 to 13"
    assert ranges([1, 2]) == "1, 2"
    assert ranges([]) == ""


def test_an_empty_form_is_one_line_for_its_areas() -> None:
    catalogue = load(paths.forms())
    evaluation: Evaluation = services.begun(catalogue, "The Lodge", "")
    remarks = services.run_checks(evaluation, catalogue, date(2026, 11, 27))
    groups = grouped(remarks, {area.key: area.number for area in evaluation.areas})
    assert groups[0].sentence == "13 areas are empty: 1 to 13"
    assert len(groups) == 2


def test_one_is_told_as_one_and_what_concerns_pupils_comes_first() -> None:
    groups = grouped([remark("empty-area", "a"), remark("looks-like-pupil")], {"a": 4})
    assert [group.sentence for group in groups] == ["1 place may say who a pupil is", "1 area is empty: 4"]


@given(st.lists(st.tuples(KINDS, st.sampled_from(["a", "b", ""]))))
def test_no_remark_is_lost_or_told_twice(pairs: list[tuple[str, str]]) -> None:
    remarks = [remark(kind, area) for kind, area in pairs]
    groups = grouped(remarks, {"a": 1, "b": 2})
    assert sorted(map(str, remarks)) == sorted(str(one) for group in groups for one in group.remarks)
    assert all(group.remarks for group in groups)
