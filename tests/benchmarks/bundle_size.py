"""The Linux bundle on the disk, against a window that says hello, bundled by the same recipe."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.benchmarks.measuring import Measurement, NotMeasured
from tests.benchmarks.processes import ROOT

MOST = 1.4
BUILD = ROOT / "build" / "linux"
RECIPE = Path(__file__).parent / "floors" / "hello_world.spec"
KEY, WHAT = "bundle-size", "Size of the Linux bundle, unpacked"


def measure(folder: Path, _repetitions: int) -> list[Measurement | NotMeasured]:
    """What ``packaging/build_linux.py`` left; its environment bundles the floor."""
    bundles = sorted(BUILD.glob("apq-desktop-*-linux-x86_64"))
    if not bundles:
        return [NotMeasured(KEY, WHAT, "none was built here; packaging/build_linux.py builds it")]
    return [
        Measurement(
            KEY,
            WHAT,
            _megabytes(bundles[-1]),
            unit="MB",
            floor_name="a hello-world window of PySide6 by the same recipe",
            floor=_megabytes(_hello_world(folder)),
            limit=MOST,
        )
    ]


def _hello_world(folder: Path) -> Path:
    bundle = folder / "hello-world"
    words = [str(BUILD / "environment" / "bin" / "python"), "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    words += ["--distpath", str(folder), "--workpath", str(folder / "pyinstaller"), str(RECIPE)]
    settings = {"PYTHONPATH": str(ROOT / "packaging")}
    subprocess.run(words, cwd=folder, env={**os.environ, **settings}, check=True, capture_output=True)
    libraries = [path for path in bundle.rglob("*") if ".so" in path.suffixes and not path.is_symlink()]
    subprocess.run(["strip", "--strip-unneeded", *libraries], check=True)
    shutil.rmtree(folder / "pyinstaller")
    return bundle


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()) / 1e6
