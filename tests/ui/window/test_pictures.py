"""Every screen looks as it did when somebody last looked at it and said so: in light, in dark and in large text."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import picture_outlines
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

MAKER = Path(picture_outlines.__file__).with_name("make_screenshots.py")


@pytest.mark.long
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems draw the same letters otherwise")
def test_no_screen_changes_its_look_unseen() -> None:
    """``packaging/make_screenshots.py --accept`` takes a new look, once somebody has looked at the pictures."""
    words = [sys.executable, str(MAKER), "--compare"]
    environment = {**os.environ, "QT_LOGGING_RULES": "default.warning=false"}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"


def picture(word: str = "Start", ground: str = "#f6f4ef", x: int = 100) -> QImage:
    made = QImage(1180, 800, QImage.Format.Format_RGB32)
    made.fill(QColor(ground))
    painter = QPainter(made)
    painter.drawText(x, 200, "A line of words that stays.")
    painter.drawText(700, 400, word)
    painter.end()
    return made


@pytest.mark.usefixtures("qapp")
def test_a_word_and_a_colour_that_change_are_seen_and_their_place_is_named() -> None:
    accepted = picture_outlines.outline(picture())
    assert picture_outlines.differences(accepted, picture_outlines.outline(picture())) == ""
    seen = picture_outlines.differences(accepted, picture_outlines.outline(picture(word="Finish now")))
    assert "between 59 and" in seen
    assert "of the width and 4" in seen
    assert picture_outlines.differences(accepted, picture_outlines.outline(picture(ground="#eeebd4")))
    assert picture_outlines.differences(accepted, picture_outlines.outline(picture(x=130)))


@pytest.mark.usefixtures("qapp")
def test_what_is_kept_of_pictures_is_read_as_it_was_written(tmp_path: Path) -> None:
    kept = {"overview": picture_outlines.outline(picture()), "help": picture_outlines.outline(picture(word="F1"))}
    picture_outlines.write(tmp_path / "light.txt", kept)
    assert picture_outlines.read(tmp_path / "light.txt") == kept
