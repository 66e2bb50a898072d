"""The window is painted before anything slow is imported: the cause of most of what a slow start was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.benchmarks.processes import ROOT

AFTER_THE_FIRST_PAINTING = {
    "annotated_types",
    "apq_desktop.evaluation.model",
    "apq_desktop.toolkit.catalogue",
    "apq_desktop.services.exports.exporting",
    "apq_desktop.services.incoming.importing",
    "apq_desktop.services.workspaces",
    "apq_desktop.ui.pages.area.area_form",
    "apq_desktop.ui.pages.start_page",
    "apq_desktop.ui.window.views.evaluation_view",
    "concurrent.futures",
    "importlib.resources",
    "logging.handlers",
    "pikepdf",
    "pydantic",
    "reportlab",
    "sqlalchemy",
    "sqlite3",
    "tomllib",
}


def test_what_is_slow_is_imported_after_the_first_painting() -> None:
    program = "import sys, apq_desktop.__main__, apq_desktop.ui.window.application; print(*sys.modules)"
    printed = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
    imported = set(printed.stdout.split())
    assert "apq_desktop.ui.window.main_window" in imported
    assert not imported & AFTER_THE_FIRST_PAINTING


def test_no_source_is_read_to_look_for_features_of_pyside() -> None:
    program = (
        "import linecache, apq_desktop.ui.window.application, apq_desktop.services; print(*linecache.cache, sep='\\n')"
    )
    printed = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
    read = [line for line in printed.stdout.splitlines() if Path(line).name in ("main_window.py", "elements.py")]
    assert not read
