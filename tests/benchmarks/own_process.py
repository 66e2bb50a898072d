"""What a process can say of itself: how long ago it began, and how much memory it took."""

from __future__ import annotations

import os
import time
from pathlib import Path


def since_start() -> float:
    """Milliseconds since this process began; on Linux, as ``--exit-after-paint`` counts them."""
    fields = Path("/proc/self/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    began = int(fields[19]) / os.sysconf("SC_CLK_TCK")
    return (time.clock_gettime(time.CLOCK_BOOTTIME) - began) * 1000


def memory() -> dict[str, float]:
    """In megabytes: the most that was resident at once, and the share of it now (shared pages divided)."""
    return {
        "peak_mb": _line("/proc/self/status", "VmHWM:") / 1024,
        "share_mb": _line("/proc/self/smaps_rollup", "Pss:") / 1024,
    }


def _line(file: str, name: str) -> int:
    lines = Path(file).read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))
