"""The Linux bundle on the disk, against a window that says hello, bundled by the same recipe."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from tests.benchmarks.measuring import Measurement, NotMeasured
from tests.benchmarks.processes import ROOT

MOST = 1.45
ADDED = {
    "far-scripts": ("Chinese, Japanese and Korean add to it", ("noto_cjk_sans_jp_regular",)),
    "server": ("a library on a server adds to it", ("keyring", "jaraco", "jeepney", "psycopg", "secretstorage")),
}
"""What a setting of its own does not need, by the beginnings of the names of its parts."""
BUILD = ROOT / "build" / "linux"
RECIPE = Path(__file__).parent / "floors" / "hello_world.spec"
KEY, WHAT = "bundle-size", "Size of the Linux bundle, unpacked"


def measure(folder: Path, _repetitions: int) -> list[Measurement | NotMeasured]:
    """What ``packaging/build_linux.py`` left; its environment bundles the floor."""
    bundles = sorted(BUILD.glob("apq-desktop-*-linux-x86_64"))
    if not bundles:
        return [NotMeasured(KEY, WHAT, "none was built here; packaging/build_linux.py builds it")]
    added = {key: _megabytes(bundles[-1], parts) for key, (_, parts) in ADDED.items()}
    own = Measurement(
        KEY,
        f"{WHAT}, without the two below",
        _megabytes(bundles[-1]) - sum(added.values()),
        unit="MB",
        floor_name="a hello-world window of PySide6 by the same recipe",
        floor=_megabytes(_hello_world(folder)),
        limit=MOST,
    )
    return [
        own,
        *(Measurement(f"bundle-{key}", f"What {words}", added[key], unit="MB") for key, (words, _) in ADDED.items()),
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


def _megabytes(folder: Path, parts: tuple[str, ...] = ("",)) -> float:
    """The size of a bundle, or of the parts in it whose names begin so."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    inside = folder / "_internal"
    counted = [path for path in files if parts == ("",) or _is_of(path, inside, parts)]
    return sum(path.stat().st_size for path in counted) / 1e6


def _is_of(path: Path, inside: Path, parts: tuple[str, ...]) -> bool:
    return path.is_relative_to(inside) and path.relative_to(inside).parts[0].startswith(parts)
