"""Each area points to the themes of the national standards that it bears on, and a wrong pointer is named."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from apq_desktop import paths
from apq_desktop.errors import InstrumentError
from apq_desktop.toolkit.loader import load

if TYPE_CHECKING:
    from pathlib import Path

THEMES = [
    ("safeguarding", "Safeguarding and welfare"),
    ("health-safety", "Health and safety"),
    ("admissions", "Admissions, support and guidance"),
    ("education", "Quality of education"),
]
WORKFORCE = "community/01-workforce.toml"


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    return shutil.copytree(paths.forms(), tmp_path / "forms")


def refusal(forms: Path, file: str, old: str, new: str) -> tuple[str, str]:
    text = (forms / file).read_text("utf-8")
    assert old in text
    (forms / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InstrumentError) as refused:
        load(forms)
    return refused.value.file, refused.value.key


def test_the_four_themes_stand_in_their_order_and_every_area_points_to_one() -> None:
    catalogue = load(paths.forms())
    assert [(theme.key, theme.title) for theme in catalogue.standards] == THEMES
    assert all(area.standards for area in catalogue.areas)
    pointed = {key for area in catalogue.areas for key in area.standards}
    assert pointed == {key for key, _ in THEMES}


def test_an_areas_themes_come_in_the_order_of_the_standards(forms: Path) -> None:
    text = (forms / WORKFORCE).read_text("utf-8")
    (forms / WORKFORCE).write_text(
        text.replace('["safeguarding", "education"]', '["education", "safeguarding"]'), "utf-8"
    )
    catalogue = load(forms)
    assert [theme.key for theme in catalogue.standards_of(catalogue.area("workforce"))] == ["safeguarding", "education"]


def test_the_signpost_says_that_it_judges_nothing() -> None:
    assert "does not say whether a standard is met" in load(paths.forms()).standards_about


def test_an_unknown_theme_is_named(forms: Path) -> None:
    assert refusal(forms, WORKFORCE, '"safeguarding", "edu', '"safegarding", "edu') == (WORKFORCE, "standards.1")


def test_a_theme_that_stands_there_twice_is_named(forms: Path) -> None:
    assert refusal(forms, WORKFORCE, '["safeguarding", "education"]', '["education", "education"]') == (
        WORKFORCE,
        "standards",
    )


def test_a_themes_key_used_twice_is_named(forms: Path) -> None:
    again = '[[standards]]\nkey = "education"\ntitle = "Again"\nabout = "Again"\n\n[[standards]]'
    assert refusal(forms, "catalogue.toml", "[[standards]]", again) == ("catalogue.toml", "standards")


def test_an_area_need_not_point_to_any(forms: Path) -> None:
    text = (forms / WORKFORCE).read_text("utf-8").replace('standards = ["safeguarding", "education"]\n', "")
    (forms / WORKFORCE).write_text(text, "utf-8")
    assert load(forms).area("workforce").standards == ()


def test_the_national_list_has_the_six_known_numbers_and_topics_of_every_theme() -> None:
    national = load(paths.forms()).standards_lists[0]
    assert [one.number for one in national.standards if one.number] == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"]
    assert {one.theme for one in national.standards} == {key for key, _ in THEMES}
    assert "August 2025" in national.edition
    assert "may have become law" in national.about


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('key = "1.2"', 'key = "1.1"', "standards"),
        ('theme = "safeguarding"', 'theme = "safety"', "standards.1.theme"),
        ("areas = [1, 3]", "areas = [1, 14]", "standards.1.areas"),
        ('title = "Rec', 'name = "Rec', "standards.1.name"),
    ],
)
def test_a_slip_in_the_national_list_is_named(forms: Path, old: str, new: str, key: str) -> None:
    assert refusal(forms, "standards.toml", old, new) == ("standards.toml", key)
