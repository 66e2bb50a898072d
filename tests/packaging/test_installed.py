"""The wheel runs from any folder, and a portable program keeps to its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import apq_desktop
from apq_desktop import paths
from apq_desktop.ui.window import application

CHECKOUT = Path(apq_desktop.__file__).parent.parent


def test_the_wheel_installs_and_runs_from_any_folder(tmp_path: Path) -> None:
    built, installed, elsewhere = (tmp_path / name for name in ("built", "installed", "elsewhere"))
    elsewhere.mkdir()
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(built)]
    subprocess.run(build, cwd=CHECKOUT, check=True, capture_output=True)
    (wheel,) = built.iterdir()
    # From the one file only: nothing is looked up.
    pip = [sys.executable, "-m", "pip", "--isolated", "install", "-q", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run([*pip, "--target", str(installed), str(wheel)], check=True, capture_output=True)
    environment = {**os.environ, "PYTHONPATH": str(installed), "QT_QPA_PLATFORM": "offscreen"}

    def run(*words: str) -> str:
        command = [sys.executable, "-m", "apq_desktop", *words]
        done = subprocess.run(command, cwd=elsewhere, env=environment, check=True, capture_output=True, text=True)
        return done.stdout

    where = "import apq_desktop; print(apq_desktop.__file__)"
    said = subprocess.run(
        [sys.executable, "-c", where], cwd=elsewhere, env=environment, check=True, capture_output=True, text=True
    )
    assert Path(said.stdout.strip()).is_relative_to(installed)
    run("example", "example.apq")
    assert "Riverside Learning" in run("check", "example.apq")
    assert "painted_ms" in run("--exit-after-paint", "example.apq")
    assert (installed / "bin" / "apq-desktop").is_file() or (installed / "bin" / "apq-desktop.exe").is_file()


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a bundle, whose program seems to be running."""
    (tmp_path / "program").mkdir()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "program" / "pythonw.exe"))
    return tmp_path


def test_a_portable_program_keeps_everything_beside_it(program: Path) -> None:
    (program / "portable.txt").touch()
    assert paths.own_folder("config") == program / "APQ Desktop data" / "config"
    assert paths.own_folder("log") == program / "APQ Desktop data" / "log"
    assert application.documents_folder() == program / "Evaluations"


def test_an_installed_program_keeps_nothing_beside_it(program: Path) -> None:
    assert paths.portable_folder() is None
    for folder in (paths.own_folder("config"), paths.own_folder("data"), application.documents_folder()):
        assert not folder.is_relative_to(program)


def test_the_window_has_the_programs_icon(qapp: QApplication) -> None:
    icon = application.window_icon()
    assert {size.width() for size in icon.availableSizes()} == {16, 32, 64}
    assert not icon.pixmap(32).toImage().isNull()
    for size in (16, 24, 32, 48, 64, 128, 256):
        assert (paths.resources() / "icons" / f"apq-desktop-{size}.png").is_file()
