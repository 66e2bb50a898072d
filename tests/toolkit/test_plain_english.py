"""The instrument is written in plain English: short sentences, and words that a busy person reads once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from apq_desktop import paths
from apq_desktop.toolkit.loader import load
from tests.plain_english import grade, sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from apq_desktop.toolkit.catalogue import Area

LONGEST = 30
"""Words in a sentence."""


def guidance(area: Area) -> list[str]:
    return [text for point in area.guidance for text in (point.finding, point.suggestion) if text]


AREAS = load(paths.forms()).areas


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.key)
def test_the_guidance_of_an_area_reads_easily(area: Area) -> None:
    long = [told for text in guidance(area) for told in sentences(text) if len(told.split()) > LONGEST]
    assert not long
    assert grade(guidance(area)) <= 8.5


def test_the_measure_tells_plain_words_from_heavy_ones() -> None:
    plain = ["Ask pupils what makes them come. Note what you changed because of it."]
    heavy = ["Comprehensive engagement methodologies necessitate multidisciplinary organisational collaboration."]
    assert grade(plain) < 5
    assert grade(heavy) > 8.5
    assert len(sentences("One. Two? Three…")) == 3


def test_the_grades_are_reported(record_property: Callable[[str, object], None]) -> None:
    """The questions follow the toolkit's sense, so that their grade is told and not limited."""
    everything = [text for area in AREAS for text in guidance(area)]
    questions = [question.text for area in AREAS for question in area.questions]
    record_property("guidance", grade(everything))
    record_property("questions", grade(questions))
    print(f"Flesch-Kincaid grade: guidance {grade(everything)}, questions {grade(questions)}")
    assert questions
    assert grade(everything) <= 8.5
