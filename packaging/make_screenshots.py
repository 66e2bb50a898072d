"""Makes the pictures in packaging/screenshots/ from the worked example: run it after a screen changed.

Usage, with the checkout's own Python: .venv/bin/python packaging/make_screenshots.py [--to FOLDER] [--colours NAME]
[--text PER_CENT] [--size WIDTHxHEIGHT]

With --compare it says instead which screens no longer look as they were last accepted, in light, dark and large text,
and with --accept takes them as they look now. The day is always the same one.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # what that platform says it cannot do

import contrast_themes
import picture_outlines
import picture_popups
import picture_tour
import still_clock
from picture_tour import Screen
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from apq_desktop import paths
from apq_desktop.toolkit.question_library import QuestionLibrary
from apq_desktop.ui.commands import library_commands, open_commands
from apq_desktop.ui.session.open_file.file_controller import FileController
from apq_desktop.ui.widgets.theme import Scheme, Theme
from apq_desktop.ui.window.main_window import MainWindow

SCREENSHOTS = Path(__file__).parent / "screenshots"
ACCEPTED = Path(__file__).parent.parent / "tests" / "ui" / "pictures"
MODES: dict[str, tuple[Scheme, int]] = {"light": ("light", 100), "dark": ("dark", 100), "large": ("light", 200)}
"""What is compared: colours and size of text, by the names of their files."""
NOT_COMPARED = ("spelling",)
"""It hangs on the dictionary of the computer."""


def main() -> int:
    """Make the pictures, or compare them. Returns the exit status: 1 where a screen looks otherwise than accepted."""
    parser = argparse.ArgumentParser(description="Make the pictures of the program's screens.")
    parser.add_argument("--to", type=Path, default=SCREENSHOTS)
    schemes = ("light", "dark", "contrast", *contrast_themes.THEMES)
    parser.add_argument(
        "--colours", choices=schemes, default="light", help="the last two are contrast themes of Windows"
    )
    parser.add_argument("--text", type=int, default=100)
    parser.add_argument("--size", default="1180x800")
    parser.add_argument("--compare", action="store_true", help="with what was accepted last")
    parser.add_argument("--accept", action="store_true", help="how all screens look now")
    chosen = parser.parse_args()
    still_clock.stop()
    theme = Theme(QApplication([]))
    QApplication.setCursorFlashTime(0)
    if chosen.compare or chosen.accept:
        return look_through(theme, accept=chosen.accept)
    folder = chosen.to.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    width, height = map(int, chosen.size.split("x"))
    scheme = chosen.colours
    if scheme in contrast_themes.THEMES:
        vars(theme).update(contrast_themes.as_computer(scheme))
        scheme = "system"
    for screen, picture in pictures(theme, scheme, chosen.text, (width, height)):
        if chosen.to != SCREENSHOTS or screen.by_itself:
            picture.save(str(folder / f"{screen.name}.png"))
            print(folder / f"{screen.name}.png")
    return 0


def look_through(theme: Theme, *, accept: bool) -> int:
    """Make all pictures in all modes: accept them, or say which differ. Returns the exit status."""
    different = 0
    for mode, (colours, text) in MODES.items():
        shown = pictures(theme, colours, text, (1180, 800))
        made = {one.name: picture_outlines.outline(made) for one, made in shown if one.name not in NOT_COMPARED}
        file = ACCEPTED / f"{mode}.txt"
        if accept:
            picture_outlines.write(file, made)
            continue
        known = picture_outlines.read(file)
        for name in [*made, *(name for name in known if name not in made)]:
            words = "is new or gone"
            if name in made and name in known:
                words = picture_outlines.differences(known[name], made[name])
            if words:
                different += 1
                print(f"{mode}, {name}: {words}.")
    return int(different > 0)


def pictures(theme: Theme, colours: Scheme, text: int, size: tuple[int, int]) -> Iterator[tuple[Screen, QImage]]:
    """Every screen, as it looks."""
    theme.set_scheme(colours)
    theme.set_text_size(text)
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # so that no path of this machine is in the pictures
        Path("Documents").mkdir()
        Path("Examples").mkdir()
        for name in ("CACHE", "CONFIG", "DATA", "STATE"):  # nor anything of this person's own program
            os.environ[f"XDG_{name}_HOME"] = str(Path(folder) / "own")
        for commands in (open_commands, library_commands):
            vars(commands)["examples_folder"] = lambda: Path("Examples")
        question_library = QuestionLibrary(paths.forms(), lambda: Path("questions"))
        window = MainWindow(
            FileController(question_library.catalogue, question_library.add), theme, Path("Documents") / "APQ Desktop"
        )
        window.resize(*size)
        window.show()
        for screen in picture_tour.screens(window):
            screen.go()
            yield screen, picture_tour.settle(window)
            picture_popups.close_all(window)
        window.close()
        os.chdir(before)


if __name__ == "__main__":
    sys.exit(main())
