"""Title and list of recent files name setting, year and last change; settings are kept when they change."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from apq_desktop import services
from apq_desktop.evaluation.model import new_evaluation
from apq_desktop.evaluation.text.school_years import year_named
from apq_desktop.ui.session.open_file.file_controller import FileController
from apq_desktop.ui.widgets.theme import POINT_SIZES, Theme
from apq_desktop.ui.window.main_window import MainWindow
from apq_desktop.ui.window.settings import RecentFile, Settings
from tests.ui.keyboard import Keyboard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.toolkit.catalogue import Catalogue


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def opening(qtbot: QtBot, catalogue: Catalogue, tmp_path: Path, settings: Settings) -> Callable[[Path], MainWindow]:
    """Opens a file in a window with settings of its own."""

    def opened(path: Path) -> MainWindow:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        window = MainWindow(FileController(lambda: catalogue), Theme(application), tmp_path, settings)
        qtbot.addWidget(window, before_close_func=lambda shown: shown.close())
        window.show()
        with qtbot.waitSignal(window.evaluation_shown):
            window.open_file(path)
        return window

    return opened


def made(catalogue: Catalogue, path: Path, setting: str, title: str = "Self-evaluation 2026/27") -> Path:
    evaluation = new_evaluation(catalogue, created="2026-11-20T09:00:00+00:00", title=title)
    evaluation.setting.name = setting
    services.create_workspace(path, evaluation).close()
    return path


def recent_items(window: MainWindow) -> list[QAction]:
    window.recent_files.aboutToShow.emit()
    return [one for one in window.recent_files.actions() if not one.isSeparator()]


def test_the_title_names_setting_and_year_and_follows_a_new_name(
    opening: Callable[[Path], MainWindow], catalogue: Catalogue, tmp_path: Path
) -> None:
    window = opening(made(catalogue, tmp_path / "a.apq", "Riverside Learning"))
    assert window.windowTitle() == "Riverside Learning, 2026/27 – APQ Desktop"
    assert window.view is not None
    window.view.show_details()
    keys = Keyboard()
    keys.fill("Name of the setting", "Riverbank [*] & Sons")
    assert window.windowTitle() == "Riverbank [*][*] & Sons, 2026/27 – APQ Desktop"  # as Qt writes one [*]
    window.show_start()
    assert window.windowTitle() == "APQ Desktop"


@pytest.mark.parametrize(
    ("texts", "year"),
    [
        (("Self-evaluation 2026/27", "2025/26"), "2026/27"),
        (("Our year", "2025/26"), "2025/26"),
        (("Toolkit 2022", "2026-09-01 to 2027-07-20"), ""),
        (("", "September 2025 to July 2026"), ""),
    ],
)
def test_the_year_is_the_one_that_title_or_period_names(texts: tuple[str, ...], year: str) -> None:
    assert year_named(*texts) == year


def test_recent_files_are_listed_with_setting_year_and_last_change(
    opening: Callable[[Path], MainWindow],
    catalogue: Catalogue,
    tmp_path: Path,
    qtbot: QtBot,
    settings: Settings,
) -> None:
    first = made(catalogue, tmp_path / "first.apq", "Riverside & Co", "Self-evaluation 2025/26")
    second = made(catalogue, tmp_path / "second.apq", "The Lodge")
    window = opening(first)
    with qtbot.waitSignal(window.evaluation_shown):
        window.open_file(second)
    items = recent_items(window)
    assert [one.text() for one in items] == [
        "The Lodge, 2026/27, changed 20 Nov 2026",
        "Riverside && Co, 2025/26, changed 20 Nov 2026",
        "&Empty this list",
    ]
    with qtbot.waitSignal(window.evaluation_shown):
        items[1].trigger()
    assert window.view is not None
    assert window.view.here.path == first
    second.unlink()
    for _ in ("gone", "on a share that gives errors"):
        gone = recent_items(window)[1]
        assert gone.text().endswith(": not found")
        assert not gone.isEnabled()
        second.unlink(missing_ok=True)
        second.symlink_to("/" + "a" * 300)
    kept = settings._stored.value("recent_files")
    assert {name for one in json.loads(kept) for name in one} == {"path", "setting", "year", "changed"}
    recent_items(window)[-1].trigger()
    assert [file.setting for file in settings.recent_files] == ["Riverside & Co"], "what is open stays"


def test_two_files_of_one_name_are_told_apart(
    opening: Callable[[Path], MainWindow], catalogue: Catalogue, tmp_path: Path, qtbot: QtBot
) -> None:
    window = opening(made(catalogue, tmp_path / "one.apq", "The Lodge"))
    with qtbot.waitSignal(window.evaluation_shown):
        window.open_file(made(catalogue, tmp_path / "two.apq", "The Lodge"))
    assert [one.text().rpartition(" (")[2] for one in recent_items(window)[:2]] == ["two.apq)", "one.apq)"]


@pytest.mark.parametrize("kept", ["", "no json", "[1]", '[{"path": "x"}]', "{}", "[" * 100_000])
def test_a_list_that_makes_no_sense_is_an_empty_one(tmp_path: Path, kept: str) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings._stored.setValue("recent_files", kept)
    assert settings.recent_files == []


def test_a_setting_is_on_the_disk_when_it_was_changed(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings.scheme, settings.text_size, settings.geometry = "dark", 150, QByteArray(b"somewhere")
    settings.recent_files = [RecentFile("/a/b.apq", "Łódź", "2026/27", "2026-11-20")]
    written = (tmp_path / "settings.ini").read_text("utf-8")
    assert "scheme=dark" in written
    assert "text_size=150" in written
    again = Settings(tmp_path / "settings.ini")
    assert (again.scheme, again.text_size, again.geometry) == ("dark", 150, QByteArray(b"somewhere"))
    assert again.recent_files == settings.recent_files


RUN = """
import json, os, signal, sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from apq_desktop.ui.window import application
from apq_desktop.ui.window.main_window import MainWindow
from apq_desktop import paths
from apq_desktop.paths import own_folder
from apq_desktop.toolkit.question_library import QuestionLibrary

kills, file = sys.argv[1] == "kill", sys.argv[2:]

def choose(window, words):
    next(one for one in window.findChildren(QAction) if one.text() == words).trigger()

def look(window):
    print(json.dumps([window.windowTitle(), window.palette().window().color().lightness() < 128,
        window.font().pointSizeF(), [window.width(), window.height()]]), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

def change(window):
    choose(window, "&Dark")
    choose(window, "&Larger text")
    window.resize(780, 640)
    for places in window.findChildren(application.WindowPlaces):
        places.changed.connect(lambda: os.kill(os.getpid(), signal.SIGKILL))

show = MainWindow.show
def shown(window):
    window.evaluation_shown.connect(lambda: QTimer.singleShot(0, lambda: (change if kills else look)(window)))
    show(window)
MainWindow.show = shown
from pathlib import Path
application.run(Path(file[0]) if file else None, QuestionLibrary(paths.forms(), lambda: own_folder("data") / "q"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
def test_what_was_changed_before_a_kill_is_there_at_the_next_start(catalogue: Catalogue, tmp_path: Path) -> None:
    file = made(catalogue, tmp_path / "ours.apq", "Riverside Learning")

    def run(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", RUN, *words],
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
            env=os.environ,
        )
        assert done.returncode == -signal.SIGKILL, done.stderr
        return done.stdout

    run("kill", str(file))
    title, dark, size, shape = json.loads(run("look"))
    assert title == "Riverside Learning, 2026/27 – APQ Desktop"
    assert dark
    assert size == pytest.approx(POINT_SIZES["hyperlegible"] * 1.25)
    assert shape == [780, 640]
