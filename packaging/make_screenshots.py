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
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # what that platform says it cannot do

import picture_outlines
import still_clock
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from apq_desktop import paths
from apq_desktop.evaluation.edits.changes import Target
from apq_desktop.toolkit.question_library import QuestionLibrary
from apq_desktop.ui.commands import library_commands, open_commands
from apq_desktop.ui.pages.evaluations.evaluations_page import EvaluationsPage
from apq_desktop.ui.pages.evaluations.next_year_page import NextYearPage
from apq_desktop.ui.pages.library.providers.providers_page import ProvidersPage
from apq_desktop.ui.session.open_file.file_controller import FileController
from apq_desktop.ui.spelling.dictionary import folders
from apq_desktop.ui.spelling.spell_checker import SpellChecker
from apq_desktop.ui.widgets.theme import Scheme, Theme
from apq_desktop.ui.window.main_window import MainWindow

SETTLING_MS = 50
MOST_ROUNDS = 100
ACCEPTED = Path(__file__).parent.parent / "tests" / "ui" / "pictures"
MODES: dict[str, tuple[Scheme, int]] = {"light": ("light", 100), "dark": ("dark", 100), "large": ("light", 200)}
"""What is compared: colours and size of text, by the names of their files."""
NOT_COMPARED = ("spelling",)
"""It hangs on the dictionary of the computer."""


def main() -> int:
    """Make the pictures, or compare them. Returns the exit status: 1 where a screen looks otherwise than accepted."""
    parser = argparse.ArgumentParser(description="Make the pictures of the program's screens.")
    parser.add_argument("--to", type=Path, default=Path(__file__).parent / "screenshots")
    parser.add_argument("--colours", choices=("light", "dark", "contrast"), default="light")
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
    for name, picture in pictures(theme, chosen.colours, chosen.text, (width, height)):
        picture.save(str(folder / f"{name}.png"))
        print(folder / f"{name}.png")
    return 0


def look_through(theme: Theme, *, accept: bool) -> int:
    """Make all pictures in all modes: accept them, or say which differ. Returns the exit status."""
    different = 0
    for mode, (colours, text) in MODES.items():
        shown = pictures(theme, colours, text, (1180, 800))
        made = {name: picture_outlines.outline(one) for name, one in shown if name not in NOT_COMPARED}
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


def pictures(theme: Theme, colours: Scheme, text: int, size: tuple[int, int]) -> Iterator[tuple[str, QImage]]:
    """Every screen by name, as it looks."""
    theme.set_scheme(colours)
    theme.set_text_size(text)
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # so that no path of this machine is in the pictures
        Path("Documents").mkdir()
        Path("Examples").mkdir()
        for commands in (open_commands, library_commands):  # nor of this person's own examples
            vars(commands)["examples_folder"] = lambda: Path("Examples")
        question_library = QuestionLibrary(paths.forms(), lambda: Path("questions"))
        window = MainWindow(
            FileController(question_library.catalogue, question_library.add), theme, Path("Documents") / "APQ Desktop"
        )
        window.resize(*size)
        window.show()
        for name, go in screens(window):
            go()
            yield name, settle(window)
        window.close()
        os.chdir(before)


def screens(window: MainWindow) -> list[tuple[str, Callable[[], object]]]:
    """Every screen by name, with what leads to it, in order."""

    def area(key: str, *, guidance: bool = False) -> Callable[[], None]:
        def go() -> None:
            assert window.view is not None
            form = window.view.show_area(key)
            if form.guidance.isChecked() != guidance:
                form.guidance.click()

        return go

    def details() -> None:
        assert window.view is not None
        window.view.show_details()

    def tab(title: str) -> Callable[[], None]:
        def go() -> None:
            assert window.view is not None
            window.view.show_tabs()
            tabs = window.view.tabs
            tabs.setCurrentIndex(next(n for n in range(tabs.count()) if tabs.tabText(n) == title))

        return go

    def search() -> None:
        window.finding.find()
        window.finding.overlay.panel.words.setText("survey")
        window.finding.look()

    return [
        ("first-start", window.show_start),
        ("overview", lambda: until_open(window, window.commands.open.open_example)),
        ("community", area("workforce")),
        ("curriculum", area("attendance")),
        ("currency", area("post-16")),
        ("area-form", area("home-family")),
        ("guidance", area("needs", guidance=True)),
        ("one-part", lambda: show_part(window)),
        ("signpost", lambda: show_signpost(window)),
        ("details", details),
        ("other-purposes", lambda: show_purposes(window)),
        ("action-plan", tab("Action plan")),
        ("evidence", tab("Evidence")),
        ("search", search),
        ("next-year", lambda: window.show_page("next_year")),
        ("what-changed", lambda: show_changes(window)),
        ("where-the-proof-stands", lambda: window.show_page("standards")),
        ("check-and-send", window.commands.send.show_sending),
        ("carried-forward", lambda: show_carried(window)),
        ("over-the-years", lambda: show_years(window)),
        ("all-evaluations", lambda: show_several(window)),
        ("local-questions", lambda: show_local_questions(window)),
        ("spelling", lambda: show_spelling(window)),
        ("library", lambda: show_library(window)),
        ("read-a-provider", lambda: show_provider(window)),
        ("look-after-a-library", window.commands.library.show_care),
    ]


def until_open(window: MainWindow, act: Callable[[], object]) -> None:
    """Do what opens an evaluation, and wait for it."""
    loop = QEventLoop()
    window.evaluation_shown.connect(loop.quit)
    act()
    loop.exec()


def show_part(window: MainWindow) -> None:
    """One part of an area, with the guidance that bears on it."""
    assert window.view is not None
    window.view.show_area("needs").show_part("literacy")


def show_signpost(window: MainWindow) -> None:
    """Everything again, at the end of the guidance, where it points to the national standards."""
    assert window.view is not None
    window.view.show_area("needs").show_part("")
    guidance = window.view.categories["curriculum"].guidance
    guidance.verticalScrollBar().setValue(guidance.verticalScrollBar().maximum())


def show_purposes(window: MainWindow) -> None:
    """The details where a peer review is among the purposes, then as it was."""
    assert window.session is not None
    assert window.view is not None
    window.session.set_field(Target("evaluation"), "purposes", ("self-evaluation", "peer-review"))
    page = window.view.show_details()
    page.binding.field(Target("evaluation"), "reviewed_by").setFocus()


def show_changes(window: MainWindow) -> None:
    """What changed since the year before, after something did."""
    assert window.session is not None
    page = window.show_page("next_year")
    assert isinstance(page, NextYearPage)
    until_open(window, page.start.click)
    entry = window.session.evaluation.areas[0].strengths[0]
    action = window.session.evaluation.actions_of("workforce")[0]
    window.session.set_field(Target("actions", action.id), "progress", "finished")
    words = entry.text.replace("Training", "Training in every week")
    window.session.set_field(Target("strengths", entry.id, "workforce"), "text", words + " We have kept it up.")
    window.commands.evaluation.show_comparison()


def show_carried(window: MainWindow) -> None:
    """A form with what was carried forward."""
    assert window.view is not None
    form = window.view.show_area("workforce")
    form.development_list.rows()[0].first_field.setFocus()


def show_years(window: MainWindow) -> None:
    """An action over the years."""
    assert window.session is not None
    action = window.session.evaluation.actions_of("workforce")[0]
    window.session.history_requested.emit(Target("actions", action.id))


def show_several(window: MainWindow) -> None:
    """The evaluations of two settings, one of them archived."""
    assert window.session is not None
    before = window.session.evaluation.supersedes
    page = window.show_page("evaluations")
    assert isinstance(page, EvaluationsPage)
    page.rows[before].archive.click()
    page.name.load("Riverside Learning, East site")
    until_open(window, page.start.click)
    window.show_page("evaluations")


def show_local_questions(window: MainWindow) -> None:
    """A form with a question that a council added."""
    pack = paths.resources() / "example" / "northshire-questions.toml"
    until_open(window, lambda: window.commands.open.add_questions(pack))
    window.notification_bar.hide()
    assert window.view is not None
    form = window.view.show_area("attendance")
    form.binding.field(Target("note", "northshire:6.1", "attendance"), "note").setFocus()


def show_spelling(window: MainWindow) -> None:
    """A misspelt word, where this computer has a dictionary."""
    speller = SpellChecker(folders(), Path("words.txt"))
    speller.setParent(window)
    speller.serve(window.app, window.check_spelling)
    assert window.view is not None
    form = window.view.show_area("attendance")
    form.finish()
    form.strength_list.add()
    form.strength_list.rows()[0].first_field.insertPlainText("We recieve pupils at the gate every morning")


def show_library(window: MainWindow) -> None:
    """The list of the council's example."""
    until_open(window, window.commands.library.open_library_example)
    settle_until(lambda: len(providers(window).table.providers.rows) == 4 and not window.libraries.receiving)


def show_provider(window: MainWindow) -> None:
    """The provider of the council's example that has notes, at its second area."""
    view = window.library_place.view
    assert view is not None
    view.read(providers(window).table.providers.rows[-1])
    page = view.page("provider")
    settle_until(lambda: len(page.body.cards) > 0)
    page.places.load("2")
    page.places.changed.emit("2")


def providers(window: MainWindow) -> ProvidersPage:
    """The list of providers."""
    assert window.library_place.view is not None
    page = window.library_place.view.page("providers")
    assert isinstance(page, ProvidersPage)
    return page


def settle_until(done: Callable[[], bool]) -> None:
    """Wait for what is done in the background."""
    while not done():
        wait()


def settle(window: MainWindow) -> QImage:
    """Let the window arrange and paint itself until nothing changes any more. Gives what it looks like then."""
    before = QImage()
    for _ in range(MOST_ROUNDS):
        wait()
        if window.session is not None and window.session.autosave.pending():
            continue
        now = window.grab().toImage()
        if now == before:
            break
        before = now
    return before


def wait() -> None:
    """Let Qt and the thread of the file do what is due."""
    loop = QEventLoop()
    QTimer.singleShot(SETTLING_MS, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
