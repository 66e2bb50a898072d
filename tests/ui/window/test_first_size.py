"""The first window, before anybody chose its size, fits on the screen that there is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage

from tests.cases import first

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("width", "height"), first(1, [(1366, 768), (1024, 600), (1920, 1080)]))
def test_the_first_window_fits_on_the_screen(tmp_path: Path, width: int, height: int) -> None:
    one = {"name": "one", "x": 0, "y": 0, "width": width, "height": height, "dpr": 1}
    screens = {"screens": [{**one, "logicalDpi": 96, "logicalBaseDpi": 96}]}
    (tmp_path / "screens.json").write_text(json.dumps(screens), "ascii")
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'screens.json'}",
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    words = [sys.executable, "-m", "apq_desktop", "--screenshot", str(tmp_path / "first.png")]
    subprocess.run(words, env=environment, capture_output=True, check=True)
    shown = QImage(str(tmp_path / "first.png"))
    assert width * 0.55 < shown.width() <= width * 0.9 + 1
    assert height * 0.7 < shown.height() <= height * 0.9 + 1
