"""The program is killed at random instants, and no acknowledged edit is missing. See ``kill.py`` for the long run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.long
def test_a_dozen_kills_lose_no_acknowledged_edit_and_leave_no_damaged_file(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("kill.py")), "--kills", "12", "--seed", "5"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert int(re.findall(r"(\d+) edits acknowledged", done.stdout)[0]) > 0
