"""Commands of the program, one after another in one process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

EACH = """
import json, sys
from apq_desktop.__main__ import main
for words in json.loads(sys.argv[1]):
    status = main(words)
    for console in (sys.stdout, sys.stderr):
        console.write(f"\\0{status}\\0")
        console.flush()
"""


def run_each(
    *commands: Sequence[object], before: Sequence[object] = (), **environment: str
) -> list[tuple[int, bytes, bytes]]:
    """Runs commands, after a program that starts others such as a tracer: for each its status, and what it said."""
    words = json.dumps([[str(word) for word in command] for command in commands])
    done = subprocess.run(
        [*map(str, before), sys.executable, "-c", EACH, words],
        capture_output=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
        timeout=600,
        check=True,
    )
    printed, told = (said.split(b"\0") for said in (done.stdout, done.stderr))
    assert len(printed) == len(told) == 2 * len(commands) + 1
    return list(zip(map(int, printed[1::2]), printed[::2], told[::2], strict=False))
