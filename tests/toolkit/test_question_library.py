"""Local questions are opened once, and are there from then on; a pack that cannot be read takes nothing away."""

from __future__ import annotations

from pathlib import Path

import pytest

from apq_desktop import paths
from apq_desktop.errors import InstrumentError
from apq_desktop.toolkit.question_library import QuestionLibrary

PACK = paths.resources() / "example" / "northshire-questions.toml"


def asked(library: QuestionLibrary) -> set[str]:
    return {question.key for area in library.catalogue().areas for question in area.questions}


def test_a_pack_that_was_opened_once_is_there_the_next_time(tmp_path: Path) -> None:
    library = QuestionLibrary(paths.forms(), lambda: tmp_path / "questions")
    ours = asked(library)
    pack = library.add(PACK)
    theirs = asked(library) - ours
    assert theirs
    assert all(key.startswith(f"{pack.key}:") for key in theirs)
    assert asked(QuestionLibrary(paths.forms(), lambda: tmp_path / "questions")) == ours | theirs


def test_a_newer_edition_takes_the_place_of_the_older(tmp_path: Path) -> None:
    library = QuestionLibrary(paths.forms(), lambda: tmp_path / "questions")
    library.add(PACK)
    library.add(PACK)
    assert len(list((tmp_path / "questions").iterdir())) == 1


def test_a_pack_that_breaks_a_rule_is_refused_and_not_kept(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text('key = "northshire"\nnonsense = 1\n', encoding="utf-8")
    library = QuestionLibrary(paths.forms(), lambda: tmp_path / "questions")
    with pytest.raises(InstrumentError):
        library.add(broken)
    assert not (tmp_path / "questions").exists()


def test_a_kept_pack_that_was_damaged_takes_nothing_else_away(tmp_path: Path) -> None:
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / "damaged.toml").write_text("not TOML", encoding="utf-8")
    assert len(QuestionLibrary(paths.forms(), lambda: folder).catalogue().areas) == 13
