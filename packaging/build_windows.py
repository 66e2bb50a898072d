#!/usr/bin/env python3
"""Builds the Windows bundles on Debian or on Windows: a per-user installer and a portable zip.

    python3 packaging/build_windows.py [--to FOLDER] [--work FOLDER] [--python-zip FILE]

Needs makensis (Debian's nsis) and, on Debian, wine64, which compiles the byte code. --python-zip names Python's own
embeddable package; without it the same files are taken from a package index (see packaging/windows/README.md).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from bundling import dictionary
from bundling.making import (
    CHECKOUT,
    PACKAGING,
    call,
    emptied,
    environment,
    install,
    megabytes,
    remove_unwanted,
    settle,
    version,
    wheel,
    write_sums,
    zipped,
)
from bundling.papers import python_parts, write_papers
from bundling.trimming import PYTHON_MODULES_LEFT_OUT, is_wanted
from bundling.windows_python import SQLITE, VERSION, unpack_python

STARTERS = {
    "APQ Desktop.cmd": '@start "" "%~dp0program\\pythonw.exe" -m apq_desktop %*\n',
    "apq-desktop-command.cmd": '@"%~dp0program\\python.exe" -m apq_desktop %*\n',
}
PORTABLE = """This file makes the program portable: its settings, its log and new evaluations are kept in this folder.
Without it they are kept where Windows keeps them for each person.
"""


def main() -> int:
    """Build everything. Returns the exit status."""
    parser = argparse.ArgumentParser(description="Build the Windows bundles of APQ Desktop.")
    parser.add_argument("--to", type=Path, default=CHECKOUT / "dist" / "windows")
    parser.add_argument("--work", type=Path, default=CHECKOUT / "build" / "windows")
    parser.add_argument("--python-zip", type=Path)
    chosen = parser.parse_args()
    target, work = emptied(chosen.to.absolute()), emptied(chosen.work.absolute())
    bundle = build_bundle(work, chosen.python_zip)
    name = f"apq-desktop-{version()}-windows-x64"
    shutil.copyfile(bundle / "sbom.cdx.json", target / f"{name}.sbom.cdx.json")
    write_installer(bundle, target / f"{name}-setup.exe")
    (bundle / "portable.txt").write_text(PORTABLE, "utf-8", newline="\r\n")
    settle(bundle)
    zipped(bundle, target / f"{name}-portable.zip")
    write_sums(target)
    print(f"The folder takes {megabytes(bundle)}.")
    for path in sorted(target.iterdir()):
        print(f"    {path.name}  {megabytes(path)}")
    return 0


def build_bundle(work: Path, python_zip: Path | None) -> Path:
    """The folder with Python, the program and its parts, from the wheel."""
    bundle = work / "APQ Desktop"
    program = bundle / "program"
    unpack_python(program, work, python_zip)
    python = environment(work / "environment", "requirements-build.txt")
    pins = work / "pins.txt"
    words = [python, PACKAGING / "bundling" / "pins_for_windows.py", PACKAGING / "requirements.txt"]
    pins.write_bytes(subprocess.run(words, check=True, capture_output=True).stdout)
    packages = program / "site-packages"
    there: list[str | Path] = ["--target", packages, "--no-compile", "--no-deps", "--only-binary", ":all:"]
    there += ["--platform", "win_amd64", "--python-version", "3.12", "--implementation", "cp"]
    install(python, *there, "--require-hashes", "--requirement", pins)
    install(python, *there, wheel(python, work / "wheel"))
    write_papers(bundle, packages, [*python_parts(VERSION, SQLITE), dictionary.PART])
    dictionary.add_dictionary(packages / "apq_desktop", bundle, work)
    remove_unwanted(packages, belongs)
    shutil.copyfile(CHECKOUT / "resources" / "icons" / "apq-desktop.ico", bundle / "apq-desktop.ico")
    for name, line in STARTERS.items():
        (bundle / name).write_text(line, "ascii", newline="\r\n")
    compile_all(program)
    settle(bundle)
    return bundle


def belongs(name: str) -> bool:
    """Whether a file of site-packages stays: PyInstaller leaves modules out by name, and here they are files."""
    plain = name.partition(".")[0].replace("/", ".")
    left_out = any(plain == module or plain.startswith(f"{module}.") for module in PYTHON_MODULES_LEFT_OUT)
    return is_wanted(name) and not left_out and not name.startswith("pydantic/v1/")


def compile_all(program: Path) -> None:
    """Write the byte code with the bundle's own Python, valid whatever time the files get later."""
    runner: list[str | Path] = [] if os.name == "nt" else [wine()]
    options = ["-q", "--invalidation-mode", "unchecked-hash", "-s", "site-packages"]
    words = [*runner, program / "python.exe", "-m", "compileall", *options, "site-packages"]
    quiet = {"PYTHONHASHSEED": "0", "WINEDEBUG": "-all", "WINEPREFIX": str(program.parent.parent / "wine")}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    # Under Wine Python takes nothing but pipes for its streams.
    done = subprocess.run(
        words,
        cwd=program,
        env={**kept, **quiet},
        input=b"",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"The byte code could not be written:\n{done.stdout.decode('utf-8', 'replace')}")


def wine() -> str:
    """The command that runs Windows programs."""
    found = shutil.which("wine64") or shutil.which("wine") or shutil.which("/usr/lib/wine/wine64")
    if found is None:
        raise SystemExit("The byte code is written by the bundle's own Python: install wine64.")
    return found


def write_installer(bundle: Path, target: Path) -> None:
    """Let nsis write the installer."""
    settings = {
        "VERSION": version(),
        "VERSION_OF_FOUR": f"{version()}.0",
        "BUNDLE": str(bundle),
        "ICON": str(bundle / "apq-desktop.ico"),
        "KIBIBYTES": str(sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file()) // 1024),
        "TARGET": str(target),
    }
    defines = [f"-D{name}={value}" for name, value in settings.items()]
    call(["makensis", "-V2", "-INPUTCHARSET", "UTF8", *defines, PACKAGING / "windows" / "installer.nsi"])


if __name__ == "__main__":
    sys.exit(main())
