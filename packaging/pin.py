#!/usr/bin/env python3
"""Writes the pinned requirements anew from pyproject.toml, each version with the hashes of all its files.

    python3 packaging/pin.py              keeps every pin that still fits
    python3 packaging/pin.py --upgrade    takes the newest versions within pyproject.toml's ranges

Needs uv on the path. The files hold for Linux, Windows and macOS alike and name no address.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
# No extra of the project: only who makes a Linux or macOS bundle needs it, in an environment of its own.
BUNDLERS = ["pyinstaller>=6.22,<7"]
# Nor this: other ways to a PDF, which tests/benchmarks measures beside ours where they are installed.
RIVALS = ["typst>=0.15,<0.16", "weasyprint>=70,<71"]
OPTIONS = (
    *("--universal", "--generate-hashes", "--python-version", "3.11"),
    *("--no-header", "--no-annotate", "--no-emit-index-url", "--quiet"),
)


def pin(name: str, wanted: list[str], *more: str) -> None:
    """Writes packaging/`name` with what the requirements in `wanted` come to."""
    words = ["uv", "pip", "compile", "-", "--output-file", name, *OPTIONS, *more]
    text = "".join(f"{requirement}\n" for requirement in wanted)
    subprocess.run(words, check=True, cwd=CHECKOUT / "packaging", input=text, text=True, stdout=subprocess.DEVNULL)


def main(more: list[str]) -> None:
    """Pins what the program needs, then what the tests add to it, then what builds, bundles and measures it."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    program: list[str] = project["dependencies"]
    extras: dict[str, list[str]] = project["optional-dependencies"]
    pin("requirements.txt", program, *more)
    everything = [*program, *extras["build"], *extras["server"], *extras["test"]]
    # The later files take over the versions of the earlier ones, so that no two disagree.
    pin("requirements-test.txt", everything, "--constraint", "requirements.txt", *more)
    pin("requirements-build.txt", extras["build"], "--constraint", "requirements-test.txt")
    pin("requirements-server.txt", extras["server"], "--constraint", "requirements-test.txt")
    pin("requirements-bundle.txt", BUNDLERS, "--constraint", "requirements-test.txt")
    pin("requirements-benchmarks.txt", RIVALS, "--constraint", "requirements-test.txt")


if __name__ == "__main__":
    main(sys.argv[1:])
