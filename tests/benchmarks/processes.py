"""Fresh processes, each with folders of its own, that print what they measured as one line of JSON."""

from __future__ import annotations

import compileall
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LONGEST_SECONDS = 300


def compile_program() -> None:
    """Compile what is started to byte code, as an installed program is."""
    for folder in ("apq_desktop", "tests/benchmarks"):
        compileall.compile_dir(ROOT / folder, quiet=2)


def environment(folder: Path) -> dict[str, str]:
    """The environment of a fresh process: no settings for Python or Qt, and ``folder`` for its home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_", "XDG_"))}
    home = {name: str(folder) for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_RUNTIME_DIR")}
    return {**kept, **home, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}


def child(
    folder: Path,
    module: str,
    *arguments: object,
    longest: int = LONGEST_SECONDS,
    python: Path | str = sys.executable,
) -> dict[str, Any]:
    """Run a module in a fresh process, of another ``python`` where one is given; return the figures of its last line.

    Raises ``subprocess.TimeoutExpired`` after ``longest`` seconds; then the process is ended.

    Times that it counted from its own start are counted from the moment before it was started instead: the
    system knows the start of a process to ten milliseconds only.
    """
    words = [str(python), "-m", module, *map(str, arguments)]
    before = _since_boot()
    with subprocess.Popen(
        words, cwd=ROOT, env=environment(folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        rounding = _start_of(process.pid) - before
        try:
            printed, complaints = process.communicate(timeout=longest)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    if process.returncode != 0 or not printed.strip():
        raise RuntimeError(f"{module} did not measure anything: {complaints[-2000:]}")
    figures: dict[str, Any] = json.loads(printed.strip().splitlines()[-1])
    if sys.platform == "linux":
        for name in ("painted_ms", "editable_ms"):
            if name in figures:
                figures[name] += rounding * 1000
    return figures


def _since_boot() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME) if sys.platform == "linux" else 0.0


def _start_of(process: int) -> float:
    """When a process began, in seconds since the system did, as the process itself reads it."""
    if sys.platform != "linux":
        return 0.0
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return int(fields[19]) / os.sysconf("SC_CLK_TCK")
