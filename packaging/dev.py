#!/usr/bin/env python3
"""Run or test the program from a checkout, on a machine where nothing is set up yet.

    python3 packaging/dev.py run [FILE]            opens the window; without a screen, plays the main job
    python3 packaging/dev.py test [ARGUMENT ...]   every check in order; arguments go to pytest

Needs Python 3.11 or newer and nothing else: the pinned parts go into .venv in the checkout, and what Debian
lacks is installed where that is allowed, or named in one line to type.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from system_parts import SetUpError, provide_system_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    Words = Sequence[str | Path]

CHECKOUT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
RUN_PINS = ("requirements.txt", "requirements-build.txt")
TEST_PINS = ("requirements-test.txt",)
TEST_PROGRAMS = "javascript_programs.py"
# One process for each core; a file's tests stay in one of them, because they share what is costly to make. The order
# of the files is that of tests/conftest.py.
SIDE_BY_SIDE = (
    *("--numprocesses", "auto", "--dist", "loadfile", "--no-loadscope-reorder"),
    *("--max-worker-restart", "0"),
)

ROOM_IN_MEMORY = 4 * 1024**3  # bytes: the whole suite needs half a gigabyte

# Variables of the caller that would make the environment's Python another one, or leave it uncompiled:
# without byte code every start reads the sources again and takes nearly three times as long.
UNWANTED_VARIABLES = ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV")


def child_environment(**more: str) -> dict[str, str]:
    """The caller's environment for a child process, less what misleads it, with `more` added."""
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED_VARIABLES}
    return {**kept, **more}


def call(words: Words, **more: str) -> int:
    """Runs a command with `more` environment variables, its output after ours; gives its exit status."""
    sys.stdout.flush()
    return subprocess.call([str(word) for word in words], env=child_environment(**more))


def has_screen() -> bool:
    """Whether a window can be shown: always on Windows and macOS, else where a display server is named."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


class Environment:
    """The virtual environment of the checkout, made and filled when its pins change."""

    def __init__(self, checkout: Path) -> None:
        self.checkout = checkout
        self.folder = checkout / ".venv"
        self.scripts = self.folder / ("Scripts" if os.name == "nt" else "bin")
        self.python = self.scripts / ("python.exe" if os.name == "nt" else "python")
        self.stamp = self.folder / "set-up.json"

    def script(self, name: str) -> str:
        """The path of a program that a package brought, such as lint-imports."""
        found = shutil.which(name, path=str(self.scripts))
        if found is None:
            message = f"{name} is missing from {self.folder}. Delete that folder and start again."
            raise SetUpError(message)
        return found

    def prepare(self, purpose: str) -> None:
        """Makes the environment ready for `purpose` ("run" or "test"); does nothing when it is ready."""
        if self.is_ready(purpose):
            return
        started = time.monotonic()
        print("Setting up .venv; the first time takes a minute …", flush=True)
        self.stamp.unlink(missing_ok=True)
        if not self._usable():
            self._step("make .venv", [sys.executable, "-m", "venv", "--clear", self.folder])
        self._install(TEST_PINS if purpose == "test" else RUN_PINS)
        if purpose == "test":
            self._fetch_programs()
        self.note_ready(purpose)
        print(f"Set up in {time.monotonic() - started:.0f} s.", flush=True)

    def note_ready(self, purpose: str) -> None:
        """Notes that the environment was set up for `purpose`; what it was before may have gone stale."""
        digests = self._fingerprints()
        # What serves the tests serves a run as well.
        ready = digests if purpose == "test" else {purpose: digests[purpose]}
        self.stamp.write_text(json.dumps(ready), encoding="utf-8")

    def is_ready(self, purpose: str) -> bool:
        """Whether `purpose` needs no set-up: the environment starts and holds what is pinned today."""
        return self._usable() and self._stamped().get(purpose) == self._fingerprints()[purpose]

    def _install(self, pins: Sequence[str]) -> None:
        files: list[str | Path] = []
        for name in pins:
            files += ["--requirement", self.checkout / "packaging" / name]
        # Wheels only: a source package would run set-up code of its own here.
        self._pip("install what is pinned", "--require-hashes", "--only-binary", ":all:", *files)
        # Built with the hatchling that is pinned, not with one that pip would fetch for it.
        project = ("--no-deps", "--no-build-isolation", "--editable", self.checkout)
        self._pip("install the project itself", *project)
        # Some packages carry templates that are no valid Python: they are passed over in silence.
        for folder in (self.folder, self.checkout / "apq_desktop"):
            call([self.python, "-m", "compileall", "-qq", "-j", "0", folder])

    def _pip(self, what: str, *words: str | Path) -> None:
        options = ("--disable-pip-version-check", "-qq", "install", "--no-compile")
        self._step(what, [self.python, "-m", "pip", *options, *words])

    def _fetch_programs(self) -> None:
        """Those that the tests ask and pip does not have, by the npm that pip has brought."""
        path = f"{self.scripts}{os.pathsep}{os.environ.get('PATH', '')}"
        self._step("fetch pdf-lib and pdf.js", [self.python, self.checkout / "packaging" / TEST_PROGRAMS], PATH=path)

    def _step(self, what: str, words: Words, **more: str) -> None:
        if call(words, **more) != 0:
            message = f"Could not {what}; the lines above say why."
            raise SetUpError(message)

    def _usable(self) -> bool:
        """Whether its Python starts: it does not after the one it was made from is gone."""
        try:
            return call([self.python, "-c", ""]) == 0
        except OSError:
            return False

    def _stamped(self) -> dict[str, str]:
        try:
            stamped: dict[str, str] = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stamped

    def _fingerprints(self) -> dict[str, str]:
        """For each purpose a digest of what its set-up depends on: the pins, the project, the place."""
        place = str(self.folder).encode()
        project = (self.checkout / "pyproject.toml").read_bytes()
        digests = {}
        for purpose, pins in (("run", RUN_PINS), ("test", (*TEST_PINS, TEST_PROGRAMS))):
            texts = [(self.checkout / "packaging" / name).read_bytes() for name in pins]
            digests[purpose] = hashlib.sha256(b"\0".join([place, project, *texts])).hexdigest()
        return digests


def run(environment: Environment, file: str | None) -> int:
    """Opens the window, or plays the main job where there is no screen."""
    if has_screen():
        return call([environment.python, "-m", "apq_desktop", *([file] if file else [])])
    return play_main_job(environment, file)


def play_main_job(environment: Environment, file: str | None) -> int:
    """Takes the example (or `file`) through the program without a screen, into a new folder of out/."""
    out = environment.checkout / "out" / time.strftime("main-job-%Y-%m-%d-%H%M%S")
    sent = out / "sent"
    sent.mkdir(parents=True)
    workspace = Path(file) if file else out / "example.apq"
    received = out / "received.apq"
    program: Words = [environment.python, "-m", "apq_desktop"]
    print("There is no screen here, so the main job is played without one.")
    steps: list[tuple[str, Words]] = [
        ("Write the PDF and the JSON", ["export", workspace, "--to", sent]),
        ("Read the JSON as the council would", ["import", "*.json", "--into", received]),
        ("Check that every file is whole", ["check", workspace, received, "*.json"]),
        ("Take a picture of the window", ["--screenshot", out / "overview.png", workspace]),
    ]
    if not file:
        steps.insert(0, ("Write the worked example", ["example", workspace]))
    for heading, arguments in steps:
        print(f"\n{heading}", flush=True)
        words: list[str | Path] = []
        for argument in arguments:
            words.extend(sorted(sent.glob("*.json")) if argument == "*.json" else [argument])
        # Without the rule the offscreen platform says for each window what it cannot do.
        rules = {"QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "default.warning=false"}
        status = call([*program, *words], **rules)
        if status != 0:
            print(f"Stopped at: {heading}", file=sys.stderr)
            return status
    print(f"\nEverything is in {out}:")
    for path in sorted(path for path in out.rglob("*") if path.is_file()):
        print(f"    {path.relative_to(out)}  ({path.stat().st_size / 1024:.0f} kB)")
    return 0


def temporary_root() -> dict[str, str]:
    """Has temporary folders put in memory where there is room: a slow disk doubles the suite's time.

    The files are real ones, kept by the system's file system in memory. Whoever names a place keeps it.
    """
    names = ("PYTEST_DEBUG_TEMPROOT", "TMPDIR")
    memory = Path("/dev/shm")  # noqa: S108  # private folders are made in it
    if (
        any(name in os.environ for name in names)
        or not os.access(memory, os.W_OK)
        or shutil.disk_usage(memory).free < ROOM_IN_MEMORY
    ):
        return {}
    return dict.fromkeys(names, str(memory))


def test(environment: Environment, pytest_arguments: Sequence[str]) -> int:
    """Every check in order, the quickest first; stops at the first that fails.

    `pytest_arguments` come last, so that they win: `-n 0` keeps pytest in one process, as a debugger needs it.
    """
    os.chdir(environment.checkout)
    module: Words = [environment.python, "-m"]
    checks: list[tuple[str, Words]] = [
        ("ruff check", [*module, "ruff", "check"]),
        ("ruff format --check", [*module, "ruff", "format", "--check"]),
        ("mypy", [*module, "mypy"]),
        ("lint-imports", [environment.script("lint-imports"), "--no-logo"]),
        ("pytest", [*module, "pytest", *SIDE_BY_SIDE, *pytest_arguments]),
    ]
    for place, (name, words) in enumerate(checks, 1):
        print(f"\n=== {place} of {len(checks)}: {name}", flush=True)
        started = time.monotonic()
        status = call(words, **temporary_root())
        took = f"{time.monotonic() - started:.1f} s"
        if status != 0:
            print(f"=== FAILED: {name} (exit status {status}, {took})", file=sys.stderr)
            return 1
        print(f"=== {name}: good ({took})", flush=True)
    return 0


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Reads the command line; wrong usage ends with exit status 2."""
    parser = argparse.ArgumentParser(prog="dev.py", description="Runs or tests APQ Desktop from a checkout.")
    commands = parser.add_subparsers(dest="command", required=True)
    runs = commands.add_parser("run", help="open the window, or play the main job where there is no screen")
    runs.add_argument("file", nargs="?", metavar="FILE", help="a workspace (.apq) to open")
    commands.add_parser("test", help="every check; further arguments go to pytest")
    # Not by argparse, which takes no option for the first of those that it only hands on.
    own = 1 if arguments[:1] == ["test"] else len(arguments)
    asked = parser.parse_args(arguments[:own])
    asked.pytest_arguments = arguments[own:]
    return asked


def main(arguments: Sequence[str]) -> int:
    """Sets up what is missing, then runs or tests; gives the exit status."""
    if sys.version_info < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        found = sys.version.split()[0]
        print(f"APQ Desktop needs Python {wanted} or newer; this is {found}.", file=sys.stderr)
        return 1
    asked = parse(arguments)
    environment = Environment(CHECKOUT)
    try:
        provide_system_parts(asked.command)
        environment.prepare(asked.command)
        if asked.command == "run":
            return run(environment, asked.file)
        return test(environment, asked.pytest_arguments)
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
