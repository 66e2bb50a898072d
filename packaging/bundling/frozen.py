"""The program frozen by PyInstaller, for the systems that have no embeddable Python of their own: Linux and macOS."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from bundling.making import PACKAGING, call, environment, install, version, wheel
from bundling.parts import Part
from bundling.trimming import is_wanted

LOADER = "pyinstaller-boot-loader"
PINS = ("requirements.txt", "requirements-build.txt", "requirements-bundle.txt")


def freeze(work: Path, recipe: Path, by: Path) -> tuple[Path, Path]:
    """Build the wheel, install it in a clean environment of the Python `by`, and let PyInstaller follow `recipe` there.

    What it makes stands in `work`. Returns the environment's Python, and a folder with the metadata of all parts.
    """
    python = environment(work / "environment", *PINS, by=by)
    install(python, "--no-deps", wheel(python, work / "wheel"))
    metadata = metadata_of_parts(python, work / "metadata")
    parts = [folder.name.split("-")[0] for folder in sorted(metadata.iterdir())]
    options: list[str | Path] = ["--noconfirm", "--log-level", "ERROR"]
    options += ["--distpath", work, "--workpath", work / "pyinstaller"]
    # Not from the checkout: Python would take the program from there, and without its forms.
    words = [python, "-m", "PyInstaller", *options, recipe]
    call(words, cwd=work, PYTHONPATH=str(PACKAGING), APQ_PARTS=" ".join(parts), APQ_VERSION=version())
    return python, metadata


def metadata_of_parts(python: Path, into: Path) -> Path:
    """Copy the metadata of the program's own parts, without those of the tools installed beside them.

    Nor those of a part that a bundle goes without.
    """
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    said = subprocess.run([python, "-c", code], check=True, capture_output=True, text=True).stdout
    pinned = re.findall(r"^([\w.-]+)==", (PACKAGING / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    names = {re.sub(r"[-_.]+", "_", name).lower() for name in ("apq-desktop", *pinned)}
    for folder in Path(said.strip()).glob("*.dist-info"):
        if re.sub(r"[-_.]+", "_", folder.name.split("-")[0]).lower() in names and is_wanted(f"{folder.name}/METADATA"):
            shutil.copytree(folder, into / folder.name)
    return into


def loader_part(python: Path, bundle: Path) -> Part:
    """PyInstaller's boot loader, which becomes the program, with all modules of pure Python packed behind it."""
    ask = "from importlib.metadata import distribution as d; import sys; x = d('pyinstaller'); print(x.version);"
    ask += "print(next(x.locate_file(f) for f in x.files if f.name == 'COPYING.txt'))"
    number, licence = subprocess.run([python, "-c", ask], check=True, capture_output=True, text=True).stdout.split()
    target = bundle / "licences" / "pyinstaller" / "COPYING.txt"
    target.parent.mkdir(parents=True)
    shutil.copyfile(licence, target)
    licences = "GPL-2.0-or-later WITH Bootloader-exception"
    return Part(LOADER, number, licences, f"pkg:pypi/pyinstaller@{number}", "PyInstaller Development Team")


def copy_licence_of_python(python: Path, bundle: Path) -> None:
    """Python's own licence, which stands in its library."""
    ask = "import sysconfig; print(sysconfig.get_path('stdlib'))"
    library = subprocess.run([python, "-c", ask], check=True, capture_output=True, text=True).stdout.strip()
    target = bundle / "licences" / "cpython" / "LICENSE.txt"
    target.parent.mkdir(parents=True)
    shutil.copyfile(Path(library) / "LICENSE.txt", target)
