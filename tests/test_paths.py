"""What the program brings along is found, wherever it was installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import apq_desktop
from apq_desktop import paths

CHECKOUT = Path(apq_desktop.__file__).parent.parent


def test_in_a_checkout_the_folders_stand_beside_the_package() -> None:
    assert paths.forms() == CHECKOUT / "forms"
    assert paths.resources() == CHECKOUT / "resources"
    assert (paths.forms() / "catalogue.toml").is_file()
    assert (paths.resources() / "example" / "example.json").is_file()


def test_when_installed_the_folders_are_found_inside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "apq_desktop"
    package.mkdir()
    for name in ("__init__.py", "paths.py"):
        shutil.copy(CHECKOUT / "apq_desktop" / name, package)
    (package / "_bundled" / "forms").mkdir(parents=True)
    code = "from apq_desktop import paths; print(paths.forms(), paths.resources(), sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert done.stdout.splitlines() == [str(package / "_bundled" / name) for name in ("forms", "resources")]
