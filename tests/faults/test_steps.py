"""Random work with restarts and kills, undo and redo, in two evaluations. See ``steps.py`` for the long run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.long
def test_after_restarts_and_kills_memory_file_and_json_are_equal_and_undo_is_exact(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("steps.py")), "--steps", "300", "--seed", "3"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert (done.returncode, done.stderr) == (0, "")
    steps, restarts, kills = map(int, re.findall(r"\d+", done.stdout))
    assert steps >= 300
    assert restarts > 0
    assert kills > 0
