"""`apq-desktop self-test` tries the whole program, says so step by step, and touches nothing of the person's own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from apq_desktop.errors import InstrumentError
from apq_desktop.toolkit.catalogue import Catalogue
from apq_desktop.ui.window.runtime import self_test

STEPS = 11


def test_every_step_is_ok_and_the_persons_own_folders_stay_empty(own_folders: Path, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    before = set(own_folders.rglob("*"))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(temporary), "TEMP": str(temporary)}
    words = [sys.executable, "-m", "apq_desktop", "self-test"]
    done = subprocess.run(words, capture_output=True, text=True, env=environment, cwd=tmp_path, check=False)
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.split()[0] for line in lines] == ["OK"] * STEPS + ["All"]
    assert set(own_folders.rglob("*")) == before
    assert list(temporary.iterdir()) == []


def test_a_program_that_does_not_work_is_told_by_its_step_and_by_the_exit_status(qapp: QApplication) -> None:
    homes: list[str] = []

    def broken() -> Catalogue:
        homes.append(os.environ["HOME"])
        raise InstrumentError("catalogue.toml", "file", "cannot be read")

    before, said = dict(os.environ), list[str]()
    assert self_test.run(broken, said.append) == 1
    assert said[0].startswith("OK ")
    assert said[-1].startswith("FAILED  Start an evaluation")
    assert "catalogue.toml" in said[-1]
    assert homes
    assert before["HOME"] not in homes
    assert dict(os.environ) == before
    assert QApplication.activeModalWidget() is None
