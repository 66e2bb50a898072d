"""Build the window from its parts and run it."""

from __future__ import annotations

import json
import os
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QStandardPaths, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from apq_desktop import __version__, paths
from apq_desktop.paths import own_folder, portable_folder
from apq_desktop.ui.session.open_file.file_controller import FileController
from apq_desktop.ui.widgets.theme import Theme
from apq_desktop.ui.window.main_window import MainWindow
from apq_desktop.ui.window.runtime import screen
from apq_desktop.ui.window.runtime.garbage import collect_at_rest
from apq_desktop.ui.window.settings import Settings

if TYPE_CHECKING:
    from apq_desktop.toolkit.question_library import QuestionLibrary

PAUSE_MS = 250
"""After which what nobody waits for is loaded, once the first page is shown."""


def run(
    file: Path | None, library: QuestionLibrary, *, exit_after_paint: bool = False, screenshot: Path | None = None
) -> int:
    """Open the window, at ``file`` where one is named, until it is closed. Returns the exit status."""
    _stand_alone()
    application = _application()
    settings = Settings(own_folder("config") / "settings.ini")
    window = _window(application, settings, library)
    times: dict[str, int] = {}
    pictures: list[bool] = []
    refused: list[str] = []

    def begin() -> None:
        times["painted_ms"] = _since_start()
        _stay_calm(window)
        if shown := file or window.identity.last_file:
            window.commands.open.open_path(shown)
        else:
            window.show_start()

    def opened() -> None:
        if "editable_ms" not in times:
            _begin_what_can_wait(window, settings)
        times["editable_ms"] = _since_start()
        if exit_after_paint and not refused:
            _say_times(times)
        elif screenshot is not None and not refused:
            pictures.append(_written(window, screenshot))
        if exit_after_paint or screenshot is not None:
            window.close()

    for refusal in (window.app.files.failed, window.app.files.in_use):
        refusal.connect(lambda error: refused.append(str(error)))
    window.painted.connect(begin)
    window.evaluation_shown.connect(lambda: QTimer.singleShot(0, opened))
    window.show()
    status = application.exec()
    if (exit_after_paint or screenshot) and (refused or "editable_ms" not in times):
        return _say_not_shown(file, refused)
    return status or int(not all(pictures))


def _begin_what_can_wait(window: MainWindow, settings: Settings) -> None:
    collect_at_rest()
    QTimer.singleShot(PAUSE_MS, window, lambda: _load_what_can_wait(window, settings))


def _say_times(times: dict[str, int]) -> None:
    sys.stdout.write(json.dumps(times) + "\n")
    sys.stdout.flush()


def _say_not_shown(file: Path | None, refused: list[str]) -> int:
    """Say on standard error why nothing was shown. Returns the exit status."""
    elsewhere = f"{file or 'The file'} was not shown here: it is open in another window."
    sys.stderr.write(f"{next(iter(refused), elsewhere)}\n")
    return 1


def _application() -> QApplication:
    application = screen.application(sys.argv[:1])
    application.setApplicationName("APQ Desktop")
    application.setApplicationVersion(__version__)
    # The name of the .desktop file, by which Wayland and the task bars of Linux find the icon.
    application.setDesktopFileName("apq-desktop")
    application.setWindowIcon(window_icon())
    return application


def _window(application: QApplication, settings: Settings, library: QuestionLibrary) -> MainWindow:
    """Make the window, as it looked and stood the last time, and remember from now on how it does."""
    theme = Theme(application)
    theme.set_scheme(settings.scheme)
    theme.typeface = settings.typeface
    theme.set_text_size(settings.text_size)
    files = FileController(library.catalogue, library.add, own_folder("data") / "backups")
    window = MainWindow(files, theme, documents_folder(), settings)
    if not window.restoreGeometry(settings.geometry):
        # The first time: most of what the task bar leaves of the screen, and room for the window's own frame.
        window.resize(window.size().boundedTo(window.screen().availableSize() * 0.9))
    theme.changed.connect(lambda: _remember(settings, theme))
    places = WindowPlaces(window)
    places.changed.connect(lambda: setattr(settings, "geometry", window.saveGeometry()))
    return window


def _written(window: MainWindow, screenshot: Path) -> bool:
    """Write a picture of the window; where that fails, say so on standard error."""
    if window.grab().save(str(screenshot)):
        return True
    way = "choose another folder, or a name that ends in .png"
    sys.stderr.write(f"{screenshot}: the picture could not be written; {way}.\n")
    return False


def window_icon() -> QIcon:
    """The program's icon, in the sizes that title bars and task bars show."""
    icon = QIcon()
    for size in (16, 32, 64):
        icon.addFile(str(paths.resources() / "icons" / f"apq-desktop-{size}.png"))
    return icon


def documents_folder() -> Path:
    """Where new files go: a folder of the program's own in the user's documents, or beside a portable program."""
    if beside := portable_folder():
        return beside / "Evaluations"
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return (documents if documents.is_dir() else Path.home()) / "APQ Desktop"


def _stay_calm(window: MainWindow) -> None:
    from apq_desktop.ui.window.runtime.crash_handler import catch_everything, keep_log

    log = keep_log(own_folder("log"))
    catch_everything(window.identity.save_and_say, partial(window.app.dialogs.tell, "Something went wrong"), log)


def _load_what_can_wait(window: MainWindow, settings: Settings) -> None:
    from apq_desktop.ui.pages.page_table import read_ahead
    from apq_desktop.ui.spelling.dictionary import folders
    from apq_desktop.ui.spelling.spell_checker import SpellChecker

    speller = SpellChecker(folders(), own_folder("data") / "words.txt", on=settings.check_spelling)
    speller.setParent(window)
    speller.switched.connect(lambda on: setattr(settings, "check_spelling", on))
    speller.serve(window.app, window.check_spelling)
    read_ahead()


def _remember(settings: Settings, theme: Theme) -> None:
    settings.text_size, settings.typeface, settings.scheme = theme.percent, theme.typeface, theme.scheme


class WindowPlaces(QObject):
    """Say, after a moment's rest, that a window was moved or has another size."""

    changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._rest = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._rest.timeout.connect(self.changed)
        window.installEventFilter(self)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        """Wait again with each movement."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowStateChange):
            self._rest.start()
        return False


def _stand_alone() -> None:
    """Let the task bar of Windows show the program by itself, with its own icon, and not as a window of Python."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID("APQDesktop")


def _since_start() -> int:
    """Milliseconds since this process began."""
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        kernel = ctypes.windll.kernel32
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.GetProcessTimes.argtypes = [wintypes.HANDLE, *[ctypes.POINTER(wintypes.FILETIME)] * 4]
        began, now, *others = (wintypes.FILETIME() for _ in range(5))
        kernel.GetProcessTimes(kernel.GetCurrentProcess(), began, *others)
        kernel.GetSystemTimeAsFileTime(ctypes.byref(now))
        passed = (now.dwHighDateTime - began.dwHighDateTime << 32) + now.dwLowDateTime - began.dwLowDateTime
        return round(passed / 10_000)
    try:
        fields = Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        began_at = int(fields[19]) / os.sysconf("SC_CLK_TCK")
        return round((time.clock_gettime(time.CLOCK_BOOTTIME) - began_at) * 1000)
    except (OSError, AttributeError, ValueError):
        return round(time.process_time() * 1000)
