"""Computers of their own for each person: a home, the commands of the program, and a window.

Each command and each window is a process. Nothing passes between two computers but files.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apq_desktop.review.exchange_state import Exchange

ROOT = Path(__file__).parents[2]
PATIENCE = 600
"""Seconds that a process may take on a busy machine, or one that is stopped for a while."""


class Computer:
    """A computer with a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        home.mkdir(parents=True)
        own = {one: str(home) for one in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")}
        own |= {f"XDG_{one}_HOME": str(home / one.lower()) for one in ("CACHE", "CONFIG", "DATA", "STATE")}
        self.environment = {**os.environ, **own, "PYTHONPATH": str(ROOT)}

    def run(self, *words: object) -> str:
        """Run a command of the program, and see it succeed. Returns what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "apq_desktop", *map(str, words)],
            cwd=self.home, env=self.environment, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    @contextmanager
    def window(self) -> Iterator[Window]:
        """Sit at a window of the program, and close it at the end."""
        window = Window(self)
        try:
            yield window
            window.do("close")
        finally:
            window.end()


class Window:
    """A window in a process of its own, see ``window_process``."""

    def __init__(self, at: Computer) -> None:
        self._log, self._step = at.home / "window.log", "start of a window"
        with self._log.open("w", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.library.window_process", str(at.home / "Documents")],
                cwd=at.home, env=at.environment, encoding="utf-8",
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
            )  # fmt: skip
        self.answer()

    def do(self, step: str, *given: object, **named: object) -> Any:
        """Do a step of ``window_process.Steps``, and return what was seen."""
        self.begin(step, *given, **named)
        return self.answer()

    def begin(self, step: str, *given: object, **named: object) -> None:
        """Begin with a step; ``answer`` waits for its end. Meanwhile others can do theirs."""
        self._step = step
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([step, given, named], default=str) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Any:
        """What was seen at the end of the step that was begun."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"{self._step}: {self._log.read_text('utf-8')}"
        return json.loads(line)

    def end(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        self._process.communicate()


def told(exchange: Exchange) -> dict[str, Any]:
    """What people see of an exchange. What was typed into a PDF has no place in the order of both sides."""
    return {
        "notes": sorted(
            [one.note.id, one.note.text, one.status, one.waits_for, sorted(line.text for line in one.followed)]
            for one in exchange.threads
        ),
        "agreed": sorted(line.id for line in (*exchange.agreed_actions, *exchange.visits)),
        "next review": exchange.next_review.on if exchange.next_review else "",
        "refused": [reason for _, reason in exchange.refused],
    }
