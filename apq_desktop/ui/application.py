"""Builds the window from its parts and runs it."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from apq_desktop import __version__
from apq_desktop.instrument import Catalogue
from apq_desktop.ui.main_window import MainWindow
from apq_desktop.ui.opened import Files
from apq_desktop.ui.theme import Theme


def run(
    file: Path | None,
    load_catalogue: Callable[[], Catalogue],
    *,
    exit_after_paint: bool = False,
    screenshot: Path | None = None,
) -> int:
    """Open the window, at ``file`` where one is named, until it is closed. Returns the exit status."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("APQ Desktop")
    application.setApplicationVersion(__version__)
    theme = Theme(application)
    theme.set_scheme("system")
    theme.set_text_size(100)
    window = MainWindow(Files(load_catalogue), theme, documents_folder())
    times: dict[str, int] = {}

    def begin() -> None:
        times["painted_ms"] = _since_start()
        if file is None:
            window.show_start()
        else:
            window.open_path(file)

    def opened() -> None:
        times["editable_ms"] = _since_start()
        if exit_after_paint:
            sys.stdout.write(json.dumps(times) + "\n")
            sys.stdout.flush()
            window.close()
        elif screenshot is not None:
            window.grab().save(str(screenshot))
            window.close()

    window.painted.connect(begin)
    window.editable.connect(lambda: QTimer.singleShot(0, opened))
    window.show()
    return application.exec()


def documents_folder() -> Path:
    """Where new files go: a folder of the program's own in the person's documents."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) / "APQ Desktop"


def _since_start() -> int:
    """Milliseconds since this process began."""
    try:
        fields = Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        began = int(fields[19]) / os.sysconf("SC_CLK_TCK")
        return round((time.clock_gettime(time.CLOCK_BOOTTIME) - began) * 1000)
    except (OSError, AttributeError, ValueError):
        return round(time.perf_counter() * 1000) if sys.platform == "win32" else round(time.process_time() * 1000)
