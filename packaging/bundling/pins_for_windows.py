"""Prints the pins of requirements.txt that hold on Windows, without their markers, for pip on another system.

pip takes a wheel for another system when asked to, but goes by its own system in weighing markers.
Needs the library packaging: build_windows.py runs it in an environment that has it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from packaging.requirements import Requirement

WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": "3.12.9",
    "python_version": "3.12",
    "sys_platform": "win32",
}


def main() -> int:
    """Print them. Returns the exit status."""
    for block in re.split(r"^(?=\S)", Path(sys.argv[1]).read_text("utf-8"), flags=re.MULTILINE):
        said, _, hashes = block.partition("\\\n")
        if not said.strip():
            continue
        pinned = Requirement(said.strip())
        if pinned.marker is None or pinned.marker.evaluate(WINDOWS):
            pinned.marker = None
            print(f"{pinned} \\\n{hashes.rstrip()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
