"""The real window on real files: the worker thread, the workspace and the instrument that people get."""

from __future__ import annotations

from shutil import copyfile
from typing import TYPE_CHECKING, Protocol

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from apq_desktop import paths, services
from apq_desktop.toolkit.loader import load
from apq_desktop.ui.commands.open_commands import examples_folder
from apq_desktop.ui.session.open_file.file_controller import FileController
from apq_desktop.ui.widgets.theme import Scheme, Theme
from apq_desktop.ui.window.main_window import MainWindow
from apq_desktop.ui.window.runtime.garbage import collect_at_rest
from tests.ui.page_context import PageContext
from tests.ui.wait import LongTimeoutBot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from apq_desktop.toolkit.catalogue import Catalogue


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return LongTimeoutBot(request)


class OpenWindow(Protocol):
    """Opens a window: ``what`` is "start", "example", "empty" or the path of a file."""

    def __call__(
        self,
        what: str | Path,
        *,
        scheme: Scheme = "light",
        percent: int = 100,
        size: tuple[int, int] = (1180, 800),
    ) -> MainWindow: ...


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application in the font that packaging/dev.py sees to: what fits must not hang on what else is installed."""
    qapp.setFont(QFont("DejaVu Sans"))
    collect_at_rest()
    return qapp


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load(paths.forms())


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


_worn: list[object] = []


def look_of(theme: Theme) -> list[object]:
    """What makes the look now, as the theme and the application have it."""
    return [
        theme.scheme,
        theme.percent,
        theme.typeface,
        QApplication.palette().cacheKey(),
        QApplication.font().toString(),
    ]


def wear(theme: Theme, scheme: Scheme, percent: int) -> None:
    """Choose colours and text size, unless the application has them: a choice is told to every widget there is."""
    if (theme.scheme, theme.percent) != (scheme, percent) or look_of(theme) != _worn:
        theme.set_scheme(scheme)
        theme.set_text_size(percent)
        _worn[:] = look_of(theme)


@pytest.fixture(scope="session")
def example_file(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that the program makes of the worked example; to be copied."""
    path = tmp_path_factory.mktemp("example") / "example.apq"
    services.create_workspace(path, services.example(catalogue)).close()
    return path


@pytest.fixture
def open_window(
    qtbot: QtBot, catalogue: Catalogue, theme: Theme, tmp_path: Path, example_file: Path
) -> Iterator[OpenWindow]:
    """Opens windows as they are asked for, and closes each one properly at the end, so that no thread stays."""
    opened: list[MainWindow] = []

    def open_one(
        what: str | Path,
        *,
        scheme: Scheme = "light",
        percent: int = 100,
        size: tuple[int, int] = (1180, 800),
    ) -> MainWindow:
        wear(theme, scheme, percent)
        files = FileController(lambda: catalogue)
        failures: list[BaseException] = []
        files.failed.connect(failures.append)
        window = MainWindow(files, theme, tmp_path / "APQ Desktop")
        opened.append(window)
        example = examples_folder() / "Example - Riverside Learning.apq"
        window.resize(*size)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        with qtbot.waitSignal(window.evaluation_shown):
            if what == "start":
                window.show_start()
            elif what == "example" and not example.exists():  # the program would make the same one each time
                copyfile(example_file, example)
                window.open_file(example)
            elif what == "example":
                window.commands.open.open_example()
            elif what == "empty":
                files.start(tmp_path / "Empty.apq", "The Lodge", "Northshire Council")
            else:
                assert not isinstance(what, str)
                window.open_file(what)
        assert not failures
        return window

    yield open_one
    for window in opened:
        assert window.close(), "the window stayed open: something could not be saved"
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    wear(theme, "light", 100)


@pytest.fixture
def page_context(qtbot: QtBot, catalogue: Catalogue) -> PageContext:
    """The worked example open in a context without window, file and thread: see ``PageContext``."""
    return PageContext(qtbot, catalogue, services.example(catalogue))
